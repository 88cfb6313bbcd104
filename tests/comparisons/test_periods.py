"""How periods lie to each other, and what is said where a side has no date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snhr_kg.comparisons.periods import CONTAINS, NOT_STATED, OVERLAPS, SAME, WITHIN, relation, shared
from snhr_kg.comparisons.records import Span
from snhr_kg.dates import first_day_if_any

DAYS = st.dates(date(2000, 1, 1), date(2000, 3, 1))


def span(begin: str, end: str) -> Span:
    return Span("", first_day_if_any(begin), first_day_if_any(end))


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (("2011-03", "2020-04"), ("2011-03-01", "2020-04-01"), SAME),
        (("2012", "2013"), ("2011-03", "2020-04"), WITHIN),
        (("2011-03", "2020-04"), ("2011-03", "2020-03"), CONTAINS),
        (("2011-03", "2020-04"), ("2020", "2021"), OVERLAPS),
        (("2011", "2012"), ("2012", "2013"), None),
        (("", "2020-04"), ("2011-03", "2020-04"), OVERLAPS),
        (("", "2020-04"), ("", "2020-04"), OVERLAPS),
        (("2011-03", ""), ("2011-03", ""), OVERLAPS),
        (("2011-03", ""), ("2019-12-31", "2020"), NOT_STATED),
        (("", ""), ("2011-03", "2020-04"), NOT_STATED),
        (("", "2011"), ("2011", ""), None),
        (("2012", ""), ("", "2011"), None),
    ],
)
def test_periods_lie_to_each_other_as_they_must(
    left: tuple[str, str], right: tuple[str, str], expected: str | None
) -> None:
    assert relation(span(*left), span(*right)) == expected


@given(DAYS, DAYS, DAYS, DAYS)
def test_dated_periods_are_related_exactly_when_a_day_is_in_both(a: date, b: date, c: date, d: date) -> None:
    if a >= b or c >= d:
        return
    left, right = Span("", a, b), Span("", c, d)
    days = [set(range(one.toordinal(), other.toordinal())) for one, other in ((a, b), (c, d))]
    how = relation(left, right)
    assert (how is not None) == bool(days[0] & days[1])
    if how is not None:
        begin, end = shared(left, right)
        assert begin
        assert end
        assert set(range(begin.toordinal(), end.toordinal())) == days[0] & days[1]
    assert (how == SAME) == (days[0] == days[1])
    assert (how == WITHIN) == (days[0] < days[1])
    assert (how == CONTAINS) == (days[0] > days[1])


@given(*[st.none() | DAYS] * 4)
def test_a_side_without_a_date_is_never_the_same_and_never_inside(
    a: date | None, b: date | None, c: date | None, d: date | None
) -> None:
    how = relation(Span("", a, b), Span("", c, d))
    if None in (a, b, c, d):
        assert how in (None, OVERLAPS, NOT_STATED)


def test_what_both_cover_is_not_told_on_a_side_without_a_date() -> None:
    assert shared(span("2011-03", ""), span("2012", "2013")) == (date(2012, 1, 1), None)
