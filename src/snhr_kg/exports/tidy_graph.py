"""What the graph says of its resources, as plain texts: the ground of the tables for people who do not speak RDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from snhr_kg import names
from snhr_kg.mappings.foreign import foreign_code
from snhr_kg.store import Store

EXTERNAL_GRAPHS: Final = names.graph("external/")

_KEY_SIGNS: Final = re.compile(r"[^A-Za-z0-9.]+")
_MINE: Final = names.scheme("")
_SAID: Final = "SELECT DISTINCT ?s ?p (STR(?o) AS ?text) (LANG(?o) AS ?language) {{ {pattern} }}"
_EXTERNALLY: Final = f'GRAPH ?graph {{{{ {{pattern}} }}}} FILTER(STRSTARTS(STR(?graph), "{EXTERNAL_GRAPHS}"))'


class Things:
    """Resources and what is said of them; values are texts (IRIs, numbers and dates in their lexical form)."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, set[tuple[str, str]]]] = {}

    def add(self, subject: str, predicate: str, text: str, language: str) -> None:
        """Say one thing more."""
        self._said.setdefault(subject, {}).setdefault(predicate, set()).add((text, language))

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._said))

    def __len__(self) -> int:
        return len(self._said)

    def __contains__(self, subject: object) -> bool:
        return subject in self._said

    def texts(self, subject: str, predicate: str, language: str | None = None) -> list[str]:
        """All values of a property (a prefixed name), in order; of one language (``""``: none) where that is given."""
        values = self._said.get(subject, {}).get(names.full(predicate), ())
        return sorted({text for text, tag in values if language is None or tag == language})

    def text(self, subject: str, predicate: str, language: str | None = None) -> str:
        """The first value of a property, or an empty text."""
        values = self._said.get(subject, {}).get(names.full(predicate))
        if not values:
            return ""
        return min((text for text, tag in values if language is None or tag == language), default="")

    def label(self, subject: str, language: str, predicate: str = "rdfs:label") -> str:
        """The text in a language, else, for English, one that no language or another one is known of."""
        found = self.text(subject, predicate, language)
        return found or (self.text(subject, predicate, "") or self.text(subject, predicate) if language == "en" else "")


def read_things(store: Store, *patterns: str, only: str = "") -> Things:
    """All that is said, in the default graph or in one external graph, of the resources that fit a pattern.

    A pattern is what follows the subject in SPARQL, with full IRIs: ``a <https://…#Figure>``. `only` is the IRI of one
    resource where no other is wanted.
    """
    things = Things()
    one = f"VALUES ?s {{ <{only}> }} " if only else ""
    for pattern in patterns:
        plain = f"{one}?s {pattern} ; ?p ?o"
        for wrapped in (plain, _EXTERNALLY.format(pattern=plain)):
            for row in store.query(_SAID.format(pattern=wrapped)).rows():
                subject, predicate, text, language = (str(value or "") for value in row)
                things.add(subject, predicate, text, language)
    return things


def instances(store: Store, *classes: str, only: str = "") -> Things:
    """All that is said of the instances of classes, given as prefixed names, or of one of them."""
    return read_things(store, *(f"a <{names.full(name)}>" for name in classes), only=only)


def local_id(iri: str) -> str:
    """The short id of a resource: the rest of an IRI of ours, else the IRI.

    >>> local_id("https://w3id.org/snhr-kg/report/2020-03-15/figure/torture-deaths")
    'report/2020-03-15/figure/torture-deaths'
    """
    return iri.removeprefix(names.BASE)


def plain_code(iri: str, notation: str) -> str:
    """A code as tables write it: our own by its notation, one of others by its owner, list and notation.

    >>> plain_code("https://w3id.org/snhr-kg/code/perpetrator/all", "_T")
    '_T'
    >>> plain_code("https://w3id.org/snhr-kg/external/acled/code/actor/Militia%20%28Pro-Iran%29", "")
    'acled/actor/Militia (Pro-Iran)'
    >>> plain_code("https://ucdp.uu.se/actor/118", "118")
    'ucdp/actor/118'
    """
    if iri.startswith(_MINE):
        return notation or iri.rpartition("/")[2]
    found = foreign_code(iri)
    return f"{found.owner}/{found.code_list}/{found.notation}" if found else iri


def citation_key(iri: str) -> str:
    """The key of a source: letters, digits, dots and hyphens, the same in every file and for good.

    >>> citation_key("https://w3id.org/snhr-kg/report/2020-03-15")
    'snhr-2020-03-15'
    >>> citation_key("https://w3id.org/snhr-kg/external/ucdp-onesided/23.1")
    'ucdp-onesided-23.1'
    """
    local = local_id(iri)
    if local.startswith("report/"):
        local = "snhr/" + local.removeprefix("report/")
    return _KEY_SIGNS.sub("-", local.removeprefix("external/")).strip("-")
