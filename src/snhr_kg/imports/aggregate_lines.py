"""A sum of incidents as an observation of the cube."""

from __future__ import annotations

from functools import cache
from typing import Final

from snhr_kg import names
from snhr_kg.imports.aggregate_sums import Deed, Sum
from snhr_kg.imports.aggregate_when import period
from snhr_kg.imports.layout import Target
from snhr_kg.imports.lines import about, integer, iri, typed

_OF_INCIDENTS: Final = "sum-of-incidents"
_OF_SUMS: Final = "sum-of-aggregates"
_FIXED: Final = (("qualifier", "computed"), ("basis", "documented"), ("unit", "persons"), ("place-role", "happened-in"))
_PROPERTY_OF_LIST: Final = {"place-role": "placeRole"}
_TRUE: Final = typed("true", "boolean")


class AggregateLines:
    """Writes sums into a graph."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._fixed = "".join(
            [
                target.write.line(f"snhr:{_PROPERTY_OF_LIST.get(scheme, scheme)}", iri(names.code(scheme, notation)))
                for scheme, notation in _FIXED
            ]
        )
        self._head = {kind: target.observation(kind) for kind in ("aggregates", "aggregate-ranges")}
        # The same deeds, places and periods are those of many sums.
        self._deed = cache(self._of_deed)
        self._place = cache(lambda place: target.write.line("snhr:place", iri(place.iri)))
        self._period = cache(self._of_period)

    def lines(self, total: Sum) -> str:
        """Everything about a sum but the incidents it is derived from."""
        kind = "aggregates" if total.counted.value else "aggregate-ranges"
        write = self._target.write
        sources = "".join([write.line("prov:wasDerivedFrom", part) for part in total.parts])
        coded = "".join([write.line("snhr:asCoded", iri(code)) for code in sorted(total.as_coded)])
        rule = write.line("snhr:derivedBy", iri(names.rule(_OF_SUMS if total.parts else _OF_INCIDENTS)))
        key = total.key
        deed, named, named_ar = self._deed(key.deed)
        in_period, when, when_ar = self._period(key.period)
        labels = write.labels(
            f"{named}, {key.place.english}, {when} (summed up)",
            f"{named_ar}، {key.place.arabic}، {when_ar} (مجموع محسوب)",
        )
        text = self._head[kind] + deed + self._place(key.place) + in_period + self._fixed + rule + self._numbers(total)
        return about(total.term, text + coded + sources + labels)

    def _of_deed(self, deed: Deed) -> tuple[str, str, str]:
        """The lines of five dimensions, and what they are called in English and in Arabic."""
        told = () if deed.weapon.local == "all" else (deed.weapon,)
        values = (deed.indicator, deed.victims, deed.perpetrator, deed.violation, *told)
        lines = self._target.write.lines(
            ("snhr:indicator", iri(deed.indicator.iri)),
            ("snhr:violationType", iri(deed.violation.iri)),
            ("snhr:perpetrator", iri(deed.perpetrator.iri)),
            ("snhr:victimGroup", iri(deed.victims.iri)),
            ("snhr:weapon", iri(deed.weapon.iri)),
        )
        return lines, ", ".join([value.english for value in values]), "، ".join([value.arabic for value in values])

    def _of_period(self, identifier: str) -> tuple[str, str, str]:
        """The line of the period, and what it is called in English and in Arabic."""
        when = period(identifier)
        return self._target.periods.line(when), when.label_en, when.label_ar

    def _numbers(self, total: Sum) -> str:
        pairs = [("snhr:incidents", integer(total.incidents))]
        if total.counted.value:
            pairs.append(("snhr:value", integer(total.value)))
        if total.counted.bounds:
            pairs += [
                ("snhr:lowerBound", integer(total.lower)),
                ("snhr:lowerBoundIncluded", _TRUE),
                ("snhr:upperBound", integer(total.upper)),
                ("snhr:upperBoundIncluded", _TRUE),
            ]
        if total.counted.civilians:
            pairs.append(("snhr:civilianDeaths", integer(total.civilians)))
        return self._target.write.lines(*pairs)
