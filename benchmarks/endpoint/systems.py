"""Starts and ends each server on a given data set, and takes the time from its start to its first right answer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import Request, urlopen

from endpoint import load, processes, virtuoso
from endpoint.load import Door
from endpoint.questions import POINT

HERE = Path(__file__).parent
OURS, HELLO, OXIGRAPH, OXIGRAPH_DISK = "snhr-kg", "hello", "oxigraph", "oxigraph, on disk"
VIRTUOSO, RDFLIB = "Virtuoso", "rdflib-endpoint"
START_LIMIT = 300


class NotRun(Exception):
    """A server cannot be measured on this data; the text says why."""


@dataclass(frozen=True, slots=True)
class Data:
    """One graph in the forms that the servers read: a folder like a build's, and N-Triples; `figure` is one of it."""

    triples: int
    build: Path
    ntriples: Path
    figure: str


@dataclass(slots=True)
class Running:
    """A server that answers: `loading` seconds came before it could start, `first_answer` seconds after its start."""

    name: str
    process: subprocess.Popen[bytes]
    door: Door
    loading: float | None
    first_answer: float
    note: str = ""
    on_stop: Callable[[], None] = field(default=lambda: None)

    def stop(self) -> None:
        """End the server's processes."""
        self.on_stop()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            for one in reversed(processes.tree(self.process.pid)):
                with suppress(ProcessLookupError):
                    os.kill(one, signal.SIGKILL)
            self.process.wait(15)


def peers(folder: Path) -> Path:
    """The folder of programs of a virtual environment with the peers, made where it is not there."""
    wanted = HERE / "peers.txt"
    kept = folder / "peers.txt"
    if not kept.exists() or kept.read_bytes() != wanted.read_bytes():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", str(wanted)], check=True, stderr=subprocess.DEVNULL)
        kept.write_bytes(wanted.read_bytes())
    return folder / "bin"


def _started(command: Sequence[str | Path], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as file:
        return subprocess.Popen([str(part) for part in command], stdout=file, stderr=file, stdin=subprocess.DEVNULL)


def _await_answer(process: subprocess.Popen[bytes], door: Door, data: Data, log: Path) -> None:
    """Return at the first right answer to a point lookup; raises `NotRun` when the server ends or takes too long."""
    query = POINT.query(data.figure, 1)
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end:
        if process.poll() is not None:
            said = log.read_text(encoding="utf-8", errors="replace").strip()[-300:]
            raise NotRun(f"it ended at its start with exit code {process.returncode}: {said}")
        with suppress(OSError):
            body, _ = load.ask(door, POINT, query, timeout=START_LIMIT)
            if b"binding" in body and b"literal" in body:
                return
        time.sleep(0.004)
    process.kill()
    raise NotRun(f"it gave no answer within {START_LIMIT} s of its start")


def start_ours(data: Data, scratch: Path, graph: Path | None = None) -> Running:
    """`snhr-kg serve` with its usual limits, on the folder of a build or on what `snhr-kg load` wrote."""
    port = processes.free_port()
    command = [sys.executable, "-m", "snhr_kg", "serve", "--port", str(port), "--graph", str(graph or data.build)]
    began = time.perf_counter()
    log = scratch / "ours.log"
    process = _started(command, log)
    door = Door(port)
    _await_answer(process, door, data, log)
    return Running(OURS, process, door, None, time.perf_counter() - began)


def start_ours_on_disk(data: Data, scratch: Path) -> Running:
    """The same on an on-disk store, which `snhr-kg load` writes first."""
    folder = scratch / "ours-on-disk"
    began = time.perf_counter()
    command = [sys.executable, "-m", "snhr_kg", "load", str(data.ntriples), "--out", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    if done.returncode:
        raise NotRun(f"snhr-kg load failed: {done.stderr.strip()[-200:]}")
    loading = time.perf_counter() - began
    running = start_ours(data, scratch, folder)
    running.loading = loading
    return running


def start_hello(scratch: Path) -> Running:
    """The bare server; its door is a path to which a number of bytes is added."""
    port = processes.free_port()
    began = time.perf_counter()
    process = _started([sys.executable, HERE / "hello.py", str(port)], scratch / "hello.log")
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}/1"):
                return Running(HELLO, process, Door(port, "/"), None, time.perf_counter() - began)
        except OSError:
            time.sleep(0.01)


def start_oxigraph(data: Data, scratch: Path, programs: Path) -> Running:
    """oxigraph's server in memory, the data sent by the Graph Store protocol; loading is part of its start."""
    port = processes.free_port()
    began = time.perf_counter()
    process = _started([programs / "oxigraph", "serve", "-b", f"127.0.0.1:{port}"], scratch / "oxigraph.log")
    request = Request(f"http://127.0.0.1:{port}/store?default", method="POST")
    request.add_header("Content-Type", "application/n-triples")
    request.add_header("Content-Length", str(data.ntriples.stat().st_size))
    for _ in range(2000):
        try:
            with data.ntriples.open("rb") as file, urlopen(_with(request, file), timeout=START_LIMIT):
                break
        except ConnectionRefusedError:
            time.sleep(0.005)
        except OSError as error:
            if "refused" not in str(error):
                process.terminate()
                raise NotRun(f"loading failed: {error}") from error
            time.sleep(0.005)
    door = Door(port, "/query?query=")
    _await_answer(process, door, data, scratch / "oxigraph.log")
    return Running(OXIGRAPH, process, door, None, time.perf_counter() - began, "its start loads the data")


def _with(request: Request, body: object) -> Request:
    request.data = body  # type: ignore[assignment]
    return request


def start_oxigraph_on_disk(data: Data, scratch: Path, programs: Path) -> Running:
    """oxigraph's read-only server on an on-disk store that its own loader wrote."""
    folder = scratch / "oxigraph-on-disk"
    began = time.perf_counter()
    command = [programs / "oxigraph", "load", "-l", folder, "-f", data.ntriples, "--lenient"]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, timeout=900)
    if done.returncode:
        raise NotRun(f"oxigraph load failed: {done.stderr.strip()[-200:]}")
    loading = time.perf_counter() - began
    port = processes.free_port()
    began = time.perf_counter()
    serve = [programs / "oxigraph", "serve-read-only", "-l", folder, "-b", f"127.0.0.1:{port}"]
    process = _started(serve, scratch / "oxigraph.log")
    door = Door(port, "/query?query=")
    _await_answer(process, door, data, scratch / "oxigraph.log")
    return Running(OXIGRAPH_DISK, process, door, loading, time.perf_counter() - began)


def start_rdflib(data: Data, scratch: Path, programs: Path) -> Running:
    """rdflib-endpoint in memory under uvicorn; loading is part of its start."""
    port = processes.free_port()
    began = time.perf_counter()
    command = [programs / "python", HERE / "rdflib_peer.py", data.ntriples, str(port)]
    process = _started(command, scratch / "rdflib.log")
    door = Door(port)
    _await_answer(process, door, data, scratch / "rdflib.log")
    return Running(RDFLIB, process, door, None, time.perf_counter() - began, "its start loads the data")


def start_virtuoso(data: Data, scratch: Path) -> Running:
    """Virtuoso on a database that its bulk loader wrote; raises `NotRun` where it is not installed."""
    if not virtuoso.installed():
        raise NotRun("it is not installed (Debian: virtuoso-opensource-7, virtuoso-opensource-7-bin)")
    place = virtuoso.Place(scratch / "virtuoso", processes.free_port(), processes.free_port())
    began = time.perf_counter()
    virtuoso.write_settings(place, data.ntriples.parent)
    first = _started(virtuoso.command(place), scratch / "virtuoso.log")
    virtuoso.load(place, data.ntriples, first)
    loading = time.perf_counter() - began
    began = time.perf_counter()
    process = _started(virtuoso.command(place), scratch / "virtuoso.log")
    door = Door(place.http_port)
    _await_answer(process, door, data, scratch / "virtuoso.log")
    seconds = time.perf_counter() - began
    return Running(VIRTUOSO, process, door, loading, seconds, on_stop=lambda: virtuoso.shut_down(place))
