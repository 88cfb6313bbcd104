"""Reads one table into rows of typed cells, checking each cell against the schema and the code lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from snhr_kg.cells import REPLACEMENT, ROW, RawRow, split_rows
from snhr_kg.errors import Fault
from snhr_kg.lookalikes import first_lookalike, plain
from snhr_kg.schema import Field, TableSchema

if TYPE_CHECKING:
    from snhr_kg.codes import CodeLists

HEADER: Final = "header"
"""What faults name as their column when they are about the line of column names."""

ID_CODE_LISTS: Final = {"period": "periods"}
"""Code lists that report folders extend: a cell holds an id of that table, or a code of the list."""

_INTEGER = re.compile(r"0|[1-9][0-9]{0,17}")
_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,17})?")
_WORDS_OF_THE_TEXT = ("quote", "printed", "title")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@dataclass(slots=True)
class Row:
    """One row: its typed cells by column, without those that are faulty, and the line of each where it differs."""

    file: str
    line: int
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def text(self, column: str) -> str:
        """A text cell; empty where it is empty or faulty."""
        value = self.values.get(column)
        return value if isinstance(value, str) else ""

    def has(self, *columns: str) -> bool:
        """Whether all these cells are free of faults."""
        return all(column in self.values for column in columns)

    def fault(self, column: str, problem: str, remedy: str) -> Fault:
        """A fault of one of the row's cells."""
        return Fault(self.file, self.lines.get(column, self.line), column, problem, remedy)


@dataclass(slots=True)
class Table:
    """The rows of one table; `complete` is false where the file, or a part of it, could not be read."""

    schema: TableSchema
    file: str
    rows: list[Row] = field(default_factory=list)
    complete: bool = False

    def by(self, column: str) -> dict[str, Row]:
        """The first row of each value of a text column."""
        found: dict[str, Row] = {}
        for row in self.rows:
            if key := row.text(column):
                found.setdefault(key, row)
        return found


def read_table(text: str, schema: TableSchema, shown: str, codes: CodeLists, faults: list[Fault]) -> Table:
    """A table's rows from its text; `shown` is how messages call the file.

    Cells of a code list that report folders extend are left to `check_references`.
    """
    table = Table(schema, shown)
    before = len(faults)
    raw_rows = split_rows(text, shown, faults)
    columns = _read_header(next(raw_rows, None), schema, shown, faults)
    if columns is None:
        return table
    checks = [None if column is None else _CellCheck(column, codes) for column in columns]
    table.rows = [_read_row(raw, columns, checks, shown, faults) for raw in raw_rows]
    table.complete = not any(fault.column in (ROW, HEADER) for fault in faults[before:])
    faults += _key_faults(table)
    return table


def check_references(tables: dict[str, Table], codes: CodeLists) -> list[Fault]:
    """Cells that name a row of another table which is not there; such cells are then taken out of their rows."""
    faults: list[Fault] = []
    for table in tables.values():
        for column in table.schema.fields:
            extended = ID_CODE_LISTS.get(column.code_list)
            target = table.schema.references.get(column.name) or extended
            if target is None or not tables[target].complete:
                continue
            known = tables[target].by("id").keys() | set(codes.notations(column.code_list) if extended else ())
            faults += _dangling(table, column.name, known, tables[target])
    return faults


def missing_reference(row: Row, column: str, target: Table, known: Iterable[str]) -> Fault:
    """The fault of a cell that names no row of `target`."""
    text = row.text(column)
    close = get_close_matches(text, list(known), n=1)
    remedy = f"write {close[0]!r} (the nearest), or add it there" if close else "write one that is there, or add it"
    return row.fault(column, f"{text!r} is no id of {target.schema.file}", remedy)


def _dangling(table: Table, column: str, known: set[str], target: Table) -> Iterator[Fault]:
    for row in table.rows:
        text = row.text(column)
        if text and text not in known:
            yield missing_reference(row, column, target, known)
            del row.values[column]


def _read_header(raw: RawRow | None, schema: TableSchema, shown: str, faults: list[Fault]) -> list[Field | None] | None:
    """The field of each cell of a row, None for unknown columns; None where no header can be made out."""
    wanted = [column.name for column in schema.fields]
    whole = f"write the line {','.join(wanted)}"
    if raw is None:
        faults.append(Fault(shown, 1, HEADER, "is missing", whole))
        return None
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(raw.cells) == 1 and sign in raw.cells[0]:
            faults.append(Fault(shown, raw.line, HEADER, f"is parted by {name}", "save the table with commas"))
            return None
    found = raw.cells
    if found == wanted:
        return list(schema.fields)
    missing = [name for name in wanted if name not in found]
    extra = [name for name in found if name not in wanted]
    for name in extra:
        close = get_close_matches(name, missing, n=1)
        remedy = f"write {close[0]!r}" if close else "take the column out"
        faults.append(Fault(shown, raw.line, HEADER, f"has an unknown column {name!r}", remedy))
    for name in missing:
        problem = f"lacks the column {name!r}"
        faults.append(Fault(shown, raw.line, HEADER, problem, f"add it as column {wanted.index(name) + 1}"))
    if len(set(found)) < len(found):
        name = next(name for name in found if found.count(name) > 1)
        faults.append(Fault(shown, raw.line, HEADER, f"has the column {name!r} twice", "take one out"))
    elif not missing and not extra:
        faults.append(Fault(shown, raw.line, HEADER, "has the columns in another order", whole))
    by_name = {column.name: column for column in schema.fields}
    return [by_name.get(name) for name in found]


def _read_row(
    raw: RawRow, columns: list[Field | None], checks: list[_CellCheck | None], shown: str, faults: list[Fault]
) -> Row:
    row = Row(shown, raw.line)
    if len(raw.cells) != len(columns):
        much = "many" if len(raw.cells) > len(columns) else "few"
        remedy = (
            "put a cell that holds a comma in double quotes"
            if much == "many"
            else "add the missing cells, empty ones as nothing between commas"
        )
        problem = f"has {len(raw.cells)} cells, too {much}: the header has {len(columns)}"
        faults.append(Fault(shown, raw.line, ROW, problem, remedy))
        if columns[0] is not None:
            row.values[columns[0].name] = raw.cells[0]
        return row
    for place, (cell, check) in enumerate(zip(raw.cells, checks, strict=True)):
        if check is None:
            continue
        if raw.lines is not None and raw.lines[place] != raw.line:
            row.lines[check.field.name] = raw.lines[place]
        wrong = check.read_into(row, cell)
        if wrong is not None and REPLACEMENT not in cell:
            faults.append(row.fault(check.field.name, *wrong))
    return row


class _CellCheck:
    """What one column's cells must be, and the text to answer a wrong one with."""

    def __init__(self, column: Field, codes: CodeLists) -> None:
        self.field = column
        self.codes = codes
        is_closed = bool(column.code_list) and column.code_list not in ID_CODE_LISTS
        self.notations = frozenset(codes.notations(column.code_list)) if is_closed else None

    def read_into(self, row: Row, cell: str) -> tuple[str, str] | None:
        """Put the typed cell into the row; instead return problem and remedy where it is wrong."""
        if not cell:
            if self.field.required:
                return "is empty", self._example()
            row.values[self.field.name] = "" if self.field.type == "string" else None
            return None
        wrong = self._blanks(cell) or self._wrong(cell)
        if wrong is None:
            types = {"string": str, "integer": int, "number": Decimal}
            row.values[self.field.name] = types[self.field.type](cell)
            return None
        if self.field.name == "id" and self.field.type == "string":
            # Other rows may refer to it: its own fault is enough.
            row.values["id"] = cell
        return wrong

    def _blanks(self, cell: str) -> tuple[str, str] | None:
        if cell != cell.strip():
            return f"{_short(cell)} begins or ends with a blank", f"write {_short(cell.strip())}"
        if _CONTROL.search(cell):
            return f"{_short(cell)} holds a tab or another control character", "take it out"
        if "\n" in cell and self.field.name not in _WORDS_OF_THE_TEXT:
            return "holds a line break", "write it in one line, and look for a double quote that is never closed"
        if REPLACEMENT in cell:
            return "is not UTF-8", "save the file as UTF-8"
        return None

    def _wrong(self, cell: str) -> tuple[str, str] | None:
        problem = self._problem(cell)
        if problem is None:
            return None
        sign, simple = first_lookalike(cell), plain(cell).strip()
        if sign is not None and self._problem(simple) is None:
            return f"{_short(cell)} holds {sign}, which only looks right", f"write {simple!r}"
        return problem, self._remedy(cell)

    def _problem(self, cell: str) -> str | None:
        column = self.field
        if column.type != "string":
            whole = column.type == "integer"
            if not (_INTEGER if whole else _NUMBER).fullmatch(cell):
                return f"{_short(cell)} is not a {'whole number' if whole else 'number'}"
            if column.minimum is not None and Decimal(cell) < column.minimum:
                return f"{cell} is below {column.minimum}"
        elif self.notations is not None:
            return None if cell in self.notations else f"{_short(cell)} is no code of {column.code_list}"
        elif column.enum:
            return None if cell in column.enum else f"{_short(cell)} is none of {', '.join(column.enum)}"
        elif column.pattern is not None and not column.pattern.fullmatch(cell):
            return f"{_short(cell)} is not written as it must be"
        return None

    def _remedy(self, cell: str) -> str:
        column = self.field
        if column.type != "string":
            digits = re.sub(r"[,_ '\u00a0\u202f]", "", cell)
            is_right = self._problem(digits) is None
            return f"write {digits}" if is_right else self._example()
        if self.notations is not None:
            near = self.codes.nearest(column.code_list, cell)
            other = f"add the code to ontology/codes/{column.code_list}.ttl"
            return f"write {near!r} (the nearest), or {other}" if near else f"write one that is there, or {other}"
        if column.enum:
            close = get_close_matches(cell.lower(), column.enum, n=1)
            return f"write {close[0]!r}" if close else "write one of them"
        kebab = re.sub(r"[^a-z0-9]+", "-", cell.lower()).strip("-")
        return f"write {kebab!r}" if kebab and self._is_id() and self._problem(kebab) is None else self._example()

    def _is_id(self) -> bool:
        return self.field.pattern is not None and self.field.pattern.pattern.startswith("^[a-z0-9]+(")

    def _example(self) -> str:
        column = self.field
        if column.type == "integer":
            return f"write digits only, {column.minimum or 0} or more"
        if column.type == "number":
            return "write digits, with a point before decimals, such as 14391 or 91.36"
        if column.code_list:
            unstated = ", _U where it is not stated" if self.codes.find(column.code_list, "_U") else ""
            return f"write a code of {column.code_list}{unstated}"
        if column.enum:
            return f"write one of {', '.join(column.enum)}"
        if column.pattern is None:
            return "write what the schema describes"
        if self._is_id():
            return "write lower-case letters and digits, parted by single hyphens"
        return _PATTERN_EXAMPLES.get(column.name, "write a date as YYYY, YYYY-MM or YYYY-MM-DD")


_PATTERN_EXAMPLES: Final = {
    "id": "write the date of publication as YYYY-MM-DD",
    "published": "write the date as YYYY-MM-DD",
    "language": "write a language tag such as en",
    "text_sha256": "write the 64 hexadecimal digits in lower case",
}


def _key_faults(table: Table) -> Iterator[Fault]:
    """Rows whose primary key, or whose cell in a column of unique values, another row has too."""
    unique = [(column.name,) for column in table.schema.fields if column.unique]
    for key in (table.schema.primary_key, *unique):
        first: dict[tuple[Any, ...], int] = {}
        for row in table.rows:
            if not row.has(*key) or None in (cells := tuple(row.values[column] for column in key)):
                continue
            line = first.setdefault(cells, row.line)
            if line != row.line:
                shown = ", ".join(repr(str(cell)) for cell in cells)
                remedy = "write another" if len(key) == 1 else "delete one of the two rows"
                yield row.fault(key[-1], f"{shown} is already in line {line}", remedy)


def _short(cell: str) -> str:
    return repr(cell if len(cell) <= 60 else cell[:57] + "...")
