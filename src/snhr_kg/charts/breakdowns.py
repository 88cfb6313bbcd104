"""The charts of one report: its totals and their parts, and the charts and lists that it prints itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from snhr_kg import names
from snhr_kg.charts.records import FIGURE, NOTHING, PART, REST, TOTAL, BarChart, Row, Words
from snhr_kg.charts.words import UNITS, filled, said, together
from snhr_kg.codes.lists import CodeLists
from snhr_kg.records import SCHEME_OF, Breakdown, DerivedFigure, ReportTables, Slice, StatedFigure
from snhr_kg.site.formats import plain_number
from snhr_kg.site.links import LANGUAGES

HEADLINE: Final = "headline"
"""The id of the chart for the first page, and its kind."""

_NOTES: Final = {
    "subset": lambda t: t.ugettext("Each is a part of the total behind it. Together they are not all of it."),
    "nested": lambda t: t.ugettext("Each contains the next: they must not be added up."),
    "slice": lambda t: t.ugettext("Some of these contain others: they must not be added up."),
    HEADLINE: lambda t: t.ugettext("These count different things, some of them of the same people: never add them up."),
}


@dataclass(frozen=True, slots=True)
class Stated:
    """What one report states and what follows from it; figures by their ids."""

    tables: ReportTables
    figures: Mapping[str, StatedFigure]
    derived: Sequence[DerivedFigure]
    codes: CodeLists


def report_charts(stated: Stated) -> Iterator[BarChart]:
    """The headline, a chart of each breakdown, and one of each slice that is not the same as a breakdown.

    A slice of one figure is no chart: the report prints its total and no parts.
    """
    yield from _headline(stated)
    same = {frozenset((one.total, *one.components)): one for one in stated.tables.breakdowns}
    shown_by: dict[str, list[Slice]] = {}
    for one in stated.tables.slices:
        if breakdown := same.get(frozenset(one.figures)):
            shown_by.setdefault(breakdown.id, []).append(one)
    for breakdown in stated.tables.breakdowns:
        slices = [_iri(stated, "slice", one.id) for one in shown_by.get(breakdown.id, ())]
        yield _of_breakdown(stated, breakdown, slices)
    for one in stated.tables.slices:
        if len(one.figures) > 1 and frozenset(one.figures) not in same:
            yield _of_slice(stated, one)


def _of_breakdown(stated: Stated, breakdown: Breakdown, slices: Sequence[str]) -> BarChart:
    total = stated.figures[breakdown.total]
    parts = [stated.figures[id] for id in breakdown.components]
    nested = breakdown.kind == "nested"
    rows = [
        figure_row(stated, total, TOTAL, _figure_label(total) if nested else _total_label(total)),
        *(figure_row(stated, part, PART, _part_label(stated, part, breakdown.dimension)) for part in parts),
        *_rest(stated, [total, *parts]),
    ]
    return BarChart(
        id=breakdown.id,
        kind=breakdown.kind,
        about=(
            _iri(stated, "breakdown", breakdown.id),
            *slices,
            *(row.iri for row in rows),
            *_concepts(total, parts, breakdown.dimension),
        ),
        title=Words(breakdown.label_en, breakdown.label_ar),
        unit=said(UNITS[total.unit]),
        note=together(_sum(rows) if breakdown.kind == "partition" else said(_NOTES[breakdown.kind]), _marks(rows)),
        source=_source(stated, [total, *parts]),
        rows=tuple(rows),
        whole=_reach(rows[0]),
    )


def _of_slice(stated: Stated, one: Slice) -> BarChart:
    figures = [stated.figures[id] for id in one.figures]
    rows = [figure_row(stated, figure, PART, _part_label(stated, figure, one.varies)) for figure in figures]
    wholes = [
        _reach(row)
        for row, figure in zip(rows, figures, strict=True)
        if any(figure.figure.id == breakdown.total for breakdown in stated.tables.breakdowns)
    ]
    whole = max(wholes, default=None)
    if whole is not None and whole == _reach(rows[0]):
        rows[0] = replace(rows[0], role=TOTAL)
    return BarChart(
        id=one.id,
        kind="slice",
        about=(_iri(stated, "slice", one.id), *(row.iri for row in rows)),
        title=Words(one.label_en, one.label_ar),
        unit=said(UNITS[figures[0].unit]),
        note=together(said(_NOTES["slice"]), _marks(rows)),
        source=_source(stated, figures),
        rows=tuple(rows),
        whole=whole,
    )


def _headline(stated: Stated) -> Iterator[BarChart]:
    """The totals of documented people that the report breaks down and holds no one party responsible for."""
    totals = dict.fromkeys(breakdown.total for breakdown in stated.tables.breakdowns)
    figures = [
        figure
        for figure in map(stated.figures.__getitem__, totals)
        if (figure.dimensions.perpetrator, figure.unit, figure.figure.basis) == ("_T", "persons", "documented")
    ]
    rows = sorted((figure_row(stated, one, FIGURE, _figure_label(one)) for one in figures), key=_reach, reverse=True)
    if len(rows) > 1:
        yield BarChart(
            id=HEADLINE,
            kind=HEADLINE,
            about=(names.report(stated.tables.report.id),),
            title=said(lambda t: t.ugettext("What the report counted, case by case")),
            unit=said(UNITS["persons"]),
            note=together(said(_NOTES[HEADLINE]), _marks(rows)),
            source=_source(stated, figures),
            rows=tuple(rows),
        )


def figure_row(stated: Stated, figure: StatedFigure, role: str, label: Words) -> Row:
    """A stated figure as a row of a chart."""
    word = stated.codes.find("magnitude", figure.principal.magnitude)
    return Row(
        iri=figure.iri,
        label=label,
        role=role,
        unit=figure.unit,
        qualifier=figure.qualifier,
        value=figure.value,
        lower=figure.interval.low,
        upper=figure.interval.high,
        magnitude=Words(word.label_en.lower(), word.label_ar) if word else NOTHING,
    )


def _rest(stated: Stated, figures: Sequence[StatedFigure]) -> Iterator[Row]:
    """What no part of a total accounts for, where a rule computed it."""
    inputs = {figure.iri for figure in figures}
    for one in stated.derived:
        if one.rule == "partition-rest" and set(one.inputs) == inputs:
            label = said(lambda t: t.ugettext("The rest, which no part accounts for (computed)"))
            computed = said(
                lambda t: t.ugettext("Computed by snhr-kg from the figures of the report; not stated by it")
            )
            yield Row(one.iri, label, REST, one.unit, "computed", one.value, None, None, source=computed)


def _part_label(stated: Stated, figure: StatedFigure, dimension: str) -> Words:
    """What a part is: its code in the dimension that tells it from the others, or its own label."""
    notation = figure.dimensions.as_dict()[dimension]
    code = stated.codes.find(SCHEME_OF[dimension], notation)
    if dimension == "period" or code is None or notation in names.STATISTICAL_CODES:
        return _figure_label(figure)
    return Words(code.label_en, code.label_ar)


def _figure_label(figure: StatedFigure) -> Words:
    return Words(figure.figure.label_en, figure.figure.label_ar)


def _total_label(figure: StatedFigure) -> Words:
    return filled(lambda t: t.ugettext("Total: %(label)s"), label=_figure_label(figure))


def _concepts(total: StatedFigure, parts: Sequence[StatedFigure], dimension: str) -> list[str]:
    """The codes whose pages show it: the violation and the weapon of the total, and what its parts are told by."""
    codes = [(name, total.dimensions.as_dict()[name]) for name in ("violation_type", "weapon")]
    if dimension in ("perpetrator", "victim_group"):
        codes += [(dimension, part.dimensions.as_dict()[dimension]) for part in parts]
    found = (names.code(SCHEME_OF[name], code) for name, code in codes if code not in names.STATISTICAL_CODES)
    return list(dict.fromkeys(found))


def _iri(stated: Stated, kind: str, id: str) -> str:
    return names.in_report(stated.tables.report.id, kind, id)


def _reach(row: Row) -> Decimal:
    """The number that a bar reaches to."""
    return row.value if row.value is not None else row.lower or Decimal(0)


def _sum(rows: Sequence[Row]) -> Words:
    """What the printed parts add up to, beside the total."""
    parts = [row.value for row in rows if row.role == PART]
    if None in parts or rows[0].value is None:
        return NOTHING
    found = sum((part for part in parts if part is not None), Decimal(0))
    written = plain_number(found)
    if found == rows[0].value:
        return filled(lambda t: t.ugettext("The parts add up to %(sum)s, the total."), sum=written)
    total = Words(*(rows[0].amount(language).words for language in LANGUAGES))
    return filled(
        lambda t: t.ugettext("The parts add up to %(sum)s; the total is stated as %(total)s."), sum=written, total=total
    )


def _marks(rows: Sequence[Row]) -> Words:
    """What the marks at the ends of bars mean, where there are any."""
    return together(
        said(lambda t: t.ugettext("Arrow: at least so many.")) if any(row.is_open for row in rows) else NOTHING,
        said(lambda t: t.ugettext("Thin line: from the lowest to the highest number, as snhr-kg reads the wording."))
        if any(row.is_range for row in rows)
        else NOTHING,
    )


def _source(stated: Stated, figures: Sequence[StatedFigure]) -> Words:
    sections = {one.id: one for one in stated.tables.sections}
    used = dict.fromkeys(figure.principal.section for figure in figures)
    labels = Words(
        ", ".join(f"“{sections[id].label_en}”" for id in used), "، ".join(f"«{sections[id].label_ar}»" for id in used)
    )
    report = Words(stated.tables.report.label_en, stated.tables.report.label_ar)
    return filled(
        lambda t: t.ugettext("Source: %(report)s, under %(sections)s; snhr-kg"), report=report, sections=labels
    )
