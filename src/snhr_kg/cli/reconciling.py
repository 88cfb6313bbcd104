"""The command ``reconcile``."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from snhr_kg import content
from snhr_kg.cli import graph_option, say
from snhr_kg.errors import BadParameter, Fault, TableError
from snhr_kg.reconciliation.entities import TYPES

if TYPE_CHECKING:
    from snhr_kg.reconciliation.reconciler import Reconciler

_ADDED = ("code", "label", "score", "match")


@click.command(
    epilog="\b\nExamples:\n  snhr-kg reconcile incidents.csv --column actor --type perpetrator --out matched.csv\n"
    "  snhr-kg reconcile places.csv --column name --type place --lang ar"
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--column", required=True, metavar="NAME", help="The column with the names.")
@click.option("--type", "type_", type=click.Choice(sorted(TYPES)), help="What the names are of; anything if not given.")
@click.option(
    "--lang", type=click.Choice(("en", "ar")), default="en", show_default=True, help="Language of the labels."
)
@click.option("--prefix", default="snhr_", show_default=True, help="What the names of the added columns begin with.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; standard output if not.")
@graph_option
def reconcile(
    file: Path, column: str, type_: str | None, lang: str, prefix: str, out: Path | None, folder: Path | None
) -> None:
    """Add our code, label and score to each row of a CSV file whose names may mean one of our concepts.

    The best candidate stands in each row, with "true" in the column match only where it is surely meant; where there
    is none, the cells are empty. Reads UTF-8; other columns stay as they are.
    """
    from snhr_kg.reconciliation.reconciler import make_reconciler
    from snhr_kg.store import open_store

    header, rows = _read(file, column)
    if taken := [name for name in _ADDED if prefix + name in header]:
        raise BadParameter(f"{file} has a column {prefix + taken[0]!r} already; name another --prefix")
    store = open_store(folder or content.graph_folder())
    reconciler = make_reconciler(lambda text: store.query(text).records())
    position = header.index(column)
    added = _Adding(reconciler, (type_,) if type_ else (), lang)
    written = [[*header, *(prefix + name for name in _ADDED)]]
    written += [[*row, *added.cells(row[position])] for row in rows]
    if out is None:
        _write(sys.stdout, written)
    else:
        with out.open("w", encoding="utf-8", newline="") as target:
            _write(target, written)
    say(f"{added.matched} of {len(rows)} rows matched, {added.offered} more with a candidate")


class _Adding:
    """The cells to add for each name, each name looked up once; counts rows matched, and rows with a candidate."""

    def __init__(self, reconciler: Reconciler, lists: tuple[str, ...], language: str) -> None:
        self.matched = 0
        self.offered = 0
        self._reconciler = reconciler
        self._lists = lists
        self._language = language
        self._known: dict[str, tuple[str, ...]] = {}

    def cells(self, name: str) -> tuple[str, ...]:
        """Code, label, score and match; empty where there is no candidate."""
        if name not in self._known:
            self._known[name] = self._look_up(name)
        found = self._known[name]
        self.matched += found[3] == "true"
        self.offered += found[3] == "false"
        return found

    def _look_up(self, name: str) -> tuple[str, ...]:
        from snhr_kg.reconciliation.requests import Query

        candidates = self._reconciler.candidates(Query(name.strip(), self._lists, limit=1))
        if not candidates:
            return ("", "", "", "")
        (best,) = candidates
        entity = best.match.entity
        return entity.id, entity.label(self._language), str(best.score), "true" if best.chosen else "false"


def _read(file: Path, column: str) -> tuple[list[str], list[list[str]]]:
    """Header and rows; raises `TableError` for what is no UTF-8 or has no such column, naming every uneven row."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            header = next(reader, [])
            numbered = [(reader.line_num, row) for row in reader if row]
    except UnicodeDecodeError as error:
        raise TableError([Fault(str(file), 1, "file", "is not UTF-8", "save the file as UTF-8")]) from error
    except csv.Error as error:
        raise TableError(
            [Fault(str(file), reader.line_num, "row", f"is no CSV: {error}", "close each quote")]
        ) from error
    if column not in header:
        raise TableError([Fault(str(file), 1, "header", f"has no column {column!r}", f"there are {', '.join(header)}")])
    uneven = [
        Fault(str(file), line, "row", f"has {len(row)} cells", f"write {len(header)}")
        for line, row in numbered
        if len(row) != len(header)
    ]
    if uneven:
        raise TableError(uneven)
    return header, [row for _, row in numbered]


def _write(target: TextIO, rows: Sequence[Sequence[str]]) -> None:
    csv.writer(target, lineterminator="\n").writerows(rows)
