"""How two periods lie to each other; a side without a date is never taken for a date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from snhr_kg.comparisons.records import Span

SAME: Final = "same"
WITHIN: Final = "within"
CONTAINS: Final = "contains"
OVERLAPS: Final = "overlaps"
NOT_STATED: Final = "_U"

_DAY: Final = timedelta(days=1)


def relation(left: Span, right: Span) -> str | None:
    """How `left` lies to `right`: the notation of a period relation, or None where they surely share no time.

    Where a side has no date, they overlap if a day that is surely of one is surely of the other, and how they lie is
    not stated if not.
    """
    if _before(left, right) or _before(right, left):
        return None
    one, other = (left.begin, left.end), (right.begin, right.end)
    if None in (*one, *other):
        return OVERLAPS if _reaches(left, right) or _reaches(right, left) else NOT_STATED
    if one == other:
        return SAME
    if _inside(left, right):
        return WITHIN
    return CONTAINS if _inside(right, left) else OVERLAPS


def shared(left: Span, right: Span) -> tuple[date | None, date | None]:
    """The time that both cover: its first day and the first day after it; None for a side that is not known."""
    begins, ends = (left.begin, right.begin), (left.end, right.end)
    begin = max(day for day in begins if day) if None not in begins else None
    end = min(day for day in ends if day) if None not in ends else None
    return begin, end


def _before(one: Span, other: Span) -> bool:
    return one.end is not None and other.begin is not None and one.end <= other.begin


def _inside(one: Span, other: Span) -> bool:
    return _within(one.begin, other) and _within(_last(one), other)


def _reaches(one: Span, other: Span) -> bool:
    """Whether the first or the last day of one is surely a day of the other."""
    return any(_within(day, other) or (day and day in (other.begin, _last(other))) for day in (one.begin, _last(one)))


def _within(day: date | None, span: Span) -> bool:
    if day is None or span.begin is None or span.end is None:
        return False
    return span.begin <= day < span.end


def _last(span: Span) -> date | None:
    return span.end - _DAY if span.end else None
