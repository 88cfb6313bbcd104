"""Adds the deaths of incidents up: by governorate and month while rows go by, and from there for the country.

What is kept in memory is one sum for each place, month and act that occurs together, whatever the number of rows. Each
incident's sum is known by name when its row goes by; the sums above name those below that they were made of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from snhr_kg import names
from snhr_kg.imports import aggregate_when
from snhr_kg.imports.aggregate_lines import AggregateLines
from snhr_kg.imports.aggregate_sums import Counted, Deed, Sum, SumKey, Value
from snhr_kg.imports.coding import Coded
from snhr_kg.imports.layout import Target
from snhr_kg.imports.lines import about, integer, iri, term
from snhr_kg.records import SCHEME_OF

_COUNTRY: Final = "syria"
_ALL: Final = "_T"
_NOT_STATED: Final = "_U"
_GOVERNORATE: Final = "-governorate"


@dataclass(frozen=True, eq=False, slots=True)
class Act:
    """What rows that differ only in place, time and number have in common; compared as an object, for speed.

    `counted` is None where the source does not tell how many of the dead were civilians: such rows are in no sum.
    `coded` are the codes of the source that it is made of, `lines` what its incidents say of it. `first` is false where
    the same incidents are in another sum with another of their numbers.
    """

    deed: Deed
    counted: Counted | None
    coded: tuple[Coded, ...]
    lines: str
    first: bool = True


class Aggregates:
    """The sums of an import: `sum_of` gives a row its sum, `lines` all of them at the end."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._sums: dict[tuple[Coded, str, Act], Sum] = {}
        self._places: dict[Coded, Value] = {}
        self._derived = f" {term('prov:wasDerivedFrom')} "

    def value(self, coded: Coded, dimension: str) -> Value:
        """A code that a row has, as the value of a dimension."""
        return self.ours(dimension, coded.ours) if coded.ours else Value.of_foreign(coded.foreign)

    def ours(self, dimension: str, notation: str) -> Value:
        """A code of ours as the value of a dimension.

        Raises:
            KeyError: our list has no such code.
        """
        return Value.of_ours(self._target.codes.scheme(SCHEME_OF[dimension])[notation])

    def deed(self, violation: Value, perpetrator: Value, victims: str = "civilians", indicator: str = "deaths") -> Deed:
        """What an incident was where its weapon is not broken down; `victims` and `indicator` are notations of ours."""
        group = self.ours("victim_group", victims)
        return Deed(self.ours("indicator", indicator), violation, perpetrator, group, self.ours("weapon", _ALL))

    def sum_of(self, where: Coded, month: str, act: Act) -> Sum:
        """The sum that an incident of this place, month and act is in."""
        found = self._sums.get((where, month, act))
        return self._first(where, month, act) if found is None else found

    def lines(self) -> Iterator[str]:
        """Every sum, each with the period and the sums that it was made of; tells the codes how many rows had them."""
        left_out = 0
        summed: dict[SumKey, Sum] = {}
        for (where, _, act), total in self._sums.items():
            if act.first:
                self._tell_of(total.incidents, (where, *act.coded))
            if act.counted is None:
                left_out += total.incidents
            else:
                summed.setdefault(total.key, Sum(total.key, act.counted, total.term)).take(total)
        write = AggregateLines(self._target)
        for total in self._with_those_above(list(summed.values())):
            self._target.tally.aggregates += 1
            yield write.lines(total)
        if left_out:
            count = self._target.write.line("snhr:incidentsNotAggregated", integer(left_out))
            yield about(iri(self._target.dataset), count)

    def _tell_of(self, incidents: int, codes: Iterable[Coded]) -> None:
        self._target.tally.incidents += incidents
        for coded in codes:
            coded.uses += incidents

    def _first(self, where: Coded, month: str, act: Act) -> Sum:
        place = self._places.get(where)
        if place is None:
            place = self._places[where] = self._place(where)
        total = self._sum(SumKey(place, month, act.deed), act.counted or Counted())
        if act.counted:
            total.link = f"{total.term}{self._derived}"
        total.as_coded.update(
            coded.foreign.iri for coded in (where, *act.coded) if coded.ours and coded.foreign.notation
        )
        self._sums[where, month, act] = total
        return total

    def _place(self, where: Coded) -> Value:
        """The governorate of a place in one; not stated for the country, whose sums of months would else be wrong."""
        if where.ours is None:
            return self.value(where, "place")
        codes, notation = self._target.codes, where.ours
        around = (other for other in codes.scheme("place") if other.endswith(_GOVERNORATE))
        found = next((other for other in around if codes.is_inside("place", notation, other)), notation)
        return self.ours("place", _NOT_STATED if found == _COUNTRY else found)

    def _sum(self, key: SumKey, counted: Counted) -> Sum:
        target = self._target
        return Sum(key, counted, iri(names.in_external(target.source, target.version, "aggregate", key.local)))

    def _with_those_above(self, base: list[Sum]) -> list[Sum]:
        """And the country by year and for the whole time, by deed, and with parties and violations taken together."""
        if not base:
            return []
        country, everyone = self.ours("place", _COUNTRY), self.ours("perpetrator", _ALL)
        any_violation = {"violation": self.ours("violation_type", _ALL), "weapon": self.ours("weapon", _ALL)}
        whole = aggregate_when.whole([total.key.period for total in base])
        years = self._raised(base, lambda key: SumKey(country, aggregate_when.year_of(key.period), key.deed))
        if len({(total.key.deed.violation, total.key.deed.weapon) for total in base}) > 1:
            years += self._raised(years, lambda key: replace(key, deed=replace(key.deed, **any_violation)))
        years += self._raised(years, lambda key: replace(key, deed=replace(key.deed, perpetrator=everyone)))
        return base + years + self._raised(years, lambda key: replace(key, period=whole))

    def _raised(self, below: Iterable[Sum], raised: Callable[[SumKey], SumKey]) -> list[Sum]:
        """The sums of those below that have the same key when it is raised."""
        made: dict[SumKey, Sum] = {}
        for part in below:
            key = raised(part.key)
            total = made.get(key)
            if total is None:
                total = made[key] = self._sum(key, part.counted)
            total.take(part)
            total.parts.append(part.term)
        return list(made.values())
