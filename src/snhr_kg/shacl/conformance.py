"""The verdict of the shapes: one result for each thing that breaks a shape, and the report that holds them."""

from __future__ import annotations

from dataclasses import dataclass, field

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

ALTERNATIVES: dict[Node, str] = {SH.alternativePath: "|"}
PREFIX_PATHS: dict[Node, str] = {SH.inversePath: "^"}
SUFFIX_PATHS: dict[Node, str] = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


@dataclass(frozen=True, slots=True)
class Result:
    """One focus node that breaks one constraint.

    `path` is a SPARQL property path with full IRIs (None where the constraint is about the node itself), `shape`
    the shape that was broken, `constraint` the SPARQL constraint (None for core constraints), `component` and
    `severity` the terms of SHACL.
    """

    focus: Node
    path: str | None
    value: Node | None
    shape: Node
    component: URIRef
    constraint: Node | None
    severity: URIRef
    message: str

    def __str__(self) -> str:
        what = f"{self.focus} {self.path or ''}".rstrip()
        return f"{self.severity.fragment}: {what}: {self.message}"

    @property
    def key(self) -> tuple[str, ...]:
        """What results are sorted by: severity, shape, focus node, path, value, constraint."""
        parts = (self.severity, self.shape, self.focus, self.path, self.value, self.constraint, self.component)
        return tuple("" if part is None else str(part) for part in (*parts, self.message))


@dataclass(frozen=True, slots=True)
class Report:
    """What the shapes say of a dataset: all results, sorted; `shapes` is the graph they came from."""

    results: tuple[Result, ...]
    shapes: Graph = field(repr=False, compare=False)

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong: warnings are the report's own contradictions and do not count."""
        return not self.violations

    @property
    def violations(self) -> tuple[Result, ...]:
        """The results that stop a build."""
        return tuple(result for result in self.results if result.severity == SH.Violation)

    @property
    def warnings(self) -> tuple[Result, ...]:
        """The results that are published with the data."""
        return tuple(result for result in self.results if result.severity != SH.Violation)

    def and_that(self, other: Report) -> Report:
        """What both reports say, as one."""
        results = sorted((*self.results, *other.results), key=lambda result: result.key)
        return Report(tuple(results), self.shapes + other.shapes)

    def report_graph(self) -> Graph:
        """The results as a SHACL validation report."""
        graph = Graph()
        graph.bind("sh", SH)
        report = BNode()
        graph.add((report, RDF.type, SH.ValidationReport))
        graph.add((report, SH.conforms, Literal(not self.results)))
        for result in self.results:
            graph.add((report, SH.result, self._describe(result, graph)))
        return graph

    def _describe(self, result: Result, graph: Graph) -> BNode:
        node = BNode()
        graph.add((node, RDF.type, SH.ValidationResult))
        graph.add((node, SH.focusNode, result.focus))
        graph.add((node, SH.sourceShape, result.shape))
        graph.add((node, SH.sourceConstraintComponent, result.component))
        graph.add((node, SH.resultSeverity, result.severity))
        graph.add((node, SH.resultMessage, Literal(result.message)))
        if result.value is not None:
            graph.add((node, SH.value, result.value))
        if result.constraint is not None:
            graph.add((node, SH.sourceConstraint, result.constraint))
        if result.path is not None:
            declared = self.shapes.value(result.shape, SH.path)
            path = declared if isinstance(declared, BNode) else URIRef(result.path)
            graph.add((node, SH.resultPath, path))
            if isinstance(declared, BNode):
                _copy_blank(self.shapes, declared, graph)
        return node


def _copy_blank(source: Graph, node: Node, target: Graph) -> None:
    for predicate, value in source.predicate_objects(node):
        target.add((node, predicate, value))
        if isinstance(value, BNode):
            _copy_blank(source, value, target)


def path_text(graph: Graph, path: Node) -> str:
    """A SHACL property path as a SPARQL property path with full IRIs; a plain predicate stays its IRI."""
    if isinstance(path, URIRef):
        return str(path)
    return _path(graph, path)


def _path(graph: Graph, path: Node) -> str:
    if isinstance(path, URIRef):
        return f"<{path}>"
    if graph.value(path, RDF.first) is not None:
        return "/".join(_path(graph, step) for step in Collection(graph, path))
    for predicate, inner in graph.predicate_objects(path):
        if predicate in ALTERNATIVES:
            return "(" + ALTERNATIVES[predicate].join(_path(graph, way) for way in Collection(graph, inner)) + ")"
        if predicate in PREFIX_PATHS:
            return PREFIX_PATHS[predicate] + _path(graph, inner)
        if predicate in SUFFIX_PATHS:
            return f"({_path(graph, inner)}){SUFFIX_PATHS[predicate]}"
    raise ValueError(f"no SHACL property path: {path}")
