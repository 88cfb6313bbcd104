"""Reads a table of a folder by the schema that stands beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from snhr_kg.errors import Fault, TableError
from snhr_kg.tables.cells import FILE, decode, shown_path
from snhr_kg.tables.rows import Table, read_table
from snhr_kg.tables.schema import read_table_schema

if TYPE_CHECKING:
    from snhr_kg.codes.lists import CodeLists


def read_beside(folder: Path, name: str, codes: CodeLists, faults: list[Fault]) -> Table:
    """The table ``<name>.csv`` of a folder by ``<name>.schema.json``; what is wrong in it is added to `faults`.

    Raises:
        TableError: the schema is missing, with the faults so far: without it nothing can be said of any cell.
    """
    path, schema_path = folder / f"{name}.csv", folder / f"{name}.schema.json"
    missing = [part for part in (path, schema_path) if not part.is_file()]
    for part in missing:
        faults.append(Fault(shown_path(part), 1, FILE, "is missing", "take it from the package's own data folder"))
    if schema_path in missing:
        raise TableError(faults)
    schema, shown = read_table_schema(schema_path), shown_path(path)
    text = None if missing else decode(path.read_bytes(), shown, faults)
    return Table(schema, shown) if text is None else read_table(text, schema, shown, codes, faults)
