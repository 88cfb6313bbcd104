"""The layout ``idmc-displacement``: internally displaced persons in Syria at the end of each year, as IDMC counts them.

It is read as UNHCR publishes it with its own statistics. The number is a stock; what was newly displaced in a year is
in another column of IDMC's own file and is not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from snhr_kg.imports.cells import Refused, optional_whole, text, year
from snhr_kg.imports.coding import SourceCode
from snhr_kg.imports.layout import RowToLines, Target
from snhr_kg.imports.lines import about
from snhr_kg.imports.population import ORIGIN, Measure, label_lines, number_lines, shared_lines
from snhr_kg.imports.table import Column, Positions

_TOTAL: Final = Measure("total", "Internally displaced persons", "النازحون داخلياً", place_role="displaced-from")
_YEAR, _ORIGIN, _NAME = "year", "coo_iso", "coo_name"


class IdmcDisplacement:
    """IDMC's yearly stock of internally displaced persons, by its own column names or by UNHCR's."""

    kind = "idmc-displacement"
    columns: Sequence[Column] = (
        Column(_YEAR),
        Column(_ORIGIN, ("iso3",)),
        Column(_NAME, ("country_name",)),
        Column(_TOTAL.column, ("conflict_total_displacement",)),
    )
    version_column = None
    data_sets: Sequence[str] = ("counts",)

    def begin(self, target: Target) -> IdmcConversion:
        """An import into this graph."""
        return IdmcConversion(target)


class IdmcConversion:
    """The rows of one version."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._indicator = target.coder.code("indicator", _TOTAL.source_code("idmc", "displacement"))
        self._shared = shared_lines(target, _TOTAL, self._indicator)
        self._seen: set[str] = set()

    def rows(self, at: Positions, file: str) -> RowToLines:
        """The function for the rows of a file."""
        before, after = self._target.from_row(file)

        def convert(cells: list[str], number: int) -> str | None:
            if cells[at[_ORIGIN]].strip() != ORIGIN:
                return None
            in_year = year(cells[at[_YEAR]], _YEAR)
            name = text(cells[at[_NAME]], at.called(_NAME))
            value = optional_whole(cells[at[_TOTAL.column]], at.called(_TOTAL.column))
            if in_year in self._seen:
                raise Refused(_YEAR, in_year, "has a row already", "keep one row for each year")
            self._seen.add(in_year)
            self._target.tally.cells_zero += value == 0
            return self._figure(in_year, name, value, f"{before}{number}{after}") if value else ""

        return convert

    def finish(self) -> Iterator[str]:
        """Nothing: there is one figure a year."""
        return iter(())

    def _figure(self, in_year: str, name: str, value: int, row: str) -> str:
        target = self._target
        place = target.coder.code("place", SourceCode("iso", "3166-1", ORIGIN, name))
        place.uses += 1
        self._indicator.uses += 1
        target.tally.figures += 1
        return about(
            target.inside("figure", f"{_TOTAL.column}-{in_year}"),
            self._shared
            + place.lines
            + number_lines(target, _TOTAL, in_year, value)
            + label_lines(target, _TOTAL, in_year, "Syria", target.arabic(place, "place"), "IDMC")
            + row,
        )
