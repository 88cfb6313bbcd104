"""Mapping sets as triples: each record with who judged it and why, and the plain match of those that are accepted."""

from __future__ import annotations

from itertools import chain

from rdflib import Literal, URIRef

from snhr_kg import names
from snhr_kg.graphs.terms import Triples, date, labels, note, number, term, types
from snhr_kg.mappings.foreign import foreign_code
from snhr_kg.mappings.records import BROAD, CLOSE, EXACT, NARROW, RELATED, MappingRecord, MappingSet
from snhr_kg.mappings.sets import MappingSets

_WORDS = {
    EXACT: ("exact match", "مطابقة تامة"),
    CLOSE: ("close match", "مطابقة قريبة"),
    BROAD: ("broader match", "مطابقة أعم"),
    NARROW: ("narrower match", "مطابقة أخص"),
    RELATED: ("related match", "مطابقة ذات صلة"),
}
"""What each relation is called, in English and in Arabic; theirs is the broader or narrower one."""

_REFUSED = ("refused: ", "مرفوضة: ")


def mapping_triples(sets: MappingSets) -> Triples:
    """Everything the sets say, for the graph of links.

    A record is a `sssom:Mapping` whose `owl:annotatedSource`, `owl:annotatedProperty` and `owl:annotatedTarget` name
    the relation that was judged; an accepted one is followed by that relation itself, a refused one is not.
    """
    yield from chain.from_iterable(map(_set, sets.sets))
    yield from chain.from_iterable(map(_record, sets.records()))
    yield from _targets(sets)


def _set(mapping_set: MappingSet) -> Triples:
    subject = URIRef(mapping_set.id)
    yield from types(subject, "sssom:MappingSet")
    yield from labels(subject, mapping_set.title, mapping_set.title_ar, "dcterms:title")
    yield from labels(subject, mapping_set.title, mapping_set.title_ar)
    yield from note(subject, mapping_set.description, "dcterms:description")
    yield subject, term("dcterms:license"), URIRef(mapping_set.licence)
    yield subject, term("dcterms:creator"), URIRef(mapping_set.creator)
    yield subject, term("owl:versionInfo"), Literal(mapping_set.version)
    for record in mapping_set.records:
        yield subject, term("sssom:mappings"), URIRef(record.id)


def _record(record: MappingRecord) -> Triples:
    subject = URIRef(record.id)
    judged = URIRef(record.subject), URIRef(record.predicate), URIRef(record.object)
    yield from types(subject, "sssom:Mapping")
    yield from labels(subject, *_labels(record))
    for place, resource in zip(("Source", "Property", "Target"), judged, strict=True):
        yield subject, term(f"owl:annotated{place}"), resource
    yield subject, term("sssom:mapping_justification"), URIRef(record.justification)
    yield subject, term("sssom:confidence"), number(record.confidence)
    yield subject, term("sssom:mapping_date"), date(record.date)
    yield subject, term("sssom:author_label"), Literal(record.author)
    yield subject, term("sssom:object_label"), Literal(record.object_label)
    yield from note(subject, record.comment)
    if record.object_source:
        yield subject, term("sssom:object_source"), URIRef(record.object_source)
    if record.object_source_version:
        yield subject, term("sssom:object_source_version"), Literal(record.object_source_version)
    if record.refused:
        yield subject, term("sssom:predicate_modifier"), term("sssom:NegatedPredicate")
    else:
        yield judged


def _labels(record: MappingRecord) -> tuple[str, str]:
    english, arabic = _WORDS[record.predicate]
    refused_english, refused_arabic = _REFUSED if record.refused else ("", "")
    return (
        f"{record.subject_label} – {refused_english}{english} – {record.object_label}",
        f"{record.subject_label_ar or record.subject_label} – {refused_arabic}{arabic} – {record.object_label}",
    )


def _targets(sets: MappingSets) -> Triples:
    """Name and notation of the targets whose IRIs we mint, so that those IRIs answer."""
    minted = {record.object: record.object_label for record in sets.records() if record.object.startswith(names.BASE)}
    for iri, label in minted.items():
        code = foreign_code(iri)
        if code is not None:
            yield URIRef(iri), term("skos:notation"), Literal(code.notation)
            yield URIRef(iri), term("rdfs:label"), Literal(label)
