"""The waiting line before the workers: fair between clients, short, and left at once by a caller who hangs up."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from math import ceil
from typing import Final, Generic, TypeVar

from snhr_kg.engine.limits import Limits
from snhr_kg.engine.question import Caller
from snhr_kg.errors import CallerLeft, EngineUnavailable, Overloaded, TooManyRequests

Item = TypeVar("Item")

_NEWEST: Final = 0.1
"""Weight of the newest query in the mean time of one."""


@dataclass(eq=False, slots=True)
class Place(Generic[Item]):
    """What a caller was given: something that works for him, from a moment (monotonic time) on."""

    client: str
    item: Item
    begun: float


@dataclass(eq=False, slots=True)
class _Waiter(Generic[Item]):
    client: str
    called: threading.Event = field(default_factory=threading.Event)
    place: Place[Item] | None = None


class Line(Generic[Item]):
    """Gives out what is free, and who waits gets it in turn: client by client, first come first served within one."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._left = threading.Condition(self._lock)
        self._free: list[Item] = []
        self._ahead: deque[_Waiter[Item]] = deque()
        self._turns: dict[str, deque[_Waiter[Item]]] = {}  # in order of turn: who was served moves to the end
        self._waiting = 0
        self._held: Counter[str] = Counter()
        self._running: set[Place[Item]] = set()
        self._mean_seconds = 0.0
        self._halted: tuple[str, int] | None = None
        self._sends_away = False

    def enter(self, caller: Caller, *, ahead: bool = False) -> Place[Item]:
        """A place, when it is the caller's turn; `ahead` is for one who had a place and lost it by no fault of his.

        Raises `Overloaded` when too many wait or the wait is too long, `TooManyRequests` when too many are the
        caller's own, `EngineUnavailable` while the line is halted, `CallerLeft`.
        """
        client = client_of(caller.address)
        with self._lock:
            self._admit(client, ahead)
            self._held[client] += 1
            if self._free:
                return self._begin(client, self._free.pop())
            waiter: _Waiter[Item] = _Waiter(client)
            self._enqueue(waiter, ahead)
        try:
            return self._wait(waiter, caller)
        except BaseException:
            with self._lock:
                self._release(client)
            raise

    def leave(self, place: Place[Item], *, keep: bool) -> None:
        """Give the place back; what it held works on if `keep`."""
        with self._lock:
            self._running.discard(place)
            taken = time.monotonic() - place.begun
            self._mean_seconds += (taken - self._mean_seconds) * _NEWEST
            self._release(place.client)
            if keep:
                self._hand_out(place.item)

    def add(self, item: Item) -> None:
        """Something new that is free."""
        with self._lock:
            self._hand_out(item)

    def discard(self, item: Item) -> bool:
        """Take out what is free no more; whether it was free, so that nobody holds it now."""
        with self._lock:
            if item not in self._free:
                return False
            self._free.remove(item)
            return True

    def halt(self, message: str, retry_after: int, *, send_away: bool) -> None:
        """Turn away who comes from now on; those who wait too if `send_away`."""
        with self._lock:
            self._halted = (message, retry_after)
            self._sends_away = send_away
            if send_away:
                for waiter in [*self._ahead, *(waiter for turn in self._turns.values() for waiter in turn)]:
                    waiter.called.set()

    def resume(self) -> None:
        """Let them come again."""
        with self._lock:
            self._halted = None

    def wait_until_empty(self, seconds: float) -> bool:
        """Whether nobody waits or holds a place, within some seconds."""
        with self._lock:
            return self._left.wait_for(lambda: not self._held, seconds)

    def clear(self) -> list[Item]:
        """Take out all that is free."""
        with self._lock:
            free, self._free = self._free, []
            return free

    def _admit(self, client: str, ahead: bool) -> None:
        if self._halted is not None and (self._sends_away or not ahead):
            raise EngineUnavailable(*self._halted)
        own = self._held.get(client, 0)
        if own >= self._limits.per_client:
            message = (
                f"{own} queries from this address run or wait already, which is as many as may; wait for an answer"
            )
            raise TooManyRequests(message, self._seconds_for(own))
        most = self._limits.workers + self._limits.waiting  # also where one of what is given out is being replaced
        if len(self._running) + self._waiting >= most and not ahead:
            message = f"every worker is busy and {self._waiting} queries wait, which is as many as may"
            raise Overloaded(message, self._seconds_for(self._waiting))

    def _wait(self, waiter: _Waiter[Item], caller: Caller) -> Place[Item]:
        if caller.while_running(waiter.called.set):
            waiter.called.wait(self._limits.waiting_seconds)
        stays = caller.while_running(None)
        with self._lock:
            place = waiter.place
            if place is None:
                self._dequeue(waiter)
            elif not stays:
                self._running.discard(place)
                self._hand_out(place.item)
            if not stays:
                raise CallerLeft("the client hung up while its query waited")
            if place is not None:
                return place
            if self._halted is not None and self._sends_away:
                raise EngineUnavailable(*self._halted)
            message = f"every worker was busy for the {self._limits.waiting_seconds:g} seconds that a query may wait"
            raise Overloaded(message, self._seconds_for(self._waiting + 1))

    def _enqueue(self, waiter: _Waiter[Item], ahead: bool) -> None:
        self._waiting += 1
        if ahead:
            self._ahead.append(waiter)
        else:
            self._turns.setdefault(waiter.client, deque()).append(waiter)

    def _dequeue(self, waiter: _Waiter[Item]) -> None:
        self._waiting -= 1
        if waiter in self._ahead:
            self._ahead.remove(waiter)
            return
        turn = self._turns[waiter.client]
        turn.remove(waiter)
        if not turn:
            del self._turns[waiter.client]

    def _hand_out(self, item: Item) -> None:
        if self._ahead:
            waiter = self._ahead.popleft()
        elif self._turns:
            client = next(iter(self._turns))
            turn = self._turns.pop(client)
            waiter = turn.popleft()
            if turn:
                self._turns[client] = turn
        else:
            self._free.append(item)
            return
        self._waiting -= 1
        waiter.place = self._begin(waiter.client, item)
        waiter.called.set()

    def _begin(self, client: str, item: Item) -> Place[Item]:
        place = Place(client, item, time.monotonic())
        self._running.add(place)
        return place

    def _release(self, client: str) -> None:
        self._held[client] -= 1
        if not self._held[client]:
            del self._held[client]
        if not self._held:
            self._left.notify_all()

    def _seconds_for(self, queries: int) -> int:
        """In how many seconds so many queries are done, judged by those before and by those that run."""
        now = time.monotonic()
        running = [now - place.begun for place in self._running]
        mean = max(self._mean_seconds, sum(running) / len(running) if running else 0.0)
        return max(1, ceil(mean * queries / self._limits.workers))


def client_of(address: str) -> str:
    """Whom an address counts as: itself, or for IPv6 its /64 network, any address of which one client can take."""
    if ":" not in address:
        return address
    try:
        parsed = ipaddress.IPv6Address(address)
    except ValueError:
        return address
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.IPv6Network((parsed, 64), strict=False))
