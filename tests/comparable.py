"""Answers to SPARQL queries in a form that can be compared across engines and formats: by value, not by spelling.

Two literals are the same when value and kind of datatype are: one engine keeps 0.70 where another stores 0.7, and
language tags differ in case. CSV has no datatypes at all, so a second, coarser form compares its cells.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from rdflib import XSD, BNode, Literal, URIRef
from rdflib.query import Result

INTEGERS = """
    integer int long short byte nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger
    unsignedInt unsignedLong unsignedShort unsignedByte
""".split()  # noqa: SIM905
READERS = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/tab-separated-values": "tsv",
}

Value = tuple[Any, ...] | None
Row = tuple[Value, ...]


@dataclass(frozen=True)
class Table:
    """The variables in their order and the rows, each cell comparable (None: unbound)."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]


def value(term: object) -> Value:
    """A term of rdflib's as its value: of the same kind and equal only where SPARQL calls two terms the same value."""
    if term is None:
        return None
    if isinstance(term, URIRef):
        return ("iri", str(term))
    assert not isinstance(term, BNode), "a blank node is the same in no two answers: let the query give its properties"
    assert isinstance(term, Literal), term
    lexical, datatype = str(term), term.datatype
    if term.language:
        return ("text", lexical, term.language.lower())
    if datatype in [XSD[name] for name in INTEGERS]:
        return ("integer", int(lexical))
    if datatype == XSD.decimal:
        return ("decimal", Decimal(lexical).normalize())
    if datatype in (XSD.double, XSD.float):
        return ("double", float(lexical))
    if datatype == XSD.boolean:
        return ("boolean", lexical in ("true", "1"))
    if datatype == XSD.dateTime:
        return ("dateTime", datetime.fromisoformat(lexical))
    return ("literal", lexical, str(datatype or XSD.string))


def cell(comparable: Value) -> Value:
    """What is left of a value in CSV: its text, or the number that it spells; an empty text is as none."""
    if comparable is None:
        return spelt("")
    return spelt(str(comparable[1])) if not isinstance(comparable[1], tuple) else (comparable[1],)


def spelt(text: str) -> Value:
    """A cell of CSV: the number it spells, or else its text."""
    try:
        return (Decimal(text).normalize(),)
    except InvalidOperation:
        return (text,)


def read_table(body: bytes, media_type: str) -> Table:
    """The rows of a SELECT in one of the three formats that keep the terms, read by rdflib."""
    result = Result.parse(io.BytesIO(body), format=READERS[media_type])
    assert result.vars is not None
    rows = tuple(tuple(value(binding.get(variable)) for variable in result.vars) for binding in result.bindings)
    return Table(tuple(map(str, result.vars)), rows)


def read_csv(body: bytes) -> Table:
    """The rows of a SELECT in CSV, as `cell` leaves them."""
    names, *rows = csv.reader(io.StringIO(body.decode("utf-8"), newline=""))
    assert all(len(row) == len(names) for row in rows)
    return Table(tuple(names), tuple(tuple(map(spelt, row)) for row in rows))


def as_cells(rows: Iterable[Row]) -> list[Row]:
    """The rows as CSV leaves them."""
    return [tuple(map(cell, row)) for row in rows]


def regardless_of_order(table: Table, separators: Mapping[str, str]) -> Table:
    """The table with each joined-up cell as what it was joined from: which order that had is left to the engine."""
    split = [separators.get(name) for name in table.variables]
    rows = tuple(tuple(map(_split, row, split)) for row in table.rows)
    return Table(table.variables, rows)


def _split(comparable: Value, separator: str | None) -> Value:
    if comparable is None or separator is None:
        return comparable
    place = 0 if len(comparable) == 1 else 1  # a cell of CSV, or a value
    return (*comparable[:place], tuple(sorted(comparable[place].split(separator))), *comparable[place + 1 :])


def same_order(rows: Sequence[Row], ranks: Sequence[Sequence[Row]]) -> bool:
    """Whether the rows are those of each rank in turn; rows of the same rank may stand in any order."""
    start = 0
    for rank in ranks:
        if Counter(rows[start : start + len(rank)]) != Counter(rank):
            return False
        start += len(rank)
    return start == len(rows)


def in_ranks(rows: Sequence[Row], key: Callable[[int], object]) -> list[list[Row]]:
    """Neighbouring rows whose key (by their number) is the same, together."""
    ranks: list[list[Row]] = []
    for number, row in enumerate(rows):
        if number and key(number) == key(number - 1):
            ranks[-1].append(row)
        else:
            ranks.append([row])
    return ranks
