"""How a figure is cited, from the graphs held in memory: the same reference that ``snhr-kg cite`` writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from snhr_kg import names
from snhr_kg.exports.citations import DATASET, Reference, dataset_reference, reference_of
from snhr_kg.exports.citations_figures import UNDESCRIBED, figure_reference
from snhr_kg.exports.citations_formats import FORMATS
from snhr_kg.exports.tidy_codes import Record
from snhr_kg.exports.tidy_graph import Things
from snhr_kg.exports.tidy_rows import number
from snhr_kg.holding import Holding
from snhr_kg.names import full
from snhr_kg.site.once import Each
from snhr_kg.site.report_places import Place, places

ENDINGS: Final = {
    "bib": ("bibtex", "application/x-bibtex"),
    "ris": ("ris", "application/x-research-info-systems"),
    "csl.json": ("csl-json", "application/vnd.citationstyles.csl+json"),
}
"""Endings of the documents that cite a figure: the format of each, and its media type."""

_SOURCES: Final[Each[str, tuple[Reference, Reference]]] = Each()
"""This dataset and each report, as they are cited."""


def reference(holding: Holding, iri: str) -> Reference:
    """The reference of a figure that a report of ours states, or that a rule computed."""
    report = holding.value(iri, "snhr:inReport") or ""
    ours, source = _SOURCES.get(holding, report, lambda: _sources(holding, report))
    return figure_reference(_row(holding, iri), iri, ours, source)


def cited(holding: Holding, iri: str, form: str) -> str:
    """The reference in one of the formats of `FORMATS`."""
    return FORMATS[form]([reference(holding, iri)])


def _sources(holding: Holding, report: str) -> tuple[Reference, Reference]:
    """How this dataset is cited, and how a report is."""
    said = _things(holding, (report, DATASET))
    publishers = {one for source in (report, DATASET) for one in said.texts(source, "dcterms:publisher")}
    agents = _things(holding, publishers)
    ours = next(dataset_reference(said, agents, holding.version), UNDESCRIBED)
    return ours, reference_of(said, agents, report)


def _things(holding: Holding, subjects: Iterable[str]) -> Things:
    found = Things()
    for subject in subjects:
        for one in holding.statements(subject):
            language = one.object.language if isinstance(one.object, ox.Literal) else None
            found.add(subject, one.predicate, one.object.value, language or "")
    return found


def _row(holding: Holding, iri: str) -> Record:
    """The columns of a figure that its reference is made of."""
    qualifier, unit = (holding.value(iri, f"snhr:{name}") or "" for name in ("qualifier", "unit"))
    place = places(holding).by_iri.get(holding.value(iri, "snhr:principalMention") or "")
    numbers = {"value": "value", "lower_bound": "lowerBound", "upper_bound": "upperBound"}
    return {
        "kind": "derived" if full("snhr:DerivedFigure") in holding.kinds(iri) else "stated",
        "label_en": str(holding.label(iri, "en")),
        "label_ar": str(holding.label(iri, "ar")),
        **{name: number(holding.value(iri, f"snhr:{local}") or "") for name, local in numbers.items()},
        "qualifier": names.notation(qualifier),
        "qualifier_en": str(holding.label(qualifier, "en")),
        "printed": holding.value(iri, "snhr:printed"),
        "unit_en": str(holding.label(unit, "en")),
        "formula": holding.value(iri, "snhr:formula"),
        "source_row": [],
        **(_position(holding, place) if place else {}),
    }


def _position(holding: Holding, place: Place) -> Record:
    section: str | None = place.section
    while section and not holding.value(section, "snhr:sectionNumber"):
        section = holding.value(section, "snhr:partOfSection")
    return {
        "section": holding.value(section, "snhr:sectionNumber") if section else None,
        "position_start": place.start,
        "position_end": place.end,
    }
