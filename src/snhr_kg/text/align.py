"""Finds quotes, in their order, in another extraction of the text that they come from.

Every place where a quote's signs stand is a candidate; of all ways to give quotes places in rising order the one
is taken that places most, and among those the one nearest to where the quotes around make it expected. Only the
candidates nearest to that are weighed, so the work grows with n log n.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from snhr_kg.text.source import Extraction, squeeze

NEAREST = 12
"""So many candidates of a quote are weighed, those nearest to the expected place."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words and the place they have in the text they come from."""

    start: int
    words: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a quote's signs begin in the squeezed text of an extraction."""

    at: int
    words: str

    def span(self, extraction: Extraction, start: int, end: int) -> tuple[int, int]:
        """The place in `extraction.clean` of ``words[start:end]``, which must hold a sign other than space or dash."""
        first = self.at + len(squeeze(self.words[:start]))
        last = self.at + len(squeeze(self.words[:end])) - 1
        return extraction.place[first], extraction.place[last] + 1


def align(quotes: Sequence[Quote], extraction: Extraction) -> list[Placed | None]:
    """The place of each quote (sorted by start) in the extraction, or None where it cannot be found in order."""
    keys = [squeeze(quote.words) for quote in quotes]
    found = _occurrences({key for key in keys if key}, extraction)
    expect = _Expectation(quotes, keys, found, len(extraction.squeezed))
    chosen = _best_chain(quotes, keys, found, expect)
    return [None if at is None else Placed(at, quote.words) for at, quote in zip(chosen, quotes, strict=True)]


def _occurrences(keys: set[str], extraction: Extraction) -> dict[str, list[int]]:
    """Every place of every key, not inside a longer word or number.

    Keys are looked up by their first signs, as many as the greatest power of two that fits, and then whole.
    """
    starts: dict[int, dict[str, dict[int, set[str]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    for key in keys:
        length = 1 << (len(key).bit_length() - 1)
        starts[length][key[:length]][len(key)].add(key)
    text = extraction.squeezed
    found: dict[str, list[int]] = defaultdict(list)
    for length, by_prefix in starts.items():
        for at in range(len(text) - length + 1):
            for whole, wanted in by_prefix.get(text[at : at + length], {}).items():
                key = text[at : at + whole]
                if key in wanted and _is_whole(extraction, at, whole):
                    found[key].append(at)
    return found


def _is_whole(extraction: Extraction, at: int, length: int) -> bool:
    clean = extraction.clean
    first, end = extraction.place[at], extraction.place[at + length - 1] + 1
    return not (_same_run(clean[first - 1 : first], clean[first]) or _same_run(clean[end - 1], clean[end : end + 1]))


def _same_run(left: str, right: str) -> bool:
    return (left.isdecimal() and right.isdecimal()) or (left.isalpha() and right.isalpha())


class _Expectation:
    """Where a position of the source should be in the squeezed text, judged by quotes that occur once in both."""

    def __init__(self, quotes: Sequence[Quote], keys: Sequence[str], found: dict[str, list[int]], length: int) -> None:
        times = Counter(keys)
        anchors = [
            (quote.start, found[key][0])
            for quote, key in zip(quotes, keys, strict=True)
            if times[key] == 1 and len(found.get(key, ())) == 1
        ]
        kept = [anchors[place] for place in _rising([at for _, at in anchors])]
        self.sources, self.targets = [source for source, _ in kept], [target for _, target in kept]
        self.slope = length / max((quote.start + len(quote.words) for quote in quotes), default=1)

    def __call__(self, source: int) -> float:
        right = bisect_right(self.sources, source)
        if not self.sources:
            return source * self.slope
        if right in (0, len(self.sources)):
            near = min(right, len(self.sources) - 1)
            return self.targets[near] + (source - self.sources[near]) * self.slope
        left = right - 1
        share = (source - self.sources[left]) / (self.sources[right] - self.sources[left])
        return self.targets[left] + share * (self.targets[right] - self.targets[left])


def _rising(values: Sequence[int]) -> list[int]:
    """Indices of a longest strictly rising subsequence."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        place = bisect_left(tails, value)
        tails[place : place + 1] = [value]
        ends[place : place + 1] = [index]
        before.append(ends[place - 1] if place else -1)
    chain, index = [], ends[-1] if ends else -1
    while index >= 0:
        chain.append(index)
        index = before[index]
    return chain[::-1]


@dataclass(frozen=True, slots=True)
class _Candidate:
    quote: int
    at: int
    key: tuple[int, int]
    distance: float


def _candidates(
    quotes: Sequence[Quote], keys: Sequence[str], found: dict[str, list[int]], expect: _Expectation
) -> list[_Candidate]:
    """For each quote the occurrences nearest to where it is expected.

    Quotes that begin at the same place of the source may share a place; `key` orders them then by rank.
    """
    candidates: list[_Candidate] = []
    rank = 0
    for index, quote in enumerate(quotes):
        rank = rank + 1 if index and quotes[index - 1].start == quote.start else 0
        places, expected = found.get(keys[index], []), expect(quote.start)
        near = bisect_left(places, expected)
        window = places[max(0, near - NEAREST) : near + NEAREST]
        nearest = sorted(window, key=lambda at: abs(at - expected))[:NEAREST]
        candidates.extend(_Candidate(index, at, (at, rank), abs(at - expected)) for at in nearest)
    return candidates


_Score = tuple[int, float, int]  # so many placed, minus the sum of distances, the candidate it ends with


def _best_chain(
    quotes: Sequence[Quote], keys: Sequence[str], found: dict[str, list[int]], expect: _Expectation
) -> list[int | None]:
    """The heaviest chain of candidates rising in quote and place, by a tree of prefix maxima over the places."""
    candidates = _candidates(quotes, keys, found, expect)
    ranks = {key: place for place, key in enumerate(sorted({candidate.key for candidate in candidates}), 1)}
    tree: list[_Score] = [(0, 0.0, -1)] * (len(ranks) + 1)
    before: list[int] = []
    best: _Score = (0, 0.0, -1)
    waiting: list[tuple[int, _Score]] = []
    for number, candidate in enumerate(candidates):
        if number and candidates[number - 1].quote != candidate.quote:
            _enter(tree, waiting)
        place = ranks[candidate.key]
        count, weight, last = _heaviest(tree, place - 1)
        score = (count + 1, weight - candidate.distance, number)
        before.append(last)
        waiting.append((place, score))
        best = max(best, score, key=lambda entry: entry[:2])
    chosen: list[int | None] = [None] * len(quotes)
    number = best[2]
    while number >= 0:
        chosen[candidates[number].quote] = candidates[number].at
        number = before[number]
    return chosen


def _enter(tree: list[_Score], waiting: list[tuple[int, _Score]]) -> None:
    """Puts the scores of one quote's candidates into the tree, so that none of them precedes another."""
    for place, score in waiting:
        while place < len(tree):
            tree[place] = max(tree[place], score, key=lambda entry: entry[:2])
            place += place & -place
    waiting.clear()


def _heaviest(tree: list[_Score], place: int) -> _Score:
    best: _Score = (0, 0.0, -1)
    while place > 0:
        best = max(best, tree[place], key=lambda entry: entry[:2])
        place -= place & -place
    return best
