from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from snhr_kg.questions.rows import Rows, csv_text, json_text, read_rows, turtle_text

XSD = "http://www.w3.org/2001/XMLSchema#"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"


def rows_of(*terms):
    return Rows(("x",), tuple({"x": term} if term else {} for term in terms))


def literal(value, datatype):
    return {"type": "literal", "value": value, "datatype": XSD + datatype}


def test_cells_have_the_type_of_their_literal_and_no_digit_is_lost():
    rows = rows_of(
        literal("14221", "integer"),
        literal("91.3600000000000000001", "decimal"),
        literal("true", "boolean"),
        literal("1.5", "double"),
        literal("2011-03", "gYearMonth"),
        literal("many", "integer"),
        {"type": "uri", "value": "https://example.org/x"},
        {"type": "literal", "value": "نص", "xml:lang": "ar"},
        None,
    )
    values = [row["x"] for row in rows.values()]
    assert values == [
        14221,
        Decimal("91.3600000000000000001"),
        True,
        1.5,
        "2011-03",
        "many",
        "https://example.org/x",
        "نص",
        None,
    ]
    assert json_text(values).startswith("[14221, 91.3600000000000000001, true, 1.5, ")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_json_is_what_the_standard_library_reads_back(value):
    assert json.loads(json_text(value)) == value


def test_a_number_that_json_has_not_is_text():
    assert json.loads(json_text({"x": float("inf")})) == {"x": "inf"}


def test_csv_quotes_what_needs_it_and_ends_lines_as_rfc_4180_has_it():
    text = csv_text(
        ("a", "b"), [{"a": 'x,"y"\n', "b": ["p", "q"]}, {"a": None, "b": True}, {"a": Decimal("1.50"), "b": 2}]
    )
    assert text.startswith("a,b\r\n")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["a", "b"],
        ['x,"y"\n', "p q"],
        ["", "true"],
        ["1.50", "2"],
    ]


@given(st.text(st.characters(blacklist_categories=("Cs",))))
def test_a_result_set_in_turtle_keeps_every_text(text):
    plain, arabic = {"type": "literal", "value": text}, {"type": "literal", "value": text, "xml:lang": "ar"}
    found = {quad.object for quad in ox.parse(turtle_text(rows_of(plain, arabic)).encode(), format=ox.RdfFormat.TURTLE)}
    assert ox.Literal(text) in found
    assert ox.Literal(text, language="ar") in found


def test_a_result_set_in_turtle_holds_variables_solutions_and_their_order():
    rows = rows_of({"type": "bnode", "value": "b0"}, None, literal("3", "integer"))
    triples = list(ox.parse(turtle_text(rows).encode(), format=ox.RdfFormat.TURTLE))
    predicates = [triple.predicate.value.removeprefix(RS) for triple in triples]
    assert predicates.count("solution") == 3
    assert predicates.count("binding") == 2
    assert [triple.object.value for triple in triples if triple.predicate.value == RS + "resultVariable"] == ["x"]
    assert sorted(triple.object.value for triple in triples if triple.predicate.value == RS + "index") == [
        "1",
        "2",
        "3",
    ]


def test_an_answer_without_rows_is_a_result_set_all_the_same():
    empty = read_rows(b'{"head": {"vars": []}, "results": {"bindings": []}}')
    assert "rs:ResultSet" in turtle_text(empty)
    assert len(list(ox.parse(turtle_text(empty).encode(), format=ox.RdfFormat.TURTLE))) == 1
