"""Dates as the report gives them, by day, month or year, and where they lie on a line of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from snhr_kg.dates import first_day
from snhr_kg.holding import Holding
from snhr_kg.site.formats import day

FIRST_YEAR: Final = 2011
LAST_YEAR: Final = 2020
YEARS: Final = tuple(range(FIRST_YEAR, LAST_YEAR + 1))
WIDTH: Final = 100 * len(YEARS)
"""A line of time is this wide: a hundred units a year."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of the line of time, from `start` to `end` in units of `WIDTH`; an open side has no stated date.

    `dated` is false where neither side has: such a bar has no place on the line.
    """

    start: float
    end: float
    open_start: bool = False
    open_end: bool = False
    dated: bool = True

    @property
    def length(self) -> float:
        """How long it is, and no less than can be seen."""
        return max(self.end - self.start, 3.0)

    def mirrored(self) -> Bar:
        """The same where time runs from right to left."""
        return Bar(WIDTH - self.end, WIDTH - self.start, self.open_end, self.open_start, self.dated)


def day_after(iso: str) -> date:
    """The day after the last one of a year, a month or a day.

    >>> day_after("2013"), day_after("2013-12"), day_after("2013-09-27")
    (datetime.date(2014, 1, 1), datetime.date(2014, 1, 1), datetime.date(2013, 9, 28))
    """
    first = first_day(iso)
    if len(iso) == 4:
        return first.replace(year=first.year + 1)
    if len(iso) == 7:
        return (first + timedelta(days=31)).replace(day=1)
    return first + timedelta(days=1)


def last_in_words(end: str) -> str:
    """The last year, month or day before an end that is not part of the period, in words.

    >>> last_in_words("2020-04"), last_in_words("2018")
    ('March 2020', '2017')
    """
    before = first_day(end) - timedelta(days=1)
    return day(before.isoformat()[: len(end)])


def position(when: date) -> float:
    """How far along the line a day is, every year as wide as the next.

    >>> position(date(2011, 1, 1)), position(date(2015, 1, 1)), position(date(2021, 1, 1))
    (0.0, 400.0, 1000.0)
    """
    start = date(when.year, 1, 1)
    share = (when - start).days / (date(when.year + 1, 1, 1) - start).days
    return round(100 * (when.year - FIRST_YEAR + share), 1)


def moment(iso: str, until: str | None = None) -> Bar:
    """The piece of the line that an event takes, as wide as its date is vague; one before the line has no place."""
    start, end = position(first_day(iso)), position(day_after(until or iso))
    return Bar(max(start, 0.0), end, dated=end > 0)


def bar_of(holding: Holding, period: str) -> Bar:
    """The piece of the line that a period takes: an open side reaches to the end of the line."""
    begin, end = holding.value(period, "snhr:begin"), holding.value(period, "snhr:end")
    return Bar(
        start=position(first_day(begin)) if begin else 0.0,
        end=position(first_day(end)) if end else float(WIDTH),
        open_start=begin is None,
        open_end=end is None,
        dated=bool(begin or end),
    )
