"""Reads report folders into records, and tells a curator everything that is wrong in them at once."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from snhr_kg import records
from snhr_kg.dates import first_day
from snhr_kg.errors import Fault, TableError
from snhr_kg.records import DIMENSIONS, Dimensions, Period, ReportTables, Source
from snhr_kg.tables.agreement import agreement_faults
from snhr_kg.tables.cells import FILE, decode, shown_path
from snhr_kg.tables.positions import position_faults
from snhr_kg.tables.rows import Row, Table, check_references, read_table
from snhr_kg.tables.schema import PACKAGE_FILE, check_package, new_package, table_schemas
from snhr_kg.tables.wholes import whole_faults

if TYPE_CHECKING:
    from snhr_kg.codes.lists import CodeLists

Record = TypeVar("Record")


def read_report(folder: Path, codes: CodeLists, *, text: str | None = None) -> ReportTables:
    """Everything in one report folder, rows in the order of the files.

    With the report's text (as its bytes decode, no newline translated), quotes are compared with it too.

    Raises:
        TableError: with every fault of every file of the folder.
    """
    faults: list[Fault] = []
    tables = _read_tables(folder, codes, faults)
    faults += check_references(tables, codes)
    faults += agreement_faults(tables, os.path.basename(os.path.abspath(folder)))
    faults += whole_faults(tables, codes)
    faults += position_faults(tables, text)
    if faults:
        raise TableError(faults)
    return _as_records(folder, tables)


def read_reports(data_folder: Path, codes: CodeLists) -> tuple[ReportTables, ...]:
    """Every report folder of a data folder (named after a day, or with a `datapackage.json`), in order of their names.

    Raises:
        TableError: with every fault of every folder, period ids that two reports fill differently, or no report at all.
    """
    reports: list[ReportTables] = []
    faults: list[Fault] = []
    folders = [path for path in sorted(data_folder.iterdir()) if _is_day(path.name) or (path / PACKAGE_FILE).exists()]
    if not folders:
        is_report = (data_folder / PACKAGE_FILE).exists()
        remedy = f"name the folder {'above' if is_report else 'that holds the report folders'}"
        faults.append(Fault(shown_path(data_folder), 1, FILE, "holds no report folder", remedy))
    for folder in folders:
        try:
            reports.append(read_report(folder, codes))
        except TableError as error:
            faults += error.faults
    faults += _periods_that_differ(reports)
    if faults:
        raise TableError(faults)
    return tuple(reports)


def new_report(folder: Path) -> None:
    """Make an empty report folder, named after the day of publication: headers and `datapackage.json`.

    Raises:
        TableError: where there is something at that path already, or its name is no date.
    """
    if not _is_day(folder.name):
        problem = f"{folder.name!r} is no date"
        raise TableError(
            [Fault(shown_path(folder), 1, FILE, problem, "name the folder YYYY-MM-DD, after the publication")]
        )
    try:
        folder.mkdir(parents=True)
    except FileExistsError as error:
        problem = "is there already, and nothing is ever overwritten"
        raise TableError([Fault(shown_path(folder), 1, FILE, problem, "name a folder that does not exist")]) from error
    (folder / PACKAGE_FILE).write_text(new_package(folder.name), encoding="utf-8", newline="")
    for schema in table_schemas().values():
        header = ",".join(column.name for column in schema.fields)
        (folder / schema.file).write_text(header + "\n", encoding="utf-8", newline="")


def _is_day(name: str) -> bool:
    """Whether a report folder may be called that: a day of the calendar, in full."""
    try:
        return first_day(name).isoformat() == name
    except ValueError:
        return False


def _read_tables(folder: Path, codes: CodeLists, faults: list[Fault]) -> dict[str, Table]:
    faults += check_package(folder, shown_path(folder / PACKAGE_FILE))
    expected = {PACKAGE_FILE} | {schema.file for schema in table_schemas().values()}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in expected and not path.name.startswith("."):
            remedy = f"move it elsewhere; a report folder holds {PACKAGE_FILE} and its tables only"
            faults.append(Fault(shown_path(path), 1, FILE, "is not part of a report folder", remedy))
    tables: dict[str, Table] = {}
    for name, schema in table_schemas().items():
        path = folder / schema.file
        shown = shown_path(path)
        tables[name] = Table(schema, shown)
        if not path.is_file():
            header = ",".join(column.name for column in schema.fields)
            faults.append(Fault(shown, 1, FILE, "is missing", f"add the file, at least with its header: {header}"))
            continue
        content = decode(path.read_bytes(), shown, faults)
        if content is not None:
            tables[name] = read_table(content, schema, shown, codes, faults)
    return tables


def _as_records(folder: Path, tables: Mapping[str, Table]) -> ReportTables:
    def read(name: str, record: Callable[..., Record], **parts: Mapping[str, tuple[str, ...]]) -> tuple[Record, ...]:
        return tuple(_record(row, record, parts) for row in tables[name].rows)

    return ReportTables(
        folder=str(folder),
        report=read("report", records.Report)[0],
        sections=read("sections", records.Section),
        periods=read("periods", Period),
        figures=tuple(_figure(row) for row in tables["figures"].rows),
        mentions=tuple(_mention(row) for row in tables["mentions"].rows),
        breakdowns=read(
            "breakdowns", records.Breakdown, components=_grouped(tables["components"], "breakdown", "figure")
        ),
        slices=read("slices", records.Slice, figures=_grouped(tables["slice-figures"], "slice", "figure")),
        findings=read("findings", records.Finding),
        events=read("events", records.Event),
        instruments=read("instruments", records.Instrument),
        recommendations=read(
            "recommendations",
            records.Recommendation,
            addressees=_grouped(tables["addressees"], "recommendation", "addressee"),
        ),
        relations=read("relations", records.Relation),
        passages=read("passages", records.Passage),
        other_numbers=read("numbers", records.OtherNumber),
    )


def _record(row: Row, record: Callable[..., Record], parts: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Record:
    own = {name: by_id[row.text("id")] for name, by_id in parts.items()}
    return record(**row.values, **own, source=Source(row.file, row.line))


def _figure(row: Row) -> records.Figure:
    values: dict[str, Any] = dict(row.values)
    dimensions = Dimensions(**{name: values.pop(name) for name in DIMENSIONS})
    return records.Figure(**values, dimensions=dimensions, source=Source(row.file, row.line))


def _mention(row: Row) -> records.Mention:
    values: dict[str, Any] = dict(row.values)
    stated = {name: values.pop(name) for name in DIMENSIONS}
    overrides = {name: code for name, code in stated.items() if code}
    return records.Mention(**values, overrides=overrides, source=Source(row.file, row.line))


def _grouped(table: Table, key: str, column: str) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for row in table.rows:
        grouped[row.text(key)].append(row.text(column))
    return {whole: tuple(parts) for whole, parts in grouped.items()}


def _periods_that_differ(reports: list[ReportTables]) -> list[Fault]:
    """Periods are shared by all reports, so one id must mean one time span, with one label."""
    columns = [field.name for field in fields(Period) if field.name != "source"]
    first: dict[str, Period] = {}
    faults = []
    for report in reports:
        for period in report.periods:
            other = first.setdefault(period.id, period)
            for column in columns:
                ours, theirs = getattr(period, column), getattr(other, column)
                if ours != theirs:
                    problem = f"{ours!r} is not {theirs!r}, as {other.source.file}:{other.source.line} has it"
                    remedy = "write the same, or another id"
                    faults.append(Fault(period.source.file, period.source.line, column, problem, remedy))
    return faults
