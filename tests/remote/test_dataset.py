from __future__ import annotations

import pytest

from snhr_kg import names
from snhr_kg.engine.question import Question
from snhr_kg.remote.dataset import row_limit, scope
from snhr_kg.remote.marker import NOTHING, UNION, Marker

CODES, LINKS, ELSEWHERE = (names.graph(name) for name in ("codes", "links", "external/elsewhere"))
PUSHED = Marker("v", "push", (CODES, LINKS, ELSEWHERE))
FOUND = Marker("v", "", (CODES, LINKS, ELSEWHERE))


def scoped(text: str, marker: Marker = PUSHED, default: tuple[str, ...] = (), named: tuple[str, ...] = ()):
    return scope(Question(text, "text/csv", default, named), marker)


def test_without_a_dataset_the_union_is_asked_and_every_graph_has_its_name():
    found = scoped("ASK {}")
    assert (found.default, found.named) == ((UNION,), (CODES, LINKS, ELSEWHERE))


def test_without_a_push_the_union_is_of_all_graphs_but_external_ones():
    found = scoped("ASK {}", FOUND)
    assert (found.default, found.named) == ((CODES, LINKS), (CODES, LINKS, ELSEWHERE))


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * FROM <{CODES}> FROM NAMED <{LINKS}> WHERE {{ ?s ?p ?o }}",
        f"PREFIX g: <{names.graph('')}> SELECT * FROM g:codes from named g:links {{ ?s ?p ?o }}",
        f"BASE <{names.graph('')}> ASK FROM <codes>FROM#\nNAMED<links>{{ ?s ?p ?o }}",
        f"BASE <{names.BASE}> PREFIX : <graph/> DESCRIBE ?s FROM :codes FROM NAMED :links WHERE {{ ?s ?p ?o }}",
        f"PREFIX from: <{names.graph('')}> CONSTRUCT {{}} FROM from:codes FROM NAMED from:links {{ ?s ?p ?o }}",
    ],
)
def test_from_is_taken_out_of_the_text_and_sent_by_the_protocol(text):
    found = scoped(text)
    assert (found.default, found.named) == ((CODES,), (LINKS,))
    assert CODES not in found.text.replace("PREFIX", "")
    assert "{ ?s ?p ?o }" in found.text


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?from ?p 'FROM <http://x/>' } # FROM <http://x/>",
        "PREFIX from: <http://x/> ASK { from:a from:named from:b }",
        "ASK { ?s <http://x/FROM> ?o }",
    ],
)
def test_the_word_elsewhere_is_left_alone(text):
    assert scoped(text).text == text
    assert scoped(text).default == (UNION,)


def test_the_protocols_dataset_wins_over_from():
    found = scoped(f"ASK FROM <{CODES}> {{}}", default=(LINKS,))
    assert (found.default, found.named) == ((LINKS,), ())


def test_a_graph_that_is_not_ours_is_empty():
    found = scoped("ASK FROM <http://other/> FROM NAMED <http://other/> {}")
    assert found.fields[1:] == (("default-graph-uri", NOTHING), ("named-graph-uri", NOTHING))


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("SELECT * { ?s ?p ?o } LIMIT 5", 5),
        ("SELECT * { ?s ?p ?o } offset 3 limit 7 # LIMIT 8", 7),
        ("SELECT * { { SELECT * { ?s ?p ?o } LIMIT 5 } }", None),
        ("SELECT * { ?s ?p 'LIMIT 5' }", None),
    ],
)
def test_the_limit_of_the_whole_query_is_found(text, limit):
    assert row_limit(text) == limit
