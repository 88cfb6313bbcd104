"""What compares answers tells apart what differs, and nothing else."""

from __future__ import annotations

import pytest
from rdflib import XSD, BNode, Literal, URIRef

from comparable import Table, as_cells, in_ranks, read_csv, read_table, regardless_of_order, same_order, value


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Literal("0.70", datatype=XSD.decimal), Literal("0.7", datatype=XSD.decimal)),
        (Literal("7", datatype=XSD.int), Literal("7", datatype=XSD.integer)),
        (Literal("1.0E1", datatype=XSD.double), Literal("10", datatype=XSD.double)),
        (Literal("true", datatype=XSD.boolean), Literal("1", datatype=XSD.boolean)),
        (Literal("رقم", "ar-SY"), Literal("رقم", "ar-sy")),
        (Literal("x"), Literal("x", datatype=XSD.string)),
    ],
)
def test_the_same_value_in_another_spelling_is_the_same(one, other):
    assert value(one) == value(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Literal("1", datatype=XSD.integer), Literal("1", datatype=XSD.decimal)),
        (Literal("1", datatype=XSD.integer), Literal("1")),
        (Literal("x", "en"), Literal("x")),
        (Literal("x", "en"), Literal("x", "ar")),
        (URIRef("urn:x"), Literal("urn:x")),
        (None, Literal("")),
        (Literal("2020", datatype=XSD.gYear), Literal("2020", datatype=XSD.integer)),
    ],
)
def test_another_kind_of_value_is_another(one, other):
    assert value(one) != value(other)


def test_a_blank_node_is_refused():
    with pytest.raises(AssertionError, match="blank node"):
        value(BNode())


def test_csv_keeps_the_text_and_the_number_alone():
    rows = [(value(Literal("0.70", datatype=XSD.decimal)), value(URIRef("urn:x")), None)]
    assert as_cells(rows) == list(read_csv(b"a,b,c\r\n0.7,urn:x,\r\n").rows)
    assert as_cells(rows) != list(read_csv(b"a,b,c\r\n0.7,urn:y,\r\n").rows)


def test_a_row_that_is_missing_doubled_or_out_of_order_is_seen():
    one, two, three = (("integer", number) for number in (1, 2, 3))
    ranks = [[(one,)], [(two,), (three,)]]
    assert same_order([(one,), (three,), (two,)], ranks)
    for rows in (
        [(two,), (one,), (three,)],
        [(one,), (two,)],
        [(one,), (two,), (two,)],
        [(one,), (two,), (three,), (one,)],
    ):
        assert not same_order(rows, ranks)
    assert in_ranks([(one,), (two,), (three,)], lambda number: number > 0) == ranks


def test_only_what_is_said_to_be_joined_in_any_order_may_be():
    def table(text):
        return Table(("names",), (((("literal", text, str(XSD.string)),)),))

    assert table("a; b") != table("b; a")
    separators = {"names": "; "}
    assert regardless_of_order(table("a; b"), separators) == regardless_of_order(table("b; a"), separators)
    assert regardless_of_order(table("a; b"), separators) != regardless_of_order(table("a; c"), separators)


def test_the_same_rows_are_read_from_each_format():
    json = (
        b'{"head":{"vars":["x","y"]},"results":{"bindings":['
        b'{"x":{"type":"literal","value":"a","xml:lang":"en"}},{"y":{"type":"uri","value":"urn:x"}}]}}'
    )
    tsv = b'?x\t?y\n"a"@en\t\n\t<urn:x>\n'
    expected = Table(("x", "y"), ((("text", "a", "en"), None), (None, ("iri", "urn:x"))))
    assert read_table(json, "application/sparql-results+json") == expected
    assert read_table(tsv, "text/tab-separated-values") == expected
