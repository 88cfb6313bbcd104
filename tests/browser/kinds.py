"""One page of each kind, by what its address is without language and ending."""

from __future__ import annotations

REPORT = "report/2020-03-15"
TOPIC = "comparison/topic/civilians-killed"

KINDS = {
    "home": "index",
    "figures": "figures",
    "figure": f"{REPORT}/figure/torture-deaths-syrian-regime",
    "vague figure": f"{REPORT}/figure/mine-deaths-isis",
    "computed figure": f"{REPORT}/derived/girls-killed",
    "report": REPORT,
    "section": f"{REPORT}/section/torture",
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
    "comparisons": "comparisons",
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
    "mapping": "mapping/wikidata/isis",
    "search": "search",
    "about": "about",
    "problem": "problem/bad-query",
}
