"""Reads the tables of `data/names/`: every fault of a file at once, with line and column."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

from snhr_kg.errors import Fault, TableError
from snhr_kg.tables.cells import FILE, ROW, shown_path


def read_table(
    path: Path,
    columns: tuple[str, ...],
    faults_of: Callable[[str, int, tuple[str, ...]], Iterable[Fault]],
) -> list[tuple[str, ...]]:
    """The rows below the header, each as long as the header.

    `faults_of` is given file, line and cells of a row, and hands back what is wrong with it.

    Raises:
        TableError: with every fault, or that the file is missing, no UTF-8, or has another header.
    """
    file = shown_path(path)
    try:
        rows = [tuple(row) for row in csv.reader(path.read_text(encoding="utf-8").splitlines())]
    except FileNotFoundError as error:
        raise TableError([Fault(file, 1, FILE, "is missing", "put it back, or install snhr-kg again")]) from error
    except UnicodeDecodeError as error:
        raise TableError([Fault(file, 1, FILE, "is not UTF-8", "save the file as UTF-8")]) from error
    if not rows or rows[0] != columns:
        raise TableError([Fault(file, 1, ROW, "is not the header", f"write {','.join(columns)}")])
    faults: list[Fault] = []
    seen: dict[tuple[str, ...], int] = {}
    for line, row in enumerate(rows[1:], 2):
        if len(row) != len(columns):
            faults.append(Fault(file, line, ROW, f"has {len(row)} cells", f"write {len(columns)}"))
            continue
        faults.extend(faults_of(file, line, row))
        if (first := seen.setdefault(row, line)) != line:
            faults.append(Fault(file, line, ROW, f"repeats line {first}", "keep one of them"))
    if faults:
        raise TableError(faults)
    return rows[1:]
