"""Reads the mapping sets: SSSOM tables with a YAML header, one target a file, with every fault at once."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from snhr_kg import names
from snhr_kg.codes.lists import CodeLists
from snhr_kg.errors import Fault, TableError
from snhr_kg.mappings.chains import chain_faults
from snhr_kg.mappings.header import Header, expand, read_header
from snhr_kg.mappings.records import MappingRecord, MappingSet
from snhr_kg.mappings.rules import record_faults, row_faults
from snhr_kg.mappings.sets import MappingSets
from snhr_kg.tables.cells import FILE, ROW, decode, shown_path

SUFFIX: Final = ".sssom.tsv"

COLUMNS: Final = (
    "record_id",
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "object_category",
    "mapping_justification",
    "author_label",
    "object_source",
    "object_source_version",
    "mapping_date",
    "confidence",
    "comment",
)
"""The slots of SSSOM that every file has as columns, in the order in which SSSOM lists them."""

_OPEN_QUOTE: Final = (
    "has a double quote out of place, here or in a line before it",
    'put the whole cell in double quotes, and write "" for a quote within it',
)
_CODES: Final = names.scheme("")


@dataclass(frozen=True, slots=True)
class _File:
    """A file taken apart: its header and those rows that have the right number of cells, by line."""

    shown: str
    name: str
    header: Header
    rows: Mapping[int, Mapping[str, str]]


def read_mappings(folder: Path, codes: CodeLists) -> MappingSets:
    """The mapping sets of a folder, in the order of their file names; none where the folder is missing.

    Raises:
        TableError: with everything that is wrong in any of the files, and what to write instead.
    """
    faults: list[Fault] = []
    sets = [
        _mapping_set(file, codes, faults)
        for path in sorted(folder.glob(f"*{SUFFIX}"))
        if (file := _take_apart(path, faults)) is not None
    ]
    records = [record for mapping_set in sets for record in mapping_set.records]
    faults += record_faults(records)
    faults += chain_faults(records)
    if faults:
        raise TableError(faults)
    return MappingSets(tuple(sets))


def _take_apart(path: Path, faults: list[Fault]) -> _File | None:
    shown = shown_path(path)
    text = decode(path.read_bytes(), shown, faults)
    if text is None:
        return None
    lines = [f"{line}\n" for line in text.removesuffix("\n").split("\n")]
    begin = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    header = read_header(lines[:begin], shown, faults)
    rows = dict(_rows(lines[begin:], begin, shown, faults))
    if tuple(rows.pop(begin + 1, ())) != COLUMNS:
        faults.append(Fault(shown, begin + 1, ROW, "is not the row of column names", f"write {' '.join(COLUMNS)}"))
        return None
    if header is None:
        return None
    found = {line: dict(zip(COLUMNS, row, strict=True)) for line, row in rows.items()}
    return _File(shown, path.name.removesuffix(SUFFIX), header, found)


def _rows(lines: list[str], begin: int, shown: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """The rows with the right number of cells, each with its line."""
    reader = csv.reader(lines, delimiter="\t", strict=True)
    try:
        for row in reader:
            line = begin + reader.line_num
            if any("\n" in cell for cell in row):
                faults.append(Fault(shown, line, ROW, *_OPEN_QUOTE))
            elif len(row) == len(COLUMNS):
                yield line, row
            else:
                remedy = f"write {len(COLUMNS)}, tabs between them"
                faults.append(Fault(shown, line, ROW, f"has {len(row)} cells", remedy))
    except csv.Error:
        faults.append(Fault(shown, begin + reader.line_num, ROW, *_OPEN_QUOTE))


def _mapping_set(file: _File, codes: CodeLists, faults: list[Fault]) -> MappingSet:
    records: list[MappingRecord] = []
    for line, row in file.rows.items():
        expanded = {
            column: expand(row[column], file.header.prefixes) for column in ("record_id", "subject_id", "object_id")
        }
        found = [Fault(file.shown, line, *told) for told in row_faults(row, expanded, file.name, codes)]
        faults += found
        if not found:
            records.append(_record(file, line, row, codes))
    ordered = [row["record_id"] for row in file.rows.values()]
    if ordered != sorted(ordered):
        faults.append(Fault(file.shown, 1, FILE, "is not sorted", "sort the rows by record_id"))
    header = file.header
    return MappingSet(
        id=header.id,
        name=file.name,
        title=header.title,
        title_ar=header.title_ar,
        description=header.description,
        version=header.version,
        licence=header.licence,
        creator=header.creator,
        records=tuple(records),
    )


def _record(file: _File, line: int, row: Mapping[str, str], codes: CodeLists) -> MappingRecord:
    subject = file.header.iri(row["subject_id"])
    dimension, _, local = subject.removeprefix(_CODES).partition("/") if subject.startswith(_CODES) else ("", "", "")
    code = codes.find(dimension, names.notation(local))
    return MappingRecord(
        id=file.header.iri(row["record_id"]),
        subject=subject,
        subject_label=row["subject_label"],
        subject_label_ar=code.label_ar if code else "",
        dimension=dimension,
        notation=code.notation if code else "",
        predicate=file.header.iri(row["predicate_id"]),
        refused=bool(row["predicate_modifier"]),
        object=file.header.iri(row["object_id"]),
        object_label=row["object_label"],
        object_category=row["object_category"],
        justification=file.header.iri(row["mapping_justification"]),
        confidence=Decimal(row["confidence"]),
        author=row["author_label"],
        date=row["mapping_date"],
        object_source=row["object_source"],
        object_source_version=row["object_source_version"],
        comment=row["comment"],
        file=file.shown,
        line=line,
    )
