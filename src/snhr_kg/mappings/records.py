"""What a mapping set holds once it is read: its description, and its records with every name written out."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from snhr_kg import names

SKOS: Final = names.PREFIXES["skos"]

EXACT: Final = SKOS + "exactMatch"
CLOSE: Final = SKOS + "closeMatch"
BROAD: Final = SKOS + "broadMatch"
NARROW: Final = SKOS + "narrowMatch"
RELATED: Final = SKOS + "relatedMatch"

PREDICATES: Final = (EXACT, CLOSE, BROAD, NARROW, RELATED)
"""The relations a record may state, read from our code to theirs: `narrowMatch` says that theirs is the narrower."""


@dataclass(frozen=True, slots=True)
class MappingRecord:
    """One judged relation between a concept of ours and one of others; all names are IRIs.

    `dimension`, `notation` and `subject_label_ar` are empty where the subject is no code but a resource of a report. A
    record that is `refused` says that the relation does not hold, and why. `file` and `line` say where it stands.
    """

    id: str
    subject: str
    subject_label: str
    subject_label_ar: str
    dimension: str
    notation: str
    predicate: str
    refused: bool
    object: str
    object_label: str
    object_category: str
    justification: str
    confidence: Decimal
    author: str
    date: str
    object_source: str
    object_source_version: str
    comment: str
    file: str = field(compare=False)
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class MappingSet:
    """One file: mappings to one target."""

    id: str
    name: str
    title: str
    title_ar: str
    description: str
    version: str
    licence: str
    creator: str
    records: tuple[MappingRecord, ...]
