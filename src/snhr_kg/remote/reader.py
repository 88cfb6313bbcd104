"""A parser process as the engine sees it: started, asked, and replaced when it dies of what it reads."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from typing import Final

from snhr_kg.engine import wire
from snhr_kg.errors import BadQuery, EngineFailed, StoreFailed
from snhr_kg.remote import parser

SECONDS: Final = 10.0
"""How long one reading may take: parsing is linear, and the longest answer takes about a second."""


class Reader:
    """Reads queries and answers in a process that may die of them; asked by one thread at a time."""

    def __init__(self, memory_mb: int) -> None:
        self._memory_mb = memory_mb
        self._start()

    def check(self, text: str) -> None:
        """Return when the query can be parsed; raises `BadQuery`, with the parser's words if it has any."""
        try:
            body = text.encode()
        except UnicodeEncodeError as error:
            raise BadQuery(f"the query is not Unicode text: {error}") from error
        try:
            kind, said = self._ask(parser.CHECK, body)
        except EngineFailed as error:
            raise BadQuery(
                "the query nests too deep for a store; write it flatter: fewer groups and brackets inside one another, "
                "shorter chains of operators, of path steps and of triples in one group"
            ) from error
        if kind == parser.WRONG:
            raise BadQuery(said.decode())

    def read(self, answer: bytes, answered_in: str, media_type: str) -> tuple[bytes, int]:
        """A store's answer in the media type wanted, and its rows or triples; raises `StoreFailed`, `EngineFailed`."""
        kind, body = self._ask(parser.READ, json.dumps([answered_in, media_type]).encode(), b"\n", answer)
        if kind == parser.WRONG:
            raise StoreFailed(f"the store's answer is malformed: {body.decode()}")
        count, _, written = body.partition(b"\n")
        return written, int(count)

    def close(self) -> None:
        """End the process."""
        self._connection.close()
        self._process.kill()
        self._process.wait()

    def _start(self) -> None:
        self._connection, theirs = socket.socketpair()
        command = [sys.executable, "-m", "snhr_kg.remote.parser", str(theirs.fileno()), str(self._memory_mb)]
        with theirs:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()])

    def _ask(self, kind: bytes, *parts: bytes) -> tuple[bytes, bytes]:
        try:
            wire.send(self._connection, kind, *parts)
            answered, body = wire.receive(self._connection, time.monotonic() + SECONDS)
        except (wire.Closed, wire.Late):
            self.close()
            self._start()
            raise EngineFailed(
                "this nests too deep, or is too large, to be read; write it flatter, ask for less"
            ) from None
        return answered, bytes(body)
