"""How an import, its loading and its questions grow with the number of events.

    python benchmarks/imports/scale.py                              # 100 thousand, 1 million; 10 million: import alone
    python benchmarks/imports/scale.py --loaded 100000 --imported   # one small size, for trying it out

Invented events in the layout of UCDP's global files go the way of a user's file: ``snhr-kg import ged``, ``snhr-kg
load`` beside the build of the report, and then the questions of ``questions/`` and the comparisons of ``queries/`` are
asked of the store on disk. Each step is a process; what it took is the operating system's account of it. Writes
``results.json`` and the table in ``docs/importing.md``. A million events loaded take 7 GB of disk for a while.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from compare import invent_apart
from render import render

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NUMBERS = HERE / "results.json"
TIMES = 5
"""How often each question is asked, after a first time."""
LONGEST = 60.0
"""Seconds of a first answer above which a question is asked no second time."""

Told = dict[str, str]


def main(arguments: Sequence[str]) -> None:
    options = _options(arguments)
    if options.ask:
        print(json.dumps(ask(options.ask)))
        return
    for rows in sorted({*options.loaded, *options.imported}):
        with TemporaryDirectory(prefix="snhr-kg-scale-", dir=options.scratch) as place:
            keep(measure(rows, Path(place), options.build, load=rows in options.loaded))
    render()


def keep(size: dict[str, object]) -> None:
    """Put what was found at a size in the place of what was found at it before."""
    kept = json.loads(NUMBERS.read_text(encoding="utf-8")) if NUMBERS.exists() else {}
    others = [other for other in kept.get("scale", {}).get("sizes", ()) if other["rows"] != size["rows"]]
    kept["scale"] = {
        "when": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}",
        "note": f"Questions: the median of {TIMES} after a first one, in one process, from disk.",
        "sizes": sorted([*others, size], key=lambda one: one["rows"]),
    }
    NUMBERS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(size, indent=1, ensure_ascii=False), file=sys.stderr)


def measure(rows: int, place: Path, build: Path, *, load: bool) -> dict[str, object]:
    """The whole way of so many events; what is written is gone afterwards."""
    events, graph, store = place / "events.csv", place / "events.nq.gz", place / "store"
    invent_apart(rows, events)
    steps: Told = {"file, MB": _megabytes(events)}
    arguments = ("import", "ged", str(events), "--version", "invented", "--out", str(graph))
    seconds, cpu, memory, said = run(*arguments)
    events.unlink()
    quads = int(_number(r"([\d,]+) quads", said))
    steps |= {
        "import, s": f"{seconds:,.0f}",
        "rows a second a core": f"{rows / cpu:,.0f}",
        "import's peak memory, MB": f"{memory:,}",
        "quads": f"{quads:,}",
        "aggregates": f"{int(_number(r'([0-9,]+) aggregates', said)):,}",
        "N-Quads, compressed, MB": _megabytes(graph),
    }
    questions: Told = {}
    if load:
        seconds, _, memory, _ = run("load", str(build / "snhr-kg.nq"), str(graph), "--out", str(store))
        graph.unlink()
        steps |= {
            "load, s": f"{seconds:,.0f}",
            "quads loaded a second": f"{quads / seconds:,.0f}",
            "load's peak memory, MB": f"{memory:,}",
            "store on disk, MB": _megabytes(store),
        }
        done = subprocess.run(
            [sys.executable, __file__, "--ask", str(store)], check=True, capture_output=True, text=True
        )
        questions = json.loads(done.stdout)
        steps["memory of asking, MB"] = questions.pop("memory")
        shutil.rmtree(store)
    return {"rows": rows, "steps": steps, "questions": questions}


def run(*arguments: str) -> tuple[float, float, int, str]:
    """A command of ours: its seconds, those of the processor, its most memory in MB, and what it said."""
    with TemporaryDirectory() as place, (Path(place) / "said").open("w+", encoding="utf-8") as said:
        began = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-m", "snhr_kg", *arguments], stdout=said)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"snhr-kg {' '.join(arguments)} ended with {process.returncode}")
        said.seek(0)
        return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024, said.read()


def ask(folder: Path) -> Told:
    """Seconds of each question, and those of all comparisons together, over a loaded store."""
    from snhr_kg.store import open_store

    store = open_store(folder)
    told: Told = {}

    def timed(text: str) -> tuple[float, int]:
        began = time.perf_counter()
        count = sum(1 for _ in store.query(text).rows())
        return time.perf_counter() - began, count

    for path in sorted((HERE / "questions").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        first, count = timed(text)
        again = [timed(text)[0] for _ in range(TIMES)] if first < LONGEST else [first]
        told[path.stem.replace("-", " ")] = f"{median(again):.4f}, first {first:.3f}; {count:,} rows"
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "queries").glob("*.rq"))]
    comparing = [text for text in texts if re.search("^# topic: comparisons", text, re.MULTILINE)]
    rounds = [sum(timed(text)[0] for text in comparing) for _ in range(1 + TIMES)]
    told[f"all {len(comparing)} comparisons of queries/"] = f"{median(rounds[1:]):.4f}, first {rounds[0]:.3f}"
    told["memory"] = f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,}"
    return told


def _number(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[1].replace(",", "") if found else "0"


def _megabytes(path: Path) -> str:
    files = path.rglob("*") if path.is_dir() else [path]
    return f"{sum(file.stat().st_size for file in files if file.is_file()) / 1e6:,.0f}"


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--loaded", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--imported", type=int, nargs="*", default=[10_000_000], help="sizes that are only imported")
    parser.add_argument("--build", type=Path, default=ROOT / "build", help="folder of the report's build")
    parser.add_argument("--scratch", help="folder for what is written meanwhile")
    parser.add_argument("--ask", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
