"""The graphs of our own, held in memory beside the server, so that a page finds what it shows in microseconds.

They are read through the engine, whatever it is, once for each version of the graph. Graphs of datasets from elsewhere
may be of any size and stay with the engine.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias, cast

import pyoxigraph as ox

from snhr_kg import names
from snhr_kg.counts import GraphsOf
from snhr_kg.engine.question import Answered, Caller, Engine, Question
from snhr_kg.errors import EngineUnavailable
from snhr_kg.names import full

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal

MOST_TRIPLES: Final = 500_000
"""A graph of our own with more is left to the engine: it is none that a build writes."""

_EXTERNAL: Final = names.graph("external/")
_TRIES: Final = 3
"""How often the graphs are read again, where newer ones took their place in the middle."""

LABELS: Final = tuple(map(full, ("skos:prefLabel", "rdfs:label", "dcterms:title", "foaf:name")))
"""What a thing is called by: the first of these that it has."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words and the language they are in, which is empty where none is stated."""

    words: str
    language: str

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class Statement:
    """One triple, and the IRI of the graph that states it."""

    subject: str
    predicate: str
    object: Term
    graph: str


class Holding:
    """The own graphs of one version; every method answers from memory."""

    def __init__(self, quads: Iterable[ox.Quad], version: str, not_held: Sequence[str] = ()) -> None:
        self._store = ox.Store()
        self._store.bulk_extend(quads)
        self.version = version
        self.not_held = tuple(not_held)
        """The IRIs of the graphs that stay with the engine, in order."""

    def __len__(self) -> int:
        return len(self._store)

    def __contains__(self, iri: str) -> bool:
        return next(self._match(iri, None, None), None) is not None

    @cached_property
    def graphs(self) -> list[str]:
        """The IRIs of the graphs that are held, in order."""
        return sorted(graph.value for graph in self._store.named_graphs())

    @cached_property
    def subjects_in_order(self) -> list[str]:
        """The IRI of every thing that is described here, in order."""
        return sorted({quad.subject.value for quad in self._store if isinstance(quad.subject, ox.NamedNode)})

    def values(self, subject: str, predicate: str) -> list[str]:
        """What the predicate (a prefixed name or an IRI) leads to: IRIs and lexical forms, in order."""
        return sorted({_value(quad.object) for quad in self._match(subject, predicate, None)})

    def value(self, subject: str, predicate: str) -> str | None:
        """The first of `values`, None where there is none."""
        return min((_value(quad.object) for quad in self._match(subject, predicate, None)), default=None)

    def subjects(self, predicate: str, value: str) -> list[str]:
        """What the predicate leads to this IRI from, in order."""
        return sorted({_value(quad.subject) for quad in self._match(None, predicate, ox.NamedNode(value))})

    def instances(self, kind: str) -> list[str]:
        """Everything of a class, given as prefixed name or IRI, in order."""
        return self.subjects("rdf:type", _iri(kind))

    def kinds(self, subject: str) -> frozenset[str]:
        """The IRIs of the classes that a thing is of."""
        return frozenset(self.values(subject, "rdf:type"))

    def statements(self, subject: str) -> list[Statement]:
        """Everything that is stated about a thing, in order of predicate and object."""
        return sorted(map(_statement, self._match(subject, None, None)), key=_order)

    def incoming(self, iri: str) -> list[Statement]:
        """Every statement that has the thing as its object, in order of predicate and subject."""
        return sorted(
            map(_statement, self._match(None, None, ox.NamedNode(iri))), key=lambda one: (one.predicate, one.subject)
        )

    def texts(self, subject: str, predicates: str | Sequence[str], language: str) -> list[Text]:
        """The words that the first of these predicates that has any leads to: those in the language, or else others."""
        for predicate in (predicates,) if isinstance(predicates, str) else predicates:
            found = sorted(
                (
                    Text(quad.object.value, quad.object.language or "")
                    for quad in self._match(subject, predicate, None)
                    if isinstance(quad.object, ox.Literal)
                ),
                key=lambda text: (text.language != language, text.language != "", text.language != "en", text.words),
            )
            if found:
                return [text for text in found if text.language == found[0].language]
        return []

    def text(self, subject: str, predicates: str | Sequence[str], language: str) -> Text | None:
        """The first of `texts`."""
        return next(iter(self.texts(subject, predicates, language)), None)

    def label(self, iri: str, language: str) -> Text:
        """What a thing is called: its label in the language, one in another, or how its IRI ends."""
        return self.text(iri, LABELS, language) or Text(_ending(iri), "")

    def called(self, iri: str) -> list[Statement]:
        """The statements of what a thing is called, in every language."""
        for predicate in LABELS:
            if found := sorted(map(_statement, self._match(iri, predicate, None)), key=_order):
                return found
        return []

    def _match(self, subject: str | None, predicate: str | None, value: Term | None) -> Iterator[ox.Quad]:
        if subject == "":  # no thing, of which nothing is stated
            return iter(())
        return self._store.quads_for_pattern(
            ox.NamedNode(subject) if subject is not None else None,
            ox.NamedNode(_iri(predicate)) if predicate is not None else None,
            value,
        )


class Holder:
    """Hands out the holding of the graph that an engine serves now, reading it when there is a new one."""

    def __init__(self, engine: Engine, graphs: GraphsOf) -> None:
        self._engine = engine
        self._graphs = graphs
        self._lock = threading.Lock()
        self._held: Holding | None = None

    def now(self, caller: Caller) -> Holding:
        """The holding; raises what `Engine.answer` does while the graph cannot be read."""
        held = self._held
        if held is None or held.version != self._engine.version:
            with self._lock:
                held = self._held
                if held is None or held.version != self._engine.version:
                    held = self._held = read_holding(self._engine, caller, self._graphs)
        return held


def read_holding(engine: Engine, caller: Caller, graphs: GraphsOf) -> Holding:
    """Read every graph of our own that is not larger than `MOST_TRIPLES`, all of the same version.

    `graphs` tells which there are at the moment, and their sizes. Raises what `Engine.answer` does, and
    `EngineUnavailable` when the graph is replaced over and over.
    """
    for _ in range(_TRIES):
        version = engine.version
        named = graphs(caller).named
        answers = {graph: _ask_graph(engine, caller, graph) for graph in sorted(named) if _is_ours(graph, named[graph])}
        if {version, engine.version, *(answer.version for answer in answers.values())} == {version}:
            quads = [quad for graph, answer in answers.items() for quad in _quads(answer.body, graph)]
            held = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
            return Holding(quads, version, sorted(set(named) - held))
    raise EngineUnavailable("the graph is being replaced by a newer one; ask again", retry_after=2)


def _is_ours(graph: str, triples: int | None) -> bool:
    return graph.startswith(names.graph("")) and not graph.startswith(_EXTERNAL) and (triples or 0) <= MOST_TRIPLES


def _ask_graph(engine: Engine, caller: Caller, graph: str) -> Answered:
    text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} LIMIT {MOST_TRIPLES + 1}"
    return engine.answer(Question(text, "application/n-triples"), caller)


def _quads(body: bytes, graph: str) -> list[ox.Quad]:
    """The triples as quads of the graph; none where there are too many, which only an uncounted graph can have."""
    name = ox.NamedNode(graph)
    # Lenient: what the engine holds was checked when it was read.
    triples = ox.parse(body, format=ox.RdfFormat.N_TRIPLES, lenient=True)
    quads = [ox.Quad(one.subject, one.predicate, one.object, name) for one in triples]
    return quads if len(quads) <= MOST_TRIPLES else []


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """The IRI, label or lexical form of a term; a quoted triple, which we do not write, as its text."""
    return str(term) if isinstance(term, ox.Triple) else term.value


def _statement(quad: ox.Quad) -> Statement:
    graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
    return Statement(_value(quad.subject), quad.predicate.value, cast(Term, quad.object), graph)


def _order(one: Statement) -> tuple[str, str, str]:
    return one.predicate, str(one.object), one.graph


def _iri(name: str) -> str:
    """A prefixed name as the IRI it stands for; an IRI as it is."""
    return name if "://" in name or name.startswith("urn:") else full(name)


def _ending(iri: str) -> str:
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri
