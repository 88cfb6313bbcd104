"""What a soak showed: the criteria, and the page about it in markdown."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import quantiles

from endpoint.tables import table

from endurance.tally import Tally
from endurance.watch import Sample, Watch

GROWTH, GROWTH_MB = 1.15, 32.0
"""Memory at rest may grow by this factor and as many MiB beside, from the first lull after the start to the last."""
MOST_FAULTS = 20

_INTRO = """# What a soak under good and hostile load showed

`make soak` writes this page anew. It starts `snhr-kg serve` on the real build and lets clients loose on it: good ones
ask every question of `queries/` in every format, by GET and both kinds of POST, compressed or not, some with
`If-None-Match`, and compare each answer with that of an in-process store; hostile ones, from addresses of their own,
send what is listed below. Meanwhile workers, once the process that holds the graph, are ended with SIGKILL, and new
builds are put in the old one's place. Each minute all clients are held back for some seconds (a lull), and the server's
memory is read at rest: the proportional set size of all its processes."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something that must hold, what was found, and whether it holds."""

    wish: str
    found: str
    met: bool


def criteria(tally: Tally, watch: Watch) -> list[Criterion]:
    """All that a soak must show."""
    failing = sum(count for (_, outcome), count in tally.hostile.items() if outcome[:1] == "5" and outcome != "503")
    failing += sum(count for outcome, count in tally.good.items() if outcome[:1] == "5" and outcome != "503")
    right = tally.good["200"] + tally.good["304"]
    killed = watch.workers_killed + watch.hosts_killed
    broken = sum(count for outcome, count in tally.good.items() if outcome.startswith("broken"))
    return [
        Criterion("no answer with status 500, 502 or 504", f"{failing}", failing == 0),
        Criterion(
            "every good query right in the end", f"{right:,} right, {len(tally.faults)} faults", not tally.faults
        ),
        Criterion(
            "a good query that is turned away is told when to ask again, unless its process was killed",
            f"{tally.unexplained} without a time; {killed} processes killed",
            tally.unexplained <= 2 * killed,
        ),
        Criterion("no good client's connection breaks", f"{broken}", broken == 0),
        _flat(watch.samples),
    ]


def _flat(samples: list[Sample]) -> Criterion:
    wish = f"memory at rest flat: last lull at most {GROWTH} × the second + {GROWTH_MB:.0f} MiB"
    rests = [sample.megabytes for sample in samples if sample.lull]
    if len(rests) < 3:
        return Criterion(wish, f"{len(rests)} lulls are too few", False)
    first, last = rests[1], rests[-1]
    return Criterion(wish, f"{first:,.0f} → {last:,.0f} MiB", last <= first * GROWTH + GROWTH_MB)


def page(tally: Tally, watch: Watch, seconds: float, about: str) -> str:
    """The whole page."""
    judged = criteria(tally, watch)
    rows = [[one.wish, one.found, "met" if one.met else "**missed**"] for one in judged]
    done = (
        f"{about} The soak took {seconds:,.0f} s. Ended with SIGKILL: {watch.workers_killed} workers, "
        f"{watch.hosts_killed} times the process that holds the graph. New builds put in place: {watch.swaps}."
    )
    parts = [_INTRO, done, "## What was wanted", table(["wanted", "found", ""], rows)]
    parts += ["## Good clients", _good(tally), _times(tally.times)]
    parts += ["## Hostile clients", _hostile(tally), "## Memory and processes", _memory(watch.samples)]
    if tally.faults:
        parts += ["## Faults", "\n".join(f"- {fault}" for fault in tally.faults[:MOST_FAULTS])]
    return "\n\n".join(part for part in parts if part) + "\n"


def _good(tally: Tally) -> str:
    told = {"429": "turned away, asked again", "503": "stopped or turned away, asked again"}
    rows = [[outcome, f"{count:,}", told.get(outcome, "")] for outcome, count in sorted(tally.good.items())]
    return table(["status", "answers", ""], rows, numbers=(1,))


def _times(times: list[float]) -> str:
    if len(times) < 2:
        return ""
    cuts = quantiles(times, n=100)
    return (
        f"Good answers took {cuts[49] * 1000:,.1f} ms at the median, {cuts[98] * 1000:,.0f} ms at the 99th percentile."
    )


def _hostile(tally: Tally) -> str:
    by_attack: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (attack, outcome), count in tally.hostile.items():
        by_attack[attack][outcome] += count
    rows = []
    for attack, outcomes in sorted(by_attack.items()):
        told = ", ".join(f"{outcome}: {count:,}" for outcome, count in sorted(outcomes.items()))
        rows.append([attack, f"{outcomes.total():,}", told])
    meaning = "`left`: the attacker hung up. `closed`: the server ended the connection without an answer."
    return table(["attack", "times", "what came back"], rows, numbers=(1,)) + f"\n\n{meaning}"


def _memory(samples: list[Sample]) -> str:
    rows = [
        [f"{one.at:,.0f}", f"{one.megabytes:,.0f}", str(one.processes), str(one.files)] for one in samples if one.lull
    ]
    busy = [one.megabytes for one in samples if not one.lull]
    most = f"Under load it held between {min(busy):,.0f} and {max(busy):,.0f} MiB." if busy else ""
    heads = ["lull at, s", "memory, MiB", "processes", "open files"]
    return "\n\n".join(filter(None, [table(heads, rows, numbers=range(4)), most]))
