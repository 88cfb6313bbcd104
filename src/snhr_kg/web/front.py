"""The ASGI front: reads each request whole, within bounds and a deadline, and hands it to the WSGI application.

The application runs in threads, which a slow or hostile sender must not be able to hold: here a request costs nothing
but memory until all of it has come. A client that hangs up is noticed, and what runs for it is stopped.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from wsgiref.types import WSGIApplication

from snhr_kg.engine.question import Caller
from snhr_kg.web.caller import ENVIRON_KEY

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]

BODY_SECONDS: Final = 10.0
"""How long a request's body may take to arrive."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, headers and the rest of a response."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: Iterable[bytes]


class TooSlow(Exception):
    """The body did not arrive in time."""


class Gone(Exception):
    """The client hung up before its request was whole."""


class Front:
    """An ASGI application over a WSGI application, which runs in at most `threads` threads."""

    def __init__(self, application: WSGIApplication, threads: int, most_body_bytes: int) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, "request")
        self._most = most_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI 3)."""
        if scope["type"] != "http":
            return
        try:
            body = await asyncio.wait_for(_read(receive, self._most), BODY_SECONDS)
        except Gone:
            return
        except TimeoutError:
            await _send(send, Reply(408, [(b"connection", b"close")], []))
            return
        client = scope.get("client")
        caller = Caller(client[0] if client else "")
        watch = asyncio.ensure_future(_watch(receive, caller))
        try:
            reply = await self._run(_environ(scope, body, self._most, caller))
            await self._send_in_pieces(send, reply)
        finally:
            watch.cancel()

    async def _run(self, environ: dict[str, Any]) -> Reply:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call, self._application, environ)

    async def _send_in_pieces(self, send: Send, reply: Reply) -> None:
        """Send a body that is one piece at once, and the pieces of a file as a thread reads them."""
        if isinstance(reply.body, list):
            await _send(send, reply)
            return
        await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
        pieces = iter(reply.body)
        loop = asyncio.get_running_loop()
        try:
            while (piece := await loop.run_in_executor(self._threads, next, pieces, None)) is not None:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        finally:
            close(reply.body)
        await send({"type": "http.response.body", "body": b""})


def call(application: WSGIApplication, environ: dict[str, Any]) -> Reply:
    """The WSGI application's response to one request (PEP 3333); a body of one piece comes as a list."""
    started: list[tuple[int, list[tuple[bytes, bytes]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Any:
        encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        started.append((int(status[:3]), encoded))
        return None

    pieces = application(environ, start_response)
    length = dict(started[-1][1]).get(b"content-length") if started else None
    if isinstance(pieces, list) or environ["REQUEST_METHOD"] == "HEAD" or _is_short(length):
        try:
            body = [b"".join(pieces)]
        finally:
            close(pieces)
        return Reply(*started[-1], body)
    return Reply(*started[-1], pieces)


def close(pieces: object) -> None:
    """Call the iterable's close method where it has one."""
    if (method := getattr(pieces, "close", None)) is not None:
        method()


def _is_short(length: bytes | None) -> bool:
    return length is not None and int(length) <= 65536


async def _read(receive: Receive, most: int) -> bytes:
    """The body, or its beginning when it is longer than it may be."""
    pieces: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > most or not message.get("more_body"):
            return b"".join(pieces)


async def _watch(receive: Receive, caller: Caller) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        while (await receive())["type"] != "http.disconnect":
            pass
        caller.leave()


async def _send(send: Send, reply: Reply) -> None:
    await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
    await send({"type": "http.response.body", "body": b"".join(reply.body)})


def _environ(scope: Scope, body: bytes, most: int, caller: Caller) -> dict[str, Any]:
    """The request as PEP 3333 has it; a body that is too long is cut, and its length says so."""
    server = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": scope.get("root_path", ""),
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "REMOTE_ADDR": caller.address,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        ENVIRON_KEY: caller,
    }
    environ.update(_headers(scope["headers"]))
    environ["CONTENT_LENGTH"] = str(max(len(body), most + 1) if len(body) > most else len(body))
    return environ


def _headers(headers: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[str, str]]:
    merged: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name = raw_name.decode("latin-1").upper().replace("-", "_")
        key = name if name == "CONTENT_TYPE" else f"HTTP_{name}"
        value = raw_value.decode("latin-1")
        merged[key] = f"{merged[key]},{value}" if key in merged else value
    merged.pop("HTTP_CONTENT_LENGTH", None)
    merged.pop("HTTP_TRANSFER_ENCODING", None)  # the body is whole here, however it came
    return iter(merged.items())
