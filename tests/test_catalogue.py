"""The catalogue of the invented report's dataset: what it promises is counted here again, the long way."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.namespace import RDF

from built import ROOT, build_tiny
from snhr_kg import names
from snhr_kg.graphs.catalogue import CatalogueError, add_catalogue, read_sources
from snhr_kg.graphs.descriptions import DATASET, SourceFile
from snhr_kg.graphs.terms import term

WRITTEN = ROOT / "ontology" / "dataset.ttl"
SOURCES = (SourceFile("data/1999-09-09/figures.csv", "ab" * 32),)
SOFTWARE = {"an-engine": "7.6"}
CATALOGUE = URIRef(names.graph("catalogue"))


def catalogued() -> Dataset:
    dataset = build_tiny()
    add_catalogue(dataset, WRITTEN, SOURCES, SOFTWARE)
    return dataset


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return catalogued()


@pytest.fixture(scope="module")
def catalogue(dataset: Dataset) -> Graph:
    return dataset.graph(CATALOGUE)


def everything(dataset: Dataset) -> set[tuple[object, object, object]]:
    return {triple for graph in dataset.graphs() for triple in graph}


def count(catalogue: Graph, subject: object, curie: str) -> int:
    value = catalogue.value(URIRef(str(subject)), term(curie))
    assert isinstance(value, Literal), f"{subject} has no {curie}"
    return int(value)


def test_counts_all_triples_itself_included(dataset: Dataset, catalogue: Graph) -> None:
    assert count(catalogue, DATASET, "void:triples") == len(everything(dataset))


def test_counts_the_triples_of_every_named_graph_itself_included(dataset: Dataset, catalogue: Graph) -> None:
    graphs = {graph.identifier: len(graph) for graph in dataset.graphs() if len(graph)}
    assert CATALOGUE in graphs
    assert {
        subset: count(catalogue, subset, "void:triples") for subset in catalogue.objects(DATASET, term("void:subset"))
    } == graphs


def test_counts_subjects_and_those_of_them_that_are_ours(dataset: Dataset, catalogue: Graph) -> None:
    subjects = {triple[0] for triple in everything(dataset)}
    assert count(catalogue, DATASET, "void:distinctSubjects") == len(subjects)
    ours = [subject for subject in subjects if str(subject).startswith(names.BASE)]
    assert count(catalogue, DATASET, "void:entities") == len(ours)


def test_has_a_partition_for_every_class_with_its_members(dataset: Dataset, catalogue: Graph) -> None:
    members: dict[object, set[object]] = {}
    for subject, predicate, value in everything(dataset):
        if predicate == RDF.type:
            members.setdefault(value, set()).add(subject)
    found = {
        catalogue.value(partition, term("void:class")): count(catalogue, partition, "void:entities")
        for partition in catalogue.objects(DATASET, term("void:classPartition"))
    }
    assert found == {kind: len(subjects) for kind, subjects in members.items()}
    assert count(catalogue, DATASET, "void:classes") == len(members)


def test_has_a_partition_for_every_property_with_its_triples(dataset: Dataset, catalogue: Graph) -> None:
    uses: dict[object, int] = {}
    for _, predicate, _ in everything(dataset):
        uses[predicate] = uses.get(predicate, 0) + 1
    found = {
        catalogue.value(partition, term("void:property")): count(catalogue, partition, "void:triples")
        for partition in catalogue.objects(DATASET, term("void:propertyPartition"))
    }
    assert found == uses
    assert count(catalogue, DATASET, "void:properties") == len(uses)


def test_names_the_vocabularies_whose_terms_are_used(catalogue: Graph) -> None:
    named = {str(vocabulary) for vocabulary in catalogue.objects(DATASET, term("void:vocabulary"))}
    assert {names.SNHR, names.PREFIXES["qb"], names.PREFIXES["oa"], names.PREFIXES["dcat"]} <= named
    assert names.PREFIXES["sh"] not in named


def test_lists_the_files_that_an_export_writes(catalogue: Graph) -> None:
    files = {
        str(address).removeprefix(names.published("files/"))
        for address in catalogue.subjects(RDF.type, term("dcat:Distribution"))
    }
    graphs = ("catalogue", "checks", "codes", "derived", "links", "ontology", "report-1999-09-09")
    assert files == {
        *("snhr-kg.trig", "snhr-kg.nq", "figures.csv", "figures.csv-metadata.json"),
        *(f"graphs/{graph}{suffix}" for graph in graphs for suffix in (".ttl", ".jsonld")),
    }


def test_gives_every_file_a_media_type_and_a_licence(catalogue: Graph) -> None:
    for address in catalogue.subjects(RDF.type, term("dcat:Distribution")):
        for curie in ("dcat:mediaType", "dcterms:license", "dcat:downloadURL", "schema:encodingFormat"):
            assert len(list(catalogue.objects(address, term(curie)))) == 1, f"{address}: {curie}"


def test_gives_every_part_a_title_in_both_languages_a_licence_and_a_publisher(catalogue: Graph) -> None:
    for part in catalogue.subjects(RDF.type, term("dcat:Dataset")):
        for curie in ("dcterms:title", "dcterms:description"):
            assert {text.language for text in catalogue.objects(part, term(curie))} == {"en", "ar"}, f"{part}: {curie}"
        for curie in ("dcterms:license", "dcterms:publisher"):
            assert catalogue.value(part, term(curie)) is not None, f"{part}: {curie}"


def test_gives_a_part_its_own_licence_where_one_is_written(tmp_path: Path) -> None:
    other = tmp_path / "dataset.ttl"
    graph, licence = names.graph("links"), "https://example.org/licence"
    other.write_text(f"{WRITTEN.read_text()}\n<{graph}> dcterms:license <{licence}> .\n", encoding="utf-8")
    dataset = build_tiny()
    add_catalogue(dataset, other, (), {})
    catalogue = dataset.graph(CATALOGUE)
    assert str(catalogue.value(URIRef(graph), term("dcterms:license"))) == licence
    file = URIRef(names.published("files/graphs/links.ttl"))
    assert str(catalogue.value(file, term("dcterms:license"))) == licence


def test_tells_search_engines_the_same_in_the_terms_of_schema_org(catalogue: Graph) -> None:
    for ours, theirs in (("dcterms:title", "schema:name"), ("dcterms:license", "schema:license")):
        assert set(catalogue.objects(DATASET, term(ours))) == set(catalogue.objects(DATASET, term(theirs)))
    assert catalogue.value(DATASET, term("schema:distribution")) is not None


def test_names_every_file_and_engine_the_dataset_was_built_with_and_no_time(catalogue: Graph) -> None:
    activity = catalogue.value(DATASET, term("prov:wasGeneratedBy"))
    used = list(catalogue.objects(activity, term("prov:used")))
    assert [str(entity) for entity in used] == [names.published("input/data/1999-09-09/figures.csv")]
    checksum = catalogue.value(used[0], term("spdx:checksum"))
    assert str(catalogue.value(checksum, term("spdx:checksumValue"))) == "ab" * 32
    agents = {
        str(catalogue.value(agent, term("schema:name"))): str(catalogue.value(agent, term("schema:softwareVersion")))
        for agent in catalogue.objects(activity, term("prov:wasAssociatedWith"))
    }
    assert agents == {"an-engine": "7.6", "snhr-kg": "0.1.0"}
    assert not list(catalogue.objects(None, term("prov:startedAtTime")))


def test_has_no_blank_nodes_and_no_second_wording_on_a_second_build(catalogue: Graph) -> None:
    assert not [node for triple in catalogue for node in triple if isinstance(node, BNode)]
    assert set(catalogue) == set(catalogued().graph(CATALOGUE))


@pytest.mark.parametrize(
    ("lost", "added", "complaint"),
    [
        ("dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;", "", "dcterms:license"),
        ('dcat:version "0.1.0" ;', "", "dcat:version"),
        ("dcterms:language", "dcterms:contributor [ a foaf:Agent ] ; dcterms:language", "blank node"),
    ],
)
def test_refuses_a_description_that_lacks_what_every_entry_needs(
    tmp_path: Path, lost: str, added: str, complaint: str
) -> None:
    broken = tmp_path / "dataset.ttl"
    broken.write_text(WRITTEN.read_text(encoding="utf-8").replace(lost, added), encoding="utf-8")
    with pytest.raises(CatalogueError, match=complaint):
        add_catalogue(build_tiny(), broken, (), {})


def test_reads_every_source_below_its_folder_in_order_with_its_checksum(tmp_path: Path) -> None:
    (tmp_path / "data" / "one").mkdir(parents=True)
    (tmp_path / "data" / "one" / "b.csv").write_bytes(b"b")
    (tmp_path / "data" / "a.csv").write_bytes(b"a")
    (tmp_path / "data" / ".hidden").write_bytes(b"")
    assert read_sources({"data": tmp_path / "data"}) == (
        SourceFile("data/a.csv", sha256(b"a").hexdigest()),
        SourceFile("data/one/b.csv", sha256(b"b").hexdigest()),
    )
