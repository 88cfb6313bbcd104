"""The page of the ontology: every term, code list, structure, rule and shape, made from the graph and the files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from snhr_kg import names
from snhr_kg.holding import Text
from snhr_kg.names import PREFIXES
from snhr_kg.site import shapes
from snhr_kg.site.outside import used_elsewhere
from snhr_kg.site.steady import steady
from snhr_kg.site.terms import KINDS, Term, terms
from snhr_kg.site.visit import Visit
from snhr_kg.site.vocabulary import short

ONTOLOGY: Final = names.BASE + "ontology"

_COMPONENTS: Final = ("qb:dimension", "qb:measure", "qb:attribute")


@dataclass(frozen=True, slots=True)
class Part:
    """The terms of one kind; `anchor` names the part on the page."""

    anchor: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code list with its codes, in their own order of notations."""

    iri: str
    label: Text
    definition: Text | None
    codes: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Component:
    """A property in a structure: as dimension, measure or attribute, and whether it is required."""

    property: str
    role: str
    required: bool


@dataclass(frozen=True, slots=True)
class Structure:
    """A data structure definition with its components in order."""

    iri: str
    label: Text
    definition: Text | None
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it does in words and as a formula, and how many things it made."""

    iri: str
    label: Text
    definition: Text | None
    formula: str
    made: int

    @property
    def local(self) -> str:
        """The name that its IRI ends in."""
        return self.iri.rpartition("/")[2]


@steady
def ontology(visit: Visit) -> str:
    """The reference."""
    parts = [Part(anchor, tuple(terms(visit.holding, kind, visit.language))) for anchor, kind in KINDS]
    every = [term for part in parts for term in part.terms]
    files = shapes.shapes_files()
    return visit.render(
        "ontology.html",
        iri=ONTOLOGY,
        parts_of=[part for part in parts if part.terms],
        index=sorted(every, key=lambda term: term.local.lower()),
        code_lists=[_code_list(visit, iri) for iri in visit.holding.instances("skos:ConceptScheme")],
        structures=[_structure(visit, iri) for iri in visit.holding.instances("qb:DataStructureDefinition")],
        rules=[_rule(visit, iri) for iri in visit.holding.instances("snhr:Rule")],
        files=files,
        shape_count=sum(len(file.shapes) for file in files),
        prefixes=sorted(PREFIXES.items()),
        short=short,
        graph=names.graph("ontology"),
        imports=visit.holding.values(ONTOLOGY, "owl:imports"),
        abroad=used_elsewhere(visit, [term.iri for term in every if not term.use.count]),
    )


def _code_list(visit: Visit, iri: str) -> CodeList:
    codes = visit.holding.subjects("skos:inScheme", iri)
    return CodeList(
        iri, visit.label(iri), visit.text(iri, "skos:definition"), tuple((code, visit.label(code)) for code in codes)
    )


def _structure(visit: Visit, iri: str) -> Structure:
    held = visit.holding
    ordered = sorted(held.values(iri, "qb:component"), key=lambda one: int(held.value(one, "qb:order") or 0))
    return Structure(
        iri,
        visit.label(iri),
        visit.text(iri, "skos:definition"),
        tuple(
            Component(term, role, held.value(one, "qb:componentRequired") == "true" or role != "qb:attribute")
            for one in ordered
            for role in _COMPONENTS
            for term in held.values(one, role)
        ),
    )


def _rule(visit: Visit, iri: str) -> Rule:
    return Rule(
        iri,
        visit.label(iri),
        visit.text(iri, "skos:definition"),
        visit.holding.value(iri, "snhr:formula") or "",
        len({*visit.holding.subjects("snhr:derivedBy", iri), *visit.holding.subjects("dqv:isMeasurementOf", iri)}),
    )
