"""Figures as records with the fields that ``/api/figures`` gives, made from the graphs held in memory."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final, TypeAlias

from snhr_kg import names
from snhr_kg.questions.figures import CODED
from snhr_kg.questions.rows import Value
from snhr_kg.records import PROPERTY_OF
from snhr_kg.site.rows import Row, Table
from snhr_kg.site.visit import Visit

Record: TypeAlias = dict[str, Value | list[str]]

_TEXTS: Final = {"caveat": "snhr:caveat", "coding_note": "snhr:codingNote", "printed": "snhr:printed"}
_NUMBERS: Final = {"value": "snhr:value", "lower": "snhr:lowerBound", "upper": "snhr:upperBound"}
_TRUTHS: Final = {"lower_included": "snhr:lowerBoundIncluded", "upper_included": "snhr:upperBoundIncluded"}


def record(visit: Visit, table: Table, row: Row, computed_totals: bool) -> Record:
    """The fields of a figure; of the totals that it is part of, those that rules computed only if they are wanted."""
    holding = visit.holding
    totals = (iri for iri in row.totals if computed_totals or not table.rows[iri].computed)
    return {
        "id": _local(row.iri),
        "iri": row.iri,
        "report": _local(holding.value(row.iri, "snhr:inReport") or ""),
        "derived": row.computed,
        "label": row.labels["en"],
        "label_ar": row.labels["ar"],
        **{name: _number(holding.value(row.iri, predicate)) for name, predicate in _NUMBERS.items()},
        **{name: _truth(holding.value(row.iri, predicate)) for name, predicate in _TRUTHS.items()},
        **{name: names.notation(holding.value(row.iri, f"snhr:{PROPERTY_OF.get(name, name)}") or "") for name in CODED},
        "part_of": [_local(iri) for iri in sorted(totals)],
        **{name: _english(visit, row.iri, predicate) for name, predicate in _TEXTS.items()},
    }


def records(visit: Visit, table: Table, rows: Iterable[Row], derived: str) -> list[Record]:
    """The records of figures, in their order; `derived` as the parameter of that name."""
    return [record(visit, table, row, derived != "false") for row in rows]


def _local(iri: str) -> str:
    return iri.rpartition("/")[2]


def _number(lexical: str | None) -> int | Decimal | None:
    if lexical is None:
        return None
    return Decimal(lexical) if "." in lexical else int(lexical)


def _truth(lexical: str | None) -> bool | None:
    return None if lexical is None else lexical == "true"


def _english(visit: Visit, iri: str, predicate: str) -> str | None:
    text = visit.holding.text(iri, predicate, "en")
    return text.words if text else None
