"""Puts figures of the graph side by side, topic by topic."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from snhr_kg.comparisons.others import with_lines_of
from snhr_kg.comparisons.pairs import family, pairs_of_lines
from snhr_kg.comparisons.periods import relation, shared
from snhr_kg.comparisons.reasons import computed_reasons, stock_beside_flow
from snhr_kg.comparisons.records import REPORT, Comparison, Line, Quantity, Topic
from snhr_kg.comparisons.select import Finder, Select

_PLACES: Final = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Compared:
    """A topic with all figures of each of its lines, and the comparisons made of them."""

    topic: Topic
    figures: Mapping[Line, tuple[Quantity, ...]]
    comparisons: tuple[Comparison, ...]


def compare_with(select: Select, topics: Sequence[Topic], also: Collection[str] = ()) -> Iterator[Compared]:
    """Each topic compared, over whatever answers `select`.

    `also` are IRIs of datasets of which figures with the codes of SNHR's lines are compared too, where no line of the
    tables is of them.
    """
    finder = Finder(select)
    for topic in with_lines_of(also, topics):
        figures = {line: finder.figures(line) for line in topic.lines}
        yield Compared(topic, figures, tuple(_of_topic(topic, figures)))


def _of_topic(topic: Topic, figures: Mapping[Line, tuple[Quantity, ...]]) -> Iterator[Comparison]:
    for left_line, right_line, (left, right) in pairs_of_lines(topic, figures):
        how = relation(left.period, right.period)
        assert how is not None  # disjoint pairs are never chosen
        versions = [figure for figure in figures[right_line] if _same_but_version(figure, right)]
        # What holds for a line of SNHR's is said of it beside the report, not beside others.
        stated = (*(left_line.reasons if left_line.role == REPORT else ()), *right_line.reasons)
        reasons = (*stated, *computed_reasons(left, right, how, versions))
        difference, ratio = _difference(left, right), _ratio(left, right)
        yield Comparison(
            topic=replace(topic, lines=()),
            left_line=left_line,
            right_line=right_line,
            left=left,
            right=right,
            relation=how,
            shared=shared(left.period, right.period),
            difference=difference,
            ratio=ratio,
            arithmetic=arithmetic(left, right),
            reasons=tuple(dict.fromkeys(reasons)),
        )


def _same_but_version(one: Quantity, other: Quantity) -> bool:
    if not (one.source.version and other.source.version) or family(one) != family(other):
        return False
    return (one.period.begin, one.period.end) == (other.period.begin, other.period.end)


def _difference(left: Quantity, right: Quantity) -> Decimal | None:
    return None if left.value is None or right.value is None else right.value - left.value


def _ratio(left: Quantity, right: Quantity) -> Decimal | None:
    if left.value is None or right.value is None or left.value == 0 or stock_beside_flow(left, right):
        return None
    return (right.value / left.value).quantize(_PLACES)


def arithmetic(left: Quantity, right: Quantity) -> str:
    """The comparison in one line of arithmetic, from values, or from bounds where a side has no value."""
    if left.value is None or right.value is None:
        low = None if right.lower is None or left.upper is None else right.lower - left.upper
        high = None if right.upper is None or left.lower is None else right.upper - left.lower
        return (
            f"[{_bound(right.lower)}, {_bound(right.upper)}] − [{_bound(left.lower)}, {_bound(left.upper)}]"
            f" = [{_bound(low)}, {_bound(high)}]; no ratio, for want of a value"
        )
    line = f"{right.value:,} − {left.value:,} = {_signed(right.value - left.value)}"
    if stock_beside_flow(left, right):
        return f"{line}; no ratio of a stock and a flow"
    ratio = _ratio(left, right)
    return f"{line}; no ratio to nought" if ratio is None else f"{line}; {right.value:,} ÷ {left.value:,} = {ratio}"


def _bound(value: Decimal | None) -> str:
    return "…" if value is None else _signed(value)


def _signed(value: Decimal) -> str:
    return f"{value:,}".replace("-", "−")
