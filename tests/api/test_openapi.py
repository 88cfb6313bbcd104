from __future__ import annotations

import sys
from pathlib import Path

import pytest

from fuzzing import fuzz
from needs import need
from serving import serving
from snhr_kg.questions import read_questions
from snhr_kg.web.problems import MEDIA_TYPE as PROBLEM

need.package("schemathesis", "the OpenAPI document and the server are not fuzzed against one another")

PROGRAM = Path(sys.executable).with_name("snhr-kg")


@pytest.fixture(scope="module")
def document(client):
    return client.get("/api/openapi.json").get_json()


def test_it_is_openapi_3_1_by_the_published_schema(document):
    from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

    assert document["openapi"].startswith("3.1")
    assert [str(error) for error in OPENAPI_31_VALIDATOR.iter_errors(document)] == []


def test_every_question_and_the_figures_have_a_path(document):
    named = {f"/api/{question.name}" for question in read_questions()}
    assert set(document["paths"]) == named | {"/api/", "/api/openapi.json", "/api/figures", "/api/figures/{id}"}


def test_the_values_of_a_parameter_are_those_of_its_list_with_labels_in_both_languages(document):
    values = {value["const"]: value for value in document["components"]["schemas"]["perpetrator"]["oneOf"]}
    assert values["isis"]["title"] == "ISIS"
    assert "داعش" in values["isis"]["description"]
    assert {"_T", "_U", "syrian-regime"} <= set(values)


def test_every_status_that_is_no_success_is_documented_as_a_problem(document):
    statuses = {"400", "404", "405", "406", "414", "429", "500", "502", "503", "504"}
    for path in document["paths"].values():
        assert statuses <= set(path["get"]["responses"])
    for response in document["components"]["responses"].values():
        assert response["content"][PROBLEM]["schema"] == {"$ref": "#/components/schemas/Problem"}


def test_every_example_of_a_parameter_is_answered(document, client):
    asked = 0
    for path, item in document["paths"].items():
        for parameter in item["get"].get("parameters", []):
            if "example" not in parameter:
                continue
            if parameter["in"] == "path":
                response = client.get(path.replace("{id}", parameter["example"]))
            else:
                response = client.get(path, query_string={parameter["name"]: parameter["example"]})
            assert response.status_code == 200, (path, parameter["name"], response.text)
            asked += 1
    assert asked > 100


def test_the_example_of_a_problem_is_what_the_server_says(document, client):
    (example,) = document["components"]["schemas"]["Problem"]["examples"]
    assert client.get("/api/torture-deaths?perpetrator=isiss").get_json(force=True) == example


def test_a_fuzzing_client_finds_nothing_wrong(tiny_build):
    with serving(PROGRAM, "serve", "--graph", tiny_build.out) as address:
        report = fuzz(address, "--phases", "examples,fuzzing", "--max-examples", "3", "--seed", "20200315")
    assert report.returncode == 0, report.stdout
