from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import threading
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import small_graph
from snhr_kg import names
from snhr_kg.answer import python_value
from snhr_kg.errors import BadQuery, GraphError, QueryRefused, UnknownResource
from snhr_kg.guard import MAX_BYTES, MAX_DEPTH
from snhr_kg.place import fresh_folder, put_in_place
from snhr_kg.store import open_store, write_dataset


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return small_graph.write(tmp_path_factory.mktemp("graph"))


@pytest.fixture(scope="module")
def store(folder):
    return open_store(folder)


@pytest.fixture(scope="module")
def listener():
    """A server that notes every contact."""
    contacts = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            contacts.append(self.path)
            self.send_response(500)
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql", contacts
    server.shutdown()
    thread.join()
    server.server_close()


def write_graph(folder, data):
    (folder / "snhr-kg.nq").write_bytes(data)
    (folder / "SHA256SUMS").write_text(f"{hashlib.sha256(data).hexdigest()}  snhr-kg.nq\n")


def count(store, pattern, **dataset):
    (row,) = store.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", **dataset).rows()
    return row[0]


class TestDataset:
    def test_the_default_graph_is_the_union_of_all_but_external_graphs(self, store):
        inside = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{small_graph.EXTERNAL_GRAPH}>)"
        assert count(store, "?s ?p ?o") == count(store, inside) > 100

    def test_an_external_graph_is_read_when_it_is_named(self, store):
        assert count(store, f"GRAPH <{small_graph.EXTERNAL_GRAPH}> {{ ?s ?p ?o }}") == 1
        assert count(store, "?s ?p ?o", default_graphs=[small_graph.EXTERNAL_GRAPH]) == 1

    def test_from_replaces_the_default_graph_and_hides_named_ones(self, store):
        derived = names.graph("derived")
        (row,) = store.query(f"SELECT (COUNT(DISTINCT ?s) AS ?n) FROM <{derived}> {{ ?s ?p ?o }}").rows()
        assert row == (1,)
        assert not store.query(f"ASK FROM <{derived}> {{ GRAPH ?g {{ ?s ?p ?o }} }}")

    def test_the_protocols_dataset_wins_over_from(self, store):
        (row,) = store.query(
            f"SELECT (COUNT(*) AS ?n) FROM <{small_graph.REPORT_GRAPH}> {{ ?s ?p ?o }}",
            default_graphs=[small_graph.EXTERNAL_GRAPH],
        ).rows()
        assert row == (1,)

    def test_named_graphs_alone_leave_the_default_graph_empty(self, store):
        assert count(store, "?s ?p ?o", named_graphs=[small_graph.REPORT_GRAPH]) == 0
        assert count(store, "GRAPH ?g { ?s ?p ?o }", named_graphs=[small_graph.EXTERNAL_GRAPH]) == 1

    def test_nothing_that_from_names_is_fetched(self, store, listener):
        address, contacts = listener
        for clause in ("FROM", "FROM NAMED"):
            assert not store.query(f"ASK {clause} <{address}> {{ ?s ?p ?o }}")
        assert count(store, "?s ?p ?o", default_graphs=[address]) == 0
        assert contacts == []


class TestAnswers:
    def test_rows_are_python_values(self, store):
        query = 'SELECT (1 AS ?a) (1.50 AS ?b) (true AS ?c) ("x"@ar AS ?d) (<http://e/> AS ?e) ?f {}'
        assert list(store.query(query).rows()) == [(1, Decimal("1.50"), True, "x", "http://e/", None)]

    def test_a_literal_its_datatype_forbids_stays_text(self, store):
        query = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT ('x'^^xsd:integer AS ?a) {}"
        assert list(store.query(query).rows()) == [("x",)]
        assert python_value(None) is None

    def test_turtle_declares_only_the_prefixes_it_uses(self, store):
        answer = store.query("CONSTRUCT { ?s a ?t } { ?s a ?t } LIMIT 3")
        assert answer.kind == "graph"
        text = answer.serialize("text/turtle").decode()
        assert "@prefix snhr:" in text
        assert "@prefix dcat:" not in text

    def test_every_format_can_be_read_back(self, store):
        rows = store.query("SELECT ?s { ?s ?p ?o } LIMIT 1")
        assert json.loads(rows.serialize("application/sparql-results+json"))["head"]["vars"] == ["s"]
        for media_type in rows.formats:
            assert b"s" in store.query("SELECT ?s { ?s ?p ?o } LIMIT 1").serialize(media_type)
        for media_type in store.query("DESCRIBE <http://x/>").formats:
            assert isinstance(store.query("CONSTRUCT { ?s ?p ?o } {} LIMIT 1").serialize(media_type), bytes)

    @pytest.mark.parametrize(
        ("query", "json_text", "csv"),
        [
            ("SELECT * {}", '{"head":{"vars":[]},"results":{"bindings":[{}]}}', "\r\n\r\n"),
            ("SELECT * { FILTER(false) }", '{"head":{"vars":[]},"results":{"bindings":[]}}', "\r\n"),
            ("SELECT ?x {}", '{"head":{"vars":["x"]},"results":{"bindings":[{}]}}', "x\r\n\r\n"),
            ("SELECT ?x { FILTER(false) }", '{"head":{"vars":["x"]},"results":{"bindings":[]}}', "x\r\n"),
            ("ASK {}", '{"head":{},"boolean":true}', "true"),
        ],
    )
    def test_no_row_and_a_row_of_nothing_differ_in_json_and_in_csv(self, store, query, json_text, csv):
        assert store.query(query).serialize("application/sparql-results+json").decode() == json_text
        assert store.query(query).serialize("text/csv").decode() == csv

    @pytest.mark.parametrize("kind", [ValueError, RuntimeError, OSError, MemoryError])
    @pytest.mark.parametrize(
        ("query", "media_type"),
        [("SELECT * { ?s ?p ?o }", "text/csv"), ("ASK {}", "text/csv"), ("DESCRIBE <x:>", "text/turtle")],
    )
    def test_what_a_target_raises_ends_the_query_and_comes_through_unchanged(self, store, kind, query, media_type):
        class Refusing:
            def __init__(self):
                self.raised = []

            def write(self, data):
                self.raised.append(kind("full"))
                raise self.raised[-1]

            def flush(self):
                pass

        target = Refusing()
        with pytest.raises(kind) as raised:
            store.query(query).write(target, media_type)
        assert raised.value is target.raised[0]

    def test_an_error_of_the_engine_while_it_writes_is_a_bad_query(self, store):
        unsupported = "SELECT (<http://www.opengis.net/def/function/geosparql/buffer>('a', 'b') AS ?x) {}"
        with pytest.raises(BadQuery, match="not supported"):
            store.query(unsupported).serialize("text/csv")

    def test_a_blank_node_has_the_same_label_in_every_opening(self, tmp_path):
        write_graph(tmp_path, b"_:c14n0 <http://e/p> _:c14n1 <http://e/g> .\n")
        query = "SELECT ?s { ?s <http://e/p> ?o . GRAPH ?g { ?s <http://e/p> ?o } }"
        answers = {open_store(tmp_path).query(query).serialize("text/csv") for _ in range(2)}
        assert answers == {b"s\r\n_:c14n0\r\n"}

    def test_asking_for_rows_of_a_graph_is_a_mistake(self, store):
        with pytest.raises(TypeError, match="not rows"):
            next(store.query("DESCRIBE <http://x/>").rows())
        with pytest.raises(TypeError, match="not a truth value"):
            bool(store.query("DESCRIBE <http://x/>"))


class TestRefusals:
    def test_a_query_that_does_not_parse_is_told_the_word_that_does_not_fit(self, store):
        with pytest.raises(BadQuery, match=r"^error at 1:19: '}' is not expected here$"):
            store.query("SELECT ?s { ?s ?p }")

    def test_a_query_that_cannot_be_evaluated_is_a_bad_query(self, store):
        unsupported = "SELECT (<http://www.opengis.net/def/function/geosparql/buffer>('a', 'b') AS ?x) {}"
        with pytest.raises(BadQuery, match="not supported"):
            list(store.query(unsupported).rows())

    @pytest.mark.parametrize("text", ["SELECT \ud800 {}", "", "\0", "SELECT"])
    def test_odd_texts_are_bad_queries(self, store, text):
        with pytest.raises(BadQuery):
            store.query(text)

    def test_a_graph_that_is_no_iri_is_a_bad_query(self, store):
        with pytest.raises(BadQuery):
            store.query("ASK {}", default_graphs=["no iri"])

    @pytest.mark.parametrize(
        "text",
        [
            "INSERT DATA { <a:a> <a:b> <a:c> }",
            "# a comment\nPREFIX : <http://x/> BASE <http://y/> DELETE WHERE { ?s ?p ?o }",
            "LOAD <http://127.0.0.1:1/>",
            "clear all",
            "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        ],
    )
    def test_updates_are_refused_and_change_nothing(self, store, text):
        before = len(store)
        with pytest.raises(QueryRefused, match="read-only"):
            store.query(text)
        assert len(store) == before

    def test_brackets_nested_too_deep_are_a_bad_query(self, store):
        deep = "ASK " + "{" * (MAX_DEPTH + 1) + "}" * (MAX_DEPTH + 1)
        with pytest.raises(BadQuery, match="nested"):
            store.query(deep)
        assert store.query("ASK " + "{" * MAX_DEPTH + "}" * MAX_DEPTH)

    def test_brackets_in_strings_comments_and_side_by_side_do_not_nest(self, store):
        text = f"ASK {{ BIND('{'(' * 200}' AS ?x) }} # {'{' * 200}"
        assert store.query(text)
        assert store.query("ASK {" + "{}" * 200 + "}")

    def test_a_query_over_the_length_cap_is_a_bad_query(self, store):
        with pytest.raises(BadQuery, match="bytes long"):
            store.query("ASK {} #" + "x" * MAX_BYTES)


SERVICE_CALLS = {
    "plain": "SELECT * { SERVICE <@> { ?a ?b ?c } }",
    "lower case": "SELECT * { service <@> { ?a ?b ?c } }",
    "silent": "SELECT * { SERVICE SILENT <@> { ?a ?b ?c } }",
    "glued silent": "SELECT * { SERVICESILENT<@>{ ?a ?b ?c } }",
    "glued to a number": "SELECT * { ?s ?p 5SERVICE<@>{ ?a ?b ?c } }",
    "glued to a double": "SELECT * { ?s ?p 5.e1SERVICE<@>{ ?a ?b ?c } }",
    "glued to a boolean": "SELECT * { ?s ?p trueSERVICE<@>{ ?a ?b ?c } }",
    "after a dot": "SELECT * { ?s ?p ?o.SERVICE<@>{ ?a ?b ?c } }",
    "prefixed name": "PREFIX x: <@> SELECT * { SERVICE x: { ?a ?b ?c } }",
    "glued prefixed name": "PREFIX x: <@> SELECT * { SERVICEx: { ?a ?b ?c } }",
    "glued silent prefixed name": "PREFIX x: <@> SELECT * { SERVICESILENTx:#\n{ ?a ?b ?c } }",
    "empty prefix": "PREFIX : <@> SELECT * { SERVICE: { ?a ?b ?c } }",
    "variable": "SELECT * { VALUES ?u { <@> } SERVICE?u{ ?a ?b ?c } }",
    "comment between": "SELECT * { SERVICE#\n<@>#\n{ ?a ?b ?c } }",
    "after a comment ended by a carriage return": "SELECT * { # x\rSERVICE <@> { ?a ?b ?c } }",
    "in exists": "SELECT * { FILTER EXISTS { SERVICE <@> { ?a ?b ?c } } }",
    "in a subquery": "SELECT * { { SELECT * { OPTIONAL { SERVICE <@> { ?a ?b ?c } } } } }",
    "escaped": "SELECT * { \\u0053ERVICE <@> { ?a ?b ?c } }",
    "escaped with eight digits": "SELECT * { \\U00000053\\u0065rvice <@> { ?a ?b ?c } }",
    "after an escaped line end in a comment": "SELECT * { # \\u000A SERVICE <@> { ?a ?b ?c }\n }",
    "less than read as an IRI": "SELECT * { ?s ?p ?o FILTER(?o<?o||true)SERVICE#>\n<@>{ ?a ?b ?c } }",
    "less than, then a comment hiding a quote": (
        "SELECT * { ?s ?p ?o FILTER(?o<?o||true)#>'''\nSERVICE<@>{ ?a ?b ?c } #'''\n}"
    ),
    "an escaped hash in a name": "PREFIX x: <http://x/> SELECT * { VALUES ?x { x:a\\#b } SERVICE<@>{ ?a ?b ?c } }",
    "an escaped quote in a name": (
        "PREFIX x: <http://x/> SELECT * { VALUES ?x { x:a\\'b } SERVICE<@>{ ?a ?b ?c } VALUES ?y { x:a\\'b } }"
    ),
    "between strings with escaped quotes": "SELECT * { BIND('a\\'' AS ?x) SERVICE<@>{ ?a ?b ?c } BIND('\\'' AS ?y) }",
    "an unfinished long string": "SELECT * { VALUES ?x { '''x' } SERVICE<@>{ ?a ?b ?c } }",
}


class TestService:
    @pytest.mark.parametrize("call", SERVICE_CALLS)
    def test_is_refused(self, store, listener, call):
        address, contacts = listener
        with pytest.raises(QueryRefused, match="SERVICE"):
            store.query(SERVICE_CALLS[call].replace("@", address))
        assert contacts == []

    @pytest.mark.parametrize(
        "text",
        [
            "ASK { ?service ?p 'SERVICE <x>' }",
            'ASK { $service ?p """a SERVICE <x> "" { }""" }',
            "ASK { ?s <https://example.org/SERVICE#service> ?o } # SERVICE <http://x/> {}",
            "PREFIX services: <https://example.org/> ASK { ?s services:SERVICE ?o . services:a ?p services:b }",
            "PREFIX service: <https://example.org/> ASK { GRAPH service:g { ?s ?p ?o } }",
            "PREFIX my-service: <https://example.org/> ASK { ?s my-service:x/my-service:y 'x'@en-service }",
            "BASE <https://example.org/> ASK { ?s <a/service> <#service> . _:service <service> 5 }",
            "PREFIX e: <https://example.org/> ASK { e:a.service ?p e:service }",
            "SELECT (COUNT(?service) AS ?services) { ?service ?p ?o FILTER(?o<5 && ?o>3) }",
        ],
    )
    def test_the_word_elsewhere_is_fine(self, store, text):
        store.query(text)

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_no_disguise_makes_contact(self, store, listener, data):
        """Case, escapes, comments and blanks, after anything that may stand before a group's next pattern."""
        address, contacts = listener
        word = "".join(
            data.draw(st.sampled_from([letter, letter.lower(), f"\\u{ord(letter):04x}", f"\\U{ord(letter):08X}"]))
            for letter in "SERVICE"
        )
        gap = data.draw(st.text(st.sampled_from(" \t\n\r"), max_size=2))
        comment = data.draw(st.sampled_from(["", "#'\n", '#"\r', "#>'''\n", "#\\u000a\n", "# SERVICE\n", "#<\n"]))
        before = data.draw(
            st.sampled_from(
                [
                    "",
                    "?s ?p 1",
                    "?s ?p true",
                    "?s ?p ?o.",
                    "{}",
                    "BIND('\\'' AS ?x)",
                    'BIND("#" AS ?x)',
                    "?s ?p <a:#>.",
                    "FILTER(1<2)",
                    "FILTER(?a<?b#>\n)",
                    "FILTER(?a<?b)#>'''\n",
                    "VALUES ?x {'''x'}",
                    "BIND('''#''' AS ?x)",
                ]
            )
        )
        silent = data.draw(st.sampled_from(["", "SILENT", " silent ", "#\nSILENT"]))
        after = data.draw(st.sampled_from(["", "#'''\n", "BIND('''x''' AS ?y)", "#>\n", '#"""\n']))
        text = f"SELECT * {{ {before}{gap}{comment}{word}{silent}{comment}{gap}<{address}>{{ ?a ?b ?c }} {after} }}"
        with contextlib.suppress(BadQuery, QueryRefused):
            store.query(text).serialize("text/csv")
        assert contacts == []


class TestOpening:
    def test_a_missing_graph_says_how_to_build_one(self, tmp_path):
        with pytest.raises(GraphError, match="snhr-kg build --out"):
            open_store(tmp_path)

    def test_a_truncated_graph_is_not_opened(self, tmp_path):
        path = small_graph.write(tmp_path) / "snhr-kg.nq"
        path.write_bytes(path.read_bytes()[:-40])
        with pytest.raises(GraphError, match="cut short or changed"):
            open_store(tmp_path)

    def test_a_graph_that_is_no_rdf_is_not_opened(self, tmp_path):
        write_graph(tmp_path, b"<a")
        with pytest.raises(GraphError, match="Parser error"):
            open_store(tmp_path)

    def test_a_graph_is_opened_whole_while_others_are_put_in_its_place(self, tmp_path):
        folder = tmp_path / "graph"
        small_graph.write(folder)
        enough = threading.Event()

        def build_again_and_again():
            for number in itertools.count():
                if enough.is_set():
                    return
                with fresh_folder(folder) as fresh:
                    write_graph(fresh, f"<http://e/{number}> <http://e/p> <http://e/o> <http://e/g> .\n".encode() * 2)
                    put_in_place(fresh, folder)

        builder = threading.Thread(target=build_again_and_again)
        builder.start()
        versions = set()
        opened = 0
        try:
            while builder.is_alive() and (opened < 100 or len(versions) < 5):
                versions.add(open_store(folder).version)
                opened += 1
        finally:
            enough.set()
            builder.join()
        assert opened >= 100
        assert len(versions) >= 5

    def test_knows_its_size(self, folder, store):
        (named,) = store.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").rows()
        assert len(store) == named[0] + count(store, "?s ?p ?o")


class TestExport:
    def test_nquads_come_out_as_they_went_in(self, folder):
        written = write_dataset(folder, "nquads").splitlines()
        assert sorted(written) == sorted((folder / "snhr-kg.nq").read_bytes().splitlines())

    def test_one_graph_holds_only_its_triples(self, folder):
        turtle = write_dataset(folder, "turtle", {names.graph("derived")}).decode()
        assert "deaths-not-attributed" in turtle
        assert "deaths-north" not in turtle

    def test_an_unknown_graph_is_named_with_those_there_are(self, folder):
        with pytest.raises(UnknownResource, match="graph/derived"):
            write_dataset(folder, "trig", {names.graph("nowhere")})
