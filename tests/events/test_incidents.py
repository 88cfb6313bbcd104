"""The layout ``incidents``: lists that users keep themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from events.importing import Graph, imported, written
from snhr_kg.imports.incidents import Incidents
from snhr_kg.imports.table import ImportFault

HEADER = "id,date,end_date,place,perpetrator,violation,victim_group,weapon,deaths,low,best,high,injuries,source,note"
INCIDENT = {
    **{"date": "2016-07-01", "place": "Aleppo", "perpetrator": "ISIS", "violation": "killing"},
    **{"victim_group": "civilians", "weapon": "", "deaths": "3"},
}


def incidents(folder: Path, *changes: dict[str, str], header: str = HEADER) -> Graph:
    rows = [{**INCIDENT, **change} for change in changes]
    cut = [{name: cell for name, cell in row.items() if name in header.split(",")} for row in rows]
    return imported(Incidents(), written(folder / "list.csv", header, *cut), version="hama")


def value(graph: Graph, name: str) -> str:
    ((found,),) = graph.ask(f"?i a snhr:Incident; snhr:{name} ?v", "?v")
    return found


@pytest.mark.parametrize(
    ("column", "name", "property_", "ours"),
    [
        ("perpetrator", "daesh", "perpetrator", "isis"),
        ("perpetrator", "داعش", "perpetrator", "isis"),
        ("perpetrator", "النِّظام السوري", "perpetrator", "syrian-regime"),
        ("perpetrator", "Hayʼat  tahrir AL SHAM", "perpetrator", "hts"),
        ("perpetrator", "Military Forces of Russia (2000-)", "perpetrator", "russian-forces"),
        ("perpetrator", "", "perpetrator", "not-stated"),
        ("place", "Rif Dimashq Governorate", "place", "rural-damascus-governorate"),
        ("place", "حماه", "place", "hama-governorate"),
        ("violation", "Use of barrel bombs", "violationType", "use-of-barrel-bombs"),
        ("victim_group", "الأطفال", "victimGroup", "children"),
        ("weapon", "Cluster munition", "weapon", "cluster-munition"),
    ],
)
def test_a_name_of_ours_or_of_a_mapping_set_means_our_code(
    tmp_path: Path, column: str, name: str, property_: str, ours: str
) -> None:
    graph = incidents(tmp_path, {column: name})
    assert value(graph, property_).rsplit("/", 1)[-1] == ours
    assert graph.faults == []


def test_a_name_that_is_only_similar_stays_the_lists_own_and_the_nearest_is_told_once(tmp_path: Path) -> None:
    graph = incidents(tmp_path, {"place": "Alepo"}, {"place": "Alepo"})
    assert graph.ask("?i a snhr:Incident; snhr:place ?p", "DISTINCT ?p") == [
        ("external/incidents/code/hama-place/Alepo",)
    ]
    (fault,) = graph.faults
    assert (fault["column"], fault["row"]) == ("place", "kept")
    assert "Aleppo governorate (aleppo-governorate)" in fault["remedy"]
    assert [(code.code.notation, code.uses) for code in graph.imported.unmapped] == [("Alepo", 2)]


def test_a_town_is_summed_up_in_its_governorate_and_the_country_in_no_place(tmp_path: Path) -> None:
    graph = incidents(tmp_path, {"place": "Raqqa city"}, {"place": "Syria"})
    sums = graph.ask("?a prov:wasDerivedFrom ?i; snhr:place ?p. ?i a snhr:Incident; snhr:place ?q", "?q ?p")
    assert sums == [
        ("code/place/raqqa-city", "code/place/raqqa-governorate"),
        ("code/place/syria", "code/place/not-stated"),
    ]


def test_dates_may_be_days_months_or_years(tmp_path: Path) -> None:
    graph = incidents(tmp_path, {"date": "2016-02"}, {"date": "2017"}, {"date": "2018-01-05", "end_date": "2018-01-07"})
    spans = graph.ask("?i a snhr:Incident; snhr:begin ?b; snhr:end ?e", "?b ?e")
    assert spans == [("2016-02-01", "2016-03-01"), ("2017-01-01", "2018-01-01"), ("2018-01-05", "2018-01-08")]


def test_low_best_and_high_become_value_and_bounds(tmp_path: Path) -> None:
    graph = incidents(tmp_path, {"deaths": "", "low": "2", "best": "3", "high": "9"}, {"deaths": "", "best": "1"})
    incident = graph.about("external/incidents/hama/incident/row-2")
    assert (incident["lowerBound"], incident["value"], incident["upperBound"]) == (["2"], ["3"], ["9"])
    assert set(graph.ask("?a snhr:period code:period\\/2016; snhr:value ?v", "?v")) == {("4",)}
    assert graph.ask("?a a snhr:ExternalAggregate; snhr:upperBound ?u", "?u") == []


def test_injuries_are_summed_up_beside_deaths_and_incidents_are_counted_once(tmp_path: Path) -> None:
    graph = incidents(tmp_path, {"injuries": "7"}, {})
    sums = graph.ask(
        "?a snhr:period code:period\\/2016; snhr:indicator ?i; snhr:value ?v; snhr:incidents ?n", "DISTINCT ?i ?v ?n"
    )
    assert sums == [("code/indicator/deaths", "6", "2"), ("code/indicator/injuries", "7", "1")]
    assert graph.imported.tally.incidents == 2


def test_source_and_note_are_kept(tmp_path: Path) -> None:
    graph = incidents(tmp_path, {"source": "https://example.org/1", "note": "at noon"}, {"source": "a newspaper"})
    first, second = (graph.about(f"external/incidents/hama/incident/row-{row}") for row in (2, 3))
    assert (first["source"], first["comment"]) == (["https://example.org/1"], ["at noon"])
    assert second["bibliographicCitation"] == ["a newspaper"]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"deaths": "3", "best": "4"}, "deaths"),
        ({"deaths": "a few"}, "deaths"),
        ({"date": "2016-13"}, "date"),
        ({"date": "01/07/2016"}, "date"),
        ({"source": "https://example.org/a b"}, "source"),
        ({"source": "https://example.org/100%"}, "source"),
        ({"source": "https://[example.org"}, "source"),
    ],
)
def test_a_wrong_row_is_left_out_and_told(tmp_path: Path, change: dict[str, str], column: str) -> None:
    graph = incidents(tmp_path, {}, change)
    assert [(fault["line"], fault["column"], fault["row"]) for fault in graph.faults] == [("3", column, "left out")]


def test_a_list_without_any_number_cannot_be_imported(tmp_path: Path) -> None:
    with pytest.raises(ImportFault, match="deaths: is missing in the header"):
        incidents(tmp_path, {}, header="date,place,perpetrator,violation")


def test_a_list_may_have_the_least_columns(tmp_path: Path) -> None:
    graph = incidents(tmp_path, {}, header="date,place,perpetrator,violation,deaths")
    year = graph.ask("?a snhr:period code:period\\/2016; snhr:victimGroup ?g; snhr:weapon ?w", "DISTINCT ?g ?w")
    assert year == [("code/victim-group/not-stated", "code/weapon/all")]
