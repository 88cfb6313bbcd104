"""Takes up each new graph that is put into a folder, whole and while queries run."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from snhr_kg.engine.question import Answered, Caller, Engine, Question
from snhr_kg.errors import SnhrKgError
from snhr_kg.manifest import stamp

_CLOSING_SECONDS: Final = 5.0
"""How long `close` waits for a graph that is just being opened; its engine is closed when it is there."""


class RetiringEngine(Engine, Protocol):
    """An engine that can be replaced."""

    def retire(self) -> None:
        """Take no new query, let those that run end, then close; returns when that is done."""


class _Served:
    """An engine and how many queries are with it."""

    def __init__(self, engine: RetiringEngine) -> None:
        self.engine = engine
        self.running = 0


class SwappingEngine:
    """An engine over the graph that the folder holds now.

    A thread looks at the folder's files now and then. When they have changed it opens the new graph beside the old one,
    and when that is ready new queries go to it; those that run end on the graph that they began on, whose engine is
    then retired. A graph that cannot be opened is told by `say`, once, and the one before stays served.
    """

    def __init__(
        self,
        folder: Path,
        open_engine: Callable[[Path], RetiringEngine],
        say: Callable[[str], None],
        interval_seconds: float = 2.0,
    ) -> None:
        """Open the graph of the folder; raises what `open_engine` raises."""
        self._folder = folder
        self._open = open_engine
        self._say = say
        self._interval = interval_seconds
        self._seen = stamp(folder)
        self._current = _Served(open_engine(folder))
        self.limits = self._current.engine.limits
        self._draining: list[_Served] = []
        self._changed = threading.Condition()
        self._closing = threading.Event()
        self._complaint: str | None = None
        self._watcher = threading.Thread(target=self._watch, name="graph watcher", daemon=True)
        self._watcher.start()

    @property
    def version(self) -> str:
        """The version of the graph that new queries are answered from."""
        return self._current.engine.version

    def answer(self, question: Question, caller: Caller) -> Answered:
        """The answer, whole, from one graph; see `Engine.answer`."""
        with self._changed:
            served = self._current
            served.running += 1
        try:
            return served.engine.answer(question, caller)
        finally:
            with self._changed:
                served.running -= 1
                self._changed.notify_all()

    def close(self) -> None:
        """Stop watching and close every engine; a query that still runs is stopped."""
        with self._changed:
            self._closing.set()
            engines = [served.engine for served in (self._current, *self._draining)]
        for engine in engines:
            engine.close()
        self._watcher.join(_CLOSING_SECONDS)

    def _watch(self) -> None:
        while not self._closing.wait(self._interval):
            try:
                self._look()
            except (SnhrKgError, OSError) as error:
                self._complain(f"the graph in {self._folder} is not taken up: {error}")
            except Exception as error:  # a bug must not end the watching, nor pass unseen
                self._complain(f"the graph in {self._folder} is not taken up, for a fault of this program: {error!r}")

    def _look(self) -> None:
        seen = stamp(self._folder)
        if seen == self._seen:
            return
        self._seen = seen
        new = _Served(self._open(self._folder))
        with self._changed:
            old = self._current
            if self._closing.is_set() or new.engine.version == old.engine.version:
                old = new  # nobody has asked it anything
            else:
                self._current = new
            self._draining.append(old)
        self._complaint = None
        threading.Thread(target=self._retire, args=(old,), name="graph retirer", daemon=True).start()
        if old is not new:
            self._say(f"a new graph is served: version {new.engine.version}")

    def _retire(self, served: _Served) -> None:
        with self._changed:
            self._changed.wait_for(lambda: served.running == 0)
        served.engine.retire()
        with self._changed:
            self._draining.remove(served)

    def _complain(self, message: str) -> None:
        if message != self._complaint:
            self._complaint = message
            self._say(f"{message}; the graph opened before stays served")
