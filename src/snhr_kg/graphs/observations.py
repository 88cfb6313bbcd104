"""Stated and derived figures as flat observations of the cube."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rdflib import Literal, URIRef

from snhr_kg import names
from snhr_kg.codes.lists import CodeLists
from snhr_kg.graphs.quantities import bounds, printed_quantity, quantity
from snhr_kg.graphs.terms import Triples, code, coded, inside, labels, reports, term, types
from snhr_kg.records import DIMENSIONS, PROPERTY_OF, SCHEME_OF, DerivedFigure, Dimensions, StatedFigure


def stated_figure(figure: StatedFigure, codes: CodeLists) -> Triples:
    """A figure that a report states, with the value of its principal mention."""
    subject = URIRef(figure.iri)
    row, principal = figure.figure, figure.principal
    yield from types(subject, "snhr:Figure", "qb:Observation")
    yield from _place_in_cube(subject, figure.report, figure.data_set, figure.dimensions, figure.unit, codes)
    yield from printed_quantity(
        subject, principal.printed, figure.value, principal.magnitude, figure.qualifier, figure.rounding_unit
    )
    yield from bounds(subject, figure.interval)
    yield from coded(subject, "snhr:basis", "basis", row.basis)
    yield from coded(subject, "snhr:shareOf", "denominator", row.denominator)
    if row.share_of:
        yield subject, term("snhr:shareOf"), inside(figure.report, "figure", row.share_of)
    yield subject, term("snhr:principalMention"), inside(figure.report, "mention", principal.id)
    yield from labels(subject, row.label_en, row.label_ar)
    yield from labels(subject, row.caveat, row.caveat_ar, "snhr:caveat")
    yield from labels(subject, row.coding_note, row.coding_note_ar, "snhr:codingNote")


def derived_figure(figure: DerivedFigure, basis_of: Mapping[str, str], codes: CodeLists) -> Triples:
    """A figure that a rule computed; its basis is that of its inputs (`basis_of`, by IRI).

    It is documented only when every input is: an estimate anywhere makes the result an estimate.
    """
    subject = URIRef(figure.iri)
    yield from types(subject, "snhr:DerivedFigure", "qb:Observation")
    yield from _place_in_cube(subject, figure.report, figure.data_set, figure.dimensions, figure.unit, codes)
    yield from quantity(subject, figure.value, "computed")
    yield from bounds(subject, figure.interval)
    yield from coded(subject, "snhr:basis", "basis", _basis(basis_of[iri] for iri in figure.inputs if iri in basis_of))
    for iri in figure.inputs:
        yield subject, term("prov:wasDerivedFrom"), URIRef(iri)
    yield subject, term("snhr:derivedBy"), URIRef(names.rule(figure.rule))
    yield subject, term("snhr:formula"), Literal(figure.formula)
    yield from labels(subject, figure.presumes_en, figure.presumes_ar, "snhr:presumes")
    yield from labels(subject, figure.label_en, figure.label_ar)


def dimension_triples(subject: URIRef, dimensions: Dimensions) -> Triples:
    """The seven dimensions of an observation."""
    for name in DIMENSIONS:
        yield subject, term(f"snhr:{PROPERTY_OF[name]}"), code(SCHEME_OF[name], getattr(dimensions, name))


def _place_in_cube(
    subject: URIRef, report: str, data_set: str, dimensions: Dimensions, unit: str, codes: CodeLists
) -> Triples:
    yield subject, term("qb:dataSet"), inside(report, "dataset", data_set)
    yield from dimension_triples(subject, dimensions)
    yield from coded(subject, "snhr:unit", "unit", unit)
    indicator = codes.find("indicator", dimensions.indicator)
    yield from coded(subject, "snhr:placeRole", "place-role", (indicator and indicator.place_role) or "")
    yield from reports(subject, report)


def _basis(inputs: Iterable[str]) -> str:
    found = set(inputs)
    if "estimated" in found:
        return "estimated"
    return found.pop() if len(found) == 1 else "_U"
