"""Topics and comparisons as triples, with the values of both sides, so that no other graph need be asked for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from rdflib import XSD, Literal, URIRef

from snhr_kg import names
from snhr_kg.comparisons.records import Comparison, Quantity, Reason, Topic
from snhr_kg.graphs.terms import Triples, code, coded, labels, number, term, types


def comparison_triples(comparisons: Sequence[Comparison], topics: Sequence[Topic]) -> Triples:
    """The graph of comparisons: topics, the reasons that the tables state, and each comparison."""
    for topic in topics:
        yield from _topic(topic)
    for reason in sorted({reason for row in comparisons for reason in row.reasons if reason.id}, key=_by_id):
        yield from _stated(reason)
    for comparison in comparisons:
        yield from _comparison(comparison)


def comparison_iri(comparison: Comparison) -> str:
    """The IRI of a comparison: its topic and its two figures, each by what tells it from others."""
    sides = (_short(side.iri) for side in (comparison.left, comparison.right))
    return names.comparison("/".join([comparison.topic.id, *sides]))


def _topic(topic: Topic) -> Triples:
    subject = _topic_iri(topic)
    yield from types(subject, "snhr:ComparisonTopic")
    yield from labels(subject, topic.label_en, topic.label_ar)
    yield from labels(subject, topic.question_en, topic.question_ar, "skos:definition")
    yield from labels(subject, topic.caveat_en, topic.caveat_ar, "snhr:caveat")


def _stated(reason: Reason) -> Triples:
    """A reason that somebody states: the code it belongs to, its words, and where it was read."""
    subject = _reason_iri(reason)
    yield from types(subject, "prov:Entity")
    yield subject, term("snhr:reasonForDifference"), code("comparability", reason.code)
    yield from labels(subject, reason.note_en, reason.note_ar)
    yield subject, term("dcterms:bibliographicCitation"), Literal(reason.source)
    if reason.url:
        yield subject, term("dcterms:source"), URIRef(reason.url)


def _comparison(row: Comparison) -> Triples:
    subject = URIRef(comparison_iri(row))
    yield from types(subject, "snhr:Comparison")
    yield subject, term("snhr:derivedBy"), URIRef(names.rule("compare"))
    yield subject, term("snhr:topic"), _topic_iri(row.topic)
    yield from _side(subject, "left", row.left)
    yield from _side(subject, "right", row.right)
    yield from coded(subject, "snhr:periodRelation", "period-relation", row.relation)
    for name, day in zip(("sharedBegin", "sharedEnd"), row.shared, strict=True):
        if day is not None:
            yield subject, term(f"snhr:{name}"), _day(day)
    for name, amount in (("difference", row.difference), ("ratio", row.ratio)):
        if amount is not None:
            yield subject, term(f"snhr:{name}"), number(amount)
    yield subject, term("snhr:arithmetic"), Literal(row.arithmetic)
    for reason in row.reasons:
        yield subject, term("snhr:reasonForDifference"), code("comparability", reason.code)
        if reason.id:
            yield subject, term("dcterms:references"), _reason_iri(reason)
        else:
            yield from labels(subject, reason.note_en, reason.note_ar, "rdfs:comment")
    yield from labels(subject, _label(row, "en"), _label(row, "ar"))


def _side(subject: URIRef, side: str, figure: Quantity) -> Triples:
    yield subject, term(f"snhr:{side}Figure"), URIRef(figure.iri)
    if figure.value is not None:
        yield subject, term(f"snhr:{side}Value"), number(figure.value)
    yield from coded(subject, f"snhr:{side}Qualifier", "qualifier", figure.qualifier)
    yield subject, term(f"snhr:{side}Source"), URIRef(figure.source.iri)
    yield subject, term(f"snhr:{side}Period"), URIRef(figure.period.iri)


def _label(row: Comparison, language: str) -> str:
    topic, left, right = (getattr(each, f"label_{language}") for each in (row.topic, row.left_line, row.right_line))
    periods = [getattr(figure.period, f"label_{language}") for figure in (row.left, row.right)]
    if language == "ar":
        return f"{topic}: {left}، {periods[0]} مقابل {right}، {periods[1]}"
    return f"{topic}: {left}, {periods[0]} against {right}, {periods[1]}"


def _short(iri: str) -> str:
    """What is left of a figure's IRI without what all share, as one step of a path."""
    local = iri.removeprefix(names.BASE).removeprefix("report/").removeprefix("external/")
    for kind in ("/figure/", "/aggregate/"):
        local = local.replace(kind, "/")
    return quote(local.replace("/", "."), safe="")


def _topic_iri(topic: Topic) -> URIRef:
    return URIRef(names.comparison(f"topic/{topic.id}"))


def _reason_iri(reason: Reason) -> URIRef:
    return URIRef(names.comparison(f"reason/{reason.id}"))


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=XSD.date, normalize=False)


def _by_id(reason: Reason) -> str:
    return reason.id
