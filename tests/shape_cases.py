"""The cases in tests/shapes: the world, with a few triples taken away and added, and the results that must follow.

A case is a Turtle file. Its triples are added to the world; comment lines `# remove: SUBJECT PREDICATE OBJECT` (terms
as in Turtle, `*` for any) take triples away first. Beside `invalid-<what>.ttl` stands `invalid-<what>.csv` with the
results; SNHR_KG_REWRITE_EXPECTED=1 writes these files anew, for review as a diff.

Cases of what comes from elsewhere stand in tests/shapes/external. Their world has an external dataset too, and they
are a store with named graphs: what a case adds is in the graph of that dataset, or in that of a line `# graph: NAME`.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph, URIRef
from rdflib.namespace import QB, RDF, RDFS, SH, SKOS
from rdflib.term import Node
from rdflib.util import from_n3

from snhr_kg.names import BASE, SNHR
from snhr_kg.names import graph as graph_iri
from snhr_kg.shacl.conformance import Result

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "tests" / "shapes"
SHAPES = ROOT / "shapes"
ONTOLOGY = ROOT / "ontology" / "snhr.ttl"
STRUCTURE = ROOT / "ontology" / "structure.ttl"
DECLARATIONS = (RDF.type, RDFS.label, RDFS.subClassOf, RDFS.range, SKOS.definition, QB.codeList)
HEADER = ("shape", "focus", "path", "value", "component", "severity", "message")
REWRITE = os.environ.get("SNHR_KG_REWRITE_EXPECTED") == "1"


@dataclass(frozen=True)
class Case:
    """One file: `valid-*.ttl` or `invalid-*.ttl`, in the folder named for the shapes file it is about."""

    file: Path

    def __str__(self) -> str:
        return f"{self.file.parent.name}/{self.file.stem}"

    @property
    def shapes_file(self) -> Path:
        return SHAPES / f"{self.file.parent.name}.ttl"

    @property
    def invalid(self) -> bool:
        return self.file.stem.startswith("invalid-")

    @property
    def expected_file(self) -> Path:
        return self.file.with_suffix(".csv")

    def world(self) -> Graph:
        """What the case starts from."""
        return world()

    def graph(self) -> Graph:
        """The world with this case's changes."""
        text = self.file.read_text(encoding="utf-8")
        added = self.added()
        graph = Graph()
        for triple in self.world():
            graph.add(triple)
        for line in re.findall(r"^# remove: (.+)$", text, re.MULTILINE):
            pattern = _pattern(line, added)
            assert pattern in graph, f"{self.file}: nothing to remove: {line}"
            graph.remove(pattern)
        for triple in added:
            graph.add(triple)
        _declare(added, graph)
        return graph

    def added(self) -> Graph:
        """The triples of the file."""
        text = self.file.read_text(encoding="utf-8")
        return Graph(bind_namespaces="none").parse(data=text, format="turtle")


class ExternalCase(Case):
    """A case of what comes from elsewhere, in the folder named for a shapes file in shapes/external."""

    def __str__(self) -> str:
        return f"external/{super().__str__()}"

    @property
    def shapes_file(self) -> Path:
        return SHAPES / "external" / f"{self.file.parent.name}.ttl"

    def world(self) -> Graph:
        return external_world()

    def store(self) -> ox.Store:
        """Everything in the default graph, and in named graphs what comes from elsewhere and what the case adds."""
        graph = self.graph()
        named = re.search(r"^# graph: (\S+)$", self.file.read_text(encoding="utf-8"), re.MULTILINE)
        added = self.added()
        apart = Graph()
        for triple in _elsewhere() & graph:
            apart.add(triple)
        return store_with(graph, {EXTERNAL_GRAPH: apart, named[1] if named else f"{EXTERNAL_GRAPH}/case": added})


EXTERNAL_GRAPH = "external/others/1"


def store_with(whole: Graph, named: Mapping[str, Graph]) -> ox.Store:
    """A store with `whole` in its default graph, and copies in graphs of these names."""
    store = ox.Store()
    for name, graph in (("", whole), *named.items()):
        to = ox.NamedNode(graph_iri(name)) if name else ox.DefaultGraph()
        triples = graph.serialize(format="nt", encoding="utf-8")
        store.bulk_load(triples, format=ox.RdfFormat.N_TRIPLES, to_graph=to)
    return store


def _pattern(line: str, prefixes: Graph) -> tuple[Node | None, ...]:
    terms = re.findall(r'"[^"]*"\S*|\S+', line)
    assert len(terms) == 3, f"three terms, not {line}"
    return tuple(None if term == "*" else from_n3(term, nsm=prefixes.namespace_manager) for term in terms)


@cache
def world() -> Graph:
    """What every case starts from: the invented report, its codes, and the declarations of our terms it uses."""
    graph = Graph()
    graph.parse(FOLDER / "world.ttl")
    graph.parse(FOLDER / "world-codes.ttl")
    graph.parse(FOLDER / "world-links.ttl")
    _declare(graph, graph)
    return graph


@cache
def _elsewhere() -> Graph:
    return Graph().parse(FOLDER / "world-external.ttl")


@cache
def external_world() -> Graph:
    """The world and what comes from elsewhere, with the structures of its data sets as they are."""
    graph = Graph()
    for triple in (*world(), *_elsewhere()):
        graph.add(triple)
    for subject, predicate, value in Graph().parse(STRUCTURE):
        if str(subject).startswith(f"{BASE}structure/external-"):
            graph.add((subject, predicate, value))
    _declare(graph, graph)
    return graph


@cache
def _ontology() -> Graph:
    return Graph().parse(ONTOLOGY)


def _declare(users: Graph, graph: Graph) -> None:
    """Add what the ontology says of every term of ours that is used."""
    used = {term for triple in users for term in triple if isinstance(term, URIRef) and term.startswith(SNHR)}
    for term in used:
        for predicate in DECLARATIONS:
            for value in _ontology().objects(term, predicate):
                if isinstance(value, URIRef) or predicate in (RDFS.label, SKOS.definition):
                    graph.add((term, predicate, value))


def cases() -> list[Case]:
    """Every case, found by listing the folders."""
    return [Case(file) for file in sorted(FOLDER.glob("*/*.ttl"))]


def external_cases() -> list[ExternalCase]:
    """Every case of what comes from elsewhere."""
    return [ExternalCase(file) for file in sorted(FOLDER.glob("external/*/*.ttl"))]


def short(term: object) -> str:
    """A term as reviewers read it: our own IRIs without their base, the others with their prefix."""
    text = str(term)
    for namespace, prefix in (
        (f"{BASE}shapes#", "snhr-sh:"),
        (SNHR, "snhr:"),
        (f"{BASE}report/2001-01-01/", ""),
        (BASE, ""),
        (str(SH), "sh:"),
        (str(SKOS), "skos:"),
        (str(RDF), "rdf:"),
        (str(RDFS), "rdfs:"),
        (str(QB), "qb:"),
        ("http://www.w3.org/ns/oa#", "oa:"),
        ("http://www.w3.org/ns/dqv#", "dqv:"),
        ("http://www.w3.org/2006/time#", "time:"),
        ("http://purl.org/dc/terms/", "dcterms:"),
        ("http://www.w3.org/ns/prov#", "prov:"),
        ("http://www.w3.org/ns/dcat#", "dcat:"),
        ("http://spdx.org/rdf/terms#", "spdx:"),
    ):
        text = text.replace(namespace, prefix)
    return text


def as_csv(results: Iterable[Result]) -> str:
    """Results as the expected files hold them: one a line, sorted, the constraint's name where there is one."""
    rows = sorted(
        (
            short(result.constraint or result.shape),
            short(result.focus),
            short(result.path or ""),
            short("" if result.value is None or result.value == result.focus else result.value),
            short(result.component).removesuffix("ConstraintComponent"),
            short(result.severity),
            short(result.message),
        )
        for result in results
    )
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([HEADER, *rows])
    return out.getvalue()
