"""Frames on a socket: one byte that says what it is, the length of the rest, the rest.

The two ends take turns: nobody sends a second frame before an answer to the first.
"""

from __future__ import annotations

import select
import socket
import struct
import time
from typing import Final

_HEAD: Final = struct.Struct("!cQ")
_FIRST: Final = 65536


class Closed(Exception):
    """The other end has closed the connection or its process is gone."""


class NeverRead(Closed):
    """The other end was gone before it had read what was sent to it."""


class Late(Exception):
    """Nothing came before the deadline."""


def send(connection: socket.socket, kind: bytes, *parts: bytes | bytearray) -> None:
    """Send one frame, its body in parts; raises `NeverRead`, or `Late` when the socket's own time to send is over."""
    length = sum(map(len, parts))
    head = _HEAD.pack(kind, length)
    try:
        if length < _FIRST:
            connection.sendall(head + b"".join(parts))
        else:
            connection.sendall(head)
            for part in parts:
                connection.sendall(part)
    except BlockingIOError as error:
        raise Late from error
    except OSError as error:
        raise NeverRead from error


def receive(connection: socket.socket, deadline: float | None = None) -> tuple[bytes, bytes | bytearray]:
    """Kind and body of one frame; raises `Closed`, or `Late` when it is not whole at the deadline (monotonic time)."""
    first = _some(connection, deadline)
    while len(first) < _HEAD.size:
        first += _some(connection, deadline)
    kind, length = _HEAD.unpack_from(first)
    have = len(first) - _HEAD.size
    if have == length:
        return kind, first[_HEAD.size :]
    body = bytearray(length)
    body[:have] = memoryview(first)[_HEAD.size :]
    rest = memoryview(body)[have:]
    while rest:
        _await(connection, deadline)
        try:
            count = connection.recv_into(rest)
        except OSError as error:
            raise _loss(error) from error
        if count == 0:
            raise Closed
        rest = rest[count:]
    return kind, body


def _some(connection: socket.socket, deadline: float | None) -> bytes:
    _await(connection, deadline)
    try:
        data = connection.recv(_FIRST)
    except OSError as error:
        raise _loss(error) from error
    if not data:
        raise Closed
    return data


def _loss(error: OSError) -> Closed:
    """A local socket is reset, not just closed, when its other end goes with something unread."""
    return NeverRead() if isinstance(error, ConnectionResetError) else Closed()


def _await(connection: socket.socket, deadline: float | None) -> None:
    if deadline is None:
        return
    left = deadline - time.monotonic()
    poll = select.poll()  # select() cannot take a descriptor above 1023
    poll.register(connection, select.POLLIN)
    if left <= 0 or not poll.poll(max(1, round(left * 1000))):
        raise Late
