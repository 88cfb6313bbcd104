"""The codes, sections and reports of the graph that is served: what the values of parameters are checked against."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from snhr_kg import names
from snhr_kg.errors import UnknownCode
from snhr_kg.questions.nearest import nearest_meant
from snhr_kg.questions.rows import Value

Select: TypeAlias = Callable[[str], Sequence[Mapping[str, Value]]]
"""Asks a SELECT query and hands back its rows; what is unbound is None."""

_QUERY: Final = f"""PREFIX snhr: <{names.SNHR}>
PREFIX rdfs: <{names.PREFIXES["rdfs"]}>
PREFIX skos: <{names.PREFIXES["skos"]}>
SELECT DISTINCT ?list ?item ?notation ?english ?arabic ?other ?above WHERE {{
  {{ ?item skos:inScheme ?list ; skos:notation ?notation }}
  UNION {{ ?item a snhr:Section . BIND (snhr:Section AS ?list) }}
  UNION {{ ?item a snhr:Report . BIND (snhr:Report AS ?list) }}
  OPTIONAL {{ ?item skos:prefLabel|rdfs:label ?english . FILTER (LANG(?english) = "en") }}
  OPTIONAL {{ ?item skos:prefLabel|rdfs:label ?arabic . FILTER (LANG(?arabic) = "ar") }}
  OPTIONAL {{ ?item skos:altLabel ?other }}
  OPTIONAL {{ ?item skos:broader|snhr:within|snhr:insidePlace|snhr:partOfSection ?above }}
}} ORDER BY ?list ?item"""

MOST_NAMED: Final = 50
"""How many codes an error names where none is like the one given."""

_TYPES: Final = {names.term("Section"): "section", names.term("Report"): "report"}


@dataclass(slots=True)
class Item:
    """A code, a section or a report: its IRI, its short name, its labels, other names, and what it lies below."""

    iri: str
    notation: str
    label: str
    label_ar: str
    above: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)

    def spellings(self) -> tuple[str, ...]:
        """All that somebody may call it by: the short name, the labels, other names."""
        return (self.notation, self.label, self.label_ar, *sorted(self.others))


class Known:
    """The items of each type (a code list's name, ``section`` or ``report``) of one version of the graph."""

    def __init__(self, types: Mapping[str, Mapping[str, Item]]) -> None:
        self._types = types
        self._items = {iri: item for items in types.values() for iri, item in items.items()}
        self._below: defaultdict[str, set[str]] = defaultdict(set)
        for item in self._items.values():
            for above in item.above:
                self._below[above].add(item.iri)

    @property
    def types(self) -> tuple[str, ...]:
        """Names of the types, sorted."""
        return tuple(sorted(self._types))

    def items(self, type_name: str) -> tuple[Item, ...]:
        """The items of a type, in the order of their IRIs; none for a type that the graph does not have."""
        return tuple(self._types.get(type_name, {}).values())

    def nested(self, type_name: str) -> bool:
        """Whether items of the type lie below one another."""
        return any(self._below[iri] for iri in self._types.get(type_name, {}))

    def notation(self, iri: str) -> str:
        """The short name of an item; the IRI itself when it is none."""
        item = self._items.get(iri)
        return item.notation if item else iri

    def find(self, type_name: str, given: str) -> tuple[str, ...]:
        """The IRIs that a notation or IRI stands for: one, or one a report for a section's short name.

        Raises `UnknownCode`, naming the nearest.
        """
        items = self.items(type_name)
        found = tuple(item.iri for item in items if given in (item.notation, item.iri, _in_report(item.iri)))
        if found:
            return found
        spellings = {text: item.notation for item in items for text in item.spellings()}
        near = nearest_meant(re.split("[/#:]", given.strip())[-1] or given, spellings, most=3)
        raise UnknownCode(f"{given[:200]!r} is no {_called(type_name)}{near or _all_of(items)}")

    def below(self, iris: Iterable[str]) -> tuple[str, ...]:
        """The items and all below them: members of alliances, places inside, narrower violations, subsections."""
        found: dict[str, None] = {}
        ahead = list(iris)
        while ahead:
            iri = ahead.pop()
            if iri not in found:
                found[iri] = None
                ahead.extend(sorted(self._below[iri], reverse=True))
        return tuple(found)


def read_known(select: Select) -> Known:
    """All of them, by one query."""
    types: dict[str, dict[str, Item]] = {}
    for row in select(_QUERY):
        list_iri, iri = str(row["list"]), str(row["item"])
        name = _TYPES.get(list_iri) or list_iri.rpartition("/")[2]
        notation = str(row["notation"] or iri.rpartition("/")[2])
        item = types.setdefault(name, {}).setdefault(
            iri, Item(iri, notation, str(row["english"] or notation), str(row["arabic"] or ""))
        )
        if row["above"] is not None:
            item.above.add(str(row["above"]))
        if row["other"] is not None:
            item.others.add(str(row["other"]))
    return Known(types)


def _called(type_name: str) -> str:
    return f"{type_name} that the graph holds" if type_name in _TYPES.values() else f"code of the list {type_name}"


def _all_of(items: Sequence[Item]) -> str:
    """The end of a message about a name that is like none of these."""
    some = ", ".join(item.notation for item in items[:MOST_NAMED])
    return f"; it takes {some}" + (f" and {len(items) - MOST_NAMED} others" if len(items) > MOST_NAMED else "")


def _in_report(iri: str) -> str | None:
    """``2020-03-15/iv`` for a section of that report, so that one report's can be meant."""
    _, _, local = iri.partition(names.BASE + "report/")
    report, _, section = local.partition("/section/")
    return f"{report}/{section}" if section else None
