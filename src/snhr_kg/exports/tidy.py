"""The graph as plain tables: one row an observation, and what explains it; for people who do not speak RDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from snhr_kg.exports.citations import DATASET, Reference, references
from snhr_kg.exports.tidy_codes import Codes, Record
from snhr_kg.exports.tidy_columns import (
    CODE_TABLES,
    COMPARISONS,
    MAPPINGS,
    MENTIONS,
    PARTS,
    READINGS,
    SOURCES,
    Sheet,
    code_sheet,
)
from snhr_kg.exports.tidy_graph import citation_key, local_id
from snhr_kg.exports.tidy_links import comparison_rows, mapping_rows
from snhr_kg.exports.tidy_observation import OBSERVATIONS
from snhr_kg.exports.tidy_parts import counted_once, parts
from snhr_kg.exports.tidy_rows import Observations
from snhr_kg.store import Store

_Cited = Mapping[str, Reference]
"""References by the IRI of their source."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its rows; a cell is None where it is empty, and a list where its column may hold several."""

    sheet: Sheet
    rows: Sequence[Record]


@dataclass(frozen=True, slots=True)
class Tidy:
    """All tables, in the order to read them, and the sources as they are cited."""

    tables: tuple[Table, ...]
    references: tuple[Reference, ...]


def read_tidy(store: Store) -> Tidy:
    """The tables of a graph, built or loaded; the same rows in the same order for the same graph."""
    codes = Codes(store)
    observations = Observations(store, codes)
    cited = references(store)
    by_iri = {reference.iri: reference for reference in cited}
    keys = {reference.iri: reference.key for reference in cited}
    totals = parts(store, observations)
    tables = [
        Table(OBSERVATIONS, _observation_rows(observations, totals, by_iri)),
        Table(PARTS, _part_rows(totals)),
        Table(MENTIONS, list(observations.mentions())),
        Table(READINGS, list(observations.readings())),
        Table(COMPARISONS, list(comparison_rows(store, codes, observations.kinds, keys))),
        Table(MAPPINGS, list(mapping_rows(store, codes))),
        Table(SOURCES, [reference.row() for reference in cited]),
        *(Table(code_sheet(name), list(codes.rows(name))) for name in CODE_TABLES),
    ]
    return Tidy(tuple(tables), cited)


def _observation_rows(
    observations: Observations, totals: Mapping[str, Mapping[str, str]], cited: _Cited
) -> list[Record]:
    once = counted_once(observations, totals)
    rows = []
    for iri in observations.kinds:
        reference = _cited_for(observations, iri, cited)
        rows.append(
            {
                **observations.row(iri),
                "counts_once": iri in once,
                "part_of": sorted(map(local_id, totals.get(iri, ()))),
                "citation_key": reference.key,
                "source": reference.title,
                "publisher": reference.publisher or None,
            }
        )
    return sorted(rows, key=lambda row: str(row["id"]))


def _cited_for(observations: Observations, iri: str, cited: _Cited) -> Reference:
    """What to cite for an observation: its publisher's work, but this dataset for what this project computed."""
    source = DATASET if observations.kinds[iri] == "derived" else observations.source(iri)
    return (
        cited.get(source)
        or cited.get(observations.source(iri))
        or Reference(citation_key(source), "dataset", source, source)
    )


def _part_rows(totals: Mapping[str, Mapping[str, str]]) -> list[Record]:
    return [
        {"part": local_id(part), "total": local_id(total), "how": totals[part][total]}
        for part in sorted(totals)
        for total in sorted(totals[part])
    ]
