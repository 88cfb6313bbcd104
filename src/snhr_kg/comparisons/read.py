"""Reads the tables of comparisons: topics, the lines of each, and the reasons why lines may differ from SNHR's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from snhr_kg import names
from snhr_kg.comparisons.records import Line, Reason, Topic
from snhr_kg.errors import Fault, TableError
from snhr_kg.records import PROPERTY_OF, SCHEME_OF
from snhr_kg.tables.beside import read_beside
from snhr_kg.tables.rows import Row, check_references

if TYPE_CHECKING:
    from snhr_kg.codes.lists import CodeLists

TABLES: Final = ("topics", "reasons", "lines")
KINDS: Final = {
    "figure": ("Figure",),
    "external": ("ExternalFigure",),
    "aggregate": ("ExternalAggregate",),
    "either": ("ExternalFigure", "ExternalAggregate"),
}
"""How the table calls the classes of a line's figures."""

_ASKED: Final = (*((name, PROPERTY_OF[name], SCHEME_OF[name]) for name in PROPERTY_OF), ("basis", "basis", "basis"))
"""Each column that asks for codes, with the property that holds them and their list."""

_LISTED: Final = tuple(name for name in PROPERTY_OF if name != "period")
"""The dimensions whose codes are in code lists; periods are made by tables and imports."""
_IRI: Final = ("http://", "https://")


def read_topics(folder: Path, codes: CodeLists) -> tuple[Topic, ...]:
    """The topics of `data/comparisons/` with their lines, in the order of the files.

    Raises:
        TableError: with every wrong cell of the three tables, and what to write instead.
    """
    faults: list[Fault] = []
    tables = {name: read_beside(folder, name, codes, faults) for name in TABLES}
    faults += check_references(tables, codes)
    reasons = {row.text("id"): _reason(row) for row in tables["reasons"].rows}
    for row in tables["lines"].rows:
        faults += _code_faults(row, codes)
        faults += _reason_faults(row, reasons, complete=tables["reasons"].complete)
    if faults:
        raise TableError(faults)
    lines = [_line(row, reasons) for row in tables["lines"].rows]
    return tuple(
        Topic(
            **{column: row.text(column) for column in Topic.__slots__ if column != "lines"},
            lines=tuple(line for line in lines if line.topic == row.text("id")),
        )
        for row in tables["topics"].rows
    )


def _reason(row: Row) -> Reason:
    return Reason(**{column: row.text(column) for column in Reason.__slots__})


def _line(row: Row, reasons: Mapping[str, Reason]) -> Line:
    return Line(
        topic=row.text("topic"),
        id=row.text("id"),
        publisher=row.text("publisher"),
        label_en=row.text("label_en"),
        label_ar=row.text("label_ar"),
        sources=tuple(row.text("source").split()),
        kinds=tuple(map(names.term, KINDS[row.text("kind")])),
        dimensions=tuple(
            (names.term(property), tuple(_iri(scheme, cell) for cell in row.text(name).split()))
            for name, property, scheme in _ASKED
            if row.text(name)
        ),
        unit=names.code("unit", row.text("unit")),
        reasons=tuple(reasons[id] for id in row.text("reasons").split()),
    )


def _iri(scheme: str, cell: str) -> str:
    return cell if cell.startswith(_IRI) else names.code(scheme, cell)


def _code_faults(row: Row, codes: CodeLists) -> Iterator[Fault]:
    """Cells of codes that are neither a notation of ours nor the IRI of somebody else's code."""
    for name in _LISTED:
        scheme = SCHEME_OF[name]
        for cell in row.text(name).split():
            if cell.startswith(_IRI) or codes.find(scheme, cell) is not None:
                continue
            near = codes.nearest(scheme, cell)
            remedy = "write the IRI of the source's own code"
            yield row.fault(name, f"{cell!r} is no code of {scheme}", f"write {near!r}, or the IRI" if near else remedy)


def _reason_faults(row: Row, reasons: Mapping[str, Reason], *, complete: bool) -> Iterator[Fault]:
    for cell in row.text("reasons").split():
        if complete and cell not in reasons:
            yield row.fault("reasons", f"{cell!r} is no id of reasons.csv", "write one that is there, or add it there")
