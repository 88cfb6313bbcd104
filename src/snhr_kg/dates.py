"""Dates of reduced precision: a year, a month or a day, as tables and the graph write them in ISO 8601."""

from __future__ import annotations

from datetime import date
from typing import Final

_INSTANT_OF_LENGTH: Final = {4: "time:inXSDgYear", 7: "time:inXSDgYearMonth", 10: "time:inXSDDate"}


def first_day(text: str) -> date:
    """The day that a year, a month or a day begins with; ValueError where the calendar has no such day.

    >>> first_day("2013-09")
    datetime.date(2013, 9, 1)
    """
    return date.fromisoformat((text + "-01-01")[:10])


def first_day_if_any(text: str) -> date | None:
    """The same of a text that may be empty, which is None."""
    return first_day(text) if text else None


def instant_property(text: str) -> str:
    """The property of OWL-Time, as a prefixed name, that holds a year, a month or a day; KeyError for any other text.

    >>> instant_property("2013-09")
    'time:inXSDgYearMonth'
    """
    return _INSTANT_OF_LENGTH[len(text)]
