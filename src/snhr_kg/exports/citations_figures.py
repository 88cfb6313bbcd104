"""Finds what is to be cited: a source by its key or IRI, or one figure with its place in what states it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from snhr_kg import names
from snhr_kg.errors import UnknownResource
from snhr_kg.exports.citations import DATASET, Reference, references
from snhr_kg.exports.citations_formats import to_text
from snhr_kg.exports.tidy_codes import Codes, Record
from snhr_kg.exports.tidy_graph import citation_key, local_id
from snhr_kg.exports.tidy_rows import Observations, kind_of
from snhr_kg.questions.nearest import nearest
from snhr_kg.store import Store


def find_references(store: Store, wanted: str = "") -> tuple[Reference, ...]:
    """All sources of the graph, or the source or the figure of that name.

    A source is named by its citation key or IRI, a figure by its IRI, its id in the tables
    (``report/2020-03-15/figure/torture-deaths``) or the last part of that, which is SNHR's report's where that has one.
    Raises `UnknownResource`, with the nearest
    name, for any other, and for a last part that several figures have.
    """
    cited = references(store)
    if not wanted:
        return cited
    if named := [reference for reference in cited if wanted in (reference.key, reference.iri)]:
        return tuple(named)
    iri = _figure(kind_of(store), wanted, [reference.key for reference in cited])
    observations = Observations(store, Codes(store), iri)
    return (_figure_reference(observations, iri, {reference.iri: reference for reference in cited}),)


def _figure(kinds: Mapping[str, str], wanted: str, keys: list[str]) -> str:
    whole = wanted if wanted.startswith(names.BASE) else names.published(wanted)
    if whole in kinds:
        return whole
    short: dict[str, list[str]] = {}
    for iri in sorted(kinds):
        short.setdefault(iri.rpartition("/")[2], []).append(iri)
    found = short.get(wanted, [])
    found = [iri for iri in found if kinds[iri] in ("stated", "derived")] or found
    if len(found) > 1:
        several = ", ".join(map(local_id, found[:3])) + (" …" if len(found) > 3 else "")
        raise UnknownResource(f"{wanted!r} is the end of several figures' names ({several}); name one in full")
    if not found:
        raise UnknownResource(f"there is no figure and no source {wanted!r}{nearest(wanted, [*keys, *short])}")
    return found[0]


UNDESCRIBED: Final = Reference(key="figure", kind="dataset", iri="", title="")
"""Stands for what the graph does not describe: a list that was loaded without a description of it."""


def _figure_reference(observations: Observations, iri: str, cited: Mapping[str, Reference]) -> Reference:
    return figure_reference(
        observations.row(iri),
        iri,
        ours=cited.get(DATASET, UNDESCRIBED),
        source=cited.get(observations.source(iri), UNDESCRIBED),
        pages=observations.read_at(iri),
    )


def figure_reference(row: Record, iri: str, ours: Reference, source: Reference, pages: Sequence[str] = ()) -> Reference:
    """A figure in what it is stated in: the report, another publication, or, where a rule computed it, this dataset.

    `row` has the figure's columns of the tidy tables; `pages` are addresses that its value was read at.
    """
    whole = ours if row["kind"] == "derived" else source
    place = f"Read at {', '.join(pages)}" if pages else _place(row)
    coded = f"coded in {_named(ours)}" if ours.iri and whole is not ours else ""
    return Reference(
        key=f"{whole.key}-{citation_key(iri.rpartition('/')[2])}",
        kind="figure",
        iri=iri,
        title=_title(row),
        title_ar=str(row["label_ar"] or ""),
        publisher=whole.publisher,
        publisher_ar=whole.publisher_ar,
        issued=whole.issued,
        version=whole.version if whole is not ours else "",
        url=iri,
        licence=ours.licence if source.kind == "report" else source.licence,
        digest=ours.digest,
        within=_named(ours) if whole is ours else _within(whole),
        place="; ".join(filter(None, (place, coded))),
    )


def _within(whole: Reference) -> str:
    return whole.citation or (to_text(whole).rstrip(".") if whole.iri else "")


def _named(ours: Reference) -> str:
    return f"{ours.title}, version {ours.version} ({ours.publisher}, {ours.issued})"


def _title(row: Record) -> str:
    """Label, number and what it counts: ``Deaths due to torture: at least 14,391 persons``.

    A word in place of a number is cited as that word, which is its source's; the bounds that stand for it are not.
    """
    value, low, high = row["value"], row["lower_bound"], row["upper_bound"]
    unit = str(row["unit_en"] or "").lower()
    if value is not None:
        qualifier = "" if row["qualifier"] in ("exact", "computed") else f"{row['qualifier_en']} ".lower()
        return f"{row['label_en']}: {qualifier}{value:,} {unit}"
    if row["kind"] == "stated" and row.get("printed"):
        return f"{row['label_en']}: “{str(row['printed']).lower()}”{'' if unit == 'percent' else f' ({unit})'}"
    bounds = " to ".join("…" if bound is None else f"{bound:,}" for bound in (low, high))
    return f"{row['label_en']}: {bounds} {unit}"


def _place(row: Record) -> str:
    """Section and position in the report, or file and row of a dataset, or the rule."""
    if row.get("position_start") is not None:
        section = f"Section {row['section']}, " if row.get("section") else ""
        return f"{section}code points {row['position_start']} to {row['position_end']} of the text"
    if rows := row["source_row"]:
        return f"From {', '.join(map(str, rows if isinstance(rows, list) else [rows]))}"
    return f"Computed: {row['formula']}" if row.get("formula") else ""
