"""The ontology: every term documented and aligned, inside OWL 2 RL, spelled as its vocabulary spells it."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from pyld import jsonld  # type: ignore[import-untyped]
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, OWL, QB, RDF, RDFS, SKOS, VANN, XSD
from rdflib.term import Node

from closure import difference
from snhr_kg import names
from snhr_kg.content import folder
from snhr_kg.reasoning.reason import infer
from snhr_kg.shacl.shapes import VOCABULARIES

ONTOLOGY = folder("ontology")
FILES = sorted([*ONTOLOGY.glob("*.ttl"), *ONTOLOGY.glob("codes/*.ttl")])
CODES = sorted(ONTOLOGY.glob("codes/*.ttl"))
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)


@cache
def parsed(path: Path) -> Graph:
    return Graph().parse(path, format="turtle")


@cache
def terms() -> Graph:
    return parsed(ONTOLOGY / "snhr.ttl")


@cache
def everything() -> Graph:
    graph = Graph()
    for path in FILES:
        graph += parsed(path)
    return graph


def own(term: Node) -> bool:
    return isinstance(term, URIRef) and str(term).startswith(names.SNHR)


def minted() -> list[URIRef]:
    subjects = {term for term in terms().subjects(RDF.type) if isinstance(term, URIRef) and own(term)}
    return sorted(subjects)


def local(term: Node) -> str:
    return str(term).removeprefix(names.SNHR)


# Documentation


@pytest.mark.parametrize("term", minted(), ids=local)
def test_documents_and_aligns_the_term(term: URIRef) -> None:
    graph = terms()
    for predicate in (RDFS.label, SKOS.definition):
        languages = sorted(text.language or "" for text in graph.objects(term, predicate) if isinstance(text, Literal))
        assert languages == ["ar", "en"], f"ontology/snhr.ttl: give {local(term)} one {predicate} in en and one in ar"
    assert graph.value(term, RDFS.isDefinedBy) == URIRef(names.BASE + "ontology")
    ties = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.seeAlso, QB.concept)
    assert any(graph.value(term, tie) for tie in ties), f"say what {local(term)} specialises, or what it is akin to"


def test_uses_no_label_for_two_terms_of_a_kind() -> None:
    for kind in KINDS:
        labels = [
            str(terms().value(term, RDFS.label, any=True)) for term in minted() if (term, RDF.type, kind) in terms()
        ]
        assert sorted(labels) == sorted(set(labels))


def test_names_the_ontology_its_licence_version_and_prefix() -> None:
    graph, header = terms(), URIRef(names.BASE + "ontology")
    assert (header, RDF.type, OWL.Ontology) in graph
    assert {title.language for title in graph.objects(header, DCTERMS.title) if isinstance(title, Literal)} == {
        "en",
        "ar",
    }
    assert graph.value(header, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert graph.value(header, VANN.preferredNamespacePrefix) == Literal("snhr")
    assert graph.value(header, VANN.preferredNamespaceUri) == Literal(names.SNHR)
    assert graph.value(header, OWL.versionInfo) is not None


# Spelling

DQV = "http://www.w3.org/ns/dqv#"
OA = "http://www.w3.org/ns/oa#"
SDMX = "http://purl.org/linked-data/sdmx/2009/"
LISTED = {
    DQV: {
        *("QualityMeasurement", "Metric", "Dimension", "Category", "QualityMeasurementDataset"),
        *("isMeasurementOf", "computedOn", "value", "inDimension", "inCategory", "expectedDataType"),
    },
    OA: {
        *("Annotation", "SpecificResource", "TextPositionSelector", "TextQuoteSelector", "describing", "classifying"),
        *("hasBody", "hasTarget", "hasSource", "hasSelector", "start", "end", "exact", "motivatedBy"),
    },
    str(DCAT): {
        # What DCAT 3 added; rdflib knows DCAT 2.
        *("DatasetSeries", "inSeries", "first", "last", "prev", "version", "hasVersion", "isVersionOf"),
        *("hasCurrentVersion", "previousVersion", "resource"),
    },
    SDMX + "attribute#": {"unitMeasure", "unitMult", "obsStatus", "decimals"},
    SDMX + "concept#": {"obsValue", "refArea", "refPeriod", "unitMeasure", "statPop"},
    SDMX + "dimension#": {"refArea", "refPeriod"},
    SDMX + "measure#": {"obsValue"},
}


def known(term: str) -> bool:
    """Whether a vocabulary that we know in full has the term; terms of other namespaces are let pass."""
    for space, members in LISTED.items():
        if term.startswith(space) and term.removeprefix(space) in members:
            return True
    for namespace in VOCABULARIES:
        if term.startswith(str(namespace)):
            return term in namespace
    return not term.startswith(tuple(LISTED))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_spells_terms_as_their_vocabularies_do(path: Path) -> None:
    used = {str(term) for triple in parsed(path) for term in triple if isinstance(term, URIRef)}
    used -= {str(namespace) for namespace in VOCABULARIES}
    assert sorted(term for term in used if not known(term)) == [], f"{path.name}: no such term in its vocabulary"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_uses_only_terms_that_the_ontology_defines(path: Path) -> None:
    used = {term for triple in parsed(path) for term in triple if own(term)}
    assert sorted(map(local, used - set(minted()))) == [], f"{path.name}: define these in ontology/snhr.ttl"


def test_writes_properties_of_resources_and_of_values_apart() -> None:
    graph = everything()
    for term in minted():
        if (term, RDF.type, OWL.ObjectProperty) in graph:
            assert not any(isinstance(value, Literal) for value in graph.objects(None, term)), local(term)
        if (term, RDF.type, OWL.DatatypeProperty) in graph:
            assert all(isinstance(value, Literal) for value in graph.objects(None, term)), local(term)


# The OWL 2 RL profile (https://www.w3.org/TR/owl2-profiles/#OWL_2_RL)

NEVER = {
    *(OWL.hasSelf, OWL.disjointUnionOf, OWL.minCardinality, OWL.minQualifiedCardinality, OWL.cardinality),
    *(OWL.qualifiedCardinality, OWL.datatypeComplementOf, OWL.onDatatype, OWL.withRestrictions),
    *(OWL.topObjectProperty, OWL.topDataProperty, OWL.bottomObjectProperty, OWL.bottomDataProperty),
    *(OWL.ReflexiveProperty, OWL.real, OWL.rational),
}
DATATYPES = {
    *(RDF.PlainLiteral, RDF.XMLLiteral, RDFS.Literal, XSD.decimal, XSD.integer, XSD.nonNegativeInteger),
    *(XSD.nonPositiveInteger, XSD.positiveInteger, XSD.negativeInteger, XSD.long, XSD.int, XSD.short, XSD.byte),
    *(XSD.unsignedLong, XSD.unsignedInt, XSD.unsignedShort, XSD.unsignedByte, XSD.float, XSD.double, XSD.string),
    *(XSD.normalizedString, XSD.token, XSD.language, XSD.Name, XSD.NCName, XSD.NMTOKEN, XSD.boolean),
    *(XSD.hexBinary, XSD.base64Binary, XSD.anyURI, XSD.dateTime, XSD.dateTimeStamp),
}


def outside_profile(graph: Graph) -> list[str]:
    """What of a graph's axioms is not in OWL 2 RL; third parties' declarations are judged like our own."""
    faults = [f"{term} is used" for triple in graph for term in triple if term in NEVER]
    for predicate, allowed in (
        (RDFS.subClassOf, (_narrow, _wide)),
        (OWL.equivalentClass, (_equal, _equal)),
        (OWL.disjointWith, (_narrow, _narrow)),
        (RDFS.domain, (None, _wide)),
        (RDFS.range, (None, _range)),
    ):
        for subject, obj in graph.subject_objects(predicate):
            for term, judge in zip((subject, obj), allowed, strict=True):
                if judge and own(subject) and not judge(graph, term):
                    faults.append(f"{subject} {predicate} {obj}")
    simple = (OWL.AsymmetricProperty, OWL.IrreflexiveProperty, OWL.FunctionalProperty, OWL.InverseFunctionalProperty)
    composite = set(graph.subjects(OWL.propertyChainAxiom)) | set(graph.subjects(RDF.type, OWL.TransitiveProperty))
    for kind in simple:
        faults += [f"{term} is {kind} and not simple" for term in graph.subjects(RDF.type, kind) if term in composite]
    for first, second in graph.subject_objects(OWL.propertyDisjointWith):
        faults += [f"{term} is disjoint and not simple" for term in (first, second) if term in composite]
    return faults


def _named(graph: Graph, term: Node) -> bool:
    builtin = (str(RDF), str(RDFS), str(OWL), str(XSD))
    return isinstance(term, URIRef) and not str(term).startswith(builtin)


def _members(graph: Graph, term: Node, predicate: URIRef) -> list[Node]:
    head = graph.value(term, predicate)
    return list(Collection(graph, head)) if head is not None else []


def _narrow(graph: Graph, term: Node) -> bool:
    if not isinstance(term, BNode):
        return _named(graph, term)
    parts = _members(graph, term, OWL.intersectionOf) + _members(graph, term, OWL.unionOf)
    filler = graph.value(term, OWL.someValuesFrom)
    return (
        bool(parts and all(_narrow(graph, part) for part in parts))
        or (filler is not None and (filler == OWL.Thing or filler in DATATYPES or _narrow(graph, filler)))
        or graph.value(term, OWL.hasValue) is not None
        or graph.value(term, OWL.oneOf) is not None
    )


def _wide(graph: Graph, term: Node) -> bool:
    if not isinstance(term, BNode):
        return _named(graph, term)
    parts = _members(graph, term, OWL.intersectionOf)
    filler = graph.value(term, OWL.allValuesFrom)
    at_most = graph.value(term, OWL.maxCardinality) or graph.value(term, OWL.maxQualifiedCardinality)
    return (
        bool(parts and all(_wide(graph, part) for part in parts))
        or (filler is not None and (filler in DATATYPES or _wide(graph, filler)))
        or graph.value(term, OWL.hasValue) is not None
        or (graph.value(term, OWL.complementOf) is not None)
        or (isinstance(at_most, Literal) and int(at_most) in (0, 1))
    )


def _equal(graph: Graph, term: Node) -> bool:
    if not isinstance(term, BNode):
        return _named(graph, term)
    parts = _members(graph, term, OWL.intersectionOf)
    return bool(parts and all(_equal(graph, part) for part in parts)) or graph.value(term, OWL.hasValue) is not None


def _range(graph: Graph, term: Node) -> bool:
    return term in DATATYPES or _wide(graph, term)


def test_stays_within_owl_2_rl() -> None:
    assert outside_profile(terms()) == []


@pytest.mark.parametrize(
    "axiom",
    [
        "snhr:A rdfs:subClassOf [ owl:onProperty snhr:p ; owl:someValuesFrom snhr:B ] .",
        "snhr:A rdfs:subClassOf [ owl:unionOf ( snhr:B snhr:C ) ] .",
        'snhr:A rdfs:subClassOf [ owl:onProperty snhr:p ; owl:maxCardinality "2"^^xsd:nonNegativeInteger ] .',
        "snhr:p rdfs:range xsd:gYear .",
        "snhr:p rdfs:domain owl:Thing .",
        "snhr:p a owl:ReflexiveProperty .",
        "snhr:p a owl:TransitiveProperty, owl:AsymmetricProperty .",
        "snhr:A owl:equivalentClass [ owl:onProperty snhr:p ; owl:allValuesFrom snhr:B ] .",
    ],
)
def test_tells_what_is_outside_owl_2_rl(axiom: str) -> None:
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in names.PREFIXES.items())
    assert outside_profile(Graph().parse(data=prefixes + axiom, format="turtle")) != []


def test_declares_every_property_as_one_kind_and_every_class_it_names() -> None:
    graph = terms()
    for term in minted():
        assert sum((term, RDF.type, kind) in graph for kind in KINDS) == 1, local(term)
    named = set(graph.objects(None, RDFS.subClassOf)) | set(graph.objects(None, RDFS.domain))
    assert sorted(str(term) for term in named if (term, RDF.type, OWL.Class) not in graph) == []
    above = set(graph.objects(None, RDFS.subPropertyOf))
    assert [
        str(p) for p in above if not {OWL.ObjectProperty, OWL.DatatypeProperty} & set(graph.objects(p, RDF.type))
    ] == []


# What follows


@pytest.fixture(scope="module")
def closed() -> Graph:
    return everything() + infer(everything())


def test_closure_of_ontology_and_codes_equals_that_of_owlrl() -> None:
    assert difference(everything(), infer(everything())) == (set(), set())


def test_makes_no_statistical_code_an_organisation(closed: Graph) -> None:
    statistical = set(closed.subjects(RDF.type, URIRef(names.term("StatisticalCode"))))
    assert URIRef(names.code("perpetrator", "_U")) in statistical
    assert not statistical & (
        set(closed.subjects(RDF.type, ORG.Organization)) | set(closed.subjects(RDF.type, FOAF.Agent))
    )


def test_attributes_upwards_to_alliances_and_never_down() -> None:
    graph = everything() + Graph()
    russian, joint, alliance = (
        URIRef(names.code("perpetrator", code))
        for code in ("russian-forces", "russian-or-syrian", "syrian-russian-alliance")
    )
    figures = {
        party: URIRef(names.in_report("r", "figure", party.rsplit("/", 1)[-1])) for party in (russian, joint, alliance)
    }
    for party, figure in figures.items():
        graph.add((figure, URIRef(names.term("perpetrator")), party))
    attributed = set(infer(graph).subject_objects(URIRef(names.term("attributedTo"))))
    assert {figure for figure, party in attributed if party == alliance} == set(figures.values())
    assert {figure for figure, party in attributed if party == russian} == {figures[russian]}


def test_marks_components_of_totals_and_parts_of_partitions_apart() -> None:
    def figure(name: str) -> URIRef:
        return URIRef(names.in_report("r", "figure", name))

    def term(name: str) -> URIRef:
        return URIRef(names.term(name))

    graph = everything() + Graph()
    for kind, parts in (("partition", ("one", "two")), ("subset", ("some",))):
        breakdown = URIRef(names.in_report("r", "breakdown", kind))
        graph.add((breakdown, RDF.type, term(f"{kind.capitalize()}Breakdown")))
        graph.add((breakdown, term("total"), figure("all")))
        for part in parts:
            graph.add((breakdown, term("partitionComponent" if kind == "partition" else "component"), figure(part)))
    inferred = infer(graph)
    assert set(inferred.subjects(term("componentOf"), figure("all"))) == {figure("one"), figure("two"), figure("some")}
    assert set(inferred.subjects(term("partOfTotal"), figure("all"))) == {figure("one"), figure("two")}
    assert set(inferred.objects(figure("all"), term("totalOf"))) == set(graph.subjects(term("total"), figure("all")))


# The cube's structure


def test_gives_each_dimension_a_range_and_a_code_list_that_exists() -> None:
    graph = everything()
    dimensions = [term for term in graph.subjects(RDF.type, QB.DimensionProperty) if own(term)]
    assert len(dimensions) == 7
    for dimension in dimensions:
        assert SKOS.Concept in set(graph.objects(dimension, RDFS.range))
        code_list = graph.value(dimension, QB.codeList)
        assert (code_list, RDF.type, SKOS.ConceptScheme) in graph, local(dimension)


def test_ranges_every_dimension_and_lists_codes_wherever_concepts_are_asked() -> None:
    """Integrity constraints 4 and 5 of the RDF Data Cube recommendation."""
    graph = everything()
    for dimension in graph.subjects(RDF.type, QB.DimensionProperty):
        assert graph.value(dimension, RDFS.range, any=True) is not None, dimension
        if (dimension, RDFS.range, SKOS.Concept) in graph:
            assert graph.value(dimension, QB.codeList) is not None, dimension


@pytest.mark.parametrize(
    "name",
    [
        *("counts", "shares", "magnitudes", "derived-counts", "derived-intervals"),
        *("external-counts", "external-shares", "external-aggregates", "external-aggregate-ranges"),
    ],
)
def test_structure_has_seven_dimensions_one_measure_and_labels(name: str) -> None:
    graph = everything()
    structure = URIRef(names.structure(name))
    assert (structure, RDF.type, QB.DataStructureDefinition) in graph
    components = list(graph.objects(structure, QB.component))
    kinds = {kind: [c for c in components if graph.value(c, kind)] for kind in (QB.dimension, QB.measure, QB.attribute)}
    assert (len(kinds[QB.dimension]), len(kinds[QB.measure])) == (7, 1)
    for kind, members in kinds.items():
        role = URIRef(f"{QB}{str(kind).rsplit('#', 1)[1].capitalize()}Property")
        for component in members:
            prop = graph.value(component, kind)
            assert (prop, RDF.type, role) in graph, component
            assert graph.value(component, QB.componentProperty) == prop
            assert str(component) == f"{structure}#{local(prop)}" if prop else False
            assert {
                str(label.language) for label in graph.objects(component, RDFS.label) if isinstance(label, Literal)
            } == {
                "ar",
                "en",
            }
            assert (graph.value(component, QB.componentRequired) is not None) == (kind == QB.attribute)
    assert sorted(int(str(graph.value(component, QB.order))) for component in components) == [
        *range(1, len(components) + 1)
    ]
    assert sum(map(len, kinds.values())) == len(components)


def test_states_every_rule_in_both_languages_with_its_formula() -> None:
    graph = parsed(ONTOLOGY / "rules.ttl")
    rules = set(graph.subjects(RDF.type, URIRef(names.term("Rule"))))
    assert len(rules) == 19
    for rule in rules:
        for predicate in (RDFS.label, SKOS.definition):
            assert {text.language for text in graph.objects(rule, predicate) if isinstance(text, Literal)} == {
                "ar",
                "en",
            }
        assert graph.value(rule, URIRef(names.term("formula"))) is not None
        is_metric = (rule, RDF.type, URIRef(DQV + "Metric")) in graph
        assert is_metric == ((rule, URIRef(DQV + "inDimension"), URIRef(names.rule("consistency"))) in graph)


# The JSON-LD context


def context() -> dict[str, object]:
    loaded = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert isinstance(loaded, dict)
    return loaded


def test_names_every_term_of_ours_in_the_context() -> None:
    given = {entry["@id"] if isinstance(entry, dict) else entry for entry in context().values()}
    assert [local(term) for term in minted() if f"snhr:{local(term)}" not in given] == []


def test_names_nothing_in_the_context_that_no_vocabulary_has() -> None:
    entries = context()
    ours = {str(term) for term in minted()}
    for name, entry in entries.items():
        curie = entry["@id"] if isinstance(entry, dict) else str(entry)
        if re.fullmatch(r"[a-z-]+:\w+", curie):
            prefix, suffix = curie.split(":")
            iri = str(entries[prefix]) + suffix
            assert iri in ours if iri.startswith(names.SNHR) else known(iri), f"context.jsonld: {name} stands for {iri}"


def test_agrees_with_the_prefixes_of_the_package() -> None:
    entries = context()
    assert {name: iri for name, iri in names.PREFIXES.items() if entries.get(name, iri) != iri} == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_loses_nothing_on_the_way_through_json(path: Path) -> None:
    lines = parsed(path).serialize(format="nt")
    expanded = jsonld.from_rdf(lines, {"useNativeTypes": False})
    document = jsonld.compact(expanded, {"@context": context()})
    again = jsonld.to_rdf(document, {"format": "application/n-quads"})
    assert isomorphic(Graph().parse(data=again, format="nt"), parsed(path))


def test_reads_like_a_document_of_the_web() -> None:
    code = URIRef(names.code("perpetrator", "isis"))
    figure = URIRef(names.in_report("r", "figure", "x"))
    graph = Graph()
    for local_name, value in (
        ("perpetrator", code),
        ("value", Literal(492)),
        ("lowerBoundIncluded", Literal(True)),
        ("roundingUnit", Literal("0.01", datatype=XSD.decimal)),
    ):
        graph.add((figure, URIRef(names.term(local_name)), value))
    graph.add((figure, RDF.type, URIRef(names.term("Figure"))))
    graph.add((figure, RDFS.label, Literal("attacks", lang="en")))
    graph.add((figure, RDFS.label, Literal("هجمات", lang="ar")))
    expanded = jsonld.from_rdf(graph.serialize(format="nt"), {"useNativeTypes": True})
    document = jsonld.compact(expanded, {"@context": context()})
    del document["@context"]
    assert document == {
        "id": "report:r/figure/x",
        "type": "Figure",
        "label": {"ar": "هجمات", "en": "attacks"},
        "lowerBoundIncluded": True,
        "perpetrator": "code:perpetrator/isis",
        "roundingUnit": {"type": "xsd:decimal", "@value": "0.01"},
        "value": 492,
    }
