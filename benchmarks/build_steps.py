"""How long each step of a build takes, and how that grows with the number of figures.

    python benchmarks/build_steps.py [TIMES ...]      # default: 1 10 100

Measures `snhr_kg.pipeline.build` on the real tables (1) and on invented reports of TIMES as many rows, each in one
folder (see `invent.py`), each build in a process of its own. Prints a markdown table: seconds for each step, and the
exponent log(t2 / t1) / log(n2 / n1) between neighbouring sizes, n being the number of figures stated. An exponent of 1
is linear, n log n reads as 1.1 to 1.15, 2 is quadratic. Steps shorter than 10 ms at the smaller size have none: what
they do once for all sizes would hide the growth. The last row is the most memory the process held, in MB.
"""

from __future__ import annotations

import json
import math
import resource
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from invent import invent

from snhr_kg.pipeline import build

LIMIT = 900
"""Seconds after which a build is given up."""
SHORTEST = 0.01


@dataclass(frozen=True, slots=True)
class Measured:
    """One build; `seconds` of each step in order."""

    times: int
    figures: int
    quads: int
    megabytes: int
    seconds: dict[str, float]

    @property
    def total(self) -> float:
        return sum(self.seconds.values())


def measure(times: int) -> Measured:
    """Builds in a fresh process."""
    with TemporaryDirectory() as place:
        command = [sys.executable, __file__, "--build", str(times), place]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT)
    if done.returncode:
        raise SystemExit(done.stderr)
    return Measured(**json.loads(done.stdout))


def build_once(times: int, place: Path) -> Measured:
    """Builds in this process, which should do nothing else."""
    data = None if times == 1 else invent(times, place / "data")
    began: dict[str, float] = {}
    built = build(place / "out", data=data, progress=lambda step: began.update({step: perf_counter()}))
    moments = [*began.values(), perf_counter()]
    seconds = {step: end - start for step, (start, end) in zip(began, pairwise(moments), strict=True)}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Measured(times, len(built.prepared.stated), built.exported.quads, memory, seconds)


def exponent(fewer: Measured, more: Measured, step: str) -> str:
    first, second = ((m.total if step == "total" else m.seconds[step]) for m in (fewer, more))
    if first < SHORTEST:
        return "–"
    return f"{math.log(second / first) / math.log(more.figures / fewer.figures):.2f}"


def table(measured: list[Measured]) -> str:
    """The markdown table of builds in order of size."""
    pairs = list(pairwise(measured))
    sizes = [f"{m.times} × ({m.figures:,} figures, {m.quads:,} quads), s" for m in measured]
    heads = ["step", *sizes, *(f"exponent {a.times} → {b.times}" for a, b in pairs)]
    rows = [heads, ["---", *(["---:"] * (len(heads) - 1))]]
    for step in (*measured[0].seconds, "total"):
        seconds = [f"{m.total if step == 'total' else m.seconds[step]:.2f}" for m in measured]
        rows.append([step, *seconds, *(exponent(a, b, step) for a, b in pairs)])
    rows.append(["peak memory, MB", *(f"{m.megabytes:,}" for m in measured), *("" for _ in pairs)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--build"]:
        one = build_once(int(arguments[1]), Path(arguments[2]))
        print(json.dumps({name: getattr(one, name) for name in one.__dataclass_fields__}))
        return
    sizes = sorted(map(int, arguments)) or [1, 10, 100]
    print(table([measure(times) for times in sizes]))


if __name__ == "__main__":
    main(sys.argv[1:])
