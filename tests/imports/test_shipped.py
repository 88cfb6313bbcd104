"""The files of others that ship with the package: byte for byte, whose they are, and the numbers they are known by."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from needs import need
from snhr_kg.codes.lists import CodeLists
from snhr_kg.content import folder
from snhr_kg.elsewhere import ExternalGraph
from snhr_kg.errors import TableError
from snhr_kg.exports.quads import external_graph
from snhr_kg.imports.kinds import LAYOUTS
from snhr_kg.imports.shipped import read_shipped
from snhr_kg.imports.sources import read_sources
from snhr_kg.imports.table import ImportFault
from snhr_kg.mappings.sets import MappingSets
from snhr_kg.names import PREFIXES

SHIPPED = folder("data") / "external"
TABLES = ("datasets", "sources")
PREFIX = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())

with (SHIPPED / "sources.csv").open(encoding="utf-8", newline="") as _file:
    FILES = list(csv.DictReader(_file))


@pytest.fixture(scope="module")
def graphs(codes: CodeLists, mappings: MappingSets) -> list[ExternalGraph]:
    return read_shipped(SHIPPED, codes, mappings)


@pytest.fixture(scope="module")
def store(graphs: list[ExternalGraph]) -> ox.Store:
    store = ox.Store()
    for graph in graphs:
        triples = ox.parse("\n".join(graph.lines), format=ox.RdfFormat.N_TRIPLES)
        store.bulk_extend(
            ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(graph.iri)) for quad in triples
        )
    return store


def ask(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(PREFIX + query)
    assert isinstance(found, ox.QuerySolutions)
    return sorted(tuple("" if value is None else str(value.value) for value in row) for row in found)


@pytest.mark.parametrize("row", FILES, ids=lambda row: row["file"])
def test_a_file_is_the_one_that_the_table_names(row: dict[str, str]) -> None:
    assert hashlib.sha256((SHIPPED / row["file"]).read_bytes()).hexdigest() == row["sha256"]


def test_no_file_lies_there_that_the_table_does_not_name() -> None:
    assert {path.relative_to(SHIPPED).as_posix() for path in SHIPPED.glob("*/*")} == {row["file"] for row in FILES}


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_are_what_their_schemas_say(name: str) -> None:
    need.package("frictionless", "tables checked by another tool")
    from frictionless import Resource, Schema, validate

    descriptor = json.loads((SHIPPED / f"{name}.schema.json").read_text(encoding="utf-8"))
    descriptor.pop("foreignKeys", None)
    resource = Resource(path=f"{name}.csv", basepath=str(SHIPPED), schema=Schema.from_descriptor(descriptor))
    verdict = validate(resource)
    assert verdict.valid, verdict.flatten(["rowNumber", "fieldName", "message"])


def test_every_kind_of_import_has_a_description_but_a_list_of_the_users_own(codes: CodeLists) -> None:
    assert {*read_sources(SHIPPED, codes).descriptions, "incidents"} == set(LAYOUTS)


def test_each_version_is_a_graph_in_canonical_form(graphs: list[ExternalGraph]) -> None:
    assert [graph.name for graph in graphs] == [
        f"external/{kind}/{version}" for kind, version in dict.fromkeys((row["kind"], row["version"]) for row in FILES)
    ]
    for graph in graphs:
        assert list(graph.lines) == external_graph(graph).lines


def test_two_readings_give_the_same_lines(
    graphs: list[ExternalGraph], codes: CodeLists, mappings: MappingSets, tmp_path: Path
) -> None:
    elsewhere = shutil.copytree(SHIPPED, tmp_path / "external")
    assert read_shipped(elsewhere, codes, mappings) == graphs


def test_each_dataset_says_on_what_terms_and_where_it_was_copied_from(store: ox.Store) -> None:
    found = ask(
        store,
        """SELECT DISTINCT ?dataset ?licence ?rights { GRAPH ?g { ?dataset a snhr:ExternalDataset ;
        dcterms:license ?licence ; dcterms:rights ?rights ; dcterms:publisher/foaf:name ?name ;
        dcterms:bibliographicCitation ?citation ; dcat:version ?version ;
        prov:wasDerivedFrom/prov:wasDerivedFrom ?origin FILTER (CONTAINS(STR(?origin), "/blob/")) } }""",
    )
    assert len(found) == 9
    assert {licence for _, licence, _ in found} == {"https://creativecommons.org/licenses/by/4.0/"}


@pytest.mark.parametrize(
    ("version", "best"),
    [
        ("1.4-2016", "337"),
        ("18.1", "337"),
        ("19.1", "515"),
        ("20.1", "1224"),
        ("21.1", "2779"),
        ("22.1", "2954"),
        ("23.1", "2954"),
    ],
)
def test_a_version_is_part_of_a_figure(store: ox.Store, version: str, best: str) -> None:
    actor = "652" if version == "1.4-2016" else "118"
    figure = f"<https://w3id.org/snhr-kg/external/ucdp-onesided/{version}/figure/{actor}-2012>"
    assert ask(store, f"SELECT ?best {{ GRAPH ?g {{ {figure} snhr:value ?best }} }}") == [(best,)]


def test_no_row_of_several_countries_is_called_syria(store: ox.Store) -> None:
    """Only 19 of the 31 rows of version 23.1 are of Syria alone, and none of ISIS."""
    found = ask(
        store,
        """SELECT (COUNT(?figure) AS ?n) (SUM(?isis) AS ?of_isis) {
        GRAPH <https://w3id.org/snhr-kg/graph/external/ucdp-onesided/23.1> {
          ?figure a snhr:ExternalFigure ; snhr:perpetrator ?by ; snhr:place <https://w3id.org/snhr-kg/code/place/syria>
          BIND (IF(?by = <https://w3id.org/snhr-kg/code/perpetrator/isis>, 1, 0) AS ?isis) } }""",
    )
    assert found == [("19", "0")]


def test_a_sum_and_what_it_leaves_out_are_all_that_the_rows_hold(store: ox.Store) -> None:
    """Government of Syria, 2011 to 2020, version 23.1: 3,741 in Syria alone, 6,068 together with Lebanon."""
    aggregate = "<https://w3id.org/snhr-kg/external/ucdp-onesided/23.1/aggregate/118-2011--2020>"
    ((value, comment),) = ask(
        store,
        f"""SELECT ?value ?comment {{ GRAPH ?g {{ {aggregate} snhr:value ?value ; rdfs:comment ?comment
        FILTER (LANG(?comment) = "en") }} }}""",
    )
    assert value == "3741"
    assert "2 rows that hold 6,068 (best estimate): Government of Syria 2011, Government of Syria 2012." in comment


@pytest.mark.parametrize(
    ("measure", "year", "value"),
    [
        ("refugees", 2018, 6_654_374),
        ("refugees", 2019, 6_615_249),
        ("refugees+asylum_seekers", 2018, 6_654_374 + 139_576),
        ("refugees+asylum_seekers", 2019, 6_615_249 + 118_450),
        ("idps", 2018, 6_183_920),
        ("idps", 2019, 6_146_994),
    ],
)
def test_unhcrs_numbers_add_up_to_the_known_ones(store: ox.Store, measure: str, year: int, value: int) -> None:
    aggregate = f"<https://w3id.org/snhr-kg/external/unhcr-population/2025.12.1/aggregate/{measure}-{year}>"
    found = ask(
        store,
        f"""SELECT ?value (SUM(?part) AS ?parts) {{ GRAPH ?g {{ {aggregate} snhr:value ?value ;
        snhr:period <https://w3id.org/snhr-kg/code/period/at-{year}-12-31> ;
        prov:wasDerivedFrom/snhr:value ?part }} }} GROUP BY ?value""",
    )
    assert found == [(str(value), str(value))]


@pytest.mark.parametrize(("year", "value"), [(2011, 600_000), (2013, 6_500_000), (2018, 6_119_000), (2019, 6_495_000)])
def test_idmcs_numbers_are_the_known_ones(store: ox.Store, year: int, value: int) -> None:
    figure = f"<https://w3id.org/snhr-kg/external/idmc-displacement/2025.12.1/figure/total-{year}>"
    assert ask(store, f"SELECT ?value {{ GRAPH ?g {{ {figure} snhr:value ?value }} }}") == [(str(value),)]


def test_no_two_observations_of_a_data_set_share_all_dimensions(store: ox.Store) -> None:
    dimensions = (
        "snhr:indicator snhr:violationType snhr:perpetrator snhr:victimGroup snhr:weapon snhr:place snhr:period"
    )
    lines = " ".join(f"{name} ?d{number} ;" for number, name in enumerate(dimensions.split()))
    variables = " ".join(f"?d{number}" for number in range(7))
    found = ask(
        store,
        f"""SELECT ?set (COUNT(?o) AS ?n) {{ GRAPH ?g {{ ?o {lines} qb:dataSet ?set }} }}
        GROUP BY ?set {variables} HAVING (COUNT(?o) > 1)""",
    )
    assert found == []


def test_a_changed_file_is_not_imported(codes: CodeLists, mappings: MappingSets, tmp_path: Path) -> None:
    changed = shutil.copytree(SHIPPED, tmp_path / "external")
    file = changed / "idmc-displacement" / "idmc_idp_stock_syr.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("6495000", "6495001"), encoding="utf-8")
    with pytest.raises(ImportFault, match="has the SHA-256"):
        read_shipped(changed, codes, mappings)


def test_wrong_cells_of_the_tables_are_told_together(codes: CodeLists, mappings: MappingSets, tmp_path: Path) -> None:
    changed = shutil.copytree(SHIPPED, tmp_path / "external")
    sources = changed / "sources.csv"
    text = sources.read_text(encoding="utf-8")
    sources.write_text(
        text.replace("unhcr-population,2025", "unhcr-populatio,2025").replace("0c16a6d", "0C16a6d"), encoding="utf-8"
    )
    with pytest.raises(TableError) as error:
        read_shipped(changed, codes, mappings)
    assert {fault.column for fault in error.value.faults} == {"kind", "commit"}
    assert any("'unhcr-population'" in fault.remedy for fault in error.value.faults)
