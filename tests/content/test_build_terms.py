"""Every term of ours that the built graphs use is declared in the ontology."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import Graph

from built import ROOT, build_tiny
from snhr_kg import names

GRAPHS = ROOT / "src" / "snhr_kg" / "graphs"


@pytest.fixture(scope="module")
def declared() -> set[str]:
    ontology = Graph()
    for path in (ROOT / "ontology").glob("*.ttl"):
        ontology.parse(path, format="turtle")
    return {str(subject) for subject in ontology.subjects()}


@pytest.mark.parametrize("path", sorted(GRAPHS.glob("*.py")), ids=lambda path: path.stem)
def test_names_only_declared_terms_in_the_rooms_that_write_triples(path: Path, declared: set[str]) -> None:
    named = {names.term(local) for local in re.findall(r'"snhr:(\w+)"', path.read_text(encoding="utf-8"))}
    assert named - declared == set(), f"{path}: declare these in ontology/snhr.ttl, or use a declared one"


def test_uses_only_declared_terms_in_the_graphs(declared: set[str]) -> None:
    used = {str(term) for graph in build_tiny().graphs() for triple in graph for term in triple}
    ours = {term for term in used if term.startswith(names.SNHR) and term != names.SNHR}
    assert len(ours) > 80
    assert ours - declared == set(), "declare these in ontology/snhr.ttl, or use a declared one"
