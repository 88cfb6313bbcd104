"""Computes figures that the report does not state from those it does, by rules, with what each presumes.

Every rule is a function from what is known to candidates. Rules are applied in the order of `RULES`, again from the
first as soon as one has found something new, until none does: so a later rule sees all that the earlier ones can
find, and a figure computed from a computed one takes the shortest way. Values come from the printed counts, bounds
from their intervals; where the intervals say nothing, no bounds are given. Orders of magnitude are never computed
with, a key that the report states as a count or an order of magnitude (be it in one mention only) is never computed
again, and no count goes below zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from snhr_kg import names
from snhr_kg.records import (
    SCHEME_OF,
    Breakdown,
    DerivedFigure,
    Dimensions,
    Interval,
    Period,
    ReportTables,
    StatedFigure,
)
from snhr_kg.rules import interval
from snhr_kg.rules.figure import SHARES, read_mention
from snhr_kg.rules.interval import grouped, written
from snhr_kg.rules.known import (
    DERIVED_INTERVALS,
    Count,
    Known,
    Words,
    computed_count,
    derive_count,
    largest_first,
    stated_count,
    whole_bounds,
)

if TYPE_CHECKING:
    from snhr_kg.codes.lists import CodeLists, GroupPartition

ALL, NOT_ATTRIBUTED, NOT_STATED = "_T", "_X", "_U"

_HUNDREDTH = Decimal("0.01")

Rule = Callable[[Known], Iterable[DerivedFigure]]


def derive(stated: Iterable[StatedFigure], tables: ReportTables, codes: CodeLists) -> tuple[DerivedFigure, ...]:
    """All figures that the rules compute from one report's stated figures, sorted by id."""
    by_id = {figure.figure.id: figure for figure in sorted(stated, key=lambda figure: figure.figure.id)}
    counts = {count.dimensions: count for count in map(stated_count, by_id.values()) if count}
    taken = {key for figure in by_id.values() if figure.data_set != SHARES for key in _stated_keys(figure)}
    derived: list[DerivedFigure] = []
    while new := _next_step(Known(tables, codes, by_id, counts), taken):
        basis = {count.iri: count.basis for count in counts.values()}
        counts = counts | {count.dimensions: count for figure in new if (count := computed_count(figure, basis))}
        taken |= {figure.dimensions for figure in new}
        derived += new
    return tuple(sorted(derived, key=lambda figure: figure.id))


def _stated_keys(figure: StatedFigure) -> Iterator[Dimensions]:
    """The figure's key, and the keys under which single mentions state it."""
    own = figure.dimensions.as_dict()
    yield from (Dimensions(**(own | dict(mention.overrides))) for mention in figure.mentions)
    yield figure.dimensions


def _next_step(known: Known, taken: set[Dimensions]) -> list[DerivedFigure]:
    """What the first rule that finds anything finds; of several candidates for one key the first."""
    for rule in RULES:
        found: dict[Dimensions, DerivedFigure] = {}
        for figure in rule(known):
            if figure.dimensions not in taken:
                found.setdefault(figure.dimensions, figure)
        if found:
            return list(found.values())
    return []


def group_partition(known: Known) -> Iterator[DerivedFigure]:
    """The one missing member of a partition of victim groups, where all else is equal.

    A missing whole is the sum of its parts, a missing part the whole less the other parts. Counts belong together
    when their other six dimensions and their basis are equal; two "not stated" are equal only inside one breakdown.
    """
    partitions = sorted(known.codes.partitions, key=lambda partition: partition.id)
    groups = {group for partition in partitions for group in (partition.whole, *partition.parts)}
    buckets: dict[tuple[Dimensions, str], dict[str, Count]] = defaultdict(dict)
    for count in known.counts.values():
        group = count.dimensions.victim_group
        if group in groups:
            buckets[replace(count.dimensions, victim_group=""), count.basis][group] = count
    for bucket in buckets.values():
        stated = [count for count in bucket.values() if count.stated]
        if stated:
            widest = min(stated, key=largest_first)
            for partition in partitions:
                yield from _missing_member(known, partition, bucket, widest)


def _missing_member(
    known: Known, partition: GroupPartition, bucket: Mapping[str, Count], widest: Count
) -> Iterator[DerivedFigure]:
    parts = sorted(partition.parts)
    missing = [group for group in (partition.whole, *parts) if group not in bucket]
    if len(missing) != 1:
        return
    (group,) = missing
    others = sorted((bucket[part] for part in parts if part != group), key=largest_first)
    plus, minus = (others, []) if group == partition.whole else ([bucket[partition.whole]], others)
    inputs = [*plus, *minus]
    if not _belong_together(known, inputs):
        return
    own_english, own_arabic = known.group_label(group)
    presumes_en, presumes_ar = _presumed(known, inputs, widest)
    words = Words(
        presumes_en,
        presumes_ar,
        f"{own_english} among “{widest.label_en}”: computed",
        f"{own_arabic} ضمن «{widest.label_ar}»: محسوب",
    )
    dimensions = replace(widest.dimensions, victim_group=group)
    yield from derive_count(known, "group-partition", f"{widest.id}--{group}", dimensions, plus, minus, words)


def _belong_together(known: Known, counts: list[Count]) -> bool:
    """Whether equal dimensions mean the same thing: what is not stated may differ, unless one breakdown joins them."""
    if NOT_STATED not in counts[0].dimensions.as_dict().values():
        return True
    stated = [count for count in counts if count.stated]
    return _in_one_breakdown(known, stated) if stated else True


def _in_one_breakdown(known: Known, counts: Iterable[Count]) -> bool:
    return bool(frozenset.intersection(*(known.breakdowns_of.get(count.id, frozenset()) for count in counts)))


def _presumed(known: Known, inputs: list[Count], widest: Count) -> tuple[str, str]:
    counts = [*inputs, widest]
    if not (all(count.stated for count in counts) and _in_one_breakdown(known, counts)):
        return _same_victims(known, inputs, widest)
    return (
        "That nobody is counted in two of the groups. "
        f"That they are parts of “{widest.label_en}” is the report's word.",
        f"أن أحداً لم يُحسب في فئتين منها. أما كونها أجزاء من «{widest.label_ar}» فهو قول التقرير.",
    )


def _same_victims(known: Known, inputs: list[Count], widest: Count) -> tuple[str, str]:
    def name(count: Count) -> tuple[str, str]:
        english, arabic = known.group_label(count.dimensions.victim_group)
        return f"{grouped(count.value)} “{english}”", f"{grouped(count.value)} «{arabic}»"

    english, arabic = zip(*map(name, inputs), strict=True)
    among_english = among_arabic = ""
    if widest not in inputs:
        widest_english, widest_arabic = name(widest)
        among_english, among_arabic = f", those of {widest_english}", f"، وهم ضحايا العدد {widest_arabic}"
    return (
        f"That {', '.join(english[:-1])} and {english[-1]} are counted among the same victims{among_english}: "
        "the report tells them apart by group alone, but does not say so.",
        f"أن {'، '.join(arabic[:-1])} و{arabic[-1]} تخص الضحايا أنفسهم{among_arabic}: "
        "يفرّق التقرير بينها بالفئة وحدها، ولا يصرح بذلك.",
    )


def between_resolutions(known: Known) -> Iterator[DerivedFigure]:
    """Differences of consecutive counts of a nested breakdown whose periods begin with legal instruments.

    Both must run to the same end and agree in all else.
    """
    for breakdown in known.breakdowns("nested"):
        counts = filter(None, map(known.stated_count, (breakdown.total, *breakdown.components)))
        dated = [(known.periods[count.dimensions.period], count) for count in counts if _is_dated(known, count)]
        for (first, earlier), (second, later) in pairwise(sorted(dated, key=lambda pair: (pair[0].begin, pair[1].id))):
            if _can_subtract(first, earlier, second, later):
                yield from _between(known, first, earlier, second, later)


def _is_dated(known: Known, count: Count) -> bool:
    period = known.periods.get(count.dimensions.period)
    return period is not None and bool(period.begin and period.begin_instrument)


def _can_subtract(first: Period, earlier: Count, second: Period, later: Count) -> bool:
    return (
        first.begin < second.begin
        and (first.end, first.open_end) == (second.end, second.open_end)
        and earlier.basis == later.basis
        and replace(earlier.dimensions, period="") == replace(later.dimensions, period="")
    )


def _between(known: Known, first: Period, earlier: Count, second: Period, later: Count) -> Iterator[DerivedFigure]:
    begin, end = known.instruments[first.begin_instrument], known.instruments[second.begin_instrument]
    stated = known.period_between.get((first.begin, second.begin))
    new = Period(
        id=f"{first.begin}--{second.begin}",
        begin=first.begin,
        end=second.begin,
        open_begin="",
        open_end="",
        begin_instrument=begin.id,
        end_instrument=end.id,
        label_en=f"From {begin.label_en} ({first.begin}) until {end.label_en} ({second.begin})",
        label_ar=f"من {begin.label_ar} ({first.begin}) حتى {end.label_ar} ({second.begin})",
        note="Lies between two periods that the report states; the report does not state this one.",
        note_ar="تقع بين فترتين يذكرهما التقرير، ولا يذكر التقرير هذه الفترة.",
        source=first.source,
    )
    words = Words(
        f"That all that is counted since {end.label_en} is also counted since {begin.label_en}, "
        "and that both counts run to the same end.",
        f"أن كل ما أُحصي منذ {end.label_ar} محصى أيضاً منذ {begin.label_ar}، وأن العددين ينتهيان في الوقت نفسه.",
        f"{earlier.label_en}, only until {end.label_en}: computed",
        f"{earlier.label_ar}، حتى {end.label_ar} فقط: محسوب",
    )
    yield from derive_count(
        known,
        "between-resolutions",
        f"{earlier.id}--between-{begin.id}-and-{end.id}",
        replace(earlier.dimensions, period=stated or new.id),
        [earlier],
        [later],
        words,
        period=None if stated else new,
    )


def partition_rest(known: Known) -> Iterator[DerivedFigure]:
    """What the parts of a partition leave of its total, as not attributed, where rounding does not explain it.

    Only where the total stands for all codes of the dimension (what an alliance's members leave over is still the
    alliance's) and its code list knows "not attributed". The rest has bounds only where total and parts all have
    both of theirs: what "at least" leaves open on either side is no bound on the difference.
    """
    for breakdown in known.breakdowns("partition"):
        scheme = SCHEME_OF[breakdown.dimension]
        total, *parts = map(known.stated_count, (breakdown.total, *breakdown.components))
        counted = [part for part in parts if part and total and (part.basis, part.unit) == (total.basis, total.unit)]
        if total is None or len(counted) < len(parts) or not _falls_short(known, breakdown):
            continue
        if total.dimensions.as_dict()[breakdown.dimension] != ALL or not known.codes.find(scheme, NOT_ATTRIBUTED):
            continue
        words = Words(
            "That the parts do not overlap and that each is counted in the total.",
            "أن الأجزاء لا تتداخل وأن كلاً منها محسوب في المجموع.",
            f"Rest of “{total.label_en}” that no part accounts for: computed",
            f"ما تبقى من «{total.label_ar}» ولا يشمله أي جزء: محسوب",
        )
        yield from derive_count(
            known,
            "partition-rest",
            f"{breakdown.id}--rest",
            Dimensions(**(total.dimensions.as_dict() | {breakdown.dimension: NOT_ATTRIBUTED})),
            [total],
            sorted(counted, key=largest_first),
            words,
            with_bounds=all(interval.is_bounded(count.interval) for count in (total, *counted)),
        )


def _falls_short(known: Known, breakdown: Breakdown) -> bool:
    def pinned(figure: str) -> Interval:
        stated = known.stated[figure]
        return read_mention(stated.principal, stated.figure, known.codes).pinned

    total, parts = pinned(breakdown.total), interval.total(map(pinned, breakdown.components))
    return parts.high is not None and total.low is not None and parts.high < total.low


def implied_by_share(known: Known) -> Iterator[DerivedFigure]:
    """The whole numbers that a stated share of a stated count can mean, where that count itself is not known."""
    report = known.tables.report.id
    for share in known.stated.values():
        whole = known.stated_count(share.figure.share_of) if share.figure.share_of else None
        if share.data_set != SHARES or whole is None:
            continue
        bounds = whole_bounds(interval.scale(interval.multiply(share.interval, whole.interval), _HUNDREDTH))
        if bounds is None:
            continue
        local = f"{share.figure.id}--implied-count"
        yield DerivedFigure(
            id=local,
            report=report,
            iri=names.in_report(report, "derived", local),
            data_set=DERIVED_INTERVALS,
            dimensions=share.dimensions,
            period=None,
            unit=whole.unit,
            value=None,
            interval=bounds,
            rule="implied-by-share",
            inputs=(share.iri, whole.iri),
            presumes_en=f"That the share is one of “{whole.label_en}” and lies within what its print leaves open.",
            presumes_ar=f"أن النسبة من «{whole.label_ar}» وأنها ضمن ما تتيحه صيغتها المطبوعة.",
            formula=f"{_bracketed(share.interval)} % × {_bracketed(whole.interval)} = {written(bounds)}",
            label_en=f"Count implied by “{share.figure.label_en}”: computed",
            label_ar=f"العدد الذي تقتضيه «{share.figure.label_ar}»: محسوب",
        )


def _bracketed(bounds: Interval) -> str:
    return written(bounds) if bounds.low == bounds.high else f"({written(bounds)})"


RULES: tuple[Rule, ...] = (group_partition, between_resolutions, partition_rest, implied_by_share)
"""In order: shares come last, because a count that another rule computes makes an implied one superfluous."""
