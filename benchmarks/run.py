"""Runs every benchmark and writes what they print, with the machine they ran on, into `results.md` beside this file.

    python benchmarks/run.py [TIMES ...]      # the sizes for build_steps.py; default: 1 10 100

Takes some twenty minutes: the references are slow, and so is validation at the largest size.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
ENGINES = ("rdflib", "pyoxigraph", "pyshacl", "owlrl", "flask")


def main(sizes: list[str]) -> None:
    intro = "`make bench` writes this file anew; [README.md](README.md) says how to read it."
    parts = ["# Measured", "", intro, "", machine()]
    with TemporaryDirectory() as place:
        graph = str(Path(place) / "build")
        subprocess.run([sys.executable, "-m", "snhr_kg", "build", "--out", graph], check=True)
        parts += [heading("Start of the server", "start_up.py"), printed("start_up.py", graph)]
        parts += [heading("Pages", "pages.py"), printed("pages.py", graph)]
        parts += [heading("Looking a figure up", "lookup.py"), printed("lookup.py", graph)]
    parts += [heading("The steps of a build", "build_steps.py"), printed("build_steps.py", *sizes)]
    parts += [heading("Beside the reference engines", "reference.py"), printed("reference.py")]
    (HERE / "results.md").write_text("\n".join(parts) + "\n", encoding="utf-8")


def heading(title: str, script: str) -> str:
    return f"\n## {title} (`{script}`)\n"


def printed(script: str, *arguments: str) -> str:
    """What a benchmark prints; its complaints go to the terminal."""
    print(f"{script} …", file=sys.stderr, flush=True)
    command = [sys.executable, str(HERE / script), *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def machine() -> str:
    """What the numbers depend on, without naming the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    engines = ", ".join(f"{name} {version(name)}" for name in ENGINES)
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB of memory, "
        f"{platform.system()}, Python {platform.python_version()}, {engines}. "
        f"Before the run the machine was busy with {load:.1f} other processes a core."
    )


if __name__ == "__main__":
    main(sys.argv[1:])
