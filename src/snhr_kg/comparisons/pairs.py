"""Chooses which figures of two lines stand side by side.

Of a dataset with several versions the latest counts. Two lines meet in every pair of the same period; where there is
none, in the one pair whose periods are closest: whose ends are, for stocks, and whose beginnings and ends together
are, for counts of what happened. The report meets SNHR's other publications twice: in the nearest one
before it and the nearest one after. An end without a date is taken, for this choice only, to be the day on which its
source was published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Final, TypeAlias

from snhr_kg import names
from snhr_kg.comparisons.periods import SAME, relation
from snhr_kg.comparisons.records import REPORT, SNHR, STOCK, Line, Quantity, Topic
from snhr_kg.comparisons.select import version_order

Pair: TypeAlias = tuple[Quantity, Quantity]

_SERIES: Final = names.external("series", "")
_FAR: Final = (date.max - date.min).days
_GRADES: Final = ("", "A", "B", "C", "D")


def pairs_of_lines(topic: Topic, figures: Mapping[Line, Sequence[Quantity]]) -> Iterator[tuple[Line, Line, Pair]]:
    """Every pair of figures of a topic: the report's on the left first, then SNHR's other ones against others'."""
    for left, right in product(topic.lines, topic.lines):
        if _meet(left, right):
            choose = nearest_around if right.role == SNHR else closest
            for pair in choose(latest(figures[left]), latest(figures[right])):
                yield left, right, pair


def latest(figures: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The figures without those of a dataset of which there is a later version among them."""
    newest: dict[str, tuple[int, ...]] = {}
    for figure in figures:
        name = family(figure)
        newest[name] = max(newest.get(name, ()), version_order(figure.source.version))
    return tuple(figure for figure in figures if version_order(figure.source.version) == newest[family(figure)])


def closest(lefts: Sequence[Quantity], rights: Sequence[Quantity]) -> Iterator[Pair]:
    """The pairs of the same period; without any, the pair whose periods are closest."""
    related = [(pair, relation(pair[0].period, pair[1].period)) for pair in product(lefts, rights)]
    same = [pair for pair, how in related if how == SAME]
    if same:
        yield from _one_a_period(same)
    elif near := [pair for pair, how in related if how is not None]:
        yield min(near, key=_distance)


def nearest_around(lefts: Sequence[Quantity], rights: Sequence[Quantity]) -> Iterator[Pair]:
    """For each left figure, the right ones that end closest: one before it, one after it, those of its own end."""
    for left in lefts:
        meeting = [(left, right) for right in rights if relation(left.period, right.period) is not None]
        end = _end(left)
        for side in ("before", "with", "after"):
            some = [pair for pair in meeting if _side(_end(pair[1]), end) == side]
            if some:
                yield min(some, key=_distance)


def _meet(left: Line, right: Line) -> bool:
    if left.role == REPORT:
        return right.role != REPORT
    return left.role == SNHR and right.role not in (REPORT, SNHR)


def family(figure: Quantity) -> str:
    """What the versions of one dataset share; a publication of a series is no version of another."""
    iri = figure.source.iri
    return iri if iri.startswith(_SERIES) else iri.rpartition("/")[0]


def _one_a_period(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """For each period the best pair: the higher grade, then the later publication."""
    by_period: dict[tuple[date | None, date | None], list[Pair]] = {}
    for pair in pairs:
        by_period.setdefault((pair[0].period.begin, pair[0].period.end), []).append(pair)
    for some in by_period.values():
        yield min(some, key=_distance)


def _distance(pair: Pair) -> tuple[object, ...]:
    """Smallest for the pair to choose: how far ends lie apart, worse grade, publication (later first), IRIs.

    For counts of what happened it is ends and beginnings together: a year is no neighbour of the nine that it ends.
    """
    left, right = pair
    apart = _days_between(_end(left), _end(right))
    begins = left.period.begin, right.period.begin
    if STOCK not in (left.nature, right.nature):
        apart += _days_between(*begins)
    grade = max(_GRADES.index(left.grade), _GRADES.index(right.grade))
    published = tuple(-(figure.source.published or date.min).toordinal() for figure in pair)
    return apart, grade, published, left.iri, right.iri


def _end(figure: Quantity) -> date | None:
    return figure.period.end or figure.source.published


def _days_between(one: date | None, other: date | None) -> int:
    return _FAR if one is None or other is None else abs((one - other).days)


def _side(end: date | None, of: date | None) -> str:
    if end is None or of is None or end == of:
        return "with"
    return "before" if end < of else "after"
