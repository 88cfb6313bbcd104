"""The ASGI front: reads each request whole, within bounds and a deadline, and hands it to the WSGI application.

The application runs in threads, which a slow or hostile sender must not be able to hold: here a request costs nothing
but memory until all of it has come. A client that hangs up is noticed, and what runs for it is stopped. A request that
was answered before, on the same graph, is answered again without a thread.
"""

from __future__ import annotations

import asyncio
import io
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeAlias
from wsgiref.types import WSGIApplication

from snhr_kg.engine.question import Caller, Engine
from snhr_kg.web import problems
from snhr_kg.web.caller import ENVIRON_KEY
from snhr_kg.web.deliver import KEEP_KEY
from snhr_kg.web.express import Express
from snhr_kg.web.headers import HEADERS, MAX_HEAD_BYTES, MAX_REQUEST_BYTES
from snhr_kg.web.kept import KeptReplies, key_of
from snhr_kg.web.reply import Reply, call, close
from snhr_kg.web.sending import Send, Sending
from snhr_kg.web.sparql import FAILURE_KEY

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]

BODY_SECONDS: Final = 10.0
"""How long a request's body may take to arrive."""

UNWATCHED_SECONDS: Final = 0.05
"""How long a request runs before its client is watched."""

WITH_BODY: Final = ("POST", "PUT", "PATCH", "DELETE")
"""Methods whose body is read; that of others means nothing."""


def _refusal(kind: str, status: int, detail: str) -> Reply:
    """The problem document for a request that never reaches the application; the connection is of no further use."""
    headers = {
        **HEADERS,
        "Content-Type": problems.MEDIA_TYPE,
        "Cache-Control": "no-store",
        "Connection": "close",
    }
    body = json.dumps(problems.document(kind, status, detail)).encode()
    return Reply(status, [(name.lower().encode(), value.encode()) for name, value in headers.items()], [body])


_TOO_SLOW: Final = _refusal(
    "request-timeout", 408, f"the body was not whole after {BODY_SECONDS:g} seconds; send it again at once"
)
_TOO_LARGE: Final = _refusal(
    "request-header-fields-too-large", 431, f"an address and its headers take {MAX_HEAD_BYTES:,} bytes; send fewer"
)
_UNREADABLE: Final = _refusal(
    "bad-request", 400, "the body ended early or is not coded as its headers say; send it whole"
)


class Gone(Exception):
    """The client hung up before its request was whole."""


class Watch:
    """Notices that a client hangs up, from a moment after its request came: most are answered before that."""

    def __init__(self, receive: Receive, caller: Caller) -> None:
        self._receive = receive
        self._caller = caller
        self._task: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(UNWATCHED_SECONDS, self._begin)

    def end(self) -> None:
        """The request is answered."""
        self._timer.cancel()
        if self._task is not None:
            self._task.cancel()

    def _begin(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._wait())

    async def _wait(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._caller.leave()


class Front:
    """An ASGI application over the WSGI application of an engine, which runs in at most `threads` threads.

    `most_kept_bytes` bounds the responses that are kept; `behind_proxy` trusts the headers
    X-Forwarded-For and X-Forwarded-Proto.
    """

    def __init__(
        self,
        application: WSGIApplication,
        engine: Engine,
        threads: int,
        most_kept_bytes: int,
        behind_proxy: bool = False,
    ) -> None:
        self._application = application
        self._engine = engine
        self._threads = ThreadPoolExecutor(threads, "request")
        self._express = Express(engine)
        self._kept = KeptReplies(most_kept_bytes)
        self._sending = Sending()
        self._behind_proxy = behind_proxy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI 3)."""
        if scope["type"] != "http":
            return
        if _head_bytes(scope) > MAX_HEAD_BYTES:  # the server itself stops reading only after the piece that goes beyond
            await self._send(send, _TOO_LARGE)
            return
        key = key_of(scope)
        if key is not None:
            kept = self._kept.find(key, self._engine.version, _header(scope, b"if-none-match"))
            if kept is not None:
                await self._send(send, kept)
                return
        try:
            body = await asyncio.wait_for(_read(receive), BODY_SECONDS) if scope["method"] in WITH_BODY else b""
        except Gone:
            # A body that is no HTTP looks like a hang-up too, and its sender may listen.
            await self._send(send, _UNREADABLE)
            return
        except TimeoutError:
            await self._send(send, _TOO_SLOW)
            return
        await self._answer(scope, body, Caller(self._address(scope)), receive, send)

    def _address(self, scope: Scope) -> str:
        """Where the request came from; behind a proxy, what the proxy (the last to add) says of that."""
        if self._behind_proxy and (forwarded := _header(scope, b"x-forwarded-for")):
            return forwarded.rpartition(b",")[2].strip().decode("latin-1")
        client = scope.get("client")
        return str(client[0]) if client else ""

    async def _answer(self, scope: Scope, body: bytes, caller: Caller, receive: Receive, send: Send) -> None:
        watch = Watch(receive, caller)
        try:
            loop = asyncio.get_running_loop()
            reply, version = await loop.run_in_executor(self._threads, self._respond, scope, body, caller)
            key = key_of(scope)
            if key is not None and version is not None:
                self._kept.keep(key, version, reply)
            await self._send(send, reply)
        finally:
            watch.end()

    def _respond(self, scope: Scope, body: bytes, caller: Caller) -> tuple[Reply, str | None]:
        """The response, and of which version of the graph it may be kept; in a thread."""
        secure = scope.get("scheme") == "https"
        if self._behind_proxy and _header(scope, b"x-forwarded-proto") == b"https":
            secure = True
        failure = None
        if (question := self._express.question(scope)) is not None:
            try:
                return self._express.reply(question, caller, scope, secure)
            except Exception as error:  # the application tells of it, whatever it is
                failure = error
        environ = _environ(scope, body, caller, secure) | {FAILURE_KEY: failure}
        reply = call(self._application, environ)
        return reply, environ.get(KEEP_KEY)

    async def _send(self, send: Send, reply: Reply) -> None:
        """Send a body that is in memory, or the pieces of a file as a thread reads them."""
        if isinstance(reply.body, list):
            await self._sending.whole(send, reply)
            return
        try:
            await self._sending.pieces(send, reply, self._read_pieces(reply))
        finally:
            close(reply.body)

    async def _read_pieces(self, reply: Reply) -> AsyncIterator[bytes]:
        pieces = iter(reply.body)
        loop = asyncio.get_running_loop()
        while (piece := await loop.run_in_executor(self._threads, next, pieces, None)) is not None:
            yield piece


async def _read(receive: Receive) -> bytes:
    """The body, or its beginning when it is longer than it may be."""
    pieces: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > MAX_REQUEST_BYTES or not message.get("more_body"):
            return b"".join(pieces)


def _head_bytes(scope: Scope) -> int:
    return (
        len(scope["path"])
        + len(scope["query_string"])
        + sum(len(name) + len(value) for name, value in scope["headers"])
    )


def _header(scope: Scope, wanted: bytes) -> bytes | None:
    return next((value for name, value in scope["headers"] if name == wanted), None)


def _environ(scope: Scope, body: bytes, caller: Caller, secure: bool) -> dict[str, Any]:
    """The request as PEP 3333 has it; a body that is too long is cut, and its length says so."""
    server = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": scope.get("root_path", ""),
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "REQUEST_URI": scope.get("raw_path", b"").decode("latin-1"),  # as it was asked: PATH_INFO is decoded
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "REMOTE_ADDR": caller.address,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https" if secure else "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        ENVIRON_KEY: caller,
    }
    environ.update(_headers(scope["headers"]))
    environ["CONTENT_LENGTH"] = str(len(body))
    return environ


def _headers(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """The headers as PEP 3333 has them; names with an underscore are left out.

    ``Accept_Encoding`` would pass there for ``Accept-Encoding``, unseen by the key of the responses that are kept.
    """
    merged: dict[str, str] = {}
    for raw_name, raw_value in headers:
        if b"_" in raw_name:
            continue
        name = raw_name.decode("latin-1").upper().replace("-", "_")
        key = name if name == "CONTENT_TYPE" else f"HTTP_{name}"
        value = raw_value.decode("latin-1")
        merged[key] = f"{merged[key]},{value}" if key in merged else value
    merged.pop("HTTP_CONTENT_LENGTH", None)
    merged.pop("HTTP_TRANSFER_ENCODING", None)  # the body is whole here, however it came
    return merged
