"""Finds the entities that a name may mean, best first, and says which one it surely means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from snhr_kg.reconciliation.compare import Comparison, compare
from snhr_kg.reconciliation.entities import Entity, Name
from snhr_kg.reconciliation.normalise import fold, is_abbreviation
from snhr_kg.reconciliation.parts import Part, is_aside, split, stands_for
from snhr_kg.reconciliation.vocabulary import Vocabulary
from snhr_kg.reconciliation.words import Lexicon, Word

LONGEST: Final = 300
"""Characters of a name that is looked for: no name in the graph is as long."""

MOST_WORDS: Final = 30
"""Words of a name that is looked for, likewise."""

MOST_PARTS: Final = 8
"""Parts of a name that are looked at one by one."""

SURE_FROM: Final = 80
"""Scores from here on are of names all of whose telling words agree; whatever is less sure stays below."""

MOST_NEAR: Final = 75
"""The score of what is known to be only near: a member, a part, a wing."""

MOST_LEFT_OVER: Final = 70
"""The score of a name with a telling word that the other has not."""

ABBREVIATED: Final = 70
"""The score of an abbreviation that is in no list and stands for a name: three letters are the name of many."""

_FEWEST_LETTERS: Final = 3
"""Of such an abbreviation."""

_OTHER_KIND: Final = 20
_COMMON: Final = frozenset({"violation-type", "victim-group", "weapon", "indicator"})
"""Lists whose names are common words, with a plural."""

_ABBREVIATION: Final = Comparison(ABBREVIATED / 100, 0, False, False)
_SAME_TEXT: Final = Comparison(1.0, 0, True, True)


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that a name may mean: the name of it that is likest, and how like it is.

    `grade`: 3 written the same but for marks and case, 2 the same but for spelling or language, 1 but for words that
    tell little, 0 not surely meant. `abbreviated`: the name asked for stands for the first letters of `name`.
    `other_kind`: both say what kind of place they are, and not the same.
    """

    entity: Entity
    name: Name
    score: int
    grade: int
    left_over: int
    abbreviated: bool = False
    other_kind: bool = False

    @property
    def rank(self) -> tuple[int, bool]:
        """What decides between entities that may both be meant; the code list's own names before mapped ones."""
        return self.grade, self.name.kind != "mapping"


@dataclass(frozen=True, slots=True)
class _Entry:
    entity: Entity
    name: Name
    folded: str
    words: tuple[Word, ...]


class Index:
    """The names of entities, prepared for looking up; holds nothing but them, and any number of threads may ask."""

    def __init__(self, entities: Mapping[str, Entity], lexicon: Lexicon) -> None:
        self.entities = entities
        self._by_id = {entity.id: entity for entity in entities.values()}
        self._by_identifier = _unambiguous(entities.values())
        self._lexicon = lexicon
        self._entries = [self._entry(entity, name) for entity in entities.values() for name in entity.names]
        self._written: defaultdict[str, list[int]] = defaultdict(list)
        self._with: defaultdict[Word, list[int]] = defaultdict(list)
        for number, entry in enumerate(self._entries):
            self._written[entry.folded].append(number)
            for word in entry.words:
                self._with[word].append(number)
        self._vocabulary = Vocabulary(self._with)
        self._kinds = {iri: self._kinds_of(entity) for iri, entity in entities.items()}

    def find(self, text: str, lists: Collection[str] = ()) -> list[Match]:
        """The entities of these code lists (none: of all) that the text may mean, each once, best first."""
        if len(text) > LONGEST or not 0 < len(fold(text).split()) <= MOST_WORDS:
            return []
        if (named := self.entity(text)) is not None and (not lists or named.code_list in lists):
            return [Match(named, Name(text, "", "identifier"), 100, 3, 0)]
        found = self._whole(text, lists)
        if not any(match.grade >= 2 for match in found.values()):
            for match in self._in_parts(text, lists):
                _keep(found, match)
        return sorted(found.values(), key=lambda match: (*match.rank, match.score, match.entity.iri), reverse=True)

    def entity(self, identifier: str) -> Entity | None:
        """The entity with this IRI or id, or with this code in a list of others (Q2429253, SY07); None without one."""
        return (
            self.entities.get(identifier) or self._by_id.get(identifier) or self._by_identifier.get(identifier.upper())
        )

    def beginning(self, prefix: str, lists: Collection[str] = ()) -> list[Match]:
        """The entities with a name that has words which begin so, best first; then those that `find` finds."""
        folded = fold(prefix)
        by_name = self.find(prefix, lists)
        found: dict[str, Match] = {match.entity.iri: match for match in by_name if match.grade}
        for entry in self._entries:
            if folded and f" {folded}" in f" {entry.folded}" and (not lists or entry.entity.code_list in lists):
                score = round(100 * len(folded) / len(entry.folded))
                _keep(found, Match(entry.entity, entry.name, score, 0, 0))
        first = sorted(found.values(), key=lambda match: (-match.grade, -match.score, match.entity.iri))
        return first + [match for match in by_name if match.entity.iri not in found]

    def _whole(self, text: str, lists: Collection[str]) -> dict[str, Match]:
        folded = fold(text)
        asked = {common: self._lexicon.words(text, plural=common) for common in (False, True)}
        short = is_abbreviation(text) and len(folded) >= _FEWEST_LETTERS
        found: dict[str, Match] = {}
        for number in self._near_entries({*asked[False], *asked[True]}, folded, short):
            entry = self._entries[number]
            if lists and entry.entity.code_list not in lists:
                continue
            words = asked[entry.entity.code_list in _COMMON]
            comparison = _SAME_TEXT if entry.folded == folded else compare(words, entry.words)
            abbreviated = short and comparison.likeness < _ABBREVIATION.likeness and stands_for(text, entry.name.text)
            if comparison.likeness > 0 or abbreviated:
                _keep(found, self._match(entry, words, _ABBREVIATION if abbreviated else comparison, folded))
        return found

    def _near_entries(self, words: Iterable[Word], folded: str, short: bool) -> list[int]:
        """The numbers, in order, of the entries that share a telling word with these, or begin with the same letter."""
        numbers = set(self._written.get(folded, ()))
        for word in words:
            if not word.tells:
                continue
            for known in self._vocabulary.near(word):
                numbers.update(self._with[known])
        if short:
            numbers.update(n for n, entry in enumerate(self._entries) if entry.folded[:1] == folded[:1])
        # In order: of two names that are as like, the first known is the one told.
        return sorted(numbers)

    def _match(self, entry: _Entry, asked: Sequence[Word], comparison: Comparison, folded: str) -> Match:
        grade = 0
        if comparison.sure and not entry.name.near:
            grade = 3 if entry.folded == folded else 2 if comparison.complete else 1
        kinds = {word.meaning for word in asked if word.role == "kind"}
        known_kinds = self._kinds[entry.entity.iri]
        other_kind = grade < 3 and bool(kinds) and bool(known_kinds) and not kinds & known_kinds
        score = round(comparison.likeness * 100) - _OTHER_KIND * other_kind
        grade = 0 if other_kind else grade
        score = max(score, SURE_FROM) if grade else min(score, _most(entry.name, comparison))
        if grade < 3:
            score = min(score, 99)
        abbreviated = comparison is _ABBREVIATION
        return Match(entry.entity, entry.name, max(score, 0), grade, comparison.left_over, abbreviated, other_kind)

    def _in_parts(self, text: str, lists: Collection[str]) -> Iterable[Match]:
        """Entities that every part of the text means, but for parts that say nothing of who is meant."""
        parts = split(text, self._lexicon)
        if not 1 < len(parts) <= MOST_PARTS:
            return
        meant = [part for part in parts if not self._is_aside(part, [other for other in parts if other is not part])]
        found = [self._sure(part.text, lists) for part in meant]
        for iri in set.intersection(*map(set, found)) if found else ():
            match = min((matches[iri] for matches in found), key=lambda match: (match.grade, match.score))
            yield replace(match, grade=1, score=max(SURE_FROM, match.score - len(parts) + 1))

    def _is_aside(self, part: Part, others: Sequence[Part]) -> bool:
        return is_aside(part, others, known=bool(self._sure(part.text, ())))

    def _sure(self, text: str, lists: Collection[str]) -> dict[str, Match]:
        return {iri: match for iri, match in self._whole(text, lists).items() if match.grade}

    def _entry(self, entity: Entity, name: Name) -> _Entry:
        words = self._lexicon.words(name.text, plural=entity.code_list in _COMMON)
        return _Entry(entity, name, fold(name.text), words)

    def _kinds_of(self, entity: Entity) -> frozenset[str]:
        labels = [word for label in entity.labels.values() for word in self._lexicon.words(label)]
        return frozenset(word.meaning for word in labels if word.role == "kind")


def _unambiguous(entities: Iterable[Entity]) -> dict[str, Entity]:
    """Entities by their codes in lists of others that have letters and digits, where one entity has the code."""
    bearers: defaultdict[str, dict[str, Entity]] = defaultdict(dict)
    for entity in entities:
        for code in {code.upper() for codes in entity.identifiers.values() for code in codes}:
            if _CODE.fullmatch(code):
                bearers[code][entity.iri] = entity
    return {code: next(iter(found.values())) for code, found in bearers.items() if len(found) == 1}


_CODE: Final = re.compile(r"[A-Z]+-?[0-9]+|[A-Z]{2}-[A-Z]{2}")
"""Q2429253, SY07, SY-ID."""


def _most(name: Name, comparison: Comparison) -> int:
    """The highest score of what is not surely meant."""
    if comparison.left_over:
        return MOST_LEFT_OVER
    return MOST_NEAR if name.near else SURE_FROM - 1


def decide(matches: Sequence[Match]) -> Match | None:
    """The one of these that is surely meant; None when none is, or when another may be meant as well."""
    sure = [match for match in matches if match.grade]
    if not sure:
        return None
    best, *others = sorted(sure, key=lambda match: (*match.rank, match.score), reverse=True)
    if any(other.rank == best.rank and best.score - other.score < _LEAD for other in others):
        return None
    return best


_LEAD: Final = 5
"""By how much one must lead another that is as sure."""


def _keep(found: dict[str, Match], match: Match) -> None:
    """Keep the better of two matches of one entity."""
    before = found.get(match.entity.iri)
    if before is None or (*match.rank, match.score) > (*before.rank, before.score):
        found[match.entity.iri] = match
