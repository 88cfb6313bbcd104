"""The page about one check: what was compared, its arithmetic, and what follows."""

from __future__ import annotations

from snhr_kg.names import full
from snhr_kg.site.check_words import explain
from snhr_kg.site.report_places import beside
from snhr_kg.site.visit import Visit


def check(visit: Visit, iri: str) -> str:
    """The page about the check with this IRI."""
    holding = visit.holding
    explained = explain(visit, iri)
    about = holding.value(iri, "dqv:computedOn")
    before, after = beside([one for one in holding.instances("snhr:Check") if _same(visit, one, iri)], iri)
    return visit.render(
        "check.html",
        iri=iri,
        one=explained,
        report=holding.value(iri, "snhr:inReport"),
        about=about,
        figure=holding.value(about, "snhr:mentionOf") if about else None,
        verdict_means=visit.text(explained.verdict, "skos:definition"),
        rule_says=visit.text(explained.rule, "skos:definition"),
        formula=visit.text(explained.rule, "snhr:formula"),
        arithmetic=holding.value(iri, "snhr:arithmetic"),
        graph=next(row.graph for row in holding.statements(iri) if row.predicate == full("snhr:verdict")),
        before=before,
        after=after,
    )


def _same(visit: Visit, one: str, other: str) -> bool:
    """Whether both checks are of the same report."""
    return visit.holding.value(one, "snhr:inReport") == visit.holding.value(other, "snhr:inReport")
