"""The first page: what this is, the figures that the report's title states, a search, six questions, the downloads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from snhr_kg import names
from snhr_kg.questions.read import NamedQuery, read_questions
from snhr_kg.site.amounts import Amount, amount
from snhr_kg.site.report_places import MENTION, places
from snhr_kg.site.visit import Visit

QUESTIONS: Final = (
    "torture-deaths",
    "civilians-killed-by-several-sources",
    "contradictions",
    "chemical-attacks-between-resolutions",
    "sieges",
    "never-add-these",
)
"""The questions of `queries/` that the first page offers: one of each kind that the graph can answer."""

COUNTED: Final = ("Figure", "Mention", "Finding", "Event", "Recommendation", "DerivedFigure", "Check", "Comparison")
"""The classes whose things the first page counts."""

_TITLE: Final = names.code("text-part", "title")


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure that a report's title states: its IRI, the amount, and the breakdowns that it is the total of."""

    iri: str
    amount: Amount
    breakdowns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportHeadlines:
    """A report, and the figures of its title in the order of the words."""

    iri: str
    figures: tuple[Headline, ...]


def home(visit: Visit) -> str:
    """The first page."""
    counts = [(names.term(name), len(visit.holding.instances(names.term(name)))) for name in COUNTED]
    return visit.render("home.html", reports=_reports(visit), questions=_questions(), counts=counts)


def _questions() -> list[NamedQuery]:
    known = {question.name: question for question in read_questions()}
    return [known[name] for name in QUESTIONS if name in known]


def _reports(visit: Visit) -> list[ReportHeadlines]:
    """Every report, the latest first."""
    reports = sorted(visit.holding.instances("snhr:Report"), reverse=True)
    return [ReportHeadlines(report, tuple(_headlines(visit, report))) for report in reports]


def _headlines(visit: Visit, report: str) -> list[Headline]:
    held = visit.holding
    stated = places(held).by_report.get(report, [])
    figures = dict.fromkeys(one.thing for one in stated if one.thing and one.kind == MENTION and one.part == _TITLE)
    return [
        Headline(figure, amount(held, figure, visit.language), tuple(held.values(figure, "snhr:totalOf")))
        for figure in figures
    ]
