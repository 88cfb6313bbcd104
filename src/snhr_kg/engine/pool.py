"""The engine over a built graph: a host process, its workers, and a deadline for each query."""

from __future__ import annotations

import json
import os
import queue
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from snhr_kg.engine import host, wire, worker
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.question import Answered, Caller, Question
from snhr_kg.errors import (
    BadQuery,
    EngineFailed,
    GraphError,
    MemoryLimit,
    Overloaded,
    QueryRefused,
    QueryTimeout,
    ResultTooLarge,
)


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker process and the connection to it."""

    process: int
    connection: socket.socket

    def kill(self) -> None:
        """End the process, whatever it does."""
        with suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)


class LocalEngine:
    """Worker processes over the graph of a folder that a build wrote."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        """Start the host and its workers; raises `GraphError` when the graph cannot be read."""
        self.limits = limits
        self._control, theirs = socket.socketpair()
        command = [sys.executable, "-m", "snhr_kg.engine.host", str(theirs.fileno()), str(folder)]
        self._host = subprocess.Popen([*command, json.dumps(asdict(limits))], pass_fds=[theirs.fileno()])
        theirs.close()
        self._forking = threading.Lock()
        self.version = self._await_host()
        self._free: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        for _ in range(limits.workers):
            self._free.put(self._fork()[0])

    def answer(self, question: Question, caller: Caller) -> Answered:
        """The answer, whole; see `Engine.answer`."""
        try:
            chosen = self._free.get(timeout=self.limits.waiting_seconds)
        except queue.Empty:
            raise Overloaded("every worker is busy", retry_after=1) from None
        deadline = time.monotonic() + self.limits.seconds
        try:
            caller.while_running(chosen.kill)
            wire.send(chosen.connection, b"Q", json.dumps(asdict(question)).encode())
            kind, body = wire.receive(chosen.connection, deadline)
        except (wire.Closed, wire.Late) as error:
            chosen.kill()
            chosen.connection.close()
            raise self._stopped(error, chosen) from None
        finally:
            caller.while_running(None)
        self._free.put(chosen)
        return Answered(self._read(kind, bytes(body)), self.version)

    def close(self) -> None:
        """End the host and with it every worker."""
        self._control.close()
        self._host.wait()

    def _await_host(self) -> str:
        try:
            kind, body = wire.receive(self._control)
        except wire.Closed:
            raise GraphError("the process that opens the graph ended without a word") from None
        if kind == host.FAILED:
            raise GraphError(body.decode())
        return body.decode()

    def _fork(self, dead: int = 0) -> tuple[Worker, int]:
        with self._forking:
            wire.send(self._control, host.FORK, struct.pack("!q", dead))
            message, descriptors, *_ = socket.recv_fds(self._control, host.WORKER.size, 1)
        process, status = host.WORKER.unpack(message)
        return Worker(process, socket.socket(fileno=descriptors[0])), status

    def _stopped(self, error: Exception, dead: Worker) -> Exception:
        replacement, status = self._fork(dead.process)
        self._free.put(replacement)
        if isinstance(error, wire.Late):
            return QueryTimeout(self.limits.seconds)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGABRT:
            return MemoryLimit(self.limits.memory_mb)
        return EngineFailed("the engine gave up on this query")

    def _read(self, kind: bytes, body: bytes) -> bytes:
        if kind == worker.ANSWER:
            return body
        if kind == worker.BAD_QUERY:
            raise BadQuery(body.decode())
        if kind == worker.REFUSED:
            raise QueryRefused(body.decode())
        if kind == worker.TOO_LARGE:
            raise ResultTooLarge(self.limits.result_mb)
        raise RuntimeError(body.decode())
