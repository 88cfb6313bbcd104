"""The hand-written part of the catalogue agrees with the rest of the repository."""

from __future__ import annotations

import tomllib

import pytest
from rdflib import Graph, Literal, URIRef

from built import ROOT
from snhr_kg.graphs.descriptions import DATASET
from snhr_kg.graphs.terms import term


@pytest.fixture(scope="module")
def written() -> Graph:
    return Graph().parse(ROOT / "ontology" / "dataset.ttl", format="turtle")


def test_gives_the_version_of_the_software(written: Graph) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert str(written.value(DATASET, term("dcat:version"))) == project["version"], (
        "write the version of pyproject.toml as dcat:version in ontology/dataset.ttl, and the day as dcterms:modified"
    )


def test_says_every_text_in_english_and_in_arabic(written: Graph) -> None:
    for subject in set(written.subjects()):
        for predicate in set(written.predicates(subject)):
            languages = {
                text.language
                for text in written.objects(subject, predicate)
                if isinstance(text, Literal) and text.language
            }
            assert languages in (set(), {"en", "ar"}), f"{subject} {predicate}"


def test_gives_no_two_things_one_homepage_which_would_make_them_the_same(written: Graph) -> None:
    pages = list(written.objects(None, term("foaf:homepage")))
    assert len(pages) == len(set(pages)) > 0


@pytest.mark.parametrize(
    "predicate", ["creator", "publisher", "rights", "license", "language", "spatial", "temporal", "conformsTo"]
)
def test_names_by_iri_what_dublin_core_takes_for_a_resource(written: Graph, predicate: str) -> None:
    ontology = Graph().parse(ROOT / "ontology" / "snhr.ttl", format="turtle")
    named = {
        *written.objects(None, term(f"dcterms:{predicate}")),
        *ontology.objects(None, term(f"dcterms:{predicate}")),
    }
    assert named
    assert {type(thing) for thing in named} == {URIRef}
