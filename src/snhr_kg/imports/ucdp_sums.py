"""Sums over years of UCDP's yearly figures: for each actor and all together, of the rows of Syria alone.

Source of the rule: `ontology/rules.ttl`, sum-over-years.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from snhr_kg import names
from snhr_kg.imports.coding import Coded
from snhr_kg.imports.layout import Target
from snhr_kg.imports.lines import about, iri
from snhr_kg.imports.periods import span
from snhr_kg.imports.quantities import attributes, quantity

SPANS: Final = (("2011", "2019"), ("2011", "2020"))
"""First and last year of each sum: the report's whole years, and one more. A version that ends earlier has none."""


@dataclass(frozen=True, slots=True)
class Killed:
    """A yearly figure: `subject` is its term, `estimates` the best, the low and the high one.

    `alone` says that it is of Syria alone, not of several `countries`.
    """

    subject: str
    actor: Coded
    place: Coded
    year: str
    estimates: tuple[int, int, int]
    countries: str
    alone: bool


def sums(target: Target, figures: Sequence[Killed], last_year: str, deed: Coded) -> Iterator[str]:
    """The sums of one version whose rows reach to `last_year`; `deed` is the code of the violation."""
    # Actors are told apart by the code that stands for them, so that no two sums share all their dimensions.
    parties: dict[str, dict[str, Coded]] = {}
    for figure in figures:
        parties.setdefault(figure.actor.value, {})[figure.actor.foreign.notation] = figure.actor
    for first, last in SPANS:
        if last <= last_year:
            within = [figure for figure in figures if first <= figure.year <= last]
            for value, actors in sorted(parties.items()):
                own = [figure for figure in within if figure.actor.value == value]
                yield from _sum(target, own, (first, last), deed, [actors[notation] for notation in sorted(actors)])
            yield from _sum(target, within, (first, last), deed, [])


def _sum(
    target: Target, figures: Sequence[Killed], years: tuple[str, str], deed: Coded, actors: Sequence[Coded]
) -> Iterator[str]:
    """The sum of a party's figures, or of all where no `actors` are given."""
    alone = [figure for figure in figures if figure.alone]
    if not alone:
        return
    write, period = target.write, span(*years)
    totals = [sum(figure.estimates[at] for figure in alone) for at in range(3)]
    # Each line once: actors of one code have the line of that code in common.
    by = dict.fromkeys(line for actor in actors for line in actor.lines.splitlines(keepends=True))
    ids = "+".join(actor.foreign.notation for actor in actors)
    yield about(
        target.inside("aggregate", f"{ids or 'all'}-{period.id}"),
        target.observation("aggregates")
        + target.coder.ours("indicator", "deaths")
        + target.coder.ours("victim_group", "civilians")
        + target.coder.ours("weapon", "_T")
        + attributes(write, "computed", "documented", "happened-in")
        + deed.lines
        + ("".join(by) or target.coder.ours("perpetrator", "_T"))
        + alone[0].place.lines
        + target.periods.line(period)
        + quantity(write, *totals)
        + write.line("snhr:derivedBy", iri(names.rule("sum-over-years")))
        + "".join([write.line("prov:wasDerivedFrom", figure.subject) for figure in alone])
        + _labels(target, years, actors)
        + _comment(target, [figure for figure in figures if not figure.alone]),
    )
    target.tally.aggregates += 1


def _labels(target: Target, years: tuple[str, str], actors: Sequence[Coded]) -> str:
    english = " and ".join(actor.foreign.label for actor in actors) or "all actors"
    arabic = " و".join(target.arabic(actor, "perpetrator") for actor in actors) or "جميع الأطراف"
    return target.write.labels(
        f"Civilians killed by {english} in {years[0]} to {years[1]}, rows of Syria alone, UCDP {target.version}",
        f"المدنيون الذين قتلهم الطرف: {arabic}، من {years[0]} إلى {years[1]}، صفوف سوريا وحدها، UCDP {target.version}",
    )


def _comment(target: Target, left_out: Sequence[Killed]) -> str:
    """What the sum does not hold."""
    if not left_out:
        english = "No row of these years is of several countries."
        arabic = "لا صف في هذه السنوات يخص دولاً عدة معاً."
    else:
        held = sum(figure.estimates[0] for figure in left_out)
        which = ", ".join(f"{figure.actor.foreign.label} {figure.year}" for figure in left_out)
        rows = "1 row that holds" if len(left_out) == 1 else f"{len(left_out)} rows that hold"
        english = (
            f"Left out, because each gives one figure for several countries: {rows} {held:,} (best estimate): {which}."
        )
        arabic = (
            f"لم تُجمع الصفوف التي يعطي كل منها رقماً واحداً لدول عدة، وعددها {len(left_out)} ومجموعها {held:,} "
            f"(أفضل تقدير): {which}."
        )
    return target.write.labels(
        f"{english} A year without a row adds nothing: an actor enters with 25 deaths in a year or more.",
        f"{arabic} السنة التي لا صف لها لا تضيف شيئاً، إذ لا يدخل طرف إلا من 25 وفاة في السنة.",
        "rdfs:comment",
    )
