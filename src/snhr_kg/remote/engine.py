"""The engine over a SPARQL 1.1 store elsewhere: the same refusals, limits and formats as over a graph of our own."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Final

from snhr_kg.engine.limits import Limits
from snhr_kg.engine.line import Line
from snhr_kg.engine.question import Answered, Caller, Question
from snhr_kg.errors import (
    EngineFailed,
    EngineUnavailable,
    SnhrKgError,
    StoreCut,
    StoreFailed,
    StoreTimeout,
)
from snhr_kg.guard import query_form, refuse_unsafe
from snhr_kg.remote.connection import Asked, Connection, Reply
from snhr_kg.remote.credentials import Credentials
from snhr_kg.remote.dataset import Scoped, refuse_own_functions, row_limit, scope
from snhr_kg.remote.parser import ROWS, TRIPLES
from snhr_kg.remote.probes import wrong_answers
from snhr_kg.remote.published import SWAP_SECONDS, Published, select
from snhr_kg.remote.reader import Reader

TRIES: Final = 5
"""How often a query is asked that a swap disturbs each time."""

_CUT: Final = (
    "the store cuts answers off at {0:,} and this one was cut: nothing of it is sent. Ask in parts (LIMIT and OFFSET "
    "with ORDER BY, or one graph at a time), or ask the operator to raise the store's limit"
)
_EVERYTHING: Final = "SELECT ?s WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 100000000"


def open_remote(
    url: str,
    limits: Limits,
    credentials: Credentials | None = None,
    say: Callable[[str], None] = lambda message: None,
) -> RemoteEngine:
    """The engine over the store whose query address is `url`.

    `say` is told what the operator should know: that the store does not answer as it should (each query gets an error
    that says why, until it does), and each of the probes that it answers wrongly.
    """
    engine = RemoteEngine(url, limits, credentials)
    try:
        for title in wrong_answers(engine):
            say(f"warning: the store answers wrongly: {title} (see docs/operating.md)")
    except SnhrKgError as error:
        say(f"warning: {error}; serving goes on, and each query is answered with this error until the store answers it")
    except BaseException:
        engine.close()
        raise
    return engine


class RemoteEngine:
    """Asks one SPARQL 1.1 store; see `Engine`."""

    def __init__(
        self,
        url: str,
        limits: Limits,
        credentials: Credentials | None = None,
        swap_seconds: float = SWAP_SECONDS,
    ) -> None:
        """Nothing is asked yet. `swap_seconds`: see `published.SWAP_SECONDS`."""
        self.limits = limits
        self._url = url
        self._connection = Connection(credentials, limits.workers + 1)
        self._published = Published(self._connection, url, min(10.0, limits.seconds), swap_seconds)
        self._line: Line[Reader] = Line(limits)
        self._readers = [Reader(limits.memory_mb) for _ in range(limits.workers)]
        for reader in self._readers:
            self._line.add(reader)
        self._row_cap: tuple[str, int | None] = ("", None)

    @property
    def version(self) -> str:
        """The dataset that the store held when it was last asked; empty until it has answered once."""
        return self._published.version

    def answer(self, question: Question, caller: Caller) -> Answered:
        """The answer, whole; see `Engine.answer`.

        Raises beside that `StoreUnreachable`, `StoreTimeout`, `StoreDenied`, `StoreCut` and `StoreFailed`.
        """
        refuse_unsafe(question.text, frozenset(self.limits.services))
        refuse_own_functions(question.text)
        place = self._line.enter(caller)
        try:
            place.item.check(question.text)
            deadline = time.monotonic() + self.limits.seconds
            for _ in range(TRIES):
                before = self._published.settled(deadline)
                body = self._ask(place.item, scope(question, before), question.media_type, caller, deadline)
                if not before.push or self._published.still(before, deadline):
                    return Answered(body, before.version)
            raise EngineUnavailable("the dataset is being replaced by a newer one; ask again", retry_after=2)
        except StoreTimeout:  # it names what was left of the time when the last request began
            raise StoreTimeout(self.limits.seconds) from None
        finally:
            self._line.leave(place, keep=True)

    def close(self) -> None:
        """Close every connection and end every process."""
        self._line.halt("the server is stopping", 5, send_away=True)
        self._connection.stop()
        self._published.close()
        self._line.wait_until_empty(5)
        self._connection.close()
        for reader in self._readers:
            reader.close()

    def _ask(self, reader: Reader, scoped: Scoped, media_type: str, caller: Caller, deadline: float) -> bytes:
        graph = query_form(scoped.text) in ("construct", "describe")
        wanted = TRIPLES if graph else ROWS
        cap = self._cap(deadline) if graph else None
        asked = Asked("POST", self._url, {"Accept": wanted}, scoped.fields)
        reply = self._connection.send(asked, self._left(deadline), self.limits.result_mb, caller)
        if not reply.headers.get("Content-Type", "").startswith(wanted):
            said = reply.headers.get("Content-Type", "nothing")
            raise StoreFailed(f"the store answered in {said} where {wanted} was asked for")
        try:
            body, count = reader.read(reply.body, wanted, media_type)
        except EngineFailed as error:
            raise StoreFailed("the store's answer is too large or too deep to be read") from error
        _refuse_cut(reply, scoped.text, count, cap)
        return body

    def _left(self, deadline: float) -> float:
        left = deadline - time.monotonic()
        if left <= 0:
            raise StoreTimeout(self.limits.seconds)
        return left

    def _cap(self, deadline: float) -> int | None:
        """At how many triples the store cuts a graph off without a word, where it is one that does.

        Virtuoso says so beside rows (X-SPARQL-MaxRows), when there are so many, and not beside graphs.
        """
        version, cap = self._row_cap
        if version != self.version:
            headers = self._connection.headers_of(select(self._url, "ASK {}"), self._left(deadline))
            cap = None
            if headers.get("Server", "").startswith("Virtuoso"):
                cap = _stated_cap(self._connection.headers_of(select(self._url, _EVERYTHING), self._left(deadline)))
            self._row_cap = (self.version, cap)
        return cap


def _stated_cap(headers: Mapping[str, str]) -> int | None:
    value = headers.get("X-SPARQL-MaxRows", "")
    return int(value) if value.isdigit() else None


def _refuse_cut(reply: Reply, text: str, count: int, cap: int | None) -> None:
    """Raise `StoreCut` where the answer may be short of rows or triples."""
    stated = _stated_cap(reply.headers)
    if stated is not None and count >= stated and row_limit(text) != count:
        raise StoreCut(_CUT.format(stated))
    if cap is not None and count >= cap and query_form(text) == "construct":
        raise StoreCut(_CUT.format(cap))
