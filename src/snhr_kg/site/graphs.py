"""The page of the named graphs: what each holds, how much, and where to get it whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from snhr_kg import names
from snhr_kg.holding import Text
from snhr_kg.site.links import local_part
from snhr_kg.site.visit import Visit

_EXTERNAL: Final = names.graph("external/")


@dataclass(frozen=True, slots=True)
class NamedGraph:
    """A named graph as the page shows it; `triples` is None where they are not counted."""

    iri: str
    local: str
    label: Text
    description: Text | None
    triples: int | None
    is_described: bool
    """Whether there is a page about it: the catalogue names it."""


def graphs(visit: Visit) -> str:
    """The page: our own graphs, which are the default graph together, and those of datasets from elsewhere."""
    listed = _listed(visit)
    own = [_graph(visit, iri) for iri in listed if not iri.startswith(_EXTERNAL)]
    others = [_graph(visit, iri) for iri in listed if iri.startswith(_EXTERNAL)]
    return visit.render("graphs.html", own=own, others=others)


def _listed(visit: Visit) -> Sequence[str]:
    """The graphs below our own address; others that a store may hold have no page here."""
    every = (*visit.holding.graphs, *visit.holding.not_held)
    return sorted(iri for iri in every if iri.startswith(names.graph("")))


def _graph(visit: Visit, iri: str) -> NamedGraph:
    triples = visit.holding.value(iri, "void:triples")
    return NamedGraph(
        iri,
        local_part(iri),
        visit.label(iri),
        visit.text(iri, "dcterms:description"),
        int(triples) if triples else None,
        iri in visit.holding,
    )
