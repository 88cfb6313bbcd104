"""The process that opens the graph once and keeps a number of workers, forked from it, which share its memory.

    python -m snhr_kg.engine.host SOCKET FOLDER LIMITS

It has no threads, opens nothing else, and is ended by the kernel when the process that started it closes the socket or
dies. It tells what it does in messages on that socket, each a kind and a body.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import struct
import sys
import time
from pathlib import Path
from typing import Final

from snhr_kg.engine import worker
from snhr_kg.engine.limits import Limits
from snhr_kg.errors import SnhrKgError
from snhr_kg.store import Store, open_store

READY, FAILED, STARTED, ENDED = b"R", b"X", b"N", b"E"
"""The graph is open (its version); it cannot be served (why); a worker started; a worker ended."""

START: Final = struct.Struct("!q")
"""Process number of a worker; with it come the descriptors of its connection and of its process."""
END: Final = struct.Struct("!qq")
"""Process number of a worker, and how it ended, as `os.waitpid` gives it; the exit status `worker.FAULT` stands for an
abort by a fault of the engine's own."""

_WANT_OF_MEMORY: Final = (b"memory allocation", b"MemoryError", b"bad_alloc")
"""What the engine, Python and C++ say, in this order, when they are given no more memory."""

_FORK_PAUSE: Final = 0.2
"""Seconds until the next try when the machine cannot fork."""


def main(arguments: list[str]) -> None:
    """Open the graph, say so, and keep the workers."""
    control = socket.socket(fileno=int(arguments[0]))
    _end_with(control)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # sent to the whole group: the server ends first, and this with it
    limits = Limits(**json.loads(arguments[2]))
    try:
        store = open_store(Path(arguments[1]))
    except SnhrKgError as error:
        control.send(FAILED + str(error).encode())
        return
    control.send(READY + store.version.encode())
    _keep_workers(control, store, limits)


def _end_with(control: socket.socket) -> None:
    """Have the kernel send SIGIO, which ends this process, when the other end of the socket is closed."""
    fcntl.fcntl(control, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(control, fcntl.F_SETFL, fcntl.fcntl(control, fcntl.F_GETFL) | os.O_ASYNC)


def _keep_workers(control: socket.socket, store: Store, limits: Limits) -> None:
    running: dict[int, int] = {}
    while True:
        while len(running) < limits.workers:
            try:
                process, last_words = _fork(control, store, limits)
                running[process] = last_words
            except BlockingIOError:  # too many processes: those that run serve on
                if running:
                    break
                time.sleep(_FORK_PAUSE)
        process, status = os.wait()
        status = _cause(status, running.pop(process))
        control.send(ENDED + END.pack(process, status))
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) == worker.UNFIT:
            control.send(FAILED + b"a worker process could not bound itself; it needs Linux 5.3 or newer, and /proc")
            return


def _cause(status: int, last_words: int) -> int:
    """How a worker ended: an abort is want of memory, or else a fault of the engine's, which it has told."""
    told = os.pread(last_words, 65536, 0)
    os.close(last_words)
    aborted = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGABRT
    broke = b"panicked at" in told and not any(words in told for words in _WANT_OF_MEMORY)
    return worker.FAULT << 8 if aborted and broke else status


def _fork(control: socket.socket, store: Store, limits: Limits) -> tuple[int, int]:
    """Process number of a new worker, and the descriptor of what it writes to standard error, kept in memory."""
    host = os.getpid()
    last_words = os.memfd_create("last-words")
    ours, theirs = socket.socketpair()
    with ours, theirs:
        try:
            process = os.fork()
        except OSError:
            os.close(last_words)
            raise
        if process == 0:
            control.close()
            theirs.close()
            worker.run(ours, store, limits, host, last_words)
        handle = os.pidfd_open(process)
        socket.send_fds(control, [STARTED + START.pack(process)], [theirs.fileno(), handle])
        os.close(handle)
    return process, last_words


if __name__ == "__main__":
    main(sys.argv[1:])
