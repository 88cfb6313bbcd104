"""What rows of the series say wrongly by themselves, or of rows that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import chain
from typing import Final

from snhr_kg.dates import first_day
from snhr_kg.errors import Fault
from snhr_kg.records import DIMENSIONS
from snhr_kg.series.groups import breakdown_faults, is_share, series_faults
from snhr_kg.series.records import publication_of
from snhr_kg.tables.rows import Row, Table

DATES: Final = {"publications": ("published",), "pages": ("dated",), "periods": ("begin", "end")}
"""Columns that hold dates, by table."""

LISTS: Final = {
    "publications": (("publisher", "publishers"), ("pages", "pages")),
    "readings": (("pages", "pages"),),
    "series": (("publisher", "publishers"),),
}
"""Columns that hold several ids parted by blanks, and the table that each is an id of."""

RESERVED: Final = ("page", "line", "break", "check")
"""What stands beside the publications in the graph, so that no publication can have the name."""

_SCALES: Final = {"": Decimal(1), "m": Decimal(10**6), "million": Decimal(10**6), "%": Decimal(1)}
_PRINTED: Final = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?: (m|million|%))?")


def listed(row: Row, column: str) -> tuple[str, ...]:
    """The ids in a cell that holds several, parted by blanks."""
    return tuple(row.text(column).split())


def agreement_faults(tables: Mapping[str, Table]) -> list[Fault]:
    """Every fault that a single cell does not show."""
    faults = chain(
        _dates(tables),
        _lists(tables),
        _names(tables["publications"]),
        chain.from_iterable(map(_period, tables["periods"].rows)),
        _figures(tables),
        _collisions(tables["figures"]),
        chain.from_iterable(_reading(row, tables["figures"].by("id")) for row in tables["readings"].rows),
        breakdown_faults(tables),
        series_faults(tables),
    )
    return list(faults)


def _dates(tables: Mapping[str, Table]) -> Iterator[Fault]:
    for name, columns in DATES.items():
        for row in tables[name].rows:
            for column in columns:
                try:
                    if text := row.text(column):
                        first_day(text)
                except ValueError:
                    yield row.fault(column, f"{text!r} is no day of the calendar", "write one that is")


def _lists(tables: Mapping[str, Table]) -> Iterator[Fault]:
    for name, columns in LISTS.items():
        for column, target in columns:
            if not tables[target].complete:
                continue
            key = tables[target].schema.primary_key[0]
            known = {str(row.values[key]) for row in tables[target].rows if row.has(key)}
            for row in tables[name].rows:
                for word in listed(row, column):
                    if word not in known:
                        problem = f"{word!r} is not in {tables[target].schema.file}"
                        yield row.fault(column, problem, "write those that are there, parted by blanks, or add it")


def _names(publications: Table) -> Iterator[Fault]:
    for row in publications.rows:
        if row.text("id") in RESERVED:
            yield row.fault("id", f"{row.text('id')!r} is taken for what is no publication", "write another")


def _period(row: Row) -> Iterator[Fault]:
    for side in ("begin", "end"):
        if row.has(side, f"open_{side}") and bool(row.text(side)) == bool(row.text(f"open_{side}")):
            remedy = f"fill either {side} or open_{side}"
            yield row.fault(side, f"says both {side} and open_{side}, or neither", remedy)
    begin, end = row.text("begin"), row.text("end")
    if begin and end and not begin.ljust(10, "-") < end.ljust(10, "-"):
        yield row.fault("end", f"{end} is not after {begin}", "write the first year, month or day that is not included")


def _figures(tables: Mapping[str, Table]) -> Iterator[Fault]:
    read = {row.text("figure") for row in tables["readings"].rows}
    known = tables["publications"].by("id")
    for row in tables["figures"].rows:
        publication = publication_of(row.text("id"))
        if row.text("id") and publication not in known and tables["publications"].complete:
            yield row.fault("id", f"{publication!r} is no id of publications.csv", "add it there, or write another")
        if row.text("id") not in read and tables["readings"].complete:
            yield row.fault("id", "has no reading", "say in readings.csv what was read, and where")
        if row.text("share_of") and row.text("denominator"):
            yield row.fault("denominator", "is a second whole beside share_of", "leave one of the two empty")
        if row.text("share_of") and publication_of(row.text("share_of")) != publication:
            yield row.fault("share_of", "is a figure of another publication", "write one of the same")


def _collisions(figures: Table) -> Iterator[Fault]:
    """Figures that one data set could not tell apart: the same dimensions, and the same kind of number."""
    first: dict[tuple[str, ...], Row] = {}
    for row in figures.rows:
        if not row.has("id", *DIMENSIONS, "basis"):
            continue
        kind = data_set(is_share(row), row.text("basis"))
        key = (publication_of(row.text("id")), kind, *(row.text(name) for name in DIMENSIONS))
        other = first.setdefault(key, row)
        if other is not row:
            problem = f"has the dimensions of line {other.line}"
            yield row.fault("id", problem, "make it another reading of that figure, or say what differs")


def data_set(share: bool, basis: str) -> str:
    """The data set of its publication that a figure belongs to: estimates never stand among documented counts."""
    if share:
        return "shares"
    return "estimates" if basis == "estimated" else "counts"


def _reading(row: Row, figures: Mapping[str, Row]) -> Iterator[Fault]:
    printed, value = row.text("printed"), row.values.get("value")
    if not printed or value is None:
        return
    token = _PRINTED.fullmatch(printed)
    if token is None:
        yield row.fault("printed", f"{printed!r} is no number as printed", "write it like 227,413, 15.2 million or 3 %")
    elif (says := Decimal(token[1].replace(",", "")) * _SCALES[token[2] or ""]) != value:
        yield row.fault("value", f"{value} is not what {printed!r} says", f"write {says.normalize():f}")
    figure = figures.get(row.text("figure"))
    if figure is not None and token is not None and is_share(figure) != (token[2] == "%"):
        remedy = "write a share with its %, and name its whole in figures.csv"
        yield row.fault("printed", "is a share where the figure is a count, or a count where it is a share", remedy)
