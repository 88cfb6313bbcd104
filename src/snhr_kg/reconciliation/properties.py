"""What can be asked of an entity beside its name, and what can be fetched of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

from snhr_kg.reconciliation.entities import Entity
from snhr_kg.reconciliation.index import LONGEST, Index, decide
from snhr_kg.reconciliation.normalise import fold

Cell: TypeAlias = dict[str, Any]
"""A property value of the data extension response: ``{"str": …}``, ``{"float": …}`` or ``{"id": …, "name": …}``."""

Texts: TypeAlias = Callable[[Entity], Iterable[str]]
Agrees: TypeAlias = Callable[[Entity, Sequence[str]], "bool | None"]
Values: TypeAlias = Callable[[Entity, str, Mapping[str, Any]], Iterable[Cell]]

LANGUAGES: Final = ("en", "ar")
_POINT: Final = re.compile(r"POINT ?\(([-\d.]+) ([-\d.]+)\)")
_OWNERS: Final = {
    "acled": "ACLED",
    "airwars": "Airwars",
    "geonames": "GeoNames",
    "huridocs": "HURIDOCS",
    "iso": "ISO",
    "ocha": "OCHA",
    "osm": "OpenStreetMap",
    "ucdp": "UCDP",
    "whosonfirst": "Who's On First",
    "wikidata": "Wikidata",
}


@dataclass(frozen=True, slots=True)
class Property:
    """A property: id, its name in both languages, which code lists have it (none: all), and what can be done with it.

    `agrees` says whether an entity has one of the values (None: nothing is known); `values` hands back what it has,
    for a language and the settings of a request. Either is None where the property is not for that.
    """

    id: str
    labels: Mapping[str, str]
    lists: frozenset[str]
    agrees: Agrees | None
    values: Values | None
    is_identifier: bool = False
    values_are: str = ""
    """The code list of the values, where they are entities of one."""

    def label(self, language: str) -> str:
        """Its name."""
        return self.labels[language]

    def is_of(self, lists: Iterable[str]) -> bool:
        """Whether entities of one of these lists (none: of any) have it."""
        return not self.lists or not (wanted := set(lists)) or bool(self.lists & wanted)


def properties(index: Index) -> dict[str, Property]:
    """The properties of the entities of an index, by id: the same for all graphs, and one for each list of others."""
    return {found.id: found for found in (*_names(), *_whereabouts(index), *_of_others(index))}


_ANYWHERE: Final[frozenset[str]] = frozenset()
_PLACES: Final = frozenset({"place"})


def _names() -> Iterator[Property]:
    """What the code list says of an entity."""
    yield Property("iri", _both("IRI", "المعرّف العالمي"), _ANYWHERE, _one_of(_iri), _text(_iri))
    yield Property("notation", _both("Code", "الرمز"), _ANYWHERE, _one_of(_notation), _text(_notation))
    for language, english, arabic in (("en", "English", "بالإنكليزية"), ("ar", "Arabic", "بالعربية")):
        label = _text(_in_language(language, lambda entity: entity.labels))
        name = _both(f"Label in {english}", f"الاسم {arabic}")
        yield Property(f"label_{language}", name, _ANYWHERE, None, label)
        definition = _text(_in_language(language, lambda entity: entity.definitions))
        name = _both(f"Definition in {english}", f"التعريف {arabic}")
        yield Property(f"definition_{language}", name, _ANYWHERE, None, definition)
    yield Property("other_names", _both("Other names", "أسماء أخرى"), _ANYWHERE, None, _other_names)


def _whereabouts(index: Index) -> Iterator[Property]:
    """What an entity lies in, and where."""

    @lru_cache(maxsize=1024)
    def meant(value: str) -> frozenset[str]:
        return frozenset(_meant(index, value))

    @lru_cache(maxsize=4096)
    def ancestors(iri: str) -> tuple[str, ...]:
        return tuple(_ancestors(index, index.entities[iri]))

    def above(entity: Entity, language: str, _: Mapping[str, Any]) -> Iterable[Cell]:
        return [_entity_cell(index.entities[iri], language) for iri in entity.above if iri in index.entities]

    def governorate(entity: Entity, language: str, _: Mapping[str, Any]) -> Iterable[Cell]:
        found = [index.entities[iri] for iri in (entity.iri, *ancestors(entity.iri))]
        return [_entity_cell(one, language) for one in found if one.notation.endswith("-governorate")]

    def lies_in(entity: Entity, given: Sequence[str]) -> bool | None:
        # What is remembered is as long as a name can be: a client may send far longer values.
        named = frozenset().union(*(meant(value) for value in given if len(value) <= LONGEST))
        return not named.isdisjoint(ancestors(entity.iri)) if named else None

    def place_lies_in(entity: Entity, given: Sequence[str]) -> bool | None:
        return lies_in(entity, given) if entity.code_list == "place" else None

    yield Property("broader", _both("Lies in or below", "يقع ضمن"), _ANYWHERE, lies_in, above)
    name = _both("Governorate", "المحافظة")
    yield Property("governorate", name, _PLACES, place_lies_in, governorate, values_are="place")
    yield Property("point", _both("Point (WKT)", "النقطة"), _PLACES, None, _text(_wkt))
    yield Property("longitude", _both("Longitude", "خط الطول"), _PLACES, None, _degrees(1))
    yield Property("latitude", _both("Latitude", "خط العرض"), _PLACES, None, _degrees(2))


def _of_others(index: Index) -> Iterator[Property]:
    """One property for each list of others that entities are mapped to."""
    lists: dict[str, set[str]] = {}
    for entity in index.entities.values():
        for key in entity.identifiers:
            lists.setdefault(key, set()).add(entity.code_list)
    for key, of_lists in sorted(lists.items()):
        owner, _, code_list = key.partition("-")
        name = f"{_OWNERS.get(owner, owner)} {code_list}"
        yield Property(
            key,
            _both(name, name),
            frozenset(of_lists),
            _one_of(_identifiers(key)),
            _text(_identifiers(key)),
            is_identifier=True,
        )


def _both(english: str, arabic: str) -> dict[str, str]:
    return {"en": english, "ar": arabic}


def _iri(entity: Entity) -> list[str]:
    return [entity.iri]


def _notation(entity: Entity) -> list[str]:
    return [entity.notation]


def _wkt(entity: Entity) -> list[str]:
    return [entity.wkt] if entity.wkt else []


def _in_language(language: str, texts: Callable[[Entity], Mapping[str, str]]) -> Texts:
    return lambda entity: [texts(entity)[language]] if language in texts(entity) else []


def _identifiers(key: str) -> Texts:
    return lambda entity: entity.identifiers.get(key, [])


def _entity_cell(entity: Entity, language: str) -> Cell:
    return {"id": entity.id, "name": entity.label(language)}


def _text(texts: Texts) -> Values:
    return lambda entity, _language, _settings: [{"str": text} for text in texts(entity)]


def _degrees(group: int) -> Values:
    def values(entity: Entity, _language: str, _settings: Mapping[str, Any]) -> Iterable[Cell]:
        found = _POINT.search(entity.wkt)
        return [{"float": float(found[group])}] if found else []

    return values


def _other_names(entity: Entity, _language: str, settings: Mapping[str, Any]) -> Iterable[Cell]:
    wanted = settings.get("language", "all")
    texts = dict.fromkeys(
        name.text
        for name in entity.names
        if name.kind != "label" and not name.near and wanted in ("all", name.language.partition("-")[0])
    )
    return [{"str": text} for text in texts]


def _one_of(texts: Texts) -> Agrees:
    """Agreement with one of the texts, case left aside; nothing is known of an entity that has none."""

    def agrees(entity: Entity, given: Sequence[str]) -> bool | None:
        known = {text.casefold() for text in texts(entity)}
        return any(value.strip().casefold() in known for value in given) if known else None

    return agrees


def _ancestors(index: Index, entity: Entity) -> list[str]:
    """All that an entity lies in or below, the nearest first."""
    found: dict[str, None] = {}
    ahead = list(entity.above)
    while ahead:
        iri = ahead.pop(0)
        if iri in index.entities and iri not in found:
            found[iri] = None
            ahead.extend(index.entities[iri].above)
    return list(found)


def _meant(index: Index, value: str) -> list[str]:
    """The entities that a value names, whatever their list; none where it names nothing for sure."""
    if not fold(value):
        return []
    by_list: dict[str, list[Any]] = {}
    for match in index.find(value):
        by_list.setdefault(match.entity.code_list, []).append(match)
    return [best.entity.iri for matches in by_list.values() if (best := decide(matches)) is not None]
