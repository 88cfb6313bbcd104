"""Imports the files of other publishers that ship with the package, each version into a graph of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import StringIO
from itertools import groupby
from pathlib import Path

from snhr_kg.codes.lists import CodeLists
from snhr_kg.elsewhere import ExternalGraph
from snhr_kg.errors import Fault
from snhr_kg.imports.coding import Mappings
from snhr_kg.imports.faults import Faults
from snhr_kg.imports.kinds import LAYOUTS
from snhr_kg.imports.layout import Tally, World
from snhr_kg.imports.run import Imported, Request, import_files
from snhr_kg.imports.sources import ShippedFile, Sources, read_sources
from snhr_kg.imports.table import ImportFault
from snhr_kg.tables.cells import FILE, shown_path


def read_shipped(folder: Path, codes: CodeLists, mappings: Mappings) -> list[ExternalGraph]:
    """The graph of each kind and version in `sources.csv` of a folder such as `data/external/`, in its order.

    Raises:
        TableError: wrong cells in the tables of the folder.
        ImportFault: a file is not the one that the table names by its SHA-256, has a row in error, or is not what its
            kind says; with what is wrong.
    """
    sources = read_sources(folder, codes)
    graphs = []
    for (kind, version), files in groupby(sources.files, lambda file: (file.kind, file.version)):
        graphs.append(_graph(kind, version, list(files), sources, World(codes, mappings, _no_report(), Tally())))
    return graphs


def _graph(kind: str, version: str, files: Sequence[ShippedFile], sources: Sources, world: World) -> ExternalGraph:
    known = files[0]
    request = Request(
        files=[file.path for file in files],
        description=known.described(sources.descriptions[kind]),
        version=version,
        retrieved=known.retrieved,
        origins=tuple((file.path.name, file.origin) for file in files),
        quads=False,
    )
    parts: list[str] = []
    imported = import_files(LAYOUTS[kind], request, world, parts.append)
    if faults := [*_changed(files, imported), *_rows_in_error(known, world.faults)]:
        raise ImportFault(faults)
    lines = "".join(parts).removesuffix("\n").split("\n")
    return ExternalGraph.of(f"external/{kind}/{version}", lines)


def _changed(files: Sequence[ShippedFile], imported: Imported) -> Iterable[Fault]:
    for file, read in zip(files, imported.files, strict=True):
        if file.sha256 != read.sha256:
            remedy = "put the file back as it was published, or write its new hash into sources.csv"
            yield Fault(shown_path(file.path), 1, FILE, f"has the SHA-256 {read.sha256}, not {file.sha256}", remedy)


def _rows_in_error(file: ShippedFile, faults: Faults) -> Iterable[Fault]:
    for (column, problem), count in sorted(faults.counts.items()):
        remedy = "run snhr-kg import over the file: its report lists each row"
        yield Fault(shown_path(file.path), 1, column, f"{problem} ({count} rows)", remedy)


def _no_report() -> Faults:
    return Faults(StringIO())
