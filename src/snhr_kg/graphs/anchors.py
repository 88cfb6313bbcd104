"""Where the text says it: mentions, passages and other numbers as Web Annotations on the hashed text."""

from __future__ import annotations

from decimal import Decimal

from rdflib import Literal, URIRef

from snhr_kg import names
from snhr_kg.graphs.quantities import bounds, printed_quantity
from snhr_kg.graphs.terms import Triples, code, coded, inside, labels, reports, term, types, whole
from snhr_kg.records import PROPERTY_OF, SCHEME_OF, Interval, Mention, OtherNumber, Passage

_DESCRIBING = "oa:describing"
_CLASSIFYING = "oa:classifying"


def mention(row: Mention, report: str, interval: Interval, rounding: Decimal | None) -> Triples:
    """One place where a figure is stated, with its own value, bounds and wording."""
    subject = inside(report, "mention", row.id)
    yield from types(subject, "snhr:Mention", "oa:Annotation")
    yield from _body(subject, "snhr:mentionOf", inside(report, "figure", row.figure))
    yield from _target(subject, report, row.start, row.end, row.quote)
    yield from _standing(subject, report, row.section, row.part)
    yield from printed_quantity(subject, row.printed, row.value, row.magnitude, row.qualifier, rounding)
    yield from bounds(subject, interval)
    for column, notation in row.overrides.items():
        yield subject, _stated(column), code(SCHEME_OF[column], notation)
    yield from labels(subject, row.note, row.note_ar, "rdfs:comment")


def passage(row: Passage, report: str) -> Triples:
    """The place that states something without a number: a finding, event, instrument, recommendation, relation."""
    subject = inside(report, "passage", row.id)
    yield from types(subject, "snhr:Passage", "oa:Annotation")
    yield from _body(subject, "snhr:passageOf", about(report, row.about_kind, row.about))
    yield from _target(subject, report, row.start, row.end, row.quote)
    yield from _standing(subject, report, row.section, row.part)


def other_number(row: OtherNumber, report: str, section: str) -> Triples:
    """A number in the text that is no figure, with its kind, the reason and the section it stands in."""
    subject = inside(report, "number", row.id)
    yield from types(subject, "snhr:OtherNumber", "oa:Annotation")
    yield subject, term("oa:motivatedBy"), term(_CLASSIFYING)
    yield from _target(subject, report, row.start, row.end, row.quote)
    yield subject, term("snhr:inSection"), inside(report, "section", section)
    yield from coded(subject, "snhr:numberKind", "number-kind", row.kind)
    yield subject, term("snhr:reason"), Literal(row.reason)
    if row.about:
        yield subject, term("snhr:about"), about(report, row.about_kind, row.about)
    yield from reports(subject, report)


def about(report: str, kind: str, local: str) -> URIRef:
    """What a passage or a number is about; periods are codes, everything else belongs to the report."""
    return code("period", local) if kind == "period" else inside(report, kind, local)


def _body(subject: URIRef, predicate: str, body: URIRef) -> Triples:
    yield subject, term(predicate), body
    yield subject, term("oa:hasBody"), body
    yield subject, term("oa:motivatedBy"), term(_DESCRIBING)


def _standing(subject: URIRef, report: str, section: str, part: str) -> Triples:
    yield subject, term("snhr:inSection"), inside(report, "section", section)
    yield from coded(subject, "snhr:textPart", "text-part", part)
    yield from reports(subject, report)


def _target(subject: URIRef, report: str, start: int, end: int, quote: str) -> Triples:
    target, position, words = (URIRef(names.part(subject, name)) for name in ("target", "position", "quote"))
    yield subject, term("oa:hasTarget"), target
    yield from types(target, "oa:SpecificResource")
    yield target, term("oa:hasSource"), text(report)
    yield target, term("oa:hasSelector"), position
    yield target, term("oa:hasSelector"), words
    yield from types(position, "oa:TextPositionSelector")
    yield position, term("oa:start"), whole(start)
    yield position, term("oa:end"), whole(end)
    yield from types(words, "oa:TextQuoteSelector")
    yield words, term("oa:exact"), Literal(quote)


def text(report: str) -> URIRef:
    """The hashed text of a report, which every position counts in."""
    return URIRef(f"{names.report(report)}/text")


def _stated(column: str) -> URIRef:
    local = PROPERTY_OF[column]
    return term(f"snhr:stated{local[0].upper()}{local[1:]}")
