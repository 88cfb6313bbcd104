from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from by_hand import (
    NOWHERE,
    REPORT,
    Said,
    breakdown,
    codes,
    figure,
    in_another_order,
    instrument,
    mention,
    period,
    report,
    said,
    shuffled,
)
from snhr_kg.records import DerivedFigure, Period, ReportTables
from snhr_kg.rules.derive import derive
from snhr_kg.rules.figure import state_figures
from snhr_kg.rules.interval import written
from snhr_kg.tables.read import read_report


def derived(tables: ReportTables) -> dict[str, DerivedFigure]:
    return {row.id: row for row in derive(state_figures(tables, codes()), tables, codes())}


def values(tables: ReportTables) -> dict[str, int]:
    return {id_: int(row.value) for id_, row in derived(tables).items() if row.value is not None}


def bounds(row: DerivedFigure) -> str | None:
    return written(row.interval) if row.interval else None


CIVILIANS = said("toll", 1000)
CHILDREN = said("toll-children", 300, victim_group="children")
WOMEN = said("toll-women", 200, victim_group="women")
FEMALES = said("toll-females", 320, victim_group="females")


def test_girls_are_females_less_women_and_boys_then_children_less_girls() -> None:
    found = derived(report(CIVILIANS, CHILDREN, WOMEN, FEMALES))
    girls, boys = found["toll--girls"], found["toll--boys"]
    assert (girls.value, bounds(girls), girls.formula) == (120, "120", "320 − 200 = 120")
    assert (boys.value, bounds(boys), boys.formula) == (180, "180", "300 − 120 = 180")
    assert girls.iri == f"https://w3id.org/snhr-kg/report/{REPORT}/derived/toll--girls"
    assert boys.inputs == (f"https://w3id.org/snhr-kg/report/{REPORT}/figure/toll-children", girls.iri)
    assert (girls.rule, girls.data_set, girls.unit) == ("group-partition", "derived-counts", "persons")
    assert girls.dimensions == replace(FEMALES.figure.dimensions, victim_group="girls")
    assert girls.period is None


def test_men_and_the_sum_of_women_and_children_need_both() -> None:
    assert values(report(CIVILIANS, CHILDREN, WOMEN)) == {"toll--men": 500, "toll--women-and-children": 500}
    assert values(report(CIVILIANS, CHILDREN)) == {}


def test_what_a_derived_figure_presumes_is_said_in_both_languages() -> None:
    girls = derived(report(CIVILIANS, WOMEN, FEMALES))["toll--girls"]
    assert girls.presumes_en == (
        "That 320 “Females” and 200 “Women (adult female)” are counted among the same victims, those of 1,000 "
        "“Civilians”: the report tells them apart by group alone, but does not say so."
    )
    assert "1,000 «المدنيون»" in girls.presumes_ar
    assert girls.label_en == "Girls among “toll in English”: computed"
    assert "الطفلات" in girls.label_ar


def test_nothing_is_presumed_that_a_breakdown_of_the_report_says() -> None:
    rows = breakdown("subset", "toll", "toll-children", "toll-women", dimension="victim_group")
    men = derived(report(CIVILIANS, CHILDREN, WOMEN, breakdowns=[rows]))["toll--men"]
    assert men.presumes_en == (
        "That nobody is counted in two of the groups. That they are parts of “toll in English” is the report's word."
    )


@pytest.mark.parametrize(
    "other",
    [{"weapon": "chemical-weapon"}, {"violation_type": "siege"}, {"perpetrator": "isis"}, {"basis": "estimated"}],
)
def test_groups_are_never_put_together_across_causes_parties_or_bases(other: dict[str, str]) -> None:
    assert values(report(said("a", 320, victim_group="females"), said("b", 200, victim_group="women", **other))) == {}


def test_orders_of_magnitude_are_never_computed_with() -> None:
    assert values(report(said("a", "hundreds", magnitude="hundreds", victim_group="females"), WOMEN)) == {}
    tables = report(
        said("a", "hundreds", magnitude="hundreds", perpetrator="_T"),
        said("share", "50 percent", share_of="a", perpetrator="isis"),
    )
    assert derived(tables) == {}


def test_at_least_less_an_exact_count_keeps_its_lower_bound_and_less_at_least_has_none() -> None:
    females = said("f", 320, "at-least", victim_group="females")
    exact = derived(report(females, WOMEN))["f--girls"]
    assert (exact.value, bounds(exact)) == (120, "≥ 120")
    at_least = derived(report(females, said("w", 200, "at-least", victim_group="women")))["f--girls"]
    assert (at_least.value, bounds(at_least)) == (120, None)


def test_an_exact_count_less_at_least_is_bounded_by_zero_below() -> None:
    women = said("w", 200, "at-least", victim_group="women")
    assert bounds(derived(report(FEMALES, women))["toll-females--girls"]) == "0 to 120"


def test_bounds_of_a_derived_count_are_whole_numbers_inside() -> None:
    females = said("f", 320, "nearly", victim_group="females")
    assert bounds(derived(report(females, WOMEN))["f--girls"]) == "119 to 120"


def test_no_count_below_zero_is_derived_but_zero_is() -> None:
    assert values(report(said("f", 199, victim_group="females"), WOMEN)) == {}
    assert values(report(said("f", 200, victim_group="females"), WOMEN)) == {"f--girls": 0}


def test_what_is_not_stated_is_the_same_only_inside_one_breakdown() -> None:
    women, children = (replace_period(row, "_U") for row in (WOMEN, CHILDREN))
    civilians = replace_period(CIVILIANS, "_U")
    assert values(report(civilians, women, children)) == {}
    subset = breakdown("subset", "toll", "toll-children", "toll-women", dimension="victim_group")
    assert values(report(civilians, women, children, breakdowns=[subset])) == {
        "toll--men": 500,
        "toll--women-and-children": 500,
    }


def replace_period(statement: Said, notation: str) -> Said:
    row = statement.figure
    return Said(replace(row, dimensions=replace(row.dimensions, period=notation)), statement.mentions)


@pytest.mark.parametrize(
    "stated",
    [
        said("girls", 7, victim_group="girls"),
        said("girls", "hundreds", magnitude="hundreds", victim_group="girls"),
        Said(figure("other", victim_group="individuals"), (mention("other", 7, victim_group="girls"),)),
    ],
)
def test_what_the_report_states_is_not_derived_again(stated: Said) -> None:
    assert "toll--girls" not in derived(report(CIVILIANS, WOMEN, FEMALES, stated))


def test_a_stated_share_does_not_stand_in_for_its_count() -> None:
    share = said("share", "18 percent", "more-than", share_of="toll", victim_group="women-and-children")
    found = derived(report(CIVILIANS, CHILDREN, WOMEN, share))
    assert found["toll--women-and-children"].value == 500
    assert "share--implied-count" not in found


SINCE = [
    period("always", "2010", "2020-04"),
    period("since-a", "2013-09-27", "2020-04", "a"),
    period("since-b", "2015-03-06", "2020-04", "b"),
    period("since-c", "2015-08-07", "2020-04", "c"),
]
INSTRUMENTS = [instrument(name) for name in "abc"]
ATTACKS = [said(f"since-{name}", n, period=f"since-{name}") for name, n in zip("abc", (184, 115, 59), strict=True)]
NESTED = breakdown("nested", "since-a", "since-c", "since-b", dimension="period")


def test_counts_since_two_resolutions_give_the_count_between_them() -> None:
    tables = report(*ATTACKS, breakdowns=[NESTED], periods=SINCE, instruments=INSTRUMENTS)
    found = derived(tables)
    assert values(tables) == {"since-a--between-a-and-b": 69, "since-b--between-b-and-c": 56}
    first = found["since-a--between-a-and-b"]
    assert (first.formula, bounds(first), first.dimensions.period) == ("184 − 115 = 69", "69", "2013-09-27--2015-03-06")
    made = first.period
    assert made is not None
    assert (made.id, made.begin, made.end) == ("2013-09-27--2015-03-06", "2013-09-27", "2015-03-06")
    assert (made.begin_instrument, made.end_instrument, made.source) == ("a", "b", NOWHERE)
    assert made.label_en == "From Resolution a (2013-09-27) until Resolution b (2015-03-06)"


def test_a_period_that_the_report_states_is_used_where_it_has_the_same_ends() -> None:
    stated = period("between", "2013-09-27", "2015-03-06")
    tables = report(*ATTACKS, breakdowns=[NESTED], periods=[*SINCE, stated], instruments=INSTRUMENTS)
    first = derived(tables)["since-a--between-a-and-b"]
    assert (first.dimensions.period, first.period) == ("between", None)


@pytest.mark.parametrize(
    "changed",
    [
        {"since-b": period("since-b", "2015-03-06", "2019", "b")},
        {"since-b": period("since-b", "2015-03-06", "2020-04")},
        {"since-b": period("since-b", "", "2020-04", "b")},
        {"since-b": period("since-b", "2013-09-27", "2020-04", "b")},
    ],
)
def test_nothing_is_subtracted_across_other_ends_or_without_a_resolution(changed: dict[str, Period]) -> None:
    periods = [changed.get(row.id, row) for row in SINCE]
    tables = report(*ATTACKS[:2], breakdowns=[replace(NESTED, components=("since-b",))], periods=periods)
    assert derived(replace(tables, instruments=tuple(INSTRUMENTS))) == {}


@pytest.mark.parametrize("other", [{"basis": "estimated"}, {"perpetrator": "isis"}, {"place": "aleppo-governorate"}])
def test_nothing_is_subtracted_across_bases_parties_or_places(other: dict[str, str]) -> None:
    later = said("since-b", 115, period="since-b", **other)
    nested = replace(NESTED, components=("since-b",))
    assert derived(report(ATTACKS[0], later, breakdowns=[nested], periods=SINCE, instruments=INSTRUMENTS)) == {}


def test_counts_that_grow_towards_the_later_resolution_are_left_to_the_checks() -> None:
    growing = [said("since-a", 100, period="since-a"), said("since-b", 115, period="since-b")]
    nested = replace(NESTED, components=("since-b",))
    assert derived(report(*growing, breakdowns=[nested], periods=SINCE, instruments=INSTRUMENTS)) == {}


def parties(total: Said, *counts: int, qualifier: str = "exact") -> ReportTables:
    names = ("isis", "hts", "sdf")[: len(counts)]
    parts = [said(name, count, qualifier, perpetrator=name) for name, count in zip(names, counts, strict=True)]
    return report(total, *parts, breakdowns=[breakdown("partition", total.figure.id, *names)])


def test_what_parties_leave_of_a_total_is_attributed_to_none() -> None:
    rest = derived(parties(said("all", 100), 50, 30))["all-partition--rest"]
    assert (rest.value, bounds(rest), rest.formula) == (20, "20", "100 − 50 − 30 = 20")
    assert (rest.rule, rest.dimensions.perpetrator) == ("partition-rest", "_X")


@pytest.mark.parametrize(("total", "parts"), [("at-least", "exact"), ("exact", "at-least"), ("at-least", "at-least")])
def test_a_rest_has_no_bounds_where_total_or_a_part_is_at_least(total: str, parts: str) -> None:
    rest = derived(parties(said("all", 100, total), 50, 30, qualifier=parts))["all-partition--rest"]
    assert (rest.value, rest.interval) == (20, None)


@pytest.mark.parametrize(
    "tables",
    [
        parties(said("all", 80), 50, 30),
        parties(said("all", 70), 50, 30),
        parties(said("all", "15.2 million", value=15200000), 15_180_000),
        parties(said("all", 100, perpetrator="syrian-russian-alliance"), 50, 30),
        parties(said("all", "thousands", magnitude="thousands"), 50, 30),
        parties(said("all", 100, basis="estimated"), 50, 30),
    ],
    ids=["complete", "exceeded", "rounded", "of an alliance", "a word", "estimated"],
)
def test_there_is_no_rest_where_nothing_is_known_to_be_left_unattributed(tables: ReportTables) -> None:
    assert derived(tables) == {}


def test_there_is_no_rest_along_a_dimension_without_a_code_for_it() -> None:
    inland = said("inland", 30, indicator="displaced-internally")
    by_kind = breakdown("partition", "all", "inland", dimension="indicator")
    assert derived(report(said("all", 100, indicator="displaced"), inland, breakdowns=[by_kind])) == {}


def test_a_share_of_a_count_implies_the_whole_numbers_it_can_mean() -> None:
    share = said("share", "91.36 percent", share_of="toll", perpetrator="syrian-russian-alliance")
    implied = derived(report(said("toll", 226247), share))["share--implied-count"]
    assert (implied.value, bounds(implied)) == (None, "206,688 to 206,710")
    assert implied.formula == "(91.355 to 91.365) % × 226,247 = 206,688 to 206,710"
    assert (implied.rule, implied.data_set, implied.unit) == ("implied-by-share", "derived-intervals", "persons")


@pytest.mark.parametrize(
    ("qualifier", "whole", "expected"),
    [("more-than", "exact", "> 600 to 1,200"), ("exact", "at-least", "≥ 594"), ("nearly", "exact", "588 to 606")],
)
def test_an_implied_count_is_as_open_as_share_and_whole(qualifier: str, whole: str, expected: str) -> None:
    share = said("share", "50 percent", qualifier, share_of="toll", perpetrator="isis")
    assert bounds(derived(report(said("toll", 1200, whole), share))["share--implied-count"]) == expected


def test_a_share_of_something_uncounted_or_already_counted_implies_nothing() -> None:
    uncounted = said("share", "90 percent", "nearly", denominator="persons-so-detained", perpetrator="isis")
    assert derived(report(CIVILIANS, uncounted)) == {}
    share = said("share", "99 percent", share_of="toll", perpetrator="isis")
    assert derived(report(CIVILIANS, share, said("isis", 990, perpetrator="isis"))) == {}


GROUPS = ("civilians", "children", "girls", "boys", "women", "men", "females", "women-and-children")


@st.composite
def reports(draw: st.DrawFn) -> ReportTables:
    """Reports of a few groups under two parties, some counted, some shares or words, with partitions by party."""
    statements = []
    for party in ("_T", "isis", "hts"):
        for group in draw(st.sets(st.sampled_from(GROUPS), max_size=5)):
            id_, value = f"{group}-{party.strip('_').lower()}", draw(st.integers(0, 400))
            kind = draw(st.sampled_from(["exact", "at-least", "nearly", "word"]))
            word = {"magnitude": "hundreds"} if kind == "word" else {}
            printed = "hundreds" if word else str(value)
            statements.append(
                said(id_, printed, kind, victim_group=group, perpetrator=party, magnitude=word.get("magnitude", ""))
            )
    ids = {statement.figure.id for statement in statements}
    parts = {group: sorted({f"{group}-isis", f"{group}-hts"} & ids) for group in GROUPS if f"{group}-t" in ids}
    partitions = [breakdown("partition", f"{group}-t", *found) for group, found in parts.items() if found]
    return report(*statements, breakdowns=partitions)


@given(reports())
def test_derived_figures_never_take_a_stated_key_nor_one_another_s(tables: ReportTables) -> None:
    found = derived(tables).values()
    keys = [row.dimensions for row in found]
    assert len(set(keys)) == len(keys)
    assert not {row.dimensions for row in tables.figures} & set(keys)


@given(reports())
def test_derived_counts_are_whole_never_negative_and_rest_on_figures_that_exist(tables: ReportTables) -> None:
    found = derived(tables)
    known = {row.iri for row in state_figures(tables, codes())} | {row.iri for row in found.values()}
    for row in found.values():
        assert row.value is not None
        assert row.value >= 0
        assert set(row.inputs) <= known - {row.iri}
        for end in (row.interval.low, row.interval.high) if row.interval else ():
            assert end is None or (end >= 0 and end == end.to_integral_value())


@given(reports(), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_changes_what_is_derived(tables: ReportTables, chance: random.Random) -> None:
    turned = in_another_order(tables, chance)
    stated = shuffled(state_figures(turned, codes()), chance)
    assert derive(stated, turned, codes()) == tuple(derived(tables).values())


def test_values_are_exact_decimals() -> None:
    assert type(derived(report(FEMALES, WOMEN))["toll-females--girls"].value) is Decimal


def test_the_small_invented_report_yields_what_its_numbers_leave_open(tiny: Path) -> None:
    found = derived(read_report(tiny, codes()))
    assert {id_: row.formula.rsplit(" = ", 1)[-1] for id_, row in found.items()} == {
        "civilian-deaths--boys": "166",
        "civilian-deaths--girls": "146",
        "civilian-deaths--men": "695",
        "civilian-deaths--women-and-children": "517",
        "held-by-perpetrator--rest": "33",
        "pepper-attacks-since-12--between-resolution-12-and-resolution-19": "15",
        "pepper-attacks-since-19--between-resolution-19-and-resolution-23": "18",
        "quay-board-share--implied-count": "891 to 902",
    }
