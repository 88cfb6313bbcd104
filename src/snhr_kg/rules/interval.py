"""Arithmetic of intervals with open, closed or unbounded ends, and of the numbers in them as written.

Every result encloses all that the operation yields on members of its inputs; quotients are rounded outwards, so
that this holds for them too. Nothing here knows what is counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from snhr_kg.records import Interval

ANYTHING = Interval(None, None)
"""The interval that says nothing."""

_DOWN = Context(prec=28, rounding=ROUND_FLOOR)
_UP = Context(prec=28, rounding=ROUND_CEILING)
_MINUS = "−"


def point(value: Decimal) -> Interval:
    """The interval that holds exactly one number."""
    return Interval(value, value)


def is_empty(interval: Interval) -> bool:
    """Whether no number lies inside: the ends are crossed, or meet in a number that one of them excludes."""
    low, high = interval.low, interval.high
    if low is None or high is None:
        return False
    return low > high or (low == high and not (interval.low_included and interval.high_included))


def is_bounded(interval: Interval) -> bool:
    """Whether both ends are there."""
    return interval.low is not None and interval.high is not None


def contains(interval: Interval, value: Decimal) -> bool:
    """Whether `value` lies inside."""
    return overlap(interval, point(value))


def intersect(one: Interval, other: Interval) -> Interval:
    """What both have in common; may be empty (see `is_empty`). Of two equal ends the excluded one is tighter."""
    lows = [(end.low, not end.low_included) for end in (one, other) if end.low is not None]
    highs = [(end.high, end.high_included) for end in (one, other) if end.high is not None]
    low, low_excluded = max(lows, default=(None, False))
    high, high_included = min(highs, default=(None, True))
    return Interval(low, high, not low_excluded, high_included)


def overlap(one: Interval, other: Interval) -> bool:
    """Whether some number lies in both."""
    return not is_empty(intersect(one, other))


def add(one: Interval, other: Interval) -> Interval:
    """Sums of a member of one and a member of the other."""
    return Interval(
        None if one.low is None or other.low is None else one.low + other.low,
        None if one.high is None or other.high is None else one.high + other.high,
        one.low is None or other.low is None or (one.low_included and other.low_included),
        one.high is None or other.high is None or (one.high_included and other.high_included),
    )


def total(intervals: Iterable[Interval]) -> Interval:
    """Sums of one member of each."""
    result = point(Decimal(0))
    for interval in intervals:
        result = add(result, interval)
    return result


def subtract(one: Interval, other: Interval) -> Interval:
    """Differences of a member of one and a member of the other."""
    return add(one, scale(other, Decimal(-1)))


def scale(interval: Interval, factor: Decimal) -> Interval:
    """Members times a number."""
    if factor == 0:
        return point(Decimal(0))
    low = None if interval.low is None else interval.low * factor
    high = None if interval.high is None else interval.high * factor
    if factor > 0:
        return Interval(low, high, interval.low_included, interval.high_included)
    return Interval(high, low, interval.high_included, interval.low_included)


def multiply(one: Interval, other: Interval) -> Interval:
    """Products of members; neither interval may hold a negative number (counts and shares do not)."""
    low, other_low = _never_negative(one), _never_negative(other)
    if one.high == 0 or other.high == 0:
        return point(Decimal(0))
    zero_reached = (low == 0 and one.low_included) or (other_low == 0 and other.low_included)
    high = None if one.high is None or other.high is None else one.high * other.high
    return Interval(
        low * other_low,
        high,
        zero_reached or (one.low_included and other.low_included),
        high is None or (one.high_included and other.high_included),
    )


def divide(one: Interval, other: Interval) -> Interval:
    """Quotients of members; neither may hold a negative number, and a zero in the divisor is left out."""
    low, divisor_low = _never_negative(one), _never_negative(other)
    quotient_low = Decimal(0) if other.high is None or other.high == 0 else _DOWN.divide(low, other.high)
    quotient_high = None if one.high is None or divisor_low == 0 else _UP.divide(one.high, divisor_low)
    return Interval(
        quotient_low,
        quotient_high,
        one.low_included and (low == 0 or (other.high is not None and other.high_included)),
        quotient_high is None or (one.high_included and (one.high == 0 or other.low_included)),
    )


def whole_numbers(interval: Interval) -> Interval:
    """The same whole numbers between whole ends: each end that is no whole number moves inwards and is included."""
    low, high = interval.low, interval.high
    inner_low = None if low is None else low.to_integral_value(ROUND_CEILING)
    inner_high = None if high is None else high.to_integral_value(ROUND_FLOOR)
    return Interval(
        inner_low,
        inner_high,
        interval.low_included or inner_low != low,
        interval.high_included or inner_high != high,
    )


def grouped(value: Decimal) -> str:
    """A number as the report prints numbers, with commas and a real minus sign.

    >>> grouped(Decimal("-23753"))
    '−23,753'
    """
    return f"{value:,f}".replace("-", _MINUS)


def written(interval: Interval) -> str:
    """An interval in digits and signs.

    >>> written(Interval(Decimal(206688), Decimal(206710))), written(Interval(Decimal(18), None, low_included=False))
    ('206,688 to 206,710', '> 18')
    """
    low, high = interval.low, interval.high
    if low is not None and low == high:
        return grouped(low)
    above = "" if low is None else ("≥ " if interval.low_included else "> ") + grouped(low)
    below = "" if high is None else ("≤ " if interval.high_included else "< ") + grouped(high)
    if above and below:
        return f"{above.removeprefix('≥ ')} to {below.removeprefix('≤ ')}"
    return above or below or "any"


def _never_negative(interval: Interval) -> Decimal:
    if interval.low is None or interval.low < 0:
        raise ValueError(f"an interval of counts or shares begins at zero or above: {interval}")
    return interval.low
