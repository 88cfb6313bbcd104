"""The page about the series says what is in the tables, and lists what the checks find."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from snhr_kg import names
from snhr_kg.codes.lists import CodeLists
from snhr_kg.records import Check, StatedFigure
from snhr_kg.series.checks import check_series
from snhr_kg.series.graph import series_triples
from snhr_kg.series.records import SeriesTables

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "series.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def contradictory(tables: SeriesTables, codes: CodeLists, stated: tuple[StatedFigure, ...]) -> tuple[Check, ...]:
    return tuple(row for row in check_series(tables, codes, stated) if row.verdict == "contradictory")


def rows(heading: str) -> list[list[int]]:
    """The numbers of each row of the table with this heading, without its first column."""
    table = PAGE.split(f"| {heading}")[1].split("\n\n")[0]
    cells = [line.strip("|").split("|")[1:] for line in table.splitlines()[2:]]
    return sorted([int(cell.replace(",", "")) for cell in row] for row in cells)


def test_the_counts_are_those_of_the_tables(tables: SeriesTables) -> None:
    counts = [int(number) for number in re.findall(r"^\| [a-z].*\| (\d+) \|$", PAGE.split("## ")[0], re.MULTILINE)]
    assert counts == [
        len(tables.publications),
        len(tables.pages),
        len(tables.figures),
        sum(len(figure.readings) for figure in tables.figures),
        len(tables.breakdowns),
        len(tables.series),
        len(tables.breaks),
    ]


def test_the_falls_are_those_that_the_checks_find(contradictory: tuple[Check, ...]) -> None:
    found = sorted([row.expected, row.found] for row in contradictory if row.rule == "series-falls")
    assert rows("Cumulative count that falls") == found


def test_the_parts_are_those_that_the_checks_find(contradictory: tuple[Check, ...]) -> None:
    found = sorted([row.found, row.expected, row.residual] for row in contradictory if row.rule == "series-parts")
    assert rows("Parts that do not come to their total") == found


def test_the_readings_are_those_that_the_checks_find(contradictory: tuple[Check, ...]) -> None:
    found = {(row.expected, row.found) for row in contradictory if row.rule == "conflicting-readings"}
    assert {tuple(row) for row in rows("Readings of one figure that disagree")} == found


def test_the_changes_of_definition_are_as_many_as_the_checks_find(contradictory: tuple[Check, ...]) -> None:
    found = sum(row.rule == "series-definition" for row in contradictory)
    assert f"Definitions change in {found} places" in PAGE


def test_the_query_of_the_page_gives_the_line_over_time(tables: SeriesTables, codes: CodeLists) -> None:
    (query,) = re.findall(r"```sparql\n(.*?)```", PAGE, re.DOTALL)
    wanted = "snhr-torture-deaths-syrian-regime"
    lines = {
        f"{subject.n3()} {predicate.n3()} {value.n3()} ." for subject, predicate, value in series_triples(tables, codes)
    }
    store = ox.Store()
    store.bulk_load("\n".join(lines), ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(names.graph("external/series")))
    answers = [tuple(term.value for term in row) for row in store.query(query)]
    assert answers[0] == ("2016-07", "12596", "C")
    assert answers[-1] == ("2025-01", "15102", "C")
    assert len(answers) == len(next(line for line in tables.series if line.id == wanted).members) - 1
