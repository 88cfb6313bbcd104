"""Takes a CSV file apart into cells, each with its physical line, and says what keeps it from being plain CSV.

Plain CSV here is RFC 4180 with commas, LF and UTF-8 without a byte order mark: what every tool reads alike. The
reader goes on after each fault, so that one pass finds all of them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from snhr_kg.errors import Fault

FILE: Final = "file"
"""What faults name as their column when they are about a whole file."""

ROW: Final = "row"
"""What faults name as their column when they are about a whole row."""

REPLACEMENT: Final = "\ufffd"
"""Stands for bytes that are no UTF-8; cells that hold it have been reported already."""

_BOM: Final = "\ufeff"
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')


@dataclass(frozen=True, slots=True)
class RawRow:
    """The cells of one row; `lines` holds the line each cell begins in, None where all begin in `line`."""

    line: int
    cells: list[str]
    lines: list[int] | None = None


def shown_path(path: Path) -> str:
    """How messages call a file: as seen from the working directory where it lies below it."""
    absolute = os.path.abspath(path)
    below = os.path.relpath(absolute)
    return absolute if below.startswith(os.pardir) else below


def decode(raw: bytes, file: str, faults: list[Fault]) -> str | None:
    """The text of a table's bytes without byte order mark and carriage returns; None where it is no 8-bit text."""
    if raw.startswith(_UTF16_MARKS) or b"\0" in raw:
        faults.append(Fault(file, 1, FILE, "is not UTF-8 (it looks like UTF-16 or a binary file)", "save it as UTF-8"))
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problem = f"is not UTF-8 at byte offset {error.start} (byte 0x{raw[error.start]:02X})"
        faults.append(Fault(file, line, FILE, problem, "save it as UTF-8"))
        text = raw.decode("utf-8", errors="replace")
    if text.startswith(_BOM):
        faults.append(Fault(file, 1, FILE, "begins with a byte order mark", "save it as UTF-8 without BOM"))
        text = text[1:]
    if "\r" in text:
        before = text[: text.index("\r")]
        problem = "has carriage returns (Windows line ends)"
        faults.append(Fault(file, before.count("\n") + 1, FILE, problem, "end lines with LF only"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def split_rows(text: str, file: str, faults: list[Fault]) -> Iterator[RawRow]:
    """The rows of a CSV text, header included; rows that cannot be taken apart are reported and left out."""
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    at = 0
    while at < len(lines):
        line, number = lines[at], at + 1
        at += 1
        if not line:
            faults.append(Fault(file, number, ROW, "is an empty line", "delete the line"))
        elif '"' not in line:
            yield RawRow(number, line.split(","))
        else:
            row, used = _quoted_row(lines, at - 1, file, faults)
            at += used - 1
            if row is not None:
                yield row


def _quoted_row(lines: list[str], first: int, file: str, faults: list[Fault]) -> tuple[RawRow | None, int]:
    """The row that begins in ``lines[first]``, and how many lines it takes; one line where it is malformed."""
    last = first
    open_quote = lines[first].count('"') % 2 == 1
    while open_quote and last + 1 < len(lines):
        last += 1
        open_quote = lines[last].count('"') % 2 == 0
    if open_quote:
        problem = "has a double quote that is never closed"
        faults.append(Fault(file, first + 1, ROW, problem, 'close the cell with ", and write "" for a quote within it'))
        return None, 1
    row = _split_quoted("\n".join(lines[first : last + 1]), first + 1, file, faults)
    # A quote out of place may have swallowed sound rows: only its own line is given up.
    return row, 1 if row is None else last - first + 1


def _split_quoted(text: str, line: int, file: str, faults: list[Fault]) -> RawRow | None:
    cells: list[str] = []
    starts: list[int] = []
    at, here = 0, line
    while True:
        starts.append(here)
        quoted = _QUOTED.match(text, at)
        end = quoted.end() if quoted else _next_comma(text, at)
        cell = quoted[1].replace('""', '"') if quoted else text[at:end]
        if (not quoted and '"' in cell) or text[end : end + 1] not in ("", ","):
            problem = f"has a double quote out of place in cell {len(cells) + 1}"
            remedy = 'put the whole cell in double quotes, and write "" for a quote within it'
            faults.append(Fault(file, here, ROW, problem, remedy))
            return None
        cells.append(cell)
        here += text.count("\n", at, end)
        at = end + 1
        if end == len(text):
            return RawRow(line, cells, None if here == line else starts)


def _next_comma(text: str, at: int) -> int:
    comma = text.find(",", at)
    return len(text) if comma < 0 else comma
