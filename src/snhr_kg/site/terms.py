"""The terms of the ontology as they are shown: what each means, how it lies to others, where it is used."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from snhr_kg import names
from snhr_kg.holding import Holding, Text
from snhr_kg.names import full
from snhr_kg.site.once import once
from snhr_kg.site.shapes import speaking_of

ASSERTED: Final = names.graph("ontology")
KINDS: Final = (
    ("classes", "owl:Class"),
    ("object-properties", "owl:ObjectProperty"),
    ("datatype-properties", "owl:DatatypeProperty"),
    ("annotation-properties", "owl:AnnotationProperty"),
)
"""The parts of the reference, each by the class of its terms."""

_ROLES: Final = (
    "owl:TransitiveProperty", "owl:SymmetricProperty", "owl:AsymmetricProperty", "owl:IrreflexiveProperty",
    "owl:FunctionalProperty", "owl:InverseFunctionalProperty", "qb:DimensionProperty", "qb:MeasureProperty",
    "qb:AttributeProperty", "qb:CodedProperty",
)  # fmt: skip
_RELATED: Final = (
    "rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range", "owl:inverseOf", "owl:disjointWith",
    "owl:propertyDisjointWith", "qb:codeList", "qb:concept", "rdfs:seeAlso", "dcterms:isReplacedBy",
)  # fmt: skip
_POINTING: Final = ("rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range", "owl:inverseOf")


@dataclass(frozen=True, slots=True)
class Use:
    """How often a term is used in the own graphs, and one thing that it is used of; None where there is none."""

    count: int
    example: str | None


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property.

    `related` maps predicates to the IRIs that they lead to, as the files assert them; `pointing` maps them to the terms
    that they lead here from. `roles` are the IRIs of what else a property is. `shapes` are local names.
    """

    iri: str
    label: Text
    definitions: tuple[Text, ...]
    notes: tuple[Text, ...]
    deprecated: bool
    roles: tuple[str, ...]
    related: dict[str, tuple[str, ...]]
    pointing: dict[str, tuple[str, ...]]
    use: Use
    shapes: tuple[str, ...]

    @property
    def local(self) -> str:
        """The name after the hash: the term's place on the page."""
        return self.iri.rpartition("#")[2]


def terms(holding: Holding, kind: str, language: str) -> list[Term]:
    """The terms of ours of a class, in order of their names."""
    found = [iri for iri in holding.instances(kind) if iri.startswith(names.SNHR)]
    return [_term(holding, iri, language) for iri in sorted(found, key=str.lower)]


def _term(holding: Holding, iri: str, language: str) -> Term:
    kinds = holding.kinds(iri)
    return Term(
        iri=iri,
        label=holding.label(iri, language),
        definitions=tuple(holding.texts(iri, "skos:definition", language)),
        notes=tuple(holding.texts(iri, "skos:scopeNote", language)),
        deprecated=holding.value(iri, "owl:deprecated") == "true",
        roles=tuple(full(role) for role in _ROLES if full(role) in kinds),
        related=_asserted(holding, iri),
        pointing=_pointing(holding, iri),
        use=uses(holding).get(iri, Use(0, None)),
        shapes=speaking_of().get(iri, ()),
    )


def _asserted(holding: Holding, iri: str) -> dict[str, tuple[str, ...]]:
    """What the files assert; what follows from it is left to the page of the graph of inferences."""
    found: dict[str, list[str]] = {}
    for one in holding.statements(iri):
        if one.graph == ASSERTED and isinstance(one.object, ox.NamedNode):
            found.setdefault(one.predicate, []).append(one.object.value)
    return {name: tuple(found[full(name)]) for name in _RELATED if full(name) in found}


def _pointing(holding: Holding, iri: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for one in holding.incoming(iri):
        if one.graph == ASSERTED:
            found.setdefault(one.predicate, []).append(one.subject)
    return {name: tuple(found[full(name)]) for name in _POINTING if full(name) in found}


@once
def uses(holding: Holding) -> dict[str, Use]:
    """How each term of ours is used in the own graphs: a class by its things, a property by its statements."""
    counted: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for subject in holding.subjects_in_order:
        for one in {(one.predicate, one.object) for one in holding.statements(subject)}:
            term = one[1].value if one[0] == full("rdf:type") else one[0]
            if term.startswith(names.SNHR):
                counted[term] += 1
                examples.setdefault(term, subject)
    return {term: Use(count, examples[term]) for term, count in counted.items()}
