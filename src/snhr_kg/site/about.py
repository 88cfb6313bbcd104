"""The page about the dataset: whose account it is, how it was made and checked, its limits, its terms of use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from snhr_kg import names
from snhr_kg.exports.citations import DATASET
from snhr_kg.holding import Holding, Text
from snhr_kg.site import amounts
from snhr_kg.site.ontology import ONTOLOGY
from snhr_kg.site.report import TextUsed, text_used
from snhr_kg.site.steady import steady
from snhr_kg.site.visit import Visit
from snhr_kg.site.words import gettext as _

_COUNTED: Final = (
    "Figure", "Mention", "Passage", "OtherNumber", "Breakdown", "DerivedFigure", "Check", "Finding", "Event",
    "LegalInstrument", "Recommendation", "PartyRelation", "Comparison", "ComparisonTopic", "Rule",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A report and the text that was read."""

    iri: str
    title: Text | None
    issued: str
    citation: Text | None
    text: TextUsed | None


@dataclass(frozen=True, slots=True)
class Example:
    """A figure that an explanation speaks of, with its amount in words."""

    iri: str
    label: Text
    amount: str


@dataclass(frozen=True, slots=True)
class Uncomputed:
    """What is never computed and why, with the figures that tempt to it."""

    words: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A qualifier, what it means, and a figure that has it."""

    iri: str
    label: Text
    definition: Text | None
    example: Example | None


@steady
def about(visit: Visit) -> str:
    """The page."""
    held = visit.holding
    return visit.render(
        "about.html",
        counts={name: len(held.instances(f"snhr:{name}")) for name in _COUNTED},
        sources=[_source(visit, iri) for iri in held.instances("snhr:Report")],
        bases=[(iri, _figures_with(held, "snhr:basis", iri)) for iri in held.instances("snhr:Basis")],
        verdicts=[(iri, len(held.subjects("snhr:verdict", iri))) for iri in held.instances("snhr:Verdict")],
        qualifiers=[_qualifier(visit, iri) for iri in held.instances("snhr:Qualifier")],
        magnitudes=[_magnitude(visit, iri) for iri in held.instances("snhr:Magnitude")],
        uncomputed=_uncomputed(visit),
        dataset=DATASET,
        maker=held.text(held.value(DATASET, "dcterms:creator") or DATASET, "foaf:name", visit.language),
        rights=held.label(held.value(DATASET, "dcterms:rights") or DATASET, visit.language),
        regime=_neutral_names(visit, names.code("perpetrator", "syrian-regime")),
        ontology=ONTOLOGY,
    )


def _source(visit: Visit, iri: str) -> Source:
    return Source(
        iri,
        visit.text(iri, "dcterms:title"),
        visit.holding.value(iri, "dcterms:issued") or "",
        visit.text(iri, "dcterms:bibliographicCitation"),
        text_used(visit.holding, iri),
    )


def _qualifier(visit: Visit, iri: str) -> Qualifier:
    """Examples are of what the report states, or else of what a rule computed."""
    held = visit.holding
    users = held.subjects("snhr:qualifier", iri)
    figures = [one for kind in ("snhr:Figure", "snhr:DerivedFigure") for one in users if _is(held, one, kind)]
    return Qualifier(
        iri,
        visit.label(iri),
        visit.text(iri, "skos:definition"),
        _example(visit, figures[0]) if figures else None,
    )


def _figures_with(held: Holding, attribute: str, code: str) -> int:
    return sum(_is(held, one, "snhr:Figure") for one in held.subjects(attribute, code))


def _is(held: Holding, iri: str, kind: str) -> bool:
    return names.full(kind) in held.kinds(iri)


def _magnitude(visit: Visit, iri: str) -> tuple[str, Text, str]:
    bounds = amounts.quantity(visit.holding, iri, visit.language)
    return iri, visit.label(iri), amounts.span(bounds.lower, bounds.upper, visit.language)


def _example(visit: Visit, iri: str) -> Example:
    return Example(iri, visit.label(iri), amounts.amount(visit.holding, iri, visit.language).words)


def _neutral_names(visit: Visit, party: str) -> tuple[str, list[Text]]:
    return party, visit.holding.texts(party, "skos:altLabel", visit.language)


def _uncomputed(visit: Visit) -> list[Uncomputed]:
    """What tempts to be computed, each with the figures of the report that do."""
    said = (
        (
            _("Attacks with different weapons are not added up: one attack can be in two counts, as with barrel bombs "
              "that are incendiary."),
            ("cluster-attacks", "chemical-attacks", "incendiary-attacks"),
        ),
        (
            _("Deaths of different causes are not added up: one person can be in two counts. The report's title puts "
              "those who died under torture among the civilians killed, its body counts them as individuals."),
            ("civilian-deaths", "torture-deaths", "siege-deaths-syrian-regime"),
        ),
        (
            _("A share is not multiplied by a count of other people: “almost 90 percent” is of those whom the regime "
              "arrests in one particular way, not of all who are still detained."),
            ("forcibly-disappeared-share-syrian-regime", "detained-or-disappeared-syrian-regime"),
        ),
        (
            _("What an alliance is held responsible for is not split between its members, nor is a member's count "
              "made of the alliance's share."),
            ("alliance-share-of-civilian-deaths", "cluster-attacks-russian-or-syrian"),
        ),
        (
            _("Deaths in cluster attacks and deaths by what such attacks left behind are not added up as one party's: "
              "for the remnants the report names none."),
            ("cluster-attack-deaths", "cluster-remnant-deaths"),
        ),
        (
            _("A difference of two lower bounds is published as arithmetic and never as a bound: “at least” less "
              "“at least” bounds nothing."),
            ("torture-deaths",),
        ),
    )  # fmt: skip
    return [
        Uncomputed(words, tuple(_example(visit, iri) for iri in map(_figure, figures) if iri in visit.holding))
        for words, figures in said
    ]


def _figure(local: str) -> str:
    return names.in_report("2020-03-15", "figure", local)
