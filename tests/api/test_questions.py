from __future__ import annotations

import csv
import io
import json

import pytest

from problem_documents import is_problem
from snhr_kg.questions import read_questions

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
JSON, CSV, TURTLE = "application/json", "text/csv; charset=utf-8", "text/turtle; charset=utf-8"
RESULTS = "application/sparql-results+json"


@pytest.mark.parametrize(
    ("accept", "parameters", "expected"),
    [
        (None, {}, JSON),
        ("*/*", {}, JSON),
        (BROWSER, {}, JSON),
        ("application/*", {}, JSON),
        ("text/csv", {}, CSV),
        ("text/turtle", {}, TURTLE),
        (RESULTS, {}, RESULTS),
        ("text/*;q=0.2, text/turtle;q=0.9", {}, TURTLE),
        (BROWSER, {"format": "csv"}, CSV),
        ("image/png", {"format": "turtle"}, TURTLE),
        (None, {"format": "sparql-json"}, RESULTS),
        (None, {"format": "json"}, JSON),
    ],
)
def test_the_format_is_chosen_by_parameter_or_by_header(client, accept, parameters, expected):
    headers = {"Accept": accept} if accept else {}
    response = client.get("/api/torture-deaths", query_string=parameters, headers=headers)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == expected


def test_a_graph_can_be_had_as_json_turtle_and_json_ld(client):
    for name, expected in (("json", JSON), ("turtle", TURTLE), ("jsonld", "application/ld+json")):
        response = client.get("/api/provenance-of-a-figure", query_string={"format": name})
        assert (response.status_code, response.headers["Content-Type"]) == (200, expected)
    assert is_problem(client.get("/api/provenance-of-a-figure?format=csv"), 400, "bad-parameter", "turtle")
    response = client.get("/api/provenance-of-a-figure", headers={"Accept": "text/csv"})
    assert is_problem(response, 406, "not-acceptable", "text/turtle")


def test_the_json_says_what_was_asked_and_what_the_columns_mean(client):
    answer = client.get("/api/detained-or-disappeared-by-perpetrator?perpetrator=isis").get_json()
    assert answer["query"] == "detained-or-disappeared-by-perpetrator"
    assert set(answer["title"]) == {"en", "ar"}
    assert answer["parameters"] == {"perpetrator": ["isis"]}
    assert answer["count"] == len(answer["rows"]) == 1
    assert [column["name"] for column in answer["columns"]] == list(answer["rows"][0])
    assert isinstance(answer["rows"][0]["value"], int)


def test_repeated_parameters_mean_any_of_them(client):
    path = "/api/detained-or-disappeared-by-perpetrator"
    one, other, both = (
        client.get(path, query_string={"perpetrator": value}).get_json()["rows"]
        for value in ("isis", "armed-opposition", ["isis", "armed-opposition"])
    )
    assert len(one) == len(other) == 1
    assert sorted(map(str, both)) == sorted(map(str, one + other))


def test_inside_brings_members_and_is_offered_where_it_would_bring_something(client):
    path = "/api/attributed-to-the-alliance?perpetrator=syrian-russian-alliance"
    exact = client.get(path).get_json()
    assert {row["value"] for row in client.get(exact["links"]["inside"]).get_json()["rows"]} > {
        row["value"] for row in exact["rows"]
    }
    assert "inside" not in client.get("/api/attributed-to-the-alliance?perpetrator=russian-forces").get_json()["links"]


def test_labels_come_in_the_language_that_is_asked_for(client):
    rows = client.get("/api/detained-or-disappeared-by-perpetrator?language=ar&perpetrator=isis").get_json()["rows"]
    assert "داعش" in rows[0]["perpetratorLabel"]


def test_every_link_of_an_answer_leads_to_an_answer(client):
    links = client.get("/api/torture-deaths?perpetrator=_T").get_json()["links"]
    assert set(links) == {"self", "inside", "csv", "turtle", "sparql-json", "sparql", "questions"}
    for link in links.values():
        assert client.get(link).status_code == 200


def test_the_query_of_an_answer_gives_the_same_rows_at_the_endpoint(client):
    answer = client.get("/api/torture-deaths?qualifier=exact").get_json()
    bindings = client.get(answer["links"]["sparql"]).get_json(force=True)["results"]["bindings"]
    assert len(bindings) == answer["count"]


class TestRefusals:
    def test_an_unknown_question(self, client):
        assert is_problem(client.get("/api/torture-death"), 404, "unknown-resource", "'torture-deaths'", "/api/")

    def test_an_unknown_parameter(self, client):
        response = client.get("/api/torture-deaths?perpetrater=isis")
        assert is_problem(response, 400, "bad-parameter", "the nearest is 'perpetrator'", "victim_group, period")

    def test_an_unknown_code(self, client):
        response = client.get("/api/torture-deaths?perpetrator=isiss")
        assert is_problem(response, 400, "unknown-code", "the nearest is 'isis'")

    def test_an_empty_value(self, client):
        assert is_problem(client.get("/api/torture-deaths?perpetrator="), 400, "bad-parameter", "empty")
        assert is_problem(client.get("/api/torture-deaths?perpetrator"), 400, "bad-parameter", "empty")

    @pytest.mark.parametrize("query", ["format=xml", "format=", "format=csv&format=json", "inside=yes", "language=fr"])
    def test_a_wrong_word(self, client, query):
        assert is_problem(client.get(f"/api/torture-deaths?{query}"), 400, "bad-parameter")

    def test_bytes_that_are_no_text(self, client):
        assert is_problem(client.get("/api/torture-deaths?perpetrator=%FF"), 400, "bad-request")

    def test_more_values_than_a_parameter_takes(self, client):
        assert client.get("/api/torture-deaths?" + "perpetrator=isis&" * 20).status_code == 200
        response = client.get("/api/torture-deaths?" + "perpetrator=isis&" * 21)
        assert is_problem(response, 400, "bad-parameter", "at most 20")
        assert is_problem(client.get("/api/torture-deaths?" + "perpetrator=isis&" * 501), 400, "bad-request")

    @pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
    def test_other_methods(self, client, method):
        for path in ("/api/", "/api/torture-deaths", "/api/figures", "/api/openapi.json"):
            assert is_problem(getattr(client, method)(path), 405, "method-not-allowed")

    @pytest.mark.parametrize(
        "value", ["isis> }", 'isis" }', "<https://x>", "isis} SERVICE <http://127.0.0.1/> {", "?x"]
    )
    def test_what_somebody_typed_never_reaches_a_query(self, client, value):
        response = client.get("/api/torture-deaths", query_string={"perpetrator": value})
        assert is_problem(response, 400, "unknown-code")


class TestTheListOfQuestions:
    def test_it_is_json_for_programs_and_leads_browsers_to_a_page(self, client):
        assert client.get("/api/").mimetype == "application/json"
        for response in (client.get("/api/", headers={"Accept": BROWSER}), client.get("/api/?format=html")):
            assert (response.status_code, response.headers["Location"]) == (302, "../en/api.html")
            assert response.headers["Vary"] == "Accept, Accept-Language"

    def test_it_names_every_question_with_its_parameters(self, client):
        entries = {entry["query"]: entry for entry in client.get("/api/").get_json()["questions"]}
        assert set(entries) == {question.name for question in read_questions()}
        for question in read_questions():
            named = {parameter["name"] for parameter in entries[question.name]["parameters"]}
            assert named >= {parameter.name for parameter in question.parameters}
            assert client.get(entries[question.name]["links"]["run"]).status_code == 200


def test_csv_and_sparql_json_hold_the_same_rows_as_the_json(client):
    rows = client.get("/api/detained-or-disappeared-by-perpetrator").get_json()["rows"]
    read = list(csv.DictReader(io.StringIO(client.get("/api/detained-or-disappeared-by-perpetrator?format=csv").text)))
    assert [row["perpetratorLabel"] for row in read] == [row["perpetratorLabel"] for row in rows]
    body = client.get("/api/detained-or-disappeared-by-perpetrator?format=sparql-json").data
    assert len(json.loads(body)["results"]["bindings"]) == len(rows)
