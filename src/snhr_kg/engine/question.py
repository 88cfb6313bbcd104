"""What is asked of an engine, who asks, and what an engine is: all that the web side knows of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from snhr_kg.engine.limits import Limits


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the dataset it is asked of (nothing: the whole graph), and the media type its answer is wanted in."""

    text: str
    media_type: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """The whole answer in the media type that was asked for, and the version of the graph that it was read from."""

    body: bytes
    version: str


class Caller:
    """Who asks: an address to share the engine out by, kept nowhere; a caller who has left has nothing run for him."""

    def __init__(self, address: str = "") -> None:
        self.address = address
        self._lock = threading.Lock()
        self._gone = False
        self._stop: Callable[[], None] | None = None

    @property
    def gone(self) -> bool:
        """Whether the caller has left."""
        return self._gone

    def leave(self) -> None:
        """The caller has hung up: stop what runs for him."""
        with self._lock:
            self._gone = True
            if self._stop is not None:
                self._stop()

    def while_running(self, stop: Callable[[], None] | None) -> bool:
        """From now on `stop` ends what runs for the caller (None: nothing runs); False if he has left already."""
        with self._lock:
            self._stop = stop
            return not self._gone


class Engine(Protocol):
    """Answers questions within its limits; any number of threads may ask at once."""

    @property
    def limits(self) -> Limits:
        """What a query may cost."""

    @property
    def version(self) -> str:
        """Which graph is served now: another string after each new build."""

    def answer(self, question: Question, caller: Caller) -> Answered:
        """The answer, whole.

        Raises `BadQuery` or `QueryRefused` for a query that cannot be run, a `QueryStopped` when it met a limit,
        `Overloaded` or `TooManyRequests` when it was not begun, `EngineUnavailable` when there is nothing to ask.
        """

    def close(self) -> None:
        """End every process and connection of the engine; a query that still runs is stopped."""
