"""Every IRI that the built graph holds answers, whichever graph describes it."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote, urljoin

import pyoxigraph as ox
import pytest
import rdflib
from flask import g

from snhr_kg import names
from snhr_kg.site.documents import FORMATS
from snhr_kg.site.statements import Reader

BROWSER = {"Accept": "text/html,*/*;q=0.8"}
ONE_OF_EACH_KIND = (
    "report/2020-03-15",
    "report/2020-03-15/text",
    "report/2020-03-15/section/viii",
    "report/2020-03-15/figure/torture-deaths",
    "report/2020-03-15/mention/torture-deaths--body",
    "report/2020-03-15/passage/relation--sdf-mainly-pyd",
    "report/2020-03-15/number/year-2019-turkish-intervention",
    "report/2020-03-15/breakdown/torture-deaths-by-perpetrator",
    "report/2020-03-15/slice/list-incendiary-attacks",
    "report/2020-03-15/derived/torture-deaths-by-perpetrator--rest",
    "report/2020-03-15/check/mentions-agree--barrel-bombs--contents",
    "report/2020-03-15/finding/war-crimes-regime",
    "report/2020-03-15/event/world-summit-2005",
    "report/2020-03-15/recommendation/support-reconstruction",
    "report/2020-03-15/relation/sdf-mainly-pyd",
    "report/2020-03-15/instrument/world-summit-2005",
    "report/2020-03-15/dataset/shares",
    "structure/shares",
    "structure/counts/slice-key/indicator+victim-group+violation-type+weapon",
    "code/perpetrator",
    "code/perpetrator/isis",
    "code/place/raqqa-city",
    "code/period/2011-03--2020-03",
    "code/period/at-2025-12-31",
    "rule/partition-sum",
    "agent/snhr",
    "agent/vdc",
    "dataset",
    "catalogue",
    "software/snhr-kg",
    "files/snhr-kg.trig",
    "input/ontology/structure.ttl",
    "mapping/wikidata/violation-type-war-crimes-q135010",
    "mapping-set/wikipedia",
    "comparison/topic/women-killed",
    "comparison/reason/vdc-rule-not-read",
    "comparison/displaced-abroad/2020-03-15.displaced-abroad/unhcr-population.2025.12.1.refugees%2Basylum_seekers-2019",
    "graph/report",
    "external/series",
    "external/series/vdc-2021-03",
    "external/series/vdc-2021-03/reading/killed-individuals-1",
    "external/series/line/vdc-killed-individuals",
    "external/series/page/9",
    "external/ucdp-onesided/23.1",
    "external/unhcr-population/2025.12.1/dataset/counts",
    "external/unhcr-population/2025.12.1/file/population_origin_syr.csv",
    "external/unhcr/code/population",
    "external/acled/code/event/Explosions%2FRemote%20violence%20%3E%20Air%2Fdrone%20strike",
    "external/icc/code/rome-statute/Art.%208%282%29%28e%29%28viii%29",
)


@pytest.fixture(scope="module")
def quads(built) -> list[ox.Quad]:
    return list(ox.parse(path=built / "snhr-kg.nq", format=ox.RdfFormat.N_QUADS))


@pytest.fixture(scope="module")
def stated(quads) -> dict[str, set[ox.Triple]]:
    """What any graph states, by the IRI of what it is stated about."""
    found: dict[str, set[ox.Triple]] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode):
            found.setdefault(quad.subject.value, set()).add(quad.triple)
    return found


@pytest.fixture(scope="module")
def subjects(quads) -> dict[str, bool]:
    """Every IRI of ours that something is stated about, and whether a graph of our own states it."""
    found: dict[str, bool] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(names.BASE):
            own = not quad.graph_name.value.startswith(names.graph("external/"))
            found[quad.subject.value] = found.get(quad.subject.value, False) or own
    return found


def path_of(iri: str) -> str:
    return "/" + iri.removeprefix(names.BASE).partition("#")[0]


def kind_of(iri: str) -> str:
    """What tells kinds of IRIs from elsewhere apart: their address without what differs from one to the next."""
    return re.sub(r"[^/]+$", "", re.sub(r"/(?:[^/]*[0-9][^/]*)(?=/)", "/…", iri))


def assert_answers(site, iri: str) -> None:
    path = path_of(iri)
    response = site.get(path)
    if response.status_code == 200:  # a document itself: a graph, the ontology, a file, the endpoint
        assert path.startswith(("/graph/", "/ontology", "/files/", "/sparql")), iri
        response.close()
    else:
        assert response.status_code == 303, (iri, response.status)
        assert urljoin(path, response.location) == f"{path}.ttl"


@pytest.mark.parametrize(
    ("accept", "leads"),
    [
        ("text/html,*/*;q=0.8", "/en/index.html"),
        ("*/*", "/en/index.html"),
        (None, "/en/index.html"),
        ("text/turtle", "/dataset.ttl"),
        ("application/ld+json, text/html;q=0.5", "/dataset.jsonld"),
        ("image/png", "/en/index.html"),
    ],
)
def test_the_base_leads_to_the_first_page_or_to_the_data_about_the_dataset(site, accept, leads):
    response = site.get("/", headers={"Accept": accept} if accept else {})
    assert response.status_code == (302 if leads.endswith(".html") else 303)
    assert {"Accept", "Accept-Language"} <= {one.strip() for one in response.headers["Vary"].split(",")}
    assert urljoin("/", response.headers["Location"]) == leads
    assert site.get(leads).status_code == 200


def test_every_iri_of_ours_leads_to_a_document(site, subjects):
    """Thousands of them: fragments answer with their whole, so each whole is asked once."""
    wholes = sorted({iri.partition("#")[0] for iri, own in subjects.items() if own})
    assert len(wholes) > 2_500
    for iri in wholes:
        assert_answers(site, iri)


def test_every_kind_of_iri_from_elsewhere_leads_to_a_document(site, subjects):
    wholes = sorted({iri.partition("#")[0] for iri, own in subjects.items() if not own})
    assert len(wholes) > 7_500
    by_kind: dict[str, list[str]] = {}
    for iri in wholes:
        by_kind.setdefault(kind_of(iri), []).append(iri)
    for some in by_kind.values():
        for iri in {some[0], some[len(some) // 2], some[-1]}:
            assert_answers(site, iri)


def test_the_part_of_a_thing_is_described_in_the_document_of_its_whole(site, subjects):
    """The data of a graph are its own statements: what is said of it, and of its rights, stands on its page."""
    with_parts = sorted(iri for iri in subjects if "#" in iri and not iri.startswith((names.SNHR, names.graph(""))))
    by_kind = {(kind_of(iri.partition("#")[0]), iri.partition("#")[2][:5]): iri for iri in with_parts}
    assert len(by_kind) > 15
    for iri in by_kind.values():
        found = ox.parse(site.get(f"{path_of(iri)}.nt").data, format=ox.RdfFormat.N_TRIPLES)
        assert ox.NamedNode(iri) in {quad.subject for quad in found}, iri


def test_what_is_only_pointed_to_answers_too(site, quads, subjects):
    pointed = {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}
    ours = {iri.partition("#")[0] for iri in pointed if iri.startswith(names.BASE)} - {names.BASE}
    known = {iri.partition("#")[0] for iri in subjects}
    assert names.foreign_list("unhcr", "population") in ours - known
    for iri in sorted(ours - known):
        assert_answers(site, iri)


@pytest.mark.parametrize("local", ONE_OF_EACH_KIND)
def test_a_thing_of_each_kind_is_told_in_every_format(site, stated, local):
    for form in FORMATS:
        response = site.get(f"/{local}.{form.ending}")
        assert (response.status_code, response.mimetype) == (200, form.media_type), local
        found = {quad.triple for quad in ox.parse(response.data, format=form.rdf)}
        assert stated.get(names.BASE + local, set()) <= found, form.ending


@pytest.mark.parametrize("local", ONE_OF_EACH_KIND)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_thing_of_each_kind_has_a_page_that_names_it(site, local, language):
    start = site.get(f"/{local}", headers={**BROWSER, "Accept-Language": language})
    if start.status_code == 200:  # a file answers itself
        start.close()
        path = f"/{language}/{local}.html"
    else:
        path = urljoin(f"/{local}", start.location)
    page = site.get(path)
    assert page.status_code == 200, path
    assert f"{names.BASE}{local}" in page.text
    ids = re.findall(r'\sid="([^"]*)"', page.text)
    assert len(ids) == len(set(ids)), "two places of one name"
    assert unquote(path) == unquote(f"/{language}/{local}.html")


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own use
@pytest.mark.parametrize("ending", ["ttl", "rdf", "nt", "jsonld"])
def test_another_reader_of_rdf_understands_the_data(site, ending):
    local = "report/2020-03-15/figure/torture-deaths"
    form = {"ttl": "turtle", "rdf": "xml", "nt": "nt", "jsonld": "json-ld"}[ending]
    graph = rdflib.Graph()
    graph.parse(data=site.get(f"/{local}.{ending}").data, format=form)
    figure = rdflib.URIRef(names.BASE + local)
    assert [int(value) for value in graph.objects(figure, rdflib.URIRef(names.term("value")))] == [14391]


@pytest.mark.parametrize(("graph", "address"), [("codes", "/graph/codes"), ("ontology", "/ontology")])
def test_the_ontology_and_a_graph_are_answered_whole(site, quads, graph, address):
    response = site.get(address, headers={"Accept": "application/n-triples"})
    assert response.status_code == 200
    expected = [quad for quad in quads if quad.graph_name.value == names.graph(graph)]
    assert len(list(ox.parse(response.data, format=ox.RdfFormat.N_TRIPLES))) == len(expected)


def test_data_that_leave_something_out_say_so_and_where_the_rest_is(site, quads):
    local = "code/qualifier/exact"
    found = {quad.triple for quad in ox.parse(site.get(f"/{local}.ttl").data, format=ox.RdfFormat.TURTLE)}
    code = ox.NamedNode(names.BASE + local)
    document = ox.NamedNode(f"{code.value}.ttl")
    pointing = {quad.triple for quad in quads if quad.object == code}
    assert {triple for triple in found if triple.object == code and triple.subject != document} < pointing
    (rest,) = [one.object.value for one in found if one.predicate.value == names.full("rdfs:seeAlso")]
    assert rest.startswith(names.BASE + "sparql?query=")
    answer = site.get("/" + rest.removeprefix(names.BASE), headers={"Accept": "application/n-triples"})
    assert {quad.triple for quad in ox.parse(answer.data, format=ox.RdfFormat.N_TRIPLES)} == pointing
    assert {one.subject for one in found if one.predicate.value == names.full("rdfs:seeAlso")} == {document}


def test_data_name_the_licence_of_who_states_it(site):
    found = ox.parse(site.get("/external/ucdp-onesided/23.1.nt").data, format=ox.RdfFormat.N_TRIPLES)
    document = names.external("ucdp-onesided", "23.1") + ".nt"
    said = {(one.predicate.value, one.object.value) for one in found if one.subject.value == document}
    assert (names.full("void:inDataset"), names.graph("external/ucdp-onesided/23.1")) in said
    assert (names.full("dcterms:license"), "https://creativecommons.org/licenses/by/4.0/") in said


def test_an_iri_from_elsewhere_has_the_page_of_every_statement(read, stated):
    local = "external/unhcr-population/2025.12.1/dataset/counts"
    page = read(f"/ar/{local}.html")
    shown = set(page.xpath("//dl//text()"))
    words = {one.object.value for one in stated[names.BASE + local] if getattr(one.object, "language", None)}
    assert len(words) > 1
    assert words <= shown
    assert page.xpath("//a[contains(@class, 'graph') and contains(@class, 'elsewhere')]")
    assert not page.xpath("//a[contains(@class, 'graph') and contains(@class, 'stated')]")


def test_a_page_tells_what_is_stated_from_what_is_inferred(read):
    page = read("/en/report/2020-03-15/section/viii.html")
    (about,) = page.xpath("//section[@class='thing']")
    origins = {mark.get("class") for mark in about.xpath(".//dd/a[contains(@class, 'graph')]")}
    assert {"graph stated", "graph inferred"} <= origins
    inferred = about.xpath(".//dt[code='dcterms:source']/following-sibling::dd[1]/a[2]/@class")
    assert inferred == ["graph inferred"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_predicate_of_the_graph_is_told_in_words(site, quads, held, language):
    with site.application.test_request_context(f"/{language}/"):
        g.language = language
        reader = Reader(held, language, "index")
        for predicate in sorted({quad.predicate.value for quad in quads}):
            words = reader.words(predicate)
            assert words.language == language, predicate
            assert not words.words.startswith("http"), predicate


@pytest.mark.parametrize("local", ONE_OF_EACH_KIND)
def test_what_search_engines_are_told_is_json_in_the_terms_of_schema_org(read, local):
    (script,) = read(f"/en/{unquote(local)}.html").xpath("//script[@type='application/ld+json']/text()")
    told = json.loads(script)
    assert told["mainEntity"]["@id"] == names.BASE + local
    assert told["inLanguage"] == "en"
    assert told["isPartOf"]["@id"] == names.published("dataset")
    assert told["license"] == ["https://creativecommons.org/licenses/by/4.0/"]


def test_a_figure_is_told_to_search_engines_with_its_bounds(read):
    (script,) = read("/ar/report/2020-03-15/figure/torture-deaths.html").xpath("//script[@type='application/ld+json']")
    told = json.loads(script.text)["mainEntity"]
    assert told["@type"] == "Observation"
    assert (told["value"], told["minValue"]) == (14391, 14391)
    assert "maxValue" not in told, "at least: nothing bounds it above"
    assert told["variableMeasured"]["name"] == "الوفيات"
    assert told["subjectOf"]["@id"] == names.report("2020-03-15")


def test_the_first_page_tells_search_engines_of_the_dataset(read, held):
    (script,) = read("/en/index.html").xpath("//script[@type='application/ld+json']/text()")
    told = json.loads(script)
    assert told["@type"] == "Dataset"
    assert told["name"] == held.text(names.published("dataset"), "schema:name", "en").words
    assert {one["contentUrl"] for one in told["distribution"]} >= {names.published("files/snhr-kg.nq")}


def test_the_page_of_graphs_counts_the_statements_of_each(read, quads):
    counts: dict[str, int] = {}
    for quad in quads:
        counts[quad.graph_name.value] = counts.get(quad.graph_name.value, 0) + 1
    for row in read("/en/graphs.html").xpath("//tbody/tr"):
        iri = row.xpath(".//p[contains(@class, 'iri')]")[0].text_content().strip()
        number = row.xpath("td[@class='number']")[0].text_content().strip()
        if number[0].isdigit():
            assert int(number.replace(",", "")) == counts.pop(iri), iri
    assert counts == {}


def test_the_page_of_files_lists_every_file_of_the_build(read, built):
    listed = {line.partition("  ")[2] for line in (built / "SHA256SUMS").read_text(encoding="utf-8").splitlines()}
    page = read("/ar/files.html")
    shown = {one.text_content().strip() for one in page.xpath("//tbody//th[@scope='row'] | //details//li")}
    assert shown == listed | {"SHA256SUMS"}
