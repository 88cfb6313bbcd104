"""The engine over a built graph: a fair line of callers, worker processes, and a deadline for each query."""

from __future__ import annotations

import json
import sys
import threading
import time
from contextlib import suppress
from math import ceil
from pathlib import Path
from typing import Final

from snhr_kg.engine import wire, worker
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.line import Line, Place
from snhr_kg.engine.processes import ENGINE_FAULT, HostProcess, Worker, failure
from snhr_kg.engine.question import Answered, Caller, Question
from snhr_kg.errors import (
    CallerLeft,
    EngineFailed,
    EngineUnavailable,
    GraphError,
    MemoryLimit,
    QueryTimeout,
    ResultTooLarge,
)

_STATUS_SECONDS: Final = 2.0
"""How long to wait for word of how a worker ended."""

_STEADY_SECONDS: Final = 10.0
_LONGEST_PAUSE: Final = 30.0
"""A host that ends sooner than the first is started again after a pause, which doubles each time, up to the second."""


class LocalEngine:
    """Worker processes over the graph of a folder; any number of threads may ask.

    A thread of its own, the keeper, hears from the host which workers start and end, and starts another host when the
    host ends; the workers end with it.
    """

    def __init__(self, folder: Path, limits: Limits) -> None:
        """Start the host and its workers; raises `GraphError` when the graph cannot be read."""
        self.limits = limits
        self._folder = folder
        self._line: Line[Worker] = Line(limits)
        self._workers: dict[int, Worker] = {}
        self._starting = threading.Lock()
        self._closing = threading.Event()
        self._retiring = False
        self._began = time.monotonic()
        self._host = HostProcess(folder, limits)
        try:
            self.version = self._host.await_graph()
        except GraphError:
            self._host.reap()
            raise
        self._start_seconds = time.monotonic() - self._began
        self._keeper = threading.Thread(target=self._keep, name="engine keeper", daemon=True)
        self._keeper.start()

    def answer(self, question: Question, caller: Caller) -> Answered:
        """The answer, whole; see `Engine.answer`. Raises `CallerLeft` when the caller has hung up."""
        parts = (question.text, question.media_type, question.default_graphs, question.named_graphs)
        request = json.dumps(parts).encode()
        last_try = time.monotonic() + self.limits.waiting_seconds
        place = self._line.enter(caller)
        while True:
            try:
                return self._ask(place, request, caller)
            except wire.NeverRead:  # the worker was dead before it could begin: nobody's fault, and no harm in another
                if time.monotonic() > last_try:
                    raise EngineUnavailable("the engine's processes end before they begin", self._until_up()) from None
            place = self._line.enter(caller, ahead=True)

    def retire(self) -> None:
        """Take no new query, let those that wait and run end, then close; returns when that is done."""
        self._retiring = True
        self._line.halt("this graph is being replaced by a newer one", 1, send_away=False)
        self._line.wait_until_empty(self.limits.waiting_seconds + self.limits.seconds)
        self.close()

    def close(self) -> None:
        """End the host and every worker now; what runs or waits is told `EngineUnavailable`. Can be called again."""
        self._line.halt("the engine is closed", 1, send_away=True)
        with self._starting:
            self._closing.set()
            self._host.stop()
        self._keeper.join()
        self._line.wait_until_empty(_STATUS_SECONDS)
        for free in self._line.clear():
            free.close()

    def _ask(self, place: Place[Worker], request: bytes, caller: Caller) -> Answered:
        chosen = place.item
        keep = False
        try:
            keep = not caller.while_running(chosen.kill)
            if keep:
                raise CallerLeft("the client had hung up before its query began")
            wire.send(chosen.connection, b"Q", request)
            kind, body = wire.receive(chosen.connection, place.begun + self.limits.seconds)
            keep = body[:1] == worker.STEADY and kind not in (worker.NO_MEMORY, worker.BROKE)
        except (wire.Closed, wire.Late) as error:
            if isinstance(error, wire.NeverRead) and not caller.gone:
                raise
            raise self._stopped(error, chosen, caller) from None
        finally:
            caller.while_running(None)
            self._give_back(place, keep)
        return Answered(self._read(kind, body), chosen.version)

    def _give_back(self, place: Place[Worker], keep: bool) -> None:
        """End the query's place in the line; a worker not to be kept ends, and the host starts another."""
        keep = keep and not place.item.ended.is_set()
        if not keep:
            place.item.kill()
            place.item.close()
        self._line.leave(place, keep=keep)

    def _stopped(self, error: Exception, dead: Worker, caller: Caller) -> Exception:
        if caller.gone:
            return CallerLeft("the client hung up while its query ran")
        if isinstance(error, wire.Late):
            return QueryTimeout(self.limits.seconds)
        if not dead.ended.wait(_STATUS_SECONDS) or dead.status is None:
            return EngineUnavailable(
                "the engine ended while the query ran; it is being started again", self._until_up()
            )
        return failure(dead.status, self.limits)

    def _read(self, kind: bytes, marked: bytes | bytearray) -> bytes:
        body = bytes(memoryview(marked)[1:])
        if kind == worker.ANSWER:
            return body
        if kind in worker.REFUSALS:
            raise worker.REFUSALS[kind](body.decode())
        if kind == worker.TOO_LARGE:
            raise ResultTooLarge(self.limits.result_mb)
        if kind == worker.NO_MEMORY:
            raise MemoryLimit(self.limits.memory_mb)
        if kind == worker.BROKE:
            raise EngineFailed(ENGINE_FAULT)
        if kind == worker.NO_SERVICE:
            raise EngineFailed(f"the endpoint that the query asks by SERVICE did not answer it: {body.decode()}")
        raise RuntimeError(body.decode())

    def _keep(self) -> None:
        pause = 0.0
        while True:
            for event in self._host.events():
                if isinstance(event, Worker):
                    self._workers[event.process] = event
                    self._line.add(event)
                else:
                    self._forget(event.process, event.status)
            self._line.halt("the engine is being started again", self._until_up(), send_away=True)
            for free in self._line.clear():
                free.close()
            for process in list(self._workers):
                self._forget(process, None)
            self._host.reap()
            lasted = time.monotonic() - self._began > _STEADY_SECONDS
            pause = 0.0 if lasted else min(_LONGEST_PAUSE, max(0.5, pause * 2))
            if self._closing.wait(pause) or not self._start_again():
                return

    def _forget(self, process: int, status: int | None) -> None:
        ended = self._workers.pop(process, None)
        if ended is None:  # it ended before it could be taken on
            return
        ended.note_end(status)
        if self._line.discard(ended):
            ended.close()

    def _start_again(self) -> bool:
        """Start another host; whether the engine is still wanted. One that cannot open the graph is gone at once.

        Where the machine has no process or descriptor left for one, the next try is after a longer pause.
        """
        self._began = time.monotonic()
        with self._starting:
            if self._closing.is_set():
                return False
            try:
                self._host = HostProcess(self._folder, self.limits)
            except OSError as error:
                print(f"error: the engine cannot be started: {error}", file=sys.stderr)
                return True
        with suppress(GraphError):
            self.version = self._host.await_graph()
            self._start_seconds = time.monotonic() - self._began
            if not self._retiring:
                self._line.resume()
        return True

    def _until_up(self) -> int:
        """Seconds until a host that is started now serves, judged by the one before."""
        return ceil(self._start_seconds) + 1
