from __future__ import annotations

from decimal import Decimal

import pytest

import small_graph
import snhr_kg
from needs import need
from snhr_kg import names
from snhr_kg.errors import BadQuery, QueryRefused, UnknownCode, UnknownResource


@pytest.fixture(scope="module")
def kg(tmp_path_factory):
    return snhr_kg.load(small_graph.write(tmp_path_factory.mktemp("graph")))


def ids(figures):
    return [figure.id for figure in figures]


class TestFigures:
    def test_all_that_reports_state(self, kg):
        assert ids(kg.figures()) == sorted(small_graph.FIGURES)

    def test_derived_ones_come_only_when_asked_for(self, kg):
        assert set(ids(kg.figures(derived=True))) - set(ids(kg.figures())) == {"deaths-not-attributed"}

    def test_by_notation_or_iri(self, kg):
        assert ids(kg.figures(perpetrator="north")) == ["deaths-north"]
        assert ids(kg.figures(perpetrator=names.code("perpetrator", "north"))) == ["deaths-north"]

    def test_several_filters_must_all_hold(self, kg):
        assert ids(kg.figures(perpetrator="_T", violation_type="torture", place="syria")) == ["deaths-all"]

    def test_inside_takes_members_too_but_never_upwards(self, kg):
        assert ids(kg.figures(perpetrator="league")) == ["deaths-league"]
        assert ids(kg.figures(perpetrator="league", inside=True)) == ["deaths-league", "deaths-north"]
        assert ids(kg.figures(perpetrator="north", inside=True)) == ["deaths-north"]

    def test_an_unknown_code_names_the_nearest(self, kg):
        with pytest.raises(UnknownCode, match=r"'nort' is no code of the list perpetrator; the nearest is 'north'"):
            kg.figures(perpetrator="nort")
        with pytest.raises(UnknownCode):
            kg.figures(place=names.code("perpetrator", "north"))

    def test_one_by_id_by_report_and_id_or_by_iri(self, kg):
        figure = kg.figure("deaths-south")
        assert (figure.value, figure.lower, figure.upper, figure.qualifier) == (25, 25, None, "at-least")
        assert figure.lower_included is True
        assert figure.label_ar == "وفيات بسبب التعذيب"
        assert kg.figure("1999-09-09/deaths-south") is figure
        assert kg.figure(figure.iri) is figure
        assert not figure.derived
        assert kg.figure("deaths-not-attributed").derived

    def test_a_code_that_is_no_text_is_no_code(self, kg):
        with pytest.raises(UnknownCode, match="'5' is no code of the list perpetrator"):
            kg.figures(perpetrator=5)

    def test_an_unknown_figure_names_the_nearest(self, kg):
        with pytest.raises(UnknownResource, match="the nearest is 'deaths-south'"):
            kg.figure("death-south")

    def test_amounts_read_as_the_report_means_them(self, kg):
        amounts = {figure.id: figure.amount for figure in kg.figures()}
        assert amounts["deaths-north"] == "100"
        assert amounts["deaths-south"] == "at-least 25"
        assert amounts["deaths-league"] == "200 to 999"


class TestAnswers:
    def test_rows_by_name_and_attribute(self, kg):
        rows = kg.query("SELECT (1 AS ?n) (0.5 AS ?share) {}")
        assert rows.columns == ("n", "share")
        assert rows[0]["n"] == rows[0].n == 1
        assert rows[0].share == Decimal("0.5")
        with pytest.raises(AttributeError, match="n, share"):
            _ = rows[0].other

    def test_truth_values_and_graphs(self, kg):
        assert kg.query("ASK {}") is True
        assert kg.query("CONSTRUCT { <http://x/> ?p 1 } { BIND(<http://y/> AS ?p) }") == (
            '<http://x/> <http://y/> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
        )

    def test_bad_queries(self, kg):
        with pytest.raises(BadQuery, match="error at"):
            kg.query("SELECT {")
        with pytest.raises(QueryRefused):
            kg.query("DROP ALL")

    def test_mentions_tell_where_a_figure_stands(self, kg):
        (mention,) = kg.mentions("deaths-south")
        assert (mention.start, mention.end, mention.quote) == (7, 10, "25 died")

    def test_checks_by_verdict(self, kg):
        (check,) = kg.checks()
        assert (check.verdict, check.residual) == ("contradictory", 5)
        assert len(kg.checks("consistent")) == 0
        with pytest.raises(UnknownCode, match="nearest is 'contradictory'"):
            kg.checks("contradicts")


class TestReading:
    def test_the_graph_says_what_it_holds(self, kg):
        assert repr(kg) == "<KnowledgeGraph: 4 stated and 1 derived figures; reports 1999-09-09>"

    def test_figures_read_as_a_table(self, kg):
        lines = repr(kg.figures()).splitlines()
        assert lines[0].split() == ["id", "amount", "perpetrator", "period"]
        assert lines[-1].split() == ["deaths-south", "at-least", "25", "south", "1990-01--1999-01"]
        assert repr(kg.figure("deaths-north")) == "<Figure deaths-north: Deaths under torture, north: 100>"

    def test_a_long_table_is_cut_and_says_so(self, kg):
        rows = kg.query("SELECT ?x { VALUES ?x { " + " ".join(map(str, range(30))) + " } }")
        assert repr(rows).endswith("… 10 more rows")
        assert "10 more rows" in rows._repr_html_()

    def test_a_long_cell_says_that_it_is_cut_and_an_iri_keeps_its_end(self, kg):
        iri = names.BASE + "report/1999-09-09/mention/deaths-north--body"
        text = "Deaths under torture in the prisons of the northern authority"
        shown = repr(kg.query(f'SELECT (<{iri}> AS ?x) ("{text}" AS ?y) {{}}')).splitlines()[1]
        cut_iri, cut_text = shown.split("  ")
        assert cut_iri.startswith("…")
        assert cut_iri.endswith("/mention/deaths-north--body")
        assert cut_text == text[:47] + "…"

    def test_a_slice_reads_like_the_whole(self, kg):
        figures = kg.figures()
        assert ids(figures[1:3]) == ids(figures)[1:3]
        assert repr(figures[:1]) == repr(figures.to_table("id", "amount", "perpetrator", "period")[:1])
        assert len(repr(figures[:1]).splitlines()) == 2
        rows = kg.query("SELECT ?x { VALUES ?x { 1 2 3 } }")
        assert repr(rows[1:]) == "x\n2\n3"

    def test_notebook_tables_escape_what_they_show(self, kg):
        assert "&lt;b&gt;" in kg.query("SELECT ('<b>' AS ?x) {}")._repr_html_()
        assert "<td>deaths-north</td>" in kg.figures()._repr_html_()

    def test_data_frames_have_typed_columns(self, kg):
        need.package("pandas", "data frames")
        frame = kg.to_dataframe()
        assert len(frame) == 4
        assert frame["value"].sum() == 255
        assert str(frame.dtypes["value"]) == "Int64"
        assert str(frame.dtypes["perpetrator"]) == "category"
        assert frame.set_index("id").loc["deaths-league", "value"] is not None
        rows = kg.query("SELECT ('x' AS ?a) (1.5 AS ?b) {}").to_dataframe()
        assert rows["b"].tolist() == [1.5]


def test_the_public_names_are_all_there():
    assert {name for name in snhr_kg.__all__ if getattr(snhr_kg, name) is None} == set()
    assert set(dir(snhr_kg)) == set(snhr_kg.__all__)
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        snhr_kg.lode  # noqa: B018


def test_reads_what_the_pipeline_builds(tiny_build):
    kg = snhr_kg.load(tiny_build.out)
    assert len(kg.figures()) == len(tiny_build.prepared.stated)
    assert len(kg.figures(derived=True)) == len(tiny_build.prepared.stated) + len(tiny_build.prepared.derived)
    assert len(kg.checks()) == len(tiny_build.prepared.checks)
    for stated in tiny_build.prepared.stated:
        figure = kg.figure(stated.iri)
        assert figure.value == stated.value
        assert (figure.lower, figure.upper) == (stated.interval.low, stated.interval.high)
        assert figure.perpetrator == stated.dimensions.perpetrator
        assert len(kg.mentions(stated.iri)) == len(stated.mentions)
