"""The rules of mapping records: of one row by itself, and of all the records together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from snhr_kg import names
from snhr_kg.codes.lists import CodeLists
from snhr_kg.errors import Fault
from snhr_kg.mappings.records import CLOSE, EXACT, PREDICATES, SKOS, MappingRecord

SURE: Final = Decimal("0.9")
"""From this confidence on, one source carries an accepted mapping."""

LEAST: Final = Decimal("0.7")
"""Below this confidence, nothing is accepted."""

SECOND_SOURCE: Final = "Second source: "
"""What the comment of an accepted mapping between the two says, and what follows names the source."""

JUSTIFICATIONS: Final = ("semapv:ManualMappingCuration", "semapv:MappingReview")

Told = tuple[str, str, str]
"""Column, problem and remedy."""

_REQUIRED: Final = ("record_id", "subject_id", "predicate_id", "object_id", "object_label", "author_label", "comment")
_CURIES: Final = ("record_id", "subject_id", "object_id")
_NUMBER = re.compile(r"[01](\.\d+)?", re.ASCII)
_REPORT_THING = re.compile(re.escape(names.BASE) + r"(report/[\w-]+(/(event|instrument)/[\w-]+)?|agent/[\w-]+)")


def row_faults(
    row: Mapping[str, str], expanded: Mapping[str, str | None], file_name: str, codes: CodeLists
) -> Iterator[Told]:
    """Everything that is wrong in one row; `expanded` holds the IRIs of its CURIEs."""
    for column, cell in row.items():
        if cell != cell.strip():
            yield column, f"has space around it: {cell!r}", "delete the space"
    for column in _REQUIRED:
        if not row[column]:
            yield column, "is empty", "fill it"
    for column in _CURIES:
        if row[column] and expanded[column] is None:
            yield column, f"no CURIE with a prefix of the header: {row[column]!r}", "add the prefix to curie_map"
    if not row["record_id"].startswith(f"mapping:{file_name}/"):
        yield "record_id", "does not begin with its file's name", f"write mapping:{file_name}/ and a name"
    if subject := expanded["subject_id"]:
        yield from _subject_faults(subject, row["subject_label"], codes)
    if (expanded["object_id"] or "").startswith((names.scheme(""), names.report(""))):
        yield "object_id", "is a concept of ours", "write the concept of the others; ours is the subject"
    yield from _judgement_faults(row)


def _subject_faults(subject: str, label: str, codes: CodeLists) -> Iterator[Told]:
    if not subject.startswith(names.scheme("")):
        if not _REPORT_THING.fullmatch(subject):
            yield "subject_id", f"no concept of ours: {subject}", "write a code, or a report's event or instrument"
        return
    scheme, _, local = subject.removeprefix(names.scheme("")).partition("/")
    found = next((code for code in codes.scheme(scheme).values() if code.iri == subject), None)
    if found is None:
        nearest = codes.nearest(scheme, local.replace("-", " ")) if local else None
        remedy = f"write code:{scheme}/{nearest}" if nearest else f"write one of {', '.join(codes.schemes)}"
        yield "subject_id", f"no such code: {subject}", remedy
    elif label != found.label_en:
        yield "subject_label", f"is not what the code list says: {label!r}", f"write {found.label_en}"


def _judgement_faults(row: Mapping[str, str]) -> Iterator[Told]:
    if row["predicate_id"] and SKOS + row["predicate_id"].removeprefix("skos:") not in PREDICATES:
        meant = ", ".join("skos:" + iri.removeprefix(SKOS) for iri in PREDICATES)
        yield "predicate_id", f"no relation of a mapping: {row['predicate_id']!r}", f"write one of {meant}"
    if row["predicate_modifier"] not in ("", "Not"):
        yield "predicate_modifier", f"no modifier: {row['predicate_modifier']!r}", "write Not, or leave it empty"
    if row["mapping_justification"] not in JUSTIFICATIONS:
        yield "mapping_justification", "does not say how it was judged", f"write one of {', '.join(JUSTIFICATIONS)}"
    if not _is_date(row["mapping_date"]):
        yield "mapping_date", f"no date: {row['mapping_date']!r}", "write year-month-day"
    if not _NUMBER.fullmatch(row["confidence"]) or Decimal(row["confidence"]) > 1:
        yield "confidence", f"no number from 0 to 1: {row['confidence']!r}", "write one, such as 0.95"
    elif not row["predicate_modifier"]:
        yield from _acceptance_faults(Decimal(row["confidence"]), row["comment"])


def _acceptance_faults(confidence: Decimal, comment: str) -> Iterator[Told]:
    if confidence < LEAST:
        yield "confidence", f"too low to accept: {confidence}", "take the row out, or refuse it with Not"
    elif confidence < SURE and SECOND_SOURCE not in comment:
        problem = f"confidence {confidence} asks for a second source"
        yield "comment", problem, f"name it after {SECOND_SOURCE.strip()!r}, or take the row out"


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def record_faults(records: Sequence[MappingRecord]) -> Iterator[Fault]:
    """Everything that is wrong between records, of one file or of several."""
    yield from _repeated(
        ((record.id, record) for record in records),
        "record_id",
        "stands for two records",
        "give each record a name of its own",
    )
    yield from _repeated(
        ((f"{record.subject} {record.object}", record) for record in records if not record.refused),
        "object_id",
        "has two relations to the same concept",
        "keep the one that holds",
    )
    yield from _repeated(
        ((f"{record.subject} {record.predicate} {record.object}", record) for record in records),
        "predicate_modifier",
        "is accepted and refused, or stands twice",
        "keep one of the records",
    )
    yield from _repeated(
        (
            (f"{record.dimension} {record.object}", record)
            for record in records
            if not record.refused and record.dimension and record.predicate in (EXACT, CLOSE)
        ),
        "predicate_id",
        "two codes of one list cannot both stand for a code of others",
        "keep the nearer, and write broadMatch, narrowMatch or relatedMatch for the other",
    )


def _repeated(keyed: Iterable[tuple[str, MappingRecord]], column: str, problem: str, remedy: str) -> Iterator[Fault]:
    first: dict[str, MappingRecord] = {}
    for key, record in keyed:
        if key in first:
            other = first[key]
            yield Fault(record.file, record.line, column, f"{problem} ({other.file}:{other.line})", remedy)
        else:
            first[key] = record
