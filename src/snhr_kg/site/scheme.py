"""The page of a code list, and the page that leads to every code list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from snhr_kg.holding import Text
from snhr_kg.site.anchor import words_of
from snhr_kg.site.codes import Code, dimension_of, figures_of, marks, tree
from snhr_kg.site.places import coordinates, whole_map
from snhr_kg.site.steady import steady
from snhr_kg.site.visit import Visit

LONG: Final = 60
"""In a list of more codes than this, branches of several codes are folded."""


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code list as the page of all lists shows it; `figures` says whether figures are told by it."""

    iri: str
    definition: Text | None
    codes: int
    is_dimension: bool


@steady
def scheme(visit: Visit, iri: str) -> str:
    """The page about the code list with this IRI."""
    holding = visit.holding
    roots = tree(visit, iri)
    dimension = dimension_of(holding, iri)
    return visit.render(
        "scheme.html",
        iri=iri,
        definitions=holding.texts(iri, "skos:definition", visit.language),
        tree=roots,
        marks=marks(visit, iri),
        codes=len(holding.subjects("skos:inScheme", iri)),
        is_long=sum(1 + code.size for code in roots) > LONG,
        with_figures=any(code.figures_with_narrower for code in roots),
        dimension=dimension,
        is_period=dimension == "snhr:period",
        relations=holding.instances("snhr:PartyRelation") if dimension == "snhr:perpetrator" else [],
        alliances=_alliances(visit) if dimension == "snhr:perpetrator" else [],
        map=whole_map(visit) if dimension == "snhr:place" else None,
        without_point=_without_point(visit, roots) if dimension == "snhr:place" else [],
        point=lambda place: coordinates(holding, place),
        figures_of=lambda code: len(figures_of(holding, code)),
        definition=lambda code: holding.text(code, "skos:definition", visit.language),
        others=lambda code: [
            text for text in holding.texts(code, "skos:altLabel", visit.language) if text.language == visit.language
        ],
        **words_of(visit),
    )


@steady
def codes(visit: Visit) -> str:
    """The page that leads to every code list."""
    holding = visit.holding
    lists = [
        CodeList(
            iri,
            holding.text(iri, "skos:definition", visit.language),
            len(holding.subjects("skos:inScheme", iri)),
            bool(dimension_of(holding, iri)),
        )
        for iri in holding.instances("skos:ConceptScheme")
    ]
    lists.sort(key=lambda one: str(visit.label(one.iri)).casefold())
    return visit.render("codes.html", lists=lists, **words_of(visit))


def _alliances(visit: Visit) -> list[tuple[str, list[str]]]:
    """The alliances whose members the code list names, with these."""
    holding = visit.holding
    found = sorted(holding.instances("snhr:Alliance"), key=lambda one: str(visit.label(one)))
    return [(one, members) for one in found if (members := holding.subjects("snhr:memberOf", one))]


def _without_point(visit: Visit, roots: list[Code]) -> list[str]:
    every = dict.fromkeys(one for root in roots for one in _flat(root))
    return [one for one in every if coordinates(visit.holding, one) is None]


def _flat(code: Code) -> list[str]:
    return [code.iri, *(one for lower in code.narrower for one in _flat(lower))]
