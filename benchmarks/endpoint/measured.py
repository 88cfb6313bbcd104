"""What was measured, as records that a file keeps."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

REPEATED, DIFFERENT = "repeated", "ever-different"


@dataclass(frozen=True, slots=True)
class Cell:
    """One server under one load; several runs of one cell come together in `merged`.

    Rates are requests a second, times milliseconds; `note` says what is not as it should be, and `rate` is None where
    nothing was measured for that reason. `spread` is the difference of the runs as a share of their median.
    """

    size: str
    question: str
    kind: str
    clients: int
    system: str
    rate: float | None
    p50: float | None
    p99: float | None
    errors: int = 0
    note: str = ""
    spread: float | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """How one server came up on one graph: seconds, and proportional set sizes (MiB) of all its processes."""

    size: str
    system: str
    loading: float | None
    first_answer: float | None
    memory_first: float | None
    memory_most: float | None
    note: str = ""


@dataclass(slots=True)
class Measured:
    """A whole run: `machine` describes where, `triples` the sizes, `alone` the engine in process
    (milliseconds), `wrong` the answers that differ from the first server's, in words,
    `remark` which sizes were not measured in the last run."""

    machine: str = ""
    triples: dict[str, int] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    starts: list[Start] = field(default_factory=list)
    alone: dict[str, dict[str, float]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    remark: str = ""
    minutes: float = 0.0

    def cell(self, size: str, question: str, kind: str, clients: int, system: str) -> Cell | None:
        """The cell, if it is there."""
        wanted = (size, question, kind, clients, system)
        return next((c for c in self.cells if (c.size, c.question, c.kind, c.clients, c.system) == wanted), None)

    def start(self, size: str, system: str) -> Start | None:
        """The start, if it is there."""
        return next((one for one in self.starts if (one.size, one.system) == (size, system)), None)

    def forget(self, size: str) -> None:
        """Leave out what was measured at a size."""
        self.triples.pop(size, None)
        self.cells = [cell for cell in self.cells if cell.size != size]
        self.starts = [start for start in self.starts if start.size != size]
        self.wrong = [wrong for wrong in self.wrong if f", {size}: " not in wrong]

    def systems(self, size: str) -> list[str]:
        """Names of the servers that have a cell at a size, in order of their first."""
        return list(dict.fromkeys(cell.system for cell in self.cells if cell.size == size))


def merged(runs: Iterable[Cell]) -> Cell:
    """Runs of one cell as their medians."""
    runs = list(runs)
    rated = [run for run in runs if run.rate is not None]
    if not rated:
        return runs[0]
    rates = [run.rate or 0.0 for run in rated]
    middle = median(rates)
    first = rated[0]
    return Cell(
        *(first.size, first.question, first.kind, first.clients, first.system),
        rate=middle,
        p50=median(run.p50 or 0.0 for run in rated),
        p99=median(run.p99 or 0.0 for run in rated),
        errors=sum(run.errors for run in runs),
        note="; ".join(dict.fromkeys(run.note for run in runs if run.note)),
        spread=(max(rates) - min(rates)) / middle if len(rates) > 1 and middle else None,
    )


def write(measured: Measured, path: Path) -> None:
    """Keep a run, one record a line."""
    told = asdict(measured)
    lines = []
    for name, value in told.items():
        if isinstance(value, list):
            items = ",\n".join(json.dumps(item, default=str) for item in value)
            lines.append(f'"{name}": [\n{items}\n]')
        else:
            lines.append(f'"{name}": {json.dumps(value)}')
    path.write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")


def read(path: Path) -> Measured:
    """A run that was kept."""
    told = json.loads(path.read_text(encoding="utf-8"))
    told["cells"] = [Cell(**cell) for cell in told["cells"]]
    told["starts"] = [Start(**start) for start in told["starts"]]
    return Measured(**told)
