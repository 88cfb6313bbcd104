"""What the clients of a soak saw, counted together."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """Counts by who asked what and what came of it, faults in words, and times of good answers (seconds)."""

    good: Counter[str] = field(default_factory=Counter)
    hostile: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    unexplained: int = 0
    times: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note_good(self, outcome: str, seconds: float | None = None) -> None:
        """A good client's request: its status, or what became of it."""
        with self.lock:
            self.good[outcome] += 1
            if seconds is not None:
                self.times.append(seconds)

    def note_hostile(self, attack: str, outcome: str) -> None:
        """A hostile client's request; any status of the server's own failing is a fault."""
        with self.lock:
            self.hostile[attack, outcome] += 1
            if outcome.startswith("5") and outcome != "503":
                self.faults.append(f"{attack}: status {outcome}")

    def note_fault(self, words: str) -> None:
        """Something that must not happen."""
        with self.lock:
            self.faults.append(words)

    def note_stopped_without_a_time(self) -> None:
        """A good query got 503 without word of when to ask again: right only where its process was killed."""
        with self.lock:
            self.unexplained += 1


class Gate:
    """Lets clients work, or holds them back for a lull."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self._open.set()
        self._over = threading.Event()

    @property
    def over(self) -> bool:
        """Whether the soak has ended."""
        return self._over.is_set()

    def pass_through(self) -> bool:
        """Wait until clients may work; False when the soak has ended."""
        while not self._open.wait(0.5):
            if self.over:
                return False
        return not self.over

    def wait(self, seconds: float) -> bool:
        """Wait, but not past the end; whether the soak goes on."""
        return not self._over.wait(seconds)

    def hold(self) -> None:
        """Let nobody begin anything."""
        self._open.clear()

    def release(self) -> None:
        """Let clients work again."""
        self._open.set()

    def end(self) -> None:
        """End the soak."""
        self._over.set()


def in_threads(number: int, work: Callable[[int], None]) -> list[threading.Thread]:
    """So many threads, started, each given its number."""
    threads = [threading.Thread(target=work, args=(one,), daemon=True) for one in range(number)]
    for thread in threads:
        thread.start()
    return threads
