"""The catalogue's entries: DCAT distributions, VoID counts, schema.org and the provenance of a build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import XSD

from snhr_kg import names
from snhr_kg.graphs.census import Totals
from snhr_kg.graphs.terms import Triples, checksum, labels, term, types, whole

DATASET = URIRef(names.published("dataset"))
CATALOGUE = URIRef(names.published("catalogue"))

_MEDIA_TYPE = {
    ".trig": "application/trig",
    ".nq": "application/n-quads",
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".csv": "text/csv",
    ".csv-metadata.json": "application/csvm+json",
}
_WHOLE_FILES = ("snhr-kg.trig", "snhr-kg.nq", "figures.csv", "figures.csv-metadata.json")
_RDF_FORMAT = {
    "application/trig": "http://www.w3.org/ns/formats/TriG",
    "application/n-quads": "http://www.w3.org/ns/formats/N-Quads",
    "text/turtle": "http://www.w3.org/ns/formats/Turtle",
    "application/ld+json": "http://www.w3.org/ns/formats/JSON-LD",
}
_SCHEMA_TWIN = {
    "dcterms:title": "schema:name",
    "dcterms:description": "schema:description",
    "dcterms:license": "schema:license",
    "dcterms:publisher": "schema:publisher",
    "dcterms:creator": "schema:creator",
    "dcterms:source": "schema:isBasedOn",
    "dcterms:issued": "schema:datePublished",
    "dcterms:modified": "schema:dateModified",
    "dcterms:spatial": "schema:spatialCoverage",
    "dcat:keyword": "schema:keywords",
    "dcat:version": "schema:version",
}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that a build read: its path below the folders that ship with the package, and its SHA-256."""

    path: str
    sha256: str


def graph_entry(name: str, triples: int, licence: URIRef) -> Triples:
    """A named graph as a part of the dataset, with its own count and its own files."""
    subject = URIRef(names.graph(name))
    yield DATASET, term("void:subset"), subject
    yield DATASET, term("dcterms:hasPart"), subject
    yield from types(subject, "void:Dataset", "dcat:Dataset")
    yield subject, term("dcterms:isPartOf"), DATASET
    yield subject, term("dcterms:license"), licence
    yield subject, term("void:triples"), whole(triples)
    for suffix in (".ttl", ".jsonld"):
        yield from distribution(subject, f"graphs/{name.replace('/', '-')}{suffix}", licence)


def whole_files(licence: URIRef) -> Triples:
    """The files that hold the whole dataset, or all its figures."""
    for file in _WHOLE_FILES:
        yield from distribution(DATASET, file, licence)


def distribution(subject: URIRef, file: str, licence: URIRef) -> Triples:
    """A file as a DCAT distribution, a schema.org download and, when it is RDF, a VoID dump."""
    address = URIRef(names.published(f"files/{file}"))
    media_type = next(kind for suffix, kind in _MEDIA_TYPE.items() if file.endswith(suffix))
    yield subject, term("dcat:distribution"), address
    yield subject, term("schema:distribution"), address
    yield from types(address, "dcat:Distribution", "schema:DataDownload")
    yield address, term("dcterms:title"), Literal(file)
    yield address, term("dcat:downloadURL"), address
    yield address, term("dcat:accessURL"), address
    yield address, term("dcat:mediaType"), URIRef(f"https://www.iana.org/assignments/media-types/{media_type}")
    yield address, term("schema:contentUrl"), Literal(str(address), datatype=XSD.anyURI)
    yield address, term("schema:encodingFormat"), Literal(media_type)
    yield address, term("dcterms:license"), licence
    yield address, term("schema:license"), licence
    if media_type in _RDF_FORMAT:
        yield subject, term("void:dataDump"), address
        yield address, term("dcterms:format"), URIRef(_RDF_FORMAT[media_type])


def endpoint() -> Triples:
    """The SPARQL endpoint as a data service."""
    subject = URIRef(names.published("sparql"))
    yield DATASET, term("void:sparqlEndpoint"), subject
    yield CATALOGUE, term("dcat:service"), subject
    yield from types(subject, "dcat:DataService")
    yield from labels(
        subject, "SPARQL endpoint of snhr-kg", "نقطة استعلام SPARQL لرسم snhr-kg المعرفي", "dcterms:title"
    )
    yield subject, term("dcat:endpointURL"), subject
    yield subject, term("dcat:servesDataset"), DATASET
    yield subject, term("dcterms:conformsTo"), URIRef("https://www.w3.org/TR/sparql11-protocol/")


def statistics(totals: Totals) -> Triples:
    """The VoID counts of the dataset, with one partition for each class and each property in use."""
    for predicate, count in (
        ("void:triples", totals.triples),
        ("void:entities", totals.entities),
        ("void:distinctSubjects", totals.subjects),
        ("void:classes", len(totals.classes)),
        ("void:properties", len(totals.properties)),
    ):
        yield DATASET, term(predicate), whole(count)
    yield DATASET, term("void:uriSpace"), Literal(names.BASE)
    for vocabulary in totals.vocabularies():
        yield DATASET, term("void:vocabulary"), URIRef(vocabulary)
    yield from _partitions("class", "void:entities", totals.classes)
    yield from _partitions("property", "void:triples", totals.properties)


def schema_org(described: Graph) -> Triples:
    """What the catalogue says of the dataset in Dublin Core and DCAT, said again for search engines."""
    for ours, theirs in _SCHEMA_TWIN.items():
        for value in described.objects(DATASET, term(ours)):
            if isinstance(value, URIRef | Literal):
                yield DATASET, term(theirs), value


def provenance(sources: Iterable[SourceFile], software: Mapping[str, str]) -> Triples:
    """The build: every file it read, with its checksum, and the versions of the software that did it.

    It says nothing of when or where, so that two builds from the same files say the same.
    """
    activity = URIRef(names.part(DATASET, "build"))
    yield DATASET, term("prov:wasGeneratedBy"), activity
    yield from types(activity, "prov:Activity")
    yield from labels(activity, "Build of the dataset from its tables", "بناء مجموعة البيانات من جداولها")
    for name, version in software.items():
        agent = URIRef(names.published(f"software/{name}"))
        yield activity, term("prov:wasAssociatedWith"), agent
        yield from types(agent, "prov:SoftwareAgent", "schema:SoftwareApplication")
        yield agent, term("schema:name"), Literal(name)
        yield agent, term("schema:softwareVersion"), Literal(version)
    for source in sources:
        yield from _source(activity, source)


def _source(activity: URIRef, source: SourceFile) -> Triples:
    entity = URIRef(names.published(f"input/{source.path}"))
    yield activity, term("prov:used"), entity
    yield from types(entity, "prov:Entity")
    yield entity, term("dcterms:title"), Literal(source.path)
    yield from checksum(entity, source.sha256)


def _partitions(kind: str, counted: str, uses: Mapping[str, int]) -> Triples:
    for iri in sorted(uses):
        subject = URIRef(names.part(DATASET, f"{kind}-{_short(iri)}"))
        yield DATASET, term(f"void:{kind}Partition"), subject
        yield from types(subject, "void:Dataset")
        yield subject, term(f"void:{kind}"), URIRef(iri)
        yield subject, term(counted), whole(uses[iri])


def _short(iri: str) -> str:
    for prefix, namespace in names.PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}-{iri.removeprefix(namespace)}"
    return "-".join(iri.split("://", 1)[-1].replace("#", "/").strip("/").split("/"))
