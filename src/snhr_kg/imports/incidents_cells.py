"""Dates and numbers of a user's own list of incidents: days, months or years; one number, or low, best and high."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from typing import Final

from snhr_kg.imports.aggregate_sums import Counted
from snhr_kg.imports.cells import Refused, day, optional_whole
from snhr_kg.imports.faults import Faults
from snhr_kg.imports.lines import LineWriter, integer

_COARSE: Final = re.compile(r"(\d{4})(?:-(\d\d))?", re.ASCII)


def first_day(cell: str, column: str) -> str:
    """The first day of the day, month or year that a cell writes.

    >>> first_day("2016-07", "date"), last_day("2016-07", "date")
    ('2016-07-01', '2016-07-31')
    """
    found = _COARSE.fullmatch(cell.strip())
    return day(f"{found[1]}-{found[2] or '01'}-01" if found else cell, column)


def last_day(cell: str, column: str) -> str:
    """The last day of the day, month or year that a cell writes."""
    found = _COARSE.fullmatch(cell.strip())
    if found is None:
        return day(cell, column)
    begun = day(f"{found[1]}-{found[2] or '12'}-01", column)
    return f"{begun[:8]}{calendar.monthrange(int(begun[:4]), int(begun[5:7]))[1]:02}"


@dataclass(frozen=True, slots=True)
class Deaths:
    """How many were killed, as far as a row says; `best` is the number where there is only one."""

    best: int | None
    low: int | None
    high: int | None

    @property
    def counted(self) -> Counted | None:
        """What of it is summed up; None where there is no number to sum."""
        if self.best is None:
            return None
        return Counted(bounds=self.low is not None and self.high is not None)

    def lines(self, write: LineWriter) -> str:
        """The numbers that the row has."""
        told = ("snhr:value", self.best), ("snhr:lowerBound", self.low), ("snhr:upperBound", self.high)
        return write.lines(*((curie, integer(number)) for curie, number in told if number is not None))

    def warn(self, faults: Faults) -> None:
        """Tell bounds that are on the wrong side."""
        if self.best is not None and self.low is not None and self.low > self.best:
            faults.warn("low", str(self.low), "is above best", "see which is right; the row is kept as it is")
        if self.best is not None and self.high is not None and self.high < self.best:
            faults.warn("high", str(self.high), "is below best", "see which is right; the row is kept as it is")


def read_deaths(row: dict[str, str]) -> Deaths:
    """The numbers of a row; refused where deaths and best contradict each other."""
    deaths, best = read_number(row, "deaths"), read_number(row, "best")
    if deaths is not None and best is not None and deaths != best:
        raise Refused("deaths", row["deaths"], f"is not best, {best}", "write one of the two, or the same number")
    return Deaths(deaths if best is None else best, read_number(row, "low"), read_number(row, "high"))


def read_number(row: dict[str, str], column: str) -> int | None:
    """A whole number, None where the list has no such column or nothing in it."""
    return optional_whole(row.get(column, ""), column)
