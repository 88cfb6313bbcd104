"""The questions about figures: which, in what order, how many, and which of them are parts of others of the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from snhr_kg import names
from snhr_kg.questions.fill import values_clause
from snhr_kg.questions.parts import PART_OF
from snhr_kg.questions.read import Parameter
from snhr_kg.questions.words import in_label
from snhr_kg.records import DIMENSIONS, PROPERTY_OF, SCHEME_OF

PREFIXES: Final = "".join(
    f"PREFIX {prefix}: <{names.PREFIXES[prefix]}>\n" for prefix in ("snhr", "rdfs", "skos", "oa", "prov", "dqv")
)
CODED: Final = (*DIMENSIONS, "qualifier", "basis", "unit")
"""Fields of a figure whose values are codes."""

PARAMETERS: Final = (
    *(Parameter(name, SCHEME_OF[name], f"?{name}") for name in DIMENSIONS),
    Parameter("basis", "basis", "?basis"),
    Parameter("qualifier", "qualifier", "?qualifier"),
    Parameter("unit", "unit", "?unit"),
    Parameter("report", "report", "?report"),
    Parameter("section", "section", "?section", "A section of a report that states the figure, in any mention."),
)
"""The filters of figures by code, section and report."""

DERIVED: Final = ("false", "include", "only")
PARTS: Final = ("false", "include")
SORTS: Final[Mapping[str, str]] = {
    "id": "DESC(?kind) ?figure",
    "-id": "DESC(?kind) DESC(?figure)",
    "value": "(!BOUND(?value)) ?value ?figure",
    "-value": "(!BOUND(?value)) DESC(?value) ?figure",
    "lower": "(!BOUND(?lower)) ?lower ?figure",
    "-lower": "(!BOUND(?lower)) DESC(?lower) ?figure",
}
"""What figures can be ordered by; equals are in the order of their IRIs, and what has no value stands last."""

COLUMNS: Final = (
    "id",
    "iri",
    "report",
    "derived",
    "label",
    "label_ar",
    "value",
    "lower",
    "upper",
    "lower_included",
    "upper_included",
    "qualifier",
    "basis",
    "unit",
    "printed",
    *DIMENSIONS,
    "part_of",
    "caveat",
    "coding_note",
)
"""Fields of a figure in an answer, in order: those of the Python class `Figure`, and the totals it is part of."""

_PROPERTIES: Final = {**PROPERTY_OF, "report": "inReport"}
_KINDS: Final = {"false": ("Figure",), "only": ("DerivedFigure",), "include": ("Figure", "DerivedFigure")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures are wanted: IRIs by the name of a filter, a text in a label, derived ones and parts or not."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    text: str = ""
    derived: str = "false"
    parts: str = "false"
    sort: str = "id"
    limit: int = 100
    offset: int = 0


def count_query(wanted: Wanted) -> str:
    """Asks how many figures fit (`?fitting`), and how many of them are parts of others that fit (`?parts`)."""
    return f"""{PREFIXES}SELECT (COUNT(?figure) AS ?fitting) (COUNT(?part) AS ?parts) WHERE {{
  SELECT ?figure ?part WHERE {{
{_fitting("figure", wanted)}
    OPTIONAL {{ {_parts(wanted)} BIND (1 AS ?part) }}
  }}
}}"""


def page_query(wanted: Wanted) -> str:
    """Asks for the fields of the figures of one page, in order."""
    coded = " ; ".join(f"snhr:{_PROPERTIES.get(name, name)} ?{name}" for name in CODED)
    return f"""{PREFIXES}SELECT ?figure ?kind ?report ?label ?label_ar ?value ?lower ?upper ?lower_included
  ?upper_included ?printed ?caveat ?coding_note {" ".join(f"?{name}" for name in CODED)} WHERE {{
  {{ {_page(wanted)} }}
  ?figure snhr:inReport ?report ; {coded} .
  OPTIONAL {{ ?figure rdfs:label ?label . FILTER (LANG(?label) = "en") }}
  OPTIONAL {{ ?figure rdfs:label ?label_ar . FILTER (LANG(?label_ar) = "ar") }}
  OPTIONAL {{ ?figure snhr:lowerBoundIncluded ?lower_included }}
  OPTIONAL {{ ?figure snhr:upperBound ?upper ; snhr:upperBoundIncluded ?upper_included }}
  OPTIONAL {{ ?figure snhr:printed ?printed }}
  OPTIONAL {{ ?figure snhr:caveat ?caveat . FILTER (LANG(?caveat) = "en") }}
  OPTIONAL {{ ?figure snhr:codingNote ?coding_note . FILTER (LANG(?coding_note) = "en") }}
}} ORDER BY {SORTS[wanted.sort]}"""


def totals_query(wanted: Wanted) -> str:
    """Asks of which totals (`?total`), fitting or not but stated or computed as wanted, the page's figures are part."""
    kinds = _kinds("total_kind", "false" if wanted.derived == "false" else "include")
    return f"""{PREFIXES}SELECT DISTINCT ?figure ?total WHERE {{
  {{ {_page(wanted)} }}
{PART_OF}
  ?total a ?total_kind . {kinds}
}} ORDER BY ?figure ?total"""


def graph_query(wanted: Wanted) -> str:
    """Asks for the triples of the figures of the page."""
    return f"""{PREFIXES}CONSTRUCT {{ ?figure ?property ?object }} WHERE {{
  {{ {_page(wanted)} }}
  ?figure ?property ?object .
}}"""


def _page(wanted: Wanted) -> str:
    without_parts = f"\n    MINUS {{ {_parts(wanted)} }}" if wanted.parts == "false" else ""
    return f"""SELECT ?figure ?kind ?value ?lower WHERE {{
{_fitting("figure", wanted)}
    ?figure a ?kind . {_kinds("kind", wanted.derived)}
    OPTIONAL {{ ?figure snhr:value ?value }}
    OPTIONAL {{ ?figure snhr:lowerBound ?lower }}{without_parts}
  }} ORDER BY {SORTS[wanted.sort]} LIMIT {wanted.limit} OFFSET {wanted.offset}"""


def _parts(wanted: Wanted) -> str:
    """The figures that are part of one that fits, each once; found once for all, not for each figure anew."""
    return f"""{{ SELECT DISTINCT ?figure WHERE {{
{_fitting("total", wanted)}
{PART_OF}
  }} }}"""


def _fitting(name: str, wanted: Wanted) -> str:
    """The pattern that the variable's figure must fit; each figure fits it once."""
    lines = [f"?{name} a ?{name}_kind . {_kinds(f'{name}_kind', wanted.derived)}"]
    for filter_name, iris in wanted.values.items():
        variable = f"?{name}_{filter_name}"
        clause = values_clause(variable, iris)
        if filter_name == "figure":
            lines.append(values_clause(f"?{name}", iris))
        elif filter_name == "section":
            stated = f"?{name} snhr:hasMention/snhr:inSection {variable} . {clause}"
            lines.append(f"{{ SELECT DISTINCT ?{name} WHERE {{ {stated} }} }}")
        else:
            lines.append(f"?{name} snhr:{_PROPERTIES.get(filter_name, filter_name)} {variable} . {clause}")
    if wanted.text:
        found = in_label(f"?{name}_label", wanted.text)
        lines.append(f"FILTER EXISTS {{ ?{name} rdfs:label ?{name}_label . FILTER ({found}) }}")
    return "\n".join(f"    {line}" for line in lines)


def _kinds(variable: str, derived: str) -> str:
    return f"VALUES ?{variable} {{ {' '.join(f'snhr:{name}' for name in _KINDS[derived])} }}"
