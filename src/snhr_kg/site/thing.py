"""What every page about a thing shows at its foot: its permanent IRI, its data, and every statement about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from flask import g

from snhr_kg import names
from snhr_kg.errors import UnknownResource
from snhr_kg.holding import LABELS, Statement, Text
from snhr_kg.site import links
from snhr_kg.site.described import Described, describe, incoming_here, stated_here
from snhr_kg.site.documents import licences
from snhr_kg.site.schema_org import Facts, page_data
from snhr_kg.site.statements import Group, Mark, Reader
from snhr_kg.site.visit import Visit
from snhr_kg.site.words import gettext as _

_MOST_STATED: Final = 60
_MOST_OF_A_PART: Final = 10
_MOST_PARTS: Final = 40
_MOST_POINTING: Final = 12
_ONTOLOGY: Final = names.SNHR.rstrip("#")
_TYPE: Final = names.full("rdf:type")


@dataclass(frozen=True, slots=True)
class Part:
    """A part that only exists with its thing: the fragment of its IRI, and what is stated about it."""

    fragment: str
    words: Text
    stated: list[Group]


@dataclass(frozen=True, slots=True)
class Thing:
    """The thing that a page is about, as its foot and its head show it."""

    iri: str
    local: str
    kinds: tuple[str, ...]
    """The IRIs of its classes."""
    licences: tuple[str, ...]
    """The IRIs of the licences of what is stated about it."""
    label: Text
    kinds_in_words: list[Text]
    stated: list[Group]
    parts: list[Part]
    further_parts: list[str]
    """The fragments of the parts that are only named, in a thing that has very many."""
    pointing: list[Group]
    count: int
    """How many statements these are drawn from."""
    sole: Mark | None
    """The graph that states all that is stated about it and its parts; None where there are several."""
    asked_everywhere: bool
    """Whether graphs of datasets from elsewhere were asked too; else what only they state is left out."""
    query: str
    pointing_query: str
    structured: str
    """What search engines are told of it: JSON-LD in the terms of schema.org."""


def about(visit: Visit, everywhere: bool = False) -> Thing | None:
    """The thing that a page is about, worked out once; None for a page that is about no single thing.

    Own graphs answer from memory. With `everywhere`, those of datasets from elsewhere are asked too, which raises what
    `Engine.answer` does; a thing that only they describe is not found otherwise.
    """
    if "thing" not in g or (everywhere and g.thing is None):
        g.thing = _about(visit, everywhere)
    found: Thing | None = g.thing
    return found


def page_thing(visit: Visit) -> Thing:
    """The thing of a page that must be about one; raises `UnknownResource` where nothing is known of it."""
    found = about(visit, everywhere=True)
    if found is None:
        raise UnknownResource(f"nothing is known of <{links.iri_of(visit.local)}>")
    return found


def _about(visit: Visit, everywhere: bool) -> Thing | None:
    iri = links.iri_of(visit.local)
    if everywhere:
        described = describe(visit.holding, visit.engine, visit.caller, iri)
        return None if described is None else _thing(visit, iri, described.stated, described.incoming, described)
    if iri not in visit.holding:
        return None
    return _thing(visit, iri, stated_here(visit.holding, iri), list(incoming_here(visit.holding, iri)), None)


def _thing(
    visit: Visit, iri: str, stated: Sequence[Statement], incoming: Sequence[Statement], described: Described | None
) -> Thing:
    called = {} if described is None else _called(described.labels + described.stated, visit.language)
    reader = Reader(visit.holding, visit.language, visit.local, called)
    kinds = tuple(sorted({str(one.object.value) for one in stated if one.subject == iri and one.predicate == _TYPE}))
    under = tuple(licences(visit.holding, sorted({one.graph for one in stated or incoming})))
    label = reader.words(iri)
    fragments = _fragments(iri, stated)
    graphs = {one.graph for one in stated}
    return Thing(
        iri=iri,
        local=visit.local,
        kinds=kinds,
        licences=under,
        label=label,
        kinds_in_words=_in_words(reader, kinds),
        stated=reader.about((one for one in stated if one.subject == iri), _MOST_STATED),
        parts=_parts(reader, iri, stated, fragments[:_MOST_PARTS]),
        further_parts=fragments[_MOST_PARTS:],
        pointing=reader.pointing(incoming, _MOST_POINTING),
        count=len(stated) + len(incoming),
        sole=reader.mark(graphs.pop()) if len(graphs) == 1 else None,
        asked_everywhere=described is not None,
        query=_query(iri),
        pointing_query=_pointing_query(iri),
        structured=page_data(Facts(visit, iri, label, stated, reader.words), kinds, under),
    )


def _in_words(reader: Reader, kinds: Sequence[str]) -> list[Text]:
    """The classes of a thing by their labels, ours first, each said once."""
    ordered = sorted(kinds, key=lambda kind: not kind.startswith(names.BASE))
    return list({text.words: text for text in map(reader.words, ordered)}.values())


def _fragments(iri: str, stated: Sequence[Statement]) -> list[str]:
    """The fragments of a thing's parts, in order; the terms of the ontology are told on its page itself."""
    if iri == _ONTOLOGY:
        return []
    return sorted({one.subject.removeprefix(f"{iri}#") for one in stated if one.subject != iri})


def _parts(reader: Reader, iri: str, stated: Sequence[Statement], fragments: Sequence[str]) -> list[Part]:
    about: dict[str, list[Statement]] = {fragment: [] for fragment in fragments}
    for one in stated:
        if (rows := about.get(one.subject.removeprefix(f"{iri}#"))) is not None and one.subject != iri:
            rows.append(one)
    return [
        Part(fragment, reader.words(f"{iri}#{fragment}"), reader.about(rows, _MOST_OF_A_PART))
        for fragment, rows in about.items()
    ]


def _called(statements: Sequence[Statement], language: str) -> dict[str, Text]:
    """What things are called in a language, or else in another, by the statements of that."""
    found: dict[str, Text] = {}
    for one in statements:
        if one.predicate not in LABELS or not isinstance(one.object, ox.Literal):
            continue
        text = Text(one.object.value, one.object.language or "")
        held = found.get(one.subject)
        if held is None or (held.language != language and text.language in (language, "")):
            found[one.subject] = text
    return found


def _query(iri: str) -> str:
    return (
        f"# {_('Everything that is stated about this thing, and by which graph')}\n"
        f"SELECT ?predicate ?object ?graph WHERE {{\n  GRAPH ?graph {{ <{iri}> ?predicate ?object }}\n}}\n"
        "ORDER BY ?predicate ?object"
    )


def _pointing_query(iri: str) -> str:
    return (
        f"# {_('Everything that points to this thing, and by which graph')}\n"
        f"SELECT ?subject ?predicate ?graph WHERE {{\n  GRAPH ?graph {{ ?subject ?predicate <{iri}> }}\n}}\n"
        "ORDER BY ?predicate ?subject\nLIMIT 1000"
    )
