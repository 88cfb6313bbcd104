"""What a printed number leaves open: its rounding unit, and the interval that value and qualifier imply.

The margins stand once, on the codes of the lists `qualifier` and `magnitude`; here they are only applied.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from snhr_kg.records import Interval
from snhr_kg.rules.interval import intersect

if TYPE_CHECKING:
    from snhr_kg.codes.lists import Code

_DIGITS = re.compile(r"\d+(?:[, \u00a0\u202f]\d{3})*(?:\.(?P<places>\d+))?")
_SEPARATORS = str.maketrans("", "", ", \u00a0\u202f")
_SCALE_WORD = re.compile(r"\b(?:hundred|thousand|million|billion|trillion)s?\b", re.IGNORECASE)
_ROUND_COUNT = Decimal(1000)
_ONE = Decimal(1)


def rounding_unit(printed: str, value: Decimal, percent: bool) -> Decimal:
    """The unit that the print shows a number to be rounded to.

    A share is rounded to its last printed place. A count printed in full is rounded to 1; one that ends in three
    zeros or more, or is printed with a word of scale, to the place of its last digit that is not zero.

    >>> rounding_unit("14,391", Decimal(14391), False), rounding_unit("1,030", Decimal(1030), False)
    (Decimal('1'), Decimal('1'))
    >>> f'{rounding_unit("15.2 million", Decimal(15200000), False):f}'
    '100000'
    >>> rounding_unit("91.36 percent", Decimal("91.36"), True)
    Decimal('0.01')
    """
    digits = _DIGITS.search(printed)
    if percent:
        return _ONE.scaleb(-len(digits["places"] or "")) if digits else _ONE
    scaled = Decimal(digits[0].translate(_SEPARATORS)) != value if digits else bool(_SCALE_WORD.search(printed))
    return _last_place(value) if scaled or value % _ROUND_COUNT == 0 else _ONE


def is_printed_in_full(unit: Decimal, percent: bool) -> bool:
    """Whether a number with this rounding unit is a count printed to its last digit (no share ever is)."""
    return unit == 1 and not percent


def interval(value: Decimal, qualifier: Code, unit: Decimal, printed_in_full: bool, percent: bool) -> Interval:
    """The interval that a printed value implies under its qualifier.

    The qualifier's code gives the margins in multiples of the rounding unit `unit`; a margin it does not give
    leaves that side unbounded. Counts end at 0, shares at 0 and 100.
    """
    low_margin, high_margin = qualifier.lower_margin, qualifier.upper_margin
    if printed_in_full and qualifier.margin_only_when_rounded:
        low_margin = high_margin = Decimal(0)
    included = qualifier.margin_included is not False
    implied = Interval(
        None if low_margin is None else _plain(value - low_margin * unit),
        None if high_margin is None else _plain(value + high_margin * unit),
        included or low_margin is None,
        included or high_margin is None,
    )
    return intersect(implied, Interval(Decimal(0), Decimal(100) if percent else None))


def magnitude_interval(magnitude: Code) -> Interval:
    """The interval that a vague word means; its code gives the bounds."""
    return Interval(magnitude.lower_bound, magnitude.upper_bound)


def _plain(value: Decimal) -> Decimal:
    """The same number without zeros after the point, so that equal bounds are written alike."""
    return value.quantize(_ONE) if value == value.to_integral_value() else value.normalize()


def _last_place(value: Decimal) -> Decimal:
    """The place of the last digit that is not zero; 1 for nothing and for what is no whole number."""
    if value == 0 or value != value.to_integral_value():
        return _ONE
    digits = str(int(value))
    return Decimal(10 ** (len(digits) - len(digits.rstrip("0"))))
