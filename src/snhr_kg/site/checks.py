"""The page of all checks: what contradicts, what agrees only through "at least", what adds up, each explained."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from snhr_kg import names
from snhr_kg.holding import Text
from snhr_kg.site.check_words import CONSISTENT, Explained, explain
from snhr_kg.site.steady import steady
from snhr_kg.site.visit import Visit


@dataclass(frozen=True, slots=True)
class ByRule:
    """The checks that one rule made."""

    rule: str
    anchor: str
    says: Text | None
    checks: list[Explained]


@dataclass(frozen=True, slots=True)
class ByVerdict:
    """The checks that came to one verdict; `anchor` is where they are on the page."""

    verdict: str
    anchor: str
    means: Text | None
    count: int
    rules: list[ByRule]


@steady
def checks(visit: Visit) -> str:
    """The page of all checks of the reports, those that fail first."""
    groups = by_verdict(visit)
    return visit.render("checks.html", groups=groups, count=sum(group.count for group in groups))


def by_verdict(visit: Visit) -> list[ByVerdict]:
    """Every check that is held, by verdict and by rule; a verdict that nothing came to is there too."""
    found: dict[str, list[Explained]] = {verdict: [] for verdict in visit.holding.instances("snhr:Verdict")}
    for iri in visit.holding.instances("snhr:Check"):
        one = explain(visit, iri)
        found.setdefault(one.verdict, []).append(one)
    groups = [_group(visit, verdict, those) for verdict, those in found.items()]
    return sorted(groups, key=lambda group: (_weight(visit, group), group.anchor))


def _group(visit: Visit, verdict: str, those: list[Explained]) -> ByVerdict:
    anchor = names.notation(verdict)
    by_rule: dict[str, list[Explained]] = defaultdict(list)
    for one in those:
        by_rule[one.rule].append(one)
    rules = [
        ByRule(rule, f"{anchor}-{names.notation(rule)}", visit.text(rule, "skos:definition"), of_rule)
        for rule, of_rule in sorted(by_rule.items())
    ]
    return ByVerdict(verdict, anchor, visit.text(verdict, "skos:definition"), len(those), rules)


def _weight(visit: Visit, group: ByVerdict) -> int:
    """What fails comes first and what is plainly consistent last, whatever verdicts there are."""
    if group.anchor == CONSISTENT:
        return 2
    failed = any(
        visit.holding.value(one.iri, "dqv:value") == "false" for by_rule in group.rules for one in by_rule.checks
    )
    return 0 if failed else 1
