"""What the editor of queries completes: our classes, properties and codes with their labels and meanings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final, TypeAlias

from snhr_kg import names
from snhr_kg.holding import Holding
from snhr_kg.site import links
from snhr_kg.site.once import once
from snhr_kg.site.vocabulary import short
from snhr_kg.site.words import translations

_CLASS: Final = "class"
_PROPERTY: Final = "property"
_LABELS: Final = ("skos:prefLabel", "rdfs:label")
_MEANINGS: Final = ("skos:definition", "rdfs:comment")
_OTHERS: Final = ("skos:notation", "skos:altLabel", "skos:hiddenLabel")
_LONGEST: Final = 240

Row: TypeAlias = tuple[str, str, str, str, list[str]]


def terms_document(holding: Holding, language: str) -> bytes:
    """All of them as JSON, for one language; made once for each version of the graph."""
    return _documents(holding)[language]


@once
def _documents(holding: Holding) -> dict[str, bytes]:
    return {language: _document(holding, language) for language in links.LANGUAGES}


def _document(holding: Holding, language: str) -> bytes:
    words = translations(language)
    kinds = {_CLASS: words.ugettext("class"), _PROPERTY: words.ugettext("property")}
    kinds |= {
        _ending(scheme): str(holding.label(scheme, language)) for scheme in holding.instances("skos:ConceptScheme")
    }
    terms = [*_own_terms(holding, language), *_borrowed(holding), *_codes(holding, language)]
    return json.dumps({"kinds": kinds, "terms": terms}, ensure_ascii=False, separators=(",", ":")).encode()


def _own_terms(holding: Holding, language: str) -> Iterator[Row]:
    """The classes and properties of our ontology."""
    kinds = [("owl:Class", _CLASS), ("owl:ObjectProperty", _PROPERTY), ("owl:DatatypeProperty", _PROPERTY)]
    for name, kind in kinds:
        for iri in holding.instances(name):
            if iri.startswith(names.SNHR):
                yield _row(holding, f"snhr:{iri.removeprefix(names.SNHR)}", kind, iri, language)


def _borrowed(holding: Holding) -> Iterator[Row]:
    """The classes and properties of others that the graphs use, as the description of the dataset counts them."""
    for counted, kind in (("void:class", _CLASS), ("void:property", _PROPERTY)):
        used = {iri for part in holding.subjects_in_order for iri in holding.values(part, counted)}
        others = sorted(iri for iri in used if not links.is_ours(iri))
        yield from ((written, kind, "", "", []) for iri in others if (written := short(iri)) != iri)


def _codes(holding: Holding, language: str) -> Iterator[Row]:
    for iri in holding.instances("skos:Concept"):
        scheme = holding.value(iri, "skos:inScheme")
        if scheme is not None and links.is_ours(iri):
            yield _row(holding, f"<{iri}>", _ending(scheme), iri, language)


def _row(holding: Holding, written: str, kind: str, iri: str, language: str) -> Row:
    label = str(holding.text(iri, _LABELS, language) or "")
    meaning = str(holding.text(iri, _MEANINGS, language) or "")
    others = {value for name in (*_LABELS, *_OTHERS) for value in holding.values(iri, name)} - {label}
    cut = meaning if len(meaning) <= _LONGEST else f"{meaning[: _LONGEST - 1]}…"
    return (written, kind, label, cut, sorted(others))


def _ending(iri: str) -> str:
    return iri.rpartition("/")[2]
