"""Which page is made by what: pages that have a name of their own, and pages about things, by their class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from snhr_kg.names import full
from snhr_kg.site import (
    about,
    api_page,
    breakdown,
    check,
    checks,
    comparisons,
    concept,
    figure,
    figures,
    files,
    graphs,
    home,
    mention,
    narrative,
    ontology,
    problem,
    questions,
    report,
    report_data,
    resource,
    scheme,
    search,
    section,
    sources,
    sparql_page,
    timeline,
)
from snhr_kg.site.visit import Visit

NamedPage: TypeAlias = Callable[[Visit], str]
ThingPage: TypeAlias = Callable[[Visit, str], str]

NAMED: Final[dict[str, NamedPage]] = {
    "index": home.home,
    "api": api_page.api,
    "questions": questions.questions,
    "sparql": sparql_page.sparql,
    **problem.problem_pages(),
    "about": about.about,
    "checks": checks.checks,
    "codes": scheme.codes,
    "figures": figures.figures,
    "files": files.files,
    "graphs": graphs.graphs,
    "comparisons": comparisons.comparisons,
    "ontology": ontology.ontology,
    "search": search.search,
    "sources": sources.sources,
    "timeline": timeline.timeline,
}
"""The pages that are about no single thing, by the local part of their address."""

OF_CLASS: Final[tuple[tuple[str, ThingPage], ...]] = (
    ("snhr:Figure", figure.figure),
    ("snhr:DerivedFigure", figure.figure),
    ("snhr:Report", report.report),
    ("snhr:Section", section.section),
    ("snhr:Mention", mention.place),
    ("snhr:Passage", mention.place),
    ("snhr:OtherNumber", mention.place),
    ("snhr:Finding", narrative.narrative),
    ("snhr:Event", narrative.narrative),
    ("snhr:Recommendation", narrative.narrative),
    ("snhr:LegalInstrument", narrative.narrative),
    ("snhr:PartyRelation", narrative.narrative),
    ("snhr:Breakdown", breakdown.breakdown),
    ("snhr:Check", check.check),
    ("snhr:ReportText", report_data.text),
    ("qb:Slice", report_data.part_of_cube),
    ("qb:DataSet", report_data.data_set),
    ("snhr:ComparisonTopic", comparisons.topic),
    ("snhr:Comparison", comparisons.comparison),
    ("skos:ConceptScheme", scheme.scheme),
    ("skos:Concept", concept.concept),
)
"""The pages about things by class, as a prefixed name; the first that fits is taken, `resource` where none does."""


def page_about(visit: Visit, iri: str) -> str:
    """The page about a thing of ours that is held."""
    kinds = visit.holding.kinds(iri)
    maker = next((maker for name, maker in OF_CLASS if full(name) in kinds), resource.resource)
    return maker(visit, iri)
