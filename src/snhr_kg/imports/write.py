"""Imports files into a file of N-Quads, with the report of their faults beside it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from snhr_kg.codes.lists import CodeLists
from snhr_kg.errors import BadParameter
from snhr_kg.imports.coding import Mappings
from snhr_kg.imports.faults import Faults
from snhr_kg.imports.layout import Layout, Tally, World
from snhr_kg.imports.output import put_whole
from snhr_kg.imports.run import Imported, Request, import_files
from snhr_kg.imports.table import ImportFault, Told

ENDINGS: Final = (".nq", ".nq.gz")


@dataclass(frozen=True, slots=True)
class Written:
    """An import that was written: what it did, its quads, where its faults are listed, and how many of which kind.

    `refused` are rows that were left out, `warned` rows that were kept although they break a rule, each by column and
    problem, the most frequent first.
    """

    imported: Imported
    quads: int
    report: Path
    refused: tuple[tuple[str, str, int], ...]
    warned: tuple[tuple[str, str, int], ...]


def write_import(
    layout: Layout,
    request: Request,
    codes: CodeLists,
    mappings: Mappings,
    out: Path,
    report: Path | None = None,
    told: Told = lambda count: None,
) -> Written:
    """Import files into `out` (``.nq`` or ``.nq.gz``), and list their faults in `report`, beside it unless given.

    Both files appear when they are complete. The report is written too where no row can be imported.

    Raises:
        BadParameter: `out` has another ending, or would replace one of the files.
        ImportFault: the files cannot be imported at all.
        GraphError: there is no room.
        OSError: a file cannot be read or written.
    """
    listed = report or report_beside(out)
    _see_places(out, listed, request)
    with _report(listed) as faults:
        world = World(codes, mappings, faults, Tally())
        quads = 0
        with put_whole(out) as file:

            def sink(lines: str) -> None:
                nonlocal quads
                quads += lines.count("\n")
                file.write(lines.encode())

            imported = import_files(layout, request, world, sink, told)
    return Written(imported, quads, listed, _by_count(faults.counts), _by_count(faults.warnings))


def report_beside(out: Path) -> Path:
    """The report of an output: ``out.nq.gz`` has ``out.errors.csv``."""
    ending = next((ending for ending in reversed(ENDINGS) if out.name.endswith(ending)), out.suffix)
    return out.with_name(f"{out.name.removesuffix(ending)}.errors.csv")


def _see_places(out: Path, report: Path, request: Request) -> None:
    if not out.name.endswith(ENDINGS) or out.name in ENDINGS:
        raise BadParameter(f"{out}: the name must end in {' or '.join(ENDINGS)}")
    taken = {path.resolve() for path in request.files}
    for path in (out, report):
        if path.resolve() in taken or out.resolve() == report.resolve():
            raise BadParameter(f"{path} is one of the other files; name another")


@contextmanager
def _report(path: Path) -> Iterator[Faults]:
    """The report, kept where rows were the reason for failing, and not written where anything else was."""
    failed: ImportFault | None = None
    with put_whole(path) as file:
        # What is no UTF-8 is shown by its bytes.
        text = io.TextIOWrapper(file, "utf-8", "backslashreplace", newline="", write_through=False)
        faults = Faults(text)
        try:
            yield faults
        except ImportFault as fault:
            if not faults.counts:
                raise
            failed = fault
        finally:
            text.flush()
            text.detach()
    if failed is not None:
        raise failed


def _by_count(counts: dict[tuple[str, str], int]) -> tuple[tuple[str, str, int], ...]:
    found = [(column, problem, count) for (column, problem), count in counts.items()]
    return tuple(sorted(found, key=lambda kind: (-kind[2], kind)))
