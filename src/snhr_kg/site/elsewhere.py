"""What graphs of datasets from elsewhere say of one thing: asked of the engine, since only own graphs are held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

import pyoxigraph as ox

from snhr_kg import names
from snhr_kg.engine.question import Caller, Engine, Question
from snhr_kg.holding import LABELS, Statement, Term

MOST_STATED: Final = 2_000
"""Statements about one thing that are read; a thing with more is a dataset, and has files."""

_AT_A_TIME: Final = 200
_EXTERNAL: Final = f'FILTER(STRSTARTS(STR(?g), "{names.graph("external/")}"))'
_ABOUT: Final = """SELECT ?g ?s ?p ?o {{
  {{ SELECT ?g ?s ?p ?o {{ VALUES ?s {{ {iri} }} GRAPH ?g {{ ?s ?p ?o }} {external} }} LIMIT {stated} }}
  UNION
  {{ GRAPH ?h {{ {iri} ?q ?s }} FILTER(STRSTARTS(STR(?s), CONCAT(STR({iri}), "#")))
     GRAPH ?g {{ ?s ?p ?o }} {external} }}
  UNION
  {{ SELECT ?g ?s ?p ?o {{ VALUES ?o {{ {iri} }} GRAPH ?g {{ ?s ?p ?o }} {external} }} LIMIT {incoming} }}
}}"""
_CALLED: Final = """SELECT ?g ?s ?p ?o {{
  VALUES ?s {{ {iris} }} GRAPH ?g {{ ?s ?p ?o }} FILTER(?p IN ({labels})) {external}
}}"""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Statements of graphs from elsewhere about a thing and its parts, and those that point to it."""

    stated: tuple[Statement, ...]
    incoming: tuple[Statement, ...]


def said_elsewhere(engine: Engine, caller: Caller, iri: str, most_incoming: int) -> Elsewhere:
    """What is said of a thing and of its parts (fragments that it points to), and at most so many that point to it.

    Raises what `Engine.answer` does.
    """
    text = _ABOUT.format(iri=ox.NamedNode(iri), external=_EXTERNAL, stated=MOST_STATED, incoming=most_incoming)
    found = set(_ask(engine, caller, text))
    stated = (one for one in found if one.subject == iri or one.subject.startswith(f"{iri}#"))
    incoming = (one for one in found if isinstance(one.object, ox.NamedNode) and one.object.value == iri)
    return Elsewhere(_ordered(stated), _ordered(incoming))


def called_elsewhere(engine: Engine, caller: Caller, iris: Sequence[str]) -> list[Statement]:
    """What graphs from elsewhere call these things; raises what `Engine.answer` does."""
    labels = ", ".join(str(ox.NamedNode(one)) for one in LABELS)
    found: list[Statement] = []
    for begin in range(0, len(iris), _AT_A_TIME):
        asked = " ".join(str(ox.NamedNode(iri)) for iri in iris[begin : begin + _AT_A_TIME])
        found += _ask(engine, caller, _CALLED.format(iris=asked, labels=labels, external=_EXTERNAL))
    return found


def _ask(engine: Engine, caller: Caller, text: str) -> Iterator[Statement]:
    body = engine.answer(Question(text, "application/sparql-results+json"), caller).body
    for row in cast(ox.QuerySolutions, ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)):
        subject = row["s"]
        if isinstance(subject, ox.NamedNode):
            yield Statement(subject.value, row["p"].value, cast(Term, row["o"]), row["g"].value)


def _ordered(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(sorted(statements, key=lambda one: (one.subject, one.predicate, str(one.object), one.graph)))
