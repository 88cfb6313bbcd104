"""The layout ``unhcr-population``: people of Syria displaced abroad and inside, as UNHCR counts them.

One row a year and country of asylum, one column a population. Each column is an indicator of its own: a number of
people on 31 December is no count of all who ever fled. Returns are counted over the year. Cells of 0 are counted and
make no figure. What UNHCR calls a country is not its ISO code, so places go by the ISO code beside it.

Source: the reference of the R package `refugees` (population: "data on displacement at the end of the year"; flows:
returned refugees are those who returned within the year).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from snhr_kg.imports.cells import Refused, optional_whole, text, year
from snhr_kg.imports.coding import Coded, SourceCode
from snhr_kg.imports.layout import RowToLines, Target
from snhr_kg.imports.lines import about
from snhr_kg.imports.population import ORIGIN, Measure, label_lines, number_lines, shared_lines
from snhr_kg.imports.population_sums import CountrySums
from snhr_kg.imports.table import Column, Positions

_MEASURES: Final = (
    Measure("refugees", "Refugees", "اللاجئون"),
    Measure("asylum_seekers", "Asylum-seekers", "طالبو اللجوء"),
    Measure("returned_refugees", "Returned refugees", "اللاجئون العائدون", displaced=False, flow=True),
    Measure("idps", "Internally displaced persons", "النازحون داخلياً", place_role="displaced-from"),
    Measure(
        "returned_idps",
        "Returned internally displaced persons",
        "النازحون العائدون",
        place_role="happened-in",
        displaced=False,
        flow=True,
    ),
    Measure("stateless", "Stateless persons", "عديمو الجنسية", displaced=False),
    Measure("ooc", "Others of concern to UNHCR", "آخرون تُعنى بهم المفوضية", displaced=False),
    Measure("oip", "Other people in need of international protection", "أشخاص آخرون بحاجة إلى حماية دولية"),
    Measure("hst", "Host community", "المجتمع المضيف", displaced=False),
)
_ALWAYS: Final = ("refugees", "asylum_seekers", "idps")
"""Columns that every version has; the table of flows, which has the first two, is another dataset."""

_YEAR, _ORIGIN, _COUNTRY, _NAME = "year", "coo_iso", "coa_iso", "coa_name"


class UnhcrPopulation:
    """UNHCR's population table as its R package and its interface for programs give it."""

    kind = "unhcr-population"
    columns: Sequence[Column] = (
        Column(_YEAR),
        Column(_ORIGIN),
        Column(_COUNTRY),
        Column(_NAME),
        *(Column(measure.column, optional=measure.column not in _ALWAYS) for measure in _MEASURES),
    )
    version_column = None
    data_sets: Sequence[str] = ("counts", "aggregates")

    def begin(self, target: Target) -> UnhcrConversion:
        """An import into this graph."""
        return UnhcrConversion(target)


class UnhcrConversion:
    """The rows of one version."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._indicators = {
            measure.column: target.coder.code("indicator", measure.source_code("unhcr", "population"))
            for measure in _MEASURES
        }
        self._shared = {
            measure.column: shared_lines(target, measure, self._indicators[measure.column]) for measure in _MEASURES
        }
        self._sums = CountrySums(target)
        self._seen: set[tuple[str, str]] = set()

    def rows(self, at: Positions, file: str) -> RowToLines:
        """The function for the rows of a file."""
        before, after = self._target.from_row(file)
        measures = [(measure, at[measure.column]) for measure in _MEASURES if measure.column in at]

        def convert(cells: list[str], number: int) -> str | None:
            if cells[at[_ORIGIN]].strip() != ORIGIN:
                return None
            in_year = year(cells[at[_YEAR]], _YEAR)
            country = text(cells[at[_COUNTRY]], _COUNTRY)
            name = text(cells[at[_NAME]], _NAME)
            values = [(measure, optional_whole(cells[place], measure.column)) for measure, place in measures]
            self._see(country, in_year)
            self._target.tally.cells_zero += sum(value == 0 for _, value in values)
            place = self._target.coder.code("place", SourceCode("iso", "3166-1", country, name))
            row = f"{before}{number}{after}"
            return "".join([self._figure(measure, in_year, place, value, row) for measure, value in values if value])

        return convert

    def finish(self) -> Iterator[str]:
        """The sums over countries."""
        return self._sums.lines(self._indicators)

    def _see(self, country: str, in_year: str) -> None:
        if (country, in_year) in self._seen:
            remedy = "keep one row for each country of asylum and year"
            raise Refused(_COUNTRY, country, "has a row of the same year already", remedy)
        self._seen.add((country, in_year))

    def _figure(self, measure: Measure, in_year: str, place: Coded, value: int, row: str) -> str:
        target, country = self._target, place.foreign.notation
        subject = target.inside("figure", f"{measure.column}-{country}-{in_year}")
        self._indicators[measure.column].uses += 1
        place.uses += 1
        target.tally.figures += 1
        self._sums.add(measure, in_year, country, value, subject)
        return about(
            subject,
            self._shared[measure.column]
            + place.lines
            + number_lines(target, measure, in_year, value)
            + label_lines(target, measure, in_year, place.foreign.label, target.arabic(place, "place"), "UNHCR")
            + row,
        )
