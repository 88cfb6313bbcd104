"""Chooses which figures of two lines stand side by side.

Of a dataset with several versions the latest counts. Two lines meet in every pair of the same period, and, if none of
these is of running counts, of more than two years, in the one pair of running counts whose ends, then beginnings, are
closest; lines without any such pair meet in the closest pair they have. The report meets SNHR's other publications
twice: in the nearest before it and the nearest after. It does not meet a count of somebody else's that ends more than
two years from its own, if another count of SNHR's is nearer. A count without any date meets the report alone.

A side without a date is never related to one (see `periods`). For this choice only, an end without a date is taken to
be the day on which its source was published, and a beginning without one is no nearer and no farther than any other.
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
_TWO_YEARS: Final = 731
_GRADES: Final = ("", "A", "B", "C", "D")


def pairs_of_lines(topic: Topic, figures: Mapping[Line, Sequence[Quantity]]) -> Iterator[tuple[Line, Line, Pair]]:
    """Every pair of figures of a topic: the report's on the left first, then SNHR's other ones against others'."""
    newest = {line: latest(figures[line]) for line in topic.lines}
    own = [newest[line] for line in topic.lines if line.role == SNHR]
    for left, right in product(topic.lines, topic.lines):
        if not _meet(left, right):
            continue
        if right.role == SNHR:
            pairs = nearest_around(newest[left], newest[right])
        else:
            pairs = closest(newest[left], newest[right])
            if left.role == REPORT:
                pairs = [pair for pair in pairs if not _is_nearer(own, pair)]
            else:
                pairs = [pair for pair in pairs if _apart(pair) < _FAR]
        for pair in pairs:
            yield left, right, pair


def latest(figures: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The figures without those of a dataset of which there is a later version among them."""
    newest: dict[str, tuple[int, ...]] = {}
    for figure in figures:
        name = family(figure)
        newest[name] = max(newest.get(name, ()), version_order(figure.source.version))
    return tuple(figure for figure in figures if version_order(figure.source.version) == newest[family(figure)])


def closest(lefts: Sequence[Quantity], rights: Sequence[Quantity]) -> list[Pair]:
    """Every pair of the same period, and the closest pair of running counts; without any, the closest pair there is."""
    related = [(pair, relation(pair[0].period, pair[1].period)) for pair in product(lefts, rights)]
    found = _one_a_period([pair for pair, how in related if how == SAME])
    near = [pair for pair, how in related if how is not None]
    running = [pair for pair in near if is_running(pair[0]) and (is_running(pair[1]) or STOCK in _natures(pair))]
    if running and not any(map(is_running, (left for left, _ in found))):
        found.append(min(running, key=_distance))
    return found or ([min(near, key=_distance)] if near else [])


def nearest_around(lefts: Sequence[Quantity], rights: Sequence[Quantity]) -> list[Pair]:
    """For each left figure, the right ones that end closest: one of the same period, one before it, one after it."""
    found: list[Pair] = []
    for left in lefts:
        by_side: dict[str, list[Pair]] = {}
        for right in rights:
            how = relation(left.period, right.period)
            if how is not None and _are_alike(left, right):
                by_side.setdefault(_side(left, right, how), []).append((left, right))
        found += [min(by_side[side], key=_distance) for side in ("before", "same", "after") if side in by_side]
    return found


def _meet(left: Line, right: Line) -> bool:
    if left.role == REPORT:
        return right.role != REPORT
    return left.role == SNHR and right.role not in (REPORT, SNHR)


def family(figure: Quantity) -> str:
    """What the versions of one dataset share; a publication of a series is no version of another."""
    iri = figure.source.iri
    return iri if iri.startswith(_SERIES) else iri.rpartition("/")[0]


def _one_a_period(pairs: Sequence[Pair]) -> list[Pair]:
    """For each period the best pair: the higher grade, then the later publication."""
    by_period: dict[tuple[date | None, date | None], list[Pair]] = {}
    for pair in pairs:
        by_period.setdefault((pair[0].period.begin, pair[0].period.end), []).append(pair)
    return [min(some, key=_distance) for some in by_period.values()]


def _is_nearer(own: Sequence[Sequence[Quantity]], pair: Pair) -> bool:
    """Whether the ends of a pair lie more than two years apart, and another count of SNHR's ends nearer."""
    apart = _apart(pair)
    if apart <= _TWO_YEARS:
        return False
    others = [other for figures in own for other in closest(figures, [pair[1]])]
    return any(_apart(other) < apart for other in others)


def _are_alike(one: Quantity, other: Quantity) -> bool:
    """Whether both are running counts or both are short ones; a stock is like anything."""
    return STOCK in _natures((one, other)) or is_running(one) == is_running(other)


def _natures(pair: Pair) -> tuple[str, str]:
    return pair[0].nature, pair[1].nature


def is_running(figure: Quantity) -> bool:
    """Whether a figure counts over more than two years, or from or to a day that is not known."""
    begin, end = figure.period.begin, figure.period.end
    return begin is None or end is None or (end - begin).days > _TWO_YEARS


def _distance(pair: Pair) -> tuple[object, ...]:
    """Smallest for the pair to choose: ends, beginnings, worse grade, publication (later first), IRIs."""
    left, right = pair
    begins = left.period.begin, right.period.begin
    grade = max(_GRADES.index(left.grade), _GRADES.index(right.grade))
    published = tuple(-(figure.source.published or date.min).toordinal() for figure in pair)
    return _apart(pair), _days_between(*begins) or 0, None in begins, grade, published, left.iri, right.iri


def _apart(pair: Pair) -> int:
    days = _days_between(*map(_end, pair))
    return _FAR if days is None else days


def _end(figure: Quantity) -> date | None:
    return figure.period.end or figure.source.published


def _days_between(one: date | None, other: date | None) -> int | None:
    return None if one is None or other is None else abs((one - other).days)


def _side(left: Quantity, right: Quantity, how: str) -> str:
    """On which side of the left figure the right one lies: those of the same end but another beginning lie on none."""
    if how == SAME:
        return "same"
    ends = _end(left), _end(right)
    if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
        return ""
    return "after" if ends[0] < ends[1] else "before"
