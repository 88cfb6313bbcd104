"""A response on its way out of the WSGI application, and how the application is called for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias
from wsgiref.types import WSGIApplication

Header: TypeAlias = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, headers (names in lower case) and body: a list of one piece, or pieces that are yet to be read."""

    status: int
    headers: list[Header]
    body: Iterable[bytes]


def call(application: WSGIApplication, environ: dict[str, Any]) -> Reply:
    """The application's response to one request (PEP 3333)."""
    started: list[tuple[int, list[Header]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Any:
        encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        started.append((int(status[:3]), encoded))

    pieces = application(environ, start_response)
    beginning = next(iterator := iter(pieces), b"")
    status, headers = started[-1]
    length = dict(headers).get(b"content-length")
    if length is None or len(beginning) == int(length) or environ["REQUEST_METHOD"] == "HEAD":
        rest = b"".join(iterator) if length is None else b""
        close(pieces)
        return Reply(status, headers, [beginning + rest])
    return Reply(status, headers, _Pieces(chain([beginning], iterator), pieces))


def close(pieces: object) -> None:
    """Call the iterable's close method where it has one."""
    if (method := getattr(pieces, "close", None)) is not None:
        method()


class _Pieces:
    """The pieces of a body, to be closed with what they come from."""

    def __init__(self, pieces: Iterator[bytes], source: object) -> None:
        self._pieces = pieces
        self._source = source

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def close(self) -> None:
        close(self._source)
