"""The figures as CSV: a row for each, and its CSVW description makes of every cell what the graph says."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, RDFS, SKOS, XSD, Graph, Literal, Node, URIRef

from needs import need
from snhr_kg import names
from snhr_kg.exports.csvw import figure_metadata
from snhr_kg.pipeline import BuildResult
from snhr_kg.records import DIMENSIONS

TABLE, METADATA = "figures.csv", "figures.csv-metadata.json"


def rows_of(build: BuildResult) -> list[dict[str, str]]:
    with (build.out / TABLE).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def union_of(build: BuildResult) -> Graph:
    union = Graph()
    for graph in build.prepared.dataset.graphs():
        union += graph
    return union


def rdf_of(rows: list[dict[str, str]], metadata: dict[str, Any]) -> Iterator[tuple[Node, Node, Node]]:
    """What a CSVW processor in minimal mode makes of the table, as far as our description uses the language.

    Source: Generating RDF from Tabular Data on the Web (W3C Recommendation, 17 December 2015), section 4.
    """
    for row in rows:
        for column in metadata["tableSchema"]["columns"]:
            cell = row[column["name"]]
            if column.get("suppressOutput") or cell == "":
                continue
            subject = URIRef(expanded(column["aboutUrl"], row))
            if "valueUrl" in column:
                value: Node = URIRef(expanded(column["valueUrl"], row))
            elif "lang" in column:
                value = Literal(cell, lang=column["lang"])
            elif column["datatype"] == "string":
                value = Literal(cell)
            else:
                value = Literal(cell, datatype=XSD[column["datatype"]], normalize=False)
            yield subject, URIRef(column["propertyUrl"]), value


def expanded(template: str, row: dict[str, str]) -> str:
    """A URI template of reserved expansions; our IRIs hold nothing that this would escape."""
    return re.sub(r"\{\+(\w+)\}", lambda match: row[match[1]], template)


def same_value(one: Node, other: Node) -> bool:
    """Whether two literals are one number, written or typed otherwise; a column has one datatype, the graph two."""
    numbers = (XSD.integer, XSD.decimal)
    return (
        isinstance(one, Literal)
        and isinstance(other, Literal)
        and (one.datatype in numbers and other.datatype in numbers)
        and Decimal(str(one)) == Decimal(str(other))
    )


def test_has_a_row_for_each_stated_figure_and_no_other(tiny_build: BuildResult) -> None:
    figures = {str(figure) for figure in union_of(tiny_build).subjects(RDF.type, URIRef(names.term("Figure")))}
    listed = [row["iri"] for row in rows_of(tiny_build)]
    assert listed == sorted(figures)
    assert listed == sorted(figure.iri for figure in tiny_build.prepared.stated)


def test_gives_each_code_its_iri_and_its_label_in_both_languages(tiny_build: BuildResult) -> None:
    union = union_of(tiny_build)
    for row in rows_of(tiny_build):
        for column in (*DIMENSIONS, "qualifier", "basis", "unit", "place_role"):
            code = URIRef(row[column])
            assert (code, SKOS.prefLabel, Literal(row[f"{column}_en"], lang="en")) in union
            assert (code, SKOS.prefLabel, Literal(row[f"{column}_ar"], lang="ar")) in union
        assert (URIRef(row["iri"]), RDFS.label, Literal(row["label_en"], lang="en")) in union


def test_writes_numbers_as_the_graph_does(tiny_build: BuildResult) -> None:
    row = next(row for row in rows_of(tiny_build) if row["iri"].endswith("/figure/civilian-deaths"))
    figure = next(figure for figure in tiny_build.prepared.stated if figure.iri == row["iri"])
    assert (row["value"], row["printed"]) == (str(figure.value), figure.principal.printed)
    vague = next(figure for figure in tiny_build.prepared.stated if figure.value is None)
    assert next(row for row in rows_of(tiny_build) if row["iri"] == vague.iri)["value"] == ""


def test_gives_the_moments_a_period_begins_and_ends_empty_where_open(tiny_build: BuildResult) -> None:
    union = union_of(tiny_build)
    for row in rows_of(tiny_build):
        for column, local in (("period_begin", "begin"), ("period_end", "end")):
            moment = union.value(URIRef(row["period"]), URIRef(names.term(local)))
            assert row[column] == ("" if moment is None else str(moment))


def test_is_described_column_by_column(tiny_build: BuildResult) -> None:
    described = json.loads((tiny_build.out / METADATA).read_text(encoding="utf-8"))
    assert described["url"] == TABLE
    assert [column["name"] for column in described["tableSchema"]["columns"]] == list(rows_of(tiny_build)[0])


def test_every_triple_that_the_description_makes_of_the_table_is_in_the_graph(tiny_build: BuildResult) -> None:
    union = union_of(tiny_build)
    made = list(rdf_of(rows_of(tiny_build), json.loads((tiny_build.out / METADATA).read_text(encoding="utf-8"))))
    assert len(made) > 30 * len(tiny_build.prepared.stated)
    foreign = [
        (subject, predicate, value)
        for subject, predicate, value in made
        if (subject, predicate, value) not in union
        and not any(same_value(value, stated) for stated in union.objects(subject, predicate))
    ]
    assert not foreign


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("", ""),
        ('"datatype": "decimal"', '"datatype": "boolean"'),
        ('"lang": "ar"', '"lang": "@"'),
        ('"primaryKey"', '"primaryKy"'),
    ],
)
@pytest.mark.filterwarnings("always::UserWarning")
def test_another_processor_finds_table_and_description_valid_and_notices_a_slip(
    tiny_build: BuildResult, tmp_path: Path, right: str, wrong: str
) -> None:
    need.package("csvw", "CSVW description checked by another processor")
    from csvw import CSVW  # type: ignore[import-untyped]

    (tmp_path / TABLE).write_bytes((tiny_build.out / TABLE).read_bytes())
    (tmp_path / METADATA).write_text(figure_metadata().replace(right, wrong, 1), encoding="utf-8")
    assert bool(CSVW(str(tmp_path / METADATA), validate=True).is_valid) is (right == wrong)
