"""The layout ``acled`` on invented rows below the real headers."""

from __future__ import annotations

from pathlib import Path

import pytest

from events.importing import Graph, imported, written
from snhr_kg.imports.acled import Acled

HEADER = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,"
    "latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
OLDER = (
    "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,timestamp,iso3"
)
EVENT = {
    **{"event_date": "2019-03-02", "time_precision": "1", "country": "Syria", "admin1": "Aleppo", "fatalities": "2"},
    **{"event_type": "Violence against civilians", "sub_event_type": "Attack", "inter1": "State forces"},
    **{"actor1": "Military Forces of Syria (2000-)", "actor2": "Civilians (Syria)"},
}
SHELLING = {"event_type": "Explosions/Remote violence", "sub_event_type": "Shelling/artillery/missile attack"}


def acled(folder: Path, *changes: dict[str, str], header: str = HEADER) -> Graph:
    rows = [{"event_id_cnty": f"SYR{number}", **EVENT, **change} for number, change in enumerate(changes, 1)]
    cut = [{name: cell for name, cell in row.items() if name in header.split(",")} for row in rows]
    return imported(Acled(), written(folder / "acled.csv", header, *cut), version="invented")


def party(graph: Graph) -> str:
    ((found,),) = graph.ask("?i a snhr:Incident; snhr:perpetrator ?p", "?p")
    return found


@pytest.mark.parametrize(
    ("change", "held_responsible"),
    [
        ({}, "syrian-regime"),
        ({**SHELLING, "civilian_targeting": "Civilian targeting"}, "syrian-regime"),
        (SHELLING, "not-stated"),
        ({"event_type": "Battles", "sub_event_type": "Armed clash"}, "not-stated"),
        ({"event_type": "Protests", "civilian_targeting": "Civilian targeting"}, "not-stated"),
        ({"actor1": "Civilians (Syria)", "inter1": "Civilians"}, "not-stated"),
        ({"actor1": "Civilians (Syria)", "inter1": "7"}, "not-stated"),
    ],
)
def test_actor1_did_it_only_where_the_kind_of_event_says_so(
    tmp_path: Path, change: dict[str, str], held_responsible: str
) -> None:
    assert party(acled(tmp_path, change)) == f"code/perpetrator/{held_responsible}"


def test_an_older_file_that_does_not_say_who_was_targeted_tells_less(tmp_path: Path) -> None:
    assert party(acled(tmp_path, SHELLING, header=OLDER)) == "code/perpetrator/not-stated"
    older = acled(tmp_path, {"event_date": "02 March 2019", "inter1": "1"}, header=OLDER)
    assert party(older) == "code/perpetrator/syrian-regime"
    assert older.ask("?i snhr:begin ?day FILTER EXISTS { ?i a snhr:Incident }", "?day") == [("2019-03-02",)]


def test_fatalities_are_one_number_and_summed_up_only_where_civilians_were_targeted(tmp_path: Path) -> None:
    battle = {"event_type": "Battles", "sub_event_type": "Armed clash", "fatalities": "40"}
    graph = acled(tmp_path, {}, {"fatalities": "3"}, {"fatalities": "0"}, battle)
    sums = graph.ask(
        "?a a snhr:ExternalAggregate; snhr:period code:period\\/2019; snhr:value ?v; snhr:incidents ?n", "?v ?n"
    )
    assert set(sums) == {("5", "3")}
    assert graph.ask("?i a snhr:Incident; snhr:lowerBound ?low", "?i") == []
    assert graph.ask("?i a snhr:Incident; snhr:value ?v", "?v") == [("0",), ("2",), ("3",), ("40",)]
    assert graph.about("external/acled/invented")["incidentsNotAggregated"] == ["1"]


def test_names_without_a_match_stay_acleds_own(tmp_path: Path) -> None:
    graph = acled(tmp_path, {"actor1": "Unidentified Armed Group (Syria)"}, {"admin1": "Nowhere"}, {"admin1": ""})
    own = {code.code.notation for code in graph.imported.unmapped}
    assert {"Unidentified Armed Group (Syria)", "Nowhere", "Syria"} <= own


def test_other_countries_are_left_out_and_ids_are_not_repeated(tmp_path: Path) -> None:
    graph = acled(tmp_path, {}, {"country": "Iraq"}, {"event_id_cnty": "SYR1"}, {"event_date": "32 March 2019"})
    assert graph.imported.tally.rows_elsewhere == 1
    assert [(fault["line"], fault["column"]) for fault in graph.faults] == [("4", "event_id_cnty"), ("5", "event_date")]
