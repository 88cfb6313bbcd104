"""Periods as concepts of the code list and as OWL-Time intervals."""

from __future__ import annotations

from rdflib import Literal, URIRef

from snhr_kg import names
from snhr_kg.dates import instant_property
from snhr_kg.graphs.terms import (
    Triples,
    code,
    coded,
    date,
    inside,
    labels,
    term,
    types,
)
from snhr_kg.records import Period


def period(row: Period, report: str) -> Triples:
    """A period: its begin is included, its end excluded, and an open side says why it is open."""
    subject = code("period", row.id)
    yield from types(subject, "snhr:Period", "skos:Concept", "time:ProperInterval")
    yield from _concept(subject, row)
    for side, iso, openness, instrument in (
        ("begin", row.begin, row.open_begin, row.begin_instrument),
        ("end", row.end, row.open_end, row.end_instrument),
    ):
        yield from _end_point(subject, side, iso)
        yield from coded(subject, f"snhr:open{side.capitalize()}", "openness", openness)
        if instrument:
            yield subject, term(f"snhr:{side}Instrument"), inside(report, "instrument", instrument)


def _concept(subject: URIRef, row: Period) -> Triples:
    scheme = URIRef(names.scheme("period"))
    yield subject, term("skos:inScheme"), scheme
    yield subject, term("skos:topConceptOf"), scheme
    yield scheme, term("skos:hasTopConcept"), subject
    yield subject, term("skos:notation"), Literal(row.id)
    yield from labels(subject, row.label_en, row.label_ar, "skos:prefLabel")
    yield from labels(subject, _definition(row), _arabic_definition(row), "skos:definition")
    yield from labels(subject, row.note, row.note_ar, "skos:scopeNote")


def _end_point(subject: URIRef, side: str, iso: str) -> Triples:
    if not iso:
        return
    instant = URIRef(names.part(subject, side))
    yield subject, term(f"snhr:{side}"), date(iso)
    yield subject, term("time:hasBeginning" if side == "begin" else "time:hasEnd"), instant
    yield from types(instant, "time:Instant")
    yield from labels(instant, f"Start of {iso}", f"مطلع {iso}")
    yield instant, term(instant_property(iso)), date(iso)


def _definition(row: Period) -> str:
    begin = f"From the start of {row.begin}" if row.begin else "From a beginning without a date"
    end = f"to before the start of {row.end}" if row.end else "to an end without a date"
    return f"{begin} {end}."


def _arabic_definition(row: Period) -> str:
    begin = f"من مطلع {row.begin}" if row.begin else "من بداية غير مؤرخة"
    end = f"إلى ما قبل مطلع {row.end}" if row.end else "إلى نهاية غير مؤرخة"
    return f"{begin} {end}."
