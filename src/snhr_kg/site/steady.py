"""Pages that depend on nothing but the graph, their address and their language: made once, then given as they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from snhr_kg.site.once import Each
from snhr_kg.site.visit import Visit

More = ParamSpec("More")


def steady(make: Callable[Concatenate[Visit, More], str]) -> Callable[Concatenate[Visit, More], str]:
    """The maker of a page, called only the first time for each address and language of a version of the graph.

    What it is given beside the visit, such as the thing that the page is about, must follow from the address. A visit
    with parameters has a page made of its own: they stand in links of it.
    """
    kept: Each[tuple[str, str, bool], str] = Each()

    @wraps(make)
    def page(visit: Visit, /, *args: More.args, **kwargs: More.kwargs) -> str:
        if visit.arguments:
            return make(visit, *args, **kwargs)
        key = (visit.local, visit.language, visit.publishing)
        return kept.get(visit.holding, key, lambda: make(visit, *args, **kwargs))

    return page
