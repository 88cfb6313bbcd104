"""Counts what VoID wants to know of a dataset: triples, subjects, entities, and the uses of each term."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rdflib.namespace import RDF
from rdflib.term import Node

from snhr_kg import names


@dataclass(slots=True)
class Census:
    """Distinct triples, taken apart."""

    triples: int = 0
    subjects: set[Node] = field(default_factory=set)
    properties: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Totals:
    """The counts of two censuses together; entities are the subjects whose IRI is under our own base."""

    triples: int
    subjects: int
    entities: int
    properties: Mapping[str, int]
    classes: Mapping[str, int]

    def vocabularies(self) -> tuple[str, ...]:
        """The namespaces, of those that have a prefix, whose terms are used."""
        used = (*self.properties, *self.classes)
        return tuple(space for space in sorted(names.PREFIXES.values()) if any(term.startswith(space) for term in used))


def take(triples: Iterable[tuple[Node, Node, Node]]) -> Census:
    """The census of triples, each of which is given once."""
    census = Census()
    for subject, predicate, object_ in triples:
        census.triples += 1
        census.subjects.add(subject)
        census.properties[str(predicate)] += 1
        if predicate == RDF.type:
            census.classes[str(object_)] += 1
    return census


def together(one: Census, other: Census) -> Totals:
    """The totals of two censuses that have no triple in common."""
    more = other.subjects - one.subjects
    return Totals(
        triples=one.triples + other.triples,
        subjects=len(one.subjects) + len(more),
        entities=_entities(one.subjects) + _entities(more),
        properties=one.properties + other.properties,
        classes=one.classes + other.classes,
    )


def _entities(subjects: Iterable[Node]) -> int:
    return sum(str(subject).startswith(names.BASE) for subject in subjects)
