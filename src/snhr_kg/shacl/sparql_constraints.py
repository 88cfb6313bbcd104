"""Runs SHACL-SPARQL constraints set-based: each SELECT once for all focus nodes, joined with the shape's target.

SHACL asks a constraint's query once for each focus node with `$this` bound to it. Here the target's own pattern is
put at the head of the query's WHERE clause, so that `$this` takes every focus node in one run; engines that go node by
node spend nearly all of their time in this. Both ways give the same results as long as every group of the query
that uses `$this` binds it in a triple pattern (a lone FILTER on `$this` in a UNION branch would see it unbound);
`read_constraints` refuses what the SHACL recommendation forbids (MINUS, VALUES, SERVICE, a sub-SELECT without `$this`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from snhr_kg.errors import ShapesError
from snhr_kg.shacl.conformance import Result

Term = ox.NamedNode | ox.BlankNode | ox.Literal
COMPONENT = SH.SPARQLConstraintComponent
FORBIDDEN = re.compile(r"\b(MINUS|VALUES|SERVICE)\b", re.IGNORECASE)
SELECT = re.compile(r"\bSELECT\s+(?:DISTINCT\s+|REDUCED\s+)?(\S+)", re.IGNORECASE)
STRING_OR_COMMENT = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>\s]*>|#[^\n]*')
TARGETS = {
    SH.targetNode: "BIND ({} AS ?this)",
    SH.targetClass: f"?this <{RDF.type}>/<http://www.w3.org/2000/01/rdf-schema#subClassOf>* {{}}",
    SH.targetSubjectsOf: "?this {} ?target_object",
    SH.targetObjectsOf: "?target_subject {} ?this",
}


@dataclass(frozen=True, slots=True)
class SparqlConstraint:
    """One `sh:sparql` of one node shape; `targets` are SPARQL patterns that bind `?this` to its focus nodes."""

    node: Node
    shape: Node
    severity: URIRef
    messages: tuple[str, ...]
    prefixes: tuple[tuple[str, str], ...]
    select: str
    targets: tuple[str, ...]

    def query(self) -> str:
        """The query for all focus nodes at once."""
        head, body = _split(self.select)
        prefixes = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in self.prefixes)
        targets = " UNION ".join(f"{{ {pattern} }}" for pattern in self.targets)
        return f"{prefixes}{head}{{ {{ SELECT DISTINCT ?this WHERE {{ {targets} }} }}{body}"


def _blanked(select: str) -> str:
    """The query with comments, strings and IRIs blanked out, every other character in its place."""
    return STRING_OR_COMMENT.sub(lambda match: " " * len(match.group()), select)


def _split(select: str) -> tuple[str, str]:
    opening = _blanked(select).index("{")
    return select[:opening], select[opening + 1 :]


def read_constraints(shapes: Graph) -> tuple[SparqlConstraint, ...]:
    """Every active SPARQL constraint of every active, targeted node shape.

    Raises ShapesError that lists everything the evaluator cannot run faithfully.
    """
    faults: list[str] = []
    constraints: list[SparqlConstraint] = []
    for shape, node in sorted(shapes.subject_objects(SH.sparql), key=str):
        found = _faults(shapes, shape, node)
        faults.extend(found)
        inactive = Literal(True) in (shapes.value(shape, SH.deactivated), shapes.value(node, SH.deactivated))
        if not found and not inactive:
            constraints.append(_read(shapes, shape, node))
    if faults:
        raise ShapesError("\n".join(faults))
    return tuple(constraints)


def _faults(shapes: Graph, shape: Node, node: Node) -> list[str]:
    faults = []
    if shapes.value(shape, SH.path) is not None:
        faults.append(f"{shape}: sh:sparql on a property shape; put {node} on a node shape")
    if not list(shapes.objects(node, SH.message)):
        faults.append(f"{node}: no sh:message; write one that names the remedy")
    selects = list(shapes.objects(node, SH.select))
    if len(selects) != 1:
        return [*faults, f"{node}: {len(selects)} sh:select; write exactly one"]
    text = _blanked(str(selects[0]))
    faults += [f"{node}: SHACL forbids {word.upper()}; write the query without" for word in FORBIDDEN.findall(text)]
    projected = SELECT.findall(text)
    if not projected or "{" not in text:
        faults.append(f"{node}: sh:select is no SELECT query with a group; write SELECT $this … WHERE {{ … }}")
    faults += [
        f"{node}: a SELECT does not begin with $this; project it" for v in projected if v not in ("$this", "?this")
    ]
    return faults


def _read(shapes: Graph, shape: Node, node: Node) -> SparqlConstraint:
    severity = shapes.value(shape, SH.severity) or SH.Violation
    return SparqlConstraint(
        node=node,
        shape=shape,
        severity=URIRef(str(severity)),
        messages=tuple(sorted(str(message) for message in shapes.objects(node, SH.message))),
        prefixes=tuple(sorted(_prefixes(shapes, node))),
        select=str(shapes.value(node, SH.select)),
        targets=tuple(sorted(_targets(shapes, shape))),
    )


def _prefixes(shapes: Graph, node: Node) -> Iterator[tuple[str, str]]:
    for owner in shapes.objects(node, SH.prefixes):
        for declaration in shapes.objects(owner, SH.declare):
            yield str(shapes.value(declaration, SH.prefix)), str(shapes.value(declaration, SH.namespace))


def _targets(shapes: Graph, shape: Node) -> Iterator[str]:
    for predicate, pattern in TARGETS.items():
        for target in shapes.objects(shape, predicate):
            yield pattern.format(target.n3())


def find_results(store: ox.Store, constraint: SparqlConstraint) -> Iterator[Result]:
    """What breaks a constraint in a store's default graph.

    Values come back in the store's canonical lexical form ("0.70" as "0.7"). Raises ShapesError when the query
    does not parse.
    """
    if not constraint.targets:
        return
    try:
        solutions = store.query(constraint.query())
    except SyntaxError as error:
        raise ShapesError(f"{constraint.node}: {error}") from error
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    rows = {tuple(solution) for solution in solutions}
    for row in sorted(rows, key=str):
        yield from _results(constraint, {name: term for name, term in zip(names, row, strict=True) if term is not None})


def _results(constraint: SparqlConstraint, row: dict[str, Term]) -> Iterator[Result]:
    focus = as_rdflib(row["this"])
    value = as_rdflib(row["value"]) if "value" in row else focus
    path = row.get("path")
    for message in constraint.messages:
        yield Result(
            focus=focus,
            path=path.value if path is not None else None,
            value=value,
            shape=constraint.shape,
            component=COMPONENT,
            constraint=constraint.node,
            severity=constraint.severity,
            message=_fill(message, row),
        )


def _fill(message: str, row: dict[str, Term]) -> str:
    for name, term in row.items():
        message = message.replace(f"{{?{name}}}", term.value).replace(f"{{${name}}}", term.value)
    return message


def as_rdflib(term: Term) -> Node:
    """A term of the store as rdflib's."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    plain = term.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
    return Literal(term.value, datatype=None if plain else URIRef(term.datatype.value))
