"""What a deriving rule may look at, and how it writes down what it computes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from snhr_kg import names
from snhr_kg.records import (
    Breakdown,
    DerivedFigure,
    Dimensions,
    Instrument,
    Interval,
    Period,
    ReportTables,
    StatedFigure,
)
from snhr_kg.rules import interval
from snhr_kg.rules.figure import COUNTS
from snhr_kg.rules.interval import ANYTHING, grouped

if TYPE_CHECKING:
    from snhr_kg.codes.lists import CodeLists

DERIVED_COUNTS, DERIVED_INTERVALS = "derived-counts", "derived-intervals"

_NATURAL = Interval(Decimal(0), None)


@dataclass(frozen=True, slots=True)
class Count:
    """A count that rules may compute with, stated or computed before."""

    id: str
    iri: str
    dimensions: Dimensions
    basis: str
    unit: str
    value: Decimal
    interval: Interval
    label_en: str
    label_ar: str
    stated: bool


@dataclass(frozen=True, slots=True)
class Words:
    """What a derived figure presumes and how it is called, in English and Arabic."""

    presumes_en: str
    presumes_ar: str
    label_en: str
    label_ar: str


@dataclass(frozen=True)
class Known:
    """The stated figures by id, and all counts there are, stated or computed, by their dimensions."""

    tables: ReportTables
    codes: CodeLists
    stated: Mapping[str, StatedFigure]
    counts: Mapping[Dimensions, Count]

    def stated_count(self, figure: str) -> Count | None:
        """The count that the report states under this figure id; None for shares and orders of magnitude."""
        stated = self.stated[figure]
        return self.counts[stated.dimensions] if stated.data_set == COUNTS else None

    def breakdowns(self, kind: str) -> list[Breakdown]:
        """The report's breakdowns of one kind, sorted by id."""
        return sorted((row for row in self.tables.breakdowns if row.kind == kind), key=lambda row: row.id)

    @cached_property
    def breakdowns_of(self) -> Mapping[str, frozenset[str]]:
        """The breakdowns that each figure is in, as total or component, by ids."""
        found: dict[str, set[str]] = {}
        for row in self.tables.breakdowns:
            for figure in (row.total, *row.components):
                found.setdefault(figure, set()).add(row.id)
        return {figure: frozenset(rows) for figure, rows in found.items()}

    @cached_property
    def periods(self) -> Mapping[str, Period]:
        """The report's periods by id."""
        return {row.id: row for row in self.tables.periods}

    @cached_property
    def period_between(self) -> Mapping[tuple[str, str], str]:
        """The id of the report's period with these ends, the first of several."""
        last_first = sorted(self.tables.periods, key=lambda row: row.id, reverse=True)
        return {(row.begin, row.end): row.id for row in last_first}

    @cached_property
    def instruments(self) -> Mapping[str, Instrument]:
        """The report's legal instruments by id."""
        return {row.id: row for row in self.tables.instruments}

    def group_label(self, group: str) -> tuple[str, str]:
        """The English and Arabic label of a victim group; its notation where the lists lack it."""
        code = self.codes.find("victim-group", group)
        return (code.label_en, code.label_ar) if code else (group, group)


def largest_first(count: Count) -> tuple[Decimal, str]:
    """The order in which counts are written: by falling value, then by id."""
    return -count.value, count.id


def stated_count(figure: StatedFigure) -> Count | None:
    """A stated figure as a count; None for what has no value (an order of magnitude) and for shares."""
    if figure.value is None or figure.data_set != COUNTS:
        return None
    row = figure.figure
    return Count(
        id=row.id,
        iri=figure.iri,
        dimensions=row.dimensions,
        basis=row.basis,
        unit=figure.unit,
        value=figure.value,
        interval=figure.interval,
        label_en=row.label_en,
        label_ar=row.label_ar,
        stated=True,
    )


def computed_count(figure: DerivedFigure, basis: Mapping[str, str]) -> Count | None:
    """A derived figure as a count, with the basis of its inputs (by IRI); None where it is only an interval."""
    if figure.value is None:
        return None
    return Count(
        id=figure.id,
        iri=figure.iri,
        dimensions=figure.dimensions,
        basis=basis[figure.inputs[0]],
        unit=figure.unit,
        value=figure.value,
        interval=figure.interval or ANYTHING,
        label_en=figure.label_en,
        label_ar=figure.label_ar,
        stated=False,
    )


def derive_count(
    known: Known,
    rule: str,
    local: str,
    dimensions: Dimensions,
    plus: Iterable[Count],
    minus: Iterable[Count],
    words: Words,
    *,
    period: Period | None = None,
    with_bounds: bool = True,
) -> Iterator[DerivedFigure]:
    """The sum of the one less the sum of the others as a figure; nothing where that is below zero."""
    plus, minus = tuple(plus), tuple(minus)
    value = sum((count.value for count in plus), Decimal(0)) - sum((count.value for count in minus), Decimal(0))
    if value < 0:
        return
    implied = interval.subtract(
        interval.total(count.interval for count in plus), interval.total(count.interval for count in minus)
    )
    sums = " + ".join(grouped(count.value) for count in plus)
    formula = " − ".join((sums, *(grouped(count.value) for count in minus)))
    yield DerivedFigure(
        id=local,
        report=known.tables.report.id,
        iri=names.in_report(known.tables.report.id, "derived", local),
        data_set=DERIVED_COUNTS,
        dimensions=dimensions,
        period=period,
        unit=plus[0].unit,
        value=value,
        interval=whole_bounds(implied) if with_bounds else None,
        rule=rule,
        inputs=tuple(count.iri for count in (*plus, *minus)),
        presumes_en=words.presumes_en,
        presumes_ar=words.presumes_ar,
        formula=f"{formula} = {grouped(value)}",
        label_en=words.label_en,
        label_ar=words.label_ar,
    )


def whole_bounds(implied: Interval) -> Interval | None:
    """The whole numbers from zero up inside; None where there are none, or where they are all of them."""
    bounds = interval.whole_numbers(interval.intersect(implied, _NATURAL))
    if interval.is_empty(bounds) or (bounds.low == 0 and bounds.high is None):
        return None
    return bounds
