"""What search engines are told of a page: JSON-LD in the terms of schema.org, embedded in it.

The page is a `WebPage` with its language and licence, part of the `Dataset`; its main entity is the thing, as the type
of schema.org that says most of it. A figure is an `Observation` with its bounds as `minValue` and `maxValue`; a
`Claim` is who says what; dimensions without a property of their own are `PropertyValue`s.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import pyoxigraph as ox

from snhr_kg import names
from snhr_kg.holding import Statement, Text
from snhr_kg.names import full
from snhr_kg.site.places import coordinates
from snhr_kg.site.visit import Visit

Node: TypeAlias = dict[str, Any]

DATASET: Final = names.published("dataset")
_SCHEMA: Final = names.PREFIXES["schema"]
_DIMENSIONS: Final = ("perpetrator", "violationType", "victimGroup", "weapon", "period", "qualifier", "basis")


class Facts:
    """What is stated about one thing and its parts, and how it is called on the page."""

    def __init__(
        self, visit: Visit, iri: str, label: Text, stated: Sequence[Statement], words: Callable[[str], Text]
    ) -> None:
        self.visit, self.iri, self.label, self.words = visit, iri, label, words
        self._values: dict[tuple[str, str], list[Any]] = {}
        for one in stated:
            self._values.setdefault((one.subject, one.predicate), []).append(one.object)

    def all(self, predicate: str, subject: str | None = None) -> list[str]:
        """The IRIs and lexical forms that a predicate (a prefixed name) leads to from the thing or a part, in order."""
        return sorted({term.value for term in self._values.get((subject or self.iri, full(predicate)), ())})

    def one(self, predicate: str, subject: str | None = None) -> str | None:
        """The first of `all`."""
        return next(iter(self.all(predicate, subject)), None)

    def text(self, *predicates: str) -> str | None:
        """The words that the first of the predicates with any leads to, in the page's language if they can be."""
        for predicate in predicates:
            found = [one for one in self._values.get((self.iri, full(predicate)), ()) if isinstance(one, ox.Literal)]
            if found:
                return min(found, key=lambda one: (one.language != self.visit.language, one.value)).value
        return None

    def named(self, iri: str | None, kind: str) -> Node | None:
        """Another thing by its IRI and label."""
        return {"@type": kind, "@id": iri, "name": self.words(iri).words} if iri else None


def page_data(facts: Facts, kinds: Sequence[str], licences: Sequence[str]) -> str:
    """The JSON-LD of the page about a thing of these classes, safe to stand in HTML."""
    language, local = facts.visit.language, facts.visit.local
    maker = next((make for name, make in _MAKERS.items() if full(name) in kinds), _thing)
    main = {"@id": facts.iri, "name": facts.label.words, "url": facts.iri, **maker(facts)}
    return _embedded(
        {
            "@context": "https://schema.org",
            "@type": "WebPage",
            "@id": f"{names.BASE}{language}/{local}.html",
            "inLanguage": language,
            "isPartOf": {"@type": "Dataset", "@id": DATASET, "name": facts.words(DATASET).words},
            "license": list(licences),
            "mainEntity": main,
        }
    )


def dataset_data(visit: Visit) -> str:
    """The JSON-LD of the first page: the whole dataset, as its catalogue describes it in the terms of schema.org."""
    node: Node = {"@context": "https://schema.org", "@type": "Dataset", "@id": DATASET}
    for one in visit.holding.statements(DATASET):
        if one.predicate.startswith(_SCHEMA):
            node.setdefault(one.predicate.removeprefix(_SCHEMA), []).append(_written(visit, one))
    name, description = (visit.text(DATASET, f"schema:{term}") for term in ("name", "description"))
    return _embedded(node | {"name": str(name or ""), "description": str(description or "")})


def _written(visit: Visit, one: Statement) -> object:
    if isinstance(one.object, ox.Literal):
        value = one.object
        return {"@value": value.value, "@language": value.language} if value.language else value.value
    iri = str(one.object.value)
    facts = {
        row.predicate.removeprefix(_SCHEMA): str(row.object.value)
        for row in visit.holding.statements(iri)
        if row.predicate in (f"{_SCHEMA}contentUrl", f"{_SCHEMA}encodingFormat")
    }
    kind = next(
        (kind.removeprefix(_SCHEMA) for kind in sorted(visit.holding.kinds(iri)) if kind.startswith(_SCHEMA)), "Thing"
    )
    return {"@type": kind, "@id": iri, "name": visit.label(iri).words, **facts}


def _embedded(node: Node) -> str:
    return json.dumps(_without_nothing(node), ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")


def _without_nothing(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_nothing(one) for name, one in value.items() if one is not None and one != []}
    if isinstance(value, list):
        return [_without_nothing(one) for one in value if one is not None]
    return value


def _thing(facts: Facts) -> Node:
    return {"@type": "Thing", "description": _description(facts)}


def _description(facts: Facts) -> str | None:
    return facts.text("skos:definition", "dcterms:description", "rdfs:comment", "snhr:caveat")


def _observation(facts: Facts) -> Node:
    """A figure: value and bounds, what is observed where, and each other dimension by its code."""
    bounds = {
        "value": _number(facts.one("snhr:value")),
        "minValue": _number(facts.one("snhr:lowerBound")),
        "maxValue": _number(facts.one("snhr:upperBound")),
    }
    unit, indicator = facts.one("snhr:unit"), facts.one("snhr:indicator")
    return {
        "@type": "Observation",
        **bounds,
        "unitText": unit and facts.words(unit).words,
        "variableMeasured": facts.named(indicator, "StatisticalVariable"),
        "observationAbout": facts.named(facts.one("snhr:place"), "Place"),
        "additionalProperty": [
            {"@type": "PropertyValue", "propertyID": names.term(name), "name": facts.words(names.term(name)).words}
            | {"value": facts.words(code).words, "valueReference": {"@type": "DefinedTerm", "@id": code}}
            for name in _DIMENSIONS
            for code in facts.all(f"snhr:{name}")
        ],
        "subjectOf": facts.named(facts.one("snhr:inReport"), "Report")
        or facts.named(facts.one("snhr:fromDataset"), "Dataset"),
    }


def _number(lexical: str | None) -> int | float | None:
    if lexical is None:
        return None
    return int(lexical) if lexical.lstrip("-").isdigit() else float(lexical)


def _term(facts: Facts) -> Node:
    return {
        "@type": "DefinedTerm",
        "description": _description(facts),
        "alternateName": facts.all("skos:altLabel"),
        "termCode": facts.one("skos:notation"),
        "inDefinedTermSet": facts.named(facts.one("skos:inScheme"), "DefinedTermSet"),
        "sameAs": facts.all("skos:exactMatch"),
    }


def _place(facts: Facts) -> Node:
    point = coordinates(facts.visit.holding, facts.iri)
    return _term(facts) | {
        "@type": ["Place", "DefinedTerm"],
        "containedInPlace": facts.named(facts.one("skos:broader"), "Place"),
        "geo": point and {"@type": "GeoCoordinates", "latitude": point.latitude, "longitude": point.longitude},
    }


def _term_set(facts: Facts) -> Node:
    return {
        "@type": "DefinedTermSet",
        "description": _description(facts),
        "hasDefinedTerm": [facts.named(one, "DefinedTerm") for one in facts.all("skos:hasTopConcept")],
    }


def _report(facts: Facts) -> Node:
    return {
        "@type": "Report",
        "alternateName": facts.text("dcterms:title"),
        "datePublished": facts.one("dcterms:issued"),
        "publisher": facts.named(facts.one("dcterms:publisher"), "Organization"),
        "citation": facts.text("dcterms:bibliographicCitation"),
    }


def _event(facts: Facts) -> Node:
    return {
        "@type": "Event",
        "startDate": facts.one("schema:startDate") or facts.one("snhr:date"),
        "endDate": facts.one("schema:endDate") or facts.one("snhr:endDate"),
        "location": facts.named(facts.one("snhr:place"), "Place"),
        "subjectOf": facts.named(facts.one("snhr:inReport"), "Report"),
    }


def _claim(facts: Facts) -> Node:
    """A finding: what the report says, in our words, and where it says so."""
    report = facts.named(facts.one("snhr:inReport"), "Report")
    return {
        "@type": "Claim",
        "text": facts.label.words,
        "appearance": report,
        "about": [facts.named(one, "DefinedTerm") for one in facts.all("snhr:violationType")],
    }


def _quotation(facts: Facts) -> Node:
    """A mention or a passage: the exact few words, and the report that they stand in."""
    target = facts.one("oa:hasTarget") or facts.iri
    selectors = facts.all("oa:hasSelector", target)
    exact = next((text for one in selectors if (text := facts.one("oa:exact", one))), None)
    return {
        "@type": "Quotation",
        "text": exact or facts.one("snhr:printed"),
        "isPartOf": facts.named(facts.one("snhr:inReport"), "Report"),
    }


def _organization(facts: Facts) -> Node:
    homepage = facts.one("foaf:homepage") or facts.iri
    return {"@type": "Organization", "url": homepage, "sameAs": facts.all("skos:exactMatch")}


def _dataset(facts: Facts) -> Node:
    return {
        "@type": "Dataset",
        "description": _description(facts),
        "license": facts.one("dcterms:license"),
        "version": facts.one("dcat:version"),
        "distribution": [
            {"@type": "DataDownload", "@id": one, "contentUrl": one} for one in facts.all("dcat:distribution")
        ],
    }


_MAKERS: Final[dict[str, Callable[[Facts], Node]]] = {
    "snhr:Figure": _observation,
    "snhr:DerivedFigure": _observation,
    "snhr:ExternalFigure": _observation,
    "snhr:Report": _report,
    "snhr:Event": _event,
    "snhr:Finding": _claim,
    "snhr:Recommendation": _claim,
    "snhr:Mention": _quotation,
    "snhr:Passage": _quotation,
    "snhr:Place": _place,
    "org:Organization": _organization,
    "skos:Concept": _term,
    "skos:ConceptScheme": _term_set,
    "dcat:Dataset": _dataset,
    "void:Dataset": _dataset,
}
"""How things of each class are told; the first class that fits."""
