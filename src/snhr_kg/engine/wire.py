"""Frames on a socket: one byte that says what it is, the length of the rest, the rest."""

from __future__ import annotations

import select
import socket
import struct
import time
from typing import Final

_HEAD: Final = struct.Struct("!cQ")


class Closed(Exception):
    """The other end has closed the connection or its process is gone."""


class Late(Exception):
    """Nothing came before the deadline."""


def send(connection: socket.socket, kind: bytes, body: bytes = b"") -> None:
    """Send one frame; raises `Closed`."""
    try:
        if len(body) < 65536:
            connection.sendall(_HEAD.pack(kind, len(body)) + body)
        else:
            connection.sendall(_HEAD.pack(kind, len(body)))
            connection.sendall(body)
    except OSError as error:
        raise Closed from error


def receive(connection: socket.socket, deadline: float | None = None) -> tuple[bytes, bytearray]:
    """Kind and body of one frame; raises `Closed`, or `Late` when it is not whole at the deadline (monotonic time)."""
    kind, length = _HEAD.unpack(_exactly(connection, _HEAD.size, deadline))
    return kind, _exactly(connection, length, deadline)


def _exactly(connection: socket.socket, length: int, deadline: float | None) -> bytearray:
    body = bytearray(length)
    rest = memoryview(body)
    while rest:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0 or not _readable(connection, left):
                raise Late
        try:
            count = connection.recv_into(rest)
        except OSError as error:
            raise Closed from error
        if count == 0:
            raise Closed
        rest = rest[count:]
    return body


def _readable(connection: socket.socket, seconds: float) -> bool:
    poll = select.poll()  # select() cannot take a descriptor above 1023
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(max(1, round(seconds * 1000))))
