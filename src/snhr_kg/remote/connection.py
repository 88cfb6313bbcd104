"""HTTP to a store: each exchange with a deadline for the whole of it, a bound on its size, and a way to stop it."""

from __future__ import annotations

import asyncio
import concurrent.futures
import re
import threading
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import httpx

from snhr_kg.engine.question import Caller
from snhr_kg.errors import (
    BadQuery,
    CallerLeft,
    EngineUnavailable,
    ResultTooLarge,
    StoreCut,
    StoreDenied,
    StoreFailed,
    StoreTimeout,
    StoreUnreachable,
)
from snhr_kg.remote.credentials import Challenged, Credentials

CONNECT_SECONDS: Final = 5.0
_MIB: Final = 1024 * 1024
_WORDS: Final = 400
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to a store: a form where `fields` are given, else `content` as it is."""

    method: str
    url: str
    headers: dict[str, str]
    fields: tuple[tuple[str, str], ...] = ()
    content: bytes = b""
    repeatable: bool = True
    """Whether it does no harm to send it again, when the connection ends before the answer: not so for an update."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a store answered with a status below 300."""

    headers: httpx.Headers
    body: bytes


class Connection:
    """Connections to one store, kept open between requests; any number of threads may send at once."""

    def __init__(self, credentials: Credentials | None = None, at_once: int = 4) -> None:
        """At most `at_once` requests are under way; a further one waits, on its own time."""
        self._credentials = credentials
        self._stopped = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="store", daemon=True)
        self._thread.start()
        self._client = self._run(self._open(at_once))

    def send(self, asked: Asked, seconds: float, most_mb: float = 64, caller: Caller | None = None) -> Reply:
        """The store's whole answer.

        It has to be there within `seconds` and within `most_mb` MiB; a caller who leaves ends the exchange. Raises
        `StoreTimeout`, `ResultTooLarge`, `StoreUnreachable`, `StoreDenied` (401, 403), `BadQuery` with the store's
        words (other 4xx), `StoreFailed` (all else that is no success), `StoreCut` when the store says that it stopped
        before the end, `CallerLeft`.
        """
        if self._stopped:
            raise EngineUnavailable("the server is stopping", 5)
        under_way = asyncio.run_coroutine_threadsafe(self._exchange(asked, seconds, most_mb), self._loop)
        if caller is not None and not caller.while_running(lambda: _cancel(under_way)):
            under_way.cancel()
        try:
            return under_way.result()
        except concurrent.futures.CancelledError:
            raise CallerLeft("the caller has hung up") from None
        except BaseException:
            under_way.cancel()
            raise
        finally:
            if caller is not None:
                caller.while_running(None)

    def headers_of(self, asked: Asked, seconds: float) -> httpx.Headers:
        """The headers of the store's answer, whose body is not read; raises as `send` does."""
        return self._run(self._exchange(asked, seconds, 64, head_only=True)).headers

    def stop(self) -> None:
        """End what is under way, and take nothing more."""
        self._stopped = True
        self._run(self._cancel_all())

    def close(self) -> None:
        """Close every connection; nobody may be sending any more."""
        self.stop()
        self._run(self._shut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, _T]) -> _T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _open(self, at_once: int) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            auth=Challenged(self._credentials) if self._credentials else None,
            headers={"Accept-Encoding": "identity", "User-Agent": "snhr-kg"},
            limits=httpx.Limits(max_connections=at_once, max_keepalive_connections=at_once, keepalive_expiry=5),
            timeout=httpx.Timeout(None, connect=CONNECT_SECONDS),
            trust_env=False,
        )

    async def _cancel_all(self) -> None:
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _shut(self) -> None:
        with suppress(httpx.HTTPError):
            await self._client.aclose()

    async def _exchange(self, asked: Asked, seconds: float, most_mb: float, head_only: bool = False) -> Reply:
        try:
            async with asyncio.timeout(seconds):
                try:
                    return await self._once(asked, most_mb, head_only)
                except httpx.RemoteProtocolError:  # the store closed a kept connection, or restarted: a new one, once
                    if not asked.repeatable:
                        raise
                    return await self._once(asked, most_mb, head_only)
        except TimeoutError:
            raise StoreTimeout(seconds) from None
        except httpx.TransportError as error:
            raise StoreUnreachable(f"the store cannot be reached: {error or type(error).__name__}", 5) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise StoreFailed(f"the store's answer is no HTTP that can be read: {error}") from error

    async def _once(self, asked: Asked, most_mb: float, head_only: bool) -> Reply:
        request = self._client.build_request(
            asked.method,
            asked.url,
            headers=asked.headers,
            data=_form(asked.fields) if asked.fields else None,
            content=asked.content if not asked.fields and asked.content else None,
        )
        response = await self._client.send(request, stream=True)
        try:
            left = most_mb * _MIB
            parts: list[bytes] = []
            if not head_only or response.status_code >= 300:
                async for part in response.aiter_bytes():
                    left -= len(part)
                    if left < 0:
                        raise ResultTooLarge(most_mb)
                    parts.append(part)
        finally:
            await response.aclose()
        body = b"".join(parts)
        if not response.is_success:
            self._refuse(response, body)
        if response.status_code == 206 or "X-SQL-State" in response.headers:
            raise StoreCut("the store stopped before the end of the answer, by a time limit of its own")
        return Reply(response.headers, body)

    def _refuse(self, response: httpx.Response, body: bytes) -> None:
        """Raise what the store's refusal means to whoever asked."""
        status, words = response.status_code, self._words(response, body)
        if status in (401, 403):
            raise StoreDenied(f"the store refuses the credentials that the operator of this endpoint gave ({status})")
        if 400 <= status < 500 and status not in (404, 405, 408, 413, 429):
            raise BadQuery(words or f"the store refuses this query with status {status}")
        if status in (408, 504):
            raise StoreFailed(f"the store gave up on its own time limit ({status}). {words}".strip())
        if status in (429, 502, 503):
            raise StoreUnreachable(f"the store takes no requests at the moment ({status})", 5)
        raise StoreFailed(f"the store answered with status {status}. {words}".strip())

    def _words(self, response: httpx.Response, body: bytes) -> str:
        """What the store says, where it speaks plainly; Virtuoso repeats the whole query behind it."""
        if "html" in response.headers.get("Content-Type", "").lower():
            return ""
        said = re.split(r"\s*SPARQL query:", body[: 4 * _WORDS].decode("utf-8", "replace"))[0]
        said = " ".join(said.split())[:_WORDS]
        return self._credentials.hidden_in(said) if self._credentials else said


def _form(fields: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    form: dict[str, list[str]] = {}
    for name, value in fields:
        form.setdefault(name, []).append(value)
    return form


def _cancel(under_way: concurrent.futures.Future[Reply]) -> None:
    under_way.cancel()
