"""The graph of series: figures with the value of their best reading, readings with pages, links to the report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS

from snhr_kg import names
from snhr_kg.codes.lists import CodeLists
from snhr_kg.graphs.terms import term
from snhr_kg.records import DIMENSIONS, PROPERTY_OF, StatedFigure
from snhr_kg.series import read_series
from snhr_kg.series.graph import series_triples
from snhr_kg.series.iris import beside, within
from snhr_kg.series.records import SeriesTables

REPORT = "https://w3id.org/snhr-kg/report/2020-03-15"


@pytest.fixture(scope="module")
def graph(tables: SeriesTables, codes: CodeLists, stated: tuple[StatedFigure, ...]) -> Graph:
    built = Graph()
    for triple in series_triples(tables, codes, stated):
        built.add(triple)
    return built


def values(graph: Graph, subject: str, curie: str) -> set[str]:
    return {str(value) for value in graph.objects(URIRef(subject), term(curie))}


def test_every_figure_is_an_observation_of_its_publication_with_all_dimensions(
    graph: Graph, tables: SeriesTables
) -> None:
    for figure in tables.figures:
        subject = within("figure", figure.id)
        assert values(graph, subject, "rdf:type") == {str(term("snhr:ExternalFigure")), str(term("qb:Observation"))}
        assert values(graph, subject, "snhr:fromDataset") == {names.external("series", figure.publication)}
        for name in DIMENSIONS:
            assert len(values(graph, subject, f"snhr:{PROPERTY_OF[name]}")) == 1
        for curie in ("qb:dataSet", "snhr:basis", "snhr:unit", "snhr:placeRole", "snhr:qualifier", "snhr:roundingUnit"):
            assert len(values(graph, subject, curie)) == 1, (figure.id, curie)


def test_a_figure_carries_value_and_grade_of_its_best_reading_and_all_readings_stay(graph: Graph) -> None:
    name = "snhr-disappearance-2022-08/detained-women-syrian-regime"
    figure = within("figure", name)
    assert values(graph, figure, "snhr:value") == {"8469"}
    assert values(graph, figure, "snhr:grade") == {names.code("grade", "B")}
    readings = [within("reading", f"{name}-{place}") for place in (1, 2)]
    assert set(graph.subjects(term("snhr:readingOf"), figure)) == set(readings)
    assert [values(graph, reading, "snhr:value") for reading in readings] == [{"8469"}, {"8496"}]
    assert [values(graph, reading, "snhr:grade") for reading in readings] == [
        {names.code("grade", "B")},
        {names.code("grade", "D")},
    ]
    assert [values(graph, reading, "dcterms:source") for reading in readings] == [
        {str(beside("page", 63))},
        {str(beside("page", 62))},
    ]


def test_a_page_has_a_title_in_both_languages_and_its_addresses(graph: Graph) -> None:
    page = beside("page", 63)
    assert {title.language for title in graph.objects(page, DCTERMS.title) if isinstance(title, Literal)} == {
        "en",
        "ar",
    }
    (address,) = graph.objects(page, DCTERMS.source)
    assert str(address).startswith("https://en.etilaf.org/")


def test_a_page_without_a_listed_address_gets_none(graph: Graph) -> None:
    assert list(graph.objects(beside("page", 11), DCTERMS.source)) == [Literal("jesrpress.com", lang="en")]


def test_the_recovered_chart_is_linked_to_the_reports_slice_and_its_total_to_the_reports_figure(graph: Graph) -> None:
    chart = URIRef(f"{REPORT}/slice/chart-females-killed")
    linked = set(graph.subjects(term("snhr:recoversChart"), chart))
    assert within("breakdown", "snhr-women-2020-03/killed-females--by-perpetrator") in linked
    assert within("figure", "snhr-women-2020-03/killed-females-syrian-regime") in linked
    assert len(linked) == 9
    restated = {
        str(value)
        for value in graph.objects(within("figure", "snhr-women-2020-03/killed-females"), term("snhr:restates"))
    }
    assert restated == {f"{REPORT}/figure/female-deaths"}


def test_estimates_and_documented_counts_are_in_data_sets_of_their_own(graph: Graph) -> None:
    publication = names.external("series", "ohchr-2022-06")
    assert values(graph, within("figure", "ohchr-2022-06/killed"), "qb:dataSet") == {f"{publication}/dataset/estimates"}
    documented = within("figure", "ohchr-2022-06/killed-documented")
    assert values(graph, documented, "qb:dataSet") == {f"{publication}/dataset/counts"}
    share = within("figure", "ohchr-2022-06/share-of-killed-documented-heavy-weapons")
    assert values(graph, share, "qb:dataSet") == {f"{publication}/dataset/shares"}
    assert values(graph, share, "snhr:shareOf") == {str(documented)}
    assert values(graph, share, "snhr:unit") == {names.code("unit", "percent")}


def test_a_line_holds_the_reports_figure_between_the_others(graph: Graph) -> None:
    members = values(graph, beside("line", "snhr-torture-deaths-syrian-regime"), "qb:observation")
    assert f"{REPORT}/figure/torture-deaths-syrian-regime" in members
    assert str(within("figure", "snhr-torture-2016-06/torture-deaths-syrian-regime")) in members
    assert str(within("figure", "snhr-detention-2024-12/torture-deaths-syrian-regime")) in members


def test_checks_are_typed_as_checks_of_external_figures_and_of_no_report(graph: Graph) -> None:
    checks = set(graph.subjects(RDF.type, term("snhr:Check")))
    assert checks
    assert checks == set(graph.subjects(RDF.type, term("snhr:ExternalCheck")))
    assert not set(graph.subjects(term("snhr:inReport"), None))


def test_everything_that_has_a_label_has_it_once_in_english_and_once_in_arabic(graph: Graph) -> None:
    for subject in set(graph.subjects(RDFS.label, None)):
        languages = [value.language for value in graph.objects(subject, RDFS.label) if isinstance(value, Literal)]
        assert sorted(map(str, languages)) == ["ar", "en"], subject


def test_the_graph_says_what_it_is_and_on_what_terms(graph: Graph) -> None:
    whole = names.published("external/series")
    assert values(graph, whole, "dcterms:license") == {"https://creativecommons.org/licenses/by/4.0/"}
    assert len(values(graph, whole, "dcterms:title")) == 2


def test_an_invented_series_says_where_its_definition_changed(
    invent: Callable[..., Path], row: Callable[[str, str, str], str], codes: CodeLists
) -> None:
    changed = row("series-breaks", "note_ar\n", "note_ar\nkilled,first/all,second/all,definition,Other.,غيره.\n")
    tables = read_series(invent(series_breaks=changed), codes)
    built = Graph()
    for triple in series_triples(tables, codes):
        built.add(triple)
    subject = beside("break", "killed--second--all")
    assert values(built, subject, "snhr:breakIn") == {str(beside("line", "killed"))}
    assert values(built, subject, "snhr:lastBefore") == {str(within("figure", "first/all"))}
    assert values(built, subject, "snhr:reasonForDifference") == {names.code("comparability", "definition")}


def test_only_pages_lines_breaks_and_checks_stand_beside_publications() -> None:
    with pytest.raises(ValueError, match="'figure' is none of page, line, break, check"):
        beside("figure", "x")
