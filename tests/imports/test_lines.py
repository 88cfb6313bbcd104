"""Lines of N-Quads: what another parser reads back, and what another writer writes."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from snhr_kg.imports.lines import LineWriter, about, date, integer, iri, is_address, literal, term

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
WRITE = LineWriter("https://example.org/graph")


@given(TEXT, st.sampled_from(["", "en", "ar"]))
def test_any_text_is_written_as_canonical_n_quads(text: str, language: str) -> None:
    line = about("<https://example.org/s>", WRITE.line("rdfs:label", literal(text, language)))
    (quad,) = ox.parse(line, format=ox.RdfFormat.N_QUADS)
    assert quad.object == ox.Literal(text, language=language or None)
    assert (ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b"").decode() == line


@given(st.integers(min_value=0))
def test_a_whole_number_is_read_back(value: int) -> None:
    line = about("<https://example.org/s>", WRITE.line("snhr:value", integer(value)))
    (quad,) = ox.parse(line, format=ox.RdfFormat.N_QUADS)
    assert quad.object.value == str(value)


@pytest.mark.parametrize(("iso", "datatype"), [("2012", "gYear"), ("2012-07", "gYearMonth"), ("2012-07-18", "date")])
def test_a_date_has_the_datatype_of_its_length(iso: str, datatype: str) -> None:
    assert date(iso) == f'"{iso}"^^<http://www.w3.org/2001/XMLSchema#{datatype}>'


@pytest.mark.parametrize("text", ["https://example.org/a b", "https://example.org/<", 'https://example.org/"', "a\n"])
def test_what_is_no_iri_is_not_written_as_one(text: str) -> None:
    with pytest.raises(ValueError, match="no IRI"):
        iri(text)


@given(st.text(max_size=12).map("https://example.org/".__add__))
def test_what_is_an_address_is_an_iri_to_a_parser(text: str) -> None:
    if is_address(text):
        (quad,) = ox.parse(about(iri(text), WRITE.types("qb:Observation")), format=ox.RdfFormat.N_QUADS)
        assert quad.subject.value == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://ucdp.uu.se/actor/118", True),
        ("http://example.org:8080/a/b_c~d?e=f%20g&h=(i)#j", True),
        ("https://example.org/%zz", False),
        ("https://example.org/a b", False),
        ("https://example.org/\ufff0", False),
        ("https://example.org/a\n", False),
        ("ftp://example.org/", False),
        ("CC BY 4.0", False),
    ],
)
def test_addresses_are_told_from_what_is_none(text: str, expected: bool) -> None:
    assert is_address(text) == expected


def test_all_lines_get_the_same_subject_and_no_text_is_taken_for_its_mark() -> None:
    lines = WRITE.types("qb:Observation") + WRITE.labels("mark: \0", "علامة")
    quads = list(ox.parse(about("<https://example.org/s>", lines), format=ox.RdfFormat.N_QUADS))
    assert {quad.subject.value for quad in quads} == {"https://example.org/s"}
    assert {quad.object.value for quad in quads} == {term("qb:Observation")[1:-1], "mark: \0", "علامة"}


def test_without_a_graph_the_lines_are_n_triples() -> None:
    line = about("<https://example.org/s>", LineWriter("").line("snhr:value", integer(3)))
    assert len(list(ox.parse(line, format=ox.RdfFormat.N_TRIPLES))) == 1
