"""The pages about what a report states without a number: findings, events, instruments, recommendations, relations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from snhr_kg import names
from snhr_kg.holding import Text
from snhr_kg.site.formats import day
from snhr_kg.site.report_places import Place, beside, places, report_graph
from snhr_kg.site.visit import Visit
from snhr_kg.site.words import gettext as _

_SILENT: Final = frozenset({"_U", "_Z", "stated"})
"""Codes that a line leaves out: what is not stated, what does not apply, and what is the rule."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is said: its name for people, and the things it comes to and what they mean, or else words."""

    name: str
    things: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Who, whom, where and when in one line: words, then things by their IRIs, then a note."""

    words: tuple[str, ...]
    things: tuple[str, ...]
    note: Text | None


@dataclass(frozen=True, slots=True)
class Match:
    """The same or a near thing elsewhere: by which property it is linked, where it leads, which graph says so."""

    relation: str
    target: str
    graph: str


def narrative(visit: Visit, iri: str) -> str:
    """The page about a thing that a report states in words."""
    found = places(visit.holding).by_thing.get(iri, [])
    kind = found[0].kind
    whole = places(visit.holding).by_report[found[0].report]
    before, after = beside(_of_kind(whole, kind), iri)
    return visit.render(
        "narrative.html",
        iri=iri,
        kind=kind,
        report=found[0].report,
        graph=report_graph(found[0].report),
        facts=FACTS[kind](visit, iri),
        note=visit.text(iri, "rdfs:comment"),
        places=found,
        matches=matches(visit, iri),
        before=before,
        after=after,
    )


def line(visit: Visit, place: Place) -> Line:
    """What a reader of the text in order is told of the thing that a place states."""
    if not place.thing or place.kind not in _LINES:
        return Line((), (), visit.text(place.iri, "rdfs:comment"))
    held = visit.holding
    words = [day(when) for when in _dates(visit, place.thing)]
    things = [value for predicate in _LINES[place.kind] for value in held.values(place.thing, predicate)]
    if names.code("perpetrator", "_U") in things:
        words.append(_("Party not stated"))
    kept = [one for one in things if names.notation(one) not in _SILENT]
    return Line(tuple(words), tuple(kept), visit.text(place.thing, "rdfs:comment"))


def matches(visit: Visit, iri: str) -> list[Match]:
    """What the thing is linked with elsewhere."""
    skos = names.PREFIXES["skos"]
    return [
        Match(one.predicate, one.object.value, one.graph)
        for one in visit.holding.statements(iri)
        if one.predicate.startswith(skos) and one.predicate.endswith("Match")
    ]


_LINES: Final = {
    "finding": ("snhr:perpetrator", "snhr:attribution", "snhr:victimGroup", "snhr:place", "snhr:period", "snhr:status"),
    "event": ("snhr:eventKind", "snhr:party", "snhr:place"),
    "instrument": ("snhr:instrumentKind",),
    "recommendation": ("snhr:addressee",),
    "relation": (),
}


def _of_kind(whole: list[Place], kind: str) -> list[str]:
    """The things of a kind, each once, in the order in which the text first states them."""
    return list(dict.fromkeys(place.thing for place in whole if place.kind == kind and place.thing))


def _dates(visit: Visit, iri: str) -> list[str]:
    predicates = ("snhr:date", "snhr:endDate")
    return [when for predicate in predicates if (when := visit.holding.value(iri, predicate))]


def _fact(visit: Visit, name: str, iri: str, predicate: str) -> list[Fact]:
    """The fact as a list of one, or none where the graph says nothing or that it does not apply."""
    found = tuple(one for one in visit.holding.values(iri, predicate) if names.notation(one) != "_Z")
    return [Fact(name, things=found)] if found else []


def _explained(visit: Visit, name: str, iri: str, predicate: str) -> list[Fact]:
    """The same, with what each code means."""
    return [
        Fact(
            one.name,
            one.things,
            tuple(str(means) for code in one.things if (means := visit.text(code, "skos:definition"))),
        )
        for one in _fact(visit, name, iri, predicate)
    ]


def _written(name: str, *words: str | None) -> list[Fact]:
    found = tuple(word for word in words if word)
    return [Fact(name, words=found)] if found else []


def _finding(visit: Visit, iri: str) -> list[Fact]:
    role = visit.holding.value(iri, "snhr:placeRole")
    where = str(visit.label(role)) if role else _("Where")
    return [
        *_fact(visit, _("Who is held responsible"), iri, "snhr:perpetrator"),
        *_explained(visit, _("How the report attributes it"), iri, "snhr:attribution"),
        *_fact(visit, _("What was done"), iri, "snhr:violationType"),
        *_fact(visit, _("Who suffered"), iri, "snhr:victimGroup"),
        *_fact(visit, _("By what means"), iri, "snhr:weapon"),
        *_fact(visit, where, iri, "snhr:place"),
        *_fact(visit, _("When"), iri, "snhr:period"),
        *_explained(visit, _("Whether it goes on"), iri, "snhr:status"),
    ]


def _event(visit: Visit, iri: str) -> list[Fact]:
    begun, ended = (visit.holding.value(iri, predicate) for predicate in ("snhr:date", "snhr:endDate"))
    return [
        *_written(_("When"), day(begun) if begun else None),
        *_written(_("Until"), day(ended) if ended else None),
        *_fact(visit, _("Kind of event"), iri, "snhr:eventKind"),
        *_fact(visit, _("Parties"), iri, "snhr:party"),
        *_fact(visit, _("Where"), iri, "snhr:place"),
        *_fact(visit, _("By what means"), iri, "snhr:weapon"),
        *_fact(visit, _("Legal instrument"), iri, "snhr:instrument"),
    ]


def _instrument(visit: Visit, iri: str) -> list[Fact]:
    dated = visit.holding.value(iri, "dcterms:date")
    events = tuple(visit.holding.subjects("snhr:instrument", iri))
    return [
        *_fact(visit, _("Kind of instrument"), iri, "snhr:instrumentKind"),
        *_written(_("Number"), visit.holding.value(iri, "dcterms:identifier")),
        *_written(_("Date"), day(dated) if dated else None),
        *([Fact(_("Events of the report that concern it"), things=events)] if events else []),
    ]


def _recommendation(visit: Visit, iri: str) -> list[Fact]:
    return [
        *_fact(visit, _("Addressed to"), iri, "snhr:addressee"),
        *_written(_("Place among the recommendations"), visit.holding.value(iri, "snhr:order")),
    ]


def _relation(visit: Visit, iri: str) -> list[Fact]:
    return [
        *_fact(visit, _("Party"), iri, "snhr:party"),
        *_fact(visit, _("Relation"), iri, "snhr:relation"),
        *_fact(visit, _("Other party"), iri, "snhr:otherParty"),
    ]


FACTS: Final[dict[str, Callable[[Visit, str], list[Fact]]]] = {
    "finding": _finding,
    "event": _event,
    "instrument": _instrument,
    "recommendation": _recommendation,
    "relation": _relation,
}
"""What a page says of a thing, by its kind."""
