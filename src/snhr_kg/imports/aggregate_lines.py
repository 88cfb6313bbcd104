"""A sum of incidents as an observation of the cube."""

from __future__ import annotations

from typing import Final

from snhr_kg import names
from snhr_kg.imports.aggregate_sums import Deed, Sum, SumKey, Value
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

    def lines(self, total: Sum) -> str:
        """Everything about a sum but the incidents it is derived from."""
        kind = "aggregates" if total.counted.value else "aggregate-ranges"
        write = self._target.write
        sources = "".join([write.line("prov:wasDerivedFrom", part) for part in total.parts])
        coded = "".join([write.line("snhr:asCoded", iri(code)) for code in sorted(total.as_coded)])
        rule = write.line("snhr:derivedBy", iri(names.rule(_OF_SUMS if total.parts else _OF_INCIDENTS)))
        text = self._head[kind] + self._dimensions(total.key) + self._fixed + rule + self._numbers(total)
        return about(total.term, text + coded + sources + write.labels(*_labels(total.key)))

    def _dimensions(self, key: SumKey) -> str:
        deed = key.deed
        return self._target.write.lines(
            ("snhr:indicator", iri(deed.indicator.iri)),
            ("snhr:violationType", iri(deed.violation.iri)),
            ("snhr:perpetrator", iri(deed.perpetrator.iri)),
            ("snhr:victimGroup", iri(deed.victims.iri)),
            ("snhr:weapon", iri(deed.weapon.iri)),
            ("snhr:place", iri(key.place.iri)),
        ) + self._target.periods.line(period(key.period))

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


def _labels(key: SumKey) -> tuple[str, str]:
    deed, when = key.deed, period(key.period)
    values = (deed.indicator, deed.victims, deed.perpetrator, deed.violation, *_told(deed), key.place)
    english = ", ".join([value.english for value in values])
    arabic = "، ".join([value.arabic for value in values])
    return f"{english}, {when.label_en} (summed up)", f"{arabic}، {when.label_ar} (مجموع محسوب)"


def _told(deed: Deed) -> tuple[Value, ...]:
    return () if deed.weapon.local == "all" else (deed.weapon,)
