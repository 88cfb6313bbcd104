"""Comparisons and mappings as rows."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import timedelta

from snhr_kg.dates import first_day_if_any
from snhr_kg.exports.tidy_codes import Cell, Codes, Record
from snhr_kg.exports.tidy_graph import Things, instances, local_id
from snhr_kg.exports.tidy_rows import number
from snhr_kg.store import Store


def comparison_rows(
    store: Store, codes: Codes, observations: Container[str], keys: Mapping[str, str]
) -> Iterator[Record]:
    """One row a comparison of two of the observations, ordered by id; `keys` are citation keys by a source's IRI."""
    topics = instances(store, "snhr:ComparisonTopic")
    said = instances(store, "snhr:Comparison")
    for iri in said:
        if all(said.text(iri, f"snhr:{side}Figure") in observations for side in ("left", "right")):
            yield _comparison(said, topics, codes, keys, iri)


def _comparison(said: Things, topics: Things, codes: Codes, keys: Mapping[str, str], iri: str) -> Record:
    topic = said.text(iri, "snhr:topic")
    row: Record = {"id": local_id(iri), "arithmetic": said.text(iri, "snhr:arithmetic") or None}
    for language in ("en", "ar"):
        row[f"topic_{language}"] = (
            topics.label(topic, language) or topics.label(topic, language, "skos:prefLabel") or None
        )
        row[f"label_{language}"] = said.label(iri, language) or None
    for side in ("left", "right"):
        row[side] = local_id(said.text(iri, f"snhr:{side}Figure"))
        row[f"{side}_value"] = number(said.text(iri, f"snhr:{side}Value"))
        row[f"{side}_source"] = keys.get(said.text(iri, f"snhr:{side}Source"))
        row |= {
            f"{side}_{name.lower()}": codes.code(said.text(iri, f"snhr:{side}{name}"))
            for name in ("Qualifier", "Period")
        }
    row["period_relation"] = codes.code(said.text(iri, "snhr:periodRelation"))
    row |= _shared(said, iri)
    row |= {name: number(said.text(iri, f"snhr:{name}")) for name in ("difference", "ratio")}
    row["reasons"] = sorted(filter(None, map(codes.code, said.texts(iri, "snhr:reasonForDifference"))))
    return row


def _shared(said: Things, iri: str) -> dict[str, Cell]:
    """First and last day that both periods hold."""
    end = first_day_if_any(said.text(iri, "snhr:sharedEnd"))
    return {
        "shared_begin": first_day_if_any(said.text(iri, "snhr:sharedBegin")),
        "shared_end": None if end is None else end - timedelta(days=1),
    }


def mapping_rows(store: Store, codes: Codes) -> Iterator[Record]:
    """One row a mapping, accepted or refused, ordered by id."""
    said = instances(store, "sssom:Mapping")
    for iri in said:
        subject, target = said.text(iri, "owl:annotatedSource"), said.text(iri, "owl:annotatedTarget")
        day = said.text(iri, "sssom:mapping_date")
        yield {
            "id": local_id(iri),
            "code_list": codes.list_of(subject) or None,
            "code": codes.code(subject) if subject in codes else local_id(subject),
            "label_en": codes.label(subject, "en") or said.text(iri, "sssom:subject_label") or None,
            "label_ar": codes.label(subject, "ar"),
            "relation": said.text(iri, "owl:annotatedProperty").rpartition("#")[2] or None,
            "refused": bool(said.text(iri, "sssom:predicate_modifier")),
            "target": target or None,
            "target_label": said.text(iri, "sssom:object_label") or None,
            "justification": said.text(iri, "sssom:mapping_justification").rpartition("/")[2] or None,
            "confidence": number(said.text(iri, "sssom:confidence")),
            "mapping_date": first_day_if_any(day),
            "evidence": [
                text
                for name in ("object_source", "mapping_source", "source")
                for text in said.texts(iri, f"sssom:{name}")
            ],
            "comment": said.label(iri, "en", "rdfs:comment") or said.text(iri, "sssom:comment") or None,
        }
