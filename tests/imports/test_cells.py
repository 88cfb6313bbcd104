"""Cells: what is taken for a number, a year or a day, and why the rest is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snhr_kg.imports.cells import Memo, Refused, day, optional, text, whole, year


@given(st.integers(0, 10**15 - 1))
def test_whole_numbers_are_themselves(value: int) -> None:
    assert whole(f" {value} ", "best") == value


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("", "is empty"),
        ("-3", "is negative"),
        ("3.0", "is no whole number"),
        ("1,000", "is no whole number"),
        ("1_000", "is no whole number"),
        ("+3", "is no whole number"),
        ("1e3", "is no whole number"),
        ("٣", "is no whole number"),
        ("²", "is no whole number"),
        ("NA", "is no whole number"),
        ("9" * 5000, "is too large"),
    ],
)
def test_what_is_no_whole_number_is_refused_with_its_column(cell: str, problem: str) -> None:
    with pytest.raises(Refused) as refused:
        whole(cell, "best")
    assert (refused.value.column, refused.value.problem) == ("best", problem)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_each_day_of_the_calendar_is_a_day(value: date) -> None:
    assert day(f"{value.isoformat()} 00:00:00.000", "date_start") == value.isoformat()
    assert year(f"{value.year}", "year") == str(value.year)


@pytest.mark.parametrize(
    "cell", ["", "2019-02-29", "2100-02-29", "2016-13-01", "2016-00-10", "2016-1-1", "31/12/2019", "0000-00-00"]
)
def test_what_is_no_day_is_refused(cell: str) -> None:
    with pytest.raises(Refused, match="is no day"):
        day(cell, "date_start")


@pytest.mark.parametrize("cell", ["", "0", "12", "1899", "2200", "20200", "٢٠١٢", "2012.0"])
def test_what_is_no_year_is_refused(cell: str) -> None:
    with pytest.raises(Refused, match="is no year"):
        year(cell, "year")


def test_a_text_that_is_not_utf8_is_refused_and_shown_by_its_bytes() -> None:
    cell = b"Rif Dimashq \xe9".decode("utf-8", "surrogateescape")
    with pytest.raises(Refused, match="is not UTF-8") as refused:
        text(cell, "adm_1")
    assert refused.value.value == r"Rif Dimashq \xe9"
    assert optional("  ", "adm_1") == ""


def test_what_a_text_became_is_made_once_and_forgotten_when_there_are_too_many() -> None:
    made: list[str] = []

    def make(cell: str) -> str:
        made.append(cell)
        return cell.upper()

    memo = Memo(make, limit=2)
    assert [memo[cell] for cell in "aabba"] == list("AABBA")
    assert made == ["a", "b"]
    assert memo["c"] == "C"
    assert len(memo) == 1


def test_what_is_refused_is_not_remembered() -> None:
    memo = Memo(lambda cell: whole(cell, "best"))
    for _ in range(2):
        with pytest.raises(Refused):
            memo["x"]
    assert not memo
