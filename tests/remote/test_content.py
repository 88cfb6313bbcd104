"""What stores write otherwise than it was sent, and what must still be told apart."""

from __future__ import annotations

import pytest

from snhr_kg.remote.content import read_content, read_triples
from snhr_kg.remote.marker import UNION
from snhr_kg.remote.repair import repaired_rows

XSD = "http://www.w3.org/2001/XMLSchema#"


def digest(*objects: str) -> str:
    return read_triples([f"<a:s> <a:p> {written} .\n".encode() for written in objects]).digest


@pytest.mark.parametrize(
    ("sent", "given_back"),
    [
        (f'"0.70"^^<{XSD}decimal>', f'"0.7"^^<{XSD}decimal>'),
        (f'"true"^^<{XSD}boolean>', f'"1"^^<{XSD}boolean>'),
        ('"x"@en-GB', '"x"@en-gb'),
        ('"\\u2212"', '"−"'),
        (
            '"POINT(40.14084 35.33588)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>',
            '"POINT(40.140838623047 35.335880279541)"^^<http://www.openlinksw.com/schemas/virtrdf#Geometry>',
        ),
    ],
)
def test_another_spelling_is_the_same_content(sent, given_back):
    assert digest(sent) == digest(given_back)


@pytest.mark.parametrize(
    ("sent", "given_back"),
    [
        ('"x"@en', '"x"@ar'),
        ('"x"@en', '"x"'),
        (f'"1"^^<{XSD}decimal>', f'"1"^^<{XSD}integer>'),
        (f'"0.71"^^<{XSD}decimal>', f'"0.7"^^<{XSD}decimal>'),
        (
            '"POINT(40.14084 35)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>',
            '"POINT(40.14085 35)"^^<http://www.openlinksw.com/schemas/virtrdf#Geometry>',
        ),
    ],
)
def test_another_value_is_other_content(sent, given_back):
    assert digest(sent) != digest(given_back)


def test_blank_nodes_may_be_called_otherwise():
    first = read_triples([b"_:a <a:p> _:b .\n_:b <a:p> <a:o> .\n"])
    assert first.digest == read_triples([b"_:x1 <a:p> <a:o> .\n", b"_:x2 <a:p> _:x1 .\n"]).digest
    assert first.digest != read_triples([b"_:x1 <a:p> <a:o> .\n", b"_:x2 <a:p> _:x2 .\n"]).digest


def test_the_union_has_each_triple_once_and_none_of_external_graphs():
    contents = read_content(
        b"<a:s> <a:p> <a:o> <https://w3id.org/snhr-kg/graph/codes> .\n"
        b"<a:s> <a:p> <a:o> <https://w3id.org/snhr-kg/graph/links> .\n"
        b"<a:t> <a:p> <a:o> <https://w3id.org/snhr-kg/graph/external/x> .\n"
    )
    assert contents[UNION].triples == 1
    assert len(contents) == 4


def test_rows_are_put_right_by_name():
    term = {"type": "typed-literal", "datatype": f"{XSD}boolean", "value": "1"}
    rows = {"head": {"link": [], "vars": ["x"]}, "results": {"distinct": False, "bindings": [{"x": term}]}}
    (row,) = repaired_rows(rows)["results"]["bindings"]
    assert row["x"] == {"type": "literal", "datatype": f"{XSD}boolean", "value": "true"}
    blank = {"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "bnode", "value": "nodeID://b10"}}]}}
    assert repaired_rows(blank)["results"]["bindings"][0]["x"]["value"] == "bnodeIDb10"
