"""The rules of OWL 2 RL/RDF that conclude in a contradiction, each told in words.

Source: https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules, tables 4 to 8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, XSD

from snhr_kg.reasoning.owl_rules import Row, Select, list_items

Name = Callable[[str], str]
"""Makes a term of a solution readable."""


@dataclass(frozen=True, slots=True)
class _Ban:
    """A pattern that must have no solution: `axiom` finds the axioms, whose terms fill `body` and `words`."""

    name: str
    axiom: str
    body: str
    words: str

    def broken(self, select: Select, name: Name) -> Iterator[str]:
        for axiom in select(self.axiom):
            for row in select(self.body.format_map(axiom)):
                yield _sentence(self.name, self.words, axiom | row, name)


_NO_VALUE = "?r owl:maxCardinality ?n ; owl:onProperty ?p FILTER(?n = 0)"
_NO_VALUE_OF = "?r owl:maxQualifiedCardinality ?n ; owl:onProperty ?p ; owl:onClass ?c FILTER(?n = 0)"
_NOT_SO = "?n owl:sourceIndividual ?x ; owl:assertionProperty ?p ;"

_BANS = (
    _Ban("eq-diff1", "?x owl:differentFrom ?y", "FILTER({x} = {y})", "{x} is said to differ from itself"),
    _Ban("eq-diff1", "?x owl:differentFrom ?y", "{x} owl:sameAs {y}", "{x} and {y} are the same and different"),
    _Ban("prp-irp", "?p a owl:IrreflexiveProperty", "?x {p} ?x", "{x} stands in {p} to itself, which is irreflexive"),
    _Ban(
        "prp-asyp",
        "?p a owl:AsymmetricProperty",
        "?x {p} ?y . ?y {p} ?x",
        "{x} and {y} stand in {p} to each other, which is asymmetric",
    ),
    _Ban(
        "prp-pdw",
        "?p owl:propertyDisjointWith ?q",
        "?x {p} ?y ; {q} ?y",
        "{x} has {y} both as {p} and as {q}, which are disjoint",
    ),
    _Ban("prp-npa1", f"{_NOT_SO} owl:targetIndividual ?y", "{x} {p} {y}", "{x} has {y} as {p}, which is denied"),
    _Ban("prp-npa2", f"{_NOT_SO} owl:targetValue ?y", "{x} {p} {y}", "{x} has {y} as {p}, which is denied"),
    _Ban("cls-com", "?a owl:complementOf ?b", "?x a {a}, {b}", "{x} is both {a} and its complement {b}"),
    _Ban("cls-maxc1", _NO_VALUE, "?x a {r} ; {p} ?y", "{x} has {y} as {p}, of which its class {r} allows none"),
    _Ban(
        "cls-maxqc1",
        f"{_NO_VALUE_OF} FILTER(?c != owl:Thing)",
        "?x a {r} ; {p} ?y . ?y a {c}",
        "{x} has {y} of class {c} as {p}, of which its class {r} allows none",
    ),
    _Ban(
        "cls-maxqc2",
        f"{_NO_VALUE_OF} FILTER(?c = owl:Thing)",
        "?x a {r} ; {p} ?y",
        "{x} has {y} as {p}, of which its class {r} allows none",
    ),
    _Ban("cax-dw", "?a owl:disjointWith ?b", "?x a {a}, {b}", "{x} is both {a} and {b}, which are disjoint"),
)


def contradictions(select: Select, name: Name) -> Iterator[str]:
    """A sentence for each way in which the closed graph contradicts itself; `name` makes terms readable."""
    yield from _nothing(select, name)
    for ban in _BANS:
        yield from ban.broken(select, name)
    yield from _disjoint_classes(select, name)
    yield from _disjoint_properties(select, name)
    yield from _all_different(select, name)


def _sentence(rule: str, words: str, row: Row, name: Name) -> str:
    return f"{rule}: {words.format_map({key: name(term) for key, term in row.items()})}"


def _nothing(select: Select, name: Name) -> Iterator[str]:
    for row in select("?x a owl:Nothing"):
        yield _sentence("cls-nothing2", "{x} is in the empty class owl:Nothing", row, name)


def _disjoint_classes(select: Select, name: Name) -> Iterator[str]:
    """One pass over the members of each list, rather than one for each pair of its classes."""
    for axiom in select("?axiom a owl:AllDisjointClasses ; owl:members ?list"):
        classes = " ".join(dict.fromkeys(list_items(select, axiom["list"])))
        crowded = f"{{ SELECT ?x WHERE {{ VALUES ?c {{ {classes} }} ?x a ?c }} GROUP BY ?x HAVING(COUNT(?c) > 1) }}"
        for row in select(crowded):
            found = sorted(hit["c"] for hit in select(f"VALUES ?c {{ {classes} }} {row['x']} a ?c"))
            for a, b in combinations(found, 2):
                words = "{x} is both {a} and {b}, which are disjoint"
                yield _sentence("cax-adc", words, {"x": row["x"], "a": a, "b": b}, name)


def _disjoint_properties(select: Select, name: Name) -> Iterator[str]:
    for axiom in select("?axiom a owl:AllDisjointProperties ; owl:members ?list"):
        for p, q in combinations(list_items(select, axiom["list"]), 2):
            for row in select(f"?x {p} ?y ; {q} ?y"):
                words = "{x} has {y} both as {p} and as {q}, which are disjoint"
                yield _sentence("prp-adp", words, row | {"p": p, "q": q}, name)


def _all_different(select: Select, name: Name) -> Iterator[str]:
    for rule, members in (("eq-diff2", "owl:members"), ("eq-diff3", "owl:distinctMembers")):
        for axiom in select(f"?axiom a owl:AllDifferent ; {members} ?list"):
            for x, y in combinations(list_items(select, axiom["list"]), 2):
                if x == y or any(True for _ in select(f"{x} owl:sameAs {y}")):
                    yield _sentence(rule, "{x} and {y} are the same and different", {"x": x, "y": y}, name)


_INTEGERS = frozenset(
    {
        *(XSD.integer, XSD.long, XSD.int, XSD.short, XSD.byte, XSD.nonPositiveInteger, XSD.negativeInteger),
        *(XSD.nonNegativeInteger, XSD.positiveInteger),
        *(XSD.unsignedLong, XSD.unsignedInt, XSD.unsignedShort, XSD.unsignedByte),
    }
)
_WITHIN = {
    XSD.decimal: _INTEGERS | {XSD.decimal},
    XSD.integer: _INTEGERS,
    XSD.string: {XSD.string},
    XSD.boolean: {XSD.boolean},
    XSD.dateTime: {XSD.dateTime, XSD.dateTimeStamp},
    XSD.anyURI: {XSD.anyURI},
    RDF.langString: {RDF.langString},
}
"""For each datatype whose values are told from others by datatype alone, the datatypes that lie inside it."""


def allows(datatype: URIRef, value: Literal) -> bool:
    """Whether a value can be in a datatype; datatypes that cannot be told apart by name alone are let pass.

    >>> allows(XSD.decimal, Literal(3)), allows(XSD.decimal, Literal("three"))
    (True, False)
    """
    allowed = _WITHIN.get(datatype)
    own = value.datatype or (RDF.langString if value.language else XSD.string)
    return allowed is None or own in allowed
