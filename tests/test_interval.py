from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snhr_kg.records import Interval
from snhr_kg.rules import interval


@dataclass(frozen=True)
class Inhabited:
    """An interval and a number in it."""

    interval: Interval
    member: Decimal


@st.composite
def inhabited(draw: st.DrawFn, least: int = -(10**6)) -> Inhabited:
    low, member, high = (Decimal(n) / 100 for n in sorted(draw(st.tuples(*[st.integers(least, 10**6)] * 3))))
    low_included, high_included = draw(st.booleans()) or member == low, draw(st.booleans()) or member == high
    has_low, has_high = draw(st.booleans()) or least >= 0, draw(st.booleans())
    return Inhabited(
        Interval(
            low if has_low else None,
            high if has_high else None,
            low_included or not has_low,
            high_included or not has_high,
        ),
        member,
    )


COUNTS = inhabited(least=0)


@given(inhabited(), inhabited())
def test_sums_and_differences_of_members_lie_inside(one: Inhabited, other: Inhabited) -> None:
    assert interval.contains(interval.add(one.interval, other.interval), one.member + other.member)
    assert interval.contains(interval.subtract(one.interval, other.interval), one.member - other.member)


@given(inhabited(), st.integers(-1000, 1000).map(Decimal))
def test_multiples_of_members_lie_inside(one: Inhabited, factor: Decimal) -> None:
    assert interval.contains(interval.scale(one.interval, factor), one.member * factor)


@given(COUNTS, COUNTS)
def test_products_of_members_lie_inside(one: Inhabited, other: Inhabited) -> None:
    assert interval.contains(interval.multiply(one.interval, other.interval), one.member * other.member)


@given(COUNTS, COUNTS.filter(lambda divisor: divisor.member > 0))
def test_quotients_of_members_lie_inside(one: Inhabited, other: Inhabited) -> None:
    assert interval.contains(interval.divide(one.interval, other.interval), one.member / other.member)


@given(inhabited(), inhabited())
def test_intervals_overlap_exactly_when_their_intersection_has_members(one: Inhabited, other: Inhabited) -> None:
    both = interval.contains(other.interval, one.member)
    assert interval.contains(interval.intersect(one.interval, other.interval), one.member) is both
    assert interval.overlap(one.interval, other.interval) is interval.overlap(other.interval, one.interval)
    assert interval.overlap(one.interval, other.interval) or not both


@given(inhabited(), st.integers(-20_000, 20_000).map(Decimal))
def test_whole_numbers_are_kept_and_no_others_added(one: Inhabited, number: Decimal) -> None:
    inner = interval.whole_numbers(one.interval)
    assert interval.contains(inner, number) is interval.contains(one.interval, number)
    assert all(end is None or end == end.to_integral_value() for end in (inner.low, inner.high))


def test_an_end_that_one_side_excludes_is_no_common_number() -> None:
    above, upto = Interval(Decimal(18), None, low_included=False), Interval(None, Decimal(18))
    assert not interval.overlap(above, upto)
    assert interval.overlap(Interval(Decimal(18), None), upto)


def test_what_is_unbounded_on_the_same_side_leaves_no_bound_on_the_difference() -> None:
    at_least = Interval(Decimal(5), None)
    assert interval.subtract(at_least, at_least) == interval.ANYTHING


def test_nothing_is_in_a_single_number_that_is_excluded() -> None:
    assert interval.is_empty(Interval(Decimal(1), Decimal(1), high_included=False))
    assert not interval.is_empty(interval.point(Decimal(1)))


def test_zero_times_anything_is_zero_and_zero_over_anything_is_zero() -> None:
    zero, any_count = interval.point(Decimal(0)), Interval(Decimal(0), None)
    assert interval.multiply(zero, any_count) == zero
    assert interval.contains(interval.divide(zero, Interval(Decimal(5), Decimal(6), low_included=False)), Decimal(0))


@pytest.mark.parametrize("operation", [interval.multiply, interval.divide])
def test_refuses_to_multiply_or_divide_what_may_be_negative(
    operation: Callable[[Interval, Interval], Interval],
) -> None:
    with pytest.raises(ValueError, match="begins at zero or above"):
        operation(Interval(Decimal(-1), None), interval.point(Decimal(1)))


@pytest.mark.parametrize(
    ("written", "low", "high", "low_included", "high_included"),
    [
        ("1,030", 1030, 1030, True, True),
        ("206,688 to 206,710", 206688, 206710, True, True),
        ("> 18 to 100", 18, 100, False, True),
        ("≥ 219", 219, None, True, True),
        ("> 1,000,000", 1_000_000, None, False, True),
        ("< 5", None, 5, True, False),
        ("any", None, None, True, True),
    ],
)
def test_intervals_are_written_in_digits_and_signs(
    written: str, low: int | None, high: int | None, low_included: bool, high_included: bool
) -> None:
    ends = (None if end is None else Decimal(end) for end in (low, high))
    assert interval.written(Interval(*ends, low_included, high_included)) == written
