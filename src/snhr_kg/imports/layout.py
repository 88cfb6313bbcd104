"""What a layout is: the columns of a published table, and how its rows become lines of the graph.

To add one, write a module with a class that has the names of `Layout`, and put it into `kinds.LAYOUTS`. The way of a
row: `Layout.begin` is called once and makes a `Conversion`; `Conversion.rows` is called for each file, once its header
is read, and makes the function that each row is handed to; `Conversion.finish` is called once after the last row.

For speed, whatever is the same in many rows is made once: lines with `Target.write`, codes with `Target.coder` in a
`cells.Memo`, and put together with `lines.about`, which gives all lines of a row their subject in one go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

from snhr_kg import names
from snhr_kg.codes.lists import CodeLists
from snhr_kg.imports.coding import Coded, Coder, Mappings
from snhr_kg.imports.faults import Faults
from snhr_kg.imports.lines import SUBJECT, LineWriter, iri, term
from snhr_kg.imports.periods import Periods
from snhr_kg.imports.table import Column, Positions
from snhr_kg.records import SCHEME_OF

RowToLines = Callable[[list[str], int], str | None]
"""A row's cells and its number in; lines out, with their subjects, or None where the row is not about Syria.

Raises `cells.Refused` for a row that is left out. It must raise before it changes anything that `finish` reads.
"""


@dataclass
class Tally:
    """What an import counted; `cells_zero` are cells of 0 that were not made into figures."""

    rows_read: int = 0
    rows_in_error: int = 0
    rows_elsewhere: int = 0
    cells_zero: int = 0
    figures: int = 0
    incidents: int = 0
    aggregates: int = 0

    @property
    def rows_kept(self) -> int:
        """Rows that are in the graph."""
        return self.rows_read - self.rows_in_error - self.rows_elsewhere


@dataclass(frozen=True, slots=True)
class World:
    """What every import needs: our code lists, the mapping sets, where faults go, and the counts."""

    codes: CodeLists
    mappings: Mappings
    faults: Faults
    tally: Tally


@dataclass
class Target:
    """The graph that one version of a dataset from elsewhere is imported into, and what the rows of all files share."""

    source: str
    version: str
    write: LineWriter
    coder: Coder
    periods: Periods
    faults: Faults
    tally: Tally
    codes: CodeLists

    @classmethod
    def of(cls, source: str, version: str, world: World, *, quads: bool = True) -> Target:
        """The graph ``external/<source>/<version>``, in N-Quads, or as N-Triples where `quads` is false."""
        write = LineWriter(names.graph(f"external/{source}/{version}") if quads else "")
        coder = Coder(write, world.mappings)
        return cls(source, version, write, coder, Periods(write), world.faults, world.tally, world.codes)

    @property
    def dataset(self) -> str:
        """The IRI of the dataset's version."""
        return names.external(self.source, self.version)

    def inside(self, kind: str, local: str) -> str:
        """The term of something that the dataset holds; `local` is percent-encoded where it must be."""
        return iri(names.in_external(self.source, self.version, kind, quote(local, safe="-._~,+")))

    def observation(self, kind: str) -> str:
        """The lines that each observation of a data set has: external figures in ``counts``, sums in any other."""
        own = "snhr:ExternalFigure" if kind == "counts" else "snhr:ExternalAggregate"
        return (
            self.write.types(own, "qb:Observation")
            + self.write.line("qb:dataSet", self.inside("dataset", kind))
            + self.from_dataset()
        )

    def arabic(self, coded: Coded, dimension: str) -> str:
        """What a code is called in an Arabic label: our code's Arabic name, else the source's own name."""
        ours = self.codes.find(SCHEME_OF[dimension], coded.ours) if coded.ours else None
        return ours.label_ar if ours else coded.foreign.label or coded.foreign.notation

    def from_dataset(self) -> str:
        """The line that says which dataset something is from."""
        return self.write.line("snhr:fromDataset", iri(self.dataset))

    def from_row(self, file: str) -> tuple[str, str]:
        """What stands before and after a row's number in the line that names the row it was derived from.

        Source: RFC 7111, URI Fragment Identifiers for the text/csv Media Type.
        """
        before = f"{SUBJECT} {term('prov:wasDerivedFrom')} {self.inside('file', file)[:-1]}#row="
        return before, f">{self.write.end}"


class Conversion(Protocol):
    """The import of one version of a dataset, through all its files."""

    def rows(self, at: Positions, file: str) -> RowToLines:
        """The function that the rows of a file go through; `file` is its name."""
        ...

    def finish(self) -> Iterable[str]:
        """What is known only after the last row: aggregates."""
        ...


class Layout(Protocol):
    """A published table."""

    @property
    def kind(self) -> str:
        """What the command calls it; the dataset's source in IRIs."""
        ...

    @property
    def columns(self) -> Sequence[Column]:
        """The columns that are read."""
        ...

    @property
    def version_column(self) -> str | None:
        """The column that holds the dataset's version in every row, None where the user must say it."""
        ...

    @property
    def data_sets(self) -> Sequence[str]:
        """The data sets of the cube that it fills: ``counts``, ``aggregates``, ``aggregate-ranges``."""
        ...

    def begin(self, target: Target) -> Conversion:
        """An import into this graph."""
        ...
