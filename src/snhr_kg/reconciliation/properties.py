"""What can be asked of an entity beside its name, and what can be fetched of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

from snhr_kg.reconciliation.entities import Entity
from snhr_kg.reconciliation.index import Index, decide
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
    return {found.id: found for found in (*_own(index), *_of_others(index))}


def _own(index: Index) -> Iterator[Property]:
    anywhere: frozenset[str] = frozenset()
    places = frozenset({"place"})

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
        named = frozenset().union(*map(meant, given))
        return not named.isdisjoint(ancestors(entity.iri)) if named else None

    def lies_in_governorate(entity: Entity, given: Sequence[str]) -> bool | None:
        return lies_in(entity, given) if entity.code_list == "place" else None

    yield Property(
        "iri", _both("IRI", "المعرّف العالمي"), anywhere, _one_of(lambda e: [e.iri]), _text(lambda e: [e.iri])
    )
    yield Property(
        "notation", _both("Code", "الرمز"), anywhere, _one_of(lambda e: [e.notation]), _text(lambda e: [e.notation])
    )
    for language, english, arabic in (("en", "English", "بالإنكليزية"), ("ar", "Arabic", "بالعربية")):
        yield Property(
            f"label_{language}",
            _both(f"Label in {english}", f"الاسم {arabic}"),
            anywhere,
            None,
            _text(_in_language(language, lambda e: e.labels)),
        )
        yield Property(
            f"definition_{language}",
            _both(f"Definition in {english}", f"التعريف {arabic}"),
            anywhere,
            None,
            _text(_in_language(language, lambda e: e.definitions)),
        )
    yield Property("other_names", _both("Other names", "أسماء أخرى"), anywhere, None, _other_names)
    yield Property("broader", _both("Lies in or below", "يقع ضمن"), anywhere, lies_in, above)
    yield Property(
        "governorate", _both("Governorate", "المحافظة"), places, lies_in_governorate, governorate, values_are="place"
    )
    yield Property("point", _both("Point (WKT)", "النقطة"), places, None, _text(lambda e: [e.wkt] if e.wkt else []))
    yield Property("longitude", _both("Longitude", "خط الطول"), places, None, _degrees(1))
    yield Property("latitude", _both("Latitude", "خط العرض"), places, None, _degrees(2))


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
