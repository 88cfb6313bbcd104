"""The six questions that every server is asked, as templates, and how two answers to one are compared.

``{figure}`` is a figure's IRI and ``{number}`` a number that never comes twice: as a constant which the engine has to
evaluate and which excludes nothing, it makes each query another one while the answer keeps its size.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from endpoint.scale import Original, copies, copy_id

ROWS = "application/sparql-results+json"
GRAPH = "text/turtle"
DOWNLOADED_ROWS = 10_000

_PREFIXES = """PREFIX snhr: <https://w3id.org/snhr-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX oa: <http://www.w3.org/ns/oa#>
"""
_FIGURE = "https://w3id.org/snhr-kg/report/{report}/figure/{name}"
_NAME = "torture-deaths-isis"
_MOST_FIGURES = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: a short name, what to call it in a table, the query, and the media type of its answer."""

    name: str
    title: str
    template: str
    media_type: str = ROWS

    def query(self, figure: str, number: int) -> str:
        """The query of one figure and one number."""
        return _PREFIXES + self.template.replace("{figure}", figure).replace("{number}", str(number))


POINT = Asked(
    "point",
    "point lookup",
    """SELECT ?label ?value ?qualifier ?period WHERE {
  <{figure}> rdfs:label ?label ; snhr:value ?value ; snhr:qualifier ?qualifier ; snhr:period ?period .
  FILTER (lang(?label) = "en" && ?value > -{number})
}""",
)
GROUPED = Asked(
    "grouped",
    "group-by with labels",
    """SELECT ?party (COUNT(?figure) AS ?figures) (SUM(?value) AS ?sum) WHERE {
  ?figure a snhr:Figure ; snhr:perpetrator ?perpetrator ; snhr:value ?value . ?perpetrator skos:prefLabel ?party .
  FILTER (lang(?party) = "en" && ?value > -{number})
} GROUP BY ?party""",
)
PATH = Asked(
    "path",
    "property path",
    """SELECT ?place (COUNT(?figure) AS ?figures) WHERE {
  ?place snhr:insidePlace* <https://w3id.org/snhr-kg/code/place/syria> .
  ?figure snhr:place ?place ; snhr:lowerBound ?least . FILTER (?least > -{number})
} GROUP BY ?place""",
)
CONSTRUCTED = Asked(
    "construct",
    "CONSTRUCT of a figure with its provenance",
    """CONSTRUCT {
  <{figure}> rdfs:label ?label ; snhr:value ?value ; snhr:printed ?printed ; snhr:principalMention ?mention .
  ?mention snhr:inSection ?section ; oa:hasTarget ?target . ?target oa:hasSource ?text ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end ; oa:exact ?words .
} WHERE {
  <{figure}> rdfs:label ?label ; snhr:value ?value ; snhr:printed ?printed ; snhr:principalMention ?mention .
  ?mention snhr:inSection ?section ; oa:hasTarget ?target . ?target oa:hasSource ?text ; oa:hasSelector ?selector .
  OPTIONAL { ?selector oa:start ?start ; oa:end ?end } OPTIONAL { ?selector oa:exact ?words }
  FILTER (?value > -{number})
}""",
    GRAPH,
)
TEXT = Asked(
    "text",
    "text filter",
    """SELECT ?thing ?label WHERE {
  ?thing rdfs:label ?label . FILTER (CONTAINS(LCASE(STR(?label)), "torture") || CONTAINS(STR(?label), "xq{number}"))
}""",
)
DOWNLOAD = Asked(
    "download",
    f"{DOWNLOADED_ROWS:,}-row download",
    f"SELECT ?s ?p ?o WHERE {{ ?s ?p ?o . FILTER (?p != <urn:x:{{number}}>) }} LIMIT {DOWNLOADED_ROWS}",
)
ALL: Sequence[Asked] = (POINT, GROUPED, PATH, CONSTRUCTED, TEXT, DOWNLOAD)


def figures(original: Original, triples: int) -> list[str]:
    """IRIs of figures whose answers have one size, the first of them in the original; a large graph gives some."""
    if not (number := copies(original, triples)):
        return [_FIGURE.format(report=original.report, name=_NAME)]
    step = max(1, number // _MOST_FIGURES)
    ids = [original.report, *(copy_id(one) for one in range(1, number + 1, step))]
    return [_FIGURE.format(report=report, name=_NAME) for report in ids]


def essence(asked: Asked, body: bytes) -> object:
    """What must be equal in the answers of two servers.

    Rows as their values, without order and numbers as such; a graph as its triples; of rows cut by LIMIT their number.
    Raises `ValueError` or `SyntaxError` for an answer that cannot be read.
    """
    if asked.media_type == GRAPH:
        return frozenset(map(str, (quad.triple for quad in ox.parse(body, format=ox.RdfFormat.TURTLE))))
    rows = json.loads(body)["results"]["bindings"]
    if asked is DOWNLOAD:
        return len(rows)
    return frozenset(" | ".join(f"{name} {_value(value)}" for name, value in sorted(row.items())) for row in rows)


def _value(term: dict[str, str]) -> str:
    """A term's text; a number however it is written, 11101.80 as 11101.8."""
    if term.get("datatype", "").endswith(("integer", "decimal", "double", "int")):
        with suppress(InvalidOperation):
            return f"{Decimal(term['value']).normalize():f}"
    return term["value"]


def difference(found: object, wanted: object) -> str:
    """How one `essence` differs from another, in a few words with one example."""
    if not isinstance(found, frozenset) or not isinstance(wanted, frozenset):
        return f"{found} rows for {wanted}"
    both = (("has", found - wanted), ("lacks", wanted - found))
    examples = [f"{word} {min(some)[-70:]}" for word, some in both if some]
    return f"{len(found):,} rows for {len(wanted):,}; {', '.join(examples)}".replace("|", "·")
