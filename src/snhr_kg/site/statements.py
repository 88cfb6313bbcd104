"""Statements as people read them: grouped by predicate, each value with the graphs that state it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeAlias

import pyoxigraph as ox

from snhr_kg import names
from snhr_kg.holding import Holding, Statement, Term, Text
from snhr_kg.site import vocabulary
from snhr_kg.site.links import is_ours

_XSD: Final = names.PREFIXES["xsd"]
_ADDRESS: Final = f"{_XSD}anyURI"
_FIRST: Final = {
    names.full(name): place
    for place, name in enumerate(
        (
            "rdf:type",
            "skos:prefLabel",
            "rdfs:label",
            "dcterms:title",
            "skos:altLabel",
            "skos:definition",
            "rdfs:comment",
        )
    )
}

Called: TypeAlias = dict[str, Text]
"""What things are called that the held graphs do not know."""

_End: TypeAlias = Callable[[Statement], Term]


@dataclass(frozen=True, slots=True)
class Value:
    """What stands at the end of a statement (or at its beginning, where it points here), and who states it."""

    words: Text
    iri: str
    """Of a thing; empty for words and numbers."""
    kind: str
    """The local name of a number's or date's datatype; empty for words and things."""
    graphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The statements with one predicate; `left_out` of them are not shown."""

    predicate: str
    words: Text
    name: str
    """The predicate as a prefixed name."""
    values: tuple[Value, ...]
    left_out: int

    @property
    def count(self) -> int:
        """How many there are, shown or not."""
        return len(self.values) + self.left_out


class Reader:
    """Makes groups of statements for a page in one language."""

    def __init__(self, holding: Holding, language: str, called: Called | None = None) -> None:
        self._holding = holding
        self._language = language
        self._called = called or {}

    def words(self, iri: str) -> Text:
        """What a thing is called: a term of another vocabulary in our words for it."""
        if iri in self._called:
            return self._called[iri]
        if not is_ours(iri) and (known := vocabulary.words(iri)):
            return Text(known, self._language)
        if not is_ours(iri) and iri not in self._holding:
            return Text(vocabulary.short(iri), "")
        return self._holding.label(iri, self._language)

    def about(self, statements: Iterable[Statement], most: int) -> list[Group]:
        """The statements about one thing, the most telling predicates first; `most` values of each."""
        groups = self._groups(statements, most, lambda one: one.object)
        return sorted(groups, key=lambda group: (_FIRST.get(group.predicate, 99), group.words.words))

    def pointing(self, statements: Iterable[Statement], most: int) -> list[Group]:
        """The statements that point to one thing, by predicate, with where they come from as values."""
        return sorted(
            self._groups(statements, most, lambda one: ox.NamedNode(one.subject)), key=lambda group: group.words.words
        )

    def _groups(self, statements: Iterable[Statement], most: int, end: _End) -> Iterator[Group]:
        ordered = sorted(statements, key=lambda one: (one.predicate, str(end(one)), one.graph))
        for predicate, rows in groupby(ordered, lambda one: one.predicate):
            by_end = [(key, [row.graph for row in some]) for key, some in groupby(rows, end)]
            shown = [self._value(key, tuple(graphs)) for key, graphs in by_end[:most]]
            words, name = self.words(predicate), vocabulary.short(predicate)
            yield Group(predicate, words, name, tuple(shown), len(by_end) - len(shown))

    def _value(self, term: Term, graphs: tuple[str, ...]) -> Value:
        if isinstance(term, ox.NamedNode):
            return Value(self.words(term.value), term.value, "", graphs)
        if not isinstance(term, ox.Literal):
            return Value(Text(str(term), ""), "", "", graphs)
        if term.datatype.value == _ADDRESS:
            return Value(Text(term.value, ""), term.value, "", graphs)
        kind = term.datatype.value.removeprefix(_XSD) if term.datatype.value.startswith(_XSD) else ""
        return Value(Text(term.value, term.language or ""), "", "" if kind == "string" else kind, graphs)
