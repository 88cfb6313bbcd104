"""Codes: ours where an accepted mapping says so, else the source's own, described and listed."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from snhr_kg.imports.coding import Coder, SourceCode
from snhr_kg.imports.lines import LineWriter, about
from snhr_kg.mappings.sets import MappingSets

WRITE = LineWriter("")
REGIME = SourceCode("ucdp", "actor", "118", "Government of Syria")
INSURGENTS = SourceCode("ucdp", "actor", "4456", "Syrian insurgents")


def triples(*lines: str) -> set[tuple[str, str, str]]:
    parsed = ox.parse(about("<https://example.org/s>", "".join(lines)), format=ox.RdfFormat.N_TRIPLES)
    return {(quad.subject.value, quad.predicate.value.split("#")[-1], str(quad.object.value)) for quad in parsed}


def test_a_close_match_makes_our_code_the_value_and_keeps_theirs_beside_it(mappings: MappingSets) -> None:
    coded = Coder(WRITE, mappings).code("perpetrator", REGIME)
    assert coded.ours == "syrian-regime"
    assert {(predicate, value) for _, predicate, value in triples(coded.lines)} == {
        ("perpetrator", "https://w3id.org/snhr-kg/code/perpetrator/syrian-regime"),
        ("asCoded", "https://ucdp.uu.se/actor/118"),
    }


def test_a_broad_match_does_not(mappings: MappingSets) -> None:
    coded = Coder(WRITE, mappings).code("perpetrator", INSURGENTS)
    assert coded.ours is None
    assert {(predicate, value) for _, predicate, value in triples(coded.lines)} == {
        ("perpetrator", "https://ucdp.uu.se/actor/4456"),
    }


def test_only_codes_that_rows_used_are_described_and_listed(mappings: MappingSets) -> None:
    coder = Coder(WRITE, mappings)
    coder.code("perpetrator", REGIME).uses += 2
    coder.code("perpetrator", INSURGENTS).uses += 3
    coder.code("perpetrator", SourceCode("ucdp", "actor", "1", "Nobody"))
    assert [(found.code, found.uses) for found in coder.unmapped()] == [(INSURGENTS, 3)]
    schemes = {
        (subject, value) for subject, predicate, value in triples(*coder.described()) if predicate.endswith("inScheme")
    }
    assert schemes == {
        ("https://ucdp.uu.se/actor/118", "https://w3id.org/snhr-kg/external/ucdp/code/actor"),
        ("https://ucdp.uu.se/actor/4456", "https://w3id.org/snhr-kg/external/ucdp/code/actor"),
        ("https://ucdp.uu.se/actor/4456", "https://w3id.org/snhr-kg/code/perpetrator"),
    }


def test_the_same_code_is_the_same_object_and_called_as_it_was_first(mappings: MappingSets) -> None:
    coder = Coder(WRITE, mappings)
    first = coder.code("perpetrator", REGIME)
    assert coder.code("perpetrator", SourceCode("ucdp", "actor", "118", "Another name")) is first
    assert coder.code("perpetrator", REGIME, may_map=False) is not first


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.sampled_from(["actor", "country", "names"]))
def test_any_notation_gives_a_code_that_can_be_written(notation: str, code_list: str) -> None:
    coder = Coder(WRITE, MappingSets(()))
    coded = coder.code("place", SourceCode("ucdp", code_list, notation))
    coded.uses += 1
    described = triples(*coder.described())
    assert {value for _, predicate, value in described if predicate.endswith("notation")} == {notation}
    assert triples(coded.lines)


@pytest.mark.parametrize("dimension", ["perpetrator", "place"])
def test_without_mappings_nothing_is_ours(dimension: str) -> None:
    assert Coder(WRITE, MappingSets(())).code(dimension, REGIME).ours is None
