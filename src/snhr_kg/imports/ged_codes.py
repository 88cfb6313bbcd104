"""What the codes of a GED row mean: who did what, and where, each worked out once for the same cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from snhr_kg.imports.aggregate import Act, Aggregates
from snhr_kg.imports.aggregate_sums import Counted
from snhr_kg.imports.cells import Refused, optional, text, whole
from snhr_kg.imports.coding import Coded, SourceCode
from snhr_kg.imports.incidents_lines import count_template
from snhr_kg.imports.layout import Target

OWNER: Final = "ucdp"
ONE_SIDED: Final = "3"
DEATHS: Final = ("low", "best", "high", "deaths_civilians")
_PROPERTIES: Final = ("snhr:value", "snhr:lowerBound", "snhr:upperBound", "snhr:civilianDeaths")
_TYPES: Final = {"1": "State-based violence", "2": "Non-state violence", ONE_SIDED: "One-sided violence"}
_LEAST_CERTAIN: Final = 4
"""Of where_prec: the place is known to lie in the governorate."""
_NOT_CERTAIN: Final = SourceCode(OWNER, "ged-place", "governorate-not-certain", "Syria, governorate not certain")


@dataclass(frozen=True, slots=True)
class Where:
    """Where an incident was: the code it is summed up by, and the lines that say it."""

    coded: Coded
    lines: str


@dataclass(frozen=True, slots=True)
class Deaths:
    """The numbers of an event: `lines` give them all, and as its sum takes them: value, low, high, civilians.

    `odd` are the columns whose bound is on the wrong side, what they hold and what is wrong.
    """

    lines: str
    of_civilians: tuple[int, int, int, int]
    of_all: tuple[int, int, int, int]
    odd: tuple[tuple[str, str, str], ...]


class GedCodes:
    """Reads codes out of cells; their results are remembered by whoever asks."""

    def __init__(self, target: Target, sums: Aggregates) -> None:
        self._coder = target.coder
        self._sums = sums
        self._numbers = count_template(target, *_PROPERTIES)

    def act(self, kind: str, side_id: str, side: str) -> Act:
        """Who did what: a party only where violence was one-sided; refused where the type or the party is missing."""
        if kind not in _TYPES:
            raise Refused("type_of_violence", kind, "is no type of violence", "write 1, 2 or 3")
        sums, coder = self._sums, self._coder
        deed = coder.code("violation_type", SourceCode(OWNER, "type-of-violence", kind, _TYPES[kind]))
        coded: tuple[Coded, ...] = (deed,)
        by, by_line = sums.ours("perpetrator", "_U"), coder.ours("perpetrator", "_U")
        if kind == ONE_SIDED:
            party = SourceCode(OWNER, "actor", text(side_id, "side_a_new_id"), text(side, "side_a"))
            actor = coder.code("perpetrator", party)
            coded = (deed, actor)
            by, by_line = sums.value(actor, "perpetrator"), actor.lines
        counted = Counted(bounds=kind == ONE_SIDED, civilians=True)
        return Act(sums.deed(sums.value(deed, "violation_type"), by), counted, coded, deed.lines + by_line)

    def where(self, adm_1: str, precision: str) -> Where:
        """The governorate, or that it is not certain; refused where the precision is no number."""
        level = whole(precision, "where_prec")
        name = optional(adm_1, "adm_1")
        governorate = SourceCode(OWNER, "adm-1", name)
        if name and level <= _LEAST_CERTAIN:
            coded = self._coder.code("place", governorate)
            return Where(coded, coded.lines)
        coded = self._coder.code("place", _NOT_CERTAIN, may_map=False)
        told = [governorate] if name else []
        if level > _LEAST_CERTAIN:
            told.append(SourceCode(OWNER, "where-prec", str(level), f"where_prec {level}"))
        return Where(coded, coded.lines + "".join([self._coder.mention(code) for code in told]))

    def precision_of_date(self, cell: str) -> str:
        """The line that says how well the date is known; none for an exact day."""
        level = str(whole(cell, "date_prec"))
        if level == "1":
            return ""
        return self._coder.mention(SourceCode(OWNER, "date-prec", level, f"date_prec {level}"))

    def deaths(self, cells: str) -> Deaths:
        """The numbers of the columns `DEATHS`, with tabs between; refused where one is no whole number."""
        low, best, high, civilians = map(whole, cells.split("\t"), DEATHS)
        odd = [("low", str(low), "is above best")] if low > best else []
        odd += [("high", str(high), "is below best")] if high < best else []
        lines = self._numbers % (best, low, high, civilians)
        return Deaths(lines, (civilians, 0, 0, civilians), (best, low, high, civilians), tuple(odd))
