"""The questions about one figure: its mentions, the wholes and parts it belongs to, its checks and its derivation."""

from __future__ import annotations

from typing import Final

from snhr_kg.questions.figures import PREFIXES

_LABEL: Final = 'rdfs:label ?label . FILTER (LANG(?label) = "en")'


def mentions_query(iri: str) -> str:
    """Asks for the places in the text that state the figure, in their order."""
    return f"""{PREFIXES}SELECT ?mention ?section ?text_part ?printed ?value ?lower ?upper ?qualifier ?start ?end ?words
  ?principal ?note WHERE {{
  ?mention snhr:mentionOf <{iri}> ; snhr:inSection ?section ; snhr:printed ?printed ; oa:hasTarget ?target .
  ?target oa:hasSelector ?position , ?quote .
  ?position oa:start ?start ; oa:end ?end .
  ?quote oa:exact ?words .
  OPTIONAL {{ ?mention snhr:textPart ?text_part }}
  OPTIONAL {{ ?mention snhr:value ?value }}
  OPTIONAL {{ ?mention snhr:lowerBound ?lower }}
  OPTIONAL {{ ?mention snhr:upperBound ?upper }}
  OPTIONAL {{ ?mention snhr:qualifier ?qualifier }}
  OPTIONAL {{ ?mention rdfs:comment ?note . FILTER (LANG(?note) = "en") }}
  BIND (EXISTS {{ <{iri}> snhr:principalMention ?mention }} AS ?principal)
}} ORDER BY ?start ?mention"""


def relations_query(iri: str) -> str:
    """Asks which figures are related to it, and how (`?relation`)."""
    return f"""{PREFIXES}SELECT DISTINCT ?relation ?figure ?label ?value WHERE {{
  {{ <{iri}> snhr:componentOf+ ?figure . BIND ("part_of" AS ?relation) }}
  UNION {{ ?figure snhr:componentOf <{iri}> . BIND ("parts" AS ?relation) }}
  UNION {{ <{iri}> prov:wasDerivedFrom ?figure . BIND ("derived_from" AS ?relation) }}
  UNION {{ ?figure prov:wasDerivedFrom <{iri}> ; a snhr:DerivedFigure . BIND ("derived_figures" AS ?relation) }}
  UNION {{ <{iri}> snhr:shareOf ?figure . BIND ("share_of" AS ?relation) }}
  UNION {{ ?figure snhr:shareOf <{iri}> ; a snhr:Figure . BIND ("shares" AS ?relation) }}
  OPTIONAL {{ ?figure rdfs:label|skos:prefLabel ?label . FILTER (LANG(?label) = "en") }}
  OPTIONAL {{ ?figure snhr:value ?value }}
}} ORDER BY ?relation ?figure"""


def breakdowns_query(iri: str) -> str:
    """Asks for the breakdowns that the figure is the total or a component of."""
    return f"""{PREFIXES}SELECT DISTINCT ?breakdown ?role ?kind ?label WHERE {{
  {{ ?breakdown snhr:total <{iri}> . BIND ("total" AS ?role) }}
  UNION {{ ?breakdown snhr:component <{iri}> . BIND ("component" AS ?role) }}
  VALUES (?class ?kind) {{ (snhr:PartitionBreakdown "partition") (snhr:SubsetBreakdown "subset")
    (snhr:NestedBreakdown "nested") }}
  ?breakdown a ?class ; {_LABEL}
}} ORDER BY ?role ?breakdown"""


def checks_query(iri: str) -> str:
    """Asks for the checks that involve the figure."""
    return f"""{PREFIXES}SELECT DISTINCT ?check ?rule ?verdict ?label ?residual ?arithmetic WHERE {{
  ?check snhr:involves <{iri}> ; snhr:rule ?rule ; snhr:verdict ?verdict ; {_LABEL}
  OPTIONAL {{ ?check snhr:residual ?residual }}
  OPTIONAL {{ ?check snhr:arithmetic ?arithmetic }}
}} ORDER BY ?check"""


def derivation_query(iri: str) -> str:
    """Asks how a derived figure was computed; no row for a stated one."""
    return f"""{PREFIXES}SELECT ?rule ?formula ?presumes WHERE {{
  <{iri}> snhr:derivedBy ?rule ; snhr:formula ?formula .
  OPTIONAL {{ <{iri}> snhr:presumes ?presumes . FILTER (LANG(?presumes) = "en") }}
}}"""


def figure_graph_query(iri: str) -> str:
    """Asks for the triples of the figure, of its mentions, and of the places in the text that these mark."""
    return f"""{PREFIXES}CONSTRUCT {{ ?thing ?property ?object }} WHERE {{
  {{ BIND (<{iri}> AS ?thing) }}
  UNION {{ ?thing snhr:mentionOf <{iri}> }}
  UNION {{ ?mention snhr:mentionOf <{iri}> ; oa:hasTarget ?thing }}
  UNION {{ ?mention snhr:mentionOf <{iri}> ; oa:hasTarget/oa:hasSelector ?thing }}
  ?thing ?property ?object .
}}"""
