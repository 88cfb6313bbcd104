"""What a client asks by the Reconciliation Service API 0.2: batches of queries and data extensions, checked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from snhr_kg import names
from snhr_kg.errors import BadParameter, BadRequest, BatchTooLarge
from snhr_kg.questions.nearest import nearest
from snhr_kg.reconciliation.entities import TYPES
from snhr_kg.reconciliation.properties import Property

MOST_QUERIES: Final = 50
"""Queries of one batch (``batchSize`` of the manifest)."""

MOST_IDS: Final = 500
"""Entities of one data extension query."""

MOST_VALUES: Final = 20
"""Values of the properties of one query, all together."""

MOST_PROPERTIES: Final = 50
"""Properties of one data extension query."""

MOST_CANDIDATES: Final = 50
USUAL_CANDIDATES: Final = 10

_MEMBERS: Final = frozenset({"query", "type", "limit", "properties", "type_strict"})


@dataclass(frozen=True, slots=True)
class Query:
    """A reconciliation query: the text (may be empty), code lists (none: all), most candidates, and property values."""

    text: str
    lists: tuple[str, ...] = ()
    limit: int = USUAL_CANDIDATES
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extension:
    """A data extension query: ids of entities, and properties with their settings."""

    ids: tuple[str, ...]
    properties: tuple[tuple[Property, Mapping[str, Any]], ...]


def read_queries(text: str, known: Mapping[str, Property]) -> dict[str, Query]:
    """The queries of a batch by their keys.

    Raises `BadRequest` for what is no batch, `BadParameter` for an unknown type or property, `BatchTooLarge`.
    """
    batch = _object(_json(text, "queries"), "'queries'")
    if len(batch) > MOST_QUERIES:
        raise BatchTooLarge(f"a batch takes {MOST_QUERIES} queries, and this one has {len(batch)}; send it in parts")
    return {key: _query(f"query {key[:100]!r}", query, known) for key, query in batch.items()}


def read_extension(text: str, known: Mapping[str, Property]) -> Extension:
    """The data extension query; raises as `read_queries` does."""
    given = _object(_json(text, "extend"), "'extend'")
    ids, wanted = given.get("ids"), given.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids) or not isinstance(wanted, list):
        raise BadRequest("'extend' takes an object with 'ids', a list of strings, and 'properties', a list of objects")
    if len(ids) > MOST_IDS:
        raise BatchTooLarge(f"an extension takes {MOST_IDS} ids, and this one has {len(ids)}; send it in parts")
    if len(wanted) > MOST_PROPERTIES:
        raise BatchTooLarge(f"an extension takes {MOST_PROPERTIES} properties, and this one has {len(wanted)}")
    fetched = {name: one for name, one in known.items() if one.values is not None}
    read = []
    for one in wanted:
        described = _object(one, "a property of 'extend'")
        read.append((_property(str(described.get("id")), fetched), _settings(described.get("settings"))))
    return Extension(tuple(ids), tuple(read))


def read_types(given: Any) -> tuple[str, ...]:
    """The code lists that one type or several name, by class, IRI of the class or code list, or name of the list.

    Raises `BadParameter` for another.
    """
    types = [given] if isinstance(given, str) else given if isinstance(given, list) else [] if given is None else [None]
    found = []
    for one in types:
        name = one.get("id") if isinstance(one, dict) else one
        if name == "":
            continue
        if not isinstance(name, str) or (code_list := _LIST_OF.get(name)) is None:
            classes = [described[0] for described in TYPES.values()]
            raise BadParameter(
                f"there is no type {str(name)[:100]!r}{nearest(str(name), classes)}; there are {', '.join(classes)}"
            )
        found.append(code_list)
    return tuple(dict.fromkeys(found))


_LIST_OF: Final = {
    key: code_list
    for code_list, (name, _, _) in TYPES.items()
    for key in (name, names.term(name), f"snhr:{name}", code_list, names.scheme(code_list))
}


def _query(name: str, query: object, known: Mapping[str, Property]) -> Query:
    """One query of a batch, by the name that faults call it by."""
    given = _object(query, name)
    if unknown := sorted(set(given) - _MEMBERS):
        raise BadRequest(f"{name} has {unknown[0][:100]!r}; a query has {', '.join(sorted(_MEMBERS))}")
    text, wanted = given.get("query", ""), given.get("properties") or []
    if not isinstance(text, str) or not isinstance(wanted, list):
        raise BadRequest(f"{name}: 'query' takes a string, 'properties' a list")
    if not text.strip() and not wanted:
        raise BadRequest(f"{name} has neither 'query' nor 'properties'; send one of them")
    asked = {name: one for name, one in known.items() if one.agrees is not None}
    values: dict[str, tuple[str, ...]] = {}
    for one in wanted:
        described = _object(one, f"a property of {name}")
        id = _property(str(described.get("pid")), asked).id
        values[id] = (*values.get(id, ()), *_values(described.get("v")))
    if (given_values := sum(map(len, values.values()))) > MOST_VALUES:
        raise BatchTooLarge(f"{name} has {given_values} values of properties; {MOST_VALUES} are looked at")
    return Query(text.strip(), read_types(given.get("type")), _limit(name, given.get("limit")), values)


def _limit(name: str, given: Any) -> int:
    if given is None or given == 0:
        return USUAL_CANDIDATES
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    if isinstance(given, bool) or not isinstance(given, int) or given < 1:
        raise BadRequest(f"{name}: 'limit' takes a positive whole number")
    return min(given, MOST_CANDIDATES)


def _values(given: Any) -> tuple[str, ...]:
    """The values of a property as texts; of an entity its id."""
    if isinstance(given, list):
        if any(isinstance(one, list) for one in given):
            raise BadRequest("'v' of a property takes a value or a list of values")
        return tuple(text for one in given for text in _values(one))
    if isinstance(given, dict):
        given = given.get("id")
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    return () if given is None or given == "" else (str(given),)


def _property(name: str, known: Mapping[str, Property]) -> Property:
    if name not in known:
        raise BadParameter(f"there is no property {name[:100]!r} here{nearest(name, known)}; there are {_list(known)}")
    return known[name]


def _settings(given: Any) -> dict[str, Any]:
    """The settings of a property, ``limit`` as a number or left out; forms send numbers as texts."""
    settings = {} if given is None else dict(_object(given, "the settings of a property"))
    limit = str(settings.pop("limit", "")).removesuffix(".0")
    if limit.isascii() and limit.isdigit() and len(limit) < _DIGITS and int(limit):
        settings["limit"] = int(limit)
    return settings


_DIGITS: Final = 10


def _list(known: Iterable[str]) -> str:
    return ", ".join(sorted(known))


def _json(text: str, parameter: str) -> Any:
    try:
        read = json.loads(text)
        json.dumps(read, ensure_ascii=False).encode()  # half a surrogate pair is no text, and could not be echoed
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"'{parameter}' is no JSON: {type(error).__name__}: {error}") from error
    return read


def _object(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadRequest(f"{what} takes an object, and this is {json.dumps(value)[:100]}")
    return value
