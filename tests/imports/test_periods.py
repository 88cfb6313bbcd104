"""Periods: the same id for the same span as the report has, half-open, described once."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snhr_kg import records
from snhr_kg.content import folder
from snhr_kg.exports.quads import external_lines
from snhr_kg.graphs.periods import period as graphs_period
from snhr_kg.imports.lines import LineWriter
from snhr_kg.imports.periods import Period, Periods, end_of_day, one, span

REPORT = folder("data") / "2020-03-15" / "periods.csv"


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (one("2012"), ("2012", "2012", "2013")),
        (one("2012-12"), ("2012-12", "2012-12", "2013-01")),
        (one("2012-02-29"), ("2012-02-29", "2012-02-29", "2012-03-01")),
        (end_of_day("2019-12-31"), ("at-2019-12-31", "2019-12-31", "2020-01-01")),
        (span("2011-03", "2021-03"), ("2011-03--2021-03", "2011-03", "2021-04")),
        (span("2011", "2019"), ("2011--2019", "2011", "2020")),
    ],
    ids=lambda value: value.id if isinstance(value, Period) else "",
)
def test_a_period_begins_with_its_first_day_and_ends_before_the_day_after_its_last(
    period: Period, expected: tuple[str, str, str]
) -> None:
    assert (period.id, period.begin, period.end) == expected


def test_the_spans_of_the_report_are_the_same_periods() -> None:
    with REPORT.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["begin"] and row["end"]]
    ends_within = {
        row["id"]: span(*row["id"].split("--"))
        for row in rows
        if not (row["begin_instrument"] or row["end_instrument"] or "--20" not in row["id"])
    }
    assert ends_within
    for row in rows:
        if row["id"] in ends_within:
            assert (ends_within[row["id"]].begin, ends_within[row["id"]].end) == (row["begin"], row["end"])


@pytest.mark.parametrize("period", [one("2012"), end_of_day("2019-12-31"), span("2011-03", "2021-03")])
def test_an_import_describes_a_period_as_a_report_does(period: Period) -> None:
    row = records.Period(
        period.id,
        period.begin,
        period.end,
        "",
        "",
        "",
        "",
        period.label_en,
        period.label_ar,
        "",
        "",
        records.Source("", 1),
    )
    periods = Periods(LineWriter(""))
    periods.line(period)
    assert set("".join(periods.described()).splitlines()) == set(external_lines(graphs_period(row, "")))


def test_labels_are_in_both_languages() -> None:
    assert span("2011-03", "2020-03").label_en == "March 2011 to March 2020"
    assert span("2011-03", "2020-03").label_ar == "من آذار/مارس 2011 إلى آذار/مارس 2020"
    assert end_of_day("2019-12-31").label_ar == "في نهاية 31 كانون الأول/ديسمبر 2019"


@given(st.dates().filter(lambda value: 1000 < value.year < 9999))
def test_a_day_ends_where_the_next_begins(value: object) -> None:
    period = one(str(value))
    assert one(period.end).begin == period.end > period.begin
