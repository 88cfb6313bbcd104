"""OWL RL, into a graph of its own, noise removed.

The closure is computed by set-based rules (`owl_rules`) on an in-memory Oxigraph store. Terms enter the store in
disguise: a literal as a number with a datatype of ours, because the store would rewrite ``0.70`` to ``0.7``; a blank
node as an IRI, so that a rule can name it. So what comes out is spelled exactly as what went in.

What follows but is not handed back, because it says nothing about our resources:

- triples whose subject is no IRI under our base, or whose predicate or object is a blank node;
- that something is the same as, or a sub-class, sub-property or equivalent of, itself;
- that something is an ``owl:Thing`` or an ``rdfs:Resource`` (so an axiom that puts ``owl:Thing`` under another class
  has no effect), and any type, domain, range or superclass in the RDF, RDFS, OWL or XML Schema namespaces;
- types of literals (dt-type2) and which literals are equal (dt-eq, dt-diff): a value is not a resource of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import pyoxigraph as ox
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, XSD
from rdflib.term import Node

from snhr_kg import names
from snhr_kg.errors import Inconsistent
from snhr_kg.reasoning.contradictions import allows, contradictions
from snhr_kg.reasoning.owl_rules import EQUALITY, PREFIXES, SCHEMA, TEMPLATES, Row, Rule, list_rules

Triple: TypeAlias = tuple[Node, Node, Node]

_BLANK = "urn:x-blank:"
_LITERAL = ox.NamedNode("urn:x-literal")
_TYPE = f"<{RDF.type}>"
_CARDINALITIES = frozenset({OWL.maxCardinality, OWL.maxQualifiedCardinality})
_VOCABULARY = frozenset(
    f"<{term}>"
    for term in (
        *(RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, RDF.first, RDF.rest),
        *(OWL.equivalentClass, OWL.equivalentProperty, OWL.inverseOf, OWL.propertyChainAxiom, OWL.hasKey),
        *(OWL.intersectionOf, OWL.unionOf, OWL.oneOf, OWL.someValuesFrom, OWL.allValuesFrom, OWL.hasValue),
        *(OWL.onProperty, OWL.onClass, OWL.maxCardinality, OWL.maxQualifiedCardinality),
    )
) | frozenset(
    f"a <{term}>"
    for term in (
        *(OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.FunctionalProperty),
        *(OWL.InverseFunctionalProperty, OWL.SymmetricProperty, OWL.TransitiveProperty),
    )
)
"""What an axiom is written with: when one of these grows, the rules about axioms are compiled again."""

_REFLEXIVE = frozenset({OWL.sameAs, RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty})
_TYPING = frozenset(
    {RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.equivalentClass, OWL.sameAs}
)
_BUILTIN = (str(RDF), str(RDFS), str(OWL), str(XSD))
_MOST_CONTRADICTIONS = 20


def infer(asserted: Graph) -> Graph:
    """What follows from a graph by OWL 2 RL and is new and about our own terms and resources.

    All named graphs of a `Dataset` are read as one. The graph is not changed.

    Raises:
        Inconsistent: the closure contains a contradiction; the message has a line for each, naming the rule, the
            resources and the classes or properties.
    """
    closure = _Closure(asserted)
    found = [*closure.contradictions()]
    if found:
        more = [f"and {len(found) - _MOST_CONTRADICTIONS} more"] if len(found) > _MOST_CONTRADICTIONS else []
        raise Inconsistent("\n".join(found[:_MOST_CONTRADICTIONS] + more))
    inferred = Graph()
    for triple in closure.new_triples():
        if publishable(triple):
            inferred.add(triple)
    return inferred


def publishable(triple: Triple) -> bool:
    """Whether an inferred triple says something about our own terms or resources (see the module's list)."""
    subject, predicate, obj = triple
    if not (isinstance(subject, URIRef) and subject.startswith(names.BASE) and isinstance(predicate, URIRef)):
        return False
    if isinstance(obj, BNode) or (subject == obj and predicate in _REFLEXIVE):
        return False
    return not (predicate in _TYPING and isinstance(obj, URIRef) and str(obj).startswith(_BUILTIN))


def triples_of(asserted: Graph) -> Iterator[Triple]:
    """The triples of a graph, or of all graphs of a dataset."""
    if isinstance(asserted, Dataset):
        for subject, predicate, obj, _ in asserted.quads((None, None, None, None)):
            yield subject, predicate, obj
    else:
        yield from asserted


class _Disguise:
    """Terms as the store must see them, and back."""

    def __init__(self) -> None:
        self._stored: dict[Node, ox.NamedNode | ox.Literal] = {}
        self._worn: dict[str, Node] = {}
        self.literals: list[Literal] = []

    def put_on(self, term: Node) -> ox.NamedNode | ox.Literal:
        stored = self._stored.get(term)
        if stored is None:
            stored = self._stored[term] = self._new(term)
        return stored

    def _new(self, term: Node) -> ox.NamedNode | ox.Literal:
        if isinstance(term, Literal):
            self.literals.append(term)
            return ox.Literal(str(len(self.literals) - 1), datatype=_LITERAL)
        iri = f"{_BLANK}{term}" if isinstance(term, BNode) else str(term)
        self._worn[iri] = term
        return ox.NamedNode(iri)

    def take_off(self, term: object) -> Node:
        if isinstance(term, ox.NamedNode):
            return self._worn.get(term.value) or URIRef(term.value)
        assert isinstance(term, ox.Literal)
        if term.datatype == _LITERAL:
            return self.literals[int(term.value)]
        return Literal(term.value, datatype=XSD.nonNegativeInteger)


class _Closure:
    """The store, closed under the rules, and what that added."""

    def __init__(self, asserted: Graph) -> None:
        self._disguise = _Disguise()
        self._store = ox.Store()
        self._store.bulk_extend(self._quads(triples_of(asserted)))
        self._added: list[ox.Quad] = []
        self._close()

    def new_triples(self) -> Iterator[Triple]:
        take_off = self._disguise.take_off
        for quad in self._added:
            yield take_off(quad.subject), take_off(quad.predicate), take_off(quad.object)

    def contradictions(self) -> Iterator[str]:
        yield from self._wrong_literals()
        yield from dict.fromkeys(contradictions(self._select, self._readable))

    def _wrong_literals(self) -> Iterator[str]:
        """dt-not-type: literals that their own datatype does not allow, then values outside the range asked of them."""
        for place, literal in enumerate(self._disguise.literals):
            if literal.ill_typed:
                stored = ox.Literal(str(place), datatype=_LITERAL)
                for quad in self._store.quads_for_pattern(None, None, stored):
                    yield f"dt-not-type: {self._statement(quad)}, which is no value of its datatype"
        for row in self._select("?p rdfs:range ?c FILTER(STRSTARTS(STR(?c), STR(xsd:)))"):
            prop, datatype = ox.NamedNode(row["p"][1:-1]), URIRef(row["c"][1:-1])
            for quad in self._store.quads_for_pattern(None, prop, None):
                value = self._disguise.take_off(quad.object)
                if isinstance(value, Literal) and not allows(datatype, value):
                    yield f"dt-not-type: {self._statement(quad)}, which is no {self._readable(row['c'])}"

    def _statement(self, quad: ox.Quad) -> str:
        subject, predicate, obj = (self._readable(str(term)) for term in (quad.subject, quad.predicate, quad.object))
        return f"{subject} has {obj} as {predicate}"

    def _quads(self, triples: Iterable[Triple]) -> Iterator[ox.Quad]:
        put_on = self._disguise.put_on
        for subject, predicate, obj in triples:
            # A cardinality is the one literal whose value a rule reads; OWL has it as an xsd:nonNegativeInteger.
            plain = predicate in _CARDINALITIES and isinstance(obj, Literal)
            stored = ox.Literal(str(obj), datatype=ox.NamedNode(XSD.integer)) if plain else put_on(obj)
            yield ox.Quad(put_on(subject), put_on(predicate), stored)  # type: ignore[arg-type]

    def _close(self) -> None:
        """Applies the rules until nothing follows; when data turned out to be axioms, compiles them again."""
        grown = _VOCABULARY
        while grown & _VOCABULARY:
            self._apply(SCHEMA)
            compiled = [rule for template in TEMPLATES for rule in template.compile(self._select)]
            grown = self._apply((*compiled, *list_rules(self._select), *EQUALITY))

    def _apply(self, rules: Iterable[Rule]) -> frozenset[str]:
        """Runs each rule, then again those that read what has grown; hands back what has grown."""
        queue = dict.fromkeys(rules)
        everything = tuple(queue)
        grown: set[str] = set()
        while queue:
            rule = next(iter(queue))
            del queue[rule]
            keys = self._run(rule)
            grown |= keys
            if keys:
                queue |= dict.fromkeys(other for other in everything if not other.reads or other.reads & keys)
        return frozenset(grown)

    def _run(self, rule: Rule) -> set[str]:
        """Adds what the rule finds; hands back what has grown by it, in the words of `Rule.reads`."""
        triples = self._store.query(rule.query())
        assert isinstance(triples, ox.QueryTriples)
        found = {ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples}
        if not rule.writes:
            # A head of several triples is found as a whole when one of them is missing.
            found = {quad for quad in found if quad not in self._store}
        self._store.bulk_extend(found)
        self._added += found
        return {rule.writes} if rule.writes and found else {_key(quad) for quad in found}

    def _select(self, pattern: str) -> Iterator[Row]:
        solutions = self._store.query(f"{PREFIXES}SELECT * WHERE {{ {pattern} }}")
        assert isinstance(solutions, ox.QuerySolutions)
        variables = [variable.value for variable in solutions.variables]
        for solution in solutions:
            yield {name: str(solution[name]) for name in variables if solution[name] is not None}

    def _readable(self, term: str) -> str:
        if not term.startswith("<"):
            if not term.endswith(str(_LITERAL)):
                return term
            return self._disguise.take_off(ox.Literal(term.split('"')[1], datatype=_LITERAL)).n3()
        iri = term[1:-1]
        if iri.startswith(_BLANK):
            return "an unnamed one"
        for prefix, namespace in names.PREFIXES.items():
            if iri.startswith(namespace) and namespace != names.BASE:
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return term


def _key(quad: ox.Quad) -> str:
    predicate = str(quad.predicate)
    return f"a {quad.object}" if predicate == _TYPE else predicate
