"""Reads one table into rows of typed cells, checking each cell against the schema and the code lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from snhr_kg.errors import Fault
from snhr_kg.tables.cells import REPLACEMENT, ROW, RawRow, split_rows
from snhr_kg.tables.columns import ID_CODE_LISTS, CellCheck
from snhr_kg.tables.schema import Field, TableSchema

if TYPE_CHECKING:
    from snhr_kg.codes.lists import CodeLists

HEADER: Final = "header"
"""What faults name as their column when they are about the line of column names."""


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
    checks = {column: CellCheck(column, codes) for column in schema.fields}
    by_length: dict[int, list[CellCheck | None]] = {len(schema.fields): list(checks.values())}
    by_length[len(columns)] = [None if column is None else checks[column] for column in columns]
    table.rows = [_read_row(raw, by_length, len(columns), shown, faults) for raw in raw_rows]
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
            ids = [*tables[target].by("id"), *(codes.notations(column.code_list) if extended else ())]
            faults += _dangling(table, column.name, KnownIds(tables[target], ids))
    return faults


class KnownIds:
    """The ids that cells may name, and the nearest of them to a misspelt one.

    A search through all ids takes long, so only the first `SEARCHES` misspelt ones get a suggestion.
    """

    SEARCHES = 20

    def __init__(self, table: Table, ids: Iterable[str]) -> None:
        self.table = table
        self.ids = dict.fromkeys(ids)
        self._nearest: dict[str, list[str]] = {}

    def missing(self, row: Row, column: str) -> Fault:
        """The fault of a cell that names no row of the table."""
        text = row.text(column)
        if text not in self._nearest and len(self._nearest) < self.SEARCHES:
            self._nearest[text] = get_close_matches(text, self.ids, n=1)
        close = self._nearest.get(text)
        remedy = f"write {close[0]!r} (the nearest), or add it there" if close else "write one that is there, or add it"
        return row.fault(column, f"{text!r} is no id of {self.table.schema.file}", remedy)


def _dangling(table: Table, column: str, known: KnownIds) -> Iterator[Fault]:
    for row in table.rows:
        text = row.text(column)
        if text and text not in known.ids:
            yield known.missing(row, column)
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
    raw: RawRow, by_length: dict[int, list[CellCheck | None]], header: int, shown: str, faults: list[Fault]
) -> Row:
    """A row of typed cells; `by_length` has the columns for rows as long as the header, and as a right header is."""
    row = Row(shown, raw.line)
    checks = by_length.get(len(raw.cells))
    if checks is None:
        faults.append(_wrong_length(row, len(raw.cells), header))
        if (first := by_length[header][0]) is not None:
            row.values[first.field.name] = raw.cells[0]
        return row
    for place, (cell, check) in enumerate(zip(raw.cells, checks, strict=True)):
        if check is None:
            continue
        if raw.lines is not None and raw.lines[place] != raw.line:
            row.lines[check.field.name] = raw.lines[place]
        wrong = check.read_into(row.values, cell)
        if wrong is not None and REPLACEMENT not in cell:
            faults.append(row.fault(check.field.name, *wrong))
    return row


def _wrong_length(row: Row, found: int, header: int) -> Fault:
    cells = f"has {found} cell{'' if found == 1 else 's'}"
    if found > header:
        remedy = "put a cell that holds a comma in double quotes"
        return row.fault(ROW, f"{cells}, too many: the header has {header}", remedy)
    remedy = "add the missing cells; an empty one is nothing between two commas"
    return row.fault(ROW, f"{cells}, too few: the header has {header}", remedy)


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
