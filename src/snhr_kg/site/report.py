"""The page about a report: what it is, and section by section, from top to bottom, what it counts and states."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from babel import Locale

from snhr_kg import names
from snhr_kg.holding import Holding
from snhr_kg.site.amounts import Amount, amount
from snhr_kg.site.report_places import MENTION, NUMBER, Place, Section, places, report_graph, sections
from snhr_kg.site.steady import steady
from snhr_kg.site.visit import Visit


@dataclass(frozen=True, slots=True)
class Digest:
    """What stands in one section, in text order: figures, what is stated without one, numbers that are no figures."""

    section: Section
    mentions: list[Place]
    stated: list[Place]
    numbers: list[Place]


@dataclass(frozen=True, slots=True)
class TextUsed:
    """The text that all positions are positions in."""

    iri: str
    sha256: str
    length: int


@steady
def report(visit: Visit, iri: str) -> str:
    """The page about the report with this IRI."""
    holding = visit.holding
    digests = [digest(holding, section) for section in sections(holding).get(iri, [])]
    return visit.render(
        "report.html",
        iri=iri,
        graph=report_graph(iri),
        title=visit.text(iri, "dcterms:title"),
        cited_as=visit.text(iri, "dcterms:bibliographicCitation"),
        publisher=holding.value(iri, "dcterms:publisher"),
        issued=holding.value(iri, "dcterms:issued"),
        written_in=language_name(holding.value(iri, "dcterms:language"), visit.language),
        text=text_used(holding, iri),
        counts=counts(holding, iri),
        breakdowns=in_report(holding, iri, "snhr:Breakdown"),
        slices=in_report(holding, iri, "qb:Slice"),
        datasets=in_report(holding, iri, "qb:DataSet"),
        digests=digests,
        amounts=amounts(visit, [place for one in digests for place in one.mentions]),
        parents={one.section.parent for one in digests},
    )


def language_name(code: str | None, language: str) -> str | None:
    """What a language is called in another, from the IRI or the tag of it.

    >>> language_name("http://id.loc.gov/vocabulary/iso639-1/en", "ar")
    'الإنجليزية'
    """
    return Locale(names.notation(code)).get_display_name(language) if code else None


def amounts(visit: Visit, mentions: list[Place]) -> dict[str, Amount]:
    """The amount of each mention as it is stated there, by its IRI."""
    return {place.iri: amount(visit.holding, place.iri, visit.language) for place in mentions}


def digest(holding: Holding, section: Section) -> Digest:
    """What stands in a section itself; what stands in its subsections is theirs."""
    found = places(holding).by_section.get(section.iri, [])
    return Digest(
        section,
        [place for place in found if place.kind == MENTION],
        [place for place in found if place.kind not in (MENTION, NUMBER)],
        [place for place in found if place.kind == NUMBER],
    )


def text_used(holding: Holding, report: str) -> TextUsed | None:
    """The text of a report, by its checksum; None where the graph names none."""
    text = next(iter(in_report(holding, report, "snhr:ReportText")), None)
    if text is None:
        return None
    checksum = holding.value(names.part(text, "checksum"), "spdx:checksumValue") or ""
    return TextUsed(text, checksum, int(holding.value(text, "snhr:length") or 0))


def counts(holding: Holding, report: str) -> Counter[str]:
    """How many things of each kind the report states, and how many places of its text state a figure."""
    found = places(holding).by_report.get(report, [])
    things = {place.thing or place.iri: place.kind for place in found}
    counted = Counter("figure" if kind == MENTION else kind for kind in things.values())
    counted[MENTION] = sum(place.kind == MENTION for place in found)
    return counted


def in_report(holding: Holding, report: str, kind: str) -> list[str]:
    """Everything of a class that hangs on the report, in order of its IRI."""
    return [one for one in holding.instances(kind) if holding.value(one, "snhr:inReport") == report]
