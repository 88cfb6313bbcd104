"""What is wrong with a query is told at its place, to the character."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from snhr_kg import names
from snhr_kg.syntax import Place, in_words, place_of


def complaint(text):
    with pytest.raises(SyntaxError) as raised:
        ox.Store().query(text, base_iri=names.BASE)
    return in_words(str(raised.value), text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("SELEC * {}", "SELEC"),
        ("SELECT * { ?s ?p ?o . ?x }", "}"),
        ("SELECT (COUNT(?x) ?n) { ?s a <x> }", "?n"),
        ("SELECT * { ?s a <x> } ORDR BY ?s", "ORDR"),
        ("SELECT * { ?s ?p ?o FILTER(?s = ) }", ") }"),
        ('SELECT * { "رقم" ?p ?o ; ] }', "]"),
        ("SELECT * {\n ?s ?p ?o # no dot\n ?x ?y ?z\n}", "?x"),
        ("SELECT * {\r\n ?s ?p ?o }\r\nLIMT 3", "LIMT"),
        ("SELECT * { ?s ?p ?o FILTER(?o > 3 & ?o < 4) }", "&"),
        ('ASK { ?s ?p "not closed }\n', '"not'),
        ("ASK { ?s ?p ?o ; snhr:value 3 }", "snhr:"),
        ("PREFIX a: <http://a/> ASK { ?s a:b/b:c ?o }", "b:c"),
        ("ASK { ?s ?p", ""),
        ("", ""),
    ],
)
def test_the_place_is_where_the_wrong_word_begins(text, wrong):
    place = place_of(complaint(text), text)
    assert place is not None
    begin = text.index(wrong) if wrong else len(text)
    line = text[:begin].count("\n") + 1
    assert (place.line, place.column) == (line, begin - text.rfind("\n", 0, begin))


def test_the_place_reaches_to_the_end_of_the_word():
    text = "SELECT * { ?s a <x> }\n  ORDR BY ?s"
    assert place_of(complaint(text), text) == Place(2, 3, 7)


def test_what_is_wrong_with_the_meaning_is_told_in_the_parsers_words():
    assert complaint("SELECT ?a (COUNT(?s) AS ?n) { ?s a ?b }").endswith(
        ": the SELECT contains a variable that is unbound"
    )


def test_a_message_without_a_place_has_none():
    assert place_of("this function is not supported", "ASK {}") is None
