"""What is worked out once for each version of the graph, and then kept for as long as that version is served."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from snhr_kg.holding import Holding

Made = TypeVar("Made")


def once(make: Callable[[Holding], Made]) -> Callable[[Holding], Made]:
    """The function, called only the first time for a holding; what it made goes when the holding goes."""
    kept: WeakKeyDictionary[Holding, Made] = WeakKeyDictionary()
    lock = threading.Lock()

    @wraps(make)
    def found(holding: Holding) -> Made:
        with lock:
            if holding not in kept:
                kept[holding] = make(holding)
            return kept[holding]

    return found
