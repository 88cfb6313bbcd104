"""Cells of an imported row: checked once, remembered as what they become, refused with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, Generic, TypeVar

Value = TypeVar("Value")

_REMEMBERED: Final = 65_536
_MOST_DIGITS: Final = 15
_YEARS: Final = range(1900, 2200)
_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ][\d:.]+)?", re.ASCII)
_DAYS_OF_MONTH: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Refused(Exception):
    """Why a row is not imported: the column, its value, what is wrong with it and what to do instead."""

    def __init__(self, column: str, value: str, problem: str, remedy: str) -> None:
        self.column = column
        self.value = value
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{column}: {problem}: {value!r}; {remedy}")


class Memo(dict[str, Value], Generic[Value]):
    """What each text became, made by `make` when it is first asked for: ``memo[text]``.

    It forgets everything when it holds more than `limit` texts, so that its size does not grow with the file.
    """

    def __init__(self, make: Callable[[str], Value], limit: int = _REMEMBERED) -> None:
        super().__init__()
        self._make = make
        self._limit = limit

    def __missing__(self, text: str) -> Value:
        made = self._make(text)
        if len(self) >= self._limit:
            self.clear()
        self[text] = made
        return made


def text(cell: str, column: str) -> str:
    """A cell's text without space around it; refused where it is empty or not UTF-8."""
    stripped = cell.strip()
    if not stripped:
        raise Refused(column, cell, "is empty", "give it a value")
    if not stripped.isascii():
        _see_utf8(stripped, column)
    return stripped


def optional(cell: str, column: str) -> str:
    """The same of a cell that may be empty."""
    return text(cell, column) if cell and not cell.isspace() else ""


def whole(cell: str, column: str) -> int:
    """A whole number, not below 0, in ASCII digits; refused where it is anything else."""
    stripped = cell.strip()
    if not (stripped.isascii() and stripped.isdigit()):
        problem = "is negative" if stripped[:1] == "-" and stripped[1:].isdigit() else "is no whole number"
        raise Refused(column, cell, problem if stripped else "is empty", "write a whole number, 0 or more, in digits")
    if len(stripped) > _MOST_DIGITS:
        raise Refused(column, cell, "is too large", f"write a number of at most {_MOST_DIGITS} digits")
    return int(stripped)


def optional_whole(cell: str, column: str) -> int | None:
    """The same of a cell that may be empty, which is None."""
    return whole(cell, column) if cell.strip() else None


def year(cell: str, column: str) -> str:
    """A year of four digits, from 1900 to 2199."""
    stripped = cell.strip()
    if len(stripped) != 4 or not (stripped.isascii() and stripped.isdigit() and int(stripped) in _YEARS):
        raise Refused(column, cell, "is no year", "write the four digits of a year between 1900 and 2199")
    return stripped


def day(cell: str, column: str) -> str:
    """A calendar day from 1900 to 2199 as ISO 8601 writes it, a time of day after it left out: ``2016-01-31``."""
    found = _DAY.fullmatch(cell.strip())
    if found is None or not _exists(int(found[1]), int(found[2]), int(found[3])):
        raise Refused(column, cell, "is no day", "write a day of the calendar as YYYY-MM-DD")
    return f"{found[1]}-{found[2]}-{found[3]}"


def _exists(in_year: int, month: int, of_month: int) -> bool:
    if not (in_year in _YEARS and 1 <= month <= 12 and 1 <= of_month <= _DAYS_OF_MONTH[month - 1]):
        return False
    leap = in_year % 4 == 0 and (in_year % 100 != 0 or in_year % 400 == 0)
    return leap or (month, of_month) != (2, 29)


def _see_utf8(cell: str, column: str) -> None:
    try:
        cell.encode()
    except UnicodeEncodeError as error:
        shown = cell.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        raise Refused(column, shown, "is not UTF-8", "save the file as UTF-8") from error
