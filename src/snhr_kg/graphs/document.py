"""The report as a citable document: its title, publisher, hashed text and sections."""

from __future__ import annotations

import re

from rdflib import Literal, URIRef

from snhr_kg import names
from snhr_kg.graphs.anchors import text
from snhr_kg.graphs.terms import Triples, checksum, coded, date, inside, labels, reports, term, types, whole
from snhr_kg.records import Report, Section


def report(row: Report) -> Triples:
    """The report, its publisher and its text."""
    subject = URIRef(names.report(row.id))
    yield from types(subject, "snhr:Report", "prov:Entity", "schema:Report")
    yield subject, term("dcterms:title"), Literal(row.title, lang=row.language)
    yield from labels(subject, row.label_en, row.label_ar)
    yield subject, term("dcterms:issued"), date(row.published)
    yield subject, term("dcterms:language"), _language(row.language)
    yield subject, term("dcterms:bibliographicCitation"), Literal(row.cited_as)
    yield subject, term("dcterms:publisher"), publisher(row)
    yield from types(publisher(row), "org:Organization", "foaf:Agent")
    yield publisher(row), term("foaf:name"), Literal(row.publisher, lang="en")
    yield from _hashed_text(row)


def publisher(row: Report) -> URIRef:
    """The organisation that published a report, named by its acronym where one stands in brackets.

    >>> from snhr_kg.records import Source
    >>> publisher(Report("r", "", "", "", "Some Network (SN)", "", "", "", 0, "", Source("", 0)))
    rdflib.term.URIRef('https://w3id.org/snhr-kg/agent/sn')
    """
    acronym = re.search(r"\(([A-Z]{2,})\)", row.publisher)
    return URIRef(names.agent(re.sub(r"\W+", "-", (acronym[1] if acronym else row.publisher).lower()).strip("-")))


def section(row: Section, printed_in: Report) -> Triples:
    """A stretch of the text, with its printed heading in the language of the report and our label."""
    subject = inside(printed_in.id, "section", row.id)
    yield from types(subject, "snhr:Section")
    if row.title:
        yield subject, term("dcterms:title"), Literal(row.title, lang=printed_in.language)
    yield from labels(subject, row.label_en, row.label_ar)
    if row.number:
        yield subject, term("snhr:sectionNumber"), Literal(row.number)
    yield subject, term("snhr:order"), whole(row.order)
    yield from coded(subject, "snhr:sectionKind", "section-kind", row.kind)
    if row.parent:
        yield subject, term("snhr:partOfSection"), inside(printed_in.id, "section", row.parent)
    yield subject, term("snhr:start"), whole(row.start)
    yield subject, term("snhr:end"), whole(row.end)
    yield from reports(subject, printed_in.id)


def _language(tag: str) -> URIRef:
    """The language that a tag begins with, by the IRI that DCAT asks for: of ISO 639-1, or 639-2 for three letters.

    >>> _language("en-GB")
    rdflib.term.URIRef('http://id.loc.gov/vocabulary/iso639-1/en')
    >>> _language("kmr")
    rdflib.term.URIRef('http://id.loc.gov/vocabulary/iso639-2/kmr')
    """
    primary = tag.split("-", 1)[0].lower()
    return URIRef(f"http://id.loc.gov/vocabulary/iso639-{1 if len(primary) == 2 else 2}/{primary}")


def _hashed_text(row: Report) -> Triples:
    subject = text(row.id)
    yield from types(subject, "snhr:ReportText", "prov:Entity")
    yield from reports(subject, row.id)
    yield subject, term("snhr:length"), whole(row.text_length)
    yield from checksum(subject, row.text_sha256)
