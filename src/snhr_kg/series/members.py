"""Members of series as quantities: what a publication or a report counts, with what its print implies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from snhr_kg.errors import Fault, TableError
from snhr_kg.records import Dimensions, StatedFigure
from snhr_kg.rules.check import Quantity
from snhr_kg.rules.figure import read_mention
from snhr_kg.rules.interval import grouped
from snhr_kg.series import iris
from snhr_kg.series.records import Reading, Series, SeriesFigure

if TYPE_CHECKING:
    from snhr_kg.codes.lists import CodeLists


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a series, of a publication or of a report: what it counts, and how many."""

    id: str
    iri: str
    dimensions: Dimensions
    basis: str
    quantity: Quantity


def of_publication(figure: SeriesFigure) -> Member:
    """A figure of a publication with the value that it carries."""
    iri = iris.within("figure", figure.id)
    return Member(figure.id, iri, figure.dimensions, figure.basis, quantity(figure.carried))


def of_report(figure: StatedFigure, codes: CodeLists) -> Member:
    """A figure of a report with the value of its principal mention."""
    read = read_mention(figure.principal, figure.figure, codes)
    text = figure.principal.printed if read.value is None else grouped(read.value)
    name, basis = f"{figure.report}/{figure.figure.id}", figure.figure.basis
    stated = Quantity(read.value, read.interval, read.pinned, text)
    return Member(name, figure.iri, figure.dimensions, basis, stated)


def refuse_unknown(lines: Iterable[Series], members: Mapping[str, Member]) -> None:
    """Raise `TableError` for members that neither a publication nor a report has."""
    remedy = "write one in series-figures.csv that a report states, or take it out there"
    faults = [
        Fault(series.source.file, series.source.line, "id", f"no report states its member {figure!r}", remedy)
        for series in lines
        for figure in series.members
        if figure not in members
    ]
    if faults:
        raise TableError(faults)


def quantity(reading: Reading) -> Quantity:
    """A reading as a quantity that can be compared; its text says so where its grade is D."""
    doubtful = " (grade D)" if reading.grade == "D" else ""
    return Quantity(reading.value, reading.interval, reading.pinned, grouped(reading.value) + doubtful)
