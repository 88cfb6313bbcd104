"""The stated figures as one flat CSV table with labels and IRIs, and its CSVW description."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from snhr_kg.names import PREFIXES, term
from snhr_kg.records import DIMENSIONS, PROPERTY_OF

TABLE = "figures.csv"
METADATA = "figures.csv-metadata.json"

_RDFS, _SKOS, _XSD = PREFIXES["rdfs"], PREFIXES["skos"], PREFIXES["xsd"]
_TYPE, _FIGURE = PREFIXES["rdf"] + "type", term("Figure")
_LITERALS = {
    "value": ("value", "decimal", "Value"),
    "lower_bound": ("lowerBound", "decimal", "Lower bound; empty where unbounded"),
    "lower_bound_included": ("lowerBoundIncluded", "boolean", "Whether the lower bound is included"),
    "upper_bound": ("upperBound", "decimal", "Upper bound; empty where unbounded"),
    "upper_bound_included": ("upperBoundIncluded", "boolean", "Whether the upper bound is included"),
    "printed": ("printed", "string", "The number as printed"),
    "rounding_unit": ("roundingUnit", "decimal", "Rounding unit that the print shows"),
}
_CODES = {"qualifier": "qualifier", "basis": "basis", "unit": "unit", "place_role": "placeRole"}
_LINKS = {
    "share_of": (term("shareOf"), "The figure or denominator that a share is a share of"),
    "data_set": (PREFIXES["qb"] + "dataSet", "Data set of the cube"),
    "report": (term("inReport"), "Report that states the figure"),
}
_PERIOD = {"period_begin": ("begin", "First moment included"), "period_end": ("end", "First moment excluded")}


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    title: str
    property: str
    datatype: str
    language: str = ""
    about: str = "iri"
    is_link: bool = False


def figure_table(triples: Iterable[ox.Triple]) -> str:
    """One row a stated figure, ordered by IRI: UTF-8 CSV with a header, commas and line feeds; empty where absent."""
    figures, values = _read(triples)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(column.name for column in _COLUMNS)
    writer.writerows(_row(iri, values) for iri in sorted(figures))
    return buffer.getvalue()


def figure_metadata() -> str:
    """The CSVW description of `figure_table`.

    Source: Metadata Vocabulary for Tabular Data (W3C Recommendation, 17 December 2015).
    """
    document = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": TABLE,
        "dc:title": "Figures that the report states, according to SNHR",
        "dc:license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
        "dc:source": "Syrian Network for Human Rights",
        "tableSchema": {
            "columns": [_described(column) for column in _COLUMNS],
            "primaryKey": "iri",
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _columns() -> Iterator[_Column]:
    label = _RDFS + "label"
    yield _Column("iri", "Figure", "", "anyURI")
    yield _Column("label_en", "Label", label, "string", "en")
    yield _Column("label_ar", "Label in Arabic", label, "string", "ar")
    for name in DIMENSIONS:
        yield from _coded(name, term(PROPERTY_OF[name]))
    for name, (local, title) in _PERIOD.items():
        yield _Column(name, title, term(local), "string", about="period")
    for name, (local, datatype, title) in _LITERALS.items():
        yield _Column(name, title, term(local), datatype)
    for name, local in _CODES.items():
        yield from _coded(name, term(local))
    for name, (iri, title) in _LINKS.items():
        yield _Column(name, title, iri, "anyURI", is_link=True)


def _coded(name: str, iri: str) -> Iterator[_Column]:
    words = name.replace("_", " ").capitalize()
    yield _Column(name, words, iri, "anyURI", is_link=True)
    yield _Column(f"{name}_en", f"{words}, label", _SKOS + "prefLabel", "string", "en", about=name)
    yield _Column(f"{name}_ar", f"{words}, label in Arabic", _SKOS + "prefLabel", "string", "ar", about=name)


_COLUMNS = tuple(_columns())


def _described(column: _Column) -> dict[str, Any]:
    shown: dict[str, Any] = {"name": column.name, "titles": column.name, "dc:description": column.title}
    shown["datatype"] = column.datatype
    if column.name == "iri":
        return {**shown, "required": True, "suppressOutput": True}
    shown |= {"aboutUrl": f"{{+{column.about}}}", "propertyUrl": column.property}
    if column.is_link:
        shown["valueUrl"] = f"{{+{column.name}}}"
    if column.language:
        shown["lang"] = column.language
    if column.name in _PERIOD:
        # Years, months and days stand in one column, and a CSVW column has one datatype: the graph alone says which.
        shown["suppressOutput"] = True
    return shown


_Values = Mapping[tuple[str, str, str], str]
"""What is written for a resource, a property and, where a column has one, a language."""


def _read(triples: Iterable[ox.Triple]) -> tuple[set[str], _Values]:
    shown = {column.property for column in _COLUMNS}
    figures: set[str] = set()
    values: dict[tuple[str, str, str], str] = {}
    for subject, predicate, value in triples:
        if predicate.value in shown:
            language = value.language or "" if isinstance(value, ox.Literal) else ""
            values.setdefault((subject.value, predicate.value, language), value.value)
        elif predicate.value == _TYPE and value.value == _FIGURE:
            figures.add(subject.value)
    return figures, values


def _row(iri: str, values: _Values) -> list[str]:
    written = {"iri": iri}
    for column in _COLUMNS[1:]:
        written[column.name] = values.get((written[column.about], column.property, column.language), "")
    return list(written.values())
