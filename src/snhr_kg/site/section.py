"""The page about a section of a report: everything that stands in it, in the order of the text."""

from __future__ import annotations

from snhr_kg.site.narrative import line
from snhr_kg.site.report import amounts, digest, in_report
from snhr_kg.site.report_places import NUMBER, beside, places, report_graph, section_of, sections
from snhr_kg.site.steady import steady
from snhr_kg.site.visit import Visit


@steady
def section(visit: Visit, iri: str) -> str:
    """The page about the section with this IRI."""
    holding = visit.holding
    here = section_of(holding, iri)
    one = digest(holding, here)
    all_of_report = sections(holding)[here.report]
    before, after = beside(all_of_report, here)
    reading = [place for place in places(holding).by_section.get(iri, []) if place.kind != NUMBER]
    return visit.render(
        "section.html",
        iri=iri,
        graph=report_graph(here.report),
        section=here,
        title=visit.text(iri, "dcterms:title"),
        parts_of=[each for each in all_of_report if each.parent == iri],
        slices=[each for each in in_report(holding, here.report, "qb:Slice") if _stands_in(visit, each, iri)],
        mentions=len(one.mentions),
        reading_places=reading,
        amounts=amounts(visit, one.mentions),
        lines={place.iri: line(visit, place) for place in one.stated},
        numbers=one.numbers,
        before=before.iri if before else None,
        after=after.iri if after else None,
    )


def _stands_in(visit: Visit, thing: str, section: str) -> bool:
    return section in visit.holding.values(thing, "snhr:inSection")
