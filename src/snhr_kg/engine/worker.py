"""A forked process that answers one query at a time and can be killed at any: it bounds its own memory and reach."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import socket
import threading
import traceback
from typing import Final, NoReturn

from snhr_kg.engine import wire
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.seal import forbid_sockets
from snhr_kg.errors import BadQuery, NotAcceptable, QueryRefused, QueryTooLong, SnhrKgError
from snhr_kg.store import Store

ANSWER, TOO_LARGE, NO_MEMORY, BROKE, NO_SERVICE, BUG = b"A", b"L", b"M", b"P", b"S", b"!"
"""Kinds of frame that a worker sends back, beside those of `REFUSALS`: the body is a mark, then what to say."""

REFUSALS: Final[dict[bytes, type[SnhrKgError]]] = {
    b"T": QueryTooLong,
    b"B": BadQuery,
    b"R": QueryRefused,
    b"N": NotAcceptable,
}
"""The errors that a worker sends back in their own words, by kind of frame; what a class stands for comes before it."""

STEADY, GROWN = b"=", b"+"
"""The mark before the body: whether the query left the process much larger than it was, so that it should end."""

UNFIT: Final = 70
"""Exit status of a worker that could not bound itself, and so ended without answering anybody."""

FAULT: Final = 71
"""Exit status that stands for an abort by a fault of the engine's own."""

STACK_BYTES: Final = 256 * 1024 * 1024
"""Address space (not memory) of the stack: the engine recurses, and the longest query must fit."""

GROWTH_BYTES: Final = 32 * 1024 * 1024
SOCKETS: Final = 16
"""Descriptors that a worker may open while queries may ask other endpoints."""

_DIE_WITH_PARENT: Final = 1
_MOST_ARENAS: Final = -8
_MIB: Final = 1024 * 1024
_PAGE: Final = resource.getpagesize()


class TooLarge(Exception):
    """The answer is larger than the limit."""


class BoundedBuffer:
    """What the engine writes an answer into: no more than a number of bytes."""

    def __init__(self, most: int) -> None:
        self.body = bytearray()
        self._most = most

    def write(self, data: bytes) -> int:
        """Keep the data; raises `TooLarge`, which ends the query."""
        if len(self.body) + len(data) > self._most:
            raise TooLarge
        self.body += data
        return len(data)

    def flush(self) -> None:
        """Nothing to do: there is nothing behind this."""


def run(connection: socket.socket, store: Store, limits: Limits, host: int, last_words: int) -> NoReturn:
    """Answer what comes on the connection until it closes, then end the process, whose parent is `host`.

    What the engine says when it aborts goes to the descriptor `last_words`.
    """
    try:
        own_size = os.open("/proc/self/statm", os.O_RDONLY)
        _bound_process(store, limits, host, own_size, last_words)
        threading.stack_size(STACK_BYTES)
        thread = threading.Thread(target=_answer_all, args=(connection, store, limits, own_size))
        thread.start()
    except BaseException:
        os._exit(UNFIT)
    thread.join()
    os._exit(0)


def _bound_process(store: Store, limits: Limits, host: int, own_size: int, last_words: int) -> None:
    library = ctypes.CDLL(None)
    library.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != host:  # it ended before the line above
        os._exit(0)
    if hasattr(library, "mallopt"):
        library.mallopt(_MOST_ARENAS, 1)  # another arena would reserve 64 MiB of the memory limit
    _first_to_go()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor, standard in ((nowhere, 0), (nowhere, 1), (last_words, 2)):
        os.dup2(descriptor, standard)
    os.close(nowhere)
    most = _pages(own_size)[0] * _PAGE + STACK_BYTES + limits.memory_mb * _MIB
    descriptors = store.descriptors()
    if not limits.services:
        forbid_sockets()  # where that cannot be, the guard and the number of descriptors stand alone
    else:
        descriptors = max(descriptors, *map(int, os.listdir("/proc/self/fd"))) + 1 + SOCKETS
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))  # 0: no file, no socket


def _first_to_go() -> None:
    """When the machine runs out of memory, a worker is the first process to be ended."""
    try:
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:
            score.write("1000")
    except OSError:
        pass


def _pages(own_size: int) -> tuple[int, int]:
    """Address space, and memory that is backed by no file, of this process, in pages."""
    size, resident, shared, *_ = map(int, os.pread(own_size, 200, 0).split())
    return size, resident - shared


def _answer_all(connection: socket.socket, store: Store, limits: Limits, own_size: int) -> None:
    at_first = _pages(own_size)[1] * _PAGE
    while True:
        try:
            _, asked = wire.receive(connection)
            kind, body = _answer(store, limits, asked)
            grown = _pages(own_size)[1] * _PAGE - len(body) - at_first > GROWTH_BYTES
            wire.send(connection, kind, GROWN if grown else STEADY, body)
        except wire.Closed:
            return


def _answer(store: Store, limits: Limits, asked: bytes | bytearray) -> tuple[bytes, bytes | bytearray]:
    try:
        return ANSWER, _evaluate(store, limits, *json.loads(asked))
    except TooLarge:
        return TOO_LARGE, b""
    except MemoryError:
        return NO_MEMORY, b""
    except tuple(REFUSALS.values()) as error:
        return next(kind for kind, refusal in REFUSALS.items() if isinstance(error, refusal)), str(error).encode()
    except OSError as error:
        return (NO_SERVICE, str(error).encode()) if limits.services else _bug(error)
    except BaseException as error:
        return (BROKE, b"") if type(error).__name__ == "PanicException" else _bug(error)


def _bug(error: BaseException) -> tuple[bytes, bytes]:
    """Where it is, without the message, which could hold a part of the query."""
    where = "".join(traceback.format_tb(error.__traceback__))
    return BUG, f"{type(error).__name__} in a worker process\n{where}".encode()


def _evaluate(
    store: Store, limits: Limits, text: str, media_type: str, default_graphs: list[str], named_graphs: list[str]
) -> bytearray:
    answer = store.query(
        text, default_graphs=default_graphs, named_graphs=named_graphs, services=frozenset(limits.services)
    )
    if media_type not in answer.formats:
        raise NotAcceptable(f"this answer can be had as {', '.join(answer.formats)}")
    target = BoundedBuffer(limits.result_mb * _MIB)
    answer.write(target, media_type)
    return target.body
