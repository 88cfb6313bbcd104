"""The page about a code: its names, where it stands in its list, and everything that is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Final

import pyoxigraph as ox

from snhr_kg import names
from snhr_kg.holding import Holding, Statement, Text
from snhr_kg.names import full
from snhr_kg.site import amounts, chronology, said, timeline
from snhr_kg.site.anchor import words_of
from snhr_kg.site.chronology import Bar
from snhr_kg.site.codes import dimension_of, figures_of, narrower_of
from snhr_kg.site.equivalents import elsewhere, relation_words
from snhr_kg.site.formats import day
from snhr_kg.site.links import LANGUAGES
from snhr_kg.site.places import coordinates, map_of
from snhr_kg.site.rows import TYPE_OF
from snhr_kg.site.visit import Visit

LONG: Final = 12
"""A list of more than this is folded away, so that the page can be read from top to bottom."""

_TOLD_OTHERWISE: Final = (
    *(names.PREFIXES[prefix] for prefix in ("rdf", "rdfs", "skos", "time", "geo", "dcterms")),
    *map(full, ("snhr:backedBy", "snhr:formerlyKnownAs", "snhr:foughtAlongside", "snhr:jointPatrolsWith")),
    *map(full, ("snhr:mainlyConsistsOf", "snhr:begin", "snhr:end", "snhr:openBegin", "snhr:openEnd")),
)


@dataclass(frozen=True, slots=True)
class Names:
    """What a code is called in a language: its name there, and others."""

    language: str
    preferred: Text
    others: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """Where a period begins or ends: in words and how precisely that is stated, or why it is open."""

    words: str
    stated_to: str
    openness: str | None
    instrument: str | None


@dataclass(frozen=True, slots=True)
class Extent:
    """When a period is."""

    begin: Side
    end: Side
    bar: Bar
    line: timeline.Line


def concept(visit: Visit, iri: str) -> str:
    """The page about the code with this IRI."""
    holding = visit.holding
    figures = figures_of(holding, iri)
    named = said.named_in(holding, iri)
    scheme = holding.value(iri, "skos:inScheme")
    dimension = dimension_of(holding, scheme)
    return visit.render(
        "concept.html",
        iri=iri,
        scheme=scheme,
        kind=_kind(visit, iri),
        names=[_names(holding, iri, language) for language in _languages(visit)],
        definitions=holding.texts(iri, "skos:definition", visit.language),
        notes=holding.texts(iri, "skos:scopeNote", visit.language),
        caution=holding.text(scheme, "skos:definition", visit.language)
        if dimension == "snhr:perpetrator" and scheme
        else None,
        is_dimension=bool(dimension),
        parameter=_parameter(scheme),
        paths=_paths(holding, iri),
        narrower=narrower_of(visit, iri),
        facts=_facts(holding, iri),
        figures=figures,
        roles=_roles(visit, iri, figures),
        computed=named.pop("snhr:DerivedFigure", []),
        below=said.below(visit, iri),
        findings=said.findings_of(visit, named.pop("snhr:Finding", []), iri),
        events=said.in_reading_order(holding, named.pop("snhr:Event", []), "snhr:date"),
        recommendations=said.in_reading_order(holding, named.pop("snhr:Recommendation", []), "snhr:order"),
        relations=named.pop("snhr:PartyRelation", []),
        checks=said.checks_of(holding, figures),
        others=[(name, things) for name, things in named.items() if name != "snhr:Figure"],
        elsewhere=elsewhere(visit, iri),
        relation_words=relation_words,
        place=coordinates(holding, iri),
        map=map_of(visit, iri) if dimension == "snhr:place" else None,
        extent=_extent(visit, iri) if full("snhr:Period") in holding.kinds(iri) else None,
        amount=lambda figure: amounts.amount(holding, figure, visit.language),
        value=holding.value,
        LONG=LONG,
        **words_of(visit),
    )


def _parameter(scheme: str | None) -> str:
    """The parameter of the page of figures that takes codes of a list; empty where none does."""
    return next((name for name, taken in TYPE_OF.items() if scheme == names.scheme(taken)), "")


def _kind(visit: Visit, iri: str) -> str | None:
    """The class that says most of what a code is: a party is an armed group, a state's force or an alliance."""
    kinds = visit.holding.kinds(iri)
    told = ("snhr:ArmedGroup", "snhr:StateForce", "snhr:Alliance", "snhr:CompositePlace", "snhr:StatisticalCode")
    return next((full(name) for name in told if full(name) in kinds), None)


def _languages(visit: Visit) -> list[str]:
    return sorted(LANGUAGES, key=lambda one: one != visit.language)


def _names(holding: Holding, iri: str, language: str) -> Names:
    others = (text for text in holding.texts(iri, "skos:altLabel", language) if text.language == language)
    return Names(language, holding.label(iri, language), tuple(others))


def _paths(holding: Holding, iri: str, below: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The ways down the list to a code, each from the top and without the code itself."""
    broader = [one for one in holding.values(iri, "skos:broader") if one not in below]
    if not broader:
        return [()]
    return [(*path, one) for one in broader for path in _paths(holding, one, (*below, iri))]


def _facts(holding: Holding, iri: str) -> list[tuple[str, list[Statement]]]:
    """What else is stated of a code itself, by predicate; what is inferred follows from that and is left out."""
    inferred = names.graph("inferred")
    stated = (one for one in holding.statements(iri) if one.graph != inferred)
    told = [one for one in stated if not one.predicate.startswith(_TOLD_OTHERWISE) and _is_shown(one)]
    return [(predicate, list(rows)) for predicate, rows in groupby(told, lambda one: one.predicate)]


def _is_shown(one: Statement) -> bool:
    return not isinstance(one.object, ox.BlankNode)


def _roles(visit: Visit, iri: str, figures: frozenset[str]) -> list[tuple[str | None, tuple[said.Group, ...]]]:
    """The figures in groups; on a place, what happened there is apart from who was displaced from there."""
    if not iri.startswith(names.scheme("place/")):
        return [(None, said.groups_of(visit, figures, iri))] if figures else []
    by_role = said.by_what(visit, figures, "snhr:placeRole")
    return [(role, said.groups_of(visit, here, iri)) for role, here in by_role]


def _extent(visit: Visit, period: str) -> Extent | None:
    holding = visit.holding
    if not any(holding.value(period, f"snhr:{name}") for name in ("begin", "end", "openBegin", "openEnd")):
        return None
    begin, end = holding.value(period, "snhr:begin"), holding.value(period, "snhr:end")
    return Extent(
        begin=_side(holding, period, "Begin", day(begin) if begin else "", begin),
        end=_side(holding, period, "End", chronology.last_in_words(end) if end else "", end),
        bar=timeline.bar_of(visit, period),
        line=timeline.line(visit),
    )


def _side(holding: Holding, period: str, name: str, words: str, iso: str | None) -> Side:
    return Side(
        words,
        {4: "year", 7: "month", 10: "day"}.get(len(iso or ""), ""),
        holding.value(period, f"snhr:open{name}"),
        holding.value(period, f"snhr:{name.lower()}Instrument"),
    )
