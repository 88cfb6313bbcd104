"""Nobody sums twice: what a row is a part of, and which rows may be added."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import pytest

from snhr_kg.exports.tidy_columns import LIST_SEPARATOR

FIGURE = "report/2020-03-15/figure/"
SLICE = ("citation_key", "indicator", "violation_type", "victim_group", "weapon", "unit")


@pytest.fixture(scope="module")
def rows(tables):
    return {row["id"]: row for row in tables["observations"]}


@pytest.fixture(scope="module")
def parts(tables):
    return {(row["part"], row["total"]): row["how"] for row in tables["parts"]}


def total(rows, **wanted):
    """The sum that a reader makes who follows the rule: one slice of one report, rows that count once."""
    found = [
        row
        for row in rows.values()
        if row["kind"] in ("stated", "derived")
        and row["counts_once"] == "true"
        and all(row[name] == value for name, value in wanted.items())
    ]
    assert len({(row["unit"], row["indicator"], row["violation_type"]) for row in found}) == 1
    return sum(int(row["value"]) for row in found)


@pytest.mark.parametrize(
    ("violation", "indicator", "group", "expected"),
    [
        ("torture", "deaths", "individuals", 14391),
        ("use-of-cluster-munitions", "attacks", "_Z", 492),
        ("use-of-chemical-weapons", "attacks", "_Z", 222),
        ("use-of-incendiary-weapons", "attacks", "_Z", 171),
        ("detention-or-disappearance", "detained-or-disappeared", "individuals", 146825),
        ("forced-displacement", "displaced", "individuals", 15200000),
        ("siege", "deaths", "civilians", 953),
    ],
)
def test_rows_that_count_once_add_up_to_the_total(rows, violation, indicator, group, expected):
    assert total(rows, violation_type=violation, indicator=indicator, victim_group=group) == expected


def test_a_row_that_says_possible_is_no_more_than_its_total(rows, parts):
    assert parts[f"{FIGURE}displaced-from-idlib", f"{FIGURE}displaced"] == "possible"


def test_parts_of_other_groups_are_named_and_count_in_their_own_slice(rows, parts):
    assert parts[f"{FIGURE}siege-deaths-sdf-children", f"{FIGURE}siege-deaths-sdf"] == "stated"
    assert rows[f"{FIGURE}siege-deaths-sdf-children"]["counts_once"] == "true"


def test_part_of_names_the_totals_that_the_table_of_parts_has(rows, parts):
    named = {(name, whole) for name, row in rows.items() for whole in row["part_of"].split(LIST_SEPARATOR) if whole}
    assert named == set(parts)


def test_nothing_is_a_part_of_its_part(parts):
    assert [pair for pair in parts if pair[::-1] in parts] == []


def test_no_two_rows_that_count_once_are_part_and_total(rows, parts):
    for part, whole in parts:
        if all(rows[part][name] == rows[whole][name] for name in SLICE) and rows[part]["kind"] != "derived":
            assert rows[part]["counts_once"] == "false", (part, whole)


def test_what_an_aggregate_was_added_up_from_is_a_part_of_it(rows, parts):
    aggregates = {name: row["derived_from"] for name, row in rows.items() if row["kind"] == "aggregate"}
    assert aggregates
    for total, inputs in aggregates.items():
        for part in filter(None, inputs.split(LIST_SEPARATOR)):
            assert parts[part, total] == "stated"


def test_shares_and_orders_of_magnitude_never_count(rows):
    assert [
        row["id"]
        for row in rows.values()
        if row["counts_once"] == "true" and (row["unit"] == "percent" or not row["value"])
    ] == []


def test_rows_of_one_dataset_that_count_once_do_not_overlap(rows):
    cells = defaultdict(list)
    for row in rows.values():
        if row["kind"] in ("external", "aggregate") and row["counts_once"] == "true":
            key = [row[name] for name in (*SLICE, "basis", "place_role", "perpetrator", "place")]
            cells[tuple(key)].append((row["period_begin"], row["period_end"], row["id"]))
    for spans in cells.values():
        ordered = sorted(spans)
        for (_, end, one), (begin, _, other) in pairwise(ordered):
            assert end < begin, (one, other)
