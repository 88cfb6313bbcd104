"""The tables for people who do not speak RDF: names, types and meanings of their columns, and how they join."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LIST_SEPARATOR: Final = " | "
"""Stands between the items of a cell that holds several."""

CODE_TABLES: Final = {
    "indicator": "indicators",
    "violation-type": "violation-types",
    "perpetrator": "perpetrators",
    "victim-group": "victim-groups",
    "weapon": "weapons",
    "place": "places",
    "period": "periods",
    "qualifier": "qualifiers",
    "basis": "bases",
    "unit": "units",
    "place-role": "place-roles",
    "grade": "grades",
    "period-relation": "period-relations",
    "comparability": "reasons",
}
"""The table that each code list becomes."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type (string, integer, number, boolean, date), what it says, and what binds it.

    `table` names the table whose key its values are; `many` says that a cell holds several, with `LIST_SEPARATOR`.
    """

    name: str
    description: str
    type: str = "string"
    required: bool = False
    table: str = ""
    allowed: tuple[str, ...] = ()
    many: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, what a row is, its columns, and the column that tells its rows apart (empty: none does)."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: str = ""


PARTS: Final = Sheet(
    "parts",
    "Which observation is a part of which: never add up the two",
    (
        Column("part", "The smaller one", required=True, table="observations"),
        Column("total", "The one that holds it", required=True, table="observations"),
        Column(
            "how",
            "stated = the report says so, or a rule made it; codes = party, place and period lie inside the other's; "
            "possible = nothing says that the two do not overlap",
            required=True,
            allowed=("stated", "codes", "possible"),
        ),
    ),
)
MENTIONS: Final = Sheet(
    "mentions",
    "Every place in a report's text that states a figure",
    (
        Column("id", "What names this mention for good", required=True),
        Column("observation", "The figure it states", required=True, table="observations"),
        Column("text_part", "Body, caption, heading, contents or title"),
        Column("section", "Number of the section"),
        Column("section_title", "Title of the section"),
        Column("position_start", "First code point of the text, from 0", "integer"),
        Column("position_end", "First code point after it", "integer"),
        Column("quote", "The few words that state it"),
        Column("printed", "The number as printed"),
        Column("value", "The number as this place states it", "number"),
        Column("qualifier", "What this place says of the number: code", table="qualifiers"),
    ),
    "id",
)
READINGS: Final = Sheet(
    "readings",
    "Each source that gives a value for an observation of a series; they may differ",
    (
        Column("id", "What names this reading for good", required=True),
        Column("observation", "What it gives a value for", required=True, table="observations"),
        Column("value", "The number that was read", "number"),
        Column("qualifier", "What was said of the number: code", table="qualifiers"),
        Column("grade", "How good the source of this reading is", table="grades"),
        Column("pages", "The pages it was read on", many=True, table="sources"),
        Column("addresses", "Their addresses", many=True),
    ),
    "id",
)
COMPARISONS: Final = Sheet(
    "comparisons",
    "Pairs of observations from two sources that may be set side by side, with the reasons why they may differ",
    (
        Column("id", "What names this comparison for good", required=True),
        Column("topic_en", "Topic, in English"),
        Column("topic_ar", "Topic, in Arabic"),
        Column("label_en", "What is compared, in English"),
        Column("label_ar", "What is compared, in Arabic"),
        Column("left", "First observation", required=True, table="observations"),
        Column("left_value", "Its value", "number"),
        Column("left_qualifier", "What its source says of the number: code", table="qualifiers"),
        Column("left_source", "Its source", table="sources"),
        Column("left_period", "Its period: code", table="periods"),
        Column("right", "Second observation", required=True, table="observations"),
        Column("right_value", "Its value", "number"),
        Column("right_qualifier", "What its source says of the number: code", table="qualifiers"),
        Column("right_source", "Its source", table="sources"),
        Column("right_period", "Its period: code", table="periods"),
        Column("period_relation", "How the first period lies to the second: code", table="period-relations"),
        Column("shared_begin", "First day that both periods hold", "date"),
        Column("shared_end", "Last day that both periods hold, included", "date"),
        Column("difference", "Second value less the first", "number"),
        Column("ratio", "Second value by the first, four places", "number"),
        Column("reasons", "Why the two may differ: codes", many=True, table="reasons"),
        Column("arithmetic", "The arithmetic, written out"),
    ),
    "id",
)
MAPPINGS: Final = Sheet(
    "mappings",
    "Our codes beside those of others, accepted or refused, with justification",
    (
        Column("id", "What names this mapping for good", required=True),
        Column("code_list", "List that our code is in"),
        Column("code", "Our code"),
        Column("label_en", "Its label in English"),
        Column("label_ar", "Its label in Arabic"),
        Column("relation", "exactMatch, closeMatch, broadMatch (the other is broader), narrowMatch or relatedMatch"),
        Column("refused", "true: looked at and found wrong; do not use", "boolean", required=True),
        Column("target", "IRI of the other's code"),
        Column("target_label", "Its label there"),
        Column("justification", "Kind of evidence (SEMAPV)"),
        Column("confidence", "From 0 to 1", "number"),
        Column("mapping_date", "When it was decided", "date"),
        Column("evidence", "Where the evidence is", many=True),
        Column("comment", "What else is to be known"),
    ),
    "id",
)
SOURCES: Final = Sheet(
    "sources",
    "Every source: reports, publications, datasets and their versions, sets of mappings, and this dataset",
    (
        Column("key", "Citation key, the same in citations.bib and citations.csl.json", required=True),
        Column("kind", "report, dataset, publication, page or mappings", required=True),
        Column("title_en", "Title in English, or as published", required=True),
        Column("title_ar", "Title in Arabic"),
        Column("publisher", "Who published it"),
        Column("issued", "When it was published, as far as known"),
        Column("version", "Version"),
        Column("url", "Address"),
        Column("licence", "Address of the licence"),
        Column("rights", "What to name when using it"),
        Column("retrieved", "Day it was retrieved", "date"),
        Column("citation", "How it asks to be cited"),
        Column("rows_read", "Rows of its files that were read", "integer"),
        Column("rows_kept", "Rows that became observations or incidents", "integer"),
        Column("rows_in_error", "Rows that could not be read", "integer"),
        Column("unmapped", "Its codes that no mapping holds, kept as they are", many=True),
        Column("iri", "IRI", required=True),
    ),
    "key",
)

_CODE_COLUMNS: Final = (
    Column("code", "The code", required=True),
    Column("label_en", "Label in English"),
    Column("label_ar", "Label in Arabic"),
    Column("definition_en", "What it means, in English"),
    Column("definition_ar", "What it means, in Arabic"),
    Column("broader", "Codes that are wider, or that it is inside", many=True),
)
_IRI: Final = Column("iri", "IRI", required=True)
_ADDED: Final = {
    "place": (
        Column("pcode", "P-code (OCHA), where linked", many=True),
        Column("iso3166", "ISO 3166 code, where linked", many=True),
        Column("geonames", "GeoNames id, where linked", many=True),
        Column("latitude", "Degrees north, WGS 84", "number"),
        Column("longitude", "Degrees east, WGS 84", "number"),
    ),
    "period": (
        Column("begin", "First day; empty where open or not stated", "date"),
        Column("end", "Last day, included; empty where open or not stated", "date"),
        Column("begin_as_stated", "First year, month or day, as precise as the source is"),
        Column("end_as_stated", "First year, month or day after it, as precise as the source is"),
    ),
}


def code_sheet(code_list: str) -> Sheet:
    """The table of a code list."""
    title = f"Codes of {code_list.replace('-', ' ')}"
    return Sheet(CODE_TABLES[code_list], title, (*_CODE_COLUMNS, *_ADDED.get(code_list, ()), _IRI), "code")
