"""Every source as it is cited: reports, publications, datasets elsewhere, sets of mappings, and this dataset."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from snhr_kg import names
from snhr_kg.exports.tidy_codes import Record
from snhr_kg.exports.tidy_graph import Things, citation_key, instances, local_id, plain_code, read_things
from snhr_kg.exports.tidy_rows import number
from snhr_kg.store import Store

DATASET: Final = names.published("dataset")
DATASET_KEY: Final = "snhr-kg"

_KIND_OF: Final = {
    "snhr:Report": "report",
    "snhr:ExternalDataset": "dataset",
    "snhr:Publication": "page",
    "sssom:MappingSet": "mappings",
}
_ADDRESSES: Final = ("dcterms:source", "dcat:landingPage", "schema:url", "foaf:page")
_DATES: Final = ("dcterms:issued", "dcterms:date", "dcterms:modified")


@dataclass(frozen=True, slots=True)
class Reference:
    """A source as it is cited; an empty text is not known.

    `kind` is report, dataset, publication, page, mappings or figure; `issued` and `retrieved` are in ISO 8601; `title`
    is in English or as published, `title_ar` in Arabic; `citation` is how the source itself asks to be cited; `within`
    is what a figure stands in, and `place` where in it.
    """

    key: str
    kind: str
    iri: str
    title: str
    title_ar: str = ""
    publisher: str = ""
    publisher_ar: str = ""
    issued: str = ""
    version: str = ""
    digest: str = ""
    url: str = ""
    licence: str = ""
    rights: str = ""
    retrieved: str = ""
    citation: str = ""
    within: str = ""
    place: str = ""
    rows_read: str = ""
    rows_kept: str = ""
    rows_in_error: str = ""
    unmapped: tuple[str, ...] = ()

    def row(self) -> Record:
        """Its row in the table of sources."""
        texts = ("key", "kind", "title_ar", "publisher", "issued", "version", "url", "licence", "rights", "citation")
        counts = ("rows_read", "rows_kept", "rows_in_error")
        return {
            **{name: getattr(self, name) or None for name in texts},
            **{name: number(getattr(self, name)) for name in counts},
            "title_en": self.title,
            "retrieved": self.retrieved or None,
            "unmapped": list(self.unmapped),
            "iri": self.iri,
        }


def references(store: Store) -> tuple[Reference, ...]:
    """All sources of a graph, ours first, then ordered by key."""
    agents = read_things(store, f"<{names.full('foaf:name')}> ?name")
    described = instances(store, *_KIND_OF)
    found = [reference_of(described, agents, iri) for iri in described]
    said = read_things(store, f"<{names.full('dcat:version')}> ?version")
    ours = dataset_reference(said, agents, store.version)
    return (*ours, *sorted(found, key=lambda reference: reference.key))


def dataset_reference(said: Things, agents: Things, digest: str) -> Iterator[Reference]:
    """This dataset with its version and the hash of the graph; nothing where nothing is said of it."""
    if DATASET in said:
        publisher, publisher_ar = _publisher(said, agents, DATASET)
        yield Reference(
            key=DATASET_KEY,
            kind="dataset",
            iri=DATASET,
            title=said.label(DATASET, "en", "dcterms:title"),
            title_ar=said.text(DATASET, "dcterms:title", "ar"),
            publisher=publisher,
            publisher_ar=publisher_ar,
            issued=said.text(DATASET, "dcterms:issued"),
            version=said.text(DATASET, "dcat:version"),
            digest=digest,
            url=said.text(DATASET, "dcat:landingPage") or DATASET,
            licence=said.text(DATASET, "dcterms:license"),
        )


def reference_of(said: Things, agents: Things, iri: str) -> Reference:
    """A source as it is cited, from what is said of it and of those who publish."""
    publisher, publisher_ar = _publisher(said, agents, iri)
    title = said.label(iri, "en", "dcterms:title") or said.label(iri, "en") or said.text(iri, "dcterms:title")
    return Reference(
        key=citation_key(iri),
        kind=_kind(said, iri),
        iri=iri,
        title=title or local_id(iri),
        title_ar=said.text(iri, "dcterms:title", "ar") or said.text(iri, "rdfs:label", "ar"),
        publisher=publisher,
        publisher_ar=publisher_ar,
        issued=_first(said, iri, _DATES),
        version=_first(said, iri, ("dcat:version", "owl:versionInfo")),
        url=_address(said, iri),
        licence=said.text(iri, "dcterms:license"),
        rights=said.label(iri, "en", "dcterms:rights"),
        retrieved=said.text(iri, "snhr:retrieved"),
        citation=said.label(iri, "en", "dcterms:bibliographicCitation"),
        rows_read=said.text(iri, "snhr:rowsRead"),
        rows_kept=said.text(iri, "snhr:rowsKept"),
        rows_in_error=said.text(iri, "snhr:rowsInError"),
        unmapped=tuple(sorted(plain_code(code, "") for code in said.texts(iri, "snhr:unmappedCode"))),
    )


def _address(said: Things, iri: str) -> str:
    """Where a source is on the web: its own address, else that of a page of ours that it was read on, else its IRI."""
    given = _first(said, iri, _ADDRESSES)
    return (_first(said, given, _ADDRESSES) or given if given in said else given) or iri


def _kind(said: Things, iri: str) -> str:
    types = said.texts(iri, "rdf:type")
    kind = next(kind for name, kind in _KIND_OF.items() if names.full(name) in types)
    return "publication" if kind == "dataset" and iri.startswith(names.external("series", "")) else kind


def _publisher(said: Things, agents: Things, iri: str) -> tuple[str, str]:
    """Names in English and Arabic of who published something: an agent of the graph, or a text."""
    publisher = said.label(iri, "en", "dcterms:publisher") or said.text(iri, "dcterms:creator")
    if publisher in agents:
        return agents.label(publisher, "en", "foaf:name"), agents.text(publisher, "foaf:name", "ar")
    return publisher, said.text(iri, "dcterms:publisher", "ar")


def _first(said: Things, iri: str, predicates: tuple[str, ...]) -> str:
    return next((text for text in (said.text(iri, name) for name in predicates) if text), "")
