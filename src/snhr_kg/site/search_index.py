"""Finds things by words and numbers in either language, whatever their spelling, with what of each was matched.

Words are compared as names are when they are reconciled: by `reconciliation.words`, `vocabulary` and `compare`. Every
word that is asked for must be found, or a longer one that it begins; where nothing has them all, what has most of them
is found.
"""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from snhr_kg.reconciliation.compare import likeness
from snhr_kg.reconciliation.normalise import fold
from snhr_kg.reconciliation.vocabulary import Vocabulary
from snhr_kg.reconciliation.words import Lexicon, Word
from snhr_kg.site import wording

LABEL: Final = 10.0
NAME: Final = 8.0
ABOUT: Final = 4.0
TEXT: Final = 2.0
"""How much it counts where a word stands: in a label, in another name, in what a thing is about, in a text."""

MOST_WORDS: Final = 12
"""Words of a question that are looked for."""

_BEGINNING: Final = 0.65
_SHORTEST_BEGINNING: Final = 3
_EXACT: Final = 30.0
_WHOLE: Final = 10.0
_NUMBER: Final = 25.0
_COMMON: Final = 0.4
"""What a word that says little (a city, a group) counts for at least."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words by which a thing can be found, and how much it counts to find it there."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Document:
    """A thing that can be found: its IRI, what kind of thing it is, how readily it is shown, its words and numbers."""

    iri: str
    kind: str
    said: tuple[Said, ...]
    numbers: frozenset[str] = frozenset()
    readiness: float = 1.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found, how well it fits, and the words of it that fit best."""

    document: Document
    score: float
    matched: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, best first; with `partly`, nothing has all the words and these have some of them."""

    hits: tuple[Hit, ...]
    partly: bool


class SearchIndex:
    """The documents, prepared for looking up; any number of threads may ask."""

    def __init__(self, documents: Iterable[Document], lexicon: Lexicon) -> None:
        self.documents = tuple(documents)
        self._lexicon = lexicon
        self._texts: list[tuple[int, Said, str, int]] = []
        self._with: defaultdict[Word, list[int]] = defaultdict(list)
        self._numbers: defaultdict[str, list[int]] = defaultdict(list)
        parse = cache(self._parsed)
        for number, document in enumerate(self.documents):
            for value in document.numbers:
                self._numbers[value].append(number)
            for said in document.said:
                folded, words = parse(said.text)
                for word in words:
                    self._with[word].append(len(self._texts))
                self._texts.append((number, said, folded, len(words)))
        self._vocabulary = Vocabulary(self._with)
        self._by_form = sorted(((word.form, word) for word in self._with), key=lambda one: (one[0], one[1].meaning))
        self._forms = [form for form, _ in self._by_form]

    def _parsed(self, text: str) -> tuple[str, tuple[Word, ...]]:
        """A text folded, and its words."""
        plain = wording.plain_digits(text)
        return fold(plain), self._lexicon.words(plain, plural=True)

    def find(self, text: str) -> Found:
        """The documents that the text is found in, best first."""
        plain = wording.plain_digits(text)
        numbers = wording.numbers_in(plain)
        words = self._lexicon.words(wording.without_numbers(plain), plural=True)[:MOST_WORDS]
        scores = [self._of_number(number) for number in numbers[:MOST_WORDS]]
        scores += [self._of_word(word) for word in words]
        if not scores:
            return Found((), False)
        whole = fold(plain)
        every = set.intersection(*(set(found) for found in scores))
        if every:
            return Found(self._ranked(every, scores, whole), False)
        counted = {document: sum(document in found for found in scores) for found in scores for document in found}
        most = max(counted.values(), default=0)
        return Found(self._ranked([one for one in counted if counted[one] == most], scores, whole), bool(most))

    def nearest_words(self, text: str, most: int = 3) -> list[str]:
        """Words of the documents that are spelled like what was asked for, where nothing was found."""
        forms = [form for form in dict.fromkeys(self._forms) if len(form) > 2]
        found = [
            form
            for word in fold(wording.without_numbers(text)).split()[:MOST_WORDS]
            for form in difflib.get_close_matches(word, forms, most, 0.6)
        ]
        return list(dict.fromkeys(found))[: 2 * most]

    def nearest_numbers(self, text: str, most: int = 3) -> list[str]:
        """Numbers of the documents that lie near to those asked for."""
        asked = [float(number) for number in wording.numbers_in(text)[:MOST_WORDS]]
        known = sorted(self._numbers, key=float)
        return [near for one in asked for near in sorted(known, key=lambda value: abs(float(value) - one))[:most]]

    def _of_number(self, number: str) -> dict[int, tuple[float, int]]:
        """By document, how well it has the number; as a figure's value, or as a word of a text."""
        found = self._of_word(Word(number, "word", number))
        for document in self._numbers.get(number, ()):
            found[document] = (_NUMBER, -1)
        return found

    def _of_word(self, word: Word) -> dict[int, tuple[float, int]]:
        """By document, how well it has the word, and the text that has it best."""
        found: dict[int, tuple[float, int]] = {}
        for known, alike in self._near(word).items():
            for number in self._with[known]:
                document, said, _, length = self._texts[number]
                score = alike * said.weight * max(word.weight, _COMMON) * (1 + 1 / length)
                if score > found.get(document, (0.0, 0))[0]:
                    found[document] = (score, number)
        return found

    def _near(self, word: Word) -> Mapping[Word, float]:
        """The words that it may stand for, with how alike they are; those that it begins are somewhat alike."""
        found = {}
        if len(word.form) >= _SHORTEST_BEGINNING and not word.form.isdigit():
            for position in range(bisect_left(self._forms, word.form), len(self._forms)):
                form, known = self._by_form[position]
                if not form.startswith(word.form):
                    break
                found[known] = _BEGINNING
        for near in self._vocabulary.near(word):
            found[near] = likeness(word, near)
        return found

    def _ranked(
        self, documents: Iterable[int], scores: Sequence[Mapping[int, tuple[float, int]]], whole: str
    ) -> tuple[Hit, ...]:
        hits = []
        for number in documents:
            best = [found[number] for found in scores if number in found]
            texts = [text for _, text in best if text >= 0]
            score = sum(part for part, _ in best) + max((self._bonus(text, whole) for text in texts), default=0.0)
            matched = self._texts[max(texts, key=lambda text: self._texts[text][1].weight)][1].text if texts else ""
            document = self.documents[number]
            hits.append(Hit(document, score * document.readiness, matched))
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.document.iri)))

    def _bonus(self, text: int, whole: str) -> float:
        """What a thing gains by being called just so, or by a name that has all that was asked for in one piece."""
        _, said, folded, _ = self._texts[text]
        if folded == whole:
            return _EXACT * said.weight / LABEL
        return _WHOLE * said.weight / LABEL if f" {whole} " in f" {folded} " else 0.0
