"""A CSV file, read as a stream: hashed and counted while it goes by, with or without a byte order mark, LF or CRLF.

Rows are those of RFC 4180 and are numbered as RFC 7111 does: the header is row 1. What is no UTF-8 comes as lone
surrogates, which the checks of cells refuse: a cell that nobody reads may hold anything.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import IO, Final, Protocol

from snhr_kg.errors import Fault, InputError
from snhr_kg.imports.cells import Refused
from snhr_kg.tables.cells import FILE, ROW, shown_path

_BLOCK: Final = 1 << 18
_LONGEST_CELL: Final = 1 << 17
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")

Told = Callable[[int], None]
"""Is told how many bytes more were read."""


class ImportFault(InputError):
    """A file that cannot be imported at all, with every reason that is known."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a layout reads; `aliases` are its names in other versions, and an optional one may be missing."""

    name: str
    aliases: tuple[str, ...] = ()
    optional: bool = False


class Positions(dict[str, int]):
    """Where each column of a layout stands in a file; an optional one that the file lacks is in none.

    ``called(name)`` is what the file itself calls a column.
    """

    def __init__(self, at: dict[str, int], header: Sequence[str]) -> None:
        super().__init__(at)
        self._header = header

    def called(self, name: str) -> str:
        """The column's name in this file's header."""
        return self._header[self[name]]


class _Reader(Protocol):
    """What `csv.reader` makes; `line_num` is the last line of the row it gave."""

    @property
    def line_num(self) -> int: ...

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


class Table:
    """An open CSV file after its header."""

    def __init__(self, path: Path, raw: _Hashed, reader: _Reader, header: list[str]) -> None:
        self.name = path.name
        self.shown = shown_path(path)
        self.header = header
        self.began = 1
        """The line in which the row that was read last begins."""
        self._reader = reader
        self._raw = raw

    def records(self) -> Iterator[tuple[int, list[str] | Refused]]:
        """The rows with their numbers, a row without cells left out; what cannot be taken apart comes with its reason.

        After a row that is no CSV the reader goes on with the next line.
        """
        reader, width, number = self._reader, len(self.header), 1
        ended = reader.line_num
        while True:
            try:
                for cells in reader:
                    number += 1
                    self.began, ended = ended + 1, reader.line_num
                    if len(cells) == width:
                        yield number, cells
                    elif cells:
                        yield number, _uneven(cells, width)
                return
            except csv.Error as error:
                number += 1
                self.began, ended = ended + 1, reader.line_num
                yield number, _malformed(error, self.began, ended)

    def positions(self, columns: Sequence[Column]) -> Positions:
        """Where the columns stand, by their names.

        Raises:
            ImportFault: with every column that is missing or there twice.
        """
        faults: list[Fault] = []
        at: dict[str, int] = {}
        for column in columns:
            found = self._find(column)
            if len(found) == 1:
                at[column.name] = found[0]
            elif found:
                faults.append(Fault(self.shown, 1, column.name, "stands twice in the header", "keep one of the two"))
            elif not column.optional:
                faults.append(Fault(self.shown, 1, column.name, "is missing in the header", self._remedy(column)))
        if faults:
            raise ImportFault(faults)
        return Positions(at, self.header)

    def read_to_end(self) -> tuple[str, int]:
        """The SHA-256 and the size in bytes of the whole file."""
        while self._raw.read(_BLOCK):
            pass
        return self._raw.digest.hexdigest(), self._raw.size

    def _find(self, column: Column) -> list[int]:
        for name in (column.name, *column.aliases):
            found = [at for at, cell in enumerate(self.header) if cell == name]
            if found:
                return found
        return []

    def _remedy(self, column: Column) -> str:
        names = (column.name, *column.aliases)
        near = next((close[0] for name in names if (close := get_close_matches(name, self.header, n=1))), None)
        called = f" (also called {', '.join(column.aliases)})" if column.aliases else ""
        there = f"the nearest there is {near!r}" if near else f"there are {', '.join(self.header[:8])} …"
        return f"give the file a column {column.name}{called}; {there}"


@contextmanager
def open_table(path: Path, told: Told = lambda count: None) -> Iterator[Table]:
    """A CSV file, open and read up to its header, whose names have the space around them left out.

    Raises:
        ImportFault: it is empty, is no text of 8-bit characters, or has no header.
        OSError: it cannot be read.
    """
    with _bounded_cells(), path.open("rb", buffering=0) as file:
        raw = _Hashed(file, told)
        with io.TextIOWrapper(io.BufferedReader(raw, _BLOCK), "utf-8-sig", "surrogateescape", newline="") as text:
            text._CHUNK_SIZE = _BLOCK  # type: ignore[attr-defined]
            yield _after_header(path, raw, text)


@contextmanager
def _bounded_cells() -> Iterator[None]:
    """Give cells a length that a quote which is never closed meets soon, whatever else set for all of the process."""
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _after_header(path: Path, raw: _Hashed, text: io.TextIOWrapper) -> Table:
    shown = shown_path(path)
    first = text.buffer.peek(4)  # type: ignore[attr-defined]
    if first.startswith(_UTF16_MARKS) or b"\0" in first[:4096]:
        problem = "is not UTF-8 (it looks like UTF-16, a compressed or another binary file)"
        raise ImportFault([Fault(shown, 1, FILE, problem, "unpack it, or save it as CSV in UTF-8")])
    reader = csv.reader(text, strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
    except csv.Error as error:
        raise ImportFault([Fault(shown, 1, ROW, f"is no row of CSV: {error}", "write the header first")]) from error
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and sign in header[0]:
            raise ImportFault([Fault(shown, 1, ROW, f"is parted by {name}", "save the file with commas")])
    if not any(header):
        raise ImportFault([Fault(shown, 1, ROW, "is no header", "begin the file with the names of its columns")])
    return Table(path, raw, reader, header)


def _uneven(cells: Sequence[str], width: int) -> Refused:
    problem = "has too few cells" if len(cells) < width else "has too many cells"
    return Refused(ROW, str(len(cells)), problem, "write one cell for each column of the header")


def _malformed(error: csv.Error, began: int, ended: int) -> Refused:
    lines = f"line {began}" if began == ended else f"lines {began} to {ended}"
    return Refused(ROW, lines, f"is no row of CSV: {error}", 'close each quote, and write "" for a quote within')


class _Hashed(io.RawIOBase):
    """A file that is hashed, counted and told of while it is read."""

    def __init__(self, file: IO[bytes] | io.RawIOBase, told: Told) -> None:
        self._file = file
        self._told = told
        self.digest = sha256()
        self.size = 0

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer from the file; the number of bytes read, 0 at the end."""
        count: int = self._file.readinto(buffer)  # type: ignore[union-attr]
        self.digest.update(buffer[:count])
        self.size += count
        self._told(count)
        return count
