from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from by_hand import codes
from snhr_kg.codes.lists import Code
from snhr_kg.records import Interval
from snhr_kg.rules import interval as arithmetic
from snhr_kg.rules.bounds import interval, is_printed_in_full, magnitude_interval, rounding_unit


def qualifier(notation: str) -> Code:
    found = codes().find("qualifier", notation)
    assert found is not None
    return found


def implied(notation: str, printed: str, value: str, *, percent: bool = False) -> Interval:
    unit = rounding_unit(printed, Decimal(value), percent)
    return interval(Decimal(value), qualifier(notation), unit, is_printed_in_full(unit, percent), percent)


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("14,391", "14391", "1"),
        ("28316", "28316", "1"),
        ("920", "920", "1"),
        ("1,030", "1030", "1"),
        ("3,500", "3500", "1"),
        ("Eight", "8", "1"),
        ("twenty", "20", "1"),
        ("0", "0", "1"),
        ("147,000", "147000", "1000"),
        ("100,000", "100000", "100000"),
        ("120,000", "120000", "10000"),
        ("15.2 million", "15200000", "100000"),
        ("15 Million", "15000000", "1000000"),
        ("nine million", "9000000", "1000000"),
        ("a million", "1000000", "1000000"),
        ("two hundred", "200", "100"),
        ("a Quarter of a Million", "250000", "10000"),
        ("1.22625 million", "1226250", "10"),
        ("١٥٫٢ مليون", "15200000", "100000"),
    ],
)
def test_a_count_is_rounded_where_zeros_or_a_word_of_scale_say_so(printed: str, value: str, unit: str) -> None:
    assert rounding_unit(printed, Decimal(value), False) == Decimal(unit)


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [("91.36 percent", "91.36", "0.01"), ("99 percent", "99", "1"), ("90 percent", "90", "1"), ("5.0 %", "5.0", "0.1")],
)
def test_a_share_is_rounded_to_its_last_printed_place(printed: str, value: str, unit: str) -> None:
    assert rounding_unit(printed, Decimal(value), True) == Decimal(unit)


@pytest.mark.parametrize(
    ("notation", "printed", "value", "written"),
    [
        ("exact", "1,030", "1030", "1,030"),
        ("exact", "Eight", "8", "8"),
        ("exact", "100,000", "100000", "50,000 to 150,000"),
        ("at-least", "129,989", "129989", "≥ 129,989"),
        ("at-least", "1.2 million", "1200000", "≥ 1,200,000"),
        ("more-than", "a Quarter of a Million", "250000", "> 250,000"),
        ("nearly", "147,000", "147000", "146,000 to 147,500"),
        ("nearly", "217", "217", "216 to 217.5"),
        ("approximately", "15.2 million", "15200000", "15,100,000 to 15,300,000"),
        ("approximately", "0", "0", "0 to 1"),
    ],
)
def test_value_and_qualifier_of_a_count_imply_an_interval(
    notation: str, printed: str, value: str, written: str
) -> None:
    assert arithmetic.written(implied(notation, printed, value)) == written


@pytest.mark.parametrize(
    ("notation", "printed", "value", "written"),
    [
        ("exact", "91.36 percent", "91.36", "91.355 to 91.365"),
        ("exact", "99 percent", "99", "98.5 to 99.5"),
        ("exact", "100 percent", "100", "99.5 to 100"),
        ("nearly", "90 percent", "90", "89 to 90.5"),
        ("more-than", "18 percent", "18", "> 18 to 100"),
        ("at-least", "40 percent", "40", "40 to 100"),
        ("approximately", "0.2 percent", "0.2", "0.1 to 0.3"),
        ("approximately", "0 percent", "0", "0 to 1"),
    ],
)
def test_a_share_ends_at_zero_and_a_hundred(notation: str, printed: str, value: str, written: str) -> None:
    assert arithmetic.written(implied(notation, printed, value, percent=True)) == written


def test_the_margins_are_those_of_the_code() -> None:
    wider = replace(qualifier("nearly"), lower_margin=Decimal(7), upper_margin=None)
    assert interval(Decimal(100), wider, Decimal(1), True, False) == Interval(Decimal(93), None)


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("dozens", "≥ 24"),
        ("scores", "≥ 40"),
        ("hundreds", "200 to 999"),
        ("thousands", "2,000 to 9,999"),
        ("tens-of-thousands", "20,000 to 99,999"),
        ("hundreds-of-thousands", "200,000 to 999,999"),
        ("millions", "≥ 2,000,000"),
        ("half", "49 to 51"),
    ],
)
def test_a_vague_word_means_the_interval_of_its_code(word: str, written: str) -> None:
    code = codes().find("magnitude", word)
    assert code is not None
    assert arithmetic.written(magnitude_interval(code)) == written


@given(
    st.integers(0, 10**9),
    st.sampled_from(["exact", "at-least", "nearly", "approximately"]),
)
def test_a_printed_count_lies_in_the_interval_it_implies(value: int, notation: str) -> None:
    assert arithmetic.contains(implied(notation, f"{value:,}", str(value)), Decimal(value))


@given(st.integers(1, 10**9))
def test_more_than_a_number_is_not_that_number(value: int) -> None:
    assert not arithmetic.contains(implied("more-than", f"{value:,}", str(value)), Decimal(value))
