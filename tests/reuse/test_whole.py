"""The whole graph as tables, datasets from elsewhere and all: valid, complete, cited, and nothing twice."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import pairwise

import frictionless
import pytest

from snhr_kg import content, names
from snhr_kg.exports.datapackage import write_datapackage
from snhr_kg.exports.tidy_columns import LIST_SEPARATOR
from snhr_kg.store import open_store

SLICE = ("citation_key", "indicator", "violation_type", "victim_group", "weapon", "unit")


@pytest.fixture(scope="module")
def store():
    return open_store(content.graph_folder())


@pytest.fixture(scope="module")
def package(store, tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "tables"
    write_datapackage(store, folder)
    return folder


@pytest.fixture(scope="module")
def tables(package):
    found = {}
    for path in package.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = list(csv.DictReader(file))
    return found


@pytest.fixture(scope="module")
def rows(tables):
    return {row["id"]: row for row in tables["observations"]}


@pytest.fixture(scope="module")
def parts(tables):
    return {(row["part"], row["total"]): row["how"] for row in tables["parts"]}


def test_frictionless_finds_nothing_wrong(package):
    report = frictionless.Package(package / "datapackage.json").validate()
    assert report.valid, report.flatten(["title", "fieldName", "rowNumber", "note"])


def test_every_observation_of_the_graph_is_a_row(store, rows):
    wanted = set()
    for name in ("Figure", "DerivedFigure", "ExternalFigure", "ExternalAggregate"):
        for pattern in ("?s a <{}>", "GRAPH ?g {{ ?s a <{}> }}"):
            query = f"SELECT DISTINCT ?s {{ {pattern.format(names.term(name))} }}"
            wanted |= {str(row[0]).removeprefix(names.BASE) for row in store.query(query).rows()}
    assert set(rows) == wanted


def test_every_source_of_an_observation_or_a_comparison_is_cited(tables):
    keys = {row["key"] for row in tables["sources"]}
    used = {row["citation_key"] for row in tables["observations"]}
    for row in tables["comparisons"]:
        used |= {row["left_source"], row["right_source"]}
    assert used <= keys
    assert {"snhr-kg", "snhr-2020-03-15"} <= keys


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
