"""The closure under OWL 2 RL: each rule, each contradiction, owlrl as the reference, and what is handed back."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, XSD

from built import build_tiny
from closure import difference
from snhr_kg import names
from snhr_kg.errors import Inconsistent
from snhr_kg.reasoning.reason import infer

BASE = names.BASE + "test/"
PREFIXES = f"""@prefix : <{BASE}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ONE = '"1"^^xsd:nonNegativeInteger'
NONE = '"0"^^xsd:nonNegativeInteger'

ENTAILMENTS = {
    "eq-sym": (":a owl:sameAs :b .", ":b owl:sameAs :a ."),
    "eq-trans": (":a owl:sameAs :b . :b owl:sameAs :c .", ":a owl:sameAs :c . :c owl:sameAs :a ."),
    "eq-rep-s": (":a owl:sameAs :b . :a :p :x .", ":b :p :x ."),
    "eq-rep-s of a cardinality": (
        f":a owl:sameAs :b . :a owl:maxCardinality {ONE} .",
        f":b owl:maxCardinality {ONE} .",
    ),
    "eq-rep-p": (":p owl:sameAs :q . :x :p :a .", ":x :q :a ."),
    "eq-rep-o": (":a owl:sameAs :b . :x :p :a .", ":x :p :b ."),
    "prp-dom": (":p rdfs:domain :C . :a :p :b .", ":a a :C ."),
    "prp-dom of a literal": (':p rdfs:domain :C . :a :p "v" .', ":a a :C ."),
    "prp-rng": (":p rdfs:range :C . :a :p :b .", ":b a :C ."),
    "prp-fp": (":p a owl:FunctionalProperty . :a :p :b, :c .", ":b owl:sameAs :c . :c owl:sameAs :b ."),
    "prp-ifp": (":p a owl:InverseFunctionalProperty . :b :p :a . :c :p :a .", ":b owl:sameAs :c ."),
    "prp-ifp of a literal": (':p a owl:InverseFunctionalProperty . :b :p "k" . :c :p "k" .', ":b owl:sameAs :c ."),
    "prp-symp": (":p a owl:SymmetricProperty . :a :p :b .", ":b :p :a ."),
    "prp-trp": (":p a owl:TransitiveProperty . :a :p :b . :b :p :c . :c :p :d .", ":a :p :c, :d ."),
    "prp-spo1": (":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :r . :a :p :b .", ":a :q :b ; :r :b ."),
    "prp-spo2": (":q owl:propertyChainAxiom ( :p1 :p2 ) . :a :p1 :b . :b :p2 :c .", ":a :q :c ."),
    "prp-spo2 of three": (
        ":q owl:propertyChainAxiom ( :p1 :p2 :p3 ) . :a :p1 :b . :b :p2 :c . :c :p3 :d .",
        ":a :q :d .",
    ),
    "prp-spo2 of itself": (
        ":q owl:propertyChainAxiom ( :q :w ) . :a :q :b . :b :w :c . :c :w :d .",
        ":a :q :c, :d .",
    ),
    "prp-eqp1": (":p owl:equivalentProperty :q . :a :p :b .", ":a :q :b ."),
    "prp-eqp2": (":p owl:equivalentProperty :q . :a :q :b .", ":a :p :b ."),
    "prp-inv1": (":p owl:inverseOf :q . :a :p :b .", ":b :q :a ."),
    "prp-inv2": (":p owl:inverseOf :q . :a :q :b .", ":b :p :a ."),
    "prp-key": (":C owl:hasKey ( :k ) . :a a :C ; :k 1 . :b a :C ; :k 1 .", ":a owl:sameAs :b ."),
    "prp-key of two": (
        ':C owl:hasKey ( :k :l ) . :a a :C ; :k :v ; :l "x" . :b a :C ; :k :v ; :l "x" .',
        ":a owl:sameAs :b .",
    ),
    "cls-int1": (":C owl:intersectionOf ( :D :E :F ) . :a a :D, :E, :F .", ":a a :C ."),
    "cls-int2": (":C owl:intersectionOf ( :D :E ) . :a a :C .", ":a a :D, :E ."),
    "cls-uni": (":C owl:unionOf ( :D :E ) . :a a :D . :b a :E .", ":a a :C . :b a :C ."),
    "cls-svf1": (":R owl:someValuesFrom :D ; owl:onProperty :p . :a :p :b . :b a :D .", ":a a :R ."),
    "cls-svf2": (":R owl:someValuesFrom owl:Thing ; owl:onProperty :p . :a :p :b .", ":a a :R ."),
    "cls-avf": (":R owl:allValuesFrom :D ; owl:onProperty :p . :a a :R ; :p :b .", ":b a :D ."),
    "cls-hv1": (':R owl:hasValue "v"@en ; owl:onProperty :p . :a a :R .', ':a :p "v"@en .'),
    "cls-hv2": (":R owl:hasValue :v ; owl:onProperty :p . :a :p :v .", ":a a :R ."),
    "cls-maxc2": (f":R owl:maxCardinality {ONE} ; owl:onProperty :p . :a a :R ; :p :b, :c .", ":b owl:sameAs :c ."),
    "cls-maxqc3": (
        f":R owl:maxQualifiedCardinality {ONE} ; owl:onProperty :p ; owl:onClass :D ."
        " :a a :R ; :p :b, :c . :b a :D . :c a :D .",
        ":b owl:sameAs :c .",
    ),
    "cls-maxqc4": (
        f":R owl:maxQualifiedCardinality {ONE} ; owl:onProperty :p ; owl:onClass owl:Thing . :a a :R ; :p :b, :c .",
        ":b owl:sameAs :c .",
    ),
    "cls-oo": (":C owl:oneOf ( :a :b ) .", ":a a :C . :b a :C ."),
    "cax-sco": (":C rdfs:subClassOf :D . :D rdfs:subClassOf :E . :a a :C .", ":a a :D, :E ."),
    "cax-eqc1": (":C owl:equivalentClass :D . :a a :C .", ":a a :D ."),
    "cax-eqc2": (":C owl:equivalentClass :D . :a a :D .", ":a a :C ."),
    "cax-eqc1 of a nameless class": (
        ":C owl:equivalentClass [ owl:onProperty :p ; owl:hasValue :v ] . :a :p :v . :b a :C .",
        ":a a :C . :b :p :v .",
    ),
    "scm-sco": (":A rdfs:subClassOf :B . :B rdfs:subClassOf :C .", ":A rdfs:subClassOf :C ."),
    "scm-eqc1": (":A owl:equivalentClass :B .", ":A rdfs:subClassOf :B . :B rdfs:subClassOf :A ."),
    "scm-eqc2": (":A rdfs:subClassOf :B . :B rdfs:subClassOf :A .", ":A owl:equivalentClass :B ."),
    "scm-spo": (":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :r .", ":p rdfs:subPropertyOf :r ."),
    "scm-eqp1": (":p owl:equivalentProperty :q .", ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p ."),
    "scm-eqp2": (":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p .", ":p owl:equivalentProperty :q ."),
    "scm-dom1": (":p rdfs:domain :A . :A rdfs:subClassOf :B .", ":p rdfs:domain :B ."),
    "scm-dom2": (":p rdfs:domain :A . :q rdfs:subPropertyOf :p .", ":q rdfs:domain :A ."),
    "scm-rng1": (":p rdfs:range :A . :A rdfs:subClassOf :B .", ":p rdfs:range :B ."),
    "scm-rng2": (":p rdfs:range :A . :q rdfs:subPropertyOf :p .", ":q rdfs:range :A ."),
    "scm-hv": (
        ":R owl:hasValue :v ; owl:onProperty :p . :S owl:hasValue :v ; owl:onProperty :q . :p rdfs:subPropertyOf :q .",
        ":R rdfs:subClassOf :S .",
    ),
    "scm-svf1": (
        ":R owl:someValuesFrom :A ; owl:onProperty :p . :S owl:someValuesFrom :B ; owl:onProperty :p ."
        " :A rdfs:subClassOf :B .",
        ":R rdfs:subClassOf :S .",
    ),
    "scm-svf2": (
        ":R owl:someValuesFrom :A ; owl:onProperty :p . :S owl:someValuesFrom :A ; owl:onProperty :q ."
        " :p rdfs:subPropertyOf :q .",
        ":R rdfs:subClassOf :S .",
    ),
    "scm-avf1": (
        ":R owl:allValuesFrom :A ; owl:onProperty :p . :S owl:allValuesFrom :B ; owl:onProperty :p ."
        " :A rdfs:subClassOf :B .",
        ":R rdfs:subClassOf :S .",
    ),
    "scm-avf2": (
        ":R owl:allValuesFrom :A ; owl:onProperty :p . :S owl:allValuesFrom :A ; owl:onProperty :q ."
        " :p rdfs:subPropertyOf :q .",
        ":S rdfs:subClassOf :R .",
    ),
    "scm-int": (":C owl:intersectionOf ( :D :E ) .", ":C rdfs:subClassOf :D, :E ."),
    "scm-uni": (":C owl:unionOf ( :D :E ) .", ":D rdfs:subClassOf :C . :E rdfs:subClassOf :C ."),
    "an axiom that data make": (
        ":sub rdfs:subPropertyOf rdfs:subClassOf . :C :sub :D . :a a :C .",
        ":C rdfs:subClassOf :D . :a a :D .",
    ),
}

CONTRADICTIONS = {
    "eq-diff1": (":a owl:sameAs :b ; owl:differentFrom :b .", ("test/a", "test/b")),
    "eq-diff1 of itself": (":a owl:differentFrom :a .", ("test/a",)),
    "eq-diff2": (
        "[] a owl:AllDifferent ; owl:members ( :a :b :c ) . :b owl:sameAs :c .",
        ("test/b", "test/c"),
    ),
    "eq-diff3": (
        "[] a owl:AllDifferent ; owl:distinctMembers ( :a :b ) . :a owl:sameAs :b .",
        ("test/a", "test/b"),
    ),
    "prp-irp": (":p a owl:IrreflexiveProperty . :a :p :a .", ("test/p", "test/a")),
    "prp-asyp": (":p a owl:AsymmetricProperty . :a :p :b . :b :p :a .", ("test/p", "test/a", "test/b")),
    "prp-pdw": (":p owl:propertyDisjointWith :q . :a :p :b ; :q :b .", ("test/p", "test/q", "test/a")),
    "prp-adp": (
        "[] a owl:AllDisjointProperties ; owl:members ( :p :q :r ) . :a :q :b ; :r :b .",
        ("test/q", "test/r", "test/a"),
    ),
    "prp-npa1": (
        "[] owl:sourceIndividual :a ; owl:assertionProperty :p ; owl:targetIndividual :b . :a :p :b .",
        ("test/a", "test/p", "test/b"),
    ),
    "prp-npa2": (
        '[] owl:sourceIndividual :a ; owl:assertionProperty :p ; owl:targetValue "v" . :a :p "v" .',
        ("test/a", "test/p", '"v"'),
    ),
    "cls-nothing2": (":C rdfs:subClassOf owl:Nothing . :a a :C .", ("test/a", "owl:Nothing")),
    "cls-com": (":A owl:complementOf :B . :a a :A, :B .", ("test/a", "test/A", "test/B")),
    "cls-maxc1": (f":R owl:maxCardinality {NONE} ; owl:onProperty :p . :a a :R ; :p :b .", ("test/a", "test/R")),
    "cls-maxqc1": (
        f":R owl:maxQualifiedCardinality {NONE} ; owl:onProperty :p ; owl:onClass :D . :a a :R ; :p :b . :b a :D .",
        ("test/a", "test/R", "test/D"),
    ),
    "cls-maxqc2": (
        f":R owl:maxQualifiedCardinality {NONE} ; owl:onProperty :p ; owl:onClass owl:Thing . :a a :R ; :p :b .",
        ("test/a", "test/R"),
    ),
    "cax-dw": (":A owl:disjointWith :B . :C rdfs:subClassOf :A . :a a :C, :B .", ("test/a", "test/A", "test/B")),
    "cax-adc": (
        "[] a owl:AllDisjointClasses ; owl:members ( :A :B :C ) . :a a :B, :C .",
        ("test/a", "test/B", "test/C"),
    ),
    "dt-not-type": (':p rdfs:range xsd:integer . :q rdfs:subPropertyOf :p . :a :q "ten" .', ("ten", "test/p")),
}


def read(turtle: str) -> Graph:
    return Graph().parse(data=PREFIXES + turtle, format="turtle")


@pytest.mark.parametrize("rule", ENTAILMENTS)
def test_finds_what_the_rule_entails(rule: str) -> None:
    premise, conclusion = map(read, ENTAILMENTS[rule])
    missing = set(conclusion) - set(infer(premise))
    assert not missing


@pytest.mark.parametrize("rule", ENTAILMENTS)
def test_agrees_with_owlrl_on_the_rule(rule: str) -> None:
    premise = read(ENTAILMENTS[rule][0])
    assert difference(premise, infer(premise)) == (set(), set())


@pytest.mark.parametrize("rule", CONTRADICTIONS)
def test_names_rule_and_terms_of_a_contradiction(rule: str) -> None:
    premise, named = CONTRADICTIONS[rule]
    with pytest.raises(Inconsistent) as raised:
        infer(read(premise))
    message = str(raised.value)
    assert message.startswith(rule.split()[0] + ": ")
    assert [term for term in named if term not in message] == []


def test_tells_a_literal_that_its_datatype_does_not_allow() -> None:
    graph = Graph()
    graph.add((URIRef(BASE + "a"), URIRef(BASE + "p"), Literal("x", datatype=XSD.boolean)))
    with pytest.raises(Inconsistent, match=r"dt-not-type: .*test/a.* has .*boolean.* as .*test/p"):
        infer(graph)


def test_accepts_an_integer_where_a_decimal_is_asked() -> None:
    assert len(infer(read(":p rdfs:range xsd:decimal . :a :p 1, 1.5 ."))) == 0


def test_does_not_take_two_of_one_key_part_for_the_same() -> None:
    graph = read(":C owl:hasKey ( :k :l ) . :a a :C ; :k 1 ; :l 1 . :b a :C ; :k 1 ; :l 2 .")
    assert len(infer(graph)) == 0


def test_tells_every_contradiction_at_once_and_counts_those_it_leaves_out() -> None:
    crowd = " ".join(f":x{n} a :A, :B ." for n in range(25))
    with pytest.raises(Inconsistent) as raised:
        infer(read(f":A owl:disjointWith :B . {crowd}"))
    lines = str(raised.value).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "and 5 more"


def test_names_published_terms_by_their_prefix() -> None:
    graph = read("[] a owl:AllDisjointClasses ; owl:members ( :A :B ) .")
    graph.add((URIRef(names.code("perpetrator", "isis")), RDF.type, URIRef(BASE + "A")))
    graph.add((URIRef(names.code("perpetrator", "isis")), RDF.type, URIRef(BASE + "B")))
    with pytest.raises(Inconsistent, match="code:perpetrator/isis is both"):
        infer(graph)


def test_keeps_the_spelling_of_literals() -> None:
    graph = read(':p rdfs:subPropertyOf :q . :a :p "EN"@en-GB .')
    spelled = [
        Literal(text, datatype=kind, normalize=False)
        for text, kind in (("0.70", XSD.decimal), ("007", XSD.integer), ("2011-03", XSD.gYearMonth), ("1", XSD.boolean))
    ]
    for value in spelled:
        graph.add((URIRef(BASE + "a"), URIRef(BASE + "p"), value))
    inferred = set(infer(graph).objects(URIRef(BASE + "a"), URIRef(BASE + "q")))
    assert {value.n3() for value in inferred} == {value.n3() for value in spelled} | {'"EN"@en-GB'}


def test_reads_all_graphs_of_a_dataset_as_one_and_changes_none() -> None:
    dataset = Dataset()
    for name, turtle in (("ontology", ":p rdfs:subPropertyOf :q ."), ("report", ":a :p :b .")):
        for triple in read(turtle):
            dataset.graph(URIRef(names.graph(name))).add(triple)
    before = set(dataset.quads())
    assert set(infer(dataset)) == set(read(":a :q :b ."))
    assert set(dataset.quads()) == before


NOISE = {
    "subjects that are not ours": "<http://example.org/C> rdfs:subClassOf :D . <http://example.org/a> a "
    "<http://example.org/C> .",
    "reflexive axioms": ":C a owl:Class . :p a owl:ObjectProperty . :q a owl:DatatypeProperty .",
    "owl:Thing": ":p rdfs:domain owl:Thing ; rdfs:range rdfs:Resource . :a :p :b .",
    "blank nodes": ":C rdfs:subClassOf [ owl:onProperty :p ; owl:someValuesFrom owl:Thing ] . :a a :C .",
    "types of literals": ':p rdfs:range xsd:string . :a :p "v" .',
    "what is already there": ":C owl:equivalentClass :D . :C rdfs:subClassOf :D . :D rdfs:subClassOf :C ;"
    " owl:equivalentClass :C . :a a :C, :D .",
}


@pytest.mark.parametrize("kind", NOISE)
def test_hands_back_no(kind: str) -> None:
    assert set(infer(read(NOISE[kind]))) == set()


CLASSES, PROPERTIES, THINGS = [":A", ":B", ":C", ":R"], [":p", ":q", ":r"], [":x", ":y", ":z"]


def _filled(*columns: list[str], shape: str) -> st.SearchStrategy[str]:
    return st.tuples(*(st.sampled_from(column) for column in columns)).map(lambda terms: shape.format(*terms))


STATEMENTS = st.one_of(
    _filled(THINGS, CLASSES, shape="{} a {} ."),
    _filled(THINGS, PROPERTIES, THINGS, shape="{} {} {} ."),
    _filled(THINGS, THINGS, shape="{} owl:sameAs {} ."),
    _filled(THINGS, ['"0.70"', "1.50", '"x"@en'], shape="{} :note {} ."),
    _filled(CLASSES, ["rdfs:subClassOf", "owl:equivalentClass"], CLASSES, shape="{} {} {} ."),
    _filled(
        PROPERTIES, ["rdfs:subPropertyOf", "owl:inverseOf", "owl:equivalentProperty"], PROPERTIES, shape="{} {} {} ."
    ),
    _filled(PROPERTIES, ["rdfs:domain", "rdfs:range"], CLASSES, shape="{} {} {} ."),
    _filled(
        PROPERTIES,
        ["Transitive", "Symmetric", "Functional", "InverseFunctional"],
        shape="{} a owl:{}Property .",
    ),
    _filled(PROPERTIES, PROPERTIES, PROPERTIES, shape="{} owl:propertyChainAxiom ( {} {} ) ."),
    _filled(CLASSES, ["owl:unionOf", "owl:intersectionOf"], CLASSES, CLASSES, shape="{} {} ( {} {} ) ."),
    _filled(CLASSES, THINGS, THINGS, shape="{} owl:oneOf ( {} {} ) ."),
    _filled(["someValuesFrom", "allValuesFrom"], CLASSES, PROPERTIES, shape=":R owl:{} {} ; owl:onProperty {} ."),
    _filled(THINGS, PROPERTIES, shape=":S owl:hasValue {} ; owl:onProperty {} . :A rdfs:subClassOf :S ."),
    _filled(CLASSES, shape="{} a owl:Class ."),
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(STATEMENTS, min_size=2, max_size=9))
def test_agrees_with_owlrl_on_any_small_ontology(statements: list[str]) -> None:
    graph = read("\n".join(statements))
    assert difference(graph, infer(graph)) == (set(), set())


def test_agrees_with_owlrl_on_the_graphs_of_a_report() -> None:
    dataset = build_tiny()
    assert difference(dataset, infer(dataset)) == (set(), set())


def test_does_not_depend_on_the_order_of_what_is_given() -> None:
    parts = (":p rdfs:range :C .", ":C rdfs:subClassOf :D .", ":D owl:equivalentClass :E .", ":a :p :b .")
    closures = {frozenset(infer(read(" ".join(order)))) for order in permutations(parts)}
    assert len(closures) == 1
    assert (URIRef(BASE + "b"), RDF.type, URIRef(BASE + "E")) in next(iter(closures))
    assert not any(predicate == OWL.sameAs for _, predicate, _ in next(iter(closures)))
