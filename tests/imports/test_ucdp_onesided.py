"""UCDP One-sided Violence: every version's header, rows of several countries, coalitions, sums over years."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imports.invented import Importing, columns
from snhr_kg.imports.table import ImportFault
from snhr_kg.mappings.sets import MappingSets

NEW = columns(
    "conflict_id,dyad_id,actor_id,coalition_components,actor_name,actor_name_fulltext,actor_name_mothertongue,year,"
    "best_fatality_estimate,low_fatality_estimate,high_fatality_estimate,is_government_actor,location,gwno_location,"
    "gwnoa,region,version"
)
V18 = columns(
    "actor_id,dyad_id,conflict_id,coalition_components,actor_name,actor_name_fulltext,year,best_fatality_estimate,"
    "low_fatality_estimate,high_fatality_estimate,is_government_actor ,location,gwno_loc,gwno_a,region,version"
)
OLD = columns(
    "ActorId,Year,CoalitionComponents,ActorName,BestFatalityEstimate,LowFatalityEstimate,HighFatalityEstimate,"
    "IsGovernmentActor,Location,GWNOLocation,Region,Version"
)
KIND = "ucdp-onesided"
FIGURES = """SELECT ?id ?perpetrator ?place ?period ?value ?low ?high {
  ?figure a snhr:ExternalFigure ; snhr:perpetrator ?by ; snhr:place ?at ; snhr:period ?when ; snhr:value ?value ;
    snhr:lowerBound ?low ; snhr:upperBound ?high .
  BIND (REPLACE(STR(?figure), "^.*/", "") AS ?id) BIND (REPLACE(STR(?by), "^.*(code|edu|se)/", "") AS ?perpetrator)
  BIND (REPLACE(STR(?at), "^.*code/", "") AS ?place) BIND (REPLACE(STR(?when), "^.*/", "") AS ?period) }"""


def row(header: list[str] = NEW, **cells: object) -> list[str]:
    """A row of the header; what is not given is the regime's 2013 in Syria alone."""
    given = {
        "actor_id": 118,
        "actor_name": "Government of Syria",
        "year": 2013,
        "best_fatality_estimate": 20,
        "low_fatality_estimate": 10,
        "high_fatality_estimate": 30,
        "location": "Syria",
        "gwno_location": "652",
        "version": "23.1",
        **cells,
    }
    names = {
        "ActorId": "actor_id",
        "ActorName": "actor_name",
        "GWNOLocation": "gwno_location",
        "gwno_loc": "gwno_location",
        "BestFatalityEstimate": "best_fatality_estimate",
        "LowFatalityEstimate": "low_fatality_estimate",
        "HighFatalityEstimate": "high_fatality_estimate",
    }
    return [str(given.get(names.get(name, name.lower()), "")) for name in header]


@pytest.mark.parametrize(("header", "version"), [(NEW, "23.1"), (V18, "18.1"), (OLD, "v1.4-2016")])
def test_the_header_of_every_version_is_read(importing: Importing, header: list[str], version: str) -> None:
    ran = importing(KIND, [header, row(header, version=version)])
    plain = version.removeprefix("v")
    assert ran.written.imported.version == plain
    assert ran.value("SELECT ?g { GRAPH ?g { ?f a snhr:ExternalFigure } }").endswith(f"graph/external/{KIND}/{plain}")
    ((_, _, place, period, value, low, high),) = ran.ask(FIGURES)
    assert (place, period, value, low, high) == ("place/syria", "2013", "20", "10", "30")


def test_a_figure_says_all_that_the_cube_asks_for_and_which_row_it_is_from(importing: Importing) -> None:
    ran = importing(KIND, [NEW, row(year=2014), row()], names=["one sided.csv"])
    codes = ran.ask(
        "SELECT ?p ?code { ?f snhr:period code:period\\/2013 ; ?p ?code FILTER (STRSTARTS(STR(?code), STR(code:))) }"
    )
    local = {(p.rpartition("#")[2], code.partition("/code/")[2]) for p, code in codes}
    assert local == {
        ("indicator", "indicator/deaths"),
        ("perpetrator", "perpetrator/syrian-regime"),
        ("victimGroup", "victim-group/civilians"),
        ("weapon", "weapon/all"),
        ("place", "place/syria"),
        ("period", "period/2013"),
        ("qualifier", "qualifier/best-estimate"),
        ("basis", "basis/documented"),
        ("unit", "unit/persons"),
        ("placeRole", "place-role/happened-in"),
    }
    about = "?f snhr:period code:period\\/2013 ; "
    assert ran.value(f"SELECT ?row {{ {about} prov:wasDerivedFrom ?row }}").endswith("/file/one%20sided.csv#row=3")
    assert ran.ask(f"SELECT ?own {{ {about} snhr:asCoded ?own }}") == [
        ("https://ucdp.uu.se/actor/118",),
        ("https://ucdp.uu.se/country/652",),
    ]
    assert ran.value(f"SELECT ?deed {{ {about} snhr:violationType ?deed }}").endswith("ucdp/code/type-of-violence/3")
    languages = ran.ask(f"SELECT (LANG(?label) AS ?tag) {{ {about} rdfs:label ?label }}")
    assert languages == [("ar",), ("en",)]


def test_rows_of_other_countries_are_counted_and_not_imported(importing: Importing) -> None:
    iraq = row(actor_id=1, location="Iraq", gwno_location="645")
    lookalike = row(actor_id=2, location="Nowhere", gwno_location="1652, 6520")
    ran = importing(KIND, [NEW, iraq, row(), lookalike])
    tally = ran.written.imported.tally
    assert (tally.rows_read, tally.rows_kept, tally.rows_elsewhere, tally.rows_in_error) == (3, 1, 2, 0)
    assert len(ran.ask(FIGURES)) == 1


def test_a_row_of_several_countries_has_a_place_of_its_own(importing: Importing) -> None:
    ran = importing(KIND, [NEW, row(location="Lebanon, Syria", gwno_location="660,652"), row(year=2014)])
    places = {figure[0]: figure[2] for figure in ran.ask(FIGURES)}
    assert places == {"118-2013": "countries/652%2C%20660", "118-2014": "place/syria"}
    described = ran.ask(
        "SELECT ?notation ?label ?list { ?code skos:notation ?notation ; skos:prefLabel ?label ; skos:inScheme ?list "
        'FILTER (CONTAINS(STR(?code), "/countries/")) }'
    )
    assert [(notation, label) for notation, label, _ in described] == [("652, 660", "Lebanon, Syria")] * 2
    assert {scheme.rpartition("/")[2] for *_, scheme in described} == {"countries", "place"}


def test_actors_who_acted_together_are_no_single_party(importing: Importing) -> None:
    together = row(actor_id=7669, actor_name="IS, Syrian insurgents", coalition_components="234, 4456")
    ran = importing(KIND, [NEW, together, row(actor_id=234, actor_name="IS")])
    by = ran.ask("SELECT ?by { ?f a snhr:ExternalFigure ; snhr:perpetrator ?by }")
    assert by == [("https://ucdp.uu.se/actor/7669",), ("https://w3id.org/snhr-kg/code/perpetrator/isis",)]


def test_a_broader_actor_stays_the_sources_own_and_is_listed(importing: Importing) -> None:
    ran = importing(KIND, [NEW, row(actor_id=4456, actor_name="Syrian insurgents")])
    found = [(code.code.notation, code.dimension, code.uses) for code in ran.written.imported.unmapped]
    assert found == [("4456", "perpetrator", 1), ("3", "violation_type", 1)]
    listed = ran.ask("SELECT ?code { ?d a snhr:ExternalDataset ; snhr:unmappedCode ?code }")
    assert ("https://ucdp.uu.se/actor/4456",) in listed


def test_ids_of_the_old_version_are_of_another_list(importing: Importing) -> None:
    ran = importing(KIND, [OLD, row(OLD, actor_id=652, version="v1.4-2016")])
    by = ran.value(
        "SELECT ?by { ?f a snhr:ExternalFigure ; snhr:perpetrator|snhr:asCoded ?by "
        "FILTER (CONTAINS(STR(?by), 'actor')) }"
    )
    assert by.endswith("/external/ucdp/code/actor-1.4-2016/652")


def test_estimates_out_of_order_are_kept_and_told(importing: Importing) -> None:
    ran = importing(KIND, [NEW, row(low_fatality_estimate=25), row(year=2014, high_fatality_estimate=5)])
    assert [(figure[4], figure[5], figure[6]) for figure in ran.ask(FIGURES)] == [("20", "25", "30"), ("20", "10", "5")]
    assert [(fault["line"], fault["column"], fault["row"]) for fault in ran.faults] == [
        ("2", "low_fatality_estimate", "kept"),
        ("3", "high_fatality_estimate", "kept"),
    ]
    assert ran.written.imported.tally.rows_in_error == 0


@pytest.mark.parametrize(
    ("cells", "column", "problem"),
    [
        ({"best_fatality_estimate": ""}, "best_fatality_estimate", "is empty"),
        ({"best_fatality_estimate": "12.5"}, "best_fatality_estimate", "is no whole number"),
        ({"low_fatality_estimate": -1}, "low_fatality_estimate", "is negative"),
        ({"high_fatality_estimate": "many"}, "high_fatality_estimate", "is no whole number"),
        ({"year": "20013"}, "year", "is no year"),
        ({"gwno_location": ""}, "gwno_location", "is empty"),
        ({"gwno_location": "652;660"}, "gwno_location", "is no whole number"),
        ({"actor_id": " "}, "actor_id", "is empty"),
        ({"actor_id": "118>"}, "actor_id", "is no whole number"),
        ({"actor_name": ""}, "actor_name", "is empty"),
        ({"location": ""}, "location", "is empty"),
        ({"version": "22.1"}, "version", "is not 23.1, the version of the rows before"),
        ({"version": "../x"}, "version", "is no version"),
    ],
)
def test_a_row_that_cannot_be_read_is_left_out_and_listed(
    importing: Importing, cells: dict[str, object], column: str, problem: str
) -> None:
    ran = importing(KIND, [NEW, row(), row(**{"year": 2014, **cells}), row(year=2015)])
    assert [figure[0] for figure in ran.ask(FIGURES)] == ["118-2013", "118-2015"]
    (fault,) = ran.faults
    assert (fault["line"], fault["column"], fault["problem"], fault["row"]) == ("3", column, problem, "left out")
    assert fault["remedy"]
    assert ran.value("SELECT ?n { ?d snhr:rowsInError ?n }") == "1"


def test_an_actor_has_one_row_a_year(importing: Importing) -> None:
    ran = importing(KIND, [NEW, row(), row(best_fatality_estimate=99)])
    assert [figure[4] for figure in ran.ask(FIGURES)] == ["20"]
    assert ran.faults[0]["problem"] == "has a row of the same year already"


def test_files_of_two_versions_are_not_put_into_one_graph(importing: Importing) -> None:
    with pytest.raises(ImportFault, match=r"is of version 22\.1, the file before of 23\.1"):
        importing(KIND, [NEW, row()], [NEW, row(version="22.1")])


def test_a_version_that_the_rows_do_not_have_is_refused(importing: Importing) -> None:
    with pytest.raises(ImportFault, match=r"is 23\.1; leave out --version 22\.1"):
        importing(KIND, [NEW, row()], version="22.1")


def test_sums_over_years_leave_rows_of_several_countries_out_and_say_so(importing: Importing) -> None:
    ran = importing(
        KIND,
        [
            NEW,
            row(year=2010, best_fatality_estimate=1000),
            row(year=2011, best_fatality_estimate=300, location="Lebanon, Syria", gwno_location="652, 660"),
            row(year=2012),
            row(year=2019, best_fatality_estimate=7, low_fatality_estimate=6, high_fatality_estimate=8),
            row(actor_id=234, actor_name="IS", year=2014, location="Iraq, Syria", gwno_location="645, 652"),
            row(actor_id=6288, actor_name="SDF", year=2019, best_fatality_estimate=4, low_fatality_estimate=3),
        ],
    )
    sums = ran.ask(
        "SELECT ?id ?value ?low ?high { ?sum a snhr:ExternalAggregate ; snhr:value ?value ; snhr:lowerBound ?low ; "
        'snhr:upperBound ?high . BIND (REPLACE(STR(?sum), "^.*/", "") AS ?id) }'
    )
    assert sums == [
        ("118-2011--2019", "27", "16", "38"),
        ("6288-2011--2019", "4", "3", "30"),
        ("all-2011--2019", "31", "19", "68"),
    ]
    comments = dict(
        ran.ask(
            "SELECT ?id ?comment { ?sum a snhr:ExternalAggregate ; rdfs:comment ?comment "
            'FILTER (LANG(?comment) = "en") BIND (REPLACE(STR(?sum), "^.*/", "") AS ?id) }'
        )
    )
    assert "1 row that holds 300 (best estimate): Government of Syria 2011" in comments["118-2011--2019"]
    assert "2 rows that hold 320" in comments["all-2011--2019"]
    assert comments["6288-2011--2019"].startswith("No row of these years is of several countries.")
    parts = ran.ask('SELECT ?part { ?sum prov:wasDerivedFrom ?part FILTER (STRENDS(STR(?sum), "118-2011--2019")) }')
    assert [part.rpartition("/")[2] for (part,) in parts] == ["118-2012", "118-2019"]


def test_a_version_that_ends_before_a_span_does_has_no_sum_of_it(importing: Importing) -> None:
    ran = importing(KIND, [NEW, row(year=2012), row(year=2018)])
    assert ran.ask("SELECT ?sum { ?sum a snhr:ExternalAggregate }") == []


def test_two_actors_never_share_a_cell_of_the_cube(importing: Importing, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were two ids to map to one of our codes, the second keeps its own."""
    mapped = {"perpetrator": "sdf"}
    monkeypatch.setattr(MappingSets, "our_code", lambda self, *foreign: mapped.get(foreign[-1]))
    ran = importing(KIND, [NEW, row(actor_id=1), row(actor_id=2), row(actor_id=2, year=2014)])
    by = ran.ask(
        "SELECT ?id ?by { ?f a snhr:ExternalFigure ; snhr:perpetrator ?by BIND (REPLACE(STR(?f), '^.*/', '') AS ?id) }"
    )
    assert [(figure, code.rpartition("/")[2]) for figure, code in by] == [
        ("1-2013", "sdf"),
        ("2-2013", "2"),
        ("2-2014", "sdf"),
    ]
    ran = importing(KIND, [NEW, *(row(actor_id=actor, year=2019) for actor in (1, 2, 3)), row(actor_id=2)])
    sums = ran.ask(
        "SELECT ?id ?value { ?sum a snhr:ExternalAggregate ; snhr:value ?value "
        "BIND (REPLACE(STR(?sum), '^.*/', '') AS ?id) }"
    )
    assert [(found.partition("-")[0], value) for found, value in sums] == [
        ("1+2", "40"),
        ("2", "20"),
        ("3", "20"),
        ("all", "80"),
    ]


CELLS = st.fixed_dictionaries(
    {
        "actor_id": st.integers(1, 5),
        "year": st.integers(1989, 2030),
        "best_fatality_estimate": st.integers(0, 10**9),
        "low_fatality_estimate": st.integers(0, 10**9),
        "high_fatality_estimate": st.integers(0, 10**9),
        "actor_name": st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip),
        "location": st.just("Syria"),
    }
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CELLS, min_size=1, max_size=6, unique_by=lambda cells: (cells["actor_id"], cells["year"])))
def test_any_table_of_valid_rows_gives_exactly_its_values(importing: Importing, rows: list[dict[str, object]]) -> None:
    ran = importing(KIND, [NEW, *(row(**cells) for cells in rows)])
    assert [(figure[0], *figure[3:]) for figure in ran.ask(FIGURES)] == sorted(
        (
            f"{cells['actor_id']}-{cells['year']}",
            *(
                str(cells[name])
                for name in ("year", "best_fatality_estimate", "low_fatality_estimate", "high_fatality_estimate")
            ),
        )
        for cells in rows
    )
