"""Asks every server every question under every load, the servers in turn, after checking their answers."""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from urllib.error import HTTPError

from endpoint import load, processes, questions, systems
from endpoint.load import Loaded
from endpoint.measured import DIFFERENT, REPEATED, Cell, merged
from endpoint.questions import Asked
from endpoint.systems import Running

CLIENTS = (2, 16)
SLOW = 1.0
"""Seconds of one request above which it is timed alone, not under load."""
LONGEST_QUEUE = 10.0
"""Seconds that the requests of all clients may take one after the other; with more the cell is left out as well."""
PATIENCE = 30.0
"""Seconds after which one request is given up."""
TOO_SLOW_TO_REPEAT = 3.0
"""Seconds above which the time of the compared answer stands for that of a request alone."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """A server and what it is asked: questions, and loads by kind and number of clients; `again`: in each pass."""

    running: Running
    asked: Sequence[Asked] = questions.ALL
    loads: Sequence[tuple[str, int]] = tuple(product((REPEATED, DIFFERENT), CLIENTS))
    again: bool = True


@dataclass(slots=True)
class Grid:
    """The cells of one size; `most` is the most memory (MiB) seen of a server, `alone` the seconds of one request."""

    size: str
    figures: list[str]
    contestants: list[Contestant]
    seconds: float
    script: Path
    hello: Running | None = None
    runs: defaultdict[tuple[str, str, int, str], list[Cell]] = field(default_factory=lambda: defaultdict(list))
    most: dict[str, float] = field(default_factory=dict)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    lengths: dict[str, int] = field(default_factory=dict)
    alone: dict[tuple[str, str, str], float | str] = field(default_factory=dict)

    def run(self, passes: int, until: Callable[[], bool]) -> list[Cell]:
        """All cells, each the median of its passes; a pass after the first begins only while `until` allows it."""
        for number in range(passes):
            if number and not until():
                break
            for asked in questions.ALL:
                print(f"{self.size}: {asked.title} …", file=sys.stderr, flush=True)
                if not number:
                    self._check(asked)
                for kind, clients in product((REPEATED, DIFFERENT), (1, *CLIENTS)):
                    self._in_turn(asked, kind, clients, first=not number)
        return [merged(cells) for cells in self.runs.values()]

    def _check(self, asked: Asked) -> None:
        """Compare the answers to one query; what differs from the first server's is noted."""
        first: object = None
        query = asked.query(self.figures[-1], load.unused_number())
        for one in self.contestants:
            if asked not in one.asked:
                continue
            key = (one.running.name, asked.name)
            try:
                body, seconds = load.ask(one.running.door, asked, query, PATIENCE)
                found = questions.essence(asked, body)
            except HTTPError as error:
                self.notes[key] = f"HTTP {error.code}"
                error.close()
                continue
            except OSError:
                self.notes[key] = f"no answer within {PATIENCE:.0f} s"
                continue
            except (ValueError, SyntaxError, KeyError) as error:
                self.notes[key] = f"answer cannot be read ({type(error).__name__})"
                continue
            self.lengths.setdefault(asked.name, len(body))
            if seconds > TOO_SLOW_TO_REPEAT:
                kinds = (DIFFERENT,) if one.running.name == systems.OURS else (REPEATED, DIFFERENT)
                self.alone.update({(*key, kind): seconds for kind in kinds})
            if first is None:
                first = found
            elif found != first:
                self.notes[key] = "wrong answer"
                words = questions.difference(found, first)
                self.wrong.append(f"{one.running.name}, {asked.title}, {self.size}: {words}")

    def _in_turn(self, asked: Asked, kind: str, clients: int, first: bool) -> None:
        for one in self.contestants:
            if (first or one.again) and asked in one.asked and (kind, clients) in one.loads:
                self._keep(self._cell(one.running, asked, kind, clients))
                process = one.running.process.pid
                processes.settle(process)
                memory = processes.memory_mb(process)
                self.most[one.running.name] = max(memory, self.most.get(one.running.name, 0.0))
        if self.hello is not None and kind == REPEATED and clients in CLIENTS:
            path = f"/{self.lengths.get(asked.name, 300)}"
            loaded = load.run_same(self.hello.door.port, path, "*/*", clients, self.seconds, self.script)
            self._keep(self._of(loaded, asked, kind, clients, systems.HELLO, ""))

    def _keep(self, cell: Cell) -> None:
        self.runs[(cell.question, cell.kind, cell.clients, cell.system)].append(cell)

    def _cell(self, running: Running, asked: Asked, kind: str, clients: int) -> Cell:
        note = self.notes.get((running.name, asked.name), "")
        if note.startswith(("HTTP", "no answer", "answer")):
            return self._empty(asked, kind, clients, running.name, note)
        key = (running.name, asked.name, kind)
        if key not in self.alone:
            self.alone[key] = self._alone(running, asked, kind)
        alone = self.alone[key]
        if isinstance(alone, str):
            return self._empty(asked, kind, clients, running.name, alone)
        if alone > SLOW or alone * clients > LONGEST_QUEUE:
            told = f"one request alone takes {alone:.2g} s"
            return self._empty(asked, kind, clients, running.name, f"{note}; {told}".removeprefix("; "))
        if kind == REPEATED:
            arguments = (self.figures[0], clients, self.seconds, self.script)
            loaded = load.run_repeated(running.door, asked, *arguments)
        else:
            loaded = load.run_different(running.door, asked, self.figures, clients, self.seconds, self.script)
        return self._of(loaded, asked, kind, clients, running.name, note)

    def _alone(self, running: Running, asked: Asked, kind: str) -> float | str:
        """Seconds of one request of this kind, the first of a repeated one left out; words where it failed."""
        try:
            numbers = (1, 1) if kind == REPEATED else (load.unused_number(),)
            for number in numbers:
                figure = self.figures[0 if kind == REPEATED else number % len(self.figures)]
                _, seconds = load.ask(running.door, asked, asked.query(figure, number), PATIENCE)
        except HTTPError as error:
            error.close()
            return f"HTTP {error.code}"
        except OSError:
            return f"no answer within {PATIENCE:.0f} s"
        return seconds

    def _of(self, loaded: Loaded, asked: Asked, kind: str, clients: int, system: str, note: str) -> Cell:
        if not loaded.requests:
            return self._empty(asked, kind, clients, system, f"no request done in {self.seconds:.0f} s")
        times = (loaded.per_second, loaded.p50, loaded.p99, loaded.errors + loaded.timeouts)
        return Cell(self.size, asked.name, kind, clients, system, *times, note=note)

    def _empty(self, asked: Asked, kind: str, clients: int, system: str, note: str) -> Cell:
        return Cell(self.size, asked.name, kind, clients, system, None, None, None, note=note)


class Clock:
    """How much of the time that a run may take has gone."""

    def __init__(self, minutes: float) -> None:
        self._began = time.monotonic()
        self._most = minutes * 60

    def minutes(self) -> float:
        """Minutes since the start."""
        return (time.monotonic() - self._began) / 60

    def allows(self, seconds: float) -> bool:
        """Whether something that takes so long still ends in time."""
        return time.monotonic() - self._began + seconds < self._most
