"""What is wrong in the rows of an import: a table of its own, written while the rows go by, and counts by kind."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from typing import IO, Final

from snhr_kg.imports.cells import Refused

COLUMNS: Final = ("file", "line", "column", "value", "problem", "remedy", "row")
"""Header of the report; `row` is "left out" or "kept"."""

_SHOWN: Final = 200


class Faults:
    """Writes each fault as a row of CSV to `to` and counts them by column and problem."""

    def __init__(self, to: IO[str]) -> None:
        self._table = csv.writer(to, lineterminator="\n")
        self._table.writerow(COLUMNS)
        self.counts: Counter[tuple[str, str]] = Counter()
        """How many rows were left out, by column and problem."""
        self.warnings: Counter[tuple[str, str]] = Counter()
        """How many rows were kept although something is odd in them, by column and problem."""
        self._file = ""
        self._line: Callable[[], int] = lambda: 0

    def read(self, file: str, line: Callable[[], int]) -> None:
        """The faults that follow are of this file, where `line` tells the line that is being read."""
        self._file = file
        self._line = line

    def refuse(self, reason: Refused, line: int | None = None) -> None:
        """A row that is left out; `line` where the file's reader cannot tell it."""
        self.counts[reason.column, reason.problem] += 1
        self._write(reason, "left out", line)

    def warn(self, column: str, value: str, problem: str, remedy: str) -> None:
        """A row that is kept although it breaks a rule."""
        self.warnings[column, problem] += 1
        self._write(Refused(column, value, problem, remedy), "kept", None)

    def _write(self, reason: Refused, row: str, line: int | None) -> None:
        value = reason.value if len(reason.value) <= _SHOWN else reason.value[: _SHOWN - 1] + "…"
        at = self._line() if line is None else line
        self._table.writerow([self._file, at, reason.column, value, reason.problem, reason.remedy, row])
