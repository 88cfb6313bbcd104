"""Observations, and what belongs to them, as rows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from snhr_kg import names
from snhr_kg.exports.tidy_codes import Cell, Codes, Record
from snhr_kg.exports.tidy_graph import citation_key, instances, local_id
from snhr_kg.records import DIMENSIONS, PROPERTY_OF
from snhr_kg.store import Store

KIND_OF: Final = {
    "snhr:Figure": "stated",
    "snhr:DerivedFigure": "derived",
    "snhr:ExternalFigure": "external",
    "snhr:ExternalAggregate": "aggregate",
}
"""The kind that each class of observation is."""

_NUMBERS: Final = {"value": "value", "lower_bound": "lowerBound", "upper_bound": "upperBound"}
_TEXTS: Final = {"printed": "snhr:printed", "formula": "snhr:formula"}


def number(text: str) -> int | float | None:
    """A number from its lexical form: an int where it is whole, None for an empty text.

    >>> number("50.0"), number("91.36"), number("")
    (50, 91.36, None)
    """
    if not text:
        return None
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)


def truth(text: str) -> bool | None:
    """A truth value from its lexical form; None for an empty text."""
    return text in ("true", "1") if text else None


class Observations:
    """All observations of a graph, or only one, with where they are stated."""

    def __init__(self, store: Store, codes: Codes, only: str = "") -> None:
        self.codes = codes
        self.kinds = {only: kind_of(store)[only]} if only else kind_of(store)
        self.said = instances(store, *KIND_OF, only=only)
        self._mentions = instances(store, "snhr:Mention", only=self.said.text(only, "snhr:principalMention"))
        self._sections = instances(store, "snhr:Section")
        self._targets = instances(store, "oa:SpecificResource")
        self._selectors = instances(store, "oa:TextPositionSelector", "oa:TextQuoteSelector")
        self._readings = instances(store, "snhr:Reading")
        self._pages = instances(store, "snhr:Publication")

    def source(self, iri: str) -> str:
        """The IRI of what publishes an observation: the report, or the dataset elsewhere."""
        return self.said.text(iri, "snhr:fromDataset") or self.said.text(iri, "snhr:inReport")

    def row(self, iri: str) -> Record:
        """The columns of one observation that it alone tells; those of sources and parts are added elsewhere."""
        said, codes = self.said, self.codes
        row: Record = {"id": local_id(iri), "kind": self.kinds[iri]}
        row |= {f"label_{language}": said.label(iri, language) or None for language in ("en", "ar")}
        for name in DIMENSIONS:
            row |= self._coded(name, said.text(iri, f"snhr:{PROPERTY_OF[name]}"))
        row |= dict(zip(("period_begin", "period_end"), codes.span(said.text(iri, "snhr:period")), strict=True))
        row["temporal_nature"] = self.nature(iri) or None
        row |= {name: number(said.text(iri, f"snhr:{local}")) for name, local in _NUMBERS.items()}
        row |= {
            f"{side}_bound_included": truth(said.text(iri, f"snhr:{side}BoundIncluded")) for side in ("lower", "upper")
        }
        row |= self._coded("qualifier", said.text(iri, "snhr:qualifier"))
        row |= self._coded("unit", said.text(iri, "snhr:unit"))
        row |= {
            name: codes.code(said.text(iri, f"snhr:{local}"))
            for name, local in (("basis", "basis"), ("place_role", "placeRole"), ("grade", "grade"))
        }
        row |= {name: said.text(iri, predicate) or None for name, predicate in _TEXTS.items()}
        return row | self._place(iri) | self._origin(iri)

    def _coded(self, name: str, iri: str) -> Record:
        labels = {f"{name}_{language}": self.codes.label(iri, language) for language in ("en", "ar")}
        return {name: self.codes.code(iri), **labels}

    def nature(self, iri: str) -> str:
        """``flow``, ``stock`` or, where the indicator's code does not say, an empty text."""
        indicator = self.said.text(iri, "snhr:indicator")
        nature = self.codes.said(indicator).text(indicator, "snhr:temporalNature")
        return (self.said.text(iri, "snhr:temporalNature") or nature).rpartition("/")[2]

    def _place(self, iri: str) -> Record:
        place = self.said.text(iri, "snhr:place")
        return {f"place_{kind}": list(self.codes.identifiers(place, kind)) for kind in ("pcode", "iso3166", "geonames")}

    def _origin(self, iri: str) -> Record:
        said = self.said
        whole = said.text(iri, "snhr:shareOf")
        row: Record = {
            "share_of": self.codes.code(whole) if whole in self.codes else local_id(whole) or None,
            "as_coded": sorted(filter(None, map(self.codes.code, said.texts(iri, "snhr:asCoded")))),
            "derived_by": local_id(said.text(iri, "snhr:derivedBy")) or None,
            "incidents": number(said.text(iri, "snhr:incidents")),
            "caveat": said.label(iri, "en", "snhr:caveat") or None,
        }
        inputs = said.texts(iri, "prov:wasDerivedFrom")
        row["source_row"] = [local_id(name) for name in inputs if "#row=" in name]
        row["derived_from"] = [local_id(name) for name in inputs if name in self.kinds]
        return row | self._position(said.text(iri, "snhr:principalMention"))

    def _position(self, mention: str) -> Record:
        """Section and position of a mention; nothing where there is none."""
        if not mention:
            return {}
        section = self._mentions.text(mention, "snhr:inSection")
        row: Record = {
            "section": self._number(section),
            "section_title": self._sections.label(section, "en", "dcterms:title") or None,
        }
        target = self._mentions.text(mention, "oa:hasTarget")
        for selector in self._targets.texts(target, "oa:hasSelector"):
            start, end = (number(self._selectors.text(selector, f"oa:{side}")) for side in ("start", "end"))
            if start is not None:
                row |= {"position_start": start, "position_end": end}
            elif quote := self._selectors.text(selector, "oa:exact"):
                row["quote"] = quote
        return row

    def _number(self, section: str) -> Cell:
        """The number of a section, or that of the one that holds it."""
        while section:
            if found := self._sections.text(section, "snhr:sectionNumber"):
                return found
            section = self._sections.text(section, "snhr:partOfSection")
        return None

    def mentions(self) -> Iterator[Record]:
        """One row a mention, ordered by its id."""
        for iri in self._mentions:
            said = self._mentions
            figure = said.text(iri, "snhr:mentionOf")
            if figure in self.kinds:
                yield {
                    "id": local_id(iri),
                    "observation": local_id(figure),
                    "text_part": said.text(iri, "snhr:textPart").rpartition("/")[2] or None,
                    "printed": said.text(iri, "snhr:printed") or None,
                    "value": number(said.text(iri, "snhr:value")),
                    "qualifier": self.codes.code(said.text(iri, "snhr:qualifier")),
                    **self._position(iri),
                }

    def readings(self) -> Iterator[Record]:
        """One row a reading of a series' value, ordered by its id."""
        said = self._readings
        for iri in said:
            pages = said.texts(iri, "dcterms:source")
            yield {
                "id": local_id(iri),
                "observation": local_id(said.text(iri, "snhr:readingOf")),
                "value": number(said.text(iri, "snhr:value")),
                "qualifier": self.codes.code(said.text(iri, "snhr:qualifier")),
                "grade": self.codes.code(said.text(iri, "snhr:grade")),
                "pages": [citation_key(page) for page in pages],
                "addresses": [self._pages.text(page, "dcterms:source") or page for page in pages],
            }

    def read_at(self, iri: str) -> list[str]:
        """The addresses of the pages that the value of an observation was read on."""
        readings = (row for row in self.readings() if row["observation"] == local_id(iri))
        return sorted({str(address) for row in readings for address in _listed(row["addresses"])})


def _listed(cell: Cell) -> list[str]:
    return cell if isinstance(cell, list) else []


def kind_of(store: Store) -> dict[str, str]:
    """The kind of each observation by its IRI."""
    kinds: dict[str, str] = {}
    for name, kind in KIND_OF.items():
        pattern = f"?s a <{names.full(name)}>"
        for wrapped in (pattern, f"GRAPH ?g {{ {pattern} }}"):
            kinds |= {str(row[0]): kind for row in store.query(f"SELECT DISTINCT ?s {{ {wrapped} }}").rows()}
    return kinds
