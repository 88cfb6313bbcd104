"""Asks an engine, and looks at its processes, for tests that are hard on it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from snhr_kg.engine.pool import LocalEngine
from snhr_kg.engine.question import Answered, Caller, Question

JSON = "application/sparql-results+json"
PLAIN = "ASK { ?s ?p ?o }"
PLAIN_ANSWER = b'{"head":{},"boolean":true}'
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

_FORGOTTEN: set[int] = set()


def ask(engine: LocalEngine, text: str = PLAIN, media_type: str = JSON, caller: Caller | None = None) -> bytes:
    """The answer's body."""
    return engine.answer(Question(text, media_type), caller or Caller("192.0.2.1")).body


class Asking(threading.Thread):
    """Asks in a thread of its own; `outcome` is the answer or what was raised, after `finish`."""

    def __init__(self, engine: LocalEngine, text: str = ENDLESS, address: str = "192.0.2.1") -> None:
        super().__init__()
        self.caller = Caller(address)
        self.outcome: Answered | BaseException | None = None
        self._engine = engine
        self._text = text
        self.start()

    def run(self) -> None:
        try:
            self.outcome = self._engine.answer(Question(self._text, JSON), self.caller)
        except BaseException as error:
            self.outcome = error

    def finish(self) -> Answered | BaseException | None:
        """Wait for the end of it."""
        self.join(20)
        assert not self.is_alive()
        return self.outcome


def wait_for(what: Callable[[], object], seconds: float = 10) -> None:
    """Wait until it is so."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.005)


def children(process: int) -> list[int]:
    """The processes that it started and that are there yet, zombies too."""
    running = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return [one for one in running if _fields(one)[1:2] == [str(process)]]


def hosts() -> list[int]:
    """The hosts that this process started, but for those that `forget_hosts` saw."""
    started = [child for child in children(os.getpid()) if b"snhr_kg.engine.host" in _command(child)]
    return [host for host in started if host not in _FORGOTTEN]


def forget_hosts() -> None:
    """Leave out of account the hosts that there are: engines that other tests keep open."""
    _FORGOTTEN.update(hosts())


def workers() -> list[int]:
    """The workers of all those hosts that run."""
    return [worker for host in hosts() for worker in children(host) if runs(worker)]


def state(process: int) -> str:
    """What the process does: R running, S sleeping, Z ended but not yet seen to be; nothing when it is gone."""
    return next(iter(_fields(process)), "")


def runs(process: int) -> bool:
    """Whether it has not ended."""
    return state(process) not in ("", "Z")


def computes(process: int) -> bool:
    """Whether it has computed for longer than a start takes."""
    fields = _fields(process)
    return bool(fields) and int(fields[11]) >= 4


def resident_mib(process: int) -> float:
    """Memory of the process."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def busy_worker(engine: LocalEngine) -> int:
    """The worker of an engine with one, once it runs a query."""
    wait_for(lambda: any(map(computes, workers())))
    return next(filter(computes, workers()))


def _command(process: int) -> bytes:
    return _said(process, "cmdline")


def _fields(process: int) -> list[str]:
    """Of ``/proc/PID/stat``, what follows the name, which may hold spaces; nothing when the process is gone."""
    return _said(process, "stat").decode(errors="replace").rpartition(")")[2].split()


def _said(process: int, file: str) -> bytes:
    try:
        return Path(f"/proc/{process}/{file}").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""
