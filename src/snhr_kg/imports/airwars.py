"""The layout ``airwars``: incidents of alleged civilian harm as Airwars assesses them, which its users bring.

Airwars gives a lowest and a highest number and none between: these are the bounds, and there is no value. Several
alleged belligerents in one cell are one code of Airwars' own, never split. How sure Airwars is stands on each incident
and keeps sums apart, as the kind of harm; an incident with only one of the two numbers, or none, is in no sum. Names of
places are kept as Airwars writes them; none of its columns is a governorate.

Source: the columns and values of Airwars' incidents as they were read in a public copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final

from snhr_kg.imports.aggregate import Act, Aggregates
from snhr_kg.imports.aggregate_sums import Counted, Deed
from snhr_kg.imports.aggregate_when import days
from snhr_kg.imports.cells import Memo, Refused, optional, optional_whole, text
from snhr_kg.imports.coding import Coded, SourceCode
from snhr_kg.imports.incidents_lines import IncidentLines, count_template
from snhr_kg.imports.incidents_seen import Seen
from snhr_kg.imports.layout import RowToLines, Target
from snhr_kg.imports.lines import iri
from snhr_kg.imports.table import Column, Positions

OWNER: Final = "airwars"
_READ: Final = (
    *("alleged_belligerent", "strike_type", "assessment", "location", "incident_date"),
    *("incident_code", "civilian_deaths_min", "civilian_deaths_max"),
)
_BOUNDS: Final = ("civilian_deaths_min", "civilian_deaths_max")
_COUNTRY: Final = SourceCode(OWNER, "country", "Syria", "Syria, governorate not told")


class Airwars:
    """Incidents of Airwars."""

    kind = OWNER
    columns: Sequence[Column] = tuple(map(Column, ("country", *_READ)))
    version_column = None
    data_sets: Sequence[str] = ("aggregate-ranges",)

    def begin(self, target: Target) -> AirwarsConversion:
        """An import into this graph."""
        return AirwarsConversion(target)


class AirwarsConversion:
    """The import of one copy of the incidents."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._sums = Aggregates(target)
        self._seen = Seen()
        self._where = target.coder.code("place", _COUNTRY, may_map=False)
        self._acts: dict[tuple[str, str, str, bool], Act] = {}
        self._location = Memo(self._told_location)
        self._when = days(target.write, "incident_date", "incident_date")
        self._bounds = {
            (True, True): count_template(target, "snhr:lowerBound", "snhr:upperBound"),
            (True, False): count_template(target, "snhr:lowerBound"),
            (False, True): count_template(target, "snhr:upperBound"),
            (False, False): "",
        }

    def rows(self, at: Positions, file: str) -> RowToLines:
        """The function that the rows of a file go through."""
        read, country_at = itemgetter(*(at[name] for name in _READ)), at["country"]
        lines = IncidentLines(self._target, file).lines

        def convert(cells: list[str], number: int) -> str | None:
            if cells[country_at].strip() != "Syria":
                return None
            belligerents, strike, assessment, location, day, identifier, *bounds = read(cells)
            found = [optional_whole(cell, column) for cell, column in zip(bounds, _BOUNDS, strict=True)]
            low, high = found
            act = self._act(belligerents, strike, assessment, None not in found)
            when, identifier = self._when[day], text(identifier, "incident_code")
            place = self._where.lines + self._location[location]
            if self._seen.again(identifier):
                raise Refused("incident_code", identifier, "is that of a row before", "keep one row for each incident")
            if low is not None and high is not None and low > high:
                self._target.faults.warn("civilian_deaths_max", str(high), "is below the least", "it is kept as it is")
            total = self._sums.sum_of(self._where, when.month, act)
            total.add(0, low or 0, high or 0, 0)
            numbers = self._bounds[low is not None, high is not None] % tuple(n for n in found if n is not None)
            return lines(number, identifier, total, when.lines, act.lines, place, numbers)

        return convert

    def finish(self) -> Iterator[str]:
        """The sums."""
        return self._sums.lines()

    def _act(self, belligerents: str, strike: str, assessment: str, both: bool) -> Act:
        key = belligerents, strike, assessment, both
        act = self._acts.get(key)
        if act is None:
            act = self._acts[key] = self._made_act(*key)
        return act

    def _made_act(self, belligerents: str, strike: str, assessment: str, both: bool) -> Act:
        coder, sums, write = self._target.coder, self._sums, self._target.write
        grade = text(assessment, "assessment")
        harm = coder.code("violation_type", SourceCode(OWNER, "harm", grade, f"Civilian harm, assessed as {grade}"))
        graded = SourceCode(OWNER, "assessment", grade, grade)
        coder.mention(graded)
        parties = text(belligerents, "alleged_belligerent")
        party = coder.code("perpetrator", SourceCode(OWNER, "belligerent", parties))
        means = self._means(strike)
        base = sums.deed(sums.value(harm, "violation_type"), sums.value(party, "perpetrator"))
        weapon = sums.value(means, "weapon") if means else base.weapon
        deed = Deed(base.indicator, base.violation, base.perpetrator, base.victims, weapon)
        coded = tuple(code for code in (harm, party, means) if code)
        lines = "".join([code.lines for code in coded]) + write.line("snhr:assessment", iri(graded.iri))
        return Act(deed, Counted(value=False, bounds=True) if both else None, coded, lines)

    def _means(self, strike: str) -> Coded | None:
        """What was used, in Airwars' own words; None where it says nothing."""
        name = optional(strike, "strike_type")
        return self._target.coder.code("weapon", SourceCode(OWNER, "strike-type", name)) if name else None

    def _told_location(self, cell: str) -> str:
        name = optional(cell, "location")
        return self._target.coder.mention(SourceCode(OWNER, "location", name)) if name else ""
