"""Every question of `queries/` as an address over the real graph: each of its formats, each of its parameters."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from snhr_kg.engine.limits import Limits
from snhr_kg.engine.pool import LocalEngine
from snhr_kg.pipeline import BuildResult
from snhr_kg.questions import NamedQuery, Parameter, read_questions
from snhr_kg.questions.given import FIGURE_TYPES
from snhr_kg.web.application import create_app

ANSWERS = Path(__file__).parent / "answers"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
QUESTIONS = read_questions()
ROWS = [question for question in QUESTIONS if question.rows]
COUNTING = {"figures-by-section", "numbers-that-are-no-figures", "cluster-attacks-of-the-alliance-once"}
"""Questions that count: a parameter changes the counts in their rows."""

GATHERING = {"torture-methods-by-perpetrator"}
"""Questions that gather names into one cell: a parameter leaves some out of it."""

NOTHING_TO_TELL_APART = {"report"}
"""The real graph holds one report: `test_a_report_can_be_asked_for_alone` has two."""


@pytest.fixture(scope="module")
def client(real_folder: Path) -> Iterator[FlaskClient]:
    engine = LocalEngine(real_folder, Limits(workers=1))
    yield create_app(engine, real_folder).test_client()
    engine.close()


@pytest.fixture(scope="module")
def values(client: FlaskClient) -> dict[str, list[str]]:
    """The values of each type, as the OpenAPI document lists them."""
    schemas = client.get("/api/openapi.json").get_json()["components"]["schemas"]
    listed = {
        name: [value["const"] for value in schema["oneOf"]] for name, schema in schemas.items() if "oneOf" in schema
    }
    return listed | {name: schemas[name]["enum"] for name in FIGURE_TYPES}


def rows(client: FlaskClient, question: NamedQuery, **parameters: object) -> Counter[str]:
    response = client.get(f"/api/{question.name}", query_string=parameters)
    assert response.status_code == 200, response.text
    return Counter(str(row) for row in response.get_json()["rows"])


@pytest.mark.parametrize("question", ROWS, ids=lambda question: question.name)
def test_rows_are_the_kept_answer_in_every_format(client: FlaskClient, question: NamedQuery) -> None:
    kept = (ANSWERS / f"{question.name}.csv").read_text(encoding="utf-8")
    assert client.get(f"/api/{question.name}?format=csv").text.replace("\r\n", "\n") == kept
    table = list(csv.DictReader(io.StringIO(kept)))
    answer = client.get(f"/api/{question.name}").get_json()
    assert answer["count"] == len(answer["rows"]) == len(table)
    assert tuple(table[0]) == question.columns
    for row, expected in zip(answer["rows"], table, strict=True):
        assert {name: "" if value is None else str(value) for name, value in row.items()} == expected
    bindings = client.get(f"/api/{question.name}?format=sparql-json").get_json(force=True)["results"]["bindings"]
    assert len(bindings) == len(table)
    turtle = client.get(f"/api/{question.name}?format=turtle").data
    triples = Counter(triple.predicate.value for triple in ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    assert triples[f"{RS}solution"] == len(table)
    assert triples[f"{RS}binding"] == sum(map(len, bindings))


def test_a_graph_is_the_kept_answer_in_every_format(client: FlaskClient) -> None:
    kept = (ANSWERS / "provenance-of-a-figure.nt").read_bytes()
    expected = set(ox.parse(kept, format=ox.RdfFormat.N_TRIPLES))
    for name, form in (("turtle", ox.RdfFormat.TURTLE), ("jsonld", ox.RdfFormat.JSON_LD)):
        body = client.get(f"/api/provenance-of-a-figure?format={name}").data
        assert set(ox.parse(body, format=form)) == expected
    assert client.get("/api/provenance-of-a-figure").get_json()["graph"]


PARAMETERS = [
    pytest.param(question, parameter, id=f"{question.name}-{parameter.name}")
    for question in ROWS
    for parameter in question.parameters
]


@pytest.mark.parametrize(("question", "parameter"), PARAMETERS)
def test_a_parameter_keeps_some_rows_and_leaves_out_others(
    client: FlaskClient, values: dict[str, list[str]], question: NamedQuery, parameter: Parameter
) -> None:
    whole = rows(client, question)
    choices = list(parameter.words) or values[parameter.type]
    if parameter.default is not None:
        answers = [rows(client, question, **{parameter.name: choice}) for choice in choices]
        assert answers[0] != answers[1]
        assert {sum(answer.values()) for answer in answers} == {sum(whole.values())}
        return
    answers = [rows(client, question, **{parameter.name: some}) for some in _in_four(choices)]
    kept = [answer for answer in answers if answer]
    assert kept
    if question.name not in COUNTING | GATHERING:
        assert all(answer <= whole for answer in kept)
    if parameter.name not in NOTHING_TO_TELL_APART:
        assert any(answer != whole for answer in answers)


def _in_four(choices: list[str]) -> list[list[str]]:
    """The values in at most four lots, each asked for at once."""
    size = max(1, -(-len(choices) // 4))
    return [choices[start : start + size] for start in range(0, len(choices), size)]


def test_one_value_of_each_dimension_parts_the_figures_and_all_values_together_are_the_whole(
    client: FlaskClient, values: dict[str, list[str]]
) -> None:
    (question,) = (question for question in QUESTIONS if question.name == "figures-with-their-place-in-the-text")
    whole = rows(client, question)
    for name in ("indicator", "perpetrator", "weapon", "place", "text_part"):
        parted = [rows(client, question, **{name: value}) for value in values[name.replace("_", "-")]]
        assert sum(parted, Counter()) == whole


def test_the_example_of_the_issue_gives_the_deaths_under_torture_by_isis(client: FlaskClient) -> None:
    (row,) = client.get("/api/torture-deaths?perpetrator=isis").get_json()["rows"]
    assert (row["perpetratorLabel"], row["value"], row["row"]) == ("ISIS", 32, "1 part")


def test_inside_a_governorate_are_its_cities_and_quarters(client: FlaskClient) -> None:
    path = "/api/sieges?place=deir-ez-zor-governorate"
    places = {row["placeLabel"] for row in client.get(f"{path}&inside=true").get_json()["rows"]}
    assert places > {row["placeLabel"] for row in client.get(path).get_json()["rows"]}


def test_a_share_keeps_its_decimals(client: FlaskClient) -> None:
    response = client.get("/api/shares-and-their-denominators")
    assert '"value": 91.36' in response.text
    assert '"value": 99,' in response.text


def test_the_sum_of_the_figures_that_come_without_parts_counts_nothing_twice(client: FlaskClient) -> None:
    asked = {"perpetrator": "syrian-russian-alliance", "inside": "true", "indicator": "attacks"}
    weapon = {"violation_type": "use-of-cluster-munitions"}
    answer = client.get("/api/figures", query_string=asked | weapon).get_json()
    assert sum(figure["value"] for figure in answer["figures"]) == 492
    every = client.get("/api/figures", query_string=asked | weapon | {"parts": "include"}).get_json()
    assert sum(figure["value"] for figure in every["figures"]) == 984


def test_another_derived_figure_can_be_traced(client: FlaskClient) -> None:
    answer = client.get("/api/provenance-of-a-figure?figure=civilian-deaths--boys")
    assert "civilian-deaths--boys" in str(answer.get_json()["graph"])
    assert "civilian-deaths--girls" not in {node["@id"].rpartition("/")[2] for node in answer.get_json()["graph"]}


@pytest.fixture(scope="module")
def both(real_folder: Path, tiny_build: BuildResult, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application over a graph that holds the real report and the invented one."""
    builds = [(place / "snhr-kg.nq").read_bytes() for place in (real_folder, Path(tiny_build.out))]
    folder = tmp_path_factory.mktemp("both")
    data = b"".join(sorted({line for text in builds for line in text.splitlines(keepends=True)}))
    (folder / "snhr-kg.nq").write_bytes(data)
    (folder / "SHA256SUMS").write_text(f"{sha256(data).hexdigest()}  snhr-kg.nq\n", encoding="utf-8")
    engine = LocalEngine(folder, Limits(workers=1))
    yield create_app(engine, folder).test_client()
    engine.close()


WITH_REPORT = [question for question in ROWS if "report" in {parameter.name for parameter in question.parameters}]


@pytest.mark.parametrize("question", WITH_REPORT, ids=lambda question: question.name)
def test_a_report_can_be_asked_for_alone(client: FlaskClient, both: FlaskClient, question: NamedQuery) -> None:
    assert rows(both, question, report="2020-03-15") == rows(client, question)
    assert rows(both, question, report="1999-09-09") != rows(client, question)


def test_the_figures_of_a_report_can_be_asked_for_alone(client: FlaskClient, both: FlaskClient) -> None:
    alone = both.get("/api/figures?report=2020-03-15&limit=1000").get_json()
    assert alone["figures"] == client.get("/api/figures?limit=1000").get_json()["figures"]
    assert both.get("/api/figures").get_json()["total"] > alone["total"]


def test_an_id_that_two_reports_use_is_that_of_the_latest_unless_the_report_is_named(both: FlaskClient) -> None:
    assert both.get("/api/figures/civilian-deaths").get_json()["report"] == "2020-03-15"
    assert both.get("/api/figures/1999-09-09/civilian-deaths").get_json()["report"] == "1999-09-09"
