"""Apache Jena asking the endpoint as a remote dataset, as its command rsparql does."""

from __future__ import annotations

from collections import defaultdict

import pytest

import questions_of_clients as ask
from jena import Jena

TYPES = ("application/sparql-results+json", "application/sparql-results+xml", "text/tab-separated-values")
GRAPH_TYPES = ("text/turtle", "application/n-triples", "application/rdf+xml")


@pytest.fixture(scope="module")
def said(endpoint, tmp_path_factory):
    """What Jena found, by way of asking."""
    folder = tmp_path_factory.mktemp("jena")
    jena = Jena(folder, "Apache Jena asks the endpoint")
    queries = {
        "select": ask.SELECT,
        "ask": ask.ASK_IN_ARABIC,
        "vain": ask.ASK_IN_VAIN,
        "construct": ask.CONSTRUCT,
        "describe": ask.DESCRIBE,
        "long": ask.LONG,
    }
    for name, text in queries.items():
        (folder / f"{name}.rq").write_text(text, encoding="utf-8")
    output = jena.run("jena_client.bsh", endpoint, folder)
    lines = defaultdict(list)
    for line in output.splitlines():
        way, _, found = line.partition("\t")
        lines[way].append(found)
    lines["everything"] = [output]
    return lines


@pytest.mark.parametrize("way", ["connection", *TYPES, "get", "form", "post", "long"])
def test_rows(said, way):
    assert said[way] == [f"{value}\t{ask.ARABIC}" for value in ask.VALUES], said["everything"]


def test_rows_as_csv(said):
    assert said["text/csv"] == [str(len(ask.VALUES))]


def test_truth_values(said):
    assert (said["ask"], said["vain"]) == (["true"], ["false"])


@pytest.mark.parametrize("way", ["construct", *GRAPH_TYPES])
def test_graphs(said, way):
    assert said[way] == [str(ask.CONSTRUCTED)]


def test_a_description(said):
    assert said["describe"] == [ask.FIGURE]


def test_the_dataset_beside_the_query(said):
    assert said["elsewhere"] == ["false"]


def test_a_bad_query_is_told_as_such(said):
    assert "400" in said["bad"][0] or "Bad Request" in said["bad"][0]
