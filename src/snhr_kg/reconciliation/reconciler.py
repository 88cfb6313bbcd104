"""Candidates for names, with scores that say how they came about; values of properties; suggestions while one types."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from snhr_kg.reconciliation.entities import TYPES, Entity, Name, Select, read_entities
from snhr_kg.reconciliation.index import SURE_FROM, Index, Match, decide
from snhr_kg.reconciliation.properties import Cell, Property, properties
from snhr_kg.reconciliation.requests import Extension, Query
from snhr_kg.reconciliation.spellings import shipped_spellings
from snhr_kg.reconciliation.words import lexicon

LEAST_SCORE: Final = 30
"""Candidates below are not handed out: they share a word of several, by chance."""

_CONTRADICTED: Final = 30
"""What a property that contradicts takes off the score."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a query may mean; `chosen` when it surely does. `agreement`: by property, has it the value?"""

    match: Match
    score: int
    chosen: bool
    lead: int
    agreement: Mapping[str, bool]


class Reconciler:
    """An index and the properties of its entities."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.properties = properties(index)

    def candidates(self, query: Query) -> list[Candidate]:
        """The entities that the query may mean, best first; the chosen one, if any, is the first."""
        by_name = self.index.find(query.text, query.lists)
        weighed = [self._weigh(match, query) for match in self._with_named(by_name, query)]
        chosen = decide([match for match, _ in weighed])
        surest = decide(by_name)
        if chosen is not None and surest is not None and chosen.entity is not surest.entity:
            chosen = None  # properties settle what a name leaves open, and never speak against what it surely means
        ordered = sorted(weighed, key=lambda one: (one[0] is not chosen, -one[0].score, one[0].entity.iri))
        shown = [one for one in ordered if one[0].score >= LEAST_SCORE][: query.limit]
        found = []
        for position, (match, agreement) in enumerate(shown):
            following = shown[position + 1][0].score if position + 1 < len(shown) else 0
            found.append(Candidate(match, match.score, match is chosen, match.score - following, agreement))
        return found

    def _with_named(self, by_name: Sequence[Match], query: Query) -> list[Match]:
        """What the name finds, and what identifiers name; without a name, all that agree with every value."""
        found = {match.entity.iri: match for match in by_name}
        for entity in self.index.entities.values() if query.values else ():
            if query.lists and entity.code_list not in query.lists:
                continue
            agreement = self._agreement(entity, query)
            named = any(held for name, held in agreement.items() if self.properties[name].is_identifier)
            if named or (not query.text and agreement and all(agreement.values())):
                name = Name(entity.label("en"), "en", "identifier" if named else "label")
                found[entity.iri] = Match(entity, name, 100 if named else SURE_FROM - 1, 3 if named else 0, 0)
        return list(found.values())

    def _agreement(self, entity: Entity, query: Query) -> dict[str, bool]:
        """By property of the query whether the entity has one of the values; left out where nothing is known."""
        found = {}
        for name, values in query.values.items():
            agrees = self.properties[name].agrees
            if values and agrees is not None and (held := agrees(entity, values)) is not None:
                found[name] = held
        return found

    def _weigh(self, match: Match, query: Query) -> tuple[Match, dict[str, bool]]:
        """The match after the properties: one that contradicts forbids a choice, whatever the name."""
        agreement = self._agreement(match.entity, query)
        contradicted = sum(not held for held in agreement.values())
        if contradicted:
            score = min(match.score, SURE_FROM - 1) - _CONTRADICTED * contradicted
            return replace(match, score=max(score, 0), grade=0), agreement
        return match, agreement

    def extend(self, extension: Extension, language: str) -> dict[str, dict[str, list[Cell]]]:
        """By id and property the values; none for an id that there is not."""
        return {
            id_: {one.id: self._cells(id_, one, settings, language) for one, settings in extension.properties}
            for id_ in extension.ids
        }

    def _cells(self, id_: str, wanted: Property, settings: Mapping[str, Any], language: str) -> list[Cell]:
        entity = self.index.entity(id_)
        if entity is None or wanted.values is None:
            return []
        cells = list(wanted.values(entity, language, settings))
        return cells[: settings.get("limit")]

    def suggest(self, prefix: str, lists: Sequence[str]) -> list[Entity]:
        """Entities for what somebody has typed so far, best first."""
        return [match.entity for match in self.index.beginning(prefix, lists)]


def make_reconciler(select: Select, keep: Callable[[Name], bool] = lambda _: True) -> Reconciler:
    """The reconciler over a graph, with the further names that ship with the package.

    It learns only the names that `keep` says yes to: what is measured with a source's names must not have learned them.
    """
    entities = read_entities(select, shipped_spellings())
    for entity in entities.values():
        entity.names = [name for name in entity.names if keep(name)]
    return Reconciler(Index(entities, lexicon()))


def type_label(code_list: str, language: str) -> str:
    """What a type is called."""
    _, english, arabic = TYPES[code_list]
    return arabic if language == "ar" else english
