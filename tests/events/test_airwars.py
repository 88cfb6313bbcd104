"""The layout ``airwars`` on invented rows with its real columns."""

from __future__ import annotations

from pathlib import Path

from events.importing import Graph, imported, written
from snhr_kg.imports.airwars import Airwars

HEADER = (
    "internal_id,incident_code,airwars_id,canonical_url,archived_urls,incident_date,location,latitude,longitude,country,"
    "alleged_belligerent,strike_type,assessment,civilian_deaths_min,civilian_deaths_max,civilian_injuries_min,"
    "civilian_injuries_max,narrative,victims,sources,media_metadata"
)
INCIDENT = {
    **{"incident_date": "2016-10-01", "location": "an invented town, Aleppo", "country": "Syria"},
    **{"alleged_belligerent": "Russian Military", "strike_type": "Airstrike", "assessment": "Fair"},
    **{"civilian_deaths_min": "2", "civilian_deaths_max": "5", "victims": "never read", "narrative": "never read"},
}


def airwars(folder: Path, *changes: dict[str, str]) -> Graph:
    rows = [{"incident_code": f"RS{number}", **INCIDENT, **change} for number, change in enumerate(changes, 1)]
    return imported(Airwars(), written(folder / "airwars.csv", HEADER, *rows), version="invented")


def test_the_least_and_the_most_are_bounds_and_nothing_between_is_invented(tmp_path: Path) -> None:
    graph = airwars(tmp_path, {}, {"civilian_deaths_min": "1", "civilian_deaths_max": "1"})
    assert graph.ask("?i a snhr:Incident; snhr:value ?v", "?v") == []
    sums = graph.ask(
        "?a a snhr:ExternalAggregate; snhr:period code:period\\/2016; snhr:lowerBound ?l; snhr:upperBound ?u;"
        " qb:dataSet ?d",
        "DISTINCT ?l ?u ?d",
    )
    assert sums == [("3", "6", "external/airwars/invented/dataset/aggregate-ranges")]
    assert graph.ask("?a a snhr:ExternalAggregate; snhr:value ?v", "?v") == []
    assert graph.ask("?d a qb:DataSet; qb:structure ?s", "?s") == [("structure/external-aggregate-ranges",)]


def test_several_alleged_belligerents_are_one_code_and_never_split(tmp_path: Path) -> None:
    graph = airwars(tmp_path, {}, {"alleged_belligerent": "Russian Military, Syrian Regime"})
    parties = [found for (found,) in graph.ask("?i a snhr:Incident; snhr:perpetrator ?p", "?p")]
    together = "external/airwars/code/belligerent/Russian%20Military%2C%20Syrian%20Regime"
    assert parties == ["code/perpetrator/russian-forces", together]


def test_the_assessment_is_kept_and_keeps_sums_apart(tmp_path: Path) -> None:
    graph = airwars(tmp_path, {}, {"assessment": "Discounted"})
    graded = graph.ask("?i snhr:assessment ?c. ?c skos:prefLabel ?l", "?i ?l")
    assert [label for _, label in graded] == ["Fair", "Discounted"]
    months = graph.ask(
        "?a snhr:derivedBy <https://w3id.org/snhr-kg/rule/sum-of-incidents>; snhr:violationType ?t", "?t"
    )
    assert len(set(months)) == 2


def test_an_incident_without_both_numbers_is_kept_and_in_no_sum(tmp_path: Path) -> None:
    graph = airwars(tmp_path, {"civilian_deaths_max": ""}, {"civilian_deaths_min": "", "civilian_deaths_max": ""})
    assert graph.ask("?i a snhr:Incident; snhr:lowerBound ?l", "?l") == [("2",)]
    assert graph.about("external/airwars/invented")["incidentsNotAggregated"] == ["2"]
    assert graph.ask("?a a snhr:ExternalAggregate", "?a") == []


def test_nothing_of_the_free_text_comes_in(tmp_path: Path) -> None:
    assert "never read" not in airwars(tmp_path, {}).lines
