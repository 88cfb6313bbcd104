"""Further names of our codes, each with its source: ``data/names/spellings.csv``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from snhr_kg import names
from snhr_kg.content import folder
from snhr_kg.errors import Fault
from snhr_kg.reconciliation.entities import TYPES, Name
from snhr_kg.reconciliation.table import read_table

SPELLINGS_FILE: Final = "spellings.csv"
COLUMNS: Final = ("list", "code", "name", "language", "kind", "source", "note")

KINDS: Final = ("spelling", "translation", "abbreviation", "former", "later", "part", "related")
"""What a further name is; ``part`` and ``related`` name something else, which is near and never the same."""


def read_spellings(path: Path) -> list[tuple[str, Name]]:
    """IRI of a code and a further name of it, for each row; raises `TableError` with every wrong cell."""

    def faults(file: str, line: int, row: tuple[str, ...]) -> Iterable[Fault]:
        code_list, code, name, _, kind, source, _ = row
        if code_list not in TYPES:
            yield Fault(file, line, "list", f"no code list {code_list!r}", f"write one of {', '.join(TYPES)}")
        if not code:
            yield Fault(file, line, "code", "is empty", "write the notation of a code")
        if not name.strip():
            yield Fault(file, line, "name", "is empty", "write a name")
        if kind not in KINDS:
            yield Fault(file, line, "kind", f"no kind {kind!r}", f"write one of {', '.join(KINDS)}")
        if not source.startswith(("http://", "https://")):
            yield Fault(file, line, "source", f"no web address: {source!r}", "write the page that has the name")

    rows = read_table(path, COLUMNS, faults)
    return [(names.code(row[0], row[1]), Name(row[2], row[3], row[4], row[5])) for row in rows]


def shipped_spellings() -> list[tuple[str, Name]]:
    """Those of the table that ships with the package."""
    return read_spellings(folder("data") / "names" / SPELLINGS_FILE)
