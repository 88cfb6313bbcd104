"""What the store holds now: read from its marker before and after each query, and every few seconds between them."""

from __future__ import annotations

import hashlib
import threading
import time
from contextlib import suppress
from typing import Final

from snhr_kg.errors import EngineUnavailable, SnhrKgError
from snhr_kg.remote.connection import Asked, Connection
from snhr_kg.remote.marker import COUNT, GRAPHS, READ, Marker, read_counts, read_marker

POLL_SECONDS: Final = 2.0
UNMARKED_SECONDS: Final = 60.0
"""How long the graphs of a store without a marker are taken to be what they were."""

SWAP_SECONDS: Final = 30.0
"""How long readers wait for an announced swap to end, from when they see it; then whoever announced it is dead."""

_JSON: Final = "application/sparql-results+json"
_PAUSE: Final = 0.05


def select(url: str, query: str) -> Asked:
    """The request that asks a store for rows, over all that it holds."""
    return Asked("POST", url, {"Accept": _JSON}, (("query", query),))


class Published:
    """The marker of a store, kept fresh by a thread."""

    def __init__(self, connection: Connection, url: str, seconds: float, swap_seconds: float = SWAP_SECONDS) -> None:
        """`seconds` is the time that one reading may take."""
        self._connection = connection
        self._url = url
        self._seconds = seconds
        self._swap_seconds = swap_seconds
        self._lock = threading.Lock()
        self._marker: Marker | None = None
        self._counted = 0.0
        self._announced = ("", 0.0)
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._poll, name="store-marker", daemon=True)
        self._thread.start()

    @property
    def version(self) -> str:
        """The version last read; empty before the store has answered for the first time."""
        marker = self._marker
        return marker.version if marker else ""

    def settled(self, deadline: float) -> Marker:
        """The marker while no swap is announced, waiting for one to end; raises `EngineUnavailable` at the deadline."""
        marker = self._marker or self.read(deadline)
        while self.is_swapping(marker):
            if time.monotonic() + _PAUSE > deadline:
                raise EngineUnavailable("the dataset is being replaced by a newer one; ask again", retry_after=2)
            time.sleep(_PAUSE)
            marker = self.read(deadline)
        return marker

    def still(self, before: Marker, deadline: float) -> bool:
        """Whether what a query has read since `before` is that one dataset whole."""
        now = self.read(deadline)
        return now.push == before.push and now.version == before.version and not self.is_swapping(now)

    def is_swapping(self, marker: Marker) -> bool:
        """Whether a swap is announced by a push that can still be alive."""
        if not marker.swapping:
            return False
        with self._lock:
            if self._announced[0] != marker.swapping:
                self._announced = (marker.swapping, time.monotonic())
            return time.monotonic() - self._announced[1] < self._swap_seconds

    def read(self, deadline: float) -> Marker:
        """The marker as it is now; raises as `Connection.send` does, `EngineUnavailable` when there is none."""
        left = max(0.1, min(self._seconds, deadline - time.monotonic()))
        marker = read_marker(self._connection.send(select(self._url, READ), left).body)
        if marker is None:
            marker = self._count(left)
        with self._lock:
            self._marker = marker
        return marker

    def close(self) -> None:
        """Stop reading."""
        self._closed.set()
        self._thread.join()

    def _count(self, seconds: float) -> Marker:
        """What stands for the marker where the graphs came into the store by other ways than a push."""
        known = self._marker
        if known is not None and not known.push and time.monotonic() - self._counted < UNMARKED_SECONDS:
            return known
        counts = read_counts(self._connection.send(select(self._url, COUNT), seconds).body)
        live = {graph: count for graph, count in counts.items() if graph.startswith(GRAPHS)}
        if not live:
            raise EngineUnavailable(f"the store holds no graph below {GRAPHS} yet; load one with: snhr-kg push", 30)
        self._counted = time.monotonic()
        return Marker(hashlib.sha256(repr(sorted(live.items())).encode()).hexdigest(), "", tuple(sorted(live)))

    def _poll(self) -> None:
        while not self._closed.wait(POLL_SECONDS):
            with suppress(SnhrKgError):  # who asks is told; until then what was read last holds
                self.read(time.monotonic() + self._seconds)
