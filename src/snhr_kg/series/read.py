"""Reads the tables of what other publications count, and tells everything that is wrong in them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from snhr_kg.errors import Fault, TableError
from snhr_kg.records import DIMENSIONS, Dimensions, Period, Source
from snhr_kg.series import records
from snhr_kg.series.agreement import agreement_faults, listed
from snhr_kg.series.groups import is_share
from snhr_kg.series.records import Reading, SeriesTables
from snhr_kg.series.values import read_value
from snhr_kg.tables.beside import read_beside
from snhr_kg.tables.rows import Row, Table, check_references

if TYPE_CHECKING:
    from snhr_kg.codes.lists import CodeLists

TABLES: Final = (
    "publishers",
    "publications",
    "pages",
    "periods",
    "figures",
    "readings",
    "breakdowns",
    "components",
    "series",
    "series-figures",
    "series-breaks",
)
"""The tables of the folder, each a CSV file with its schema beside it."""

Record = TypeVar("Record")

_YES: Final = "yes"


def read_series(folder: Path, codes: CodeLists) -> SeriesTables:
    """Everything in the folder, rows in the order of the files, readings of a figure in the order of their grades.

    Raises:
        TableError: with every fault of every table: file, line, column, what is wrong, what to write instead.
    """
    faults: list[Fault] = []
    tables = {name: read_beside(folder, name, codes, faults) for name in TABLES}
    faults += check_references(tables, codes)
    faults += agreement_faults(tables)
    if faults:
        raise TableError(faults)
    return _as_records(tables, codes)


def _as_records(tables: Mapping[str, Table], codes: CodeLists) -> SeriesTables:
    def read(name: str, record: Callable[..., Record], **make: Callable[[Row], Any]) -> tuple[Record, ...]:
        return tuple(_record(row, record, make) for row in tables[name].rows)

    readings = _readings(tables, codes)
    parts = _grouped(tables["components"], "breakdown")
    members = _grouped(tables["series-figures"], "series")
    return SeriesTables(
        publishers=read("publishers", records.Publisher),
        publications=read("publications", records.Publication, publisher=_words("publisher"), pages=_numbers),
        pages=read("pages", records.Page, addresses=_words("addresses")),
        periods=read("periods", Period, begin_instrument=_nothing, end_instrument=_nothing),
        figures=tuple(_figure(row, readings[row.text("id")]) for row in tables["figures"].rows),
        breakdowns=read("breakdowns", records.Breakdown, parts=lambda row: parts[row.text("id")]),
        series=tuple(_series(row, members[row.text("id")]) for row in tables["series"].rows),
        breaks=read("series-breaks", records.Break),
    )


def _record(row: Row, record: Callable[..., Record], make: Mapping[str, Callable[[Row], Any]]) -> Record:
    made = {name: function(row) for name, function in make.items()}
    return record(**{**row.values, **made}, source=Source(row.file, row.line))


def _readings(tables: Mapping[str, Table], codes: CodeLists) -> Mapping[str, tuple[Reading, ...]]:
    shares = {row.text("id"): is_share(row) for row in tables["figures"].rows}
    found: dict[str, list[Reading]] = defaultdict(list)
    for row in tables["readings"].rows:
        value = read_value(
            row.text("printed"), row.values["value"], row.text("qualifier"), shares[row.text("figure")], codes
        )
        source = Source(row.file, row.line)
        values = {**row.values, "pages": _numbers(row)}
        found[row.text("figure")].append(
            Reading(
                **values, rounding_unit=value.rounding_unit, interval=value.interval, pinned=value.pinned, source=source
            )
        )
    # The sort is stable: of equal grades the reading that the table has first stays first.
    return {figure: tuple(sorted(rows, key=lambda reading: reading.grade)) for figure, rows in found.items()}


def _figure(row: Row, readings: tuple[Reading, ...]) -> records.SeriesFigure:
    values: dict[str, Any] = dict(row.values)
    dimensions = Dimensions(**{name: values.pop(name) for name in DIMENSIONS})
    return records.SeriesFigure(**values, dimensions=dimensions, readings=readings, source=Source(row.file, row.line))


def _series(row: Row, members: tuple[str, ...]) -> records.Series:
    values: dict[str, Any] = dict(row.values)
    stated = {name: values.pop(name) for name in DIMENSIONS if name in values}
    values["publisher"] = listed(row, "publisher")
    values["cumulative"] = row.text("cumulative") == _YES
    fixed = {name: notation for name, notation in stated.items() if notation}
    return records.Series(**values, fixed=fixed, members=members, source=Source(row.file, row.line))


def _grouped(table: Table, key: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in table.rows:
        found[row.text(key)].append(row.text("figure"))
    return {whole: tuple(parts) for whole, parts in found.items()}


def _words(column: str) -> Callable[[Row], Iterable[str]]:
    return lambda row: listed(row, column)


def _numbers(row: Row) -> tuple[int, ...]:
    return tuple(int(word) for word in listed(row, "pages"))


def _nothing(_: Row) -> str:
    return ""
