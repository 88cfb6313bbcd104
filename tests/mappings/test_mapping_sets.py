"""What importers ask of the mapping sets, and the triples that the sets become."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from mappings.writing import row, write
from snhr_kg.codes.lists import CodeLists
from snhr_kg.mappings import MappingSets, read_mappings
from snhr_kg.mappings.foreign import foreign_code, foreign_iri
from snhr_kg.mappings.graph import mapping_triples

ISIS = URIRef("https://w3id.org/snhr-kg/code/perpetrator/isis")
SSSOM = "https://w3id.org/sssom/"


@pytest.fixture
def sets(tmp_path: Path, codes: CodeLists) -> MappingSets:
    return read_mappings(
        write(
            tmp_path,
            row(),
            row(record_id="mapping:invented/isis-actor", object_id="ucdp.actor:234", predicate_id="skos:exactMatch"),
            row(record_id="mapping:invented/isis-part", object_id="thing:a%20b", predicate_id="skos:narrowMatch"),
            row(record_id="mapping:invented/isis-refused", object_id="thing:9", predicate_modifier="Not"),
        ),
        codes,
    )


def test_an_exact_or_close_match_makes_our_code_the_value(sets: MappingSets) -> None:
    assert sets.our_code("them", "thing", "7", "perpetrator") == "isis"
    assert sets.our_code("ucdp", "actor", "234", "perpetrator") == "isis"


def test_a_narrower_match_and_a_refused_one_leave_theirs(sets: MappingSets) -> None:
    assert sets.our_code("them", "thing", "a b", "perpetrator") is None
    assert sets.our_code("them", "thing", "9", "perpetrator") is None


def test_a_match_holds_in_its_own_dimension_only(sets: MappingSets) -> None:
    assert sets.our_code("them", "thing", "7", "place") is None


def test_an_unknown_code_has_no_code_of_ours_and_no_relation(sets: MappingSets) -> None:
    assert sets.our_code("them", "thing", "8", "perpetrator") is None
    assert sets.relations("them", "thing", "8") == ()


def test_tells_the_relations_of_a_code_that_stays_theirs(sets: MappingSets) -> None:
    (relation,) = sets.relations("them", "thing", "a b")
    assert (relation.notation, relation.predicate) == ("isis", str(SKOS.narrowMatch))
    assert sets.relations("them", "thing", "9") == ()


@pytest.mark.parametrize(
    ("owner", "code_list", "notation"),
    [
        ("ucdp", "actor", "118"),
        ("ucdp", "adm-1", "Rif Dimashq Governorate"),
        ("geonames", "feature", "163843"),
        ("acled", "event", "Explosions/Remote violence > Chemical weapon"),
        ("syrian-archive", "location", "دمشق"),
    ],
)
def test_finds_the_code_behind_the_iri_that_it_gave(owner: str, code_list: str, notation: str) -> None:
    found = foreign_code(foreign_iri(owner, code_list, notation))
    assert found is not None
    assert (found.owner, found.code_list, found.notation) == (owner, code_list, notation)


@pytest.mark.parametrize(
    "iri", ["https://example.org/1", "https://ucdp.uu.se/actor/", "https://w3id.org/snhr-kg/external/ucdp/23.1"]
)
def test_finds_no_code_behind_other_iris(iri: str) -> None:
    assert foreign_code(iri) is None


@pytest.fixture
def graph(sets: MappingSets) -> Graph:
    found = Graph()
    for triple in mapping_triples(sets):
        found.add(triple)
    return found


def test_an_accepted_record_stands_as_a_plain_match_too(graph: Graph) -> None:
    assert set(graph.predicate_objects(ISIS)) == {
        (SKOS.closeMatch, URIRef("https://w3id.org/snhr-kg/external/them/code/thing/7")),
        (SKOS.exactMatch, URIRef("https://ucdp.uu.se/actor/234")),
        (SKOS.narrowMatch, URIRef("https://w3id.org/snhr-kg/external/them/code/thing/a%20b")),
    }


def test_a_refused_record_is_a_record_only(graph: Graph) -> None:
    record = URIRef("https://w3id.org/snhr-kg/mapping/invented/isis-refused")
    nine = URIRef("https://w3id.org/snhr-kg/external/them/code/thing/9")
    assert (record, OWL.annotatedTarget, nine) in graph
    assert (record, URIRef(SSSOM + "predicate_modifier"), URIRef(SSSOM + "NegatedPredicate")) in graph
    assert (ISIS, None, nine) not in graph


def test_a_record_says_who_judged_what_when_how_surely_and_why(graph: Graph) -> None:
    record = URIRef("https://w3id.org/snhr-kg/mapping/invented/isis")
    said = {str(predicate): value for predicate, value in graph.predicate_objects(record)}
    assert said[str(OWL.annotatedSource)] == ISIS
    assert said[str(OWL.annotatedProperty)] == SKOS.closeMatch
    assert said[SSSOM + "mapping_justification"] == URIRef("https://w3id.org/semapv/vocab/ManualMappingCuration")
    assert str(said[SSSOM + "confidence"]) == "0.95"
    assert str(said[SSSOM + "mapping_date"]) == "2026-11-22"
    assert said[SSSOM + "author_label"] == Literal("Somebody")
    assert said[SSSOM + "object_source"] == URIRef("https://example.org/")
    assert said[str(RDFS.comment)] == Literal("The same organisation.", lang="en")


def test_a_record_is_labelled_in_both_languages(graph: Graph) -> None:
    record = URIRef("https://w3id.org/snhr-kg/mapping/invented/isis-refused")
    assert set(graph.objects(record, RDFS.label)) == {
        Literal("ISIS – refused: close match – Seven", lang="en"),
        Literal("تنظيم داعش – مرفوضة: مطابقة قريبة – Seven", lang="ar"),
    }


def test_a_set_leads_to_its_records_and_says_what_it_is(graph: Graph) -> None:
    mapping_set = URIRef("https://w3id.org/snhr-kg/mapping-set/invented")
    assert (mapping_set, RDF.type, URIRef(SSSOM + "MappingSet")) in graph
    assert len(set(graph.objects(mapping_set, URIRef(SSSOM + "mappings")))) == 4
    assert (mapping_set, OWL.versionInfo, Literal("2026-11-22")) in graph


def test_a_target_whose_iri_is_minted_here_has_a_name_here(graph: Graph) -> None:
    minted = URIRef("https://w3id.org/snhr-kg/external/them/code/thing/a%20b")
    assert (minted, SKOS.notation, Literal("a b")) in graph
    assert (minted, RDFS.label, Literal("Seven")) in graph
    assert (URIRef("https://ucdp.uu.se/actor/234"), None, None) not in graph
