"""What is worked out once for each version of the graph, and then kept for as long as that version is served."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from snhr_kg.holding import Holding

Key = TypeVar("Key")
Made = TypeVar("Made")


class Once(Generic[Made]):
    """A place for what is made of a holding; it goes when the holding goes."""

    def __init__(self) -> None:
        self._kept: WeakKeyDictionary[Holding, Made] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def get(self, holding: Holding, make: Callable[[], Made]) -> Made:
        """What was made of the holding, made now if it was not before; raises what `make` does."""
        with self._lock:
            if holding not in self._kept:
                self._kept[holding] = make()
            return self._kept[holding]


class Each(Generic[Key, Made]):
    """A place for what is made of a holding for each of many keys; it goes when the holding goes."""

    def __init__(self) -> None:
        self._kept: Once[dict[Key, Made]] = Once()

    def get(self, holding: Holding, key: Key, make: Callable[[], Made]) -> Made:
        """What was made of the holding for the key, made now if it was not before; raises what `make` does."""
        kept = self._kept.get(holding, dict)
        if key not in kept:
            kept[key] = make()
        return kept[key]


def once(make: Callable[[Holding], Made]) -> Callable[[Holding], Made]:
    """The function, called only the first time for a holding."""
    kept: Once[Made] = Once()

    @wraps(make)
    def found(holding: Holding) -> Made:
        return kept.get(holding, lambda: make(holding))

    return found
