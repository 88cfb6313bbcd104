"""The description of a dataset from elsewhere: whose it is, on what terms, from which files, and what it held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from snhr_kg import names
from snhr_kg.imports.coding import Unmapped
from snhr_kg.imports.layout import Target
from snhr_kg.imports.lines import about, date, integer, iri, literal, term, typed

_SOFTWARE: Final = names.published("software/snhr-kg")

_DATA_SETS: Final = {
    "counts": (
        "external-counts",
        "Counts of {}",
        "الأعداد في {}",
    ),
    "aggregates": (
        "external-aggregates",
        "Counts summed up from {}",
        "مجاميع محسوبة من {}",
    ),
    "aggregate-ranges": (
        "external-aggregate-ranges",
        "Ranges of counts summed up from {}",
        "مجالات أعداد محسوبة من {}",
    ),
}


@dataclass(frozen=True, slots=True)
class Description:
    """What a dataset from elsewhere is, as its publisher says it; an empty text is left out.

    `publisher` is the last part of an agent's IRI, `licence` and `source` are IRIs; `rights` is the attribution that
    the licence or the terms of use ask for.
    """

    title_en: str
    title_ar: str
    publisher: str
    publisher_en: str
    publisher_ar: str
    licence: str
    rights: str
    citation: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was imported, with its rows below the header; `origin`: the address it was copied from, if known."""

    name: str
    sha256: str
    size: int
    rows: int
    origin: str = ""


def describe(
    target: Target, description: Description, files: Sequence[ReadFile], retrieved: str, software: str
) -> Iterator[str]:
    """The dataset, its files, the import and the data sets of the cube.

    `retrieved` is the day the files were fetched (empty where nobody said it), `software` the version of snhr-kg.
    """
    dataset = iri(target.dataset)
    yield about(dataset, _identity(target, description, retrieved))
    yield about(dataset, _counts(target, target.coder.unmapped()))
    for file in files:
        node = target.inside("file", file.name)
        yield about(dataset, target.write.line("prov:wasDerivedFrom", node))
        yield from _file(target, node, file)
    yield from _activity(target, dataset, files, software)
    if description.publisher:
        yield from _publisher(target, dataset, description)


def _publisher(target: Target, dataset: str, description: Description) -> Iterator[str]:
    publisher = iri(names.agent(description.publisher))
    yield about(dataset, target.write.line("dcterms:publisher", publisher))
    called = target.write.labels(description.publisher_en, description.publisher_ar, "foaf:name")
    yield about(publisher, target.write.types("foaf:Agent") + called)


def data_sets(target: Target, kinds: Sequence[str], description: Description) -> Iterator[str]:
    """The data sets of the cube that the observations are in, each with its structure."""
    write = target.write
    for kind in kinds:
        structure, english, arabic = _DATA_SETS[kind]
        titles = (
            english.format(f"{description.title_en} {target.version}"),
            arabic.format(f"{description.title_ar} {target.version}"),
        )
        yield about(
            target.inside("dataset", kind),
            write.types("qb:DataSet", "prov:Entity")
            + write.line("qb:structure", iri(names.structure(structure)))
            + write.labels(*titles)
            + write.labels(*titles, "dcterms:title")
            + target.from_dataset(),
        )


def _identity(target: Target, description: Description, retrieved: str) -> str:
    write = target.write
    titles = (f"{description.title_en}, {target.version}", f"{description.title_ar}، {target.version}")
    lines = (
        write.types("snhr:ExternalDataset", "dcat:Dataset", "prov:Entity")
        + write.labels(*titles, "dcterms:title")
        + write.labels(*titles)
        + write.line("dcat:version", literal(target.version))
        + write.labels(description.rights, "", "dcterms:rights")
        + write.labels(description.note, "", "dcterms:description")
    )
    if description.citation:
        lines += write.line("dcterms:bibliographicCitation", literal(description.citation))
    for predicate, address in (("dcterms:license", description.licence), ("dcterms:source", description.source)):
        if address:
            lines += write.line(predicate, iri(address))
    if retrieved:
        lines += write.line("snhr:retrieved", date(retrieved))
    return lines


def _counts(target: Target, unmapped: Sequence[Unmapped]) -> str:
    write, tally = target.write, target.tally
    return write.lines(
        ("snhr:rowsRead", integer(tally.rows_read)),
        ("snhr:rowsKept", integer(tally.rows_kept)),
        ("snhr:rowsInError", integer(tally.rows_in_error)),
        ("snhr:rowsElsewhere", integer(tally.rows_elsewhere)),
        ("snhr:cellsZero", integer(tally.cells_zero)),
        *(("snhr:unmappedCode", iri(code)) for code in sorted({found.code.iri for found in unmapped})),
    )


def _file(target: Target, node: str, file: ReadFile) -> Iterator[str]:
    write = target.write
    checksum = f"{node[:-1]}#checksum>"
    lines = (
        write.types("prov:Entity")
        + write.line("dcterms:title", literal(file.name))
        + write.line("snhr:rowsRead", integer(file.rows))
        + write.line("dcat:byteSize", integer(file.size))
        + write.line("spdx:checksum", checksum)
    )
    if file.origin:
        lines += write.line("prov:wasDerivedFrom", iri(file.origin))
    yield about(node, lines)
    yield about(
        checksum,
        write.types("spdx:Checksum")
        + write.line("spdx:algorithm", term("spdx:checksumAlgorithm_sha256"))
        + write.line("spdx:checksumValue", typed(file.sha256, "hexBinary")),
    )


def _activity(target: Target, dataset: str, files: Sequence[ReadFile], software: str) -> Iterator[str]:
    write = target.write
    activity = iri(names.part(target.dataset, "import"))
    yield about(dataset, write.line("prov:wasGeneratedBy", activity))
    yield about(
        activity,
        write.types("prov:Activity")
        + write.labels("Import into the vocabulary of snhr-kg", "استيراد إلى مفردات snhr-kg")
        + write.line("prov:wasAssociatedWith", iri(_SOFTWARE))
        + "".join([write.line("prov:used", target.inside("file", file.name)) for file in files]),
    )
    yield about(
        iri(_SOFTWARE),
        write.types("prov:SoftwareAgent", "schema:SoftwareApplication")
        + write.line("schema:name", literal("snhr-kg"))
        + write.line("schema:softwareVersion", literal(software)),
    )
