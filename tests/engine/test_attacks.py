"""What a hostile visitor would send: each is answered or stopped within its limit, and the engine is as it was."""

from __future__ import annotations

import os
import time

import pytest

from asking import JSON, PLAIN_ANSWER, ask, children, hosts, resident_mib, wait_for, workers
from listening import listening
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.pool import LocalEngine
from snhr_kg.errors import (
    BadQuery,
    EngineFailed,
    MemoryLimit,
    QueryRefused,
    QueryStopped,
    QueryTimeout,
    QueryTooLong,
    ResultTooLarge,
)

SECONDS = 0.6
ROOM = 0.5
"""Seconds beside the limit in which the end has to come."""

TURTLE = "text/turtle"
CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
LONG = "a" * 30_000
ONES = "1 " * 8000
ANY = "(<a:p>|!<a:p>)"


def doubled(times):
    return "BIND('0123456789abcdef' AS ?x0)" + "".join(
        f" BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(times)
    )


def chain(operator, operand, bytes_long=60_000):
    return operator.join([operand] * (bytes_long // len(operator + operand)))


STOPPED = {
    "count of a product": (f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}", QueryTimeout),
    "order of a product": (f"SELECT * {{ {CROSS} }} ORDER BY ?c", MemoryLimit),
    "distinct rows of a product": (f"SELECT DISTINCT * {{ {CROSS} }}", ResultTooLarge),
    "all of a product": (f"SELECT * {{ {CROSS} }}", ResultTooLarge),
    "groups of a product": (
        f"SELECT ?a ?d ?g (SAMPLE(?l) AS ?x) {{ {CROSS} }} GROUP BY ?a ?c ?d ?f ?g ?i",
        QueryStopped,
    ),
    "new terms for a product": (f"SELECT (COUNT(DISTINCT ?u) AS ?n) {{ {CROSS} BIND(UUID() AS ?u) }}", QueryStopped),
    "one text of a product": (f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?n) {{ {CROSS} }}", QueryStopped),
    "texts that double": (f"SELECT (STRLEN(?x40) AS ?n) {{ {doubled(40)} }}", MemoryLimit),
    "a text of texts": (f"SELECT (REPLACE(?x, 'a', ?x) AS ?y) {{ BIND('{LONG}' AS ?x) }}", MemoryLimit),
    "an expression for each pair": (
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(STR(?c), CONCAT(STR(?f), '.*.*.*x{1,60}'))) }",
        QueryStopped,
    ),
    "joined lists": (
        f"SELECT (COUNT(*) AS ?n) {{ {''.join(f'VALUES ?{name} {{ {ONES} }} ' for name in 'xyz')} }}",
        QueryTimeout,
    ),
    "graph of a product": (f"CONSTRUCT {{ ?u ?b ?c }} {{ {CROSS} BIND(UUID() AS ?u) }}", QueryStopped),
    "description of a product": (f"DESCRIBE * {{ {CROSS} }}", QueryStopped),
}
"""Query, and the kind of limit that it meets."""

BOUNDED = {
    "nested repeats": "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '(a*)*(a*)*(a*)*b{1000}{1000}')) }",
    "nested repeats on a long text": f"SELECT (1 AS ?y) {{ BIND('{LONG}' AS ?x) FILTER(REGEX(?x, '^(((a+)+)+)+$')) }}",
    "unbounded paths": f"SELECT (COUNT(*) AS ?n) {{ ?s {ANY}* ?o . ?o {ANY}* ?q . ?q {ANY}* ?r }}",
    "paths both ways": f"SELECT * {{ ?s ({ANY}|^{ANY})* ?o . ?o ({ANY}|^{ANY})* ?q }}",
    "a long list": f"SELECT * {{ VALUES ?x {{ {'1 ' * 32_000} }} }}",
    "a long IN": f"ASK {{ ?s ?p ?o FILTER(?o IN ({chain(',', '1')})) }}",
    "nested groups": "SELECT * { " + "{" * 98 + "}" * 98 + " }",
    "nested parentheses": "SELECT (" + "(" * 98 + "1" + ")" * 98 + " AS ?x) {}",
    "nested subqueries": "SELECT * { " + "{SELECT*{" * 48 + "}}" * 48 + " }",
    "nested filters": "SELECT * { " + "FILTER EXISTS{" * 95 + "}" * 95 + " }",
    "many nots": "SELECT (" + "!" * 65_000 + "true AS ?x) {}",
    "many ors": f"SELECT * {{ ?s ?p ?o FILTER({chain('||', '?o=1')}) }}",
    "many sums": f"SELECT ({chain('+', '1')} AS ?x) {{}}",
    "many unions": f"SELECT * {{ {chain(' UNION ', '{?s ?p ?o}')} }}",
    "many optionals": f"SELECT * {{ ?s ?p ?o {chain(' ', 'OPTIONAL{?s ?p ?o}')} }}",
    "many triples": f"SELECT * {{ {chain('.', '?s ?p ?o')} }}",
    "a deep path": f"SELECT * {{ ?s {chain('/', '<a:>')} ?o }}",
    "a wide path": f"SELECT * {{ ?s {chain('|', '<a:>')} ?o }}",
    "a long collection": f"SELECT * {{ ?s ?p ({'1 ' * 30_000}) }}",
}
"""Queries that are either answered or stopped: which of the two depends on the machine."""

REFUSED = {
    "too many groups": ("SELECT * { " + "{" * 30_000 + "}" * 30_000 + " }", BadQuery),
    "too many parentheses": ("SELECT (" + "(" * 30_000 + "1" + ")" * 30_000 + " AS ?x) {}", BadQuery),
    "too long": ("ASK { VALUES ?x { " + "1 " * 500_000 + "} }", QueryTooLong),
    "a service": ("SELECT * { SERVICE <@> { ?a ?b ?c } }", QueryRefused),
    "a silent service": ("SELECT * { SERVICE SILENT <@> { ?a ?b ?c } }", QueryRefused),
    "a glued service": ("SELECT * { ?s ?p trueSERVICESILENT<@>{ ?a ?b ?c } }", QueryRefused),
    "an escaped service": ("SELECT * { \\u0053ERVICE <@> { ?a ?b ?c } }", QueryRefused),
    "a variable service": ("SELECT * { VALUES ?u { <@> } SERVICE ?u { ?a ?b ?c } }", QueryRefused),
    "a service in a filter": ("ASK { FILTER EXISTS { SERVICE <@> { ?a ?b ?c } } }", QueryRefused),
    "load": ("LOAD <@>", QueryRefused),
    "load of a file": ("LOAD <file:///etc/passwd> INTO GRAPH <a:g>", QueryRefused),
    "drop": ("DROP ALL", QueryRefused),
    "insert after a query": ("ASK {} ; INSERT DATA { <a:a> <a:b> <a:c> }", BadQuery),
}
"""Query, with @ for an address that listens, and the error."""


@pytest.fixture(scope="module")
def listener():
    with listening() as found:
        yield found


@pytest.fixture(scope="module")
def engine(folder, listener):
    """An engine under short limits, which after all attacks has neither grown nor called out."""
    engine = LocalEngine(folder, Limits(seconds=SECONDS, memory_mb=48, result_mb=1, workers=1))
    wait_for(workers)
    ask(engine)
    memory = resident_mib(hosts()[0]), resident_mib(workers()[0])
    own = len(os.listdir("/proc/self/fd"))
    yield engine
    wait_for(lambda: len(workers()) == 1 and len(children(hosts()[0])) == 1)
    ask(engine)
    assert len(hosts()) == 1
    assert resident_mib(hosts()[0]) < memory[0] + 8
    assert resident_mib(workers()[0]) < memory[1] + 48
    assert len(os.listdir("/proc/self/fd")) == own
    assert listener.contacts == []
    engine.close()


def attack(engine, text, media_type=JSON):
    """The error, or None, in time; and the next query is answered."""
    begun = time.monotonic()
    error = None
    try:
        ask(engine, text, media_type)
    except (QueryStopped, EngineFailed, BadQuery, QueryRefused) as stopped:
        error = stopped
    assert time.monotonic() - begun < SECONDS + ROOM
    assert ask(engine) == PLAIN_ANSWER
    return error


@pytest.mark.parametrize("name", STOPPED)
def test_is_stopped(engine, name):
    text, kind = STOPPED[name]
    error = attack(engine, text, TURTLE if text[0] in "CD" else JSON)
    assert isinstance(error, kind)
    assert f"{error.value:g} {error.unit}" in str(error)


@pytest.mark.parametrize("name", BOUNDED)
def test_is_answered_or_stopped(engine, name):
    error = attack(engine, BOUNDED[name])
    assert error is None or isinstance(error, QueryStopped | EngineFailed)


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused(engine, listener, name):
    text, kind = REFUSED[name]
    assert type(attack(engine, text.replace("@", listener.address))) is kind


@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
def test_nothing_is_read_by_from(engine, listener, clause):
    for iri in (listener.address, "file:///etc/passwd"):
        assert b"false" in ask(engine, f"ASK {clause} <{iri}> {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}")
