"""The data dictionary that goes with exported tables, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from snhr_kg.exports.citations_formats import to_text
from snhr_kg.exports.tidy import Table, Tidy
from snhr_kg.exports.tidy_columns import Column

_OPENING: Final = """What these tables hold is said by the sources that each row names, and by nobody else. An empty
cell is not known or does not apply; the codes `_T` (all), `_U` (not stated), `_X` (not attributed) and `_Z` (does not
apply) are answers. Text is UTF-8.

## Before you add up

Figures overlap: a total stands beside its parts, women are among civilians, one version of a dataset repeats another.

1. Stay within one source (`citation_key`; rows with `kind` = derived go with the report they were computed from), one
   `indicator`, `violation_type`, `victim_group`, `weapon`, `unit` and `basis`. A stock (`temporal_nature`) is never
   added over time.
2. There, add rows with `counts_once` = true.
3. After a filter of your own (one party, one place), leave out each row whose `part_of` names a row that you kept.

Bounds count: "at least 50" is not 50. `lower_bound` and `upper_bound` say what value and qualifier allow; where one is
empty, nothing bounds it.

## Citing

`citation_key` names the source of a row in `citations.bib`, `citations.csl.json` and the table of sources. Cite that
source and this dataset:
"""


def dictionary(tidy: Tidy, ending: str) -> str:
    """The README of an export whose tables are files with this ending."""
    return "\n".join(_lines(tidy, ending)) + "\n"


def _lines(tidy: Tidy, ending: str) -> Iterator[str]:
    ours = tidy.references[:1]
    yield f"# {ours[0].title if ours else 'Tables of a graph'}"
    yield ""
    yield _OPENING
    yield from (f"> {to_text(reference)}" for reference in ours)
    yield ""
    yield "## Data dictionary"
    for table in tidy.tables:
        yield from _described(table, ending)


def _described(table: Table, ending: str) -> Iterator[str]:
    yield ""
    yield f"### {table.sheet.name}.{ending}"
    yield ""
    yield f"{table.sheet.title}. {len(table.rows):,} rows."
    yield ""
    yield "| column | type | meaning |"
    yield "| --- | --- | --- |"
    for column in table.sheet.columns:
        yield f"| {column.name} | {_type(column, ending)} | {_meaning(column)} |"


def _type(column: Column, ending: str) -> str:
    if not column.many:
        return column.type
    return "list" if ending == "parquet" else "several, a vertical bar between"


def _meaning(column: Column) -> str:
    meaning = column.description.replace("|", "\\|")
    return f"{meaning} → {column.table}" if column.table else meaning
