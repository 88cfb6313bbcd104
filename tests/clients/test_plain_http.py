"""Programs that know HTTP and not SPARQL: curl, a browser's form, a spreadsheet, OpenRefine's *fetch from a URL*."""

from __future__ import annotations

import csv
import http.client
import io
import json
import subprocess
from urllib.parse import quote, quote_plus, urlencode, urlsplit
from urllib.request import urlopen

import pytest
from rdflib import Graph, Literal

import questions_of_clients as ask
from needs import need

GRAPH_FORMATS = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}


def curl(*arguments: str) -> bytes:
    program = need.program("curl", "curl asks the endpoint")
    ran = subprocess.run([program, "--silent", "--show-error", "--fail", *arguments], capture_output=True, timeout=30)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def values(body: bytes) -> list[int]:
    return [int(row["value"]["value"]) for row in json.loads(body)["results"]["bindings"]]


def post(endpoint: str, body: bytes, content_type: str) -> bytes:
    parts = urlsplit(endpoint)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    try:
        connection.request("POST", parts.path, body, {"Content-Type": content_type})
        response = connection.getresponse()
        found = response.read()
        assert response.status == 200, found
        return found
    finally:
        connection.close()


def test_curl_by_get(endpoint):
    assert values(curl("--get", "--data-urlencode", f"query={ask.SELECT}", endpoint)) == ask.VALUES


def test_curl_by_post(endpoint):
    assert values(curl("--data-urlencode", f"query={ask.SELECT}", endpoint)) == ask.VALUES


def test_curl_with_a_file_as_the_body(endpoint, tmp_path):
    file = tmp_path / "query.rq"
    file.write_text(ask.LONG, encoding="utf-8")
    body = curl("--header", "Content-Type: application/sparql-query", "--data-binary", f"@{file}", endpoint)
    assert values(body) == ask.VALUES


def test_curl_compressed(endpoint):
    query = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 100"
    plain = curl("--get", "--data-urlencode", f"query={query}", endpoint)
    assert curl("--compressed", "--get", "--data-urlencode", f"query={query}", endpoint) == plain


@pytest.mark.parametrize("encode", [quote, quote_plus], ids=["%20", "+"])
def test_an_address_to_fetch_as_openrefine_and_spreadsheets_do(endpoint, encode):
    with urlopen(f"{endpoint}?query={encode(ask.SELECT)}&format=csv", timeout=30) as response:
        assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
        rows = list(csv.DictReader(io.StringIO(response.read().decode("utf-8"))))
    assert [int(row["value"]) for row in rows] == ask.VALUES
    assert {row["label"] for row in rows} == {ask.ARABIC}


def test_a_browsers_form(endpoint):
    """Browsers send the line ends of a text area as CR LF, and an empty field for each that was left empty."""
    query = ask.SELECT.replace(" WHERE", "\nWHERE").replace("\n", "\r\n")
    body = urlencode({"query": query, "format": "json"}).encode()
    assert values(post(endpoint, body, "application/x-www-form-urlencoded")) == ask.VALUES


@pytest.mark.parametrize(
    "content_type", ["application/x-www-form-urlencoded; charset=UTF-8", "application/sparql-query"]
)
def test_line_ends_of_windows_and_of_old_macs(endpoint, content_type):
    for line_end in ("\r\n", "\r"):
        query = f"# a remark{line_end}{ask.SELECT.replace(chr(10), line_end)}{line_end}"
        body = urlencode({"query": query}) if "form" in content_type else query
        assert values(post(endpoint, body.encode(), content_type)) == ask.VALUES


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "application/sparql-query"])
def test_a_file_that_begins_with_a_byte_order_mark(endpoint, content_type):
    """As Windows' editors save one; the mark is no part of the text."""
    query = f"\ufeff{ask.SELECT}"
    body = urlencode({"query": query}) if "form" in content_type else query
    assert values(post(endpoint, body.encode("utf-8"), content_type)) == ask.VALUES


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "application/sparql-query"])
def test_a_query_of_more_than_8_kilobytes(endpoint, content_type):
    body = urlencode({"query": ask.LONG}) if "form" in content_type else ask.LONG
    assert len(ask.LONG) > 8192
    assert values(post(endpoint, body.encode(), content_type)) == ask.VALUES


@pytest.mark.parametrize(("query", "expected"), [(ask.ASK_IN_ARABIC, True), (ask.ASK_IN_VAIN, False)])
def test_a_truth_value_in_each_format(endpoint, query, expected):
    def answer(form: str) -> str:
        with urlopen(f"{endpoint}?{urlencode({'query': query, 'format': form})}", timeout=30) as response:
            return response.read().decode()

    assert json.loads(answer("json"))["boolean"] is expected
    assert f"<boolean>{str(expected).lower()}</boolean>" in answer("xml")
    assert answer("csv").strip() == answer("tsv").strip() == str(expected).lower()


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own use
@pytest.mark.parametrize("query", [ask.CONSTRUCT, ask.DESCRIBE], ids=["construct", "describe"])
def test_a_graph_is_the_same_in_each_format(endpoint, query):
    graphs = []
    for form, reader in GRAPH_FORMATS.items():
        with urlopen(f"{endpoint}?{urlencode({'query': query, 'format': form})}", timeout=30) as response:
            graphs.append(set(Graph().parse(data=response.read(), format=reader)))
    assert all(graph == graphs[0] for graph in graphs)
    assert Literal(ask.ARABIC, lang="ar") in {found for _, _, found in graphs[0]}
