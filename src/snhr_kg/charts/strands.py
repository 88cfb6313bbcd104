"""Takes the figures of lines apart into strands: what may be drawn as one line over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from snhr_kg.comparisons.pairs import latest
from snhr_kg.comparisons.records import REPORT, SNHR, STOCK, Line, Quantity

YEARLY: Final = "yearly"
SINCE: Final = "since"
"""Besides `STOCK`: counts of single years or less, and counts from one beginning to ever later ends."""

_DEFINITION: Final = "definition"
_A_YEAR: Final = timedelta(days=366)
_A_GAP: Final = timedelta(days=550)
"""Longer without a figure than this, a year and a half, and the line is drawn broken."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure at the last day of its period, or the day of publication where that has no end."""

    day: date
    figure: Quantity


@dataclass(frozen=True, slots=True)
class Strand:
    """Figures of one line that belong on one line of a chart, in the order of time.

    `path` are the marks that the line is drawn through: SNHR's other counts go through the report's too.
    """

    line: Line
    shape: str
    begin: date | None
    marks: tuple[Mark, ...]
    path: tuple[Mark, ...]

    def steps(self) -> Iterator[tuple[Mark, Mark, bool, bool]]:
        """Each two neighbours that have values, whether they lie far apart, and whether a running count falls."""
        valued = [mark for mark in self.path if mark.figure.value is not None]
        for one, other in pairwise(valued):
            assert one.figure.value is not None and other.figure.value is not None  # noqa: PT018
            falls = self.shape == SINCE and other.figure.value < one.figure.value
            yield one, other, other.day - one.day > _A_GAP, falls


def strands(figures: Mapping[Line, Sequence[Quantity]]) -> tuple[Strand, ...]:
    """The strands of a topic, in the order of its lines; of a dataset with versions only the latest is drawn."""
    groups: dict[tuple[Line, str, date | None], list[Mark]] = {}
    for line, quantities in figures.items():
        for figure in latest(quantities):
            if (mark := _mark(figure)) is not None:
                groups.setdefault((line, *_shape(figure)), []).append(mark)
    return tuple(
        Strand(line, shape, begin, _in_time(marks), _in_time(marks + _of_report(groups, line, shape, begin)))
        for (line, shape, begin), marks in groups.items()
    )


def _of_report(
    groups: Mapping[tuple[Line, str, date | None], list[Mark]], line: Line, shape: str, begin: date | None
) -> list[Mark]:
    """The report's marks that a line of SNHR's goes through: those of the same shape and beginning.

    None, where SNHR has counted by another definition since: a line would tell that as a rise or a fall.
    """
    if line.role != SNHR or any(reason.code == _DEFINITION for reason in line.reasons):
        return []
    return [
        mark
        for (other, *kind), marks in groups.items()
        if other.role == REPORT and kind == [shape, begin]
        for mark in marks
    ]


def _in_time(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    return tuple(sorted(marks, key=lambda mark: (mark.day, mark.figure.iri)))


def _mark(figure: Quantity) -> Mark | None:
    day = figure.period.end - timedelta(days=1) if figure.period.end else figure.source.published
    drawable = figure.value is not None or (figure.lower is not None and figure.upper is not None)
    return Mark(day, figure) if day and drawable else None


def _shape(figure: Quantity) -> tuple[str, date | None]:
    begin, end = figure.period.begin, figure.period.end
    if figure.nature == STOCK:
        return STOCK, None
    if begin and end and end - begin <= _A_YEAR:
        return YEARLY, None
    return SINCE, begin
