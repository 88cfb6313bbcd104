"""Which page is made by what: pages that have a name of their own, and pages about things, by their class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from snhr_kg.names import full
from snhr_kg.site import comparisons, home, resource, sources
from snhr_kg.site.visit import Visit

NamedPage: TypeAlias = Callable[[Visit], str]
ThingPage: TypeAlias = Callable[[Visit, str], str]

NAMED: Final[dict[str, NamedPage]] = {
    "index": home.home,
    "comparisons": comparisons.comparisons,
    "sources": sources.sources,
}
"""The pages that are about no single thing, by the local part of their address."""

OF_CLASS: Final[tuple[tuple[str, ThingPage], ...]] = (
    ("snhr:ComparisonTopic", comparisons.topic),
    ("snhr:Comparison", comparisons.comparison),
)
"""The pages about things by class, as a prefixed name; the first that fits is taken, `resource` where none does."""


def page_about(visit: Visit, iri: str) -> str:
    """The page about a thing of ours that is held."""
    kinds = visit.holding.kinds(iri)
    maker = next((maker for name, maker in OF_CLASS if full(name) in kinds), resource.resource)
    return maker(visit, iri)
