"""The layout ``ucdp-onesided``: civilians killed by an actor in a year, of UCDP's One-sided Violence Dataset.

The headers of all versions are read: CamelCase (1.4-2016), `gwno_loc` (18.1) and the names since 19.1. Rows whose
location codes do not hold 652, Syria's number in the list of Gleditsch and Ward, are not of Syria. A row with several
codes gives one figure for all its countries: its place is a code of its own, never Syria. Actor ids of 1.4-2016 are of
another list (there 652 is the government of Syria), so they are codes of that list.

Source: the description of the files in the collection that they were copied from, and the files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from snhr_kg.imports.cells import Refused, text, whole, year
from snhr_kg.imports.coding import Coded, SourceCode
from snhr_kg.imports.layout import RowToLines, Target
from snhr_kg.imports.lines import about
from snhr_kg.imports.periods import one
from snhr_kg.imports.quantities import attributes, quantity
from snhr_kg.imports.table import Column, Positions
from snhr_kg.imports.ucdp_sums import Killed, sums

SYRIA: Final = "652"
_OLD_ACTOR_LIST: Final = {"1.4-2016": "actor-1.4-2016"}
"""The list of actor ids that a version uses, where it is not the list of UCDP's actors."""

_ID, _NAME, _YEAR, _COUNTRIES, _PLACES = "actor_id", "actor_name", "year", "location", "gwno_location"
_BEST, _LOW, _HIGH = "best_fatality_estimate", "low_fatality_estimate", "high_fatality_estimate"


class UcdpOnesided:
    """UCDP One-sided Violence, any version, the whole file or an extract."""

    kind = "ucdp-onesided"
    columns: Sequence[Column] = (
        Column(_ID, ("ActorId",)),
        Column(_NAME, ("ActorName",)),
        Column(_YEAR, ("Year",)),
        Column(_BEST, ("BestFatalityEstimate",)),
        Column(_LOW, ("LowFatalityEstimate",)),
        Column(_HIGH, ("HighFatalityEstimate",)),
        Column(_COUNTRIES, ("Location",)),
        Column(_PLACES, ("gwno_loc", "GWNOLocation")),
        Column("version", ("Version",)),
    )
    version_column = "version"
    data_sets: Sequence[str] = ("counts", "aggregates")

    def begin(self, target: Target) -> UcdpConversion:
        """An import into this graph."""
        return UcdpConversion(target)


class UcdpConversion:
    """The rows of one version."""

    def __init__(self, target: Target) -> None:
        self._target = target
        coder = target.coder
        self._deed = coder.code("violation_type", SourceCode("ucdp", "type-of-violence", "3", "One-sided violence"))
        self._shared = (
            target.observation("counts")
            + coder.ours("indicator", "deaths")
            + coder.ours("victim_group", "civilians")
            + coder.ours("weapon", "_T")
            + attributes(target.write, "best-estimate", "documented", "happened-in")
            + self._deed.lines
        )
        self._actor_list = _OLD_ACTOR_LIST.get(target.version, "actor")
        self._figures: list[Killed] = []
        self._seen: set[tuple[str, str]] = set()
        self._in_cube: dict[tuple[str, str, str], str] = {}
        self._last_year = ""

    def rows(self, at: Positions, file: str) -> RowToLines:
        """The function for the rows of a file."""
        before, after = self._target.from_row(file)

        def convert(cells: list[str], number: int) -> str | None:
            numbers = _country_numbers(cells[at[_PLACES]], at.called(_PLACES))
            in_year = year(cells[at[_YEAR]], at.called(_YEAR))
            killed = self._killed(cells, at, in_year, numbers) if SYRIA in numbers else None
            self._last_year = max(self._last_year, in_year)
            return about(killed.subject, f"{self._lines(killed)}{before}{number}{after}") if killed else None

        return convert

    def finish(self) -> Iterator[str]:
        """The sums over years."""
        return sums(self._target, self._figures, self._last_year, self._deed)

    def _killed(self, cells: list[str], at: Positions, in_year: str, numbers: tuple[str, ...]) -> Killed:
        """A row as a figure; everything is checked before anything is remembered."""
        actor_id = str(whole(cells[at[_ID]], at.called(_ID)))
        source = SourceCode("ucdp", self._actor_list, actor_id, text(cells[at[_NAME]], at.called(_NAME)))
        best, low, high = (whole(cells[at[column]], at.called(column)) for column in (_BEST, _LOW, _HIGH))
        countries = text(cells[at[_COUNTRIES]], at.called(_COUNTRIES))
        if (actor_id, in_year) in self._seen:
            remedy = "keep one row for each actor and year"
            raise Refused(at.called(_ID), actor_id, "has a row of the same year already", remedy)
        self._seen.add((actor_id, in_year))
        place = self._place(numbers, countries)
        actor = self._actor(source, place, in_year)
        for code in (actor, place, self._deed):
            code.uses += 1
        self._warn(cells, at, (best, low, high))
        subject = self._target.inside("figure", f"{actor_id}-{in_year}")
        killed = Killed(subject, actor, place, in_year, (best, low, high), countries, len(numbers) == 1)
        self._figures.append(killed)
        self._target.tally.figures += 1
        return killed

    def _place(self, numbers: tuple[str, ...], countries: str) -> Coded:
        if len(numbers) == 1:
            return self._target.coder.code("place", SourceCode("ucdp", "country", SYRIA, countries))
        return self._target.coder.code("place", SourceCode("ucdp", "countries", ", ".join(numbers), countries))

    def _actor(self, source: SourceCode, place: Coded, in_year: str) -> Coded:
        """The actor's code; its own where our code has a figure of the same place and year from another actor."""
        coded = self._target.coder.code("perpetrator", source)
        holder = self._in_cube.setdefault((coded.value, place.value, in_year), source.notation)
        return coded if holder == source.notation else self._target.coder.code("perpetrator", source, may_map=False)

    def _lines(self, killed: Killed) -> str:
        write = self._target.write
        where = killed.countries if killed.alone else f"{killed.countries} together"
        where_ar = self._target.arabic(killed.place, "place") if killed.alone else f"{killed.countries} معاً"
        name_ar = self._target.arabic(killed.actor, "perpetrator")
        return (
            self._shared
            + killed.actor.lines
            + killed.place.lines
            + self._target.periods.line(one(killed.year))
            + quantity(write, *killed.estimates)
            + write.labels(
                f"Civilians killed by {killed.actor.foreign.label} in {killed.year} ({where}), "
                f"UCDP {self._target.version}",
                f"المدنيون الذين قتلهم الطرف: {name_ar}، في {killed.year} ({where_ar})، UCDP {self._target.version}",
            )
        )

    def _warn(self, cells: list[str], at: Positions, estimates: tuple[int, int, int]) -> None:
        best, low, high = estimates
        for broken, column, problem in (
            (low > best, _LOW, "is above the best estimate"),
            (high < best, _HIGH, "is below the best estimate"),
        ):
            if broken:
                remedy = "nothing to do here: the estimates are kept as published"
                self._target.faults.warn(at.called(column), cells[at[column]], problem, remedy)


def _country_numbers(cell: str, column: str) -> tuple[str, ...]:
    """The countries of a row, by their numbers in order."""
    numbers = {str(whole(part, column)) for part in text(cell, column).split(",")}
    return tuple(sorted(numbers, key=int))
