"""Reads the shapes and catches what SHACL engines pass in silence: misspelt constraints, classes and properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.namespace import (
    DCAT,
    DCTERMS,
    FOAF,
    GEO,
    ORG,
    OWL,
    PROV,
    QB,
    RDF,
    RDFS,
    SDO,
    SH,
    SKOS,
    TIME,
    VANN,
    VOID,
    XSD,
    DefinedNamespace,
)

from snhr_kg.errors import ShapesError
from snhr_kg.names import BASE
from snhr_kg.shacl.sparql_constraints import SparqlConstraint, read_constraints
from snhr_kg.shacl.sssom import SSSOM

VOCABULARIES: tuple[type[DefinedNamespace], ...] = (
    DCAT, DCTERMS, FOAF, GEO, ORG, OWL, PROV, QB, RDF, RDFS, SDO, SKOS, SSSOM, TIME, VANN, VOID, XSD,
)  # fmt: skip
"""Vocabularies of which the list of terms is known; any other term must be declared in the ontology."""

ANNOTATIONS = frozenset(
    {RDF.type, RDF.first, RDF.rest, RDFS.label, RDFS.comment, RDFS.seeAlso, DCTERMS.title, DCTERMS.description}
)
"""Properties beside SHACL's own that a shape may have."""

NAMING = (
    SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH["class"], SH.path, SH.inversePath, SH.zeroOrMorePath,
    SH.oneOrMorePath, SH.zeroOrOnePath, SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals, SH.datatype,
    SH.hasValue, RDF.first,
)  # fmt: skip
"""Properties of shapes whose values name terms of a vocabulary (lists: paths, sh:in, sh:ignoredProperties)."""

OF_SPARQL = frozenset(
    {
        *(SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.sparql, SH.select, SH.message),
        *(SH.severity, SH.deactivated, SH.prefixes, SH.declare, SH.prefix, SH.namespace),
    }
)
"""What a shape with nothing but SPARQL constraints is made of."""

OF_SHAPES = (BASE + "shapes#", str(SH))
"""Namespaces of what lists of shapes (sh:or) hold instead of terms."""

COMMENT_OR_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|#[^\n>]*\n')
PREFIXED = re.compile(r"(?<![\w?$:-])([A-Za-z][\w-]*)?:([A-Za-z_][\w-]*)")
FULL = re.compile(r"<([^<>\s]+)>")


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes of a folder: all triples, those for the core engine, and the SPARQL constraints."""

    graph: Graph
    core: Graph
    constraints: tuple[SparqlConstraint, ...]


def read_shapes(folder: Path) -> Shapes:
    """Every `*.ttl` file of a folder as one shapes graph.

    Raises ShapesError when there is none, when one is no Turtle, when a term in the namespace of SHACL does not
    exist, or when a SPARQL constraint cannot be run.
    """
    files = sorted(folder.glob("*.ttl"))
    if not files:
        raise ShapesError(f"{folder}: no shapes; put at least one Turtle file (*.ttl) there")
    graph = Graph()
    for file in files:
        try:
            graph.parse(file, format="turtle")
        except SyntaxError as error:
            raise ShapesError(f"{file}: {error}") from error
    _refuse(_misspelt(graph))
    constraints = read_constraints(graph)
    return Shapes(graph=graph, core=_without_sparql(graph), constraints=constraints)


def check_terms(shapes: Shapes, ontology: Graph) -> None:
    """Refuse shapes that name a class or property declared nowhere.

    `ontology` holds our declarations (and the code lists, where constraints name codes); reused vocabularies are
    known from rdflib, or declared in `ontology`. Raises ShapesError that lists every unknown term.
    """
    _refuse(
        f"{where}: {term} is declared in no vocabulary; correct the spelling, or declare it in the ontology"
        for where, term in _named(shapes)
        if not _declared(term, ontology)
    )


def check_only_sparql(shapes: Shapes) -> None:
    """Refuse shapes that ask anything but by SPARQL constraints, for data that only these are run on.

    Raises ShapesError that lists every other constraint.
    """
    _refuse(
        f"{subject}: {predicate} is not looked at in what comes from elsewhere; write a sh:sparql constraint"
        for subject, predicate in shapes.graph.subject_predicates()
        if predicate not in ANNOTATIONS and predicate not in OF_SPARQL
    )


def named_terms(shapes: Shapes) -> set[URIRef]:
    """Every class, property and code that shapes and queries name."""
    return {term for _, term in _named(shapes)}


def _refuse(faults: Iterable[str]) -> None:
    found = sorted(set(faults))
    if found:
        raise ShapesError("\n".join(found))


def _misspelt(graph: Graph) -> Iterator[str]:
    for subject, predicate, value in graph:
        for term in (predicate, value):
            if isinstance(term, URIRef) and term.startswith(str(SH)) and term not in SH:
                yield f"{subject}: sh:{term[len(str(SH)) :]} is no term of SHACL; correct the spelling"
        if not str(predicate).startswith(str(SH)) and predicate not in ANNOTATIONS:
            yield f"{subject}: {predicate} means nothing on a shape; use a term of SHACL"


def _without_sparql(graph: Graph) -> Graph:
    core = Graph()
    dropped = set(graph.objects(None, SH.sparql))
    for triple in graph:
        if triple[1] != SH.sparql and triple[0] not in dropped:
            core.add(triple)
    return core


def _named(shapes: Shapes) -> Iterator[tuple[str, URIRef]]:
    for predicate in NAMING:
        for subject, value in shapes.graph.subject_objects(predicate):
            if isinstance(value, URIRef) and value != RDF.nil and not str(value).startswith(OF_SHAPES):
                yield str(subject), value
    for constraint in shapes.constraints:
        for term in _in_query(constraint):
            yield str(constraint.node), term


def _in_query(constraint: SparqlConstraint) -> Iterator[URIRef]:
    text = COMMENT_OR_STRING.sub(" ", constraint.select)
    namespaces = dict(constraint.prefixes)
    for iri in FULL.findall(text):
        yield URIRef(iri)
    for prefix, local in PREFIXED.findall(FULL.sub(" ", text)):
        yield URIRef(namespaces.get(prefix, f"{prefix}:") + local)


def _declared(term: URIRef, ontology: Graph) -> bool:
    if any(term in vocabulary for vocabulary in VOCABULARIES):
        return True
    return (term, RDF.type, None) in ontology
