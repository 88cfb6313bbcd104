"""Prefixes, and the only place where an IRI is put together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final
from urllib.parse import quote

BASE: Final = "https://w3id.org/snhr-kg/"
SNHR: Final = BASE + "ontology#"

PREFIXES: Final[dict[str, str]] = {
    "snhr": SNHR,
    "code": BASE + "code/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
    "sf": "http://www.opengis.net/ont/sf#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "sssom": "https://w3id.org/sssom/",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

STATISTICAL_CODES: Final[dict[str, str]] = {
    "_T": "all",
    "_U": "not-stated",
    "_X": "not-attributed",
    "_Z": "not-applicable",
}
"""Notation of each statistical code, and the readable local name its IRI ends in."""


_NOTATIONS: Final = {local: notation for notation, local in STATISTICAL_CODES.items()}


@cache
def full(curie: str) -> str:
    """The IRI that a prefixed name stands for; KeyError where the prefix is none of `PREFIXES`.

    >>> full("rdfs:label")
    'http://www.w3.org/2000/01/rdf-schema#label'
    """
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


def term(local: str) -> str:
    """The IRI of an ontology term: ``term("Figure")``."""
    return SNHR + local


def scheme(name: str) -> str:
    """The IRI of a code list: ``scheme("perpetrator")``."""
    return f"{BASE}code/{name}"


def code(scheme_name: str, notation: str) -> str:
    """The IRI of a code, from the notation that tables write.

    >>> code("perpetrator", "isis")
    'https://w3id.org/snhr-kg/code/perpetrator/isis'
    >>> code("perpetrator", "_T")
    'https://w3id.org/snhr-kg/code/perpetrator/all'
    """
    return f"{scheme(scheme_name)}/{STATISTICAL_CODES.get(notation, notation)}"


def notation(iri: str) -> str:
    """The notation of a code of ours, from its IRI or what that ends in.

    >>> notation("https://w3id.org/snhr-kg/code/perpetrator/all"), notation("isis")
    ('_T', 'isis')
    """
    local = iri.rpartition("/")[2]
    return _NOTATIONS.get(local, local)


def report(report_id: str) -> str:
    """The IRI of a report: ``report("2020-03-15")``."""
    return f"{BASE}report/{report_id}"


def in_report(report_id: str, kind: str, local: str) -> str:
    """The IRI of something a report holds.

    >>> in_report("2020-03-15", "figure", "torture-deaths")
    'https://w3id.org/snhr-kg/report/2020-03-15/figure/torture-deaths'
    """
    return f"{report(report_id)}/{kind}/{local}"


def graph(name: str) -> str:
    """The IRI of a named graph: ``graph("inferred")``, ``graph("report/2020-03-15")``."""
    return f"{BASE}graph/{name}"


def rule(name: str) -> str:
    """The IRI of a rule that derives or checks: ``rule("partition-sum")``."""
    return f"{BASE}rule/{name}"


def structure(data_set: str) -> str:
    """The IRI of a data structure definition: ``structure("counts")``."""
    return f"{BASE}structure/{data_set}"


def agent(local: str) -> str:
    """The IRI of an organisation that publishes: ``agent("snhr")``."""
    return f"{BASE}agent/{local}"


def part(iri: str, name: str) -> str:
    """The IRI of a part that only exists with its whole: ``part(mention, "target")``."""
    return f"{iri}#{name}"


def slice_key(data_set: str, dimensions: Iterable[str]) -> str:
    """The IRI of the key of slices that fix these dimensions, given as table columns.

    >>> slice_key("counts", ["violation_type", "period"])
    'https://w3id.org/snhr-kg/structure/counts/slice-key/period+violation-type'
    """
    return f"{structure(data_set)}/slice-key/{'+'.join(sorted(name.replace('_', '-') for name in dimensions))}"


def published(local: str) -> str:
    """The IRI of something the catalogue describes: ``published("dataset")``, ``published("files/figures.csv")``."""
    return BASE + local


def external(source: str, version: str) -> str:
    """The IRI of one version of a dataset from elsewhere: ``external("ucdp-onesided", "23.1")``."""
    return f"{BASE}external/{source}/{version}"


def in_external(source: str, version: str, kind: str, local: str) -> str:
    """The IRI of something that a dataset from elsewhere holds.

    >>> in_external("ucdp-onesided", "23.1", "figure", "118-2012")
    'https://w3id.org/snhr-kg/external/ucdp-onesided/23.1/figure/118-2012'
    """
    return f"{external(source, version)}/{kind}/{local}"


def foreign_list(owner: str, code_list: str) -> str:
    """The IRI that we mint for a code list of somebody else's: ``foreign_list("acled", "actor")``."""
    return f"{BASE}external/{owner}/code/{code_list}"


def foreign_code(owner: str, code_list: str, notation: str) -> str:
    """The IRI that we mint for a code of somebody else's who gives it none.

    >>> foreign_code("acled", "actor", "Military Forces of Russia (2000-)")
    'https://w3id.org/snhr-kg/external/acled/code/actor/Military%20Forces%20of%20Russia%20%282000-%29'
    """
    return f"{foreign_list(owner, code_list)}/{quote(notation, safe='')}"


def mapping(record: str) -> str:
    """The IRI of a mapping's record, from its ``record_id``: ``mapping("wikidata/isis")``."""
    return f"{BASE}mapping/{record}"


def comparison(local: str) -> str:
    """The IRI of a comparison."""
    return f"{BASE}comparison/{local}"
