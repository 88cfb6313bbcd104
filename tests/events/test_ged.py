"""The layout ``ged`` on UCDP's own events of Syria, and on invented ones for what does not occur there."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest

from events.importing import Graph, imported, mappings, written
from snhr_kg.imports.ged import Ged

DATA = Path(__file__).parent / "data"
VERSION = "652.1601.1911"
DATASET = f"external/ged/{VERSION}"
HEADER = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
    "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,"
    "event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,"
    "gwnob"
)
EVENT = {
    **{"id": "900000001", "type_of_violence": "3", "side_a_new_id": "234", "side_a": "IS", "country_id": "652"},
    **{"where_prec": "1", "adm_1": "Homs Governorate", "date_prec": "1", "source_office": "invented"},
    **{"date_start": "2016-07-01 00:00:00.000", "date_end": "2016-07-01 00:00:00.000"},
    **{"deaths_civilians": "4", "low": "3", "best": "4", "high": "6"},
}
SUM = f"{DATASET}/aggregate/"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    path = tmp_path_factory.mktemp("ged") / "events.csv"
    path.write_bytes(gzip.decompress((DATA / "ged_syria_652_1601_1911_events.csv.gz").read_bytes()))
    return imported(Ged(), path, version=VERSION)


def ged(folder: Path, *changes: dict[str, str]) -> Graph:
    """Invented events in the layout of the global files, each the one above with some cells changed."""
    rows = [{**EVENT, "id": f"{900000001 + number}", **change} for number, change in enumerate(changes)]
    return imported(Ged(), written(folder / "ged.csv", HEADER, *rows), version="invented")


def test_every_event_is_kept_with_the_deaths_that_ucdp_publishes(real: Graph) -> None:
    sums = "(COUNT(?i) AS ?n) (SUM(?v) AS ?best) (SUM(?l) AS ?low) (SUM(?u) AS ?high) (SUM(?c) AS ?civilians)"
    pattern = "?i a snhr:Incident; snhr:value ?v; snhr:lowerBound ?l; snhr:upperBound ?u; snhr:civilianDeaths ?c"
    assert real.ask(pattern, sums) == [("16566", "112337", "104929", "119020", "26653")]
    assert real.imported.tally.rows_in_error == 0


def test_one_sided_violence_sums_to_the_totals_of_each_party(real: Graph) -> None:
    found = real.ask(
        "?a a snhr:ExternalAggregate; snhr:period code:period\\/2016-01--2019-12; snhr:perpetrator ?p; "
        "snhr:violationType <https://w3id.org/snhr-kg/external/ucdp/code/type-of-violence/3>; snhr:value ?best;"
        " snhr:incidents ?n; snhr:lowerBound ?low; snhr:upperBound ?high",
        "?p ?best ?low ?high ?n",
    )
    by_party = {party.rsplit("/", 1)[-1]: tuple(map(int, numbers)) for party, *numbers in found}
    assert by_party == {
        "all": (2271, 2198, 2538, 482),
        "isis": (1945, 1882, 2041, 299),
        "4456": (163, 162, 313, 110),
        "syrian-regime": (121, 113, 127, 31),
        "sdf": (28, 27, 39, 26),
        "turkish-forces": (11, 11, 15, 14),
        "120": (3, 3, 3, 2),
    }


def test_civilian_deaths_of_fighting_have_no_party_and_no_bounds(real: Graph) -> None:
    fighting = real.about(f"{SUM}syria+2016-01--2019-12+not-stated+all+civilians+deaths+all")
    assert (fighting["value"], fighting["incidents"]) == (["24496"], ["16084"])
    assert "lowerBound" not in fighting
    everything = real.about(f"{SUM}syria+2016-01--2019-12+all+all+civilians+deaths+all")
    assert (everything["value"], everything["civilianDeaths"]) == (["26767"], ["26653"])


def test_sums_by_governorate_and_year_are_those_made_with_the_copy(real: Graph) -> None:
    with (DATA / "derived_governorate_year_dyad_totals.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    expected: Counter[tuple[str, str]] = Counter()
    for row in rows:
        place = mappings().our_code("ucdp", "adm-1", row["adm_1"], "place") if row["adm_1"] else None
        deaths = row["best"] if row["type_of_violence"] == "3" else row["deaths_civilians"]
        expected[place or "not certain", row["year"]] += int(deaths)
    found: Counter[tuple[str, str]] = Counter()
    uncertain: Counter[tuple[str, str]] = Counter()
    for incident in real.ask(
        "?i a snhr:Incident; snhr:begin ?b; snhr:place ?p; snhr:civilianDeaths ?c; snhr:value ?v; snhr:violationType ?t"
        " OPTIONAL { ?i snhr:asCoded ?adm FILTER(CONTAINS(STR(?adm), 'adm-1')) }",
        "?i ?b ?p ?c ?v ?t ?adm",
    ):
        _, begin, place, civilians, best, kind, adm_1 = incident
        deaths = int(best if kind.endswith("/3") else civilians)
        known = place.startswith("code/place/")
        found[place.rsplit("/", 1)[-1] if known else "not certain", begin[:4]] += deaths
        if not known and adm_1:
            name = adm_1.rsplit("/", 1)[-1].replace("%20", " ")
            uncertain[mappings().our_code("ucdp", "adm-1", name, "place") or "", begin[:4]] += deaths
    # Where the governorate is not certain the copy's sums still go by adm_1.
    for (place, year), deaths in uncertain.items():
        found[place, year] += deaths
        found["not certain", year] -= deaths
    assert {key: count for key, count in found.items() if count} == {
        key: count for key, count in expected.items() if count
    }


def test_bounds_on_the_wrong_side_are_kept_and_told(real: Graph) -> None:
    told = Counter((fault["column"], fault["problem"], fault["row"]) for fault in real.faults)
    assert told == {("low", "is above best", "kept"): 30, ("high", "is below best", "kept"): 71}


def test_each_event_names_the_row_it_comes_from(tmp_path: Path) -> None:
    graph = ged(tmp_path, {}, {"low": "5"}, {})
    rows = graph.ask("?i a snhr:Incident; prov:wasDerivedFrom ?row", "?row")
    assert rows == [(f"external/ged/invented/file/ged.csv#row={number}",) for number in (2, 3, 4)]


def test_events_that_name_snhr_as_their_source_are_marked_and_counted(real: Graph) -> None:
    named = real.ask("?i a snhr:Incident; prov:wasInfluencedBy <https://w3id.org/snhr-kg/agent/snhr>", "?i")
    assert len(named) == 16
    assert (f"{DATASET}/incident/216320",) in named
    assert real.about(DATASET)["incidentsNamingReporter"] == ["16"]


def test_every_sum_is_derived_from_all_that_it_adds_up(real: Graph) -> None:
    of = {subject: (int(n), int(v)) for subject, n, v in real.ask("?a snhr:incidents ?n; snhr:value ?v", "?a ?n ?v")}
    incidents, parts = Counter[str](), dict[str, list[str]]()
    for total, part in real.ask("?a a snhr:ExternalAggregate; prov:wasDerivedFrom ?part", "?a ?part"):
        if "/incident/" in part:
            incidents[total] += 1
        else:
            parts.setdefault(total, []).append(part)
    assert incidents.keys() | parts.keys() == of.keys()
    assert {total: of[total][0] for total in incidents} == dict(incidents)
    for total, below in parts.items():
        assert of[total] == tuple(map(sum, zip(*(of[part] for part in below), strict=True)))


def test_a_place_is_a_governorate_only_where_it_is_certain(tmp_path: Path) -> None:
    graph = ged(
        tmp_path,
        {"where_prec": "4"},
        {"where_prec": "5"},
        {"where_prec": "6", "adm_1": ""},
        {"where_prec": "2", "adm_1": ""},
    )
    places = [place for _, place in graph.ask("?i a snhr:Incident; snhr:place ?p", "?i ?p")]
    uncertain = "external/ucdp/code/ged-place/governorate-not-certain"
    assert places == ["code/place/homs-governorate", uncertain, uncertain, uncertain]
    told = graph.about("external/ged/invented/incident/900000002")["asCoded"]
    assert "external/ucdp/code/adm-1/Homs%20Governorate" in told
    assert "external/ucdp/code/where-prec/5" in told


def test_rows_of_other_countries_are_counted_and_left_out(tmp_path: Path) -> None:
    graph = ged(tmp_path, {}, {"country_id": "645", "country": "Iraq"})
    assert graph.imported.tally.rows_elsewhere == 1
    assert graph.ask("?i a snhr:Incident", "?i") == [("external/ged/invented/incident/900000001",)]


def test_the_last_day_is_included_in_what_ucdp_writes_and_excluded_in_the_graph(tmp_path: Path) -> None:
    graph = ged(tmp_path, {"date_start": "2016-02-28", "date_end": "2016-02-29"})
    assert graph.ask("?i a snhr:Incident; snhr:begin ?b; snhr:end ?e", "?b ?e") == [("2016-02-28", "2016-03-01")]


def test_an_event_beyond_the_end_of_a_month_is_in_the_sum_of_both_months(tmp_path: Path) -> None:
    graph = ged(
        tmp_path,
        {"date_start": "2016-07-30", "date_end": "2016-08-02"},
        {"date_start": "2016-12-31", "date_end": "2017-01-01"},
    )
    periods = graph.ask("?a prov:wasDerivedFrom ?i; snhr:period ?p. ?i a snhr:Incident", "?p")
    assert periods == [("code/period/2016-07--2016-08",), ("code/period/2016-12--2017-01",)]
    years = graph.ask(
        "?a snhr:derivedBy <https://w3id.org/snhr-kg/rule/sum-of-aggregates>; snhr:period ?p", "DISTINCT ?p"
    )
    assert years == [("code/period/2016",), ("code/period/2016--2017",), ("code/period/2016-07--2017-01",)]


@pytest.mark.parametrize(
    ("change", "column", "problem"),
    [
        ({"type_of_violence": "4"}, "type_of_violence", "is no type of violence"),
        ({"side_a": ""}, "side_a", "is empty"),
        ({"best": "many"}, "best", "is no whole number"),
        ({"low": "-1"}, "low", "is negative"),
        ({"where_prec": ""}, "where_prec", "is empty"),
        ({"date_start": "2016-02-30"}, "date_start", "is no day"),
        ({"date_end": "2016-06-30"}, "date_end", "is before date_start"),
        ({"id": "900000001"}, "id", "is the id of a row before"),
    ],
)
def test_a_wrong_row_is_left_out_and_told(tmp_path: Path, change: dict[str, str], column: str, problem: str) -> None:
    graph = ged(tmp_path, {}, change)
    (fault,) = graph.faults
    assert (fault["line"], fault["column"], fault["problem"], fault["row"]) == ("3", column, problem, "left out")
    assert len(graph.ask("?i a snhr:Incident", "?i")) == 1


def test_a_global_file_tells_by_its_own_columns_whether_snhr_is_a_source(tmp_path: Path) -> None:
    graph = ged(tmp_path, {"source_original": "SOHR; SNHR"}, {"source_article": "Syrian Network for Human Rights"}, {})
    assert len(graph.ask("?i prov:wasInfluencedBy ?agent", "?i")) == 2


def test_codes_are_described_and_those_without_a_match_are_listed(tmp_path: Path) -> None:
    graph = ged(tmp_path, {"side_a_new_id": "120", "side_a": "Government of Jordan", "date_prec": "4"})
    party = graph.ask("?c skos:notation '120'; skos:prefLabel ?l; skos:inScheme ?s", "?c ?l ?s")
    assert {(code, name) for code, name, _ in party} == {("https://ucdp.uu.se/actor/120", "Government of Jordan")}
    assert ("code/perpetrator",) in {(scheme,) for _, _, scheme in party}
    assert "https://ucdp.uu.se/actor/120" in graph.about("external/ged/invented")["unmappedCode"]
    assert "external/ucdp/code/date-prec/4" in graph.about("external/ged/invented/incident/900000001")["asCoded"]


def test_the_same_file_gives_the_same_lines(tmp_path: Path) -> None:
    first, again = (ged(tmp_path, {}, {"adm_1": "Idlib Governorate"}).lines for _ in range(2))
    assert first == again
