"""How addresses of things and of documents answer, over a graph of which every answer is known by heart."""

from __future__ import annotations

import json
from urllib.parse import urljoin

import lxml.html
import pyoxigraph as ox
import pytest
from werkzeug.http import parse_options_header

import small_graph
from snhr_kg import names
from snhr_kg.site.documents import FORMATS

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FIGURE = "/report/1999-09-09/figure/deaths-north"
LEAGUE = "/code/perpetrator/league"
MENTION = "/report/1999-09-09/mention/deaths-north--body"
THINGS = (FIGURE, MENTION, LEAGUE, "/report/1999-09-09/check/partition-sum--deaths")


def iri(path: str) -> str:
    return names.BASE + path[1:]


def get(client, path, accept=None, **headers):
    return client.get(path, headers={**({"Accept": accept} if accept else {}), **headers})


def goes_to(response, path: str) -> str:
    return urljoin(path, response.location)


def links_of(response, path: str) -> list[tuple[str, dict[str, str]]]:
    """The targets of the Link header, whole, and their parameters."""
    found = []
    for one in response.headers["Link"].split(", <"):
        target, parameters = parse_options_header(one)
        found.append((urljoin(path, target.strip("<>")), parameters))
    return found


@pytest.mark.parametrize("path", THINGS)
@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        (None, ".ttl"),
        ("*/*", ".ttl"),
        ("text/turtle", ".ttl"),
        ("application/ld+json", ".jsonld"),
        ("application/json", ".jsonld"),
        ("application/n-triples", ".nt"),
        ("application/rdf+xml", ".rdf"),
        ("application/trig", ".trig"),
        ("application/rdf+xml;q=0.4, application/ld+json;q=0.8", ".jsonld"),
    ],
)
def test_a_thing_leads_to_the_data_that_is_liked_best(client, path, accept, ending):
    response = get(client, path, accept)
    assert response.status_code == 303
    assert goes_to(response, path) == path + ending
    assert {"Accept", "Accept-Language"} <= {one.strip() for one in response.headers["Vary"].split(",")}


@pytest.mark.parametrize(
    ("languages", "language"), [(None, "en"), ("ar, en;q=0.5", "ar"), ("fr", "en"), ("ar-SY", "ar")]
)
def test_a_thing_leads_a_browser_to_the_page_in_its_language(client, languages, language):
    headers = {"Accept-Language": languages} if languages else {}
    response = get(client, LEAGUE, BROWSER, **headers)
    assert response.status_code == 303
    assert goes_to(response, LEAGUE) == f"/{language}{LEAGUE}.html"
    assert client.get(goes_to(response, LEAGUE)).status_code == 200


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
@pytest.mark.parametrize("path", [FIGURE, f"{FIGURE}.ttl"])
def test_other_methods_answer_without_a_body(client, path, method):
    response = client.open(path, method=method)
    assert response.data == b""
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    if method == "HEAD":
        assert response.headers["Link"] == client.get(path).headers["Link"]
    else:
        assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.ending)
def test_every_format_tells_the_same(client, form):
    expected = parsed(client, f"{FIGURE}.nt", ox.RdfFormat.N_TRIPLES)
    response = client.get(f"{FIGURE}.{form.ending}")
    assert response.status_code == 200
    assert response.mimetype == form.media_type
    document = {f"{iri(FIGURE)}.{one.ending}" for one in FORMATS}
    assert without(expected, document) == without(parsed(client, f"{FIGURE}.{form.ending}", form.rdf), document)


def parsed(client, path, form) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(client.get(path).data, format=form)}


def without(triples: set[ox.Triple], subjects: set[str]) -> set[ox.Triple]:
    return {triple for triple in triples if triple.subject.value not in subjects}


def test_data_say_of_the_figure_all_that_the_graph_says(client):
    found = parsed(client, f"{FIGURE}.ttl", ox.RdfFormat.TURTLE)
    figure, snhr = ox.NamedNode(iri(FIGURE)), names.term
    assert {
        str(one.object.value) for one in found if one.subject == figure and one.predicate.value == snhr("value")
    } == {"100"}
    mention = ox.NamedNode(iri(MENTION))
    assert ox.Triple(mention, ox.NamedNode(snhr("mentionOf")), figure) in found


def test_trig_keeps_the_graph_of_each_statement(client):
    quads = list(ox.parse(client.get(f"{FIGURE}.trig").data, format=ox.RdfFormat.TRIG))
    about = {quad.graph_name.value for quad in quads if quad.subject.value == iri(FIGURE)}
    assert about == {small_graph.REPORT_GRAPH}
    labels = {quad.graph_name.value for quad in quads if quad.subject.value == names.code("perpetrator", "north")}
    assert labels == {names.graph("codes")}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_data_bring_the_labels_of_what_they_mention(client, language):
    found = parsed(client, f"{FIGURE}.ttl", ox.RdfFormat.TURTLE)
    labels = {one.subject.value for one in found if getattr(one.object, "language", None) == language}
    assert {names.code("perpetrator", "north"), names.code("qualifier", "exact")} <= labels


def test_the_data_of_a_mention_tell_of_its_parts(client):
    subjects = {one.subject.value for one in parsed(client, f"{MENTION}.ttl", ox.RdfFormat.TURTLE)}
    assert {names.part(iri(MENTION), part) for part in ("target", "position", "quote")} <= subjects


def test_a_document_says_what_it_is_about_and_which_graphs_it_is_drawn_from(client):
    found = parsed(client, f"{FIGURE}.rdf", ox.RdfFormat.RDF_XML)
    said = {(one.predicate.value, one.object.value) for one in found if one.subject.value == f"{iri(FIGURE)}.rdf"}
    assert (names.full("foaf:primaryTopic"), iri(FIGURE)) in said
    assert (names.full("void:inDataset"), small_graph.REPORT_GRAPH) in said


def test_data_keep_the_published_iris_whatever_the_host(client):
    response = client.get(f"{FIGURE}.ttl", base_url="https://mirror.example:8443/")
    assert response.data == client.get(f"{FIGURE}.ttl").data
    assert b"mirror.example" not in response.data


def test_a_document_is_tagged_and_not_sent_twice(client):
    first = client.get(f"{FIGURE}.jsonld")
    assert first.headers["ETag"].startswith('"')
    again = get(client, f"{FIGURE}.jsonld", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    compressed = get(client, f"{FIGURE}.jsonld", **{"Accept-Encoding": "gzip"})
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert compressed.headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("path", [LEAGUE, f"{LEAGUE}.ttl", f"/en{LEAGUE}.html"])
def test_headers_link_the_thing_with_all_its_documents(client, path):
    response = client.get(path)
    found = links_of(response, path)
    alternates = {target: told for target, told in found if "alternate" in told["rel"].split()}
    data = {f"{LEAGUE}.{form.ending}": form.media_type for form in FORMATS}
    pages = {f"/{language}{LEAGUE}.html": language for language in ("en", "ar")}
    assert alternates.keys() == ({*data, *pages} - {path})
    assert {target: told["type"] for target, told in alternates.items() if target in data}.items() <= data.items()
    assert {target: told["hreflang"] for target, told in alternates.items() if target in pages}.items() <= pages.items()
    assert [target for target, told in found if told["rel"] == "canonical"] == [iri(path)]


@pytest.mark.parametrize("path", [f"{LEAGUE}.ttl", f"/ar{LEAGUE}.html"])
def test_a_document_names_the_thing_that_it_describes(client, path):
    found = links_of(client.get(path), path)
    assert [target for target, told in found if "describes" in told["rel"].split()] == [iri(LEAGUE)]


def test_headers_name_the_classes_of_the_thing_and_not_of_its_document(client):
    at_thing = [(target, told) for target, told in links_of(client.get(FIGURE), FIGURE) if told["rel"] == "type"]
    assert at_thing == [(names.term("Figure"), {"rel": "type"})]
    document = f"{FIGURE}.ttl"
    ((target, told),) = [one for one in links_of(client.get(document), document) if one[1]["rel"] == "type"]
    assert (target, told["anchor"]) == (names.term("Figure"), iri(FIGURE))


def test_a_page_has_the_same_links_in_its_head(client):
    path = f"/ar{LEAGUE}.html"
    page = lxml.html.document_fromstring(client.get(path).text)
    data = {urljoin(path, link.get("href")): link.get("type") for link in page.xpath("//link[@rel='alternate'][@type]")}
    assert data == {f"{LEAGUE}.{form.ending}": form.media_type for form in FORMATS}
    assert page.xpath("//link[@rel='canonical']/@href") == [iri(path)]


def test_a_document_without_a_language_leads_to_the_page_in_one(client):
    response = get(client, f"{FIGURE}.html", **{"Accept-Language": "ar"})
    assert response.status_code == 302
    assert goes_to(response, f"{FIGURE}.html") == f"/ar{FIGURE}.html"


def test_a_graph_answers_itself_and_says_which_document_it_is(client):
    path = "/graph/codes"
    response = get(client, path, "text/turtle")
    assert response.status_code == 200
    assert urljoin(path, response.headers["Content-Location"]) == "/graph/codes.ttl"
    assert response.data == client.get("/graph/codes.ttl").data
    assert {quad.triple for quad in ox.parse(response.data, format=ox.RdfFormat.TURTLE)} == {
        quad.triple for quad in stored() if quad.graph_name.value == names.graph("codes")
    }


def test_a_graph_in_trig_bears_its_name(client):
    found = ox.parse(client.get("/graph/external/elsewhere.trig").data, format=ox.RdfFormat.TRIG)
    assert {quad.graph_name.value for quad in found} == {small_graph.EXTERNAL_GRAPH}


def stored() -> list[ox.Quad]:
    lines = {*small_graph._codes(), *small_graph._figures(), *small_graph._elsewhere()}
    return list(ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS))


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/code/perpetrator/nort", "/code/perpetrator/north"),
        ("/code/perpetrators/north", "/code/perpetrator/north"),
        ("/report/1999-09-09/figure/deaths-nrth.ttl", FIGURE),
    ],
)
def test_an_unknown_iri_is_answered_with_the_nearest_known(client, path, meant):
    response = get(client, path)
    assert response.status_code == 404
    assert f"<{iri(meant)}>" in response.get_json(force=True)["detail"]
    assert response.get_json(force=True)["nearest"][0] == iri(meant)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_for_an_unknown_thing_leads_to_the_nearest(client, language):
    path = f"/{language}/code/perpetrator/leage.html"
    response = get(client, path, BROWSER)
    assert response.status_code == 404
    links = lxml.html.document_fromstring(response.text).xpath("//main//a/@href")
    assert f"/{language}{LEAGUE}.html" in {urljoin(path, link) for link in links}


@pytest.mark.parametrize("accept", [BROWSER, "*/*"])
def test_a_refusal_is_a_page_for_browsers_and_a_problem_document_for_programs(client, accept):
    response = get(client, "/code/perpetrator/nort", accept)
    assert response.status_code == 404
    assert response.mimetype == ("text/html" if accept == BROWSER else "application/problem+json")
    assert names.code("perpetrator", "north") in response.text


def test_what_cannot_be_served_is_told_with_what_can(client):
    response = get(client, FIGURE, "image/png")
    assert response.status_code == 406
    detail = json.loads(response.data)["detail"]
    for form in FORMATS:
        assert form.media_type in detail
        assert f"{FIGURE}.{form.ending}" in detail
    assert f"/ar{FIGURE}.html" in detail


@pytest.mark.parametrize(
    "path", ["/%00", "/%ff%fe", "/code/%22%3E%3Cscript%3E", "/" + "x" * 5000, "/a%0d%0aSet-Cookie:x"]
)
def test_a_strange_address_is_refused_quietly(client, path):
    response = get(client, path, BROWSER)
    assert response.status_code == 404
    assert "<script>" not in response.text
    assert "Set-Cookie" not in response.headers
