"""The page of sources: datasets from elsewhere, publications of which numbers were read, and sets of mappings."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlsplit

from snhr_kg.holding import Text
from snhr_kg.site.comparing import NOT_INDEPENDENT
from snhr_kg.site.outside import SERIES, outside, read
from snhr_kg.site.steady import steady
from snhr_kg.site.visit import Visit


@dataclass(frozen=True, slots=True)
class File:
    """A table as it came: its name, and the address it was cut from."""

    name: str
    cut_from: str | None


@dataclass(frozen=True, slots=True)
class Dataset:
    """One version of a dataset from elsewhere, and what was taken of it."""

    iri: str
    title: Text
    version: str
    publisher: Text
    licence: str | None
    rights: Text | None
    citation: Text | None
    address: str | None
    taken: Text | None
    rows_read: str | None
    rows_kept: str | None
    rows_elsewhere: str | None
    rows_in_error: str | None
    cells_zero: str | None
    unmapped: int
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication of the series: how many of its figures are held, of which grade, and where they were read.

    `pages` are addresses, each with its host; a text that was read and has no address stands there in words, with none.
    """

    iri: str
    title: Text
    issued: str | None
    note: Text | None
    figures: int
    grades: tuple[tuple[str, int], ...]
    pages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Dependence:
    """What was read about one source that draws on SNHR, and where."""

    words: Text
    read_in: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who published; an empty `draws_on_snhr` is no proof of independence, only that nothing was read against it."""

    iri: str
    name: Text
    publications: tuple[Publication, ...]
    draws_on_snhr: tuple[Dependence, ...]

    @property
    def count(self) -> int:
        """How many publications it has here."""
        return len(self.publications)


@dataclass(frozen=True, slots=True)
class MappingSet:
    """Judgements how our concepts relate to those of somebody else."""

    iri: str
    title: Text
    description: Text | None
    licence: str | None
    mappings: int


@steady
def sources(visit: Visit) -> str:
    """Every source, with what was taken from it and on which terms."""
    described = outside(visit)
    every = described.instances("snhr:ExternalDataset")
    return visit.render(
        "sources.html",
        reports=visit.holding.instances("snhr:Report"),
        datasets=[_dataset(visit, iri) for iri in every if described.value(iri, "snhr:rowsRead")],
        publishers=_publishers(visit, [iri for iri in every if not described.value(iri, "snhr:rowsRead")]),
        mapping_sets=[_mapping_set(visit, iri) for iri in visit.holding.instances("sssom:MappingSet")],
        series=SERIES,
        grades=visit.holding.instances("snhr:Grade"),
    )


def _dataset(visit: Visit, iri: str) -> Dataset:
    described, language = outside(visit), visit.language
    return Dataset(
        iri=iri,
        title=described.label(iri, language),
        version=described.value(iri, "dcat:version") or "",
        publisher=described.label(described.value(iri, "dcterms:publisher") or "", language),
        licence=described.value(iri, "dcterms:license"),
        rights=described.text(iri, "dcterms:rights", language),
        citation=described.text(iri, "dcterms:bibliographicCitation", language),
        address=described.value(iri, "dcterms:source"),
        taken=described.text(iri, "dcterms:description", language),
        rows_read=described.value(iri, "snhr:rowsRead"),
        rows_kept=described.value(iri, "snhr:rowsKept"),
        rows_elsewhere=described.value(iri, "snhr:rowsElsewhere"),
        rows_in_error=described.value(iri, "snhr:rowsInError"),
        cells_zero=described.value(iri, "snhr:cellsZero"),
        unmapped=len(described.values(iri, "snhr:unmappedCode")),
        files=tuple(_file(visit, one) for one in described.values(iri, "prov:wasDerivedFrom")),
    )


def _file(visit: Visit, iri: str) -> File:
    described = outside(visit)
    return File(
        str(described.label(iri, visit.language)),
        described.value(iri, "prov:wasDerivedFrom"),
    )


def _publishers(visit: Visit, publications: list[str]) -> list[Publisher]:
    """Publications by publisher: SNHR first, then whoever has most."""
    described, drawing = outside(visit), _dependences(visit)

    def publisher(iri: str) -> str:
        return described.value(iri, "dcterms:publisher") or ""

    found = [
        Publisher(
            who,
            described.label(who, visit.language),
            tuple(sorted((_publication(visit, iri) for iri in rows), key=lambda one: (one.issued or "9999", one.iri))),
            drawing.get(who, ()),
        )
        for who, rows in groupby(sorted(publications, key=lambda iri: (publisher(iri), iri)), key=publisher)
    ]
    own = {visit.holding.value(iri, "dcterms:publisher") for iri in visit.holding.instances("snhr:Report")}
    return sorted(found, key=lambda one: (one.iri not in own, -len(one.publications), one.iri))


def _publication(visit: Visit, iri: str) -> Publication:
    described = outside(visit)
    found = read(visit).get(iri)
    return Publication(
        iri=iri,
        title=described.label(iri, visit.language),
        issued=described.value(iri, "dcterms:issued"),
        note=described.text(iri, "rdfs:comment", visit.language),
        figures=sum(found.grades.values()) if found else 0,
        grades=tuple(sorted(found.grades.items())) if found else (),
        pages=tuple(map(_page, found.addresses)) if found else (),
    )


def _page(place: str) -> tuple[str, str]:
    """A page by its address and the name of its host; by no address and its words where it is none.

    >>> _page("https://www.syriahr.com/en/209018/")
    ('https://www.syriahr.com/en/209018/', 'syriahr.com')
    """
    host = urlsplit(place).hostname
    return (place, host.removeprefix("www.")) if host else ("", place)


def _dependences(visit: Visit) -> dict[str, tuple[Dependence, ...]]:
    """For each publisher, the stated reasons that its figures are not independent of SNHR's."""
    held, described = visit.holding, outside(visit)
    found: dict[str, set[str]] = {}
    for reason in held.subjects("snhr:reasonForDifference", NOT_INDEPENDENT):
        for comparison in held.subjects("dcterms:references", reason):
            source = held.value(comparison, "snhr:rightSource") or ""
            found.setdefault(described.value(source, "dcterms:publisher") or "", set()).add(reason)
    return {
        who: tuple(
            Dependence(
                visit.label(one),
                held.value(one, "dcterms:bibliographicCitation") or "",
                held.value(one, "dcterms:source"),
            )
            for one in sorted(reasons)
        )
        for who, reasons in found.items()
    }


def _mapping_set(visit: Visit, iri: str) -> MappingSet:
    return MappingSet(
        iri,
        visit.label(iri),
        visit.text(iri, "dcterms:description"),
        visit.holding.value(iri, "dcterms:license"),
        len(visit.holding.values(iri, "sssom:mappings")),
    )
