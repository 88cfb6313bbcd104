"""The rules of OWL 2 RL/RDF as set-based queries: what follows from a schema, what from an axiom, what must not be.

Source: https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules, tables 4 to 9, whose
names the rules bear. A rule about an axiom (``p rdfs:domain C``) is compiled for each such axiom into a query of its
own, which reads few predicates and classes and is run again only when one of them has grown.

Five rules have no line of their own, because the schema rules turn them into others: cls-uni and cls-int2 (scm-uni,
scm-int), cax-eqc1 and cax-eqc2 (scm-eqc1) become cax-sco; prp-eqp1 and prp-eqp2 (scm-eqp1) become prp-spo1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

PREFIXES = """PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""

Row = dict[str, str]
"""One solution: variable name to a term as SPARQL writes it."""


class Select(Protocol):
    """Runs a SELECT over the graph as it stands."""

    def __call__(self, pattern: str) -> Iterable[Row]:
        """The solutions of a graph pattern."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One query: `head` follows wherever `body` holds.

    `reads` names what the body matches, predicates as ``<iri>`` and classes as ``a <iri>``; it is empty where the
    rule may match any triple.
    """

    name: str
    head: str
    body: str
    reads: frozenset[str] = frozenset()

    @property
    def writes(self) -> str:
        """What the head adds to, in the same words, or nothing where that differs from triple to triple."""
        _, predicate, obj = self.head.split(" ", 2)
        if predicate == "a":
            return f"a {obj}" if obj.startswith("<") else ""
        return predicate if predicate.startswith("<") else ""

    def query(self) -> str:
        """A CONSTRUCT of what follows and is not there yet."""
        return f"{PREFIXES}CONSTRUCT {{ {self.head} }} WHERE {{ {self.body} FILTER NOT EXISTS {{ {self.head} }} }}"


@dataclass(frozen=True, slots=True)
class Template:
    """A rule about one kind of axiom: `axiom` finds the axioms, whose terms fill `head`, `body` and `reads`."""

    name: str
    axiom: str
    head: str
    body: str
    reads: tuple[str, ...]

    def compile(self, select: Select) -> Iterator[Rule]:
        """One rule for each axiom in the graph."""
        for row in select(self.axiom):
            reads = frozenset(read.format_map(row) for read in self.reads)
            yield Rule(self.name, self.head.format_map(row), self.body.format_map(row), reads)


def _schema(name: str, head: str, body: str) -> Rule:
    return Rule(name, head, body)


SCHEMA = (
    _schema("scm-cls", "?c rdfs:subClassOf ?c, owl:Thing . owl:Nothing rdfs:subClassOf ?c", "?c a owl:Class"),
    _schema("scm-op", "?p rdfs:subPropertyOf ?p", "?p a owl:ObjectProperty"),
    _schema("scm-dp", "?p rdfs:subPropertyOf ?p", "?p a owl:DatatypeProperty"),
    _schema("scm-eqc1", "?a rdfs:subClassOf ?b . ?b rdfs:subClassOf ?a", "?a owl:equivalentClass ?b"),
    _schema("scm-eqc2", "?a owl:equivalentClass ?b", "?a rdfs:subClassOf ?b . ?b rdfs:subClassOf ?a"),
    _schema("scm-eqp1", "?a rdfs:subPropertyOf ?b . ?b rdfs:subPropertyOf ?a", "?a owl:equivalentProperty ?b"),
    _schema("scm-eqp2", "?a owl:equivalentProperty ?b", "?a rdfs:subPropertyOf ?b . ?b rdfs:subPropertyOf ?a"),
    _schema("scm-sco", "?a rdfs:subClassOf ?c", "?a rdfs:subClassOf ?b . ?b rdfs:subClassOf ?c"),
    _schema("scm-spo", "?a rdfs:subPropertyOf ?c", "?a rdfs:subPropertyOf ?b . ?b rdfs:subPropertyOf ?c"),
    _schema("scm-dom1", "?p rdfs:domain ?b", "?p rdfs:domain ?a . ?a rdfs:subClassOf ?b"),
    _schema("scm-dom2", "?q rdfs:domain ?a", "?p rdfs:domain ?a . ?q rdfs:subPropertyOf ?p"),
    _schema("scm-rng1", "?p rdfs:range ?b", "?p rdfs:range ?a . ?a rdfs:subClassOf ?b"),
    _schema("scm-rng2", "?q rdfs:range ?a", "?p rdfs:range ?a . ?q rdfs:subPropertyOf ?p"),
    _schema("scm-int", "?c rdfs:subClassOf ?d", "?c owl:intersectionOf/rdf:rest*/rdf:first ?d"),
    _schema("scm-uni", "?d rdfs:subClassOf ?c", "?c owl:unionOf/rdf:rest*/rdf:first ?d"),
    _schema(
        "scm-hv",
        "?r rdfs:subClassOf ?s",
        "?r owl:hasValue ?v ; owl:onProperty ?p . ?s owl:hasValue ?v ; owl:onProperty ?q . ?p rdfs:subPropertyOf ?q",
    ),
    *(
        rule
        for name, filler in (("svf", "owl:someValuesFrom"), ("avf", "owl:allValuesFrom"))
        for rule in (
            _schema(
                f"scm-{name}1",
                "?r rdfs:subClassOf ?s",
                f"?r {filler} ?a ; owl:onProperty ?p . ?s {filler} ?b ; owl:onProperty ?p . ?a rdfs:subClassOf ?b",
            ),
            _schema(
                f"scm-{name}2",
                "?r rdfs:subClassOf ?s" if name == "svf" else "?s rdfs:subClassOf ?r",
                f"?r {filler} ?a ; owl:onProperty ?p . ?s {filler} ?a ; owl:onProperty ?q . ?p rdfs:subPropertyOf ?q",
            ),
        )
    ),
    _schema("cls-oo", "?x a ?c", "?c owl:oneOf/rdf:rest*/rdf:first ?x"),
)
"""Rules about the vocabulary alone (table 9) and enumerated classes."""

_RESOURCES = "FILTER(!isLiteral(?y))"
_TELLING = "FILTER(?c != owl:Thing && ?c != rdfs:Resource)"
_AT_MOST_ONE = "?r owl:maxCardinality ?n ; owl:onProperty ?p FILTER(?n = 1)"
_AT_MOST_ONE_OF = "?r owl:maxQualifiedCardinality ?n ; owl:onProperty ?p ; owl:onClass ?c FILTER(?n = 1)"
_TWO = "FILTER(?y != ?z && !isLiteral(?y) && !isLiteral(?z))"

TEMPLATES = (
    Template("prp-dom", f"?p rdfs:domain ?c {_TELLING}", "?x a {c}", "?x {p} ?y", ("{p}",)),
    Template("prp-rng", f"?p rdfs:range ?c {_TELLING}", "?y a {c}", f"?x {{p}} ?y {_RESOURCES}", ("{p}",)),
    Template("prp-fp", "?p a owl:FunctionalProperty", "?y owl:sameAs ?z", f"?x {{p}} ?y, ?z {_TWO}", ("{p}",)),
    Template(
        "prp-ifp",
        "?p a owl:InverseFunctionalProperty",
        "?x owl:sameAs ?z",
        "?x {p} ?y . ?z {p} ?y FILTER(?x != ?z)",
        ("{p}",),
    ),
    Template("prp-symp", "?p a owl:SymmetricProperty", "?y {p} ?x", f"?x {{p}} ?y {_RESOURCES}", ("{p}",)),
    Template("prp-trp", "?p a owl:TransitiveProperty", "?x {p} ?z", "?x {p} ?y . ?y {p} ?z", ("{p}",)),
    Template("prp-spo1", "?p rdfs:subPropertyOf ?q FILTER(?p != ?q)", "?x {q} ?y", "?x {p} ?y", ("{p}",)),
    Template("prp-inv1", "?p owl:inverseOf ?q", "?y {q} ?x", f"?x {{p}} ?y {_RESOURCES}", ("{p}",)),
    Template("prp-inv2", "?p owl:inverseOf ?q", "?y {p} ?x", f"?x {{q}} ?y {_RESOURCES}", ("{q}",)),
    Template(
        "cls-svf1",
        "?r owl:someValuesFrom ?c ; owl:onProperty ?p FILTER(?c != owl:Thing)",
        "?x a {r}",
        "?x {p} ?y . ?y a {c}",
        ("{p}", "a {c}"),
    ),
    Template("cls-svf2", "?r owl:someValuesFrom owl:Thing ; owl:onProperty ?p", "?x a {r}", "?x {p} ?y", ("{p}",)),
    Template(
        "cls-avf",
        "?r owl:allValuesFrom ?c ; owl:onProperty ?p FILTER(?c != owl:Thing)",
        "?y a {c}",
        f"?x a {{r}} ; {{p}} ?y {_RESOURCES}",
        ("{p}", "a {r}"),
    ),
    Template("cls-hv1", "?r owl:hasValue ?v ; owl:onProperty ?p", "?x {p} {v}", "?x a {r}", ("a {r}",)),
    Template("cls-hv2", "?r owl:hasValue ?v ; owl:onProperty ?p", "?x a {r}", "?x {p} {v}", ("{p}",)),
    Template("cls-maxc2", _AT_MOST_ONE, "?y owl:sameAs ?z", f"?x a {{r}} ; {{p}} ?y, ?z {_TWO}", ("{p}", "a {r}")),
    Template(
        "cls-maxqc3",
        f"{_AT_MOST_ONE_OF} FILTER(?c != owl:Thing)",
        "?y owl:sameAs ?z",
        f"?x a {{r}} ; {{p}} ?y, ?z . ?y a {{c}} . ?z a {{c}} {_TWO}",
        ("{p}", "a {r}", "a {c}"),
    ),
    Template(
        "cls-maxqc4",
        f"{_AT_MOST_ONE_OF} FILTER(?c = owl:Thing)",
        "?y owl:sameAs ?z",
        f"?x a {{r}} ; {{p}} ?y, ?z {_TWO}",
        ("{p}", "a {r}"),
    ),
    Template(
        "cax-sco", "?a rdfs:subClassOf ?b FILTER(?a != ?b && ?b != owl:Thing)", "?x a {b}", "?x a {a}", ("a {a}",)
    ),
)
"""Rules about one axiom without a list (tables 5 to 7)."""

EQUALITY = (
    Rule("eq-sym", "?y owl:sameAs ?x", "?x owl:sameAs ?y FILTER(?x != ?y)"),
    Rule(
        "eq-trans", "?x owl:sameAs ?z", "?x owl:sameAs ?y . ?y owl:sameAs ?z FILTER(?x != ?y && ?y != ?z && ?x != ?z)"
    ),
    Rule("eq-rep-s", "?y ?p ?o", "?x owl:sameAs ?y FILTER(?x != ?y) ?x ?p ?o FILTER(?p != owl:sameAs)"),
    Rule("eq-rep-p", "?s ?y ?o", "?x owl:sameAs ?y FILTER(?x != ?y && !isLiteral(?y)) ?s ?x ?o"),
    Rule("eq-rep-o", "?s ?p ?y", "?x owl:sameAs ?y FILTER(?x != ?y) ?s ?p ?x FILTER(?p != owl:sameAs)"),
)
"""Rules about equality (table 4), run only where two things are the same; that x is x is never written down."""


def list_rules(select: Select) -> Iterator[Rule]:
    """Rules about one axiom with a list: property chains, keys, intersections."""
    for prop, chain in _lists(select, "?subject owl:propertyChainAxiom ?list"):
        steps = " . ".join(f"?x{n} {step} ?x{n + 1}" for n, step in enumerate(chain))
        yield Rule("prp-spo2", f"?x0 {prop} ?x{len(chain)}", steps, frozenset(chain))
    for owner, keys in _lists(select, "?subject owl:hasKey ?list"):
        shared = " . ".join(f"?x {key} ?k{n} . ?y {key} ?k{n}" for n, key in enumerate(keys))
        body = f"?x a {owner} . ?y a {owner} . {shared} FILTER(?x != ?y)"
        yield Rule("prp-key", "?x owl:sameAs ?y", body, frozenset((*keys, f"a {owner}")))
    for whole, parts in _lists(select, "?subject owl:intersectionOf ?list"):
        body = " . ".join(f"?x a {part}" for part in parts)
        yield Rule("cls-int1", f"?x a {whole}", body, frozenset(f"a {part}" for part in parts))


def _lists(select: Select, axiom: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in select(axiom):
        items = list_items(select, row["list"])
        if items:
            yield row["subject"], items


def list_items(select: Select, head: str) -> tuple[str, ...]:
    """The members of an RDF list, in order."""
    items: list[str] = []
    seen: set[str] = set()
    while head not in seen:
        seen.add(head)
        cell = next(iter(select(f"{head} rdf:first ?first ; rdf:rest ?rest")), None)
        if cell is None:
            break
        items.append(cell["first"])
        head = cell["rest"]
    return tuple(items)
