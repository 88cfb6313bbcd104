"""What the clients of `tests/clients/` ask, and what is right."""

from __future__ import annotations

import small_graph
from snhr_kg import names

PREFIXES = f"""
PREFIX snhr: <{names.term("")}>
PREFIX rdfs: <{small_graph.RDFS}>
"""
FIGURE = names.in_report("1999-09-09", "figure", "deaths-south")
ARABIC = "وفيات بسبب التعذيب"

SELECT = (
    f"{PREFIXES} SELECT ?figure ?label ?value WHERE {{ ?figure a snhr:Figure ; rdfs:label ?label ; snhr:value ?value . "
)
SELECT += 'FILTER (lang(?label) = "ar") } ORDER BY ?value'
VALUES = [25, 100, 130]

ASK = f"{PREFIXES} ASK {{ ?figure a snhr:Figure }}"
ASK_IN_VAIN = f"{PREFIXES} ASK {{ ?figure a snhr:Nonsense }}"
ASK_IN_ARABIC = f'{PREFIXES} ASK {{ ?figure rdfs:label "{ARABIC}"@ar }}'

CONSTRUCT = (
    f"{PREFIXES} CONSTRUCT {{ ?figure rdfs:label ?label }} WHERE {{ ?figure a snhr:Figure ; rdfs:label ?label }}"
)
CONSTRUCTED = 2 * len(small_graph.FIGURES)
DESCRIBE = f"DESCRIBE <{FIGURE}>"

LONG = SELECT + "\n#" + " a remark that makes the query long" * 300
"""More than 8 kB, which many clients and servers will not take in a URL."""
