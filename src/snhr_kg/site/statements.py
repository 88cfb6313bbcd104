"""Statements as people read them: grouped by predicate, each value with the graphs that state it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias
from urllib.parse import quote

import pyoxigraph as ox

from snhr_kg import names
from snhr_kg.holding import Holding, Statement, Term, Text
from snhr_kg.site import vocabulary
from snhr_kg.site.formats import plain_number
from snhr_kg.site.links import SAFE, document_of, is_ours
from snhr_kg.site.origins import origin, origin_words
from snhr_kg.site.words import gettext as _

_XSD: Final = names.PREFIXES["xsd"]
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


@dataclass(frozen=True, slots=True)
class Mark:
    """The graph that a statement comes from: its label and page, and its kind as a word for styles and in words."""

    words: Text
    href: str
    origin: str
    origin_words: str


@dataclass(frozen=True, slots=True)
class Value:
    """What stands at the end of a statement (or at its beginning, where it points here), and who states it."""

    words: str
    language: str
    href: str
    """Where the thing's page is, or its own address where it is not ours; empty for words and numbers."""
    kind: str
    """``thing``, ``elsewhere``, ``words``, ``number`` or ``code`` (an IRI, or what else is never translated)."""
    marks: tuple[Mark, ...]


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
    """Makes groups of statements for the page in a language that is about the thing with this local part."""

    def __init__(self, holding: Holding, language: str, local: str, called: Called | None = None) -> None:
        self._holding = holding
        self._language = language
        self._called = called or {}
        self._up = "../" * (local.count("/") + 1)
        self._marks: dict[str, Mark] = {}

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
        groups = self._groups(statements, most, lambda one: str(one.object), lambda one: one.object)
        return sorted(groups, key=lambda group: (_FIRST.get(group.predicate, 99), group.words.words))

    def pointing(self, statements: Iterable[Statement], most: int) -> list[Group]:
        """The statements that point to one thing, by predicate, with where they come from as values."""
        groups = self._groups(statements, most, lambda one: one.subject, lambda one: ox.NamedNode(one.subject))
        return sorted(groups, key=lambda group: group.words.words)

    def _groups(
        self,
        statements: Iterable[Statement],
        most: int,
        text: Callable[[Statement], str],
        end: Callable[[Statement], Term],
    ) -> Iterator[Group]:
        """The statements by predicate and by the text of their end; of each predicate, `most` ends are looked up."""
        found: dict[str, dict[str, list[Statement]]] = {}
        for one in statements:
            found.setdefault(one.predicate, {}).setdefault(text(one), []).append(one)
        for predicate, by_end in found.items():
            rows = [by_end[key] for key in sorted(by_end)[:most]]
            shown = tuple(self._value(end(some[0]), tuple(sorted(one.graph for one in some))) for some in rows)
            words, name = self.words(predicate), vocabulary.short(predicate)
            yield Group(predicate, words, name, shown, len(by_end) - len(shown))

    def _value(self, term: Term, graphs: tuple[str, ...]) -> Value:
        marks = tuple(map(self.mark, graphs))
        if isinstance(term, ox.NamedNode):
            return self._thing(term.value, self.words(term.value), marks)
        if not isinstance(term, ox.Literal):
            return Value(str(term), "", "", "code", marks)
        kind = term.datatype.value.removeprefix(_XSD)
        if kind == "anyURI":
            return self._thing(term.value, Text(term.value, ""), marks)
        if kind in ("integer", "decimal"):
            return Value(plain_number(term.value), "", "", "number", marks)
        if kind == "boolean":
            return Value(_("yes") if term.value == "true" else _("no"), "", "", "words", marks)
        return Value(term.value, term.language or "", "", "words" if term.language else "code", marks)

    def _thing(self, iri: str, words: Text, marks: tuple[Mark, ...]) -> Value:
        if is_ours(iri):
            return Value(words.words, words.language, self._href(iri), "thing", marks)
        return Value(words.words, words.language, iri, "elsewhere" if words.language else "code", marks)

    def _href(self, iri: str) -> str:
        """From the page to that about a thing of ours, by way of the root: cheaper to make than the shortest way."""
        path, mark, fragment = document_of(iri, self._language).partition("#")
        return f"{self._up}{quote(path[1:], safe=SAFE)}{mark}{fragment}"

    def mark(self, graph: str) -> Mark:
        """A graph as a mark."""
        found = self._marks.get(graph)
        if found is None:
            words = self._holding.label(graph, self._language)
            found = self._marks[graph] = Mark(words, self._href(graph), origin(graph), origin_words(graph))
        return found
