"""What pages say of datasets from elsewhere, read through the engine once for each version of the graph.

Only the own graphs are held whole. Of the others are read the descriptions of datasets, publications, publishers,
files and pages, and the figures and periods that comparisons name; not the rows of datasets, which may be millions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

import pyoxigraph as ox

from snhr_kg import names
from snhr_kg.engine.question import Question
from snhr_kg.holding import Holding
from snhr_kg.names import full
from snhr_kg.site.once import Once
from snhr_kg.site.visit import Visit


@dataclass(frozen=True, slots=True)
class Read:
    """How many figures of a publication are held of each grade, and the addresses of the pages they were read on."""

    grades: dict[str, int]
    addresses: list[str]


SERIES: Final = names.graph("external/series")

_EXTERNAL: Final = names.graph("external/")
_DATASET: Final = f"?source a <{full('snhr:ExternalDataset')}>"
_SIDES: Final = "|".join(
    f"<{full(f'snhr:{name}')}>" for name in ("leftFigure", "rightFigure", "leftPeriod", "rightPeriod")
)
_ABOUT_DATASETS: Final = "|".join(
    f"<{full(name)}>" for name in ("dcterms:publisher", "dcterms:source", "prov:wasDerivedFrom")
)
_ASKED: Final = (
    f"GRAPH ?graph {{ {_DATASET} ; ?p ?o . BIND (?source AS ?thing) }}",
    f"GRAPH ?graph {{ {_DATASET} ; {_ABOUT_DATASETS} ?thing . ?thing ?p ?o }}",
    f"{{ SELECT DISTINCT ?thing {{ GRAPH <{names.graph('comparisons')}> {{ ?comparison {_SIDES} ?thing }} }} }} "
    "GRAPH ?graph { ?thing ?p ?o }",
)
_GRADES: Final = f"""
SELECT ?source ?grade (COUNT(?figure) AS ?n) WHERE {{
  GRAPH <{SERIES}> {{ ?figure <{full("snhr:fromDataset")}> ?source ; <{full("snhr:grade")}> ?grade }}
}} GROUP BY ?source ?grade"""
_PAGES: Final = f"""
SELECT DISTINCT ?source ?address WHERE {{
  GRAPH <{SERIES}> {{
    ?reading <{full("snhr:readingOf")}> ?figure ; <{full("dcterms:source")}> ?page .
    ?figure <{full("snhr:fromDataset")}> ?source . ?page <{full("dcterms:source")}> ?address
  }}
}} ORDER BY ?source ?address"""

_described_once: Once[Holding] = Once()
_read_once: Once[dict[str, Read]] = Once()


def outside(visit: Visit) -> Holding:
    """The descriptions, as a holding of their own; raises what `Engine.answer` does while they cannot be read."""
    return _described_once.get(visit.holding, lambda: _describe(visit))


def read(visit: Visit) -> dict[str, Read]:
    """What was read of each publication of the series, by its IRI; raises likewise."""
    return _read_once.get(visit.holding, lambda: _read(visit))


def used_elsewhere(visit: Visit, terms: Sequence[str]) -> frozenset[str]:
    """Those of the terms that a graph of others uses as class or property; raises likewise."""
    if not terms:
        return frozenset()
    text = f"""
    SELECT ?term WHERE {{ VALUES ?term {{ {" ".join(f"<{term}>" for term in terms)} }}
      FILTER EXISTS {{ GRAPH ?graph {{ {{ ?thing a ?term }} UNION {{ ?thing ?term ?value }} }} }} }}"""
    return frozenset(row["term"].value for row in _rows(visit, text))


def _describe(visit: Visit) -> Holding:
    return Holding([quad for asked in _ASKED for quad in _described(visit, asked)], visit.holding.version)


def _read(visit: Visit) -> dict[str, Read]:
    found: dict[str, Read] = {}
    for row in _rows(visit, _GRADES):
        one = found.setdefault(row["source"].value, Read({}, []))
        one.grades[row["grade"].value] = int(cast(ox.Literal, row["n"]).value)
    for row in _rows(visit, _PAGES):
        found.setdefault(row["source"].value, Read({}, [])).addresses.append(row["address"].value)
    return found


def _described(visit: Visit, asked: str) -> list[ox.Quad]:
    only = f"FILTER (STRSTARTS(STR(?graph), '{_EXTERNAL}') && !ISBLANK(?o))"
    text = f"CONSTRUCT {{ ?thing ?p ?o }} WHERE {{ {asked} {only} }}"
    body = visit.engine.answer(Question(text, "application/n-triples"), visit.caller).body
    name = ox.NamedNode(_EXTERNAL.rstrip("/"))
    # Lenient: what the engine holds was checked when it was read.
    triples = ox.parse(body, format=ox.RdfFormat.N_TRIPLES, lenient=True)
    return [ox.Quad(one.subject, one.predicate, one.object, name) for one in triples]


def _rows(visit: Visit, text: str) -> list[ox.QuerySolution]:
    body = visit.engine.answer(Question(text, "application/sparql-results+json"), visit.caller).body
    return list(cast(ox.QuerySolutions, ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)))
