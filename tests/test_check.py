from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from by_hand import REPORT, Said, breakdown, codes, figure, in_another_order, mention, period, report, said
from snhr_kg.records import Check, ReportTables
from snhr_kg.rules.check import check
from snhr_kg.rules.derive import derive
from snhr_kg.rules.figure import state_figures
from snhr_kg.tables.read import read_report

IRI = f"https://w3id.org/snhr-kg/report/{REPORT}"


def answers(tables: ReportTables) -> dict[str, Check]:
    stated = state_figures(tables, codes())
    return {row.id: row for row in check(stated, derive(stated, tables, codes()), tables, codes())}


def verdicts(tables: ReportTables, rule: str) -> list[str]:
    return [row.verdict for row in answers(tables).values() if row.rule == rule]


def moved(statement: Said, **dimensions: str) -> Said:
    row = statement.figure
    return Said(replace(row, dimensions=replace(row.dimensions, **dimensions)), statement.mentions)


def partition(total: Said, *parts: Said) -> ReportTables:
    by_party = breakdown("partition", total.figure.id, *(part.figure.id for part in parts))
    each = [moved(part, perpetrator=f"party-{n}") for n, part in enumerate(parts)]
    return report(total, *each, breakdowns=[by_party])


def test_a_sum_that_agrees_is_shown_with_its_arithmetic() -> None:
    tables = partition(said("all", 492), said("a", 8), said("b", 248), said("c", 236))
    answer = answers(tables)["partition-sum--all-partition"]
    assert (answer.verdict, answer.arithmetic) == ("consistent", "248 + 236 + 8 = 492; stated 492; residual 0")
    assert (answer.expected, answer.found, answer.residual) == (492, 492, 0)
    assert (answer.rule, answer.about) == ("partition-sum", f"{IRI}/breakdown/all-partition")
    assert answer.iri == f"{IRI}/check/partition-sum--all-partition"
    assert answer.involved == tuple(f"{IRI}/figure/{figure}" for figure in ("all", "b", "c", "a"))
    assert answer.label_en == "Parts against total: all-partition in English"
    assert "بالعربية" in answer.label_ar


def test_parts_that_fall_short_are_consistent_only_through_at_least() -> None:
    parts = (said("a", 14221), said("b", 50, "at-least"), said("c", 100))
    answer = answers(partition(said("all", 14391, "at-least"), *parts))["partition-sum--all-partition"]
    assert (answer.verdict, answer.residual) == ("consistent-only-through-at-least", 20)


@pytest.mark.parametrize(
    ("total", "parts", "verdict"),
    [
        (said("all", 100), (said("a", 50), said("b", 49)), "contradictory"),
        (said("all", 100, "at-least"), (said("a", 50), said("b", 50)), "consistent"),
        (said("all", 100, "at-least"), (said("a", 50), said("b", 49)), "contradictory"),
        (said("all", 99, "at-least"), (said("a", 50), said("b", 50)), "consistent-only-through-at-least"),
        (said("all", 100), (said("a", 50), said("b", 49, "at-least")), "consistent-only-through-at-least"),
        (said("all", 100), (said("a", 50), said("b", 50, "more-than")), "contradictory"),
        (said("all", 218), (said("a", 217, "nearly"),), "contradictory"),
        (said("all", 216), (said("a", 217, "nearly"),), "consistent"),
        (
            said("all", "15.3 million", "approximately", value=15300000),
            (said("a", "nine million", value=9000000), said("b", "6.2 million", "nearly", value=6200000)),
            "consistent",
        ),
        (said("all", "147,000", "nearly"), (said("a", "146,825", "at-least"),), "consistent"),
        (said("all", "hundreds", magnitude="hundreds"), (said("a", 300),), "consistent"),
    ],
)
def test_the_verdict_on_a_sum_follows_from_the_bounds(total: Said, parts: tuple[Said, ...], verdict: str) -> None:
    assert verdicts(partition(total, *parts), "partition-sum") == [verdict]


def test_a_vague_word_is_no_ground_for_a_contradiction() -> None:
    assert answers(partition(said("all", "hundreds", magnitude="hundreds"), said("a", 5000))) == {}
    word, number = mention("toll", "hundreds", magnitude="hundreds", start=1), mention("toll", 5000, start=9)
    assert answers(report(Said(figure("toll"), (word, number)))) == {}


def test_a_vague_word_that_fits_is_consistent_and_leaves_the_numbers_open() -> None:
    word, number = mention("toll", "millions", magnitude="millions", start=1), mention("toll", 5000000, start=9)
    (answer,) = answers(report(Said(figure("toll"), (word, number)))).values()
    assert (answer.verdict, answer.found, answer.residual) == ("consistent", None, None)
    assert answer.arithmetic == "principal mention 5,000,000 (Exact); this mention millions (Order of magnitude)"


def mentions(*rows: tuple[str, str, int]) -> ReportTables:
    """A figure with these mentions: part, qualifier and value."""
    return report(
        Said(figure("toll"), tuple(mention("toll", value, said_as, part=part) for part, said_as, value in rows))
    )


def test_each_mention_that_says_something_else_is_asked_about_once() -> None:
    same = (("body", "exact", 226247), ("caption", "exact", 226247))
    found = answers(mentions(*same, ("heading", "more-than", 250000), ("title", "nearly", 226247)))
    assert list(found) == ["mentions-agree--toll--heading-0", "mentions-agree--toll--title-0"]
    heading = found["mentions-agree--toll--heading-0"]
    assert heading.verdict == "contradictory"
    assert (heading.expected, heading.found, heading.residual) == (226247, 250000, -23753)
    assert heading.arithmetic == "principal mention 226,247 (Exact); this mention 250,000 (More than); residual −23,753"
    assert heading.about == f"{IRI}/mention/toll--heading-0"
    assert heading.involved == (f"{IRI}/figure/toll", f"{IRI}/mention/toll--body-0", heading.about)
    assert heading.label_en == "Stated more than once: toll in English (Heading)"


@pytest.mark.parametrize(
    ("principal", "other", "verdict"),
    [
        (("at-least", 146825), ("nearly", 147000), "consistent"),
        (("at-least", 3481), ("nearly", 3500), "consistent-only-through-at-least"),
        (("exact", 100100), ("nearly", 100000), "consistent"),
        (("at-least", 3481), ("more-than", 3400), "consistent-only-through-at-least"),
        (("exact", 1234), ("more-than", 1234), "contradictory"),
        (("exact", 1234), ("at-least", 1234), "consistent"),
        (("at-least", 1234), ("more-than", 1234), "consistent"),
        (("exact", 1234), ("at-least", 1233), "consistent-only-through-at-least"),
        (("exact", 1234), ("exact", 1233), "contradictory"),
    ],
)
def test_the_verdict_on_two_mentions_follows_from_the_bounds(
    principal: tuple[str, int], other: tuple[str, int], verdict: str
) -> None:
    assert verdicts(mentions(("body", *principal), ("title", *other)), "mentions-agree") == [verdict]


def shared(share: Said, *counts: Said) -> ReportTables:
    return report(said("toll", 14391, "at-least"), share, *counts)


def test_a_share_is_compared_with_what_the_counts_come_to() -> None:
    share = said("share", "99 percent", share_of="toll", perpetrator="isis")
    answer = answers(shared(share, said("isis", 14221, perpetrator="isis")))["share-of-count--share"]
    assert answer.verdict == "consistent"
    assert answer.arithmetic == "100 × 14,221 ÷ 14,391 = 98.8187; stated 99; residual 0.1813"
    assert (answer.found, answer.residual) == (Decimal("98.8187"), Decimal("0.1813"))
    assert answer.about == f"{IRI}/figure/share"
    assert answer.involved == tuple(f"{IRI}/figure/{name}" for name in ("share", "isis", "toll"))


@pytest.mark.parametrize(
    ("printed", "qualifier", "numerator", "whole", "verdict"),
    [
        ("20 percent", "exact", 200, 999, "consistent"),
        ("20 percent", "exact", 250, 999, "contradictory"),
        ("20 percent", "more-than", 241, 1200, "consistent"),
        ("20 percent", "more-than", 240, 1200, "contradictory"),
        ("20 percent", "at-least", 240, 1200, "consistent"),
        ("16.7 percent", "exact", 200, 1201, "consistent"),
        ("16.66 percent", "exact", 200, 1201, "contradictory"),
    ],
)
def test_the_verdict_on_a_share_heeds_its_rounding_and_its_open_bound(
    printed: str, qualifier: str, numerator: int, whole: int, verdict: str
) -> None:
    share = said("share", printed, qualifier, share_of="toll", perpetrator="isis")
    tables = report(said("toll", whole), share, said("isis", numerator, perpetrator="isis"))
    assert verdicts(tables, "share-of-count") == [verdict]


def test_a_computed_count_serves_as_numerator() -> None:
    share = said("share", "18 percent", "more-than", share_of="toll", victim_group="women-and-children")
    children, women = said("c", 29257, victim_group="children"), said("w", 16021, victim_group="women")
    answer = answers(report(said("toll", 226247), share, children, women))["share-of-count--share"]
    assert (answer.verdict, answer.found) == ("consistent", Decimal("20.0126"))
    assert answer.involved[1] == f"{IRI}/derived/toll--women-and-children"


def test_a_share_without_a_counted_numerator_or_whole_is_not_asked_about() -> None:
    share = said("share", "90 percent", share_of="toll", perpetrator="isis")
    assert verdicts(report(said("toll", 100), share), "share-of-count") == []
    loose = said("share", "90 percent", denominator="persons-so-detained", perpetrator="isis")
    assert verdicts(report(said("toll", 100), loose, said("isis", 90, perpetrator="isis")), "share-of-count") == []
    assert verdicts(report(said("toll", 0), share, said("isis", 0, perpetrator="isis")), "share-of-count") == []


@pytest.mark.parametrize(
    ("whole", "part", "verdict"),
    [
        (said("all", 920), said("a", 405), "consistent"),
        (said("all", 920), said("a", 921), "contradictory"),
        (said("all", 920), said("a", 900, "at-least"), "consistent"),
        (said("all", 920), said("a", 920, "more-than"), "contradictory"),
        (said("all", 920, "at-least"), said("a", 920, "more-than"), "consistent"),
        (said("all", 920, "at-least"), said("a", 921), "consistent-only-through-at-least"),
        (said("all", "9,000"), said("a", "9,400"), "consistent"),
    ],
)
def test_a_part_may_not_exceed_its_whole(whole: Said, part: Said, verdict: str) -> None:
    subset = breakdown("subset", "all", "a", dimension="victim_group")
    tables = report(whole, moved(part, victim_group="men"), breakdowns=[subset])
    assert verdicts(tables, "subset-within-whole") == [verdict]


def test_each_part_of_a_whole_is_asked_about_alone() -> None:
    children, women = said("c", 405, victim_group="children"), said("w", 1000001, victim_group="women")
    subset = breakdown("subset", "all", "c", "w", dimension="victim_group")
    found = answers(report(said("all", 920), children, women, breakdowns=[subset]))
    assert found["subset-within-whole--all-subset--c"].arithmetic == "920 ≥ 405; residual 515"
    assert found["subset-within-whole--all-subset--w"].arithmetic == "920 < 1,000,001; residual −999,081"


def nested(*counts: tuple[str, int, str]) -> ReportTables:
    """Counts since the given years, with qualifier; the first is the total."""
    statements = [said(f"since-{year}", n, qualifier, period=year) for year, n, qualifier in counts]
    total, *inner = (statement.figure.id for statement in statements)
    periods = [period(year, year, "2020") for year, _, _ in counts]
    return report(*statements, breakdowns=[breakdown("nested", total, *inner, dimension="period")], periods=periods)


@pytest.mark.parametrize(
    ("counts", "verdict", "arithmetic"),
    [
        (
            (("2013", 184, "exact"), ("2016", 59, "exact"), ("2015", 115, "exact")),
            "consistent",
            "184 ≥ 115 ≥ 59; residual 56",
        ),
        (
            (("2013", 184, "exact"), ("2016", 120, "exact"), ("2015", 115, "exact")),
            "contradictory",
            "184 ≥ 115 < 120; residual −5",
        ),
        (
            (("2013", 184, "at-least"), ("2015", 190, "exact"), ("2016", 59, "exact")),
            "consistent-only-through-at-least",
            "184 < 190 ≥ 59; residual −6",
        ),
    ],
)
def test_counts_since_later_days_may_not_grow(
    counts: tuple[tuple[str, int, str], ...], verdict: str, arithmetic: str
) -> None:
    answer = answers(nested(*counts))["nested-not-growing--since-2013-nested"]
    assert (answer.verdict, answer.arithmetic) == (verdict, arithmetic)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6), st.integers(-2, 2))
def test_exact_parts_are_consistent_exactly_when_they_add_up(parts: list[int], off: int) -> None:
    def odd(number: int) -> int:
        return number * 2 + 1  # no zeros at the end, so that every count is printed in full

    counts = [odd(part) for part in parts]
    total = max(sum(counts) + off, 0)
    tables = partition(said("all", str(total), value=total), *(said(f"p{n}", count) for n, count in enumerate(counts)))
    whole = total % 1000 != 0 or total == 0
    (verdict,) = verdicts(tables, "partition-sum")
    if whole:
        assert verdict == ("consistent" if total == sum(counts) else "contradictory")
    else:
        assert total != sum(counts) or verdict == "consistent"


@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_never_changes_the_answers(chance: random.Random) -> None:
    tables = partition(said("all", 14391, "at-least"), said("a", 14221), said("b", 50, "at-least"), said("c", 100))
    extra = mentions(("body", "exact", 226247), ("heading", "more-than", 250000), ("title", "nearly", 226247))
    tables = replace(tables, figures=tables.figures + extra.figures, mentions=tables.mentions + extra.mentions)
    assert answers(in_another_order(tables, chance)) == answers(tables)


def test_the_small_invented_report_contradicts_itself_once_and_leans_on_at_least_twice(tiny: Path) -> None:
    found = answers(read_report(tiny, codes()))
    assert {id_: row.verdict for id_, row in found.items() if row.verdict != "consistent"} == {
        "mentions-agree--civilian-deaths--contents": "contradictory",
        "mentions-agree--civilian-deaths--heading": "contradictory",
        "mentions-agree--held--contents": "consistent-only-through-at-least",
        "mentions-agree--held--heading": "consistent-only-through-at-least",
        "partition-sum--held-by-perpetrator": "consistent-only-through-at-least",
    }
