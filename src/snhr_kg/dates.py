"""Dates of reduced precision: a year, a month or a day, as tables and the graph write them in ISO 8601."""

from __future__ import annotations

from datetime import date


def first_day(text: str) -> date:
    """The day that a year, a month or a day begins with; ValueError where the calendar has no such day.

    >>> first_day("2013-09")
    datetime.date(2013, 9, 1)
    """
    return date.fromisoformat((text + "-01-01")[:10])


def first_day_if_any(text: str) -> date | None:
    """The same of a text that may be empty, which is None."""
    return first_day(text) if text else None
