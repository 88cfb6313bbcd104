"""The reference of the ontology: everything that the files declare is on the page, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

from following import words
from snhr_kg import names
from snhr_kg.content import folder

SNHR = names.SNHR
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@pytest.fixture(scope="module")
def declared() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in sorted(folder("ontology").glob("*.ttl")):
        graph.parse(path)
    return graph


@pytest.fixture(scope="module")
def shapes() -> dict[Path, rdflib.Graph]:
    root = folder("shapes")
    return {path.relative_to(root): rdflib.Graph().parse(path) for path in sorted(root.rglob("*.ttl"))}


@pytest.fixture(scope="module")
def pages(read):
    return {language: read(f"/{language}/ontology.html") for language in ("en", "ar")}


@pytest.fixture(scope="module")
def places(pages):
    """For each language, the elements of the page by their ids."""
    return {language: {one.get("id"): one for one in page.xpath("//*[@id]")} for language, page in pages.items()}


def terms(declared: rdflib.Graph) -> list[rdflib.URIRef]:
    found = {term for kind in KINDS for term in declared.subjects(RDF.type, kind) if str(term).startswith(SNHR)}
    assert len(found) > 200
    return sorted(found)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_term_of_the_files_stands_at_its_own_anchor_with_label_and_definition(declared, places, language):
    for term in terms(declared):
        section = places[language].get(term.removeprefix(SNHR))
        said = words(section)
        for predicate in (RDFS.label, SKOS.definition):
            text = next(one for one in declared.objects(term, predicate) if one.language == language)
            assert " ".join(text.split()) in said, (term, predicate)


def test_every_assertion_between_terms_is_shown_in_both_directions(declared, places):
    page = places["en"]
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range):
        for subject, target in declared.subject_objects(predicate):
            if str(subject).startswith(SNHR) and str(target).startswith(SNHR):
                here, there = subject.removeprefix(SNHR), target.removeprefix(SNHR)
                assert page.get(here).xpath(f".//a[@href='#{there}']"), (subject, predicate)
                assert page.get(there).xpath(f".//a[@href='#{here}']"), (subject, predicate)


def test_what_else_a_property_is_is_said(declared, places):
    for role in (OWL.TransitiveProperty, OWL.SymmetricProperty, OWL.FunctionalProperty):
        own = [term for term in declared.subjects(RDF.type, role) if term.startswith(SNHR)]
        for term in own:
            assert places["en"].get(term.removeprefix(SNHR)).xpath(f".//a[@href='{role}']"), term


def test_terms_of_other_vocabularies_are_named_by_their_prefix_and_lead_there(places):
    section = places["en"].get("Observation")
    assert {"qb:Observation", "prov:Entity"} <= {a.text_content() for a in section.xpath(".//a[@rel='external']")}


def test_how_often_a_term_is_used_is_counted_in_the_graph(places, held):
    for name in ("Figure", "Mention", "Check", "Comparison"):
        assert f"{len(held.instances(f'snhr:{name}'))}, for example" in words(places["en"].get(name))
    shares = sum(1 for figure in held.instances("snhr:Figure") if held.value(figure, "snhr:shareOf"))
    assert f"{shares}, for example" in words(places["en"].get("shareOf"))


def test_a_term_that_only_graphs_of_others_use_is_said_to_be(places, held):
    assert not held.instances("snhr:Reading")
    assert "in graphs of datasets from elsewhere" in words(places["en"].get("Reading"))


def test_every_code_list_and_every_code_is_led_to(pages, held):
    links = set(pages["ar"].xpath("//main//a/@href"))
    for scheme in held.instances("skos:ConceptScheme"):
        for iri in (scheme, *held.subjects("skos:inScheme", scheme)):
            assert f"{iri.removeprefix(names.BASE)}.html" in links, iri


def test_every_structure_names_its_components(declared, places):
    qb = rdflib.Namespace(names.PREFIXES["qb"])
    structures = list(declared.subjects(RDF.type, qb.DataStructureDefinition))
    assert len(structures) == 9
    for structure in structures:
        section = places["en"].get(f"structure-{structure.rpartition('/')[2]}")
        found = {a.get("href") for a in section.xpath(".//dd/a")}
        for component in declared.objects(structure, qb.component):
            for role in (qb.dimension, qb.measure, qb.attribute):
                for term in declared.objects(component, role):
                    local = term.removeprefix(SNHR) if term.startswith(SNHR) else None
                    assert (f"#{local}" if local else str(term)) in found, (structure, term)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_rule_stands_with_its_definition_and_formula(declared, places, language):
    rules = list(declared.subjects(RDF.type, rdflib.URIRef(f"{SNHR}Rule")))
    assert len(rules) == 19
    for rule in rules:
        said = words(places[language].get(f"rule-{rule.rpartition('/')[2]}"))
        for predicate in (SKOS.definition, rdflib.URIRef(f"{SNHR}formula")):
            for text in declared.objects(rule, predicate):
                if text.language in (None, language):
                    assert " ".join(text.split()) in said, rule


def test_every_shape_and_every_constraint_of_the_files_says_what_it_asks(shapes, places):
    count = 0
    for path, graph in shapes.items():
        for kind in (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint):
            for shape in graph.subjects(RDF.type, kind):
                element = places["ar"].get(f"shape-{shape.rpartition('#')[2]}")
                for predicate in (SH.message, RDFS.label):
                    for text in graph.objects(shape, predicate):
                        assert " ".join(text.split()) in words(element), (path, shape)
                count += 1
    assert count > 350


def test_a_constraint_that_only_warns_is_told_from_one_that_stops_the_build(shapes, pages):
    warning = {
        asked
        for graph in shapes.values()
        for shape in graph.subjects(SH.severity, SH.Warning)
        for asked in graph.objects(shape, SH.sparql)
    }
    shown = {li.get("id") for li in pages["en"].xpath("//li[starts-with(@id, 'shape-')][strong]")}
    assert shown == {f"shape-{shape.rpartition('#')[2]}" for shape in warning} != set()


@pytest.mark.parametrize(
    ("constraint", "written"),
    [
        ("code-reachable", "code-reachable, skos:topConceptOf|skos:broader sh:minCount 1"),
        ("text-checksum", "sh:minCount 1 ; sh:maxCount 1 ; sh:pattern ^[0-9a-f]{64}$"),
        ("checked-by", "checked-by, ^dqv:computedOn sh:minCount 1 ; sh:class snhr:Check"),
    ],
)
def test_a_constraint_is_written_as_its_file_has_it(places, constraint, written):
    assert words(places["en"].get(f"shape-{constraint}")).endswith(written)


def test_a_term_names_the_shapes_that_speak_of_it(places):
    checked = places["en"].get("placeRole").xpath(".//dd[@class='checked']/a/@href")
    assert {"#shape-figure-place-role", "#shape-figure-place-role-of-indicator"} <= set(checked)
    assert all(places["en"].get(href[1:]) is not None for href in checked)


def test_shapes_are_english_on_the_arabic_page_and_say_so(pages):
    sections = pages["ar"].xpath("//section[contains(@class, 'shapes')]")
    assert sections
    assert all(one.get("lang") == "en" and one.get("dir") == "ltr" for one in sections)


def test_every_link_within_the_page_leads_to_a_place_that_exists_once(pages):
    for page in pages.values():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert {href[1:] for href in page.xpath("//a/@href[starts-with(., '#')]")} - {""} <= set(ids)


def test_the_index_holds_every_term_in_order(declared, pages):
    index = [a.text_content() for a in pages["en"].xpath("//nav[contains(@class, 'contents')]//details//li/a")]
    assert index == sorted((term.removeprefix(SNHR) for term in terms(declared)), key=str.lower)


def test_the_page_is_under_a_hundred_kilobytes_compressed(site):
    for language in ("en", "ar"):
        response = site.get(f"/{language}/ontology.html", headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
        assert response.headers["Content-Encoding"] == "gzip"
        assert len(response.data) < 100_000
