"""What a printed value and its qualifier imply, by the rule that holds for the report's own figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from snhr_kg.records import Interval
from snhr_kg.rules.bounds import interval, is_printed_in_full, rounding_unit

if TYPE_CHECKING:
    from snhr_kg.codes.lists import Code, CodeLists


@dataclass(frozen=True, slots=True)
class ReadValue:
    """The rounding unit that the print shows, the interval, and the interval read as closely as the print allows."""

    rounding_unit: Decimal
    interval: Interval
    pinned: Interval


def read_value(printed: str, value: Decimal, qualifier: str, is_share: bool, codes: CodeLists) -> ReadValue:
    """The rounding unit and bounds of one printed number; `qualifier` is a notation that the code lists have.

    >>> from snhr_kg import content
    >>> from snhr_kg.codes.lists import read_codes
    >>> codes = read_codes(content.folder("ontology") / "codes")
    >>> read_value("13 million", Decimal(13_000_000), "exact", False, codes).interval.low
    Decimal('12500000')
    """
    unit = rounding_unit(printed, value, is_share)
    in_full = is_printed_in_full(unit, is_share)
    bounds = interval(value, _qualifier(codes, qualifier), unit, in_full, is_share)
    bare = interval(value, _qualifier(codes, "exact"), unit, in_full, is_share)
    return ReadValue(unit, bounds, _pinned(bounds, bare))


def _pinned(bounds: Interval, bare: Interval) -> Interval:
    if bounds.high is not None:
        return bounds
    return Interval(bounds.low, bare.high, bounds.low_included, bare.high_included)


def _qualifier(codes: CodeLists, notation: str) -> Code:
    code = codes.find("qualifier", notation)
    if code is None:
        raise KeyError(f"no code {notation} in code list qualifier")
    return code
