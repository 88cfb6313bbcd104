"""Sums over countries of UNHCR's yearly numbers: refugees, refugees with asylum-seekers, internally displaced persons.

Refugees and asylum-seekers are summed over all countries but Syria itself.

Source of the rule: `ontology/rules.ttl`, sum-over-countries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from snhr_kg import names
from snhr_kg.imports.coding import Coded
from snhr_kg.imports.layout import Target
from snhr_kg.imports.lines import about, iri
from snhr_kg.imports.population import ORIGIN, Measure, label_lines, number_lines, shared_lines

_ABROAD: Final = (
    Measure("refugees", "Refugees", "اللاجئون"),
    Measure("refugees+asylum_seekers", "Refugees and asylum-seekers", "اللاجئون وطالبو اللجوء"),
)
_INSIDE: Final = Measure("idps", "Internally displaced persons", "النازحون داخلياً", place_role="displaced-from")


class CountrySums:
    """Adds up while rows go by; holds one figure's IRI for each that is summed."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._parts: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)

    def add(self, measure: Measure, year: str, country: str, value: int, subject: str) -> None:
        """A figure, by its term, that a sum may be made of."""
        if (country == ORIGIN) == (measure.column == _INSIDE.column):
            self._parts[measure.column, year].append((value, subject))

    def lines(self, indicators: Mapping[str, Coded]) -> Iterator[str]:
        """The sums of each year, by measure; `indicators` are the codes of columns."""
        coder = self._target.coder
        years = sorted({year for _, year in self._parts})
        for measure in (*_ABROAD, _INSIDE):
            indicator = indicators.get(measure.column) or coder.code(
                "indicator", measure.source_code("unhcr", "population")
            )
            shared = self._shared(measure, indicator)
            for year in years:
                parts = [part for column in measure.column.split("+") for part in self._parts[column, year]]
                if parts:
                    indicator.uses += 1
                    yield self._sum(measure, year, parts, shared)

    def _shared(self, measure: Measure, indicator: Coded) -> str:
        place = "syria" if measure is _INSIDE else "outside-syria"
        return (
            shared_lines(self._target, measure, indicator, "aggregates")
            + self._target.coder.ours("place", place)
            + self._target.write.line("snhr:derivedBy", iri(names.rule("sum-over-countries")))
        )

    def _sum(self, measure: Measure, year: str, parts: list[tuple[int, str]], shared: str) -> str:
        write = self._target.write
        where = ("Syria", "سوريا") if measure is _INSIDE else ("all countries together", "جميع الدول معاً")
        self._target.tally.aggregates += 1
        return about(
            self._target.inside("aggregate", f"{measure.column}-{year}"),
            shared
            + number_lines(self._target, measure, year, sum(value for value, _ in parts))
            + "".join([write.line("prov:wasDerivedFrom", subject) for _, subject in parts])
            + label_lines(self._target, measure, year, *where, "UNHCR"),
        )
