"""Codes with their labels, places with the identifiers of others, periods with their days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Final

from snhr_kg import names
from snhr_kg.dates import first_day_if_any
from snhr_kg.exports.tidy_columns import CODE_TABLES
from snhr_kg.exports.tidy_graph import Things, plain_code, read_things
from snhr_kg.mappings.foreign import foreign_code
from snhr_kg.store import Store

Cell = str | int | float | bool | date | list[str] | None
Record = dict[str, Cell]
"""A row by its columns' names; None for an empty cell."""

_WIDER: Final = ("skos:broader", "snhr:within", "snhr:insidePlace")
_SAME: Final = ("skos:exactMatch", "skos:closeMatch")
_IDENTIFIERS: Final = {
    "pcode": {("ocha", "p-code")},
    "iso3166": {("iso", "3166-1"), ("iso", "3166-2")},
    "geonames": {("geonames", "feature")},
}
"""Owners and lists of the identifiers that a place may have, by column."""
_IN_SCHEME: Final = names.full("skos:inScheme")
_POINT: Final = re.compile(r"POINT\s*\(\s*(-?[\d.]+) (-?[\d.]+)\s*\)")


class Codes:
    """The codes of the lists that tables use, ours and those of others that observations have as values."""

    def __init__(self, store: Store) -> None:
        self._lists = {name: read_things(store, f"<{_IN_SCHEME}> <{names.scheme(name)}>") for name in CODE_TABLES}
        self._list_of = {iri: name for name, things in self._lists.items() for iri in things}
        self._points = read_things(store, f"<{names.full('geo:asWKT')}> ?point")
        # Each code stands in many rows.
        self.wider = cache(self._wider)
        self.code = cache(self._code)
        self.label = cache(self._label)
        self.span = cache(self._span)
        self.identifiers = cache(self._identifiers)

    def __contains__(self, iri: object) -> bool:
        return iri in self._list_of

    def list_of(self, iri: str) -> str:
        """The name of the list that a code is in; empty when it is in none of these."""
        return self._list_of.get(iri, "")

    def _code(self, iri: str) -> str | None:
        """The code as tables write it, None for an empty IRI."""
        return plain_code(iri, self.said(iri).text(iri, "skos:notation")) if iri else None

    def _label(self, iri: str, language: str) -> str | None:
        """Its label in a language; None where it has none."""
        return self.said(iri).label(iri, language, "skos:prefLabel") or None

    def said(self, iri: str) -> Things:
        """All that is said of the codes of its list."""
        return self._lists.get(self.list_of(iri), _NOTHING)

    def _wider(self, iri: str) -> frozenset[str]:
        """The codes that hold this one, at any distance; a party that is no total is always inside that of all."""
        found: set[str] = set()
        waiting = [iri]
        while waiting:
            code = waiting.pop()
            above = {other for wider in _WIDER for other in self.said(iri).texts(code, wider)} - found - {iri}
            found |= above
            waiting.extend(above)
        everybody = names.code("perpetrator", "_T")
        if self.list_of(iri) == "perpetrator" and iri not in (everybody, names.code("perpetrator", "_Z")):
            found.add(everybody)
        return frozenset(found)

    def _span(self, period: str) -> tuple[date | None, date | None]:
        """First and last day of a period, both included; None for a side that is open or not stated."""
        said = self.said(period)
        begin, end = first_day_if_any(said.text(period, "snhr:begin")), first_day_if_any(said.text(period, "snhr:end"))
        return begin, None if end is None else end - timedelta(days=1)

    def _identifiers(self, place: str, kind: str) -> tuple[str, ...]:
        """The identifiers of a kind (pcode, iso3166, geonames) that accepted mappings give a place."""
        linked = (target for match in _SAME for target in self.said(place).texts(place, match))
        found = filter(None, map(foreign_code, (*linked, place)))
        return tuple(sorted({code.notation for code in found if (code.owner, code.code_list) in _IDENTIFIERS[kind]}))

    def rows(self, code_list: str) -> Iterator[Record]:
        """The table of a list, ordered by code."""
        things = self._lists[code_list]
        yield from sorted((self._row(code_list, iri) for iri in things), key=lambda row: str(row["code"]))

    def _row(self, code_list: str, iri: str) -> Record:
        said = self.said(iri)
        row: Record = {"code": self.code(iri)}
        for name, predicate in (("label", "skos:prefLabel"), ("definition", "skos:definition")):
            row |= {f"{name}_{language}": said.label(iri, language, predicate) or None for language in ("en", "ar")}
        direct = {wider for name in _WIDER for wider in said.texts(iri, name) if wider in said}
        row["broader"] = sorted(filter(None, map(self.code, direct)))
        if code_list == "place":
            row |= self._place(iri)
        elif code_list == "period":
            row |= dict(zip(("begin", "end"), self.span(iri), strict=True))
            row |= {f"{side}_as_stated": said.text(iri, f"snhr:{side}") or None for side in ("begin", "end")}
        return {**row, "iri": iri}

    def _place(self, iri: str) -> Record:
        row: Record = {kind: list(self.identifiers(iri, kind)) for kind in _IDENTIFIERS}
        geometry = self.said(iri).text(iri, "geo:hasGeometry")
        point = _POINT.search(self._points.text(geometry, "geo:asWKT")) if geometry else None
        if point:
            row |= {"latitude": float(point[2]), "longitude": float(point[1])}
        return row


_NOTHING: Final = Things()
