"""Answers to consistency questions as data quality measurements."""

from __future__ import annotations

from rdflib import Literal, URIRef

from snhr_kg import names
from snhr_kg.graphs.terms import Triples, coded, labels, number, reports, term, truth, types
from snhr_kg.records import Check

CONTRADICTORY = "contradictory"


def check(row: Check) -> Triples:
    """One answer about a report: the rule, what it was asked about, the verdict and the arithmetic behind it."""
    yield from answered(row)
    yield from reports(URIRef(row.iri), row.report)


def answered(row: Check) -> Triples:
    """One answer, whatever it is about."""
    subject, rule = URIRef(row.iri), URIRef(names.rule(row.rule))
    yield from types(subject, "snhr:Check", "dqv:QualityMeasurement")
    yield subject, term("snhr:rule"), rule
    yield subject, term("dqv:isMeasurementOf"), rule
    yield subject, term("dqv:computedOn"), URIRef(row.about)
    for iri in row.involved:
        yield subject, term("snhr:involves"), URIRef(iri)
    yield from coded(subject, "snhr:verdict", "verdict", row.verdict)
    yield subject, term("dqv:value"), truth(row.verdict != CONTRADICTORY)
    for predicate, value in (
        ("snhr:expected", row.expected),
        ("snhr:found", row.found),
        ("snhr:residual", row.residual),
    ):
        if value is not None:
            yield subject, term(predicate), number(value)
    yield subject, term("snhr:arithmetic"), Literal(row.arithmetic)
    yield from labels(subject, row.label_en, row.label_ar)
