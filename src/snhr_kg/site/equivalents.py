"""What a thing of ours is called elsewhere: the mappings from it, and those that were refused."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from snhr_kg.holding import Holding, Text
from snhr_kg.site.visit import Visit
from snhr_kg.site.words import gettext as _


@dataclass(frozen=True, slots=True)
class Mapping:
    """A row of a mapping set; `code` is how the other side notates its thing, where that is not its label."""

    record: str
    target: str
    called: str
    code: str
    relation: str
    confidence: str
    by: str
    comment: Text | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The mappings of one set, what was refused apart."""

    mapping_set: str
    accepted: tuple[Mapping, ...]
    refused: tuple[Mapping, ...]


_ORDER: Final = ("exactMatch", "closeMatch", "narrowMatch", "broadMatch", "relatedMatch")


def relation_words(relation: str) -> str:
    """A kind of match (its local name in SKOS) as words that say which side is the wider."""
    return {
        "exactMatch": _("the same"),
        "closeMatch": _("nearly the same"),
        "narrowMatch": _("theirs is narrower"),
        "broadMatch": _("theirs is wider"),
        "relatedMatch": _("related, not the same"),
    }.get(relation, relation)


def elsewhere(visit: Visit, iri: str) -> list[Elsewhere]:
    """The mappings from a thing, by mapping set in order of what it is called."""
    holding = visit.holding
    by_set: dict[str, list[str]] = defaultdict(list)
    for record in holding.subjects("owl:annotatedSource", iri):
        for mapping_set in holding.subjects("sssom:mappings", record):
            by_set[mapping_set].append(record)
    found = []
    for mapping_set in sorted(by_set, key=lambda one: str(visit.label(one))):
        rows = sorted((_mapping(visit, one) for one in by_set[mapping_set]), key=_closest_first)
        refused = {one for one in by_set[mapping_set] if holding.value(one, "sssom:predicate_modifier")}
        found.append(
            Elsewhere(
                mapping_set,
                tuple(row for row in rows if row.record not in refused),
                tuple(row for row in rows if row.record in refused),
            )
        )
    return found


def _mapping(visit: Visit, record: str) -> Mapping:
    holding = visit.holding
    target = holding.value(record, "owl:annotatedTarget") or ""
    called = holding.value(record, "sssom:object_label") or str(visit.label(target))
    code = holding.value(target, "skos:notation") or ""
    return Mapping(
        record=record,
        target=target,
        called=called,
        code="" if code == called else code,
        relation=(holding.value(record, "owl:annotatedProperty") or "").rpartition("#")[2],
        confidence=_percent(holding.value(record, "sssom:confidence")),
        by=_justification(holding, record),
        comment=visit.text(record, "rdfs:comment"),
    )


def _percent(confidence: str | None) -> str:
    return f"{float(confidence):.0%}" if confidence else ""


def _justification(holding: Holding, record: str) -> str:
    stated = holding.value(record, "sssom:mapping_justification") or ""
    words = {"ManualMappingCuration": _("compared by hand")}
    local = stated.rpartition("/")[2]
    return words.get(local, local)


def _closest_first(row: Mapping) -> tuple[int, str]:
    return (_ORDER.index(row.relation) if row.relation in _ORDER else len(_ORDER)), row.called
