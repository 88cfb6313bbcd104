"""The process that opens the graph once and forks a worker, which shares its memory, whenever it is asked for one.

    python -m snhr_kg.engine.host SOCKET FOLDER

It has no threads, opens nothing else, and ends when the process that started it closes the socket or dies.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import sys
from pathlib import Path

from snhr_kg.engine import wire, worker
from snhr_kg.engine.limits import Limits
from snhr_kg.errors import SnhrKgError
from snhr_kg.store import Store, open_store

FORK = b"F"
"""Asks for a worker; the body is the process number of one that has died (0: none), whose end is told in return."""
READY, FAILED = b"R", b"X"
WORKER = struct.Struct("!qq")
"""Process number of the new worker and, as `os.waitpid` gives it, how the one that died ended."""


def main(arguments: list[str]) -> None:
    """Open the graph, say so, and fork on demand."""
    control = socket.socket(fileno=int(arguments[0]))
    limits = Limits(**json.loads(arguments[2]))
    try:
        store = open_store(Path(arguments[1]))
    except SnhrKgError as error:
        wire.send(control, FAILED, str(error).encode())
        return
    wire.send(control, READY, store.version.encode())
    _fork_on_demand(control, store, limits)


def _fork_on_demand(control: socket.socket, store: Store, limits: Limits) -> None:
    while True:
        try:
            _, body = wire.receive(control)
        except wire.Closed:
            return
        (dead,) = struct.unpack("!q", body)
        status = _end_of(dead) if dead else 0
        ours, theirs = socket.socketpair()
        process = os.fork()
        if process == 0:
            control.close()
            theirs.close()
            worker.run(ours, store, limits)
        ours.close()
        socket.send_fds(control, [WORKER.pack(process, status)], [theirs.fileno()])
        theirs.close()


def _end_of(process: int) -> int:
    try:
        return os.waitpid(process, 0)[1]
    except ChildProcessError:
        return 0


if __name__ == "__main__":
    main(sys.argv[1:])
