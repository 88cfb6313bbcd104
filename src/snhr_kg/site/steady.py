"""Pages that depend on nothing but the graph, their address and their language: made once, then given as they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from snhr_kg.site.once import Once
from snhr_kg.site.visit import Visit


def steady(make: Callable[[Visit], str]) -> Callable[[Visit], str]:
    """The maker of a page, called only the first time for each language of a version of the graph."""
    kept: Once[dict[tuple[str, str, bool], str]] = Once()

    @wraps(make)
    def page(visit: Visit) -> str:
        pages = kept.get(visit.holding, dict)
        key = (visit.local, visit.language, visit.publishing)
        if key not in pages:
            pages[key] = make(visit)
        return pages[key]

    return page
