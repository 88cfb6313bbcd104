"""The documents of the series: the whole, who publishes, what was published, and the pages that were read."""

from __future__ import annotations

from typing import Final

from rdflib import Literal, URIRef

from snhr_kg import names
from snhr_kg.graphs.terms import Triples, date, labels, note, term, types
from snhr_kg.series import iris
from snhr_kg.series.labels import page_label
from snhr_kg.series.records import Page, Publication, Publisher, SeriesTables

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"

_TITLE: Final = (
    "What SNHR and others count at other times",
    "ما أحصته الشبكة السورية لحقوق الإنسان وغيرها في أوقات أخرى",
)
_RIGHTS: Final = (
    "The values are those that the publications state; choice, codes and grades are this project's.",
    "القيم هي ما تذكره المنشورات، أما الاختيار والرموز والدرجات فلهذا المشروع.",
)


def whole(tables: SeriesTables) -> Triples:
    """The series as one dataset, with the publications it holds."""
    subject = iris.whole()
    yield from types(subject, "dcat:Dataset", "prov:Entity")
    yield from labels(subject, *_TITLE, "dcterms:title")
    yield from labels(subject, *_TITLE)
    yield subject, term("dcterms:license"), URIRef(LICENCE)
    yield from labels(subject, *_RIGHTS, "dcterms:rights")
    yield subject, term("dcterms:publisher"), URIRef(names.agent("snhr-kg"))
    for row in tables.publications:
        yield subject, term("dcterms:hasPart"), iris.publication(row.id)


def publisher(row: Publisher) -> Triples:
    """An organisation that counts."""
    subject = URIRef(names.agent(row.id))
    yield from types(subject, "org:Organization", "foaf:Agent")
    yield from labels(subject, row.name_en, row.name_ar, "foaf:name")


def publication(row: Publication) -> Triples:
    """A publication as a dataset of its own, with the pages that are its own or copies of it."""
    subject = iris.publication(row.id)
    yield from types(subject, "snhr:ExternalDataset", "dcat:Dataset", "prov:Entity")
    yield from labels(subject, row.label_en, row.label_ar, "dcterms:title")
    yield from labels(subject, row.label_en, row.label_ar)
    for agent in row.publisher:
        yield subject, term("dcterms:publisher"), URIRef(names.agent(agent))
    if row.published:
        yield subject, term("dcterms:issued"), date(row.published)
    for number in row.pages:
        yield subject, term("dcterms:source"), iris.beside("page", number)
    yield from note(subject, row.note)


def page(row: Page) -> Triples:
    """A page that was read: an address was listed without its scheme, so https is put before it."""
    subject = iris.beside("page", row.page)
    english, arabic = page_label(row)
    yield from types(subject, "snhr:Publication")
    yield from labels(subject, english, arabic, "dcterms:title")
    yield from labels(subject, english, arabic)
    for address in row.addresses:
        yield subject, term("dcterms:source"), URIRef(f"https://{address}")
    if not row.addresses:
        yield subject, term("dcterms:source"), Literal(row.site or row.note, lang="en")
    if row.dated:
        yield subject, term("dcterms:issued"), date(row.dated)
    if row.language:
        yield subject, term("dcterms:language"), Literal(row.language)
    yield from note(subject, row.note)
