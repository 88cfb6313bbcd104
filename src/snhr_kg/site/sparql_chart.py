"""Bars for the rows of an answer: one for each row, from nothing to its number, with all that the row says of it.

Never parts of a circle: what an answer lists may overlap, and a total may stand among its parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from snhr_kg.site.sparql_results import Cell, Rows

MOST_BARS: Final = 50
WIDTH: Final = 1000
"""Units that the longest bar and what lies on the other side of nothing take together."""

_PREFERRED: Final = ("value", "lowerBound")
_QUALIFIERS: Final = ("qualifierLabel", "qualifier")


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its name, what else it says, its number as printed, and where its bar begins and how long it is."""

    label: Cell
    others: tuple[Cell, ...]
    number: str
    qualifier: Cell | None
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars, the columns that their names and numbers are from, other columns of numbers, and rows left out."""

    bars: tuple[Bar, ...]
    label: str
    value: str
    values: tuple[str, ...]
    without: int
    """Rows without a number."""
    beyond: int
    """Rows after the last that there is room for."""
    zero: int


def chart_of(rows: Rows, wanted: str = "") -> Chart | None:
    """The chart of an answer, of the column `wanted` if it holds numbers; None where nothing can be drawn."""
    numeric = [name for name in rows.columns if _is_numeric(rows, name)]
    labels = [name for name in rows.columns if name not in numeric and _says_something(rows, name)]
    if rows.is_graph or not numeric or not labels:
        return None
    value = next((name for name in (wanted, *_PREFERRED) if name in numeric), numeric[0])
    label = max(labels, key=lambda name: (_distinct(rows, name), -labels.index(name)))
    drawn = [row for row in rows.rows if _number(row[rows.columns.index(value)]) is not None]
    shown = drawn[:MOST_BARS]
    low, high = _ends(rows, shown, value)
    bars = tuple(_bar(rows, row, label, value, labels, low, high) for row in shown)
    without, beyond = len(rows.rows) - len(drawn), len(drawn) - len(shown) + rows.total - len(rows.rows)
    return Chart(bars, label, value, tuple(numeric), without, beyond, _scaled(Decimal(0), low, high))


def _bar(
    rows: Rows, row: tuple[Cell | None, ...], label: str, value: str, labels: list[str], low: Decimal, high: Decimal
) -> Bar:
    cells = dict(zip(rows.columns, row, strict=True))
    number, cell = _number(cells[value]), cells[value]
    assert number is not None
    assert cell is not None
    qualifier = next((cells[name] for name in _QUALIFIERS if cells.get(name) is not None), None)
    name = cells[label] or Cell("–")
    others = tuple(found for one in labels if one not in (label, *_QUALIFIERS) and (found := cells[one]) is not None)
    begin, end = sorted((_scaled(Decimal(0), low, high), _scaled(number, low, high)))
    return Bar(name, others, cell.words, qualifier, begin, max(end - begin, 2))


def _ends(rows: Rows, shown: list[tuple[Cell | None, ...]], value: str) -> tuple[Decimal, Decimal]:
    """The least and the greatest of the numbers and nothing."""
    at = rows.columns.index(value)
    found = [Decimal(0), *(number for row in shown if (number := _number(row[at])) is not None)]
    return min(found), max(found)


def _scaled(number: Decimal, low: Decimal, high: Decimal) -> int:
    return round((number - low) / (high - low) * WIDTH) if high > low else 0


def _is_numeric(rows: Rows, name: str) -> bool:
    """Whether a column holds numbers and nothing else."""
    cells = [cell for cell in _column(rows, name) if cell is not None]
    return bool(cells) and all(_number(cell) is not None for cell in cells)


def _says_something(rows: Rows, name: str) -> bool:
    """Whether a column has words: labels, or IRIs that we have a name for."""
    return any(cell is not None and (not cell.iri or cell.known) for cell in _column(rows, name))


def _distinct(rows: Rows, name: str) -> int:
    return len({cell.words for cell in _column(rows, name) if cell is not None})


def _column(rows: Rows, name: str) -> list[Cell | None]:
    at = rows.columns.index(name)
    return [row[at] for row in rows.rows]


def _number(cell: Cell | None) -> Decimal | None:
    if cell is None or not cell.is_number:
        return None
    try:
        number = Decimal(cell.words)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
