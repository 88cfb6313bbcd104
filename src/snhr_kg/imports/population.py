"""Yearly numbers of displaced people, as UNHCR publishes them by country of asylum: what its layouts have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from snhr_kg import names
from snhr_kg.imports.coding import Coded, SourceCode
from snhr_kg.imports.layout import Target
from snhr_kg.imports.lines import iri
from snhr_kg.imports.periods import Period, end_of_day, one
from snhr_kg.imports.quantities import attributes, quantity

ORIGIN: Final = "SYR"


@dataclass(frozen=True, slots=True)
class Measure:
    """A column that holds numbers of people.

    `flow` says that they are counted over the year, not at its end; `displaced` that they are forcibly displaced;
    `place_role` is what the country of the row is to them.
    """

    column: str
    label_en: str
    label_ar: str
    place_role: str = "hosted-in"
    displaced: bool = True
    flow: bool = False

    def period(self, year: str) -> Period:
        """The year, or its last day."""
        return one(year) if self.flow else end_of_day(f"{year}-12-31")

    def source_code(self, owner: str, code_list: str) -> SourceCode:
        """The column as a code, which says whether it is a stock or a flow, of what, and with which part of places."""
        return SourceCode(
            owner,
            code_list,
            self.column,
            self.label_en,
            (
                ("snhr:unit", iri(names.code("unit", "persons"))),
                ("snhr:temporalNature", iri(names.code("temporal-nature", "flow" if self.flow else "stock"))),
                ("snhr:placeRole", iri(names.code("place-role", self.place_role))),
            ),
            self.label_ar,
        )


def shared_lines(target: Target, measure: Measure, indicator: Coded, kind: str = "counts") -> str:
    """The lines of all figures of a measure: everything but place, period and value.

    No source of these says who displaced anybody.
    """
    coder = target.coder
    return (
        target.observation(kind)
        + indicator.lines
        + coder.ours("violation_type", "forced-displacement" if measure.displaced else "_Z")
        + coder.ours("perpetrator", "_U")
        + coder.ours("victim_group", "individuals")
        + coder.ours("weapon", "_Z")
        + attributes(target.write, "exact" if kind == "counts" else "computed", "_U", measure.place_role)
    )


def number_lines(target: Target, measure: Measure, year: str, value: int) -> str:
    """The lines of a figure's period and value."""
    return target.periods.line(measure.period(year)) + quantity(target.write, value)


def label_lines(target: Target, measure: Measure, year: str, where_en: str, where_ar: str, by: str) -> str:
    """The labels of a figure: what, where, when, according to whom."""
    when_en, when_ar = (f"in {year}", f"في {year}") if measure.flow else (f"end of {year}", f"نهاية {year}")
    return target.write.labels(
        f"{measure.label_en}, {where_en}, {when_en} ({by})", f"{measure.label_ar}، {where_ar}، {when_ar} ({by})"
    )
