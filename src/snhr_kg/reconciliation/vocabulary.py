"""All the words of the names that are known, and which of them are like a word that is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from snhr_kg.reconciliation.compare import FUZZY_FROM, LEAST, MOST_EDITS, likeness
from snhr_kg.reconciliation.normalise import consonants
from snhr_kg.reconciliation.words import Word

_MOST_KEPT: Final = 4_000


class Vocabulary:
    """Words, found by meaning, by consonants, and by few edits; any number of threads may ask."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._by_meaning: defaultdict[str, list[Word]] = defaultdict(list)
        self._by_consonants: defaultdict[str, list[Word]] = defaultdict(list)
        self._by_length: defaultdict[int, list[tuple[frozenset[str], Word]]] = defaultdict(list)
        self._kept: dict[Word, tuple[Word, ...]] = {}
        for word in set(words):
            self._by_meaning[word.meaning].append(word)
            if word.role == "word":
                self._by_consonants[consonants(word.meaning)].append(word)
                self._by_length[len(word.meaning)].append((frozenset(word.meaning), word))

    def near(self, word: Word) -> tuple[Word, ...]:
        """The words that the word may stand for."""
        found = self._kept.get(word)
        if found is None:
            found = tuple({near for near in self._candidates(word) if likeness(word, near) >= LEAST})
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[word] = found
        return found

    def _candidates(self, word: Word) -> Iterator[Word]:
        yield from self._by_meaning.get(word.meaning, ())
        if word.role != "word":
            return
        yield from self._by_consonants.get(consonants(word.meaning), ())
        letters, length = frozenset(word.meaning), len(word.meaning)
        if length < FUZZY_FROM:
            return
        for near_length in range(max(FUZZY_FROM, length - MOST_EDITS), length + MOST_EDITS + 1):
            for near_letters, near in self._by_length.get(near_length, ()):
                if len(letters ^ near_letters) <= 2 * MOST_EDITS:  # an edit takes one letter away and brings another
                    yield near
