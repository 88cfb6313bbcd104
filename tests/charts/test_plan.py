"""Which charts there are of a report, and that they show what it states: no more, and nothing twice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from snhr_kg import names
from snhr_kg.charts.breakdowns import HEADLINE, Stated
from snhr_kg.charts.files import all_charts
from snhr_kg.charts.records import NOTHING, PART, REST, TOTAL, BarChart, Row

IRI = "https://w3id.org/snhr-kg/report/2020-03-15"


def shown(chart: BarChart) -> dict[str, tuple[str, str]]:
    return {row.iri.rpartition("/")[2]: (row.role, row.amount("en").short) for row in chart.rows}


def test_deaths_under_torture_stand_with_their_total_and_the_rest(charts: dict[str, BarChart]) -> None:
    chart = charts["torture-deaths-by-perpetrator"]
    assert shown(chart) == {
        "torture-deaths": (TOTAL, "≥ 14,391"),
        "torture-deaths-syrian-regime": (PART, "14,221"),
        "torture-deaths-isis": (PART, "32"),
        "torture-deaths-hts": (PART, "25"),
        "torture-deaths-sdf": (PART, "≥ 50"),
        "torture-deaths-armed-opposition": (PART, "43"),
        "torture-deaths-by-perpetrator--rest": (REST, "20"),
    }
    assert chart.whole == 14391
    assert "14,371" in chart.note.en
    assert "at least 14,391" in chart.note.en
    assert "14,371" in chart.note.ar


def test_every_number_of_a_chart_is_that_of_its_figure(charts: dict[str, BarChart], stated: Stated) -> None:
    by_iri = {figure.iri: figure for figure in stated.figures.values()}
    rows = [row for chart in charts.values() for row in chart.rows if row.role != REST]
    assert len(rows) > 60
    for row in rows:
        figure = by_iri[row.iri]
        assert (row.value, row.qualifier, row.unit) == (figure.value, figure.qualifier, figure.unit)
        assert (row.lower, row.upper) == (figure.interval.low, figure.interval.high)


def test_each_breakdown_is_drawn_and_each_slice_that_has_parts(charts: dict[str, BarChart], stated: Stated) -> None:
    about = {iri for chart in charts.values() for iri in chart.about}
    for breakdown in stated.tables.breakdowns:
        assert charts[breakdown.id].kind == breakdown.kind
        assert f"{IRI}/breakdown/{breakdown.id}" in about
        assert [row.iri for row in charts[breakdown.id].rows if row.role != REST] == [
            f"{IRI}/figure/{id}" for id in (breakdown.total, *breakdown.components)
        ]
    for one in stated.tables.slices:
        assert (f"{IRI}/slice/{one.id}" in about) == (len(one.figures) > 1), one.id


def test_a_list_that_is_a_breakdown_is_not_drawn_twice(charts: dict[str, BarChart]) -> None:
    assert f"{IRI}/slice/chart-torture-deaths" in charts["torture-deaths-by-perpetrator"].about
    assert "chart-torture-deaths" not in charts
    resolutions = charts["list-chemical-attacks-by-resolution"]
    assert [row.value for row in resolutions.rows] == [217, 33, 184, 115, 59]
    assert "must not be added up" in resolutions.note.en


def test_the_sum_of_the_parts_is_told_only_of_partitions(charts: dict[str, BarChart]) -> None:
    for chart in charts.values():
        assert ("add up to" in chart.note.en) == (chart.kind == "partition"), chart.id
        assert ("مجموع الأجزاء" in chart.note.ar) == (chart.kind == "partition"), chart.id
    assert "The parts add up to 492, the total." in charts["cluster-attacks-by-perpetrator"].note.en


def test_the_headline_holds_no_part_of_another_and_one_unit(charts: dict[str, BarChart], stated: Stated) -> None:
    rows = charts[HEADLINE].rows
    assert [row.value for row in rows] == [226247, 146825, 14391]
    parts = {f"{IRI}/figure/{id}" for one in stated.tables.breakdowns for id in one.components}
    assert not parts & {row.iri for row in rows}
    assert {row.unit for row in rows} == {"persons"}
    assert "never add them up" in charts[HEADLINE].note.en


def test_a_number_without_a_value_is_told_as_the_range_it_means() -> None:
    hundreds = Row("x", NOTHING, PART, "persons", "order-of-magnitude", None, Decimal(200), Decimal(999))
    assert (hundreds.amount("en").short, hundreds.amount("ar").short) == ("200 to 999", "من 200 إلى 999")
    assert hundreds.is_range
    assert not hundreds.is_open


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_source_line_names_the_report_and_the_section(charts: dict[str, BarChart], language: str) -> None:
    source = charts["torture-deaths-by-perpetrator"].source[language]
    assert {"en": "“Deaths due to torture”", "ar": "«الوفيات بسبب التعذيب»"}[language] in source
    assert "2020" in source
    assert "snhr-kg" in source


def test_ids_can_stand_in_names_of_files(charts: dict[str, BarChart]) -> None:
    assert all(id.replace("-", "").isalnum() and id.isascii() for id in charts)
    assert names.report("2020-03-15") in charts[HEADLINE].about


def test_the_charts_of_a_second_report_have_ids_of_their_own(charts: dict[str, BarChart], stated: Stated) -> None:
    ids = [chart.id for chart in all_charts([stated, stated], [])]
    assert ids == [*charts, *(f"2020-03-15-{id}" for id in charts)]


def test_a_party_is_concerned_by_the_charts_that_tell_it_from_others(charts: dict[str, BarChart]) -> None:
    isis = names.code("perpetrator", "isis")
    assert [id for id, chart in charts.items() if isis in chart.about] == [
        "detained-by-perpetrator",
        "torture-deaths-by-perpetrator",
        "chemical-attacks-by-perpetrator",
    ]
    assert names.code("violation-type", "torture") in charts["torture-deaths-by-perpetrator"].about
    assert names.code("perpetrator", "_T") not in charts["torture-deaths-by-perpetrator"].about
