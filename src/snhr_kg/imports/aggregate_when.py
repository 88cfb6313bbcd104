"""When an incident happened, and which month and which year its deaths are added to.

An incident that lasts beyond the end of a month is in neither month: it is added to the span of both, and likewise of
years. So no number is split or put where its source does not put it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as calendar_day
from datetime import timedelta

from snhr_kg.imports.cells import Memo, Refused, day
from snhr_kg.imports.lines import LineWriter, date
from snhr_kg.imports.periods import Period, one, span


@dataclass(frozen=True, slots=True)
class When:
    """The days of an incident: `lines` say them, the end excluded; `month` is the id of the period it is added to."""

    lines: str
    month: str


def days(writer: LineWriter, first: str, last: str) -> Memo[When]:
    """The incidents' days by what their cells hold: ``days(…)[f"{begin}\\t{end}"]``, the end empty for a single day.

    `first` and `last` are the columns of the two in faults; both days are included in what a source writes.

    Raises:
        Refused: when asked for cells that are no days, or an end before its begin.
    """

    def made(cells: str) -> When:
        begin_cell, _, end_cell = cells.partition("\t")
        begin = day(begin_cell, first)
        end = day(end_cell, last) if end_cell.strip() else begin
        if end < begin:
            raise Refused(last, end_cell, f"is before {first}", "write the last day of the incident")
        after = (calendar_day.fromisoformat(end) + timedelta(days=1)).isoformat()
        lines = writer.lines(("snhr:begin", date(begin)), ("snhr:end", date(after)))
        return When(lines, _id(begin[:7], end[:7]))

    return Memo(made)


def year_of(month: str) -> str:
    """The id of the year, or the span of years, that a month or a span of months lies in."""
    begin, _, end = month.partition("--")
    return _id(begin[:4], (end or begin)[:4])


def whole(months: list[str]) -> str:
    """The id of the span from the first to the last of these months."""
    begins, ends = zip(*(_ends(month) for month in months), strict=True)
    return _id(min(begins), max(ends))


def period(identifier: str) -> Period:
    """The period that an id names."""
    begin, end = _ends(identifier)
    return one(begin) if begin == end else span(begin, end)


def _id(begin: str, end: str) -> str:
    return begin if begin == end else f"{begin}--{end}"


def _ends(identifier: str) -> tuple[str, str]:
    begin, _, end = identifier.partition("--")
    return begin, end or begin
