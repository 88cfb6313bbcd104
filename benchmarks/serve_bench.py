"""Measures the endpoint beside its peers and writes ``docs/speed.md``.

    python benchmarks/serve_bench.py                       # everything: some twenty-five minutes
    python benchmarks/serve_bench.py --sizes real 100k     # these again, the others as they were found before
    python benchmarks/serve_bench.py --render              # the page anew, from the numbers that are kept

Needs wrk; Virtuoso is measured where it is installed; oxigraph and rdflib-endpoint are installed in a virtual
environment of their own. Everything else that is written lies in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from endpoint import engine_alone, grid, measured, processes, questions, scale, systems, tables, virtuoso
from endpoint.measured import DIFFERENT, Measured, Start
from endpoint.systems import Data, NotRun, Running

HERE = Path(__file__).parent
PAGE, NUMBERS = HERE.parent / "docs" / "speed.md", HERE / "serving.json"
SIZES = {"real": "real graph", "100k": "100 thousand", "1M": "1 million", "10M": "10 million"}
TRIPLES = {"100k": 100_000, "1M": 1_000_000, "10M": 10_000_000}
MINUTES = 25
STARTS = 5
"""How often the start on the real graph is timed."""
RDFLIB_MOST = 60
"""Seconds of loading above which rdflib-endpoint is left out."""
LATEST_SECOND_PASS = 7.0
"""Minutes after which the real graph has no second pass."""


def main(arguments: list[str]) -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    options = _options(arguments)
    if options.render:
        options.page.write_text(tables.page(measured.read(options.numbers)), encoding="utf-8")
        return
    with TemporaryDirectory(prefix="snhr-kg-bench-", dir=options.scratch) as place:
        run = Run(options.sizes, options.seconds, Path(place), options.minutes)
        if options.numbers.exists() and set(options.sizes) < set(SIZES):
            run.take_over(measured.read(options.numbers))
        before = run.found.minutes
        for size in options.sizes:
            run.measure(size)
            run.found.minutes = before + run.clock.minutes()
            measured.write(run.found, options.numbers)
            options.page.parent.mkdir(exist_ok=True)
            options.page.write_text(tables.page(run.found), encoding="utf-8")
    print(f"{run.clock.minutes():.1f} minutes; {options.page}", file=sys.stderr)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--seconds", type=float, default=2, help="length of one cell, in whole seconds")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="when to leave out what can be left out")
    parser.add_argument("--scratch", type=Path, help="where to make the temporary folder (5 GB for 10M)")
    parser.add_argument("--page", type=Path, default=PAGE)
    parser.add_argument("--numbers", type=Path, default=NUMBERS)
    parser.add_argument("--render", action="store_true")
    return parser.parse_args(arguments)


class Run:
    """One run over some sizes; `found` grows."""

    def __init__(self, sizes: list[str], seconds: float, place: Path, minutes: float) -> None:
        self.sizes, self.seconds, self.place = sizes, seconds, place
        self.clock = grid.Clock(minutes)
        self.build = place / "real"
        subprocess.run([sys.executable, "-m", "snhr_kg", "build", "--out", str(self.build)], check=True)
        self.original = scale.read_original(self.build)
        self.programs = systems.peers(Path(sys.prefix) / "peers")
        self.found = Measured(machine=machine())
        self.rdflib_seconds = 0.0

    def take_over(self, kept: Measured) -> None:
        """Keep what an earlier run found at the other sizes."""
        for size in self.sizes:
            kept.forget(SIZES[size])
        kept.machine = self.found.machine
        older = ", ".join(kept.triples)
        kept.remark = f"Measured in an earlier run, with the program as it was then: {older}." if older else ""
        self.found = kept

    def measure(self, size: str) -> None:
        """Start every server on one graph, ask, end them."""
        data = self._data(size)
        self.found.triples[SIZES[size]] = data.triples
        running: list[Running] = []
        try:
            for name in self._servers(size):
                self._start(name, size, data, running)
            self._ask(size, data, running)
        finally:
            for one in running:
                one.stop()

    def _data(self, size: str) -> Data:
        triples = TRIPLES.get(size, len(self.original.lines))
        folder = self.place / size
        folder.mkdir(exist_ok=True)
        ntriples = folder / "triples.nt"
        scale.write_triples(self.original, triples, ntriples)
        build = self.build
        if size in ("100k", "1M"):
            build = self.place / f"build-{size}"
            scale.write_build(self.original, self.build, triples, build)
        return Data(triples, build, ntriples, questions.figures(self.original, triples)[0])

    def _servers(self, size: str) -> list[str]:
        if size == "10M":
            return [systems.OXIGRAPH_DISK, systems.OURS, systems.VIRTUOSO, systems.OXIGRAPH]
        return [systems.OXIGRAPH, systems.OURS, systems.VIRTUOSO, systems.RDFLIB]

    def _start(self, name: str, size: str, data: Data, running: list[Running]) -> None:
        label = SIZES[size]
        print(f"{label}: starting {name} …", file=sys.stderr, flush=True)
        try:
            self._refuse_what_is_too_slow(name, size, data)
            one = self._started(name, size, data)
        except NotRun as reason:
            if name == systems.OURS and size != "10M":
                raise SystemExit(f"snhr-kg serve cannot be measured: {reason}") from reason
            self.found.starts.append(Start(label, name, None, None, None, None, f"not run: {reason}"))
            return
        running.append(one)
        if name == systems.RDFLIB:
            self.rdflib_seconds = one.first_answer / data.triples
        first = processes.memory_mb(one.process.pid)
        self.found.starts.append(Start(label, name, one.loading, one.first_answer, first, first, one.note))

    def _refuse_what_is_too_slow(self, name: str, size: str, data: Data) -> None:
        expected = self.rdflib_seconds * data.triples
        if name == systems.RDFLIB and expected > RDFLIB_MOST:
            raise NotRun(f"loading would take {expected:.0f} s, as it did at the size before for each triple")
        if name == systems.OXIGRAPH and size == "10M" and not self.clock.allows(5 * 60):
            raise NotRun("loading 10 million triples into memory would have taken the run past its time")

    def _started(self, name: str, size: str, data: Data) -> Running:
        scratch = self.place / size
        if name == systems.OURS and size == "10M":
            return systems.start_ours_on_disk(data, scratch)
        if name == systems.OURS:
            return self._ours_often(data, scratch, STARTS if size == "real" else 1)
        if name == systems.OXIGRAPH:
            return systems.start_oxigraph(data, scratch, self.programs)
        if name == systems.OXIGRAPH_DISK:
            return systems.start_oxigraph_on_disk(data, scratch, self.programs)
        if name == systems.VIRTUOSO:
            return systems.start_virtuoso(data, scratch)
        return systems.start_rdflib(data, scratch, self.programs)

    def _ours_often(self, data: Data, scratch: Path, times: int) -> Running:
        """Started some times over; the last stays, with the median of the times."""
        seconds = []
        for number in range(times):
            one = systems.start_ours(data, scratch)
            seconds.append(one.first_answer)
            if number < times - 1:
                one.stop()
        one.first_answer = sorted(seconds)[times // 2]
        one.note = f"median of {times} starts" if times > 1 else ""
        return one

    def _ask(self, size: str, data: Data, running: list[Running]) -> None:
        label = SIZES[size]
        figures = questions.figures(self.original, data.triples)
        contestants = [self._contestant(one, size) for one in running]
        asked = grid.Grid(label, figures, contestants, self.seconds, self.place / "wrk.lua")
        if size == "real":
            self._engine_alone()
            asked.hello = systems.start_hello(self.place / size)
        try:
            passes = 2 if size == "real" else 1
            self.found.cells += asked.run(passes, lambda: self.clock.minutes() < LATEST_SECOND_PASS)
            self.found.wrong += asked.wrong
        finally:
            if asked.hello is not None:
                asked.hello.stop()
        self.found.starts = [
            _with_most(start, asked.most.get(start.system)) if start.size == label else start
            for start in self.found.starts
        ]

    def _contestant(self, one: Running, size: str) -> grid.Contestant:
        usual = grid.Contestant(one)
        if one.name == systems.RDFLIB:
            fewer = tuple(load for load in usual.loads if size == "real" or load[1] == grid.CLIENTS[0])
            return grid.Contestant(one, loads=fewer, again=False)
        if one.name == systems.OXIGRAPH and size == "10M":
            return grid.Contestant(one, asked=(questions.POINT,))
        if one.name == systems.OURS and size == "real":
            return grid.Contestant(one, loads=((DIFFERENT, 1), *usual.loads))
        return usual

    def _engine_alone(self) -> None:
        command = [sys.executable, "-m", engine_alone.__name__, str(self.build), str(self.seconds)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=HERE)
        self.found.alone = json.loads(done.stdout)


def _with_most(start: Start, most: float | None) -> Start:
    if most is None or start.memory_first is None:
        return start
    memory = (start.memory_first, max(most, start.memory_first))
    return Start(start.size, start.system, start.loading, start.first_answer, *memory, start.note)


def machine() -> str:
    """What the numbers depend on, without naming the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    ours = ", ".join(f"{name} {version(name)}" for name in ("pyoxigraph", "granian", "flask"))
    peers = ", ".join(_pinned(HERE / "endpoint" / "peers.txt"))
    third = f"Virtuoso {virtuoso.version()}" if virtuoso.installed() else "Virtuoso not installed"
    return (
        f"{datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB of memory, "
        f"{platform.system()}, Python {platform.python_version()}. snhr-kg {version('snhr-kg')} with {ours}. "
        f"Peers: {peers}, {third}. Before the run the machine was busy with {load:.1f} other processes a core."
    )


def _pinned(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line.replace("==", " ") for line in lines if line and not line.startswith("#")]


if __name__ == "__main__":
    main(sys.argv[1:])
