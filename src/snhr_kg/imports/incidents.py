"""The layout ``incidents``: a list of incidents that its user keeps in a spreadsheet.

Columns: date, place, perpetrator, violation; deaths, or low, best and high; and where wanted end_date, victim_group,
weapon, injuries, id, source (a web address, or words) and note. What is empty is not stated. A date may be a day, a
month or a year. Names mean our codes as `incidents_names` says. The version of the dataset names the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from snhr_kg.errors import Fault
from snhr_kg.imports.aggregate import Act, Aggregates
from snhr_kg.imports.aggregate_sums import Counted, Deed
from snhr_kg.imports.aggregate_when import days
from snhr_kg.imports.cells import Refused, optional
from snhr_kg.imports.coding import Coded
from snhr_kg.imports.incidents_cells import first_day, last_day, read_deaths, read_number
from snhr_kg.imports.incidents_lines import IncidentLines
from snhr_kg.imports.incidents_names import OWNER, Names
from snhr_kg.imports.incidents_seen import Seen
from snhr_kg.imports.layout import RowToLines, Target
from snhr_kg.imports.lines import integer, iri, literal
from snhr_kg.imports.table import Column, ImportFault, Positions

_DIMENSIONS: Final = {
    "place": "place",
    "perpetrator": "perpetrator",
    "violation": "violation_type",
    "victim_group": "victim_group",
    "weapon": "weapon",
}
"""Columns of names, and the dimension each is of."""
_NUMBERS: Final = ("deaths", "low", "best", "high", "injuries")
_REQUIRED: Final = ("date", "place", "perpetrator", "violation")
_OPTIONAL: Final = ("end_date", "victim_group", "weapon", *_NUMBERS, "id", "source", "note")
_WEB: Final = ("http://", "https://")


class Incidents:
    """A user's own list."""

    kind = OWNER
    columns: Sequence[Column] = (*map(Column, _REQUIRED), *(Column(name, optional=True) for name in _OPTIONAL))
    version_column = None
    data_sets: Sequence[str] = ("aggregates",)

    def begin(self, target: Target) -> IncidentsConversion:
        """An import into this graph."""
        return IncidentsConversion(target)


class IncidentsConversion:
    """The import of one list."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.sums = Aggregates(target)
        self.seen = Seen()
        self.names = {column: Names(target, dimension, column) for column, dimension in _DIMENSIONS.items()}
        self.when = days(target.write, "date", "end_date")
        self._acts: dict[tuple[object, ...], Act] = {}

    def rows(self, at: Positions, file: str) -> RowToLines:
        """The function that the rows of a file go through."""
        if not {"deaths", "best", "injuries"} & set(at):
            remedy = "give the file a column deaths, or low, best and high"
            raise ImportFault([Fault(file, 1, "deaths", "is missing in the header", remedy)])
        return _Rows(self, at, file).convert

    def finish(self) -> Iterator[str]:
        """The sums."""
        return self.sums.lines()

    def act(self, coded: dict[str, Coded], indicator: str, counted: Counted | None) -> Act:
        """What the incident was; the same object for the same codes and numbers."""
        key = (*coded.values(), indicator, counted)
        act = self._acts.get(key)
        if act is None:
            act = self._acts[key] = self._made_act(coded, indicator, counted)
        return act

    def _made_act(self, coded: dict[str, Coded], indicator: str, counted: Counted | None) -> Act:
        values = {column: self.sums.value(code, _DIMENSIONS[column]) for column, code in coded.items()}
        weapon = values.get("weapon") or self.sums.ours("weapon", "_T")
        group = values.get("victim_group") or self.sums.ours("victim_group", "_U")
        what, by = values["violation"], values["perpetrator"]
        told = tuple(code for column, code in coded.items() if column != "place")
        deed = Deed(self.sums.ours("indicator", indicator), what, by, group, weapon)
        return Act(deed, counted, told, "".join([code.lines for code in told]), first=indicator == "deaths")


class _Rows:
    """The rows of one file."""

    def __init__(self, conversion: IncidentsConversion, at: Positions, file: str) -> None:
        self._all = conversion
        self._at = at
        self._target = conversion.target
        self._lines = IncidentLines(conversion.target, file)

    def convert(self, cells: list[str], number: int) -> str | None:
        """An incident as lines."""
        row = {name: cells[position] for name, position in self._at.items()}
        when = self._all.when[f"{first_day(row['date'], 'date')}\t{_end(row)}"]
        deaths = read_deaths(row)
        injured = read_number(row, "injuries")
        identifier = optional(row.get("id", ""), "id") or f"row-{number}"
        more = self._told(row)
        coded = {column: names.codes[row[column]] for column, names in self._all.names.items() if column in row}
        if self._all.seen.again(identifier):
            raise Refused("id", identifier, "is the id of a row before", "give each incident an id of its own")
        deaths.warn(self._target.faults)
        numbers = deaths.lines(self._target.write)
        where = coded["place"]
        act = self._all.act(coded, "deaths", deaths.counted)
        total = self._all.sums.sum_of(where, when.month, act)
        total.add(deaths.best or 0, deaths.low or 0, deaths.high or 0, 0)
        if injured is None:
            return self._lines.lines(number, identifier, total, when.lines, act.lines, where.lines, more, numbers)
        numbers += self._target.write.line("snhr:injured", integer(injured))
        written = self._lines.lines(number, identifier, total, when.lines, act.lines, where.lines, more, numbers)
        hurt = self._all.sums.sum_of(where, when.month, self._all.act(coded, "injuries", Counted()))
        hurt.add(injured, 0, 0, 0)
        return written + self._lines.link(identifier, hurt)

    def _told(self, row: dict[str, str]) -> str:
        """Where the list has an incident from, and its remark."""
        source, note = optional(row.get("source", ""), "source"), optional(row.get("note", ""), "note")
        lines = self._target.write.line("rdfs:comment", literal(note)) if note else ""
        if source.startswith(_WEB):
            return lines + self._target.write.line("dcterms:source", _address(source))
        return lines + (self._target.write.line("dcterms:bibliographicCitation", literal(source)) if source else "")


def _end(row: dict[str, str]) -> str:
    end = row.get("end_date", "")
    return last_day(end, "end_date") if end.strip() else last_day(row["date"], "date")


def _address(text: str) -> str:
    try:
        # Whoever loads the graph parses it so: one address that is no IRI would keep all of it out.
        return iri(ox.NamedNode(text).value)
    except ValueError as error:
        raise Refused("source", text, "is no web address", "percent-encode what may not stand in one") from error
