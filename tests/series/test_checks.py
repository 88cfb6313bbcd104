"""The checks of series: what they find in the shipped tables, and that the rules hold on invented ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snhr_kg.codes.lists import CodeLists
from snhr_kg.errors import TableError
from snhr_kg.records import Check, Dimensions, Period, Source, StatedFigure
from snhr_kg.series import read_series
from snhr_kg.series.checks import check_series
from snhr_kg.series.records import Breakdown, Publication, Publisher, Reading, Series, SeriesFigure, SeriesTables
from snhr_kg.series.values import read_value

Invent = Callable[..., Path]
Replaced = Callable[[str, str, str], str]
NOWHERE = Source("invented.csv", 2)

COUNTS = st.integers(0, 300_000)

FALLS = {
    ("snhr-torture-deaths", 14391, 14388, 3),
    ("snhr-displaced", 15_200_000, 13_000_000, 2_200_000),
    ("snhr-siege-deaths-syrian-regime", 921, 920, 1),
    ("snhr-killed-females-syrian-regime", 27464, 21856, 5608),
    ("snhr-torture-deaths-children-syrian-regime", 160, 132, 28),
    ("vdc-killed-individuals", 130035, 124388, 5647),
}
"""Cumulative counts that fall: series, before, after, by how much."""

SHORT = {("13,152", 9), ("227,413", 2), ("231,278", 4), ("68,334", 18)}
"""Totals that their parts do not come to: as published, and what is missing."""


@pytest.fixture(scope="module")
def answers(tables: SeriesTables, codes: CodeLists, stated: tuple[StatedFigure, ...]) -> tuple[Check, ...]:
    return check_series(tables, codes, stated)


def of(answers: tuple[Check, ...], rule: str, verdict: str = "contradictory") -> list[Check]:
    return [row for row in answers if row.rule == rule and row.verdict == verdict]


def test_the_counts_that_fall_are_these(answers: tuple[Check, ...]) -> None:
    found = {
        (row.about.rsplit("/", 1)[1], row.expected, row.found, row.residual) for row in of(answers, "series-falls")
    }
    assert found == FALLS


def test_the_parts_that_do_not_come_to_their_total_are_these(answers: tuple[Check, ...]) -> None:
    found = {(row.arithmetic.split("published ")[1].split(";")[0], row.residual) for row in of(answers, "series-parts")}
    assert found == SHORT


def test_a_rounded_part_is_no_contradiction(answers: tuple[Check, ...]) -> None:
    (row,) = (row for row in answers if row.id.endswith("snhr-children-2020-06--killed-children--by-perpetrator"))
    assert (row.verdict, row.residual) == ("consistent", 53)


@pytest.mark.parametrize(
    ("series", "says"),
    [
        ("snhr-torture-deaths-women-syrian-regime", "46 to 74"),
        ("snhr-displaced", "revised estimate"),
        ("snhr-disappeared", "not to be chained"),
        ("sohr-killed-individuals", "Restated upward"),
        ("snhr-killed-armed-opposition", "perpetrator armed-opposition, then armed-opposition-and-sna"),
    ],
)
def test_a_change_of_definition_is_found_and_told(answers: tuple[Check, ...], series: str, says: str) -> None:
    told = [row.arithmetic for row in of(answers, "series-definition") if row.about.endswith(f"/{series}")]
    assert any(says in text for text in told)


def test_series_without_a_change_are_answered_once(answers: tuple[Check, ...], tables: SeriesTables) -> None:
    changed = {row.about for row in of(answers, "series-definition")}
    same = [row.about for row in of(answers, "series-definition", "consistent")]
    assert len(same) == len(set(same)) == len(tables.series) - len(changed)


def test_readings_that_differ_are_contradictory_and_the_same_value_elsewhere_is_not(answers: tuple[Check, ...]) -> None:
    for row in (row for row in answers if row.rule == "conflicting-readings"):
        assert (row.verdict == "contradictory") == (row.expected != row.found)


def test_every_answer_is_about_the_series_and_names_what_it_rests_on(answers: tuple[Check, ...]) -> None:
    assert len({row.id for row in answers}) == len(answers)
    assert all(row.iri.startswith("https://w3id.org/snhr-kg/external/series/check/") for row in answers)
    assert all(row.involved and row.label_en and row.label_ar and not row.report for row in answers)


def test_without_the_report_its_figures_are_passed_over(tables: SeriesTables, codes: CodeLists) -> None:
    involved = {iri for row in check_series(tables, codes) for iri in row.involved}
    assert not any("/report/" in iri for iri in involved)


def test_a_member_that_no_report_states_is_refused(invent: Invent, row: Replaced, codes: CodeLists) -> None:
    folder = invent(series_figures=row("series-figures", "second/all", "2020-03-15/nothing"))
    tables = read_series(folder, codes)
    with pytest.raises(TableError, match="no report states its member '2020-03-15/nothing'"):
        check_series(tables, codes, [])


def reading(figure: str, value: int, qualifier: str, codes: CodeLists) -> Reading:
    printed, number = f"{value:,}", Decimal(value)
    read = read_value(printed, number, qualifier, False, codes)
    return Reading(
        figure,
        printed,
        number,
        qualifier,
        "B",
        (1,),
        "2.1",
        "",
        read.rounding_unit,
        read.interval,
        read.pinned,
        NOWHERE,
    )


def figure(name: str, value: int, qualifier: str, codes: CodeLists, perpetrator: str = "_T") -> SeriesFigure:
    dimensions = Dimensions("deaths", "killing", perpetrator, "civilians", "_T", "syria", "2000")
    readings = (reading(name, value, qualifier, codes),)
    return SeriesFigure(name, dimensions, "documented", "", "", "", readings, NOWHERE)


def invented(
    figures: tuple[SeriesFigure, ...], breakdowns: tuple[Breakdown, ...] = (), series: tuple[Series, ...] = ()
) -> SeriesTables:
    return SeriesTables(
        publishers=(Publisher("sn", "Some Network", "شبكة ما", NOWHERE),),
        publications=(Publication("p", ("sn",), "", "First", "الأول", (), "", NOWHERE),),
        pages=(),
        periods=(Period("2000", "2000", "2001", "", "", "", "", "2000", "عام 2000", "", "", NOWHERE),),
        figures=figures,
        breakdowns=breakdowns,
        series=series,
        breaks=(),
    )


@given(st.lists(COUNTS, min_size=2, max_size=6))
def test_a_cumulative_series_of_exact_counts_falls_exactly_where_a_value_does(
    codes: CodeLists, values: list[int]
) -> None:
    figures = tuple(figure(f"p/f{place}", value, "exact", codes) for place, value in enumerate(values))
    line = Series("line", ("sn",), True, {"indicator": "deaths"}, "", tuple(row.id for row in figures), NOWHERE)
    found = [row for row in check_series(invented(figures, series=(line,)), codes) if row.rule == "series-falls"]
    assert len(found) == len(values) - 1
    exact = [value for value in values if value % 1000]
    if exact == values:
        falls = Counter(one - other for one, other in pairwise(values) if one > other)
        assert Counter(row.residual for row in found if row.verdict == "contradictory") == falls
    assert all(row.residual <= 0 for row in found if row.expected <= row.found)


@given(st.lists(COUNTS, min_size=2, max_size=4))
def test_a_series_that_is_not_cumulative_is_never_said_to_fall(codes: CodeLists, values: list[int]) -> None:
    figures = tuple(figure(f"p/f{place}", value, "exact", codes) for place, value in enumerate(values))
    line = Series("line", ("sn",), False, {}, "", tuple(row.id for row in figures), NOWHERE)
    assert not [row for row in check_series(invented(figures, series=(line,)), codes) if row.rule == "series-falls"]


def sum_check(whole: SeriesFigure, parts: tuple[SeriesFigure, ...], rest: int, codes: CodeLists) -> Check:
    """The check of a total and its parts by party, of which the source says that `rest` is left."""
    ids = tuple(row.id for row in parts)
    breakdown = Breakdown("p/all--by-perpetrator", "partition", "p/all", "perpetrator", rest, "", "", ids, NOWHERE)
    answers = check_series(invented((whole, *parts), (breakdown,)), codes)
    (answer,) = (row for row in answers if row.rule == "series-parts")
    return answer


@given(st.lists(COUNTS.filter(lambda value: value % 1000), min_size=1, max_size=6), st.integers(0, 50))
def test_exact_parts_contradict_their_total_exactly_when_something_is_left(
    codes: CodeLists, values: list[int], rest: int
) -> None:
    total = sum(values) + rest
    parts = tuple(figure(f"p/f{place}", value, "exact", codes, "isis") for place, value in enumerate(values))
    whole = figure("p/all", total, "exact", codes)
    answer = sum_check(whole, parts, rest, codes)
    assert answer.residual == rest
    if total % 1000:
        assert (answer.verdict == "contradictory") == (rest != 0)


@given(st.lists(COUNTS, min_size=1, max_size=6), st.integers(0, 50))
def test_parts_of_which_one_is_at_least_never_contradict_a_larger_total(
    codes: CodeLists, values: list[int], rest: int
) -> None:
    parts = tuple(figure(f"p/f{place}", value, "at-least", codes, "isis") for place, value in enumerate(values))
    whole = figure("p/all", sum(values) + rest, "exact", codes)
    answer = sum_check(whole, parts, rest, codes)
    assert answer.verdict != "contradictory"


@given(COUNTS.filter(lambda value: value % 1000), COUNTS.filter(lambda value: value % 1000))
def test_a_part_above_its_total_is_found_in_a_subset_too(codes: CodeLists, part: int, total: int) -> None:
    figures = (figure("p/all", total, "exact", codes), figure("p/isis", part, "exact", codes, "isis"))
    breakdown = Breakdown("p/all--by-perpetrator", "subset", "p/all", "perpetrator", None, "", "", ("p/isis",), NOWHERE)
    (answer,) = (row for row in check_series(invented(figures, (breakdown,)), codes) if row.rule == "series-parts")
    assert (answer.verdict == "contradictory") == (part > total)
