"""The page about one figure: how many, what it means, where the report states it, and what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from snhr_kg.exports.citations_formats import FORMATS, to_text
from snhr_kg.holding import Text
from snhr_kg.names import full
from snhr_kg.site import comparing
from snhr_kg.site.amounts import Amount, amount
from snhr_kg.site.breakdown import Part, kind_of, part, parts, rests
from snhr_kg.site.check_words import Explained, explain
from snhr_kg.site.citing import ENDINGS, reference
from snhr_kg.site.figure_meaning import meaning
from snhr_kg.site.mention import Difference, differences
from snhr_kg.site.report import text_used
from snhr_kg.site.report_places import Place, places, report_graph
from snhr_kg.site.rows import table
from snhr_kg.site.steady import steady
from snhr_kg.site.visit import Visit

_DIMENSIONS: Final = (
    "snhr:perpetrator",
    "snhr:violationType",
    "snhr:victimGroup",
    "snhr:weapon",
    "snhr:indicator",
    "snhr:place",
    "snhr:placeRole",
    "snhr:period",
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of the text that states the figure, with the number as it is printed and qualified there."""

    place: Place
    amount: Amount
    printed: str
    principal: bool
    differences: tuple[Difference, ...]
    note: Text | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total with its parts, of which the figure is one; `rests` are what rules computed as left over."""

    iri: str
    kind: str
    along: str
    total: Part
    parts: tuple[Part, ...]
    rests: tuple[Part, ...]
    checks: tuple[Explained, ...]


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a rule came to a figure: its definition, its arithmetic, its inputs and what it takes for granted."""

    rule: str
    defined: Text | None
    formula: str
    inputs: tuple[str, ...]
    presumes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """The reference in a format of reference managers: its name, the ending of its document, and the text."""

    name: str
    ending: str
    text: str


@steady
def figure(visit: Visit, iri: str) -> str:
    """The page about the figure with this IRI, stated or computed.

    Raises what `Engine.answer` does while the graph cannot be read.
    """
    held = visit.holding
    whole = table(visit)
    row = whole.rows[iri]
    report = held.value(iri, "snhr:inReport") or ""
    cited = reference(held, iri)
    return visit.render(
        "figure.html",
        iri=iri,
        amount=amount(held, iri, visit.language),
        amount_of=partial(amount, held, language=visit.language),
        computed=row.computed,
        report=report,
        issued=held.value(report, "dcterms:issued"),
        publisher=held.value(report, "dcterms:publisher"),
        graph=report_graph(report),
        derivation=derivation(visit, iri) if row.computed else None,
        means=meaning(visit, whole, row),
        dimensions=[(full(name), code) for name in _DIMENSIONS for code in held.values(iri, name)],
        mentions=mentions(visit, iri),
        text=text_used(held, report),
        breakdowns=breakdowns(visit, iri),
        checks=[explain(visit, one) for one in held.subjects("snhr:involves", iri)],
        derived=held.subjects("prov:wasDerivedFrom", iri),
        shares=held.subjects("snhr:shareOf", iri),
        compared=comparing.of_figure(visit, iri),
        citation=to_text(cited),
        citations=[
            Citation(name, ending, FORMATS[form]([cited]))
            for (ending, (form, _)), name in zip(ENDINGS.items(), ("BibTeX", "RIS", "CSL-JSON"), strict=True)
        ],
    )


def mentions(visit: Visit, iri: str) -> list[Mention]:
    """The places of the text that state the figure, in the order of the text."""
    held = visit.holding
    return [
        Mention(
            place,
            amount(held, place.iri, visit.language),
            held.value(place.iri, "snhr:printed") or "",
            held.value(iri, "snhr:principalMention") == place.iri,
            tuple(differences(visit, place.iri, iri)),
            visit.text(place.iri, "rdfs:comment"),
        )
        for place in places(held).by_thing.get(iri, [])
    ]


def breakdowns(visit: Visit, iri: str) -> list[Breakdown]:
    """The breakdowns that the figure is the total or a part of."""
    held = visit.holding
    found = dict.fromkeys((*held.subjects("snhr:total", iri), *held.subjects("snhr:component", iri)))
    return [_breakdown(visit, one) for one in found]


def _breakdown(visit: Visit, iri: str) -> Breakdown:
    held = visit.holding
    along = held.value(iri, "snhr:alongDimension") or ""
    total = held.value(iri, "snhr:total") or ""
    return Breakdown(
        iri,
        kind_of(visit, iri)[0],
        along,
        part(visit, total, along),
        tuple(parts(visit, iri, along)),
        tuple(part(visit, one, along) for one in rests(visit, iri)),
        tuple(explain(visit, one) for one in held.subjects("dqv:computedOn", iri)),
    )


def derivation(visit: Visit, iri: str) -> Derivation:
    """How a rule computed the figure."""
    held = visit.holding
    rule = held.value(iri, "snhr:derivedBy") or ""
    return Derivation(
        rule,
        visit.text(rule, "skos:definition"),
        held.value(iri, "snhr:formula") or "",
        tuple(held.values(iri, "prov:wasDerivedFrom")),
        tuple(held.texts(iri, "snhr:presumes", visit.language)),
    )
