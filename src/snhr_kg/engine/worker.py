"""A forked process that answers one query at a time and can be killed at any: it bounds its own memory and reach."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import socket
import threading
from typing import Final, NoReturn

from snhr_kg.engine import wire
from snhr_kg.engine.limits import Limits
from snhr_kg.errors import BadQuery, QueryRefused
from snhr_kg.store import Store

ANSWER, BAD_QUERY, REFUSED, TOO_LARGE, BUG = b"A", b"B", b"R", b"L", b"!"
"""Kinds of frame that a worker sends back."""

STACK_BYTES: Final = 256 * 1024 * 1024
"""Address space (not memory) of the stack: the engine recurses, and the longest query must fit."""

_DIE_WITH_PARENT: Final = 1
_MIB: Final = 1024 * 1024


class TooLarge(Exception):
    """The answer is larger than the limit."""


class BoundedBuffer:
    """What the engine writes an answer into: no more than a number of bytes."""

    def __init__(self, most: int) -> None:
        self.parts: list[bytes] = []
        self._left = most

    def write(self, data: bytes) -> int:
        """Keep the data; raises `TooLarge`, which ends the query."""
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing to do: there is nothing behind this."""


def run(connection: socket.socket, store: Store, limits: Limits) -> NoReturn:
    """Answer what comes on the connection until it closes, then end the process."""
    _bound_process(limits)
    threading.stack_size(STACK_BYTES)
    thread = threading.Thread(target=_answer_all, args=(connection, store, limits))
    thread.start()
    thread.join()
    os._exit(0)


def _bound_process(limits: Limits) -> None:
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    _first_to_go()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    with open("/proc/self/statm", encoding="ascii") as statm:
        size = int(statm.read().split()[0]) * resource.getpagesize()
    most = size + STACK_BYTES + limits.memory_mb * _MIB
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))  # no new file or socket: nothing is read, nobody contacted


def _first_to_go() -> None:
    """When the machine runs out of memory, a worker is the first process to be ended."""
    try:
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:
            score.write("1000")
    except OSError:
        pass


def _answer_all(connection: socket.socket, store: Store, limits: Limits) -> None:
    while True:
        try:
            _, body = wire.receive(connection)
            wire.send(connection, *_answer(store, limits, json.loads(body)))
        except wire.Closed:
            return


def _answer(store: Store, limits: Limits, asked: dict[str, object]) -> tuple[bytes, bytes]:
    target = BoundedBuffer(limits.result_mb * _MIB)
    try:
        answer = store.query(
            str(asked["text"]),
            default_graphs=asked["default_graphs"],  # type: ignore[arg-type]
            named_graphs=asked["named_graphs"],  # type: ignore[arg-type]
        )
        answer.write(target, str(asked["media_type"]))
    except TooLarge:
        return TOO_LARGE, b""
    except BadQuery as error:
        return BAD_QUERY, str(error).encode()
    except QueryRefused as error:
        return REFUSED, str(error).encode()
    except Exception as error:
        return BUG, repr(error).encode()
    return ANSWER, b"".join(target.parts)
