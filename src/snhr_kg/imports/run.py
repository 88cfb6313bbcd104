"""The way of an import: files in, lines out to a sink, in the order of the rows, in constant memory."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Final

from snhr_kg.errors import BadParameter, Fault
from snhr_kg.imports.cells import Refused, text
from snhr_kg.imports.coding import Unmapped
from snhr_kg.imports.dataset import Description, ReadFile, data_sets, describe
from snhr_kg.imports.layout import Conversion, Layout, RowToLines, Tally, Target, World
from snhr_kg.imports.lines import is_address
from snhr_kg.imports.table import ImportFault, Table, Told, open_table
from snhr_kg.tables.cells import FILE, ROW, shown_path

Sink = Callable[[str], object]
"""Takes lines, many at a time."""

_BATCH: Final = 64
"""Rows whose lines are put together: few enough for a processor's cache to hold them until they are written."""

_VERSION: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Request:
    """What to import: files of one version of a dataset.

    `version` may be empty where the rows name it; `retrieved` (a day) and `origins` (the address that each file, by
    its name, was copied from) are what the user knows of the files.
    """

    files: Sequence[Path]
    description: Description
    version: str = ""
    retrieved: str = ""
    origins: tuple[tuple[str, str], ...] = ()
    quads: bool = True


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    source: str
    version: str
    files: tuple[ReadFile, ...]
    tally: Tally
    unmapped: tuple[Unmapped, ...]


def import_files(
    layout: Layout,
    request: Request,
    world: World,
    sink: Sink,
    told: Told = lambda count: None,
) -> Imported:
    """Hand the lines of all files to `sink`: rows first, then aggregates, codes, periods and the description.

    Raises:
        ImportFault: a file has no header, lacks columns or rows, is of another version than the rest, or has its name
            twice among them; or the version is neither in the rows nor given.
        BadParameter: the version, the licence or another address in the request cannot be one.
        OSError: a file cannot be read.
    """
    _see_request(request)
    run = _Run(layout, request, world, sink)
    for path in request.files:
        with open_table(path, told) as table:
            run.read(table)
    return run.finish()


class _Run:
    """One import, file after file; what its rows share begins with the first sound row, which names the version."""

    def __init__(self, layout: Layout, request: Request, world: World, sink: Sink) -> None:
        self.layout = layout
        self.request = request
        self.world = world
        self.sink = sink
        self._begun: tuple[Target, Conversion] | None = None
        self._files: list[ReadFile] = []

    def read(self, table: Table) -> None:
        """All rows of a file."""
        before = self.world.tally.rows_read
        _FileRun(self, table).convert_all()
        rows = self.world.tally.rows_read - before
        if not rows:
            raise ImportFault([Fault(table.shown, 1, ROW, "has no row below its header", "take another file")])
        digest, size = table.read_to_end()
        origin = dict(self.request.origins).get(table.name, "")
        self._files.append(ReadFile(table.name, digest, size, rows, origin))

    def begin(self, found: str, table: Table) -> tuple[Target, Conversion]:
        """The graph and the conversion of this version, which must be that of the files before."""
        if self._begun is None:
            target = Target.of(self.layout.kind, found, self.world, quads=self.request.quads)
            self._begun = target, self.layout.begin(target)
        expected = self._begun[0].version
        if found != expected:
            problem = f"is of version {found}, the file before of {expected}"
            raise ImportFault([Fault(table.shown, 2, "version", problem, "import each version by itself")])
        return self._begun

    def finish(self) -> Imported:
        """What follows the rows."""
        if self._begun is None or not self.world.tally.rows_in_error < self.world.tally.rows_read:
            file = shown_path(self.request.files[0])
            remedy = f"see the report of errors, and that it is a file of {self.layout.kind}"
            raise ImportFault([Fault(file, 2, ROW, "no row can be imported, nor any after it", remedy)])
        target, conversion = self._begun
        files, description = tuple(self._files), self.request.description
        for lines in chain(
            conversion.finish(),
            target.coder.described(),
            target.periods.described(),
            data_sets(target, self.layout.data_sets, description),
            describe(target, description, files, self.request.retrieved, version("snhr-kg")),
        ):
            self.sink(lines)
        return Imported(target.source, target.version, files, target.tally, tuple(target.coder.unmapped()))


class _FileRun:
    """The rows of one file on their way."""

    def __init__(self, run: _Run, table: Table) -> None:
        self._run = run
        self._table = table
        self._at = table.positions(run.layout.columns)
        column = run.layout.version_column
        self._version_at = None if column is None else self._at[column]
        self._version_cell = ""
        self._convert: RowToLines = self._begin
        run.world.faults.read(table.shown, lambda: table.began)

    def convert_all(self) -> None:
        """Every row, in batches."""
        tally, faults, sink, convert = self._run.world.tally, self._run.world.faults, self._run.sink, self._row
        batch: list[str] = []
        for number, cells in self._table.records():
            tally.rows_read += 1
            try:
                if isinstance(cells, Refused):
                    raise cells
                lines = convert(cells, number)
            except Refused as reason:
                tally.rows_in_error += 1
                faults.refuse(reason)
                continue
            if lines is None:
                tally.rows_elsewhere += 1
                continue
            batch.append(lines)
            if len(batch) == _BATCH:
                sink("".join(batch))
                batch.clear()
        sink("".join(batch))

    def _row(self, cells: list[str], number: int) -> str | None:
        if self._version_at is not None and cells[self._version_at] != self._version_cell:
            self._see_version(cells[self._version_at])
        return self._convert(cells, number)

    def _begin(self, cells: list[str], number: int) -> str | None:
        """The first sound row: from here on the version is known."""
        given = self._run.request.version
        found = _version(self._version_cell, self._run.layout.version_column or "") if self._version_cell else given
        if not found:
            remedy = "say which version of the dataset this is, with --version"
            raise ImportFault([Fault(self._table.shown, 1, "version", "is in no column", remedy)])
        if given and given != found:
            remedy = f"leave out --version {given}, or take the file of that version"
            raise ImportFault([Fault(self._table.shown, self._table.began, "version", f"is {found}", remedy)])
        _, conversion = self._run.begin(found, self._table)
        self._convert = conversion.rows(self._at, self._table.name)
        return self._convert(cells, number)

    def _see_version(self, cell: str) -> None:
        column = self._run.layout.version_column or ""
        found = _version(cell, column)
        if self._version_cell and found != _version(self._version_cell, column):
            problem = f"is not {self._version_cell}, the version of the rows before"
            raise Refused(column, cell, problem, "import each version by itself")
        self._version_cell = cell


def _version(cell: str, column: str) -> str:
    """A version as IRIs hold it: without the letter v before its number."""
    found = text(cell, column)
    if found[:1] in "vV" and found[1:2].isdigit():
        found = found[1:]
    if not _VERSION.fullmatch(found):
        raise Refused(column, cell, "is no version", "write letters, digits, dots and hyphens")
    return found


def _see_request(request: Request) -> None:
    if request.version and not _VERSION.fullmatch(request.version):
        raise BadParameter(f"version {request.version!r} is no version: write letters, digits, dots and hyphens")
    for address in (request.description.licence, request.description.source, *dict(request.origins).values()):
        if address and not is_address(address):
            raise BadParameter(f"{address!r} is no address: write an IRI that begins with https:// or http://")
    repeated = sorted(name for name, count in Counter(path.name for path in request.files).items() if count > 1)
    if repeated:
        remedy = "rename one: rows are cited by the name of their file"
        raise ImportFault([Fault(name, 1, FILE, "is the name of two files", remedy) for name in repeated])
