"""Small invented mapping sets for the tests of this folder."""

from __future__ import annotations

from pathlib import Path

from snhr_kg.mappings.read import COLUMNS

HEADER = """\
# mapping_set_id: https://w3id.org/snhr-kg/mapping-set/{name}
# mapping_set_title: "Invented"
# mapping_set_description: "Invented for tests."
# mapping_set_version: "2026-11-22"
# license: https://creativecommons.org/licenses/by/4.0/
# creator_id:
# - agent:snhr-kg
# other: "title_ar=مختلق"
# curie_map:
#   agent: https://w3id.org/snhr-kg/agent/
#   code: https://w3id.org/snhr-kg/code/
#   mapping: https://w3id.org/snhr-kg/mapping/
#   report: https://w3id.org/snhr-kg/report/
#   semapv: https://w3id.org/semapv/vocab/
#   skos: http://www.w3.org/2004/02/skos/core#
#   thing: https://w3id.org/snhr-kg/external/them/code/thing/
#   ucdp.actor: https://ucdp.uu.se/actor/
"""

FIRST_ROW = HEADER.count("\n") + 2
"""The line of the first row below header and column names."""

GOOD = {
    "record_id": "mapping:invented/isis",
    "subject_id": "code:perpetrator/isis",
    "subject_label": "ISIS",
    "predicate_id": "skos:closeMatch",
    "predicate_modifier": "",
    "object_id": "thing:7",
    "object_label": "Seven",
    "object_category": "",
    "mapping_justification": "semapv:ManualMappingCuration",
    "author_label": "Somebody",
    "object_source": "https://example.org/",
    "object_source_version": "",
    "mapping_date": "2026-11-22",
    "confidence": "0.95",
    "comment": "The same organisation.",
}


def row(**cells: str) -> str:
    """A row that is sound but for these cells."""
    return "\t".join((GOOD | cells)[column] for column in COLUMNS)


def write(folder: Path, *rows: str, name: str = "invented", header: str = HEADER) -> Path:
    """A mapping set with these rows; hands back its folder."""
    text = header.replace("{name}", name) + "\n".join(("\t".join(COLUMNS), *rows)) + "\n"
    (folder / f"{name}.sssom.tsv").write_text(text, encoding="utf-8")
    return folder
