"""Pages that depend on nothing but the graph, their address and their language: made once, then given as they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from snhr_kg.site.once import Each
from snhr_kg.site.visit import Visit


def steady(make: Callable[[Visit], str]) -> Callable[[Visit], str]:
    """The maker of a page, called only the first time for each language of a version of the graph."""
    kept: Each[tuple[str, str, bool], str] = Each()

    @wraps(make)
    def page(visit: Visit) -> str:
        return kept.get(visit.holding, (visit.local, visit.language, visit.publishing), lambda: make(visit))

    return page
