"""Asks the consistency questions and answers each as data: the verdict, and the arithmetic behind it.

Verdicts come from bounds, differences from printed values. Two quantities are *contradictory* when their intervals
have nothing in common; *consistent* when their values agree or their intervals meet even with "at least" and "more
than" read as closely as the print allows; and *consistent only through "at least"* when nothing but the open side of
such a number reconciles them. A vague word ("hundreds") is no ground for a contradiction: where one takes part and
the intervals do not meet, the question is left unasked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from snhr_kg import names
from snhr_kg.records import (
    Breakdown,
    Check,
    DerivedFigure,
    Dimensions,
    Figure,
    Interval,
    Mention,
    ReportTables,
    StatedFigure,
)
from snhr_kg.rules import interval
from snhr_kg.rules.figure import COUNTS, SHARES, read_mention
from snhr_kg.rules.interval import ANYTHING, grouped, overlap

if TYPE_CHECKING:
    from snhr_kg.codes.lists import CodeLists

CONSISTENT, THROUGH_AT_LEAST, CONTRADICTORY = "consistent", "consistent-only-through-at-least", "contradictory"
VERDICTS_BY_WEIGHT = (CONTRADICTORY, THROUGH_AT_LEAST, CONSISTENT)

_NATURAL = Interval(Decimal(0), None)
_HUNDRED = Decimal(100)
_SHARE_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One side of a question: its value (None for vague words), its interval, and that interval read closely."""

    value: Decimal | None
    interval: Interval
    pinned: Interval
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question comes to: the verdict, the two numbers, and the arithmetic as text."""

    verdict: str
    expected: Decimal | None
    found: Decimal | None
    arithmetic: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the questions are asked of: one report's tables, its figures by id, and all counts by dimensions."""

    tables: ReportTables
    codes: CodeLists
    stated: Mapping[str, StatedFigure]
    counts: Mapping[Dimensions, StatedFigure | DerivedFigure]

    def quantity(self, figure: str) -> Quantity:
        """The quantity that a stated figure carries."""
        stated = self.stated[figure]
        return self.mentioned(stated.principal, stated.figure)

    def mentioned(self, mention: Mention, figure: Figure) -> Quantity:
        """The quantity that one mention states."""
        reading = read_mention(mention, figure, self.codes)
        text = mention.printed if reading.value is None else grouped(reading.value)
        return Quantity(reading.value, reading.interval, reading.pinned, text)

    def breakdowns(self, kind: str) -> Iterator[Breakdown]:
        """The report's breakdowns of one kind."""
        return (row for row in self.tables.breakdowns if row.kind == kind)

    def label(self, scheme: str, notation: str) -> tuple[str, str]:
        """The English and Arabic label of a code; its notation where the lists lack it."""
        code = self.codes.find(scheme, notation)
        return (code.label_en, code.label_ar) if code else (notation, notation)


def check(
    stated: Iterable[StatedFigure], derived: Iterable[DerivedFigure], tables: ReportTables, codes: CodeLists
) -> tuple[Check, ...]:
    """The answers to all questions about one report, sorted by id."""
    by_id = {figure.figure.id: figure for figure in stated}
    counts: dict[Dimensions, StatedFigure | DerivedFigure] = {
        figure.dimensions: figure for figure in derived if figure.value is not None
    }
    counts |= {figure.dimensions: figure for figure in by_id.values() if figure.data_set == COUNTS}
    asked = Asked(tables, codes, by_id, counts)
    return tuple(sorted((answer for question in QUESTIONS for answer in question(asked)), key=lambda row: row.id))


def compare(one: Quantity, other: Quantity) -> str | None:
    """The verdict on two quantities that ought to be one; None where only a vague word speaks against it."""
    agree = one.value is not None and one.value == other.value
    return _verdict(
        overlap(one.interval, other.interval), agree or overlap(one.pinned, other.pinned), _vague(one, other)
    )


def compare_within(part: Quantity, whole: Quantity) -> str | None:
    """The verdict on a quantity that ought not to exceed another; None where only a vague word speaks against it."""
    agree = part.value is not None and whole.value is not None and part.value <= whole.value
    return _verdict(
        overlap(part.interval, _up_to(whole.interval)),
        agree or overlap(part.pinned, _up_to(whole.pinned)),
        _vague(part, whole),
    )


def partition_sum(asked: Asked) -> Iterator[Check]:
    """Whether the parts of each partition add up to its total."""
    for breakdown in asked.breakdowns("partition"):
        total = asked.quantity(breakdown.total)
        figures = sorted(breakdown.components, key=lambda figure: (-(asked.stated[figure].value or 0), figure))
        parts = [asked.quantity(figure) for figure in figures]
        found = _sum(parts)
        if verdict := compare(total, found):
            arithmetic = f"{' + '.join(part.text for part in parts)} = {found.text}; stated {total.text}"
            answer = Answer(verdict, total.value, found.value, arithmetic)
            labels = (f"Parts against total: {breakdown.label_en}", f"الأجزاء مقابل المجموع: {breakdown.label_ar}")
            yield _of_breakdown(asked, "partition-sum", breakdown, figures, answer, labels)


def subset_within_whole(asked: Asked) -> Iterator[Check]:
    """Whether no component of a subset breakdown exceeds its total."""
    for breakdown in asked.breakdowns("subset"):
        whole = asked.quantity(breakdown.total)
        for figure in breakdown.components:
            part = asked.quantity(figure)
            if verdict := compare_within(part, whole):
                answer = Answer(verdict, whole.value, part.value, whole.text + _and_inside(whole, part))
                row, total = asked.stated[figure].figure, asked.stated[breakdown.total].figure
                labels = (
                    f"Part within whole: “{row.label_en}” within “{total.label_en}”",
                    f"الجزء ضمن الكل: «{row.label_ar}» ضمن «{total.label_ar}»",
                )
                yield _of_breakdown(asked, "subset-within-whole", breakdown, [figure], answer, labels, f"--{figure}")


def nested_not_growing(asked: Asked) -> Iterator[Check]:
    """Whether each count of a nested breakdown contains the next, which begins later.

    Expected and found are the two neighbours that differ least, or contradict each other most.
    """
    begins = {period.id: period.begin for period in asked.tables.periods}
    for breakdown in asked.breakdowns("nested"):
        figures = sorted(
            breakdown.components, key=lambda figure: (begins.get(asked.stated[figure].dimensions.period, ""), figure)
        )
        quantities = [asked.quantity(figure) for figure in (breakdown.total, *figures)]
        steps = list(pairwise(quantities))
        verdicts = {compare_within(inner, outer) for outer, inner in steps} - {None}
        worst = next((verdict for verdict in VERDICTS_BY_WEIGHT if verdict in verdicts), None)
        if worst is None:
            continue
        pairs = [(o.value, i.value) for o, i in steps if o.value is not None and i.value is not None]
        closest = min(pairs, key=lambda pair: pair[0] - pair[1], default=(None, None))
        text = quantities[0].text + "".join(_and_inside(outer, inner) for outer, inner in steps)
        answer = Answer(worst, closest[0], closest[1], text)
        labels = (f"Each within the one before: {breakdown.label_en}", f"كل عدد ضمن الذي قبله: {breakdown.label_ar}")
        yield _of_breakdown(asked, "nested-not-growing", breakdown, figures, answer, labels)


def share_of_count(asked: Asked) -> Iterator[Check]:
    """Whether a stated share is what the counts come to, where the count it is about is stated or computed."""
    for share in asked.stated.values():
        count, whole = asked.counts.get(share.dimensions), asked.stated.get(share.figure.share_of)
        if share.data_set != SHARES or count is None or whole is None or whole.data_set != COUNTS:
            continue
        row = share.figure
        stated, found = asked.quantity(row.id), _percentage(_counted(asked, count), asked.quantity(whole.figure.id))
        if found and (verdict := compare(stated, found)):
            answer = Answer(verdict, stated.value, found.value, f"{found.text}; stated {stated.text}")
            labels = (f"Share against counts: {row.label_en}", f"النسبة مقابل الأعداد: {row.label_ar}")
            involved = (share.iri, count.iri, whole.iri)
            yield _check(asked, "share-of-count", row.id, share.iri, involved, answer, labels)


def mentions_agree(asked: Asked) -> Iterator[Check]:
    """Whether each mention with another value or qualifier than the principal one can be true beside it."""
    for stated in asked.stated.values():
        principal = stated.principal
        for mention in stated.mentions:
            if _says(mention) != _says(principal):
                yield from _mentions(asked, stated, principal, mention)


def _mentions(asked: Asked, stated: StatedFigure, principal: Mention, mention: Mention) -> Iterator[Check]:
    one, other = asked.mentioned(principal, stated.figure), asked.mentioned(mention, stated.figure)
    verdict = compare(one, other)
    if verdict is None:
        return
    said, said_here = (
        f"{quantity.text} ({asked.label('qualifier', row.qualifier)[0]})"
        for quantity, row in ((one, principal), (other, mention))
    )
    part_en, part_ar = asked.label("text-part", mention.part)
    labels = (
        f"Stated more than once: {stated.figure.label_en} ({part_en})",
        f"مذكور أكثر من مرة: {stated.figure.label_ar} ({part_ar})",
    )
    about, beside = (names.in_report(stated.report, "mention", row.id) for row in (mention, principal))
    answer = Answer(verdict, one.value, other.value, f"principal mention {said}; this mention {said_here}")
    yield _check(asked, "mentions-agree", mention.id, about, (stated.iri, beside, about), answer, labels)


Question = Callable[[Asked], Iterable[Check]]

QUESTIONS: tuple[Question, ...] = (
    partition_sum,
    subset_within_whole,
    nested_not_growing,
    share_of_count,
    mentions_agree,
)
"""Every question that is asked; the order does not matter."""


def _verdict(meets: bool, meets_closely: bool, vague: bool) -> str | None:
    if not meets:
        return None if vague else CONTRADICTORY
    return CONSISTENT if meets_closely else THROUGH_AT_LEAST


def _vague(*quantities: Quantity) -> bool:
    return any(quantity.value is None for quantity in quantities)


def _up_to(bounds: Interval) -> Interval:
    return Interval(None, bounds.high, high_included=bounds.high_included)


def _says(mention: Mention) -> tuple[Decimal | None, str, str]:
    return mention.value, mention.magnitude, mention.qualifier


def _and_inside(outer: Quantity, inner: Quantity) -> str:
    exceeds = outer.value is not None and inner.value is not None and inner.value > outer.value
    return f" {'<' if exceeds else '≥'} {inner.text}"


def _sum(parts: Sequence[Quantity]) -> Quantity:
    values = [part.value for part in parts if part.value is not None]
    value = sum(values, Decimal(0)) if len(values) == len(parts) else None
    bounds = interval.total(part.interval for part in parts)
    text = interval.written(bounds) if value is None else grouped(value)
    return Quantity(value, bounds, interval.total(part.pinned for part in parts), text)


def _counted(asked: Asked, count: StatedFigure | DerivedFigure) -> Quantity:
    if isinstance(count, StatedFigure):
        return asked.quantity(count.figure.id)
    bounds = interval.intersect(count.interval or ANYTHING, _NATURAL)
    high = count.value if bounds.high is None else bounds.high
    pinned = Interval(bounds.low if count.interval else count.value, high, bounds.low_included)
    return Quantity(count.value, bounds, pinned, "" if count.value is None else grouped(count.value))


def _percentage(part: Quantity, whole: Quantity) -> Quantity | None:
    """What the part comes to in percent of the whole; None where there is nothing to divide by."""
    if part.value is None or not whole.value:
        return None

    def percent(one: Interval, other: Interval) -> Interval:
        return interval.intersect(interval.scale(interval.divide(one, other), _HUNDRED), Interval(None, _HUNDRED))

    value = (_HUNDRED * part.value / whole.value).quantize(_SHARE_PLACES)
    text = f"100 × {part.text} ÷ {whole.text} = {value}"
    return Quantity(value, percent(part.interval, whole.interval), percent(part.pinned, whole.pinned), text)


def _of_breakdown(
    asked: Asked,
    rule: str,
    breakdown: Breakdown,
    figures: Iterable[str],
    answer: Answer,
    labels: tuple[str, str],
    suffix: str = "",
) -> Check:
    about = names.in_report(asked.tables.report.id, "breakdown", breakdown.id)
    involved = tuple(asked.stated[figure].iri for figure in (breakdown.total, *figures))
    return _check(asked, rule, breakdown.id + suffix, about, involved, answer, labels)


def _check(
    asked: Asked,
    rule: str,
    local: str,
    about: str,
    involved: tuple[str, ...],
    answer: Answer,
    labels: tuple[str, str],
) -> Check:
    residual = answer.expected - answer.found if answer.expected is not None and answer.found is not None else None
    ending = "" if residual is None else f"; residual {grouped(residual)}"
    return Check(
        id=f"{rule}--{local}",
        report=asked.tables.report.id,
        iri=names.in_report(asked.tables.report.id, "check", f"{rule}--{local}"),
        rule=rule,
        about=about,
        involved=involved,
        verdict=answer.verdict,
        expected=answer.expected,
        found=answer.found,
        residual=residual,
        arithmetic=answer.arithmetic + ending,
        label_en=labels[0],
        label_ar=labels[1],
    )
