"""Finds the figures of a line in a dataset that holds every graph under its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

import pyoxigraph as ox

from snhr_kg import names
from snhr_kg.comparisons.records import Line, Named, Quantity, Source, Span
from snhr_kg.dates import first_day_if_any

Select: TypeAlias = Callable[[str], Iterator[dict[str, str]]]
"""Asks a SELECT query and hands back its rows: by variable the IRI or the text of each value, "" where unbound."""

_PREFIXES: Final = "".join(
    f"PREFIX {name}: <{names.PREFIXES[name]}>\n" for name in ("snhr", "rdfs", "skos", "dcterms", "dcat")
)
_PERIODS: Final = f"""{_PREFIXES}
SELECT ?item ?begin ?end ?english ?arabic WHERE {{ GRAPH ?g {{
  ?item a snhr:Period .
  OPTIONAL {{ ?item snhr:begin ?begin }}
  OPTIONAL {{ ?item snhr:end ?end }}
  OPTIONAL {{ ?item skos:prefLabel ?english . FILTER (LANG(?english) = "en") }}
  OPTIONAL {{ ?item skos:prefLabel ?arabic . FILTER (LANG(?arabic) = "ar") }}
}} }}"""
_SOURCES: Final = f"""{_PREFIXES}
SELECT ?item ?english ?arabic ?version ?published WHERE {{ GRAPH ?g {{
  ?item a ?class . FILTER (?class IN (snhr:Report, snhr:ExternalDataset))
  OPTIONAL {{ ?item rdfs:label|dcterms:title ?english . FILTER (LANG(?english) = "en") }}
  OPTIONAL {{ ?item rdfs:label|dcterms:title ?arabic . FILTER (LANG(?arabic) = "ar") }}
  OPTIONAL {{ ?item dcat:version ?version }}
  OPTIONAL {{ ?item dcterms:issued ?published }}
}} }}"""
_PARTIES: Final = f"""{_PREFIXES}
SELECT ?item ?english ?arabic WHERE {{ GRAPH ?g {{
  VALUES ?list {{ <{names.scheme("perpetrator")}> <{names.scheme("victim-group")}> }}
  ?item skos:inScheme ?list .
  OPTIONAL {{ ?item skos:prefLabel ?english . FILTER (LANG(?english) = "en") }}
  OPTIONAL {{ ?item skos:prefLabel ?arabic . FILTER (LANG(?arabic) = "ar") }}
}} }}"""
_NATURES: Final = f"{_PREFIXES} SELECT ?item ?nature WHERE {{ GRAPH ?g {{ ?item snhr:temporalNature ?nature }} }}"
_FIGURES: Final = """
SELECT DISTINCT * WHERE {{ GRAPH ?g {{
  {patterns}
  VALUES ?kind {{ {kinds} }}
  ?figure a ?kind ; snhr:unit <{unit}> ; snhr:period ?period ;
    snhr:indicator ?indicator ; snhr:perpetrator ?perpetrator ; snhr:victimGroup ?group .
  OPTIONAL {{ ?figure snhr:fromDataset ?dataset }}
  OPTIONAL {{ ?figure snhr:inReport ?report }}
  BIND (COALESCE(?dataset, ?report) AS ?source)
  OPTIONAL {{ ?figure snhr:value ?value }}
  OPTIONAL {{ ?figure snhr:lowerBound ?lower }}
  OPTIONAL {{ ?figure snhr:upperBound ?upper }}
  OPTIONAL {{ ?figure snhr:qualifier ?qualifier }}
  OPTIONAL {{ ?figure snhr:basis ?basis }}
  OPTIONAL {{ ?figure snhr:grade ?grade }}
  OPTIONAL {{ ?figure snhr:derivedBy ?rule ; rdfs:comment ?english . FILTER (LANG(?english) = "en") }}
  OPTIONAL {{ ?figure snhr:derivedBy ?rule ; rdfs:comment ?arabic . FILTER (LANG(?arabic) = "ar") }}
}} FILTER ({filter}) }}"""


class Finder:
    """Finds figures; periods and sources are read once, figures by a query a line."""

    def __init__(self, select: Select) -> None:
        self._rows = select
        self._natures = {iri: names.notation(row["nature"]) for iri, row in self._items(_NATURES).items()}
        self._periods = {iri: _span(row) for iri, row in self._items(_PERIODS).items()}
        self._named = {iri: Named(iri, row["english"], row["arabic"]) for iri, row in self._items(_PARTIES).items()}
        self._sources = {iri: _source(row) for iri, row in self._items(_SOURCES).items()}

    def figures(self, line: Line) -> tuple[Quantity, ...]:
        """The figures of a line, sorted by end, begin and IRI; those without an end come last."""
        patterns = "\n  ".join(_pattern(number, iri, codes) for number, (iri, codes) in enumerate(line.dimensions))
        text = _PREFIXES + _FIGURES.format(
            patterns=patterns,
            kinds=" ".join(f"<{kind}>" for kind in line.kinds),
            unit=line.unit,
            filter=" || ".join(map(_of_source, line.sources)),
        )
        found = [self._quantity(row) for row in self._rows(text)]
        return tuple(sorted(found, key=_in_time))

    def _items(self, text: str) -> dict[str, dict[str, str]]:
        """One row an item, whatever number of graphs tell of it: of each column the first value in their order."""
        items: dict[str, dict[str, str]] = {}
        for row in sorted(self._rows(text), key=lambda row: tuple(row.values())):
            known = items.setdefault(row["item"], row)
            known.update({name: value for name, value in row.items() if value and not known[name]})
        return items

    def _quantity(self, row: Mapping[str, str]) -> Quantity:
        # A period that nothing describes has no dates: what is not known is not guessed.
        return Quantity(
            iri=row["figure"],
            source=self._sources.get(row["source"], Source(row["source"])),
            period=self._periods.get(row["period"], Span(row["period"], None, None)),
            value=_number(row["value"]),
            lower=_number(row["lower"]),
            upper=_number(row["upper"]),
            qualifier=names.notation(row["qualifier"]),
            basis=names.notation(row["basis"]),
            nature=self._natures.get(row["indicator"], ""),
            grade=names.notation(row["grade"]),
            perpetrator=self._named.get(row["perpetrator"], Named(row["perpetrator"])),
            group=self._named.get(row["group"], Named(row["group"])),
            left_out_en=row["english"],
            left_out_ar=row["arabic"],
        )


def select_in(store: ox.Store) -> Select:
    """Asks a store of the engine."""

    def select(text: str) -> Iterator[dict[str, str]]:
        solutions = store.query(text)
        assert isinstance(solutions, ox.QuerySolutions)
        variables = [variable.value for variable in solutions.variables]
        for solution in solutions:
            yield {name: _text(solution[name]) for name in variables}

    return select


def version_order(version: str) -> tuple[int, ...]:
    """What versions are sorted by: their numbers, so that 1.4-2016 comes before 18.1."""
    return tuple(map(int, re.findall(r"\d+", version)))


def _in_time(figure: Quantity) -> tuple[date, date, str]:
    return figure.period.end or date.max, figure.period.begin or date.min, figure.iri


def _pattern(number: int, dimension: str, codes: tuple[str, ...]) -> str:
    """The triple pattern of one dimension, over one code or several."""
    values = " ".join(f"<{code}>" for code in codes)
    return f"VALUES ?code{number} {{ {values} }} ?figure <{dimension}> ?code{number} ."


def _of_source(local: str) -> str:
    if local.endswith("*"):
        return f'STRSTARTS(STR(?source), "{names.published(local[:-1])}")'
    return f"?source = <{names.published(local)}>"


def _span(row: Mapping[str, str]) -> Span:
    begin, end = (first_day_if_any(row[side]) for side in ("begin", "end"))
    return Span(row["item"], begin, end, row["english"], row["arabic"])


def _source(row: Mapping[str, str]) -> Source:
    return Source(row["item"], row["english"], row["arabic"], row["version"], first_day_if_any(row["published"]))


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
