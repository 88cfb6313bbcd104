"""The bodies of answers of the Reconciliation Service API 0.2, as JSON values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from snhr_kg import names
from snhr_kg.reconciliation.entities import IDENTIFIER_SPACE, TYPES, Entity
from snhr_kg.reconciliation.properties import Property
from snhr_kg.reconciliation.reconciler import Candidate, Reconciler, type_label
from snhr_kg.reconciliation.requests import MOST_QUERIES, Extension, Query

SCHEMA_SPACE: Final = names.SNHR
"""What stands before the id of a type in the IRI of its class."""

PREVIEW: Final = {"width": 480, "height": 320}
_NAMES: Final = {
    "en": "SNHR knowledge graph: parties, places, violations",
    "ar": "الرسم البياني المعرفي للشبكة السورية: الجهات والأماكن والانتهاكات",
}
_FOUND_BY: Final = {"en": "found by", "ar": "وُجد عبر"}
_KINDS: Final = {
    "label": ("label", "الاسم"),
    "other": ("other name", "اسم آخر"),
    "hidden": ("spelling", "كتابة أخرى"),
    "mapping": ("name in another list", "الاسم في قائمة أخرى"),
    "identifier": ("identifier", "معرّف"),
    "spelling": ("spelling", "كتابة أخرى"),
    "translation": ("translation", "ترجمة"),
    "abbreviation": ("abbreviation", "اختصار"),
    "former": ("former name", "اسم سابق"),
    "later": ("later name", "اسم لاحق"),
    "part": ("a part of it, not the same", "جزء منه وليس هو"),
    "related": ("near, not the same", "قريب منه وليس هو"),
}


def kind_label(kind: str, language: str) -> str:
    """What a kind of name is called."""
    return _KINDS[kind][language == "ar"]


def manifest(root: str, base: str, language: str, version: str) -> dict[str, Any]:
    """The service manifest: `root` is the address of the host without a slash at its end, `base` the service's path."""

    def suggestion(kind: str) -> dict[str, str]:
        return {
            "service_url": root,
            "service_path": f"{base}/suggest/{kind}",
            "flyout_service_url": root,
            "flyout_service_path": f"{base}/flyout/{kind}?id=${{id}}",
        }

    return {
        "versions": ["0.2"],
        "name": _NAMES[language],
        "identifierSpace": IDENTIFIER_SPACE,
        "schemaSpace": SCHEMA_SPACE,
        "defaultTypes": types(TYPES, language),
        "documentation": f"{root}/",
        "serviceVersion": version,
        "batchSize": MOST_QUERIES,
        "view": {"url": f"{root}{base}/view/{{{{id}}}}"},
        "preview": {"url": f"{root}{base}/preview/{{{{id}}}}", **PREVIEW},
        "suggest": {kind: suggestion(kind) for kind in ("entity", "property", "type")},
        "extend": {
            "propose_properties": {"service_url": root, "service_path": f"{base}/properties"},
            "property_settings": _SETTINGS[language],
        },
    }


_SETTINGS: Final = {
    "en": [
        {
            "name": "limit",
            "label": "Most values",
            "type": "number",
            "default": 0,
            "help_text": "How many values a cell gets at most; 0 for all.",
        },
        {
            "name": "language",
            "label": "Language of other names",
            "type": "select",
            "default": "all",
            "help_text": "Which of the other names to fetch.",
            "choices": [
                {"value": "all", "name": "all"},
                {"value": "en", "name": "English"},
                {"value": "ar", "name": "Arabic"},
            ],
        },
    ],
    "ar": [
        {
            "name": "limit",
            "label": "أكبر عدد من القيم",
            "type": "number",
            "default": 0,
            "help_text": "أكبر عدد من القيم في الخلية، و0 للكل.",
        },
        {
            "name": "language",
            "label": "لغة الأسماء الأخرى",
            "type": "select",
            "default": "all",
            "help_text": "أيّ الأسماء الأخرى يُجلب.",
            "choices": [
                {"value": "all", "name": "الكل"},
                {"value": "en", "name": "الإنكليزية"},
                {"value": "ar", "name": "العربية"},
            ],
        },
    ],
}


def types(lists: Iterable[str], language: str) -> list[dict[str, str]]:
    """The types of these code lists."""
    return [{"id": TYPES[code_list][0], "name": type_label(code_list, language)} for code_list in lists]


def results(reconciler: Reconciler, queries: Mapping[str, Query], language: str) -> dict[str, Any]:
    """The reconciliation result batch."""
    return {
        key: {"result": [_candidate(found, language) for found in reconciler.candidates(query)]}
        for key, query in queries.items()
    }


def _candidate(found: Candidate, language: str) -> dict[str, Any]:
    entity, name = found.match.entity, found.match.name
    return {
        "id": entity.id,
        "name": entity.label(language),
        "description": f"{_FOUND_BY[language]} “{name.text}” ({kind_label(name.kind, language)})",
        "type": types([entity.code_list], language),
        "score": found.score,
        "match": found.chosen,
        "features": _features(found),
    }


def _features(found: Candidate) -> list[dict[str, Any]]:
    """What the score came from; docs/reconciliation.md explains each."""
    match = found.match
    values: dict[str, int | bool] = {
        "name_grade": match.grade,
        "words_left_over": match.left_over,
        "abbreviated": match.abbreviated,
        "near_only": match.name.near,
        "other_kind_of_place": match.other_kind,
        "lead": found.lead,
        **{f"property_{name}": held for name, held in found.agreement.items()},
    }
    return [{"id": name, "value": value} for name, value in values.items()]


def extension(reconciler: Reconciler, asked: Extension, language: str) -> dict[str, Any]:
    """The data extension response."""
    meta = []
    for one, _ in asked.properties:
        described: dict[str, Any] = {"id": one.id, "name": one.label(language)}
        if one.values_are:
            described["type"] = types([one.values_are], language)[0]
        meta.append(described)
    return {"meta": meta, "rows": reconciler.extend(asked, language)}


def proposals(known: Iterable[Property], lists: Sequence[str], language: str) -> list[dict[str, str]]:
    """The properties that entities of these lists may have values of."""
    return [{"id": one.id, "name": one.label(language)} for one in known if one.values is not None and one.is_of(lists)]


def suggested_entities(entities: Iterable[Entity], language: str) -> list[dict[str, Any]]:
    """Suggestions of entities, each with its type and its definition."""
    return [
        {
            "id": entity.id,
            "name": entity.label(language),
            "description": entity.definition(language),
            "notable": types([entity.code_list], language),
        }
        for entity in entities
    ]
