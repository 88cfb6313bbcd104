"""The columns of the table of observations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from snhr_kg.exports.tidy_columns import CODE_TABLES, Column, Sheet
from snhr_kg.records import DIMENSIONS

KINDS: Final = ("stated", "derived", "external", "aggregate")
"""Kinds of observation: stated by a report of SNHR; computed from these; published elsewhere; summed from incidents."""

_NATURES: Final = ("flow", "stock")
_KIND_WORDS: Final = (
    "stated = a report of SNHR; derived = this project, by a rule; external = another publisher",
    "aggregate = this project, adding up another publisher's incidents",
)
_COUNTS_ONCE: Final = (
    "Whether it may be added to other rows that say true here and agree in source, indicator, violation_type, "
    "victim_group, weapon, unit and basis (stocks: in the period too)"
)
_DIMENSION_WORDS: Final = {
    "indicator": "What is counted",
    "violation_type": "Kind of violation",
    "perpetrator": "Party held responsible",
    "victim_group": "Group of victims",
    "weapon": "Weapon",
    "place": "Place",
    "period": "Period",
}


def _coded(name: str, table: str, words: str, *, required: bool = False) -> Iterator[Column]:
    yield Column(name, f"{words}: code", required=required, table=table)
    yield Column(f"{name}_en", f"{words}: label in English")
    yield Column(f"{name}_ar", f"{words}: label in Arabic")


def _counted_columns() -> Iterator[Column]:
    """Which observation a row is, what it counts, and how many."""
    yield Column("id", "What names this row for good", required=True)
    yield Column("kind", "Who says so: " + "; ".join(_KIND_WORDS), required=True, allowed=KINDS)
    yield Column("label_en", "What is counted, in English")
    yield Column("label_ar", "What is counted, in Arabic")
    for name in DIMENSIONS:
        words = _DIMENSION_WORDS[name]
        yield from _coded(name, CODE_TABLES[name.replace("_", "-")], words, required=True)
    yield Column("period_begin", "First day of the period; empty where it is open or not stated", "date")
    yield Column("period_end", "Last day of the period, included; empty where it is open or not stated", "date")
    yield Column("temporal_nature", "flow: counted over the period; stock: counted at its end", allowed=_NATURES)
    yield Column("value", "The number; empty for orders of magnitude, which have bounds alone", "number")
    yield from _coded("qualifier", "qualifiers", "What the source says of the number")
    yield Column("lower_bound", "The least that value and qualifier allow; empty where nothing bounds it", "number")
    yield Column("lower_bound_included", "Whether the lower bound itself is allowed", "boolean")
    yield Column("upper_bound", "The most that value and qualifier allow; empty where nothing bounds it", "number")
    yield Column("upper_bound_included", "Whether the upper bound itself is allowed", "boolean")
    yield from _coded("unit", "units", "What is counted in")
    yield Column("basis", "Documented one by one, or estimated: code", table="bases")
    yield Column("place_role", "What the place is to the count: code", table="place-roles")
    yield Column("printed", "The number as the report prints it")
    yield Column("share_of", "For a share: the observation (or what else) it is a share of")


def _source_columns() -> Iterator[Column]:
    """What a row is a part of, and where it is from."""
    yield Column("counts_once", _COUNTS_ONCE, "boolean", required=True)
    yield Column("part_of", "Rows of this table that this one is a part of", many=True, table="observations")
    yield Column("citation_key", "Its source, and how to cite it", required=True, table="sources")
    yield Column("source", "Title of the source, in English")
    yield Column("publisher", "Who published it")
    yield Column("grade", "How well the value is known: A best, D least; only for series", table="grades")
    yield Column("as_coded", "The source's own codes that stand behind the codes of this row", many=True)
    yield Column("place_pcode", "P-code of the place (OCHA), where linked", many=True)
    yield Column("place_iso3166", "ISO 3166 code of the place, where linked", many=True)
    yield Column("place_geonames", "GeoNames id of the place, where linked", many=True)
    yield Column("section", "Number of the report's section that states it")
    yield Column("section_title", "Title of that section")
    yield Column("position_start", "Where it begins in the report's text, in code points from 0", "integer")
    yield Column("position_end", "Where it ends, the first code point after it", "integer")
    yield Column("derived_by", "The rule that computed it")
    yield Column("formula", "The arithmetic, written out")
    yield Column("derived_from", "For derived rows: the observations it was computed from", many=True)
    yield Column("incidents", "For aggregates: how many incidents were added up", "integer")
    yield Column("source_row", "File and row of the source it was read from", many=True)
    yield Column("caveat", "What to mind when using it, in English")


OBSERVATIONS: Final = Sheet("observations", "One row an observation", (*_counted_columns(), *_source_columns()), "id")
