"""The tables as a Frictionless Data Package: CSV files, their descriptor, a data dictionary and the citations."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from snhr_kg.exports.citations import Reference
from snhr_kg.exports.citations_formats import to_bibtex, to_csl_json
from snhr_kg.exports.tidy import Table, Tidy, read_tidy
from snhr_kg.exports.tidy_codes import Cell, Record
from snhr_kg.exports.tidy_columns import LIST_SEPARATOR, Column, Sheet
from snhr_kg.exports.tidy_dictionary import dictionary
from snhr_kg.exports.tidy_files import DICTIONARY, refuse_foreign, write_folder
from snhr_kg.store import Store

DESCRIPTOR: Final = "datapackage.json"
BIBTEX: Final = "citations.bib"
CSL_JSON: Final = "citations.csl.json"

_LICENSED: Final = (
    "Coding and labels of this project; figures from elsewhere are under the licences that sources.csv names"
)


def write_datapackage(store: Store, out: Path) -> Mapping[str, int]:
    """Write the tables of a graph into the folder `out` as a Data Package; the rows of each table by its file's name.

    Source: Data Package and Tabular Data Package specifications, version 1 (specs.frictionlessdata.io). The same graph
    gives the same bytes. Raises `GraphError` where `out` holds something else.
    """
    refuse_foreign(out)
    tidy = read_tidy(store)
    tables = {file_name(table.sheet): csv_bytes(table) for table in tidy.tables}
    files = {**tables, **accompanying(tidy, "csv")}
    files[DESCRIPTOR] = _json(_descriptor(tidy, tables))
    write_folder(files, out)
    return {file_name(table.sheet): len(table.rows) for table in tidy.tables}


def accompanying(tidy: Tidy, ending: str) -> dict[str, bytes]:
    """What goes with the tables, whatever their format: the data dictionary and the citations."""
    return {
        DICTIONARY: dictionary(tidy, ending).encode(),
        BIBTEX: to_bibtex(tidy.references).encode(),
        CSL_JSON: to_csl_json(tidy.references).encode(),
    }


def file_name(sheet: Sheet) -> str:
    """The file of a table."""
    return f"{sheet.name}.csv"


def csv_bytes(table: Table) -> bytes:
    """A table in UTF-8 with a header, commas and line feeds; empty cells for what is not known."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column.name for column in table.sheet.columns)
    writer.writerows(_cells(table.sheet, row) for row in table.rows)
    return text.getvalue().encode()


def _cells(sheet: Sheet, row: Record) -> Iterator[str]:
    return (_cell(row.get(column.name)) for column in sheet.columns)


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return LIST_SEPARATOR.join(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _descriptor(tidy: Tidy, files: Mapping[str, bytes]) -> dict[str, Any]:
    ours, *others = tidy.references or (Reference("", "", "", "Tables of a graph"),)
    described: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "snhr-kg",
        "id": ours.iri,
        "title": ours.title,
        "version": ours.version,
        "homepage": ours.url,
        "graph": {"hash": f"sha256:{ours.digest}" if ours.digest else ""},
        "licenses": [{"path": ours.licence, "title": _LICENSED}] if ours.licence else [],
        "sources": [{"title": source.title, "path": source.url} for source in others],
        "contributors": [
            {"title": publisher, "role": "publisher" if publisher == ours.publisher else "author"}
            for publisher in dict.fromkeys(source.publisher for source in tidy.references)
            if publisher
        ],
        "resources": [_resource(table.sheet, files[file_name(table.sheet)]) for table in tidy.tables],
    }
    return {name: value for name, value in described.items() if value}


def _resource(sheet: Sheet, data: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": sheet.name,
        "path": file_name(sheet),
        "title": sheet.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True},
        "schema": _schema(sheet),
    }


def _schema(sheet: Sheet) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(sheet, column) for column in sheet.columns],
        "missingValues": [""],
    }
    if sheet.key:
        schema["primaryKey"] = [sheet.key]
    keys = [_foreign_key(sheet, column) for column in sheet.columns if column.table and not column.many]
    return {**schema, "foreignKeys": keys} if keys else schema


def _foreign_key(sheet: Sheet, column: Column) -> dict[str, Any]:
    table = "" if column.table == sheet.name else column.table
    return {"fields": [column.name], "reference": {"resource": table, "fields": [_KEYS.get(column.table, "code")]}}


_KEYS: Final = {"observations": "id", "sources": "key"}


def _field(sheet: Sheet, column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.name == sheet.key:
        constraints["unique"] = True
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    described = {"name": column.name, "type": column.type, "description": column.description}
    return {**described, "constraints": constraints} if constraints else described


def _json(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
