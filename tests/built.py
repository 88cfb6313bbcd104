"""The dataset of the invented report, built from its tables, and what it says of one resource."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rdflib import Dataset, Graph, URIRef

from snhr_kg import names
from snhr_kg.codes.lists import CodeLists, read_codes
from snhr_kg.graphs.build import build_dataset
from snhr_kg.records import ReportTables
from snhr_kg.rules.check import check
from snhr_kg.rules.derive import derive
from snhr_kg.rules.figure import state_figures
from snhr_kg.tables.coordinates import Coordinate
from snhr_kg.tables.read import read_report

ROOT = Path(__file__).resolve().parent.parent
TINY = ROOT / "tests" / "tiny" / "1999-09-09"
POINT = Coordinate("syria", "38.5", "35", "https://example.org/syria", "Somewhere in the middle.")


@cache
def codes() -> CodeLists:
    return read_codes(ROOT / "ontology" / "codes")


@cache
def tiny_tables() -> ReportTables:
    return read_report(TINY, codes())


def build_tiny() -> Dataset:
    tables = tiny_tables()
    stated = state_figures(tables, codes())
    derived = derive(stated, tables, codes())
    checks = check(stated, derived, tables, codes())
    return build_dataset([tables], stated, derived, checks, codes(), ROOT / "ontology", [POINT])


def described(dataset: Dataset, graph: str, iri: str) -> Graph:
    """What one named graph says of a resource and of the parts whose IRIs begin with its own and a hash."""
    found = Graph()
    for prefix, namespace in names.PREFIXES.items():
        found.bind(prefix, namespace)
    for triple in dataset.graph(URIRef(names.graph(graph))):
        if str(triple[0]) == iri or str(triple[0]).startswith(f"{iri}#"):
            found.add(triple)
    return found
