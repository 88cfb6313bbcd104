"""Which figures meet, how far apart they are, and why they may differ."""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph as ox

from snhr_kg import names
from snhr_kg.comparisons.compare import compare_with
from snhr_kg.comparisons.periods import CONTAINS, SAME, WITHIN
from snhr_kg.comparisons.records import Comparison, Topic
from snhr_kg.comparisons.select import select_in, version_order

MINES = """
<https://w3id.org/snhr-kg/external/mine/1> a snhr:ExternalDataset .
<https://w3id.org/snhr-kg/external/mine/1/figure/1> a snhr:ExternalFigure ;
  snhr:fromDataset <https://w3id.org/snhr-kg/external/mine/1> ;
  snhr:indicator <https://w3id.org/snhr-kg/code/indicator/deaths> ;
  snhr:violationType <https://w3id.org/snhr-kg/code/violation-type/planting-of-mines> ;
  snhr:perpetrator <https://w3id.org/snhr-kg/code/perpetrator/all> ;
  snhr:victimGroup <https://w3id.org/snhr-kg/code/victim-group/civilians> ;
  snhr:weapon <https://w3id.org/snhr-kg/code/weapon/mine> ; snhr:place <https://w3id.org/snhr-kg/code/place/syria> ;
  snhr:period <https://w3id.org/snhr-kg/code/period/1995> ; snhr:unit <https://w3id.org/snhr-kg/code/unit/persons> ;
  snhr:value 150 ; snhr:lowerBound 150 ; snhr:upperBound 160 .
"""


def ends(found: list[Comparison]) -> list[tuple[str, str, str]]:
    return [
        (*(side.iri.removeprefix(names.BASE) for side in (row.left, row.right)), row.relation)  # type: ignore[misc]
        for row in found
    ]


def test_the_report_meets_snhrs_nearest_counts_before_and_after_and_the_others_once(found: list[Comparison]) -> None:
    report = "report/1999-09-09/figure/deaths"
    assert ends(found)[:4] == [
        (report, "external/series/snhr-1998/figure/deaths", CONTAINS),
        (report, "external/series/snhr-2000/figure/deaths", WITHIN),
        (report, "external/series/other-2000/figure/deaths", WITHIN),
        ("external/series/snhr-2000/figure/deaths", "external/series/other-2000/figure/deaths", SAME),
    ]


def test_the_report_does_not_meet_a_count_that_ended_years_before_where_snhr_has_a_nearer_one(
    found: list[Comparison],
) -> None:
    met = [row.left.source.iri for row in found if row.right.value == 120]
    assert met == [names.external("series", "snhr-1998")]


def test_snhrs_other_publications_meet_others_in_the_same_period(found: list[Comparison]) -> None:
    (same,) = (row for row in found if row.relation == SAME)
    assert (same.left.value, same.right.value) == (1400, 3000)
    assert (same.difference, same.ratio) == (1600, Decimal("2.1429"))
    assert same.arithmetic == "3,000 − 1,400 = 1,600; 3,000 ÷ 1,400 = 2.1429"


def test_reasons_are_those_of_the_table_and_those_that_the_figures_show(found: list[Comparison]) -> None:
    codes = {(row.left.value, row.right.value): [reason.code for reason in row.reasons] for row in found}
    assert codes[Decimal(1234), Decimal(1300)] == ["period"]
    assert codes[Decimal(1234), Decimal(1400)] == ["period", "grade"]
    assert codes[Decimal(1234), Decimal(3000)] == ["not-independent", "period", "basis", "rounding"]
    assert codes[Decimal(1300), Decimal(120)] == ["period", "version"]


def test_the_latest_version_is_compared_and_the_others_are_told_of(found: list[Comparison]) -> None:
    row = next(row for row in found if row.right.value == 120)
    assert row.right.source.version == "10.1"
    assert "80 to 120" in next(reason.note_en for reason in row.reasons if reason.code == "version")
    assert version_order("1.4-2016") < version_order("9.1") < version_order("10.1")


def test_every_comparison_that_shows_a_difference_has_a_reason(found: list[Comparison]) -> None:
    assert all(row.reasons for row in found if row.difference or row.relation != SAME)


def test_a_dataset_in_no_table_is_compared_by_its_codes_and_its_want_of_a_definition_is_told(
    invented: ox.Store, topics: tuple[Topic, ...]
) -> None:
    store = ox.Store()
    store.bulk_extend(invented)
    prefixed = f"PREFIX snhr: <{names.SNHR}> INSERT DATA {{ GRAPH <{names.graph('external/mine/1')}> {{ {MINES} }} }}"
    store.update(prefixed)
    dataset = names.external("mine", "1")
    assert list(compare_with(select_in(store), topics)) == list(compare_with(select_in(invented), topics))
    (row,) = (
        row
        for found in compare_with(select_in(store), topics, [dataset])
        for row in found.comparisons[-1:]
        if row.right.source.iri == dataset
    )
    assert [reason.code for reason in row.reasons] == ["definition", "period", "rounding"]
    assert (row.left.value, row.difference, row.ratio) == (None, None, None)
    assert row.arithmetic == "[150, 160] − [200, 999] = [−849, −40]; no ratio, for want of a value"


def test_comparisons_come_in_one_order(invented: ox.Store, topics: tuple[Topic, ...], found: list[Comparison]) -> None:
    again = ox.Store()
    again.bulk_extend(sorted(invented, key=str, reverse=True))
    assert [row for compared in compare_with(select_in(again), topics) for row in compared.comparisons] == found
