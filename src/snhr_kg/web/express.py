"""The short way of a plain query by GET, from the front to the engine and back.

It answers as the application does, to the byte; whatever is out of the ordinary, every error among it, is left to that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from snhr_kg.engine.question import Caller, Engine, Question
from snhr_kg.errors import SnhrKgError
from snhr_kg.guard import is_deterministic
from snhr_kg.web.deliver import CONDITIONS, representation
from snhr_kg.web.headers import HEADERS, MAX_QUERY_STRING_BYTES, ONLY_HTTPS, limit_headers
from snhr_kg.web.parameters import read_parameters
from snhr_kg.web.reply import Header, Reply
from snhr_kg.web.sparql import media_type_of, read_protocol

_UNUSUAL: Final = frozenset(name.lower().encode() for name in CONDITIONS)


class Express:
    """Answers plain queries; any number of threads may ask."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._headers = _encoded(HEADERS | limit_headers(engine.limits))
        self._secure = _encoded(ONLY_HTTPS)

    def question(self, scope: Mapping[str, Any]) -> Question | None:
        """What a plain query asks; None for any other request."""
        if scope["method"] != "GET" or scope["path"] != "/sparql":
            return None
        encoded = scope["query_string"]
        if not encoded or len(encoded) > MAX_QUERY_STRING_BYTES:
            return None
        headers = dict(scope["headers"])
        if not _UNUSUAL.isdisjoint(headers) or len(headers) != len(scope["headers"]):
            return None
        try:
            asked = read_protocol(read_parameters(encoded))
            accept = asked.accept or headers.get(b"accept", b"").decode("latin-1") or "*/*"
            media_type = media_type_of(replace(asked, accept=accept))
        except SnhrKgError:
            return None
        return Question(asked.query, media_type, asked.default_graphs, asked.named_graphs)

    def reply(
        self, question: Question, caller: Caller, scope: Mapping[str, Any], secure: bool
    ) -> tuple[Reply, str | None]:
        """The response, and of which version of the graph it may be kept; raises what `Engine.answer` does."""
        answered = self._engine.answer(question, caller)
        accepted = dict(scope["headers"]).get(b"accept-encoding", b"").decode("latin-1")
        headers, body = representation(
            answered.body, question.media_type, parse_accept_header(accepted, Accept) if accepted else Accept()
        )
        every = [*_encoded(dict(headers)), (b"content-length", b"%d" % len(body)), *self._headers]
        if secure:
            every += self._secure
        return Reply(200, every, [body]), answered.version if is_deterministic(question.text) else None


def _encoded(headers: Mapping[str, str]) -> list[Header]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
