"""Reads the tables of `data/external/`: what each kind of dataset is, and which files of others ship with snhr-kg."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from snhr_kg.errors import Fault, TableError
from snhr_kg.imports.dataset import Description
from snhr_kg.tables.beside import read_beside
from snhr_kg.tables.rows import Row, check_references

if TYPE_CHECKING:
    from snhr_kg.codes.lists import CodeLists

_TABLES: Final = ("datasets", "sources")
_DESCRIBED: Final = tuple(Description.__slots__)


@dataclass(frozen=True, slots=True)
class ShippedFile:
    """A file that ships with the package: `kind` and `version` name its graph, `origin` is where it was copied from."""

    path: Path
    kind: str
    version: str
    sha256: str
    retrieved: str
    origin: str
    citation: str
    note: str

    def described(self, description: Description) -> Description:
        """The description of its kind, with what is known of this version."""
        note = " ".join(filter(None, (description.note, self.note)))
        return replace(description, note=note, citation=self.citation or description.citation)


@dataclass(frozen=True, slots=True)
class Sources:
    """Both tables: descriptions by kind, and the files in their order."""

    descriptions: Mapping[str, Description]
    files: tuple[ShippedFile, ...]


def read_sources(folder: Path, codes: CodeLists) -> Sources:
    """The tables of the folder `data/external/`.

    Raises:
        TableError: with every wrong cell, and what to write instead.
    """
    faults: list[Fault] = []
    tables = {name: read_beside(folder, name, codes, faults) for name in _TABLES}
    faults += check_references(tables, codes)
    if faults:
        raise TableError(faults)
    return Sources(
        {
            row.text("id"): Description(**{name: row.text(name) for name in _DESCRIBED})
            for row in tables["datasets"].rows
        },
        tuple(_file(folder, row) for row in tables["sources"].rows),
    )


def _file(folder: Path, row: Row) -> ShippedFile:
    place = f"{row.text('repository')}/blob/{row.text('commit')}/{row.text('path')}"
    return ShippedFile(
        path=folder / row.text("file"),
        kind=row.text("kind"),
        version=row.text("version"),
        sha256=row.text("sha256"),
        retrieved=row.text("retrieved"),
        origin=f"https://github.com/{place}",
        citation=row.text("citation"),
        note=row.text("note"),
    )
