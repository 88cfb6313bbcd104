"""Keeps answers: an engine before another, which asks it only what it has not answered on the graph served now."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final

from snhr_kg.engine.limits import Limits
from snhr_kg.engine.question import Answered, Caller, Engine, Question
from snhr_kg.guard import is_deterministic

LARGEST_SHARE: Final = 4
"""An answer that would fill more than this part (a quarter) of the room is not kept."""


class CachingEngine:
    """Answers from memory what was asked before: keyed by query, graphs and format, for one version of the graph.

    The oldest go when their bodies and texts pass `most_bytes` together; all go when the version changes. A query that
    may answer differently each time (NOW, RAND, UUID) is always asked.
    """

    def __init__(self, inner: Engine, most_bytes: int) -> None:
        self._inner = inner
        self._most = most_bytes
        self._size = 0
        self._kept: OrderedDict[Question, bytes] = OrderedDict()
        self._version = inner.version
        self._lock = threading.Lock()

    @property
    def limits(self) -> Limits:
        """The limits of the engine behind."""
        return self._inner.limits

    @property
    def version(self) -> str:
        """The version of the engine behind."""
        return self._inner.version

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        return self._size

    def answer(self, question: Question, caller: Caller) -> Answered:
        """The answer, whole; see `Engine.answer`."""
        version = self._inner.version
        with self._lock:
            self._begin(version)
            if (body := self._kept.get(question)) is not None:
                self._kept.move_to_end(question)
                return Answered(body, version)
        answered = self._inner.answer(question, caller)
        if is_deterministic(question.text):
            self._keep(question, answered)
        return answered

    def close(self) -> None:
        """Close the engine behind."""
        self._inner.close()

    def _begin(self, version: str) -> None:
        if version != self._version:
            self._kept.clear()
            self._size = 0
            self._version = version

    def _keep(self, question: Question, answered: Answered) -> None:
        cost = _cost(question, answered.body)
        with self._lock:
            if answered.version != self._version or cost > self._most // LARGEST_SHARE or question in self._kept:
                return
            self._kept[question] = answered.body
            self._size += cost
            while self._size > self._most:
                oldest, body = self._kept.popitem(last=False)
                self._size -= _cost(oldest, body)


def _cost(question: Question, body: bytes) -> int:
    """Bytes that keeping an answer takes, nearly."""
    return len(body) + len(question.text) + 512
