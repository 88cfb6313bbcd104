"""Runs the shapes over a dataset and returns a `Report`: core constraints by pySHACL, SPARQL ones set-based.

What comes from elsewhere has shapes of its own, which are SPARQL constraints only: by pySHACL it would take too long.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pyshacl
from pyshacl.errors import (
    ConstraintLoadError,
    ReportableRuntimeError,
    RuleLoadError,
    ShapeLoadError,
    ShapeRecursionWarning,
    ValidationFailure,
)
from rdflib import Dataset, Graph, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from snhr_kg import names
from snhr_kg.errors import ShapesError
from snhr_kg.shacl.conformance import Report, Result, path_text
from snhr_kg.shacl.shapes import Shapes, check_only_sparql, check_terms, named_terms, read_shapes
from snhr_kg.shacl.sparql_constraints import find_results

__all__ = ["Report", "Result", "validate_dataset", "validate_external", "validate_graph"]

EXTERNAL = "external"
"""The folder of the shapes for what comes from elsewhere, below that of the others."""

UNUSABLE = (
    ConstraintLoadError,
    ReportableRuntimeError,
    RuleLoadError,
    ShapeLoadError,
    ShapeRecursionWarning,
    ValidationFailure,
)


def validate_dataset(dataset: Dataset, shapes_folder: Path) -> Report:
    """Validate everything that is asserted, derived or checked in a dataset.

    What was inferred is left out, and what comes from elsewhere, which `validate_external` looks at.

    Raises ShapesError when the shapes cannot be run: misspelt terms, terms that the dataset's ontology and code lists
    do not declare, a query that does not parse.
    """
    shapes = read_shapes(shapes_folder)
    union = union_of(dataset)
    check_terms(shapes, union)
    return validate_graph(union, shapes)


def validate_external(store: ox.Store, shapes_folder: Path) -> Report:
    """Validate what comes from elsewhere by the shapes in the folder `external` of `shapes_folder`.

    `store` holds every quad in its named graph, and all of them as a union in its default graph: codes and data sets
    are looked up across graphs. Nothing is written to it.

    Raises ShapesError when the shapes cannot be run: misspelt terms, terms that the store does not declare, a query
    that does not parse, a constraint that is none in SPARQL.
    """
    shapes = read_shapes(shapes_folder / EXTERNAL)
    check_only_sparql(shapes)
    check_terms(shapes, _declarations(store, named_terms(shapes)))
    results = {result for constraint in shapes.constraints for result in find_results(store, constraint)}
    return Report(tuple(sorted(results, key=lambda result: result.key)), shapes.graph)


def _declarations(store: ox.Store, terms: Iterable[URIRef]) -> Graph:
    """Of what kind the store's default graph says that each term is."""
    declared, kind, default = Graph(), ox.NamedNode(RDF.type), ox.DefaultGraph()
    for term in terms:
        for quad in store.quads_for_pattern(ox.NamedNode(term), kind, None, default):
            if isinstance(quad.object, ox.NamedNode):
                declared.add((term, RDF.type, URIRef(quad.object.value)))
    return declared


def union_of(dataset: Dataset) -> Graph:
    """All triples of the dataset but those inferred and those from elsewhere, as one graph in memory."""
    inferred, elsewhere = names.graph("inferred"), names.graph(f"{EXTERNAL}/")
    union = Graph()
    for graph in dataset.graphs():
        name = str(graph.identifier)
        if name != inferred and not name.startswith(elsewhere):
            union.addN((subject, predicate, value, union) for subject, predicate, value in graph)
    return union


def validate_graph(graph: Graph, shapes: Shapes) -> Report:
    """Validate one graph with shapes already read. Raises ShapesError when they cannot be run."""
    results = set(_core_results(graph, shapes.core))
    if shapes.constraints:
        store = store_of(graph)
        for constraint in shapes.constraints:
            results.update(find_results(store, constraint))
    return Report(tuple(sorted(results, key=lambda result: result.key)), shapes.graph)


def store_of(graph: Graph) -> ox.Store:
    """The graph as an Oxigraph store in memory, for `find_results`."""
    store = ox.Store()
    triples = graph.serialize(format="nt", encoding="utf-8")
    store.bulk_extend(ox.Quad(*triple) for triple in ox.parse(triples, ox.RdfFormat.N_TRIPLES))
    return store


def _core_results(graph: Graph, shapes: Graph) -> list[Result]:
    try:
        with warnings.catch_warnings():
            # pySHACL only warns of a shape that refers to itself and leaves the rest of it unchecked.
            warnings.simplefilter("error", ShapeRecursionWarning)
            _, report, text = pyshacl.validate(graph, shacl_graph=shapes, inplace=True, inference="none")
    except UNUSABLE as error:
        raise ShapesError(f"the shapes cannot be run: {error}") from error
    if not isinstance(report, Graph):
        # pySHACL hands back its exception, or bytes, in the report graph's place.
        raise ShapesError(f"the shapes cannot be run: {text}")
    return read_results(report)


def read_results(report: Graph) -> list[Result]:
    """The top-level results of a SHACL validation report."""
    return [_read_result(report, node) for node in report.objects(None, SH.result)]


def _read_result(report: Graph, node: Node) -> Result:
    path = report.value(node, SH.resultPath)
    messages = sorted(str(message) for message in report.objects(node, SH.resultMessage))
    shape = report.value(node, SH.sourceShape)
    focus = report.value(node, SH.focusNode)
    assert shape is not None
    assert focus is not None
    return Result(
        focus=focus,
        path=None if path is None else path_text(report, path),
        value=report.value(node, SH.value),
        shape=shape,
        component=URIRef(str(report.value(node, SH.sourceConstraintComponent))),
        constraint=report.value(node, SH.sourceConstraint),
        severity=URIRef(str(report.value(node, SH.resultSeverity))),
        message="; ".join(messages),
    )
