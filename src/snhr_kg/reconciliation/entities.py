"""What can be matched: our codes, with all their names and what is known of each, read from the graph served."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from snhr_kg import names
from snhr_kg.mappings.foreign import foreign_code

IDENTIFIER_SPACE: Final = names.scheme("")
"""What stands before an id in the IRI of an entity."""

Select: TypeAlias = Callable[[str], Iterable[Mapping[str, object]]]
"""Asks a SELECT query and hands back its rows; what is unbound is None."""

TYPES: Final = {
    "perpetrator": ("Perpetrator", "Perpetrator", "جهة محمّلة المسؤولية"),
    "place": ("Place", "Place", "مكان"),
    "violation-type": ("ViolationType", "Type of violation", "نوع انتهاك"),
    "victim-group": ("VictimGroup", "Victim group", "فئة ضحايا"),
    "weapon": ("Weapon", "Weapon", "سلاح"),
    "indicator": ("Indicator", "Indicator", "مؤشر"),
}
"""Code list to its type: the class of the ontology, and what it is called in English and Arabic."""

NEAR: Final = frozenset({"part", "related"})
"""Kinds of names of something near an entity: they find it and never match it."""

_PREFIXES: Final = "\n".join(
    f"PREFIX {prefix}: <{names.PREFIXES[prefix]}>" for prefix in ("geo", "owl", "skos", "snhr", "sssom")
)
_LISTS: Final = "VALUES ?list { " + " ".join(f"<{names.scheme(name)}>" for name in TYPES) + " } "
_CODES: Final = f"""{_PREFIXES}
SELECT ?list ?code ?property ?value ?language {{
  {_LISTS}
  VALUES ?property {{ skos:notation skos:prefLabel skos:altLabel skos:hiddenLabel skos:definition skos:broader
    snhr:within snhr:insidePlace snhr:memberOf }}
  ?code skos:inScheme ?list ; ?property ?value .
  BIND (LANG(?value) AS ?language)
}} ORDER BY ?list ?code ?property ?value"""
_POINTS: Final = f"""{_PREFIXES}
SELECT ?code ?wkt {{ ?code skos:inScheme <{names.scheme("place")}> ; geo:hasGeometry/geo:asWKT ?wkt }}"""
_MAPPINGS: Final = f"""{_PREFIXES}
SELECT ?code ?relation ?target ?label {{
  {_LISTS}
  ?code skos:inScheme ?list .
  ?mapping a sssom:Mapping ; owl:annotatedSource ?code ; owl:annotatedProperty ?relation ; owl:annotatedTarget ?target .
  FILTER NOT EXISTS {{ ?mapping sssom:predicate_modifier ?modifier }}
  OPTIONAL {{ ?mapping sssom:object_label ?label }}
}} ORDER BY ?code ?target ?relation"""

_SKOS: Final = names.PREFIXES["skos"]
_SAME: Final = {_SKOS + "exactMatch", _SKOS + "closeMatch"}
_NAMING: Final = {_SKOS + "prefLabel": "label", _SKOS + "altLabel": "other", _SKOS + "hiddenLabel": "hidden"}
_ABOVE: Final = {_SKOS + "broader", names.term("within"), names.term("memberOf"), names.term("insidePlace")}


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an entity: text, language, what kind of name it is, and where it is from.

    `kind` is ``label``, ``other`` or ``hidden`` (of the code list), ``mapping`` (of a record elsewhere that is mapped
    as the same), or one of the table of spellings; `source` is empty for the code list's own, else owner or address.
    """

    text: str
    language: str
    kind: str
    source: str = ""

    @property
    def near(self) -> bool:
        """Whether it names something else, which is only near."""
        return self.kind in NEAR


@dataclass(slots=True)
class Entity:
    """A code that can be matched: IRI, id (list and notation as in the IRI), labels, names, and what is known of it."""

    iri: str
    code_list: str
    notation: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    """IRIs of what it lies in or below, the nearest ones."""
    identifiers: dict[str, list[str]] = field(default_factory=dict)
    """What it is called in the lists of others, by owner and list (``ocha-p-code``), where mapped as the same."""
    wkt: str = ""

    @property
    def id(self) -> str:
        """What clients call it: the IRI without what all IRIs of codes begin with."""
        return self.iri.removeprefix(IDENTIFIER_SPACE)

    def label(self, language: str) -> str:
        """The label in a language, else in any; the notation where it has none."""
        return self.labels.get(language) or next(iter(self.labels.values()), self.notation)

    def definition(self, language: str) -> str:
        """The definition in a language, or nothing."""
        return self.definitions.get(language, "")


def read_entities(select: Select, spellings: Iterable[tuple[str, Name]] = ()) -> dict[str, Entity]:
    """The entities of the graph by IRI, with the further names that `spellings` has for them."""
    entities: dict[str, Entity] = {}
    for row in select(_CODES):
        code_list = str(row["list"]).rpartition("/")[2]
        entity = entities.setdefault(str(row["code"]), Entity(str(row["code"]), code_list))
        _describe(entity, str(row["property"]), str(row["value"]), str(row["language"] or ""))
    for row in select(_POINTS):
        if entity_of := entities.get(str(row["code"])):
            entity_of.wkt = str(row["wkt"])
    for row in select(_MAPPINGS):
        if mapped := entities.get(str(row["code"])):
            _map(mapped, str(row["relation"]), str(row["target"]), str(row["label"] or ""))
    for iri, name in spellings:
        if iri in entities:
            entities[iri].names.append(name)
    return entities


def _describe(entity: Entity, property_: str, value: str, language: str) -> None:
    if property_ in _NAMING:
        entity.names.append(Name(value, language, _NAMING[property_]))
        if property_ == _SKOS + "prefLabel":
            entity.labels[language] = value
    elif property_ in _ABOVE:
        if value not in entity.above:
            entity.above.append(value)
    elif property_ == _SKOS + "definition":
        entity.definitions[language] = value
    else:
        entity.notation = value


def _map(entity: Entity, relation: str, target: str, label: str) -> None:
    code = foreign_code(target)
    source = code.owner if code else target
    if relation in _SAME and code is not None:
        entity.identifiers.setdefault(f"{code.owner}-{code.code_list}", []).append(code.notation)
    label = label.rpartition("--")[2]  # a subject heading: "Syria--Raqqah"
    name = Name(label, "", "mapping" if relation in _SAME else "related", source)
    if label and name not in entity.names:
        entity.names.append(name)
