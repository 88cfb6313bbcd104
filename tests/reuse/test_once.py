"""Nobody sums twice: what a row is a part of, and which rows may be added."""

from __future__ import annotations

import pytest

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
