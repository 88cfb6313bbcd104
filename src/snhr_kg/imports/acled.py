"""The layout ``acled``: events of the Armed Conflict Location & Event Data Project (ACLED), which its users bring.

The header of 31 columns (since March 2023) and the older one are read by the columns' names. ACLED's order of actors
implies no direction, so actor1 is held responsible only where the kind of event has one: violence against civilians,
and explosions or remote violence that `civilian_targeting` marks (a column that older files lack); and never where
actor1 is itself civilians. Fatalities are one number without bounds, of everybody killed. Only where civilians were
targeted are they summed up as deaths of civilians; events such as battles are kept and in no sum.

Source: ACLED's own descriptions of its columns (package acledR; Guide to 2023 ACLED column changes).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final

from snhr_kg.imports.acled_dates import iso_day
from snhr_kg.imports.aggregate import Act, Aggregates
from snhr_kg.imports.aggregate_sums import Counted
from snhr_kg.imports.aggregate_when import days
from snhr_kg.imports.cells import Memo, Refused, optional, text, whole
from snhr_kg.imports.coding import Coded, SourceCode
from snhr_kg.imports.incidents_lines import IncidentLines, count_template
from snhr_kg.imports.incidents_seen import Seen
from snhr_kg.imports.layout import RowToLines, Target
from snhr_kg.imports.table import Column, Positions

OWNER: Final = "acled"
_ONE_SIDED: Final = "Violence against civilians"
_REMOTE: Final = "Explosions/Remote violence"
_CIVILIANS: Final = ("7", "Civilians")
"""inter1 of civilians, as a code and, in newer files, as a word."""
_EVENT: Final = ("event_type", "sub_event_type", "actor1", "inter1")
_READ: Final = (*_EVENT, "admin1", "event_date", "time_precision", "event_id_cnty", "fatalities")
_TARGETING: Final = "civilian_targeting"


class Acled:
    """Events of ACLED."""

    kind = OWNER
    columns: Sequence[Column] = (*map(Column, ("country", *_READ)), Column(_TARGETING, optional=True))
    version_column = None
    data_sets: Sequence[str] = ("aggregates",)

    def begin(self, target: Target) -> AcledConversion:
        """An import into this graph."""
        return AcledConversion(target)


class AcledConversion:
    """The import of one download."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._sums = Aggregates(target)
        self._seen = Seen()
        self._acts: dict[tuple[str, ...], Act] = {}
        self._where = Memo(self._governorate)
        self._days = Memo(lambda cell: iso_day(cell, "event_date"))
        self._when = days(target.write, "event_date", "event_date")
        self._precision = Memo(self._told_precision)
        self._fatalities = Memo(lambda cell: whole(cell, "fatalities"))

    def rows(self, at: Positions, file: str) -> RowToLines:
        """The function that the rows of a file go through."""
        read = itemgetter(*(at[name] for name in _READ))
        country_at, targeting_at = at["country"], at.get(_TARGETING)
        lines = IncidentLines(self._target, file).lines
        number_of_dead = count_template(self._target, "snhr:value")

        def convert(cells: list[str], number: int) -> str | None:
            if cells[country_at].strip() != "Syria":
                return None
            *event, admin_1, date_cell, precision, identifier, fatalities = read(cells)
            targeting = "" if targeting_at is None else cells[targeting_at].strip()
            act = self._act((*event, targeting))
            where, when = self._where[admin_1], self._when[self._days[date_cell]]
            dead, more = self._fatalities[fatalities], self._precision[precision]
            identifier = text(identifier, "event_id_cnty")
            if self._seen.again(identifier):
                raise Refused("event_id_cnty", identifier, "is the id of a row before", "keep one row for each event")
            total = self._sums.sum_of(where, when.month, act)
            total.add(dead, 0, 0, 0)
            return lines(number, identifier, total, when.lines, act.lines, where.lines, more, number_of_dead % dead)

        return convert

    def finish(self) -> Iterator[str]:
        """The sums."""
        return self._sums.lines()

    def _act(self, event: tuple[str, ...]) -> Act:
        act = self._acts.get(event)
        if act is None:
            act = self._acts[event] = self._made_act(*event)
        return act

    def _made_act(self, kind: str, sub_kind: str, actor: str, inter: str, targeting: str) -> Act:
        coder, sums = self._target.coder, self._sums
        kind = text(kind, "event_type")
        told = SourceCode(OWNER, "event", f"{kind} > {text(sub_kind, 'sub_event_type')}")
        what = coder.code("violation_type", told)
        targeted = kind == _ONE_SIDED or bool(targeting)
        coded: tuple[Coded, ...] = (what,)
        by, by_line = sums.ours("perpetrator", "_U"), coder.ours("perpetrator", "_U")
        if targeted and kind in (_ONE_SIDED, _REMOTE) and inter.strip() not in _CIVILIANS:
            party = coder.code("perpetrator", SourceCode(OWNER, "actor", text(actor, "actor1")))
            coded, by, by_line = (what, party), sums.value(party, "perpetrator"), party.lines
        deed = sums.deed(sums.value(what, "violation_type"), by)
        return Act(deed, Counted() if targeted else None, coded, what.lines + by_line)

    def _governorate(self, cell: str) -> Coded:
        name = optional(cell, "admin1")
        code = (
            SourceCode(OWNER, "admin1", name) if name else SourceCode(OWNER, "place", "Syria", "Syria, not told where")
        )
        return self._target.coder.code("place", code)

    def _told_precision(self, cell: str) -> str:
        level = str(whole(cell, "time_precision"))
        if level == "1":
            return ""
        return self._target.coder.mention(SourceCode(OWNER, "time-precision", level, f"time_precision {level}"))
