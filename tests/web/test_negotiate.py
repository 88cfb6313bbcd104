from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snhr_kg.web.negotiate import choose

JSON, XML, CSV, TSV = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
OFFERED = (JSON, XML, CSV, TSV)
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7"
)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("*", JSON),
        (FIREFOX, JSON),
        (CHROME, JSON),
        (XML, XML),
        (XML.upper(), XML),
        (f"{XML}, */*", XML),
        (f"{XML};q=0.5, */*;q=0.6", JSON),
        ("text/*", CSV),
        ("text/*, text/csv;q=0.1", TSV),
        ("text/csv;q=0.5, text/tab-separated-values;q=0.9", TSV),
        ("text/csv ; charset=utf-8 ; q=1", CSV),
        ('text/csv;note="a,b;q=0", image/png', CSV),
        ("text/csv;q=0", None),
        ("text/csv;q=0, */*;q=0.1", JSON),
        (f"{JSON};q=0, */*", XML),
        ("image/png", None),
        ("application/*+json", None),
        ("text/csv;q=high, text/tab-separated-values;q=0.1", TSV),
        ("text/csv;q=7", None),
        ("text/csv;q=nan", None),
        ("text/csv;q=0_1", None),
        ("text/csv;header=absent", CSV),
        ("text/csv;header=absent;q=0, */*;q=0.1, text/csv", CSV),
        ("text/csv;header=absent;q=0, text/*", CSV),
        ("text/csv;header=absent, text/csv;q=0, text/tab-separated-values;q=0.1", TSV),
        (",,;;", None),
        ("application/json", JSON),
        ("application/xml", XML),
        ("application/xml, text/csv;q=0.1", CSV),
    ],
)
def test_the_header_decides(accept, expected):
    assert choose(accept, OFFERED, {"application/json": JSON, "application/xml": XML}) == expected


@given(st.text(max_size=60))
def test_any_header_gets_an_offered_type_or_none(accept):
    assert choose(accept, OFFERED) in (*OFFERED, None)


@given(st.permutations([JSON, XML, CSV, TSV]), st.sampled_from(OFFERED))
def test_a_type_asked_for_by_name_is_given_in_whatever_order_they_are_offered(offered, wanted):
    assert choose(f"{wanted}, image/*", offered) == wanted


@pytest.mark.parametrize("header", ['"' + "a" * 120_000, ";" * 120_000, "," * 120_000, 'a;b="' + '\\"' * 60_000])
def test_a_header_as_long_as_may_be_is_read_once(header):
    assert choose(header, OFFERED) is None
