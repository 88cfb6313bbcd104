"""UNHCR's and IDMC's yearly numbers: a number on a day is no count of all who fled, and 0 is no figure."""

from __future__ import annotations

import pytest

from imports.invented import Importing, columns
from snhr_kg.imports.table import ImportFault

HEADER = columns(
    "year,coo_name,coo,coo_iso,coa_name,coa,coa_iso,refugees,asylum_seekers,returned_refugees,idps,returned_idps,"
    "stateless,ooc,oip,hst"
)
KIND, VERSION = "unhcr-population", "2020.1"
FIGURES = """SELECT ?id ?indicator ?place ?role ?period ?value {
  ?figure a snhr:ExternalFigure ; snhr:indicator/skos:notation ?indicator ; snhr:place ?at ; snhr:placeRole ?as ;
    snhr:period/skos:notation ?period ; snhr:value ?value .
  BIND (REPLACE(STR(?figure), "^.*/", "") AS ?id) BIND (REPLACE(STR(?at), "^.*code/", "") AS ?place)
  BIND (REPLACE(STR(?as), "^.*/", "") AS ?role) }"""
SUMS = """SELECT ?id ?value { ?sum a snhr:ExternalAggregate ; snhr:value ?value .
  BIND (REPLACE(STR(?sum), "^.*/", "") AS ?id) }"""


def row(country: str = "LBN", name: str = "Lebanon", year: int = 2018, **numbers: object) -> list[str]:
    given = {"year": year, "coo_iso": "SYR", "coa_iso": country, "coa_name": name, "coa": "AUS", **numbers}
    empty = {"year", "coo_name", "coo", "coa", "oip"}
    return [str(given.get(column, "" if column in empty else 0)) for column in HEADER]


SYRIA = {"country": "SYR", "name": "Syrian Arab Rep."}


def test_each_column_is_an_indicator_of_its_own_on_the_last_day_of_the_year(importing: Importing) -> None:
    ran = importing(KIND, [HEADER, row(refugees=100, asylum_seekers=5, ooc=2)], version=VERSION)
    assert ran.ask(FIGURES) == [
        ("asylum_seekers-LBN-2018", "asylum_seekers", "3166-1/LBN", "hosted-in", "at-2018-12-31", "5"),
        ("ooc-LBN-2018", "ooc", "3166-1/LBN", "hosted-in", "at-2018-12-31", "2"),
        ("refugees-LBN-2018", "refugees", "3166-1/LBN", "hosted-in", "at-2018-12-31", "100"),
    ]
    natures = ran.ask("SELECT DISTINCT ?nature { ?f snhr:indicator/snhr:temporalNature ?nature }")
    assert [nature.rpartition("/")[2] for (nature,) in natures] == ["stock"]
    assert ran.ask("SELECT ?label { ?c skos:notation 'LBN' ; skos:prefLabel ?label }") == [("Lebanon",)]


def test_the_internally_displaced_are_in_syria_and_returns_are_counted_over_the_year(importing: Importing) -> None:
    ran = importing(KIND, [HEADER, row(**SYRIA, idps=7, returned_idps=3), row(returned_refugees=2)], version=VERSION)
    assert ran.ask(FIGURES) == [
        ("idps-SYR-2018", "idps", "place/syria", "displaced-from", "at-2018-12-31", "7"),
        ("returned_idps-SYR-2018", "returned_idps", "place/syria", "happened-in", "2018", "3"),
        ("returned_refugees-LBN-2018", "returned_refugees", "3166-1/LBN", "hosted-in", "2018", "2"),
    ]


def test_cells_of_nought_are_counted_and_empty_ones_are_not(importing: Importing) -> None:
    ran = importing(KIND, [HEADER, row(refugees=1), row("JOR", "Jordan")], version=VERSION)
    assert ran.written.imported.tally.cells_zero == 7 + 8
    assert ran.value("SELECT ?n { ?d snhr:cellsZero ?n }") == "15"
    assert len(ran.ask(FIGURES)) == 1
    assert ran.written.imported.tally.rows_kept == 2


def test_sums_over_countries_are_aggregates_that_name_their_parts(importing: Importing) -> None:
    table = [
        HEADER,
        row(refugees=100, asylum_seekers=5),
        row("DEU", "Germany", refugees=20, asylum_seekers=1),
        row("DEU", "Germany", 2019, asylum_seekers=4),
        row(**SYRIA, idps=7, asylum_seekers=3),
    ]
    ran = importing(KIND, table, version=VERSION)
    assert ran.ask(SUMS) == [
        ("idps-2018", "7"),
        ("refugees+asylum_seekers-2018", "126"),
        ("refugees+asylum_seekers-2019", "4"),
        ("refugees-2018", "120"),
    ]
    parts = ran.ask(
        'SELECT ?part { ?sum prov:wasDerivedFrom ?part FILTER (CONTAINS(STR(?sum), "/aggregate/refugees-")) }'
    )
    assert [part.rpartition("/")[2] for (part,) in parts] == ["refugees-DEU-2018", "refugees-LBN-2018"]
    places = ran.ask("SELECT DISTINCT ?at { ?sum a snhr:ExternalAggregate ; snhr:place ?at }")
    assert [place.rpartition("/")[2] for (place,) in places] == ["outside-syria", "syria"]
    rules = ran.ask("SELECT DISTINCT ?rule { ?sum snhr:derivedBy ?rule }")
    assert [rule.rpartition("/")[2] for (rule,) in rules] == ["sum-over-countries"]


def test_people_of_other_origins_are_not_of_syria(importing: Importing) -> None:
    ran = importing(
        KIND, [HEADER, row(coo_iso="IRQ", refugees=9), row(coo_iso="", refugees=9), row(refugees=1)], version=VERSION
    )
    assert ran.written.imported.tally.rows_elsewhere == 2
    assert [figure[-1] for figure in ran.ask(FIGURES)] == ["1"]


@pytest.mark.parametrize(
    ("numbers", "column", "problem"),
    [
        ({"refugees": "*"}, "refugees", "is no whole number"),
        ({"hst": "-1"}, "hst", "is negative"),
        ({"coa_iso": ""}, "coa_iso", "is empty"),
        ({"coa_name": ""}, "coa_name", "is empty"),
        ({"year": "18"}, "year", "is no year"),
        ({}, "coa_iso", "has a row of the same year already"),
    ],
)
def test_a_row_that_cannot_be_read_is_left_out_whole(
    importing: Importing, numbers: dict[str, object], column: str, problem: str
) -> None:
    wrong = row(**{"refugees": 5, "idps": 6, **numbers})  # type: ignore[arg-type]
    ran = importing(KIND, [HEADER, row(refugees=1), wrong], version=VERSION)
    assert [figure[0] for figure in ran.ask(FIGURES)] == ["refugees-LBN-2018"]
    assert [(fault["line"], fault["column"], fault["problem"]) for fault in ran.faults] == [("3", column, problem)]


def test_the_table_of_flows_is_not_taken_for_the_one_of_stocks(importing: Importing) -> None:
    header = "year,coo_name,coo,coo_iso,coa_name,coa,coa_iso,refugees,asylum_seekers,refugee_like,oip"
    with pytest.raises(ImportFault, match="idps: is missing in the header"):
        importing(KIND, f"{header}\n2018,,,SYR,Lebanon,LEB,LBN,1,2,3,4\n", version=VERSION)


def test_a_version_must_be_given(importing: Importing) -> None:
    with pytest.raises(ImportFault, match="with --version"):
        importing(KIND, [HEADER, row(refugees=1)])


@pytest.mark.parametrize(
    "header",
    [
        "year,coo_name,coo,coo_iso,coa_name,coa,coa_iso,total",
        "year,country_name,x,iso3,x,x,x,conflict_total_displacement",
    ],
)
def test_idmc_is_read_as_unhcr_publishes_it_and_as_it_does_itself(importing: Importing, header: str) -> None:
    rows = "2019,Syria,SYR,SYR,,,,6495000\n2018,Syria,SYR,SYR,,,,0\n2017,Syria,SYR,SYR,,,,\n2019,Iraq,IRQ,IRQ,,,,5\n"
    ran = importing("idmc-displacement", f"{header}\n{rows}2019,Syria,SYR,SYR,,,,6\n", version="1")
    assert ran.ask(FIGURES) == [
        ("total-2019", "total", "place/syria", "displaced-from", "at-2019-12-31", "6495000"),
    ]
    tally = ran.written.imported.tally
    assert (tally.cells_zero, tally.rows_elsewhere, tally.rows_in_error, tally.rows_kept) == (1, 1, 1, 3)
    assert ran.faults[0]["problem"] == "has a row already"
