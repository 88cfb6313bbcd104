"""The real comparisons: what is side by side may stand so."""

from __future__ import annotations

from snhr_kg.store import Store

PREFIXES = """PREFIX snhr: <https://w3id.org/snhr-kg/ontology#>
PREFIX reason: <https://w3id.org/snhr-kg/code/comparability/>
"""


def test_a_stock_and_a_flow_have_a_difference_and_no_ratio(real_store: Store) -> None:
    rows = real_store.query(
        f"{PREFIXES} SELECT ?difference ?ratio {{ ?row snhr:reasonForDifference reason:stock-not-flow ; "
        "snhr:difference ?difference OPTIONAL { ?row snhr:ratio ?ratio } }"
    ).rows()
    found = list(rows)
    assert len(found) >= 8
    assert {ratio for _, ratio in found} == {None}


def test_every_difference_has_a_reason(real_store: Store) -> None:
    rows = real_store.query(
        f"{PREFIXES} SELECT ?row (COUNT(?reason) AS ?reasons) {{ ?row a snhr:Comparison ; snhr:difference ?difference "
        "OPTIONAL { ?row snhr:reasonForDifference ?reason } FILTER (?difference != 0) } GROUP BY ?row"
    ).rows()
    reasons = dict(rows)
    assert len(reasons) > 80
    assert [row for row, count in reasons.items() if not count] == []
