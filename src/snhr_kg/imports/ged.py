"""The layout ``ged``: single events of organised violence, of UCDP's Georeferenced Event Dataset (GED).

The columns of the global files (49 since version 17.2) and of the release for Syria are read by their names. Rows of
other countries than 652, Syria in the list of Gleditsch and Ward, are not of Syria.

Who killed is known of one-sided violence only (type 3: side A kills civilians). In fighting (types 1 and 2) UCDP says
how many civilians died, not by whose hand, so these deaths have no party. Only deaths of civilians are summed up: the
best, low and high estimates of type 3, whose dead are all counted as civilians, and `deaths_civilians` of types 1 and
2, which has no bounds. With `where_prec` above 4, or without `adm_1`, the governorate is not certain.

Source: Högbladh (2019), UCDP GED Codebook version 19.1, and the README of the release for Syria.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Final

from snhr_kg import names
from snhr_kg.imports.aggregate import Act, Aggregates
from snhr_kg.imports.aggregate_when import days
from snhr_kg.imports.cells import Memo, Refused
from snhr_kg.imports.ged_codes import DEATHS, ONE_SIDED, GedCodes
from snhr_kg.imports.incidents_lines import IncidentLines
from snhr_kg.imports.incidents_seen import Seen
from snhr_kg.imports.layout import RowToLines, Target
from snhr_kg.imports.lines import about, integer, iri
from snhr_kg.imports.table import Column, Positions

SYRIA: Final = "652"
_PARTY: Final = ("type_of_violence", "side_a_new_id", "side_a")
_READ: Final = (*_PARTY, "adm_1", "where_prec", "date_start", "date_end", "date_prec", "id", *DEATHS)
_MARKED: Final = "source_names_snhr"
_SOURCES: Final = ("source_office", "source_original", "source_article")


class Ged:
    """Events of UCDP GED."""

    kind = "ged"
    columns: Sequence[Column] = (
        *(Column(name) for name in ("country_id", *_READ)),
        *(Column(name, optional=True) for name in (_MARKED, *_SOURCES)),
    )
    version_column = None
    data_sets: Sequence[str] = ("aggregates",)

    def begin(self, target: Target) -> GedConversion:
        """An import into this graph."""
        return GedConversion(target)


class GedConversion:
    """The import of one release."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.sums = Aggregates(target)
        self.seen = Seen()
        self.naming_snhr = 0
        codes = GedCodes(target, self.sums)
        self.act_of = codes.act
        self.where = Memo(lambda cells: codes.where(*cells.rsplit("\t", 1)))
        self.precision = Memo(codes.precision_of_date)
        self.when = days(target.write, "date_start", "date_end")
        self.deaths = Memo(codes.deaths)

    def rows(self, at: Positions, file: str) -> RowToLines:
        """The function that the rows of a file go through."""
        return _Rows(self, at, file).convert

    def finish(self) -> Iterator[str]:
        """The sums, and how many events are not independent of the report."""
        yield from self.sums.lines()
        if self.naming_snhr:
            line = self.target.write.line("snhr:incidentsNamingReporter", integer(self.naming_snhr))
            yield about(iri(self.target.dataset), line)


class _Rows:
    """The rows of one file."""

    def __init__(self, conversion: GedConversion, at: Positions, file: str) -> None:
        self._all = conversion
        self._country_at = at["country_id"]
        self._read = itemgetter(*(at[name] for name in _READ))
        self._names_snhr = _names_snhr(at)
        self._act: dict[tuple[str, str, str], Act] = {}
        self._where, self._when, self._precision = conversion.where, conversion.when, conversion.precision
        self._deaths = conversion.deaths
        self._sum_of, self._again = conversion.sums.sum_of, conversion.seen.again
        self._lines = IncidentLines(conversion.target, file).lines
        self._influenced = conversion.target.write.line("prov:wasInfluencedBy", iri(names.agent("snhr")))

    def convert(self, cells: list[str], number: int) -> str | None:
        """An event of Syria as lines."""
        if cells[self._country_at].strip() != SYRIA:
            return None
        kind, side_id, side, adm_1, place, start, end, exact, identifier, low, best, high, civilians = self._read(cells)
        act = self._act_of(kind, side_id, side)
        where = self._where[f"{adm_1}\t{place}"]
        when = self._when[f"{start}\t{end}"]
        deaths = self._deaths[f"{low}\t{best}\t{high}\t{civilians}"]
        more = self._precision[exact]
        if self._again(identifier):
            raise Refused("id", identifier, "is the id of a row before", "keep one row for each event")
        for odd in deaths.odd:
            self._all.target.faults.warn(*odd, "nothing to do: it is kept as its source has it")
        if self._names_snhr(cells):
            self._all.naming_snhr += 1
            more += self._influenced
        total = self._sum_of(where.coded, when.month, act)
        total.add(*(deaths.of_all if kind == ONE_SIDED else deaths.of_civilians))
        return self._lines(number, identifier, total, when.lines, act.lines, where.lines, more, deaths.lines)

    def _act_of(self, kind: str, side_id: str, side: str) -> Act:
        """The same object for the same type and, where it is one-sided, the same party."""
        key = (kind, side_id, side) if kind == ONE_SIDED else (kind, "", "")
        act = self._act.get(key)
        if act is None:
            act = self._act[key] = self._all.act_of(kind, side_id, side)
        return act


def _names_snhr(at: Positions) -> Callable[[list[str]], bool]:
    """Whether a row names SNHR as a source: by the column that says so, else by its own columns of sources."""
    marked = at.get(_MARKED)
    if marked is not None:
        return lambda cells: cells[marked].strip().casefold() == "true"
    sources = [at[name] for name in _SOURCES if name in at]

    def named(cells: list[str]) -> bool:
        told = "\n".join([cells[source] for source in sources])
        return "SNHR" in told or "Syrian Network for Human Rights" in told

    return named
