"""Checks one cell against what its column may hold, and says what to write instead."""

from __future__ import annotations

import re
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from snhr_kg.tables.cells import REPLACEMENT
from snhr_kg.tables.lookalikes import first_lookalike, plain
from snhr_kg.tables.schema import Field

if TYPE_CHECKING:
    from snhr_kg.codes.lists import CodeLists

ID_CODE_LISTS: Final = {"period": "periods"}
"""Code lists that report folders extend: a cell holds an id of that table, or a code of the list."""

_TYPES: Final = {"string": str, "integer": int, "number": Decimal}
_INTEGER = re.compile(r"0|[1-9][0-9]{0,17}")
_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,17})?")
_WORDS_OF_THE_TEXT = ("quote", "printed", "title")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


class CellCheck:
    """What one column's cells must be, and the text to answer a wrong one with."""

    def __init__(self, column: Field, codes: CodeLists) -> None:
        self.field = column
        self.codes = codes
        is_closed = bool(column.code_list) and column.code_list not in ID_CODE_LISTS
        self.notations = frozenset(codes.notations(column.code_list)) if is_closed else None
        self._seen: dict[str, tuple[str, str] | None] = {}

    def read_into(self, values: dict[str, Any], cell: str) -> tuple[str, str] | None:
        """Put the typed cell into a row's values; instead return problem and remedy where it is wrong."""
        wrong = self._judge(cell)
        if wrong is None:
            is_null = not cell and self.field.type != "string"
            values[self.field.name] = None if is_null else _TYPES[self.field.type](cell)
        elif self.field.name == "id" and cell:
            # Other rows refer to it, likely as it should be: its own fault is enough.
            values["id"] = _kebab(cell) or cell
        return wrong

    def _judge(self, cell: str) -> tuple[str, str] | None:
        if not cell:
            return ("is empty", self._example()) if self.field.required else None
        if self.notations is None:
            return self._blanks(cell) or self._wrong(cell)
        if cell not in self._seen:
            self._seen[cell] = self._blanks(cell) or self._wrong(cell)
        return self._seen[cell]

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
        kebab = _kebab(cell)
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
            return f"fill it in ({column.title})"
        if self._is_id():
            return "write lower-case letters and digits, parted by single hyphens"
        return _PATTERN_EXAMPLES.get(column.name, "write a date as YYYY, YYYY-MM or YYYY-MM-DD")


_PATTERN_EXAMPLES: Final = {
    "id": "write the date of publication as YYYY-MM-DD",
    "published": "write the date as YYYY-MM-DD",
    "language": "write a language tag such as en",
    "text_sha256": "write the 64 hexadecimal digits in lower case",
}


def _kebab(cell: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", plain(cell).lower()).strip("-")


def _short(cell: str) -> str:
    return repr(cell if len(cell) <= 60 else cell[:57] + "...")
