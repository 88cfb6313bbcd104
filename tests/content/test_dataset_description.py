"""The hand-written part of the catalogue agrees with the rest of the repository."""

from __future__ import annotations

import tomllib

import pytest
from rdflib import Graph, Literal

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
