"""What a report says without a number: findings, chronology, legal instruments, recommendations, relations."""

from __future__ import annotations

from rdflib import Literal, URIRef

from snhr_kg.codes.lists import CodeLists
from snhr_kg.graphs.terms import Triples, code, coded, date, inside, labels, reports, term, types, whole
from snhr_kg.records import (
    DIMENSIONS,
    PROPERTY_OF,
    SCHEME_OF,
    Event,
    Finding,
    Instrument,
    Recommendation,
    Relation,
)

_RELATION_PROPERTY = {
    "backed-by": "snhr:backedBy",
    "joint-patrols-with": "snhr:jointPatrolsWith",
    "mainly-consists-of": "snhr:mainlyConsistsOf",
    "formerly-known-as": "snhr:formerlyKnownAs",
    "fought-alongside": "snhr:foughtAlongside",
}
_HAPPENED_IN = "happened-in"
"""What a place is to a finding whose violation is not named: only displacement is told by where it began."""

_FINDING_DIMENSIONS = tuple(name for name in DIMENSIONS if name != "indicator")


def finding(row: Finding, report: str, codes: CodeLists) -> Triples:
    """A finding, with the properties of observations, so that one pattern finds both."""
    subject = inside(report, "finding", row.id)
    yield from types(subject, "snhr:Finding")
    for name in _FINDING_DIMENSIONS:
        yield from coded(subject, f"snhr:{PROPERTY_OF[name]}", SCHEME_OF[name], getattr(row, name))
    yield from coded(subject, "snhr:attribution", "attribution", row.attribution)
    yield from coded(subject, "snhr:status", "finding-status", row.status)
    violation = codes.find("violation-type", row.violation_type)
    yield from coded(subject, "snhr:placeRole", "place-role", (violation and violation.place_role) or _HAPPENED_IN)
    yield from labels(subject, row.label_en, row.label_ar)
    yield from labels(subject, row.note, row.note_ar, "rdfs:comment")
    yield from reports(subject, report)


def event(row: Event, report: str) -> Triples:
    """A dated event of the chronology."""
    subject = inside(report, "event", row.id)
    yield from types(subject, "snhr:Event", "schema:Event")
    yield from coded(subject, "snhr:eventKind", "event-kind", row.kind)
    yield from _dated(subject, "snhr:date", row.date)
    yield from _dated(subject, "snhr:endDate", row.end_date)
    yield from coded(subject, "snhr:party", "perpetrator", row.party)
    yield from coded(subject, "snhr:weapon", "weapon", row.weapon)
    yield from coded(subject, "snhr:place", "place", row.place)
    if row.instrument:
        yield subject, term("snhr:instrument"), inside(report, "instrument", row.instrument)
    yield from labels(subject, row.label_en, row.label_ar)
    yield from labels(subject, row.note, row.note_ar, "rdfs:comment")
    yield from reports(subject, report)


def instrument(row: Instrument, report: str) -> Triples:
    """A legal instrument that the report invokes."""
    subject = inside(report, "instrument", row.id)
    yield from types(subject, "snhr:LegalInstrument")
    yield from coded(subject, "snhr:instrumentKind", "instrument-kind", row.kind)
    if row.number:
        yield subject, term("dcterms:identifier"), Literal(row.number)
    yield from _dated(subject, "dcterms:date", row.date)
    yield from labels(subject, row.label_en, row.label_ar)
    yield from reports(subject, report)


def recommendation(row: Recommendation, report: str) -> Triples:
    """A recommendation, with everyone it is addressed to."""
    subject = inside(report, "recommendation", row.id)
    yield from types(subject, "snhr:Recommendation")
    yield subject, term("snhr:order"), whole(row.order)
    for addressee in row.addressees:
        yield from coded(subject, "snhr:addressee", "addressee", addressee)
    yield from labels(subject, row.label_en, row.label_ar)
    yield from reports(subject, report)


def relation(row: Relation, report: str) -> Triples:
    """What the report says of two parties: a resource that can be cited, and the plain triple it stands for."""
    subject = inside(report, "relation", row.id)
    party, other = code("perpetrator", row.party), code("perpetrator", row.other_party)
    predicate = term(_RELATION_PROPERTY[row.relation])
    yield from types(subject, "snhr:PartyRelation")
    yield subject, term("snhr:party"), party
    yield subject, term("snhr:relation"), predicate
    yield subject, term("snhr:otherParty"), other
    yield party, predicate, other
    yield from labels(subject, row.label_en, row.label_ar)
    yield from reports(subject, report)


def _dated(subject: URIRef, predicate: str, iso: str) -> Triples:
    if iso:
        yield subject, term(predicate), date(iso)
