"""Reads the table of coordinates: one point for a place, with the page it was taken from."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from snhr_kg.codes.lists import CodeLists
from snhr_kg.errors import Fault, TableError
from snhr_kg.tables.cells import FILE, ROW, shown_path

COORDINATES_FILE = "coordinates.csv"
COLUMNS = ("place", "longitude", "latitude", "source", "note")
_DEGREES = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_LIMIT = {"longitude": Decimal(180), "latitude": Decimal(90)}


@dataclass(frozen=True, slots=True)
class Coordinate:
    """A point in decimal degrees (WGS 84), as its source writes it; `place` is a notation."""

    place: str
    longitude: str
    latitude: str
    source: str
    note: str


def read_coordinates(path: Path, codes: CodeLists) -> tuple[Coordinate, ...]:
    """The rows of the table.

    Raises:
        TableError: with every wrong cell, and what to write instead.
    """
    file = shown_path(path)
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise TableError([Fault(file, line, FILE, "is not UTF-8", "save the file as UTF-8")]) from error
    if not rows or tuple(rows[0]) != COLUMNS:
        raise TableError([Fault(file, 1, ROW, "is not the header", f"write {','.join(COLUMNS)}")])
    faults = [fault for line, row in enumerate(rows[1:], 2) for fault in _faults(file, line, row, codes)]
    faults += _repeated(file, (row[0] for row in rows[1:] if row))
    if faults:
        raise TableError(faults)
    return tuple(Coordinate(*row) for row in rows[1:])


def _faults(file: str, line: int, row: list[str], codes: CodeLists) -> Iterator[Fault]:
    if len(row) != len(COLUMNS):
        yield Fault(file, line, ROW, f"has {len(row)} cells", f"write {len(COLUMNS)}")
        return
    place, longitude, latitude, source, _ = row
    if codes.find("place", place) is None:
        nearest = codes.nearest("place", place)
        yield Fault(file, line, "place", f"no place {place!r}", f"write {nearest}" if nearest else "add it to the list")
    for column, cell in (("longitude", longitude), ("latitude", latitude)):
        if not _within(cell, _LIMIT[column]):
            remedy = f"write decimal degrees between -{_LIMIT[column]} and {_LIMIT[column]}"
            yield Fault(file, line, column, f"no {column}: {cell!r}", remedy)
    if not source.startswith(("http://", "https://")):
        yield Fault(file, line, "source", f"no web address: {source!r}", "write the page the point was taken from")


def _repeated(file: str, places: Iterable[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for line, place in enumerate(places, 2):
        if place in seen:
            yield Fault(file, line, "place", f"{place} has a point already", "keep one row for each place")
        seen.add(place)


def _within(cell: str, limit: Decimal) -> bool:
    return _DEGREES.fullmatch(cell) is not None and abs(Decimal(cell)) <= limit
