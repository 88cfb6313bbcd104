"""How an import, its loading and its questions grow with the number of events.

    python benchmarks/imports/scale.py                 # 100 thousand, 1 million and 10 million: some two hours
    python benchmarks/imports/scale.py --loaded 100000 # one small size, for trying it out

Invented events in the layout of UCDP's global files go the way of a user's file: ``snhr-kg import ged``, ``snhr-kg
load`` beside the build of the report, and then the questions of ``questions/`` and the comparisons of ``queries/`` are
asked of the store on disk. Each step is a process; what it took is the operating system's account of it, and its disk
is looked at every half second. Writes ``results.json`` and the table in ``docs/importing.md``. A step that leaves less
of the disk free than ``--spare`` is ended, and the table says how far it came.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
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
LOOKED_EACH = 0.5
"""Seconds between two looks at the disk."""

Told = dict[str, str]


def main(arguments: Sequence[str]) -> None:
    options = _options(arguments)
    if options.ask:
        print(json.dumps(ask(options.ask)))
        return
    for rows in sorted({*options.loaded, *options.imported}):
        with TemporaryDirectory(prefix="snhr-kg-scale-", dir=options.scratch) as place:
            keep(measure(rows, Path(place), options))
    render()


def keep(size: dict[str, object]) -> None:
    """Put what was found at a size in the place of what was found at it before."""
    kept = json.loads(NUMBERS.read_text(encoding="utf-8")) if NUMBERS.exists() else {}
    others = [other for other in kept.get("scale", {}).get("sizes", ()) if other["rows"] != size["rows"]]
    kept["scale"] = {
        "when": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}",
        "note": f"In brackets: seconds of the processor. Questions: the median of {TIMES} after a first one, in one "
        "process, from disk. Other programs ran meanwhile, so compare the seconds of the processor.",
        "sizes": sorted([*others, size], key=lambda one: one["rows"]),
    }
    NUMBERS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(size, indent=1, ensure_ascii=False), file=sys.stderr)


def measure(rows: int, place: Path, options: argparse.Namespace) -> dict[str, object]:
    """The whole way of so many events; what is written is gone afterwards."""
    events, graph, store = place / "events.csv", place / "events.nq.gz", place / "store"
    invent_apart(rows, events)
    steps: Told = {"file, MB": _megabytes(events)}
    arguments = ("import", "ged", str(events), "--version", "invented", "--out", str(graph))
    done = run(arguments, place, options.spare)
    steps["import, s"] = f"{done.seconds:,.0f} ({done.cpu:,.0f})"
    if done.ended:
        return {"rows": rows, "steps": steps | {"import, s": done.ended}, "questions": {}}
    events.unlink()
    quads = int(_number(r"([\d,]+) quads", done.said))
    steps |= {
        "rows a second a core": f"{rows / done.cpu:,.0f}",
        "import's peak memory, MB": f"{done.memory:,}",
        "quads": f"{quads:,}",
        "aggregates": f"{int(_number(r'([0-9,]+) aggregates', done.said)):,}",
        "N-Quads, compressed, MB": _megabytes(graph),
    }
    questions: Told = {}
    if rows in options.loaded:
        done = run(("load", str(options.build / "snhr-kg.nq"), str(graph), "--out", str(store)), store, options.spare)
        graph.unlink()
        steps |= {
            "load, s": done.ended or f"{done.seconds:,.0f} ({done.cpu:,.0f})",
            "quads loaded a second of the processor": "–" if done.ended else f"{quads / done.cpu:,.0f}",
            "load's peak memory, MB": f"{done.memory:,}",
            "most disk while loading, MB": f"{done.disk / 1e6:,.0f}",
        }
        if not done.ended:
            steps["store on disk, MB"] = _megabytes(store)
            asked = subprocess.run(
                [sys.executable, __file__, "--ask", str(store)], check=True, capture_output=True, text=True
            )
            questions = json.loads(asked.stdout)
            steps["memory of asking, MB"] = questions.pop("memory")
        shutil.rmtree(store)
    return {"rows": rows, "steps": steps, "questions": questions}


@dataclass(frozen=True, slots=True)
class Done:
    """What a command took: seconds, those of the processor, its most memory in MB, and bytes on disk; what it said."""

    seconds: float
    cpu: float
    memory: int
    disk: int
    said: str
    ended: str
    """Why it was ended, if it was."""


def run(arguments: Sequence[str], place: Path, spare: float) -> Done:
    """A command of ours, which is ended where it leaves less than so many GB of the disk that holds the folder."""
    with TemporaryDirectory() as elsewhere, (Path(elsewhere) / "said").open("w+", encoding="utf-8") as said:
        began = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-m", "snhr_kg", *arguments], stdout=said)
        disk, ended = 0, ""
        while True:
            ready, status, usage = os.wait4(process.pid, os.WNOHANG)
            seconds = time.perf_counter() - began
            if ready:
                break
            disk = max(disk, _on_disk(place))
            if not ended and shutil.disk_usage(place.parent).free < spare * 1e9:
                ended = f"ended at {seconds:,.0f} s, {_on_disk(place) / 1e9:,.1f} GB: no room"
                process.send_signal(signal.SIGKILL)
            time.sleep(LOOKED_EACH)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode and not ended:
            raise SystemExit(f"snhr-kg {' '.join(arguments)} ended with {process.returncode}")
        said.seek(0)
        return Done(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024, disk, said.read(), ended)


def ask(folder: Path) -> Told:
    """Seconds of each question, and those of all comparisons together, over a loaded store."""
    from snhr_kg.store import open_store

    store = open_store(folder)
    told: Told = {}

    def timed(text: str) -> tuple[float, float, int]:
        began, cpu = time.perf_counter(), time.process_time()
        count = sum(1 for _ in store.query(text).rows())
        return time.perf_counter() - began, time.process_time() - cpu, count

    def said(first: float, again: Sequence[tuple[float, ...]]) -> str:
        wall, cpu = (median(one[place] for one in again) for place in (0, 1))
        return f"{wall:.4f} ({cpu:.4f}), first {first:.3f}"

    for path in sorted((HERE / "questions").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        first = timed(text)
        again = [timed(text) for _ in range(TIMES)] if first[0] < LONGEST else [first]
        told[path.stem.replace("-", " ")] = f"{said(first[0], again)}; {first[2]:,} rows"
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "queries").glob("*.rq"))]
    comparing = [text for text in texts if re.search("^# topic: comparisons", text, re.MULTILINE)]
    rounds = [tuple(map(sum, zip(*(timed(text) for text in comparing), strict=True))) for _ in range(1 + TIMES)]
    told[f"all {len(comparing)} comparisons of queries/"] = said(rounds[0][0], rounds[1:])
    told["memory"] = f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,}"
    return told


def _number(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[1].replace(",", "") if found else "0"


def _megabytes(path: Path) -> str:
    files = path.rglob("*") if path.is_dir() else [path]
    return f"{sum(file.stat().st_size for file in files if file.is_file()) / 1e6:,.0f}"


def _on_disk(folder: Path) -> int:
    """Bytes that files of the folder take, of which some may go meanwhile."""
    size = 0
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            size += path.stat().st_blocks * 512
    return size


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--loaded", type=int, nargs="*", default=[100_000, 1_000_000, 10_000_000])
    parser.add_argument("--imported", type=int, nargs="*", default=[], help="sizes that are only imported")
    parser.add_argument("--build", type=Path, default=ROOT / "build", help="folder of the report's build")
    parser.add_argument("--scratch", help="folder for what is written meanwhile")
    parser.add_argument("--spare", type=float, default=8.0, help="GB of disk that are always left free")
    parser.add_argument("--ask", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
