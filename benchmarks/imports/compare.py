"""How fast an import of events is beside other tools that make N-Quads of CSV.

    python benchmarks/imports/compare.py                    # 500,000 rows, five rounds: some fifteen minutes
    python benchmarks/imports/compare.py --rows 50000 --rounds 3
    python benchmarks/imports/compare.py --render           # the tables anew, from the numbers that are kept

Every tool is a process that reads the same invented file and writes a file; each gets a round in turn, and the tables
have medians. The peers make twelve quads of a row. `snhr-kg import` does more: it checks every cell, resolves codes
through the mapping sets, names rows, sums up by rule, describes codes and dataset, and writes the report of errors.
Before anything is timed, the outputs of five hundred rows are compared. Writes ``results.json`` and the tables between
the marks of ``docs/importing.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from render import render

HERE = Path(__file__).parent
PEERS, NUMBERS = HERE / "peers", HERE / "results.json"
SLOW = ("rdfizer",)
"""Peers that get a tenth of the rows, once."""
IN_OURS = ("with_our_parts", "with_pyoxigraph", "with_templates")


@dataclass
class System:
    """A tool: what it is called, its command for an input and an output, and what its runs took."""

    name: str
    command: Callable[[Path, Path], list[str]]
    note: str = ""
    rows: int = 0
    quads: int = 0
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    megabytes: list[int] = field(default_factory=list)


def main(arguments: Sequence[str]) -> None:
    options = _options(arguments)
    if not options.render:
        with TemporaryDirectory(prefix="snhr-kg-imports-", dir=options.scratch) as place:
            measure(options.rows, options.rounds, Path(place), options.venvs)
    render()


def measure(rows: int, rounds: int, place: Path, venvs: Path | None) -> None:
    """Run everything and keep the numbers."""
    load = os.getloadavg()[0]
    events, tenth, sample = place / "events.csv", place / "tenth.csv", place / "sample.csv"
    write_events(rows, events)
    for smaller, count in ((tenth, rows // 10), (sample, 500)):
        with events.open(encoding="utf-8") as whole, smaller.open("w", encoding="utf-8") as part:
            part.writelines(line for line, _ in zip(whole, range(count + 1), strict=False))
    systems = list(installed(venvs or place / "venvs"))
    agree(systems, sample, place)
    for number in range(rounds):
        for system in systems:
            slow = system.name in SLOW
            if not (slow and number):
                run(system, tenth if slow else events, rows // 10 if slow else rows, place / "out.nq")
                print(f"{system.name}: {system.wall[-1]:.2f} s", file=sys.stderr)
    kept = json.loads(NUMBERS.read_text(encoding="utf-8")) if NUMBERS.exists() else {}
    kept["compared"] = {
        **{"when": f"{datetime.now(UTC):%Y-%m-%d}", "machine": _machine(), "load": round(load, 2), "rounds": rounds},
        "systems": [{name: value for name, value in asdict(one).items() if name != "command"} for one in systems],
    }
    NUMBERS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def write_events(rows: int, path: Path) -> None:
    """Invented events of which every tool makes the same: all of Syria, with a governorate, dates without time."""
    surplus = path.with_suffix(".all")
    invent_apart(rows * 11 // 10 + 100, surplus, "")
    with surplus.open(encoding="utf-8") as source, path.open("w", encoding="utf-8") as kept:
        kept.write(next(source))
        wanted = (line for line in source if ",Syria,652," in line and "Governorate," in line)
        kept.writelines(line for line, _ in zip(wanted, range(rows), strict=False))
    surplus.unlink()


def invent_apart(rows: int, path: Path, *time_of_day: str) -> None:
    """Write invented events by another process: what this one holds would count as memory of those it starts."""
    subprocess.run([sys.executable, HERE / "invent_events.py", str(rows), path, *time_of_day], check=True)


def installed(venvs: Path) -> Iterator[System]:
    """Ours, those by hand, and each peer from a virtual environment of its own."""
    yield System(
        "snhr-kg import", _import, "everything that an import does, sums and descriptions too: its file has more quads"
    )
    for script in IN_OURS:
        yield System(script.removeprefix("with_").replace("_", " "), _script(sys.executable, script), _said(script))
    for requirement in (PEERS / "peers.txt").read_text(encoding="utf-8").splitlines():
        if requirement.startswith("#"):
            continue
        name = requirement.partition("==")[0]
        python = venvs / name / "bin" / "python"
        if not python.exists():
            venv.create(venvs / name, with_pip=True)
            subprocess.run([python, "-m", "pip", "install", "--quiet", requirement], check=True)
        script = {"tarka-rdf": "with_tarka"}.get(name, f"with_{name.replace('-', '_')}")
        yield System(name, _script(str(python), script), f"version {requirement.partition('==')[2]}; {_said(script)}")


def agree(systems: Sequence[System], sample: Path, place: Path) -> None:
    """All but ours must give the same triples; a peer that cannot run here ends the measurement with its message."""
    outputs = {system.name: place / f"{number}.nq" for number, system in enumerate(systems)}
    for system in systems:
        done = subprocess.run(system.command(sample, outputs[system.name]), capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{system.name}: {done.stderr[-2000:]}")
    expected = _triples(outputs["templates"])
    for system in systems[1:]:
        found = _triples(outputs[system.name])
        if found != expected:
            raise SystemExit(f"{system.name} makes others: {sorted(found ^ expected)[:4]}")


def run(system: System, events: Path, rows: int, out: Path) -> None:
    """One run of a tool, with the accounting of the operating system for it and its children."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        began = time.perf_counter()
        process = subprocess.Popen(system.command(events, out), stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(process.pid, 0)
        system.wall.append(time.perf_counter() - began)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{system.name} ended with {process.returncode}")
    system.cpu.append(usage.ru_utime + usage.ru_stime)
    system.megabytes.append(usage.ru_maxrss // 1024)
    system.rows = rows
    with out.open("rb") as file:
        system.quads = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 22), b""))
    out.unlink()


def _triples(path: Path) -> set[str]:
    """Triples of a file of N-Quads or N-Triples, however their spaces are set."""
    graph = "<https://w3id.org/snhr-kg/graph/external/ged/invented>"
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line.rstrip(" .").removesuffix(graph).rstrip() for line in lines if line}


def _import(events: Path, out: Path) -> list[str]:
    return [
        *(sys.executable, "-m", "snhr_kg", "import", "ged", str(events)),
        *("--version", "invented", "--out", str(out)),
    ]


def _script(python: str, script: str) -> Callable[[Path, Path], list[str]]:
    return lambda events, out: [python, str(PEERS / f"{script}.py"), str(events), str(out)]


def _said(script: str) -> str:
    """What the first line of a script says of the tool."""
    told = (PEERS / f"{script}.py").read_text(encoding="utf-8").split('"""')[1]
    return told.split(": ", 1)[-1].rstrip(".")


def _machine() -> str:
    return f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, Python {platform.python_version()}"


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scratch", help="folder for what is written meanwhile")
    parser.add_argument("--venvs", type=Path, help="folder of the peers' environments, made where they are missing")
    parser.add_argument("--render", action="store_true", help="only make the tables anew")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
