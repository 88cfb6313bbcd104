"""The table of coordinates: what is read, and what a curator is told of wrong cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from snhr_kg.codes.lists import CodeLists
from snhr_kg.errors import TableError
from snhr_kg.tables.coordinates import COLUMNS, Coordinate, read_coordinates

HEADER = ",".join(COLUMNS)
GOOD = "syria,38.514595,35.029764,https://example.org/syria,Middle."


def table(folder: Path, *lines: str) -> Path:
    path = folder / "coordinates.csv"
    path.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _work_beside_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def complaints(path: Path, codes: CodeLists) -> list[str]:
    with pytest.raises(TableError) as refused:
        read_coordinates(path, codes)
    return [str(fault) for fault in refused.value.faults]


def test_reads_points_in_the_digits_of_their_source(tmp_path: Path, codes: CodeLists) -> None:
    assert read_coordinates(table(tmp_path, GOOD), codes) == (
        Coordinate("syria", "38.514595", "35.029764", "https://example.org/syria", "Middle."),
    )


def test_reads_a_table_without_rows_as_no_points(tmp_path: Path, codes: CodeLists) -> None:
    assert read_coordinates(table(tmp_path), codes) == ()


def test_names_every_wrong_cell_at_once(tmp_path: Path, codes: CodeLists) -> None:
    path = table(tmp_path, GOOD, "syrai,east,95,somewhere,", GOOD, "one,cell")
    assert complaints(path, codes) == [
        "coordinates.csv:3: latitude: no latitude: '95'; write decimal degrees between -90 and 90",
        "coordinates.csv:3: longitude: no longitude: 'east'; write decimal degrees between -180 and 180",
        "coordinates.csv:3: place: no place 'syrai'; write syria",
        "coordinates.csv:3: source: no web address: 'somewhere'; write the page the point was taken from",
        "coordinates.csv:4: place: syria has a point already; keep one row for each place",
        "coordinates.csv:5: row: has 2 cells; write 5",
    ]


@pytest.mark.parametrize("text", ["", "place,lat,long\n"])
def test_refuses_another_header(tmp_path: Path, codes: CodeLists, text: str) -> None:
    path = tmp_path / "coordinates.csv"
    path.write_text(text, encoding="utf-8")
    assert complaints(path, codes) == [f"coordinates.csv:1: row: is not the header; write {HEADER}"]


def test_says_in_which_line_another_encoding_begins(tmp_path: Path, codes: CodeLists) -> None:
    path = tmp_path / "coordinates.csv"
    path.write_bytes(f"{HEADER}\n{GOOD}\n".encode() + "côté\n".encode("latin-1"))
    assert complaints(path, codes) == ["coordinates.csv:3: file: is not UTF-8; save the file as UTF-8"]


@pytest.mark.parametrize("cell", ["NaN", "Infinity", "1e1", "", "38,5"])
def test_takes_nothing_but_plain_decimal_degrees(tmp_path: Path, codes: CodeLists, cell: str) -> None:
    path = table(tmp_path, f'syria,"{cell}",35,https://example.org/syria,')
    assert [complaint.split(":")[2].strip() for complaint in complaints(path, codes)] == ["longitude"]
