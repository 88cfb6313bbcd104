from __future__ import annotations

import csv
import io
import re

import pyoxigraph as ox
import pytest

from problem_documents import is_problem
from snhr_kg import load
from snhr_kg.records import DIMENSIONS

FIGURE = ox.NamedNode("https://w3id.org/snhr-kg/ontology#Figure")


@pytest.fixture(scope="module")
def graph(tiny_build):
    return load(tiny_build.out)


def ask(client, **parameters):
    response = client.get("/api/figures", query_string=parameters)
    assert response.status_code == 200, response.text
    return response.get_json()


def ids(answer):
    return [figure["id"] for figure in answer["figures"]]


def test_with_parts_all_stated_figures_come_in_order_with_the_fields_of_the_python_class(client, graph):
    answer = ask(client, parts="include", limit=1000)
    assert ids(answer) == [figure.id for figure in graph.figures()]
    assert answer["total"] == answer["count"] == len(graph.figures())
    for given, figure in zip(answer["figures"], graph.figures(), strict=True):
        for name in ("iri", "report", "label", "label_ar", "qualifier", "printed", *DIMENSIONS):
            assert given[name] == getattr(figure, name), name
        assert given["value"] == (None if figure.value is None else float(figure.value))
        assert given["lower"] == (None if figure.lower is None else float(figure.lower))


def test_totals_are_not_mixed_with_their_parts_unless_asked(client):
    answer = ask(client, indicator="detained-or-disappeared", unit="persons")
    assert "held" in ids(answer)
    assert not {"held-eel-society", "held-night-porters", "held-toll-office"} & set(ids(answer))
    assert answer["parts_left_out"] == 3
    assert "parts=include" in answer["note"]
    with_parts = client.get(answer["links"]["parts"]).get_json()
    assert {"held", "held-eel-society"} <= set(ids(with_parts))
    assert {"held"} == {
        total for figure in with_parts["figures"] if figure["id"].startswith("held-") for total in figure["part_of"]
    }


def test_a_part_stands_alone_where_its_total_does_not_fit(client):
    answer = ask(client, perpetrator="isis")
    assert ids(answer) == ["held-eel-society"]
    assert answer["figures"][0]["part_of"] == ["held"]
    assert answer["parts_left_out"] == 0


def test_a_part_of_a_part_is_left_out_with_its_total(client):
    every = ask(client, violation_type="use-of-chemical-weapons", parts="include")
    by_id = {figure["id"]: figure for figure in every["figures"]}
    kept = ids(ask(client, violation_type="use-of-chemical-weapons"))
    assert kept == [name for name, figure in by_id.items() if not set(figure["part_of"]) & set(by_id)]
    assert any(len(figure["part_of"]) > 1 for figure in by_id.values())


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_each_dimension_filters(client, graph, dimension):
    for code in sorted({getattr(figure, dimension) for figure in graph.figures()}):
        answer = ask(client, parts="include", **{dimension: code})
        assert ids(answer) == [figure.id for figure in graph.figures(**{dimension: code})]


@pytest.mark.parametrize("name", ["qualifier", "basis", "unit", "report"])
def test_each_attribute_filters(client, graph, name):
    for code in sorted({getattr(figure, name) for figure in graph.figures()}):
        wanted = [figure.id for figure in graph.figures() if getattr(figure, name) == code]
        assert ids(ask(client, parts="include", **{name: code})) == wanted


def test_inside_takes_the_codes_below(client, graph):
    given = {"perpetrator": "syrian-russian-alliance", "inside": "true", "parts": "include"}
    wanted = graph.figures(perpetrator="syrian-russian-alliance", inside=True)
    assert ids(ask(client, **given)) == [figure.id for figure in wanted]
    assert len(wanted) > len(graph.figures(perpetrator="syrian-russian-alliance"))


def test_a_section_filters_by_any_mention(client, graph):
    for section in {
        row["section"].rpartition("/")[2] for figure in graph.figures() for row in graph.mentions(figure.id)
    }:
        wanted = [
            figure.id
            for figure in graph.figures()
            if any(row["section"].endswith(f"/{section}") for row in graph.mentions(figure.id))
        ]
        assert ids(ask(client, section=section, parts="include")) == wanted


def test_derived_figures_come_only_when_asked_for(client, graph):
    assert not any(figure["derived"] for figure in ask(client, parts="include")["figures"])
    only = ask(client, derived="only", parts="include")
    assert ids(only) == [figure.id for figure in graph.figures(derived=True) if figure.derived]
    both = ask(client, derived="include", parts="include", limit=1000)
    assert both["total"] == len(graph.figures(derived=True))
    assert [figure["derived"] for figure in both["figures"]] == sorted(figure["derived"] for figure in both["figures"])


@pytest.mark.parametrize("text", ["cork", "CORK RAIDS", "(invented)", "مختلق"])
def test_text_is_found_in_labels_of_both_languages_whatever_the_case(client, graph, text):
    wanted = [
        figure.id for figure in graph.figures() if text.lower() in figure.label.lower() or text in figure.label_ar
    ]
    assert ids(ask(client, q=text, parts="include", limit=1000)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        '"',
        '" } #',
        "'",
        "?x",
        "{" * 150,
        "SERVICE <http://127.0.0.1/> {",
        "} UNION { ?s ?p ?o",
        "<",
        ">",
        "😀",
        "\u2028",
    ],
)
def test_text_is_text_whatever_it_looks_like(client, text):
    assert ask(client, q=text)["total"] == 0


class TestPages:
    def test_pages_together_are_the_whole_and_lead_to_one_another(self, client):
        whole = ids(ask(client, limit=1000))
        gathered, link = [], "/api/figures?limit=4"
        while link:
            response = client.get(link)
            answer = response.get_json()
            gathered += ids(answer)
            assert answer["total"] == len(whole) == int(response.headers["Total-Count"])
            links = re.findall(r'<([^>]+)>; rel="(\w+)"', response.headers["Link"])
            assert {(answer["links"][relation], relation) for _, relation in links} == set(links)
            assert {"first", "last"} <= {relation for _, relation in links}
            link = answer["links"].get("next")
        assert gathered == whole

    def test_the_first_page_has_no_previous_and_the_last_no_next(self, client):
        first = ask(client, limit=3)
        assert "prev" not in first["links"]
        last = client.get(first["links"]["last"]).get_json()
        assert "next" not in last["links"]
        assert 1 <= last["count"] <= 3
        assert client.get(last["links"]["prev"]).get_json()["count"] == 3
        assert ids(client.get(last["links"]["first"]).get_json()) == ids(first)

    def test_beyond_the_end_is_an_empty_page(self, client):
        answer = ask(client, offset=1_000_000)
        assert (answer["count"], answer["figures"]) == (0, [])
        assert client.get(answer["links"]["prev"]).get_json()["count"] > 0

    def test_values_can_be_sorted_and_what_has_none_stands_last(self, client):
        for sort, reverse in (("value", False), ("-value", True)):
            values = [figure["value"] for figure in ask(client, sort=sort, parts="include", limit=1000)["figures"]]
            counted = [value for value in values if value is not None]
            assert counted == sorted(counted, reverse=reverse)
            assert None not in values[: len(counted)]
            assert None in values

    @pytest.mark.parametrize("sort", ["id", "-id", "value", "-value", "lower", "-lower"])
    def test_any_order_is_the_same_across_pages(self, client, sort):
        whole = ids(ask(client, sort=sort, parts="include", limit=1000))
        pages = [
            ids(ask(client, sort=sort, parts="include", limit=7, offset=offset)) for offset in range(0, len(whole), 7)
        ]
        assert [name for page in pages for name in page] == whole


class TestFormats:
    def test_csv_holds_a_row_a_figure(self, client):
        response = client.get("/api/figures?format=csv&parts=include&limit=1000")
        assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
        rows = list(csv.DictReader(io.StringIO(response.text, newline="")))
        answer = ask(client, parts="include", limit=1000)
        assert [row["id"] for row in rows] == ids(answer)
        assert [row["part_of"].split() for row in rows] == [figure["part_of"] for figure in answer["figures"]]
        assert rows[0]["derived"] == "false"

    def test_turtle_holds_the_triples_of_the_figures_of_the_page(self, client):
        response = client.get("/api/figures?format=turtle&limit=3")
        triples = list(ox.parse(response.data, format=ox.RdfFormat.TURTLE))
        assert {t.subject.value for t in triples} == {figure["iri"] for figure in ask(client, limit=3)["figures"]}
        assert sum(t.object == FIGURE for t in triples) == 3
        assert 'rel="next"' in response.headers["Link"]
        assert int(response.headers["Parts-Left-Out"]) == ask(client)["parts_left_out"] > 0


class TestOne:
    def test_a_figure_comes_with_mentions_totals_and_checks(self, client, graph):
        answer = client.get("/api/figures/held-eel-society").get_json()
        assert answer["id"] == "held-eel-society"
        assert [mention["start"] for mention in answer["mentions"]] == [
            row["start"] for row in graph.mentions("held-eel-society")
        ]
        assert sum(mention["principal"] for mention in answer["mentions"]) == 1
        assert [figure["id"] for figure in answer["related"]["part_of"]] == ["held"]
        assert [entry["breakdown"] for entry in answer["breakdowns"]] == ["held-by-perpetrator"]
        assert answer["checks"][0]["rule"] == "partition-sum"

    def test_every_figure_can_be_had_stated_or_derived_by_id_report_and_iri(self, client, graph):
        for figure in graph.figures(derived=True):
            answer = client.get(f"/api/figures/{figure.id}").get_json()
            assert (answer["iri"], answer["derived"]) == (figure.iri, figure.derived)
            assert bool(answer["derivation"]) == figure.derived
            assert bool(answer["mentions"]) != figure.derived
        assert client.get(f"/api/figures/{figure.report}/{figure.id}").get_json() | {"links": 0} == answer | {
            "links": 0
        }
        assert client.get(f"/api/figures/{figure.iri}").status_code == 200

    def test_turtle_reaches_from_the_figure_to_its_places_in_the_text(self, client):
        text = client.get("/api/figures/held?format=turtle").text
        assert "oa:start" in text
        assert "oa:exact" in text

    def test_an_unknown_figure_is_404_with_the_nearest(self, client):
        assert is_problem(client.get("/api/figures/hold"), 404, "unknown-resource", "'held'")
        assert is_problem(client.get("/api/figures/x%3E%20y"), 404, "unknown-resource")
        assert is_problem(client.get("/api/figures/held?format=csv"), 400, "bad-parameter", "turtle")


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=1001",
        "limit=ten",
        "limit=-1",
        "limit=",
        "limit=1&limit=2",
        "limit=٣",
        "offset=-1",
        "offset=99999999999",
        "sort=size",
        "derived=yes",
        "derived=true",
        "parts=all",
        "inside=1",
        "q=",
        "q=%5C",
        "q=%00",
        "q=%0A",
        "q=" + "x" * 201,
        "q=a&q=b",
        "colour=red",
        "format=xml",
    ],
)
def test_what_a_parameter_cannot_take_is_refused(client, query):
    assert is_problem(client.get(f"/api/figures?{query}"), 400, "bad-parameter")


def test_an_unknown_code_is_answered_with_the_nearest(client):
    assert is_problem(client.get("/api/figures?place=syrie"), 400, "unknown-code", "'syria'")
    assert is_problem(client.get("/api/figures?section=zzz"), 400, "unknown-code", "section that the graph holds")


def test_a_later_count_of_a_nest_is_part_of_an_earlier_one(client):
    every = ask(client, q="pepper", parts="include", limit=1000)["figures"]
    by_id = {figure["id"]: figure for figure in every}
    inner, outer = "pepper-attacks-since-23", "pepper-attacks-since-19"
    assert outer in by_id[inner]["part_of"]
    assert inner not in by_id[outer]["part_of"]
    answer = ask(client, indicator="attacks", period=[by_id[inner]["period"], by_id[outer]["period"]])
    assert ids(answer) == [outer]


def test_a_smaller_group_of_victims_is_part_of_the_larger(client):
    answer = ask(client, indicator="deaths", victim_group=["women", "females"])
    assert ids(answer) == ["female-deaths"]
    assert answer["parts_left_out"] == 1


def test_computed_figures_do_not_stand_beside_the_totals_they_are_taken_from(client):
    stated = ask(client, unit="persons", limit=1000)
    both = ask(client, unit="persons", derived="include", limit=1000)
    assert not any(figure["derived"] for figure in both["figures"])
    assert ids(both) == ids(stated)
    every = ask(client, derived="include", parts="include", limit=1000)["figures"]
    assert all(figure["part_of"] for figure in every if figure["derived"])
    derived = {figure["id"] for figure in every if figure["derived"]}
    assert not any(derived & set(figure["part_of"]) for figure in stated["figures"])


def test_a_list_of_figures_says_that_it_is_no_sum(client):
    assert "not a sum" in ask(client, indicator="deaths")["note"]
    assert "sum" not in ask(client, perpetrator="isis")["note"]


@pytest.mark.parametrize("text", ["مُختلق", "المختلق", "(invented) CORK", "raids cork"])
def test_words_are_found_in_any_order_and_arabic_ones_in_any_spelling(client, text):
    assert "cork-raids" in ids(ask(client, q=text, parts="include", limit=1000))
