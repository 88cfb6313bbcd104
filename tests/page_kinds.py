"""One page of each kind, by what its address is without language and ending."""

from __future__ import annotations

REPORT = "report/2020-03-15"
TOPIC = "comparison/topic/civilians-killed"
COMPARISON = "2020-03-15.barrel-bombs/series.snhr-barrel-bombs-2021-04.barrel-bombs-syrian-regime"

KINDS = {
    "home": "index",
    "figures": "figures",
    "figure": f"{REPORT}/figure/torture-deaths-syrian-regime",
    "vague figure": f"{REPORT}/figure/mine-deaths-isis",
    "computed figure": f"{REPORT}/derived/civilian-deaths--girls",
    "report": REPORT,
    "section": f"{REPORT}/section/iv",
    "mention": f"{REPORT}/mention/torture-deaths--body",
    "finding": f"{REPORT}/finding/live-bullets-against-protesters",
    "event": f"{REPORT}/event/cluster-escalation",
    "breakdown": f"{REPORT}/breakdown/torture-deaths-by-perpetrator",
    "checks": "checks",
    "check": f"{REPORT}/check/partition-sum--torture-deaths-by-perpetrator",
    "code lists": "codes",
    "parties": "code/perpetrator",
    "party": "code/perpetrator/isis",
    "violation": "code/violation-type/torture",
    "map": "code/place",
    "place": "code/place/raqqa-governorate",
    "period": "code/period/2011-03--2020-03",
    "timeline": "timeline",
    "recommendation": f"{REPORT}/recommendation/comply-with-law",
    "chart of the report": f"{REPORT}/slice/chart-detained",
    "rule": "rule/between-resolutions",
    "organisation": "agent/gppi",
    "comparisons": "comparisons",
    "comparison": f"comparison/barrel-bombs/{COMPARISON}",
    "figure from elsewhere": "external/unhcr-population/2025.12.1/figure/asylum_seekers-AGO-2020",
    "topic": TOPIC,
    "sources": "sources",
    "external dataset": "external/ucdp-onesided/23.1",
    "ontology": "ontology",
    "questions": "questions",
    "SPARQL": "sparql",
    "API": "api",
    "files": "files",
    "graphs": "graphs",
    "graph": "graph/checks",
    "mapping": "mapping/wikidata/event-uprising-began-q178810",
    "search": "search",
    "about": "about",
    "problem": "problem/bad-query",
}
