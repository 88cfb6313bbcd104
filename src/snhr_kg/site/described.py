"""Everything that is known of one thing: for its data documents and for the page that shows every statement."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

import pyoxigraph as ox

from snhr_kg.engine.question import Caller, Engine
from snhr_kg.holding import Holding, Statement
from snhr_kg.site.elsewhere import called_elsewhere, said_elsewhere
from snhr_kg.site.links import is_ours
from snhr_kg.site.once import Once

MOST_INCOMING: Final = 100
"""Statements pointing to a thing that are told with it: of own graphs, and again of those from elsewhere."""

_MOST_KEPT: Final = 256
_kept: Once[OrderedDict[str, Described]] = Once()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Described:
    """What is stated about a thing and its parts, what points to it, and what everything in that is called."""

    iri: str
    stated: tuple[Statement, ...]
    incoming: tuple[Statement, ...]
    is_whole: bool
    """Whether everything that points to the thing is in `incoming`."""
    labels: tuple[Statement, ...]

    @property
    def graphs(self) -> list[str]:
        """The graphs that state something about the thing, in order; where none does, those that point to it."""
        return sorted({one.graph for one in self.stated or self.incoming})


def describe(holding: Holding, engine: Engine, caller: Caller, iri: str) -> Described | None:
    """All that is known of the thing, in order; None where nothing is.

    Graphs from elsewhere are asked through the engine, whose errors are raised.
    """
    with _lock:
        kept = _kept.get(holding, OrderedDict)
        if iri in kept:
            kept.move_to_end(iri)
            return kept[iri]
    found = _describe(holding, engine, caller, iri)
    if found is not None:
        with _lock:
            kept[iri] = found
            if len(kept) > _MOST_KEPT:
                kept.popitem(last=False)
    return found


def parts_of(holding: Holding, iri: str) -> list[str]:
    """The IRIs of the parts that only exist with a thing (fragments of its IRI) and that own graphs describe."""
    known, start = holding.subjects_in_order, f"{iri}#"
    return list(takewhile(lambda one: one.startswith(start), known[bisect_left(known, start) :]))


def stated_here(holding: Holding, iri: str) -> list[Statement]:
    """What own graphs state about a thing and its parts."""
    return [one for subject in (iri, *parts_of(holding, iri)) for one in holding.statements(subject)]


def incoming_here(holding: Holding, iri: str) -> Iterator[Statement]:
    """What of own graphs points to a thing or to a part of it from elsewhere than the thing."""
    for target in (iri, *parts_of(holding, iri)):
        for one in holding.incoming(target):
            # An axiom without an IRI of its own points to its ontology, and is no thing to lead to.
            if one.subject != iri and not one.subject.startswith(f"{iri}#") and ":" in one.subject:
                yield one


def _describe(holding: Holding, engine: Engine, caller: Caller, iri: str) -> Described | None:
    own = list(incoming_here(holding, iri))
    other = said_elsewhere(engine, caller, iri, MOST_INCOMING + 1)
    stated = (*stated_here(holding, iri), *other.stated)
    incoming = (*own[:MOST_INCOMING], *other.incoming[:MOST_INCOMING])
    if not stated and not incoming:
        return None
    is_whole = max(len(own), len(other.incoming)) <= MOST_INCOMING
    labels = tuple(_labels(holding, engine, caller, {*_mentioned((*stated, *incoming))} - {iri}))
    return Described(iri, stated, incoming, is_whole, labels)


def _mentioned(statements: Iterable[Statement]) -> Iterator[str]:
    for one in statements:
        yield one.subject
        yield one.predicate
        if isinstance(one.object, ox.NamedNode):
            yield one.object.value


def _labels(holding: Holding, engine: Engine, caller: Caller, iris: set[str]) -> Iterator[Statement]:
    unknown = []
    for iri in sorted(iris):
        found = holding.called(iri)
        yield from found
        if not found and is_ours(iri):
            unknown.append(iri)
    if unknown:
        yield from sorted(called_elsewhere(engine, caller, unknown), key=lambda one: (one.subject, str(one.object)))
