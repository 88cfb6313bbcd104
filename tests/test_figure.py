from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from by_hand import REPORT, Said, codes, figure, mention, report, said
from snhr_kg.records import Mention, StatedFigure
from snhr_kg.rules import interval
from snhr_kg.rules.figure import principal_mention, read_mention, state_figures


def state(*statements: Said) -> dict[str, StatedFigure]:
    return {row.figure.id: row for row in state_figures(report(*statements), codes())}


def principal(*mentions: Mention) -> Mention:
    return principal_mention(figure("toll"), mentions)


def test_most_significant_digits_win_over_a_better_place_in_the_text() -> None:
    rounded, full = mention("toll", "147,000", "nearly"), mention("toll", "146,825", part="caption", start=90)
    assert principal(rounded, full) is full


@pytest.mark.parametrize(
    ("fewer", "more"),
    [
        (mention("toll", "147,000"), mention("toll", "1,030", part="title")),
        (mention("toll", "a quarter of a million", value=250000), mention("toll", "492", part="title")),
        (mention("toll", "15 million", value=15000000), mention("toll", "15.2 million", value=15200000, part="title")),
        (mention("toll", "hundreds", magnitude="hundreds"), mention("toll", "Eight", value=8, part="title")),
    ],
)
def test_zeros_that_only_show_rounding_are_no_significant_digits(fewer: Mention, more: Mention) -> None:
    assert principal(fewer, more) is more


def test_among_equal_digits_the_body_goes_first_then_caption_heading_contents_title_and_the_rest() -> None:
    parts = ["body", "caption", "heading", "contents", "title", "back-matter"]
    mentions = [mention("toll", 492, part=part, start=100 - n) for n, part in enumerate(parts)]
    while mentions:
        assert principal(*reversed(mentions)) is mentions.pop(0)


def test_what_is_equal_in_all_else_is_settled_by_the_place_in_the_text() -> None:
    first, second = mention("toll", 492, start=5), mention("toll", 492, start=50)
    assert principal(second, first) is first


def test_a_figure_carries_value_qualifier_and_bounds_of_its_principal_mention() -> None:
    row = figure("toll")
    mentions = (mention("toll", "147,000", "nearly", start=1), mention("toll", "146,825", "at-least", start=9))
    stated = state(Said(row, mentions))["toll"]
    assert (stated.value, stated.qualifier, stated.rounding_unit) == (Decimal(146825), "at-least", Decimal(1))
    assert interval.written(stated.interval) == "≥ 146,825"
    assert stated.principal is mentions[1]
    assert stated.mentions == mentions
    assert stated.iri == f"https://w3id.org/snhr-kg/report/{REPORT}/figure/toll"


@pytest.mark.parametrize(
    ("statement", "data_set", "unit"),
    [
        (said("n", 492), "counts", "persons"),
        (said("n", 492, indicator="attacks"), "counts", "attacks"),
        (said("n", "99 percent", share_of="toll"), "shares", "percent"),
        (said("n", "almost 90 percent", value=90, denominator="persons-so-detained"), "shares", "percent"),
        (said("n", "hundreds", magnitude="hundreds"), "magnitudes", "persons"),
        (said("n", "half", magnitude="half", denominator="syrian-population"), "magnitudes", "percent"),
    ],
)
def test_the_principal_mention_decides_data_set_and_unit(statement: Said, data_set: str, unit: str) -> None:
    stated = state(statement)["n"]
    assert (stated.data_set, stated.unit) == (data_set, unit)


def test_a_figure_stated_by_a_word_and_a_number_is_a_count() -> None:
    words = mention("toll", "millions", magnitude="millions", start=1)
    number = mention("toll", "15.2 million", "approximately", value=15200000, part="title", start=0)
    assert state(Said(figure("toll"), (words, number)))["toll"].data_set == "counts"


def test_a_vague_word_has_bounds_but_neither_value_nor_rounding_unit() -> None:
    stated = state(said("n", "scores", magnitude="scores"))["n"]
    assert (stated.value, stated.rounding_unit) == (None, None)
    assert interval.written(stated.interval) == "≥ 40"


@pytest.mark.parametrize(
    ("row", "pinned"),
    [
        (mention("toll", "492", "at-least"), "492"),
        (mention("toll", "1.2 million", "at-least", value=1200000), "1,200,000 to 1,250,000"),
        (mention("toll", "147,000", "nearly"), "146,000 to 147,500"),
        (mention("toll", "millions", magnitude="millions"), "≥ 2,000,000"),
    ],
)
def test_at_least_read_closely_ends_where_the_bare_number_would(row: Mention, pinned: str) -> None:
    assert interval.written(read_mention(row, figure("toll"), codes()).pinned) == pinned


def test_figures_come_sorted_whatever_the_order_of_rows() -> None:
    tables = report(said("b", 2), said("a", 1), said("c", 3))
    turned = replace(tables, figures=tables.figures[::-1], mentions=tables.mentions[::-1])
    assert state_figures(tables, codes()) == state_figures(turned, codes())
    assert [row.figure.id for row in state_figures(tables, codes())] == ["a", "b", "c"]
