"""CSV files as streams: rows, lines and hashes of what is RFC 4180, reasons for what is not."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snhr_kg.imports.cells import Refused
from snhr_kg.imports.table import Column, ImportFault, open_table


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


def read(path: Path) -> list[tuple[int, int, list[str] | str]]:
    """Each row's number, the line it begins in, and its cells or the problem with it."""
    with open_table(path) as table:
        return [
            (number, table.began, cells.problem if isinstance(cells, Refused) else cells)
            for number, cells in table.records()
        ]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["lf", "crlf", "cr"])
def test_every_spelling_of_the_same_table_gives_the_same_rows(file: Path, mark: bytes, end: bytes) -> None:
    lines = [b"a,b ", b'1,"x, y"', b'2,"say ""no"""', b""]
    file.write_bytes(mark + end.join(lines))
    with open_table(file) as table:
        assert table.header == ["a", "b"]
        assert [cells for _, cells in table.records()] == [["1", "x, y"], ["2", 'say "no"']]


def test_rows_are_numbered_as_records_and_found_by_the_line_they_begin_in(file: Path) -> None:
    file.write_bytes(b'a,b\n1,"two\nlines"\n\n3,x\n')
    assert read(file) == [(2, 2, ["1", "two\nlines"]), (4, 5, ["3", "x"])]


def test_a_row_that_is_no_csv_is_told_and_the_next_one_read(file: Path) -> None:
    file.write_bytes(b'a,b\n1,"x"y\n2,z\n3\n4,5,6\n7,8\n')
    rows = read(file)
    assert [(number, line) for number, line, _ in rows] == [(2, 2), (3, 3), (4, 4), (5, 5), (6, 6)]
    assert rows[0][2].startswith("is no row of CSV")  # type: ignore[union-attr]
    assert [found for _, _, found in rows[1:]] == [["2", "z"], "has too few cells", "has too many cells", ["7", "8"]]


def test_a_quote_that_is_never_closed_swallows_no_more_than_a_bounded_part(file: Path) -> None:
    file.write_bytes(b'a,b\n1,"open\n' + b"2,3\n" * 60_000)
    rows = read(file)
    assert isinstance(rows[0][2], str)
    assert len(rows) > 20_000


def test_the_hash_is_of_the_whole_file_however_much_was_read(file: Path) -> None:
    content = b"a,b\n" + b"1,2\n" * 100_000
    file.write_bytes(content)
    told: list[int] = []
    with open_table(file, told.append) as table:
        assert table.read_to_end() == (hashlib.sha256(content).hexdigest(), len(content))
    assert sum(told) == len(content)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is no header"),
        (b"\n\n", "is no header"),
        (b",,\n1,2,3\n", "is no header"),
        ("a,b\n1,2\n".encode("utf-16"), "is not UTF-8"),
        (b"a,b\n1,\x002\n", "is not UTF-8"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "is not UTF-8"),
        (b"PK\x03\x04\x14\x00\x00\x00", "is not UTF-8"),
        (b"a;b\n1;2\n", "is parted by semicolons"),
        (b"a\tb\n1\t2\n", "is parted by tabs"),
        (b'"a,b\n1,2\n', "is no row of CSV"),
    ],
)
def test_what_is_no_table_is_refused_as_a_whole(file: Path, content: bytes, problem: str) -> None:
    file.write_bytes(content)
    with pytest.raises(ImportFault, match=problem), open_table(file):
        pass


def test_columns_are_found_by_any_of_their_names_and_each_missing_one_is_told(file: Path) -> None:
    file.write_bytes(b"ActorId,yaer,best,best\n1,2,3,4\n")
    columns = (
        Column("actor_id", ("ActorId",)),
        Column("year", ("Year",)),
        Column("best"),
        Column("note", optional=True),
    )
    with open_table(file) as table:
        assert dict(table.positions(columns[:1])) == {"actor_id": 0}
        assert table.positions(columns[:1]).called("actor_id") == "ActorId"
        with pytest.raises(ImportFault) as fault:
            table.positions(columns)
    assert [(found.column, found.problem) for found in fault.value.faults] == [
        ("best", "stands twice in the header"),
        ("year", "is missing in the header"),
    ]
    assert "'yaer'" in fault.value.faults[1].remedy


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=8))
def test_any_table_that_csv_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]
) -> None:
    path = tmp_path_factory.mktemp("table") / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("a", "b", "c"), *rows])
    with open_table(path) as table:
        assert [tuple(cells) for _, cells in table.records()] == rows
