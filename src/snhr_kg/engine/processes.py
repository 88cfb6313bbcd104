"""The processes of an engine, as the one that started them sees them: the host, its workers, how each ended."""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from math import ceil
from pathlib import Path
from typing import Final

from snhr_kg.engine import host, worker
from snhr_kg.engine.limits import Limits
from snhr_kg.errors import EngineFailed, GraphError, MemoryLimit, SnhrKgError

_MESSAGE: Final = 65536
_END_SECONDS: Final = 5.0
_PAUSE: Final = 0.2
"""Seconds until the next try when this process may open no more descriptors."""


class Worker:
    """A worker process, the connection to it, and a handle that never names another process (a pidfd)."""

    def __init__(self, process: int, version: str, connection: socket.socket, handle: int, seconds: float) -> None:
        """`version` is that of the graph it reads; `seconds` is how long it may take to read what is sent to it."""
        self.process = process
        self.version = version
        self.connection = connection
        self.ended = threading.Event()
        self.status: int | None = None
        self._handle: int | None = handle
        self._lock = threading.Lock()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", ceil(seconds), 0))

    def kill(self) -> None:
        """End the process, whatever it does; nothing to do when it has ended."""
        with self._lock, suppress(ProcessLookupError):
            if self._handle is not None:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def close(self) -> None:
        """Let go of the connection and the handle; a worker that still runs then ends by itself."""
        with self._lock:
            self.connection.close()
            if self._handle is not None:
                os.close(self._handle)
                self._handle = None

    def note_end(self, status: int | None) -> None:
        """Remember how it ended (None: nobody could tell) and wake who waits for that."""
        self.status = status
        self.ended.set()


@dataclass(frozen=True, slots=True)
class Ended:
    """A worker's end, as `os.waitpid` tells it."""

    process: int
    status: int


class HostProcess:
    """The process that opens the graph and forks the workers."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        """Start it; `await_graph` says when it can serve."""
        self._limits = limits
        self._version = ""
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", "snhr_kg.engine.host", str(theirs.fileno()), str(folder)]
        with theirs:
            try:
                self._process = subprocess.Popen(
                    [*command, json.dumps(asdict(limits))],
                    stdin=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    # A worker out of memory would take memory to print where it was, and lock itself up (measured).
                    env={**os.environ, "RUST_BACKTRACE": "0", "RUST_LIB_BACKTRACE": "0"},
                )
            except OSError:
                self._control.close()
                raise

    def await_graph(self) -> str:
        """The version of the graph, once it is open; raises `GraphError` when it cannot be."""
        message = self._control.recv(_MESSAGE)
        if message[:1] != host.READY:
            raise GraphError(message[1:].decode() or "the process that opens the graph ended without a word")
        self._version = message[1:].decode()
        return self._version

    def events(self) -> Iterator[Worker | Ended]:
        """Each worker that starts and each end of one, until the host is gone.

        Of one that this process had no descriptors left for there is only the end, which it comes to by itself.
        """
        while True:
            try:
                message, descriptors, *_ = socket.recv_fds(self._control, _MESSAGE, 2, socket.MSG_CMSG_CLOEXEC)
            except OSError:
                return
            if message[:1] == host.STARTED and len(descriptors) < 2:  # this process may open no more: try again
                for descriptor in descriptors:
                    os.close(descriptor)
                time.sleep(_PAUSE)
            elif message[:1] == host.STARTED:
                connection, handle = descriptors
                (process,) = host.START.unpack_from(message, 1)
                yield Worker(process, self._version, socket.socket(fileno=connection), handle, self._limits.seconds)
            elif message[:1] == host.ENDED:
                yield Ended(*host.END.unpack_from(message, 1))
            elif message[:1] == host.FAILED:
                print(f"error: {message[1:].decode()}", file=sys.stderr)
            else:
                return

    def stop(self) -> None:
        """Have it end now, and its workers with it; any thread may call this."""
        with suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)

    def reap(self) -> None:
        """See it ended and let go of it: the last call."""
        self.stop()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._control.close()


ENGINE_FAULT: Final = (
    "the engine met a fault of its own over this query; write it another way (where it sorts values of several types, "
    "ORDER BY STR(?x) helps), and please report it"
)


def failure(status: int, limits: Limits) -> SnhrKgError:
    """What to tell who asked the query that a worker ended over, nobody having stopped it."""
    if status == worker.FAULT << 8:
        return EngineFailed(ENGINE_FAULT)
    if not os.WIFSIGNALED(status):
        return EngineFailed(
            f"the process that ran the query ended by itself (exit status {os.waitstatus_to_exitcode(status)}); "
            "ask again, and report it if it happens again"
        )
    number = os.WTERMSIG(status)
    if number == signal.SIGABRT:
        return MemoryLimit(limits.memory_mb)
    if number in (signal.SIGSEGV, signal.SIGBUS):
        return EngineFailed(
            "the query nests too deep for the engine; write it flatter: fewer groups and brackets inside one another, "
            "shorter chains of operators, of path steps and of triples in one group (VALUES and IN take long lists)"
        )
    return EngineFailed(
        f"the process that ran the query was ended from outside ({signal.Signals(number).name}), by an operator or by "
        "a machine short of memory; ask again, and for less if it happens again"
    )
