from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snhr_kg.errors import BadQuery, QueryRefused, QueryTooLong
from snhr_kg.guard import MAX_BYTES, is_deterministic, is_update, query_form, refuse_unsafe

KINDS = {
    ox.QueryBoolean: ("ask",),
    ox.QuerySolutions: ("select",),
    ox.QueryTriples: ("construct", "describe"),
}
GAPS = st.sampled_from(
    ["", " ", "\n", "\t\r\n", "# SELECT\n", "#'\r", "#<\n", " #DESCRIBE <x>\n\t", "#\\u000aASK {}\n"]
)
DECLARATIONS = st.sampled_from(
    [
        "BASE@<http://select/>",
        "base@<http://e/ask>",
        "PREFIX@:@<http://e/#>",
        "PREFIX@select:@<http://e/describe>",
        "prefix@construct.ask-x:@<http://e/>",
        "PreFix@é:@<http://e/\\u00e9>",
        "VERSION@'1.2'",
        'VERSION@"1\\"2 SELECT"',
    ]
)
BODIES = st.sampled_from(
    [
        "ASK@{@}",
        "ask@FROM@<http://e/>@{@}",
        "SELECT@*@{@?s@?p@?o@}",
        "selectDISTINCT?x@{@}",
        "SELECT@(1 AS ?x)@{@}",
        "SELECT@?construct@WHERE@{@{@SELECT@*@{@}@}@}",
        "CONSTRUCT@{@}@{@}",
        "CONSTRUCT@WHERE@{@?s@?p@?o@}",
        "CONSTRUCT@{@?s@?p@?o@}@{@?s@?p@?o@}",
        "DESCRIBE@<http://e/>",
        "describe@*@{@?s@?p@'ASK {}'@}",
        "SELECT@?s@{@?s@?p@?o@",
        "INSERT@DATA@{@}",
        "",
        "}",
    ]
)


@settings(max_examples=600, deadline=None)
@given(data=st.data(), declarations=st.lists(DECLARATIONS, max_size=3), body=BODIES)
def test_the_form_is_the_one_that_the_engine_reads(data, declarations, body):
    pieces = "@".join(["", *declarations, body]).split("@")
    text = pieces[0] + "".join(data.draw(GAPS) + piece for piece in pieces[1:])
    try:
        result = ox.Store().query(text)
    except SyntaxError:
        return
    assert query_form(text) in KINDS[type(result)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("\\u0053ELECT * {}", "select"),
        ("\\U00000041sk {}", "ask"),
        ("# \\u000A ASK {}\nDESCRIBE <http://x/>", "describe"),
        ("PREFIX a:<b>\\u0043ONSTRUCT {} {}", "construct"),
        ("ſELECT * {}", None),
        ("INSERT DATA {}", None),
        ("BASE <a ASK {}", None),
        ("", None),
    ],
)
def test_the_form_with_escapes_or_none(text, form):
    assert query_form(text) == form


def test_a_prologue_however_long_is_read_in_one_go():
    assert query_form("PREFIX a: <b> # <\n" * 3000 + "ASK {}") == "ask"
    assert query_form(("#" * 100 + " \n") * 600) is None
    assert query_form("PREFIX a: <b> " * 4000) is None


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "insertdata{}",
        "# x\nPREFIX : <a:>\nDELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:1/>",
        "LOAD<http://127.0.0.1:1/>",
        "LOAD SILENT <file:///etc/passwd> INTO GRAPH <a:g>",
        "CLEARALL",
        "\\u0044ROP ALL",
        "create graph <a:g>",
        "WITH<a:g>DELETE{}WHERE{}",
        "COPY DEFAULT TO <a:g>",
    ],
)
def test_updates_are_refused_by_name(text):
    assert is_update(text)
    with pytest.raises(QueryRefused, match="read-only"):
        refuse_unsafe(text)


@pytest.mark.parametrize(
    "text", ["ASK {}", "loader", "delete:x", "with-x", "", "PREFIX load: <a:> ASK { load:a ?p ?o }"]
)
def test_other_texts_are_no_updates(text):
    assert not is_update(text)
    refuse_unsafe(text)


def test_a_text_too_long_is_told_both_lengths():
    refuse_unsafe("#" + "é" * (MAX_BYTES // 2 - 1))
    with pytest.raises(QueryTooLong, match="65,537 bytes long; at most 65,536") as refusal:
        refuse_unsafe("#" + "é" * (MAX_BYTES // 2))
    assert refusal.value.http_status == 413


@pytest.mark.parametrize("text", ["ASK { " + "{" * 101 + "}" * 101 + "}", "ASK { ?s ?p " + "[" * 101 + "]" * 101 + "}"])
def test_depth_is_refused(text):
    with pytest.raises(BadQuery, match="more than 100 deep"):
        refuse_unsafe(text)


ALLOWED = frozenset({"example.org", "127.0.0.1:9400", "secure.example:443", "[::1]:80"})


@pytest.mark.parametrize(
    "call",
    [
        "SERVICE <http://example.org/sparql> {}",
        "service silent <https://EXAMPLE.org:8443/sparql?x=1#y> {}",
        "?s ?p ?o.SERVICE<http://127.0.0.1:9400>{}",
        "SERVICE # a comment <http://elsewhere/>\n <http://example.org/> {}",
        "SERVICESILENT<http://example.org/>{}",
        "SERVICE <https://secure.example/> {}",
        "SERVICE <http://[::1]/> {}",
    ],
)
def test_an_allowed_service_passes(call):
    refuse_unsafe(f"SELECT * {{ {call} }}", ALLOWED)


@pytest.mark.parametrize(
    "call",
    [
        "SERVICE ?x {}",
        "SERVICE ex: {}",
        "SERVICEex:{}",
        "SERVICE SILENT ex:y {}",
        "SERVICE <sparql> {}",
        "SERVICE <//example.org/> {}",
        "SERVICE <http:example.org> {}",
        "SERVICE <file:///example.org> {}",
        "SERVICE <ftp://example.org/> {}",
        "SERVICE <http://example.org.evil.net/> {}",
        "SERVICE <http://example.org@evil.net/> {}",
        "SERVICE <http://evil.net/example.org> {}",
        "SERVICE <http://evil.net#example.org> {}",
        "SERVICE <http://evil.net\\u0023@example.org> {}",
        "SERVICE <http://example.org\\u0040evil.net/> {}",
        "SERVICE <http://ex\\u0061mple.org/> {}",
        "SERVICE <http://example%2eorg/> {}",
        "SERVICE <http://127.0.0.1/> {}",
        "SERVICE <http://127.0.0.1:94000/> {}",
        "SERVICE <http://2130706433:9400/> {}",
        "SERVICE <http://secure.example/> {}",
        "SERVICE <http://ｅxample.org/> {}",
        "?s ?p trueSERVICE<http://evil.net/>{}",
        "SERVICE <http://example.org/> { SERVICE <http://evil.net/> {} }",
        "FILTER(?o<?o||true)SERVICE#>\n<http://evil.net/>{}",
        "\\u0053ERVICE <http://evil.net/> {}",
    ],
)
def test_any_other_service_is_refused(call):
    with pytest.raises(QueryRefused, match=r"SERVICE is refused.*example\.org"):
        refuse_unsafe(f"PREFIX ex: <http://example.org/> SELECT * {{ {call} }}", ALLOWED)


def test_a_variable_service_is_told_to_write_the_iri_in_full():
    with pytest.raises(QueryRefused, match=r"write the endpoint's IRI in full.*not as a variable"):
        refuse_unsafe("SELECT * { SERVICE ?x {} }", ALLOWED)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (NOW() AS ?x) {}",
        "SELECT (rand ( ) AS ?x) {}",
        "SELECT * { ?s ?p ?o } ORDER BYrand()",
        "SELECT * { ?s ?p ?o } HAVINGuuid#(\n()",
        "SELECT (STRUUID() AS ?x) {}",
        "SELECT (BNODE('x') AS ?x) {}",
        "SELECT (\\u006eow() AS ?x) {}",
        "SELECT (n\\U0000006fw\t#\\u0028\n() AS ?x) {}",
        "SELECT * { service <http://example.org/> {} }",
    ],
)
def test_what_differs_each_time_is_not_deterministic(text):
    assert not is_deterministic(text)


@pytest.mark.parametrize(
    "text",
    ["ASK {}", "SELECT ?now { ?now foaf:knows ?rand }", "SELECT (COUNT(*) AS ?bnode) { ?uuid ?p 'a\\nb' } # NOW"],
)
def test_the_names_without_a_call_are_deterministic(text):
    assert is_deterministic(text)


def test_a_long_comment_before_a_bracket_is_read_in_one_go():
    assert is_deterministic("now" + "#a" * 30_000)
    assert is_deterministic("now" + "#\n" * 30_000)


def test_many_names_in_one_long_comment_are_read_in_one_go():
    assert is_deterministic("now#" * 16_000)
    assert not is_deterministic("now#" * 16_000 + "\n()")
    assert not is_deterministic("rand # rand # (\n now \t# now\n #\n ()")


@pytest.mark.parametrize("begun", ["'a\\", '"a\\'])
def test_quotes_without_an_end_are_refused_before_each_is_read_on_to_the_end(begun):
    with pytest.raises(BadQuery, match="quotes have no end"):
        refuse_unsafe("ASK service" + begun * 20_000)
