"""The chart of a topic: whose number, of when, read how; and nothing joined that does not belong together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from snhr_kg.charts.describe import description
from snhr_kg.charts.draw import design, draw_svg
from snhr_kg.charts.look import LINES
from snhr_kg.charts.records import BarChart, Chart, TimeChart
from snhr_kg.charts.tables import table
from snhr_kg.charts.times import SHAPES
from snhr_kg.charts.topics import NothingToDraw, topic_chart
from snhr_kg.comparisons.compare import Compared, compare_with
from snhr_kg.comparisons.records import REPORT, SNHR, Reason, Topic
from snhr_kg.comparisons.select import select_in
from snhr_kg.reconciliation.normalise import is_arabic

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def compared(invented: ox.Store, topics: tuple[Topic, ...]) -> Compared:
    return next(iter(compare_with(select_in(invented), topics)))


@pytest.fixture
def chart(compared: Compared) -> Chart:
    return topic_chart(compared.topic, compared.figures)


def marks(chart: Chart, kind: str, language: str = "en") -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    layers = design(chart, language).spec["layer"]
    return ((layer, value) for layer in layers if layer["mark"]["type"] == kind for value in layer["data"]["values"])


def test_a_topic_with_years_to_follow_is_drawn_over_time_and_one_with_few_numbers_as_bars(compared: Compared) -> None:
    assert isinstance(topic_chart(compared.topic, compared.figures), TimeChart)
    few = {line: figures[:1] for line, figures in list(compared.figures.items())[:2]}
    chart = topic_chart(compared.topic, few)
    assert isinstance(chart, BarChart)
    assert chart.whole is None
    assert "must not be added up" in chart.note.en


def test_the_description_tells_the_first_and_the_last_number_of_each_source(chart: Chart) -> None:
    told = description(chart, "en")
    assert "How many civilians were killed?" in told
    assert "1,300 people" in told
    assert "1,390 people" in told
    assert "(January 1990 to August 2003)" in told
    assert is_arabic(description(chart, "ar"))


def test_the_table_has_every_number_that_is_drawn(chart: Chart, compared: Compared) -> None:
    columns, rows = table(chart, "en")
    assert columns[0] == "Whose count"
    drawn = {dot.row.iri for path in chart.paths for dot in path.dots}  # type: ignore[union-attr]
    assert {row["iri"] for row in rows} == drawn
    assert drawn <= {figure.iri for figures in compared.figures.values() for figure in figures}


def test_marks_tell_grades_by_their_shape(chart: Chart) -> None:
    points = {value["shape"] for _, value in marks(chart, "point") if "shape" in value}
    assert points == {SHAPES[row.mark] for row in chart.rows if row.value is not None}
    assert len(points) == 4
    texts = [value["text"] for _, value in marks(chart, "text") if "text" in value]
    assert {"A: the source's own page", "B: relayed whole, adds up", "C: relayed in part"} <= set(texts)
    assert "the report or dataset itself" in texts


def test_a_long_gap_is_drawn_broken_and_a_fall_marked(chart: Chart) -> None:
    steps = [layer for layer, value in marks(chart, "rule") if "x2" in value]
    assert sum("strokeDash" in layer["mark"] for layer in steps) == 1
    falls = [value for layer, value in marks(chart, "point") if layer["mark"].get("shape") == "triangle-down"]
    assert {value["y"] for value in falls} == {dot.row.value for path in chart.paths for dot in path.dots if dot.falls}  # type: ignore[union-attr]
    assert falls


def test_a_range_is_an_upright_line_and_what_has_only_bounds_no_mark(compared: Compared) -> None:
    line, figures = next((line, some) for line, some in compared.figures.items() if line.role == SNHR)
    bounds = replace(figures[0], value=None, lower=Decimal(200), upper=Decimal(999))
    chart = topic_chart(compared.topic, {**compared.figures, line: (bounds, *figures[1:])})
    upright = {(value["y"], value["y2"]) for _, value in marks(chart, "rule") if "y2" in value and "x2" not in value}
    assert (200, 999) in upright
    assert {(row.lower, row.upper) for row in chart.rows if row.is_range} == upright
    numbers = [value["y"] for _, value in marks(chart, "point") if "x" in value and "shape" in value]
    assert sorted(numbers) == sorted(float(row.value) for row in chart.rows if row.value is not None)


def test_what_is_open_above_has_an_arrow_and_the_note_says_what_it_means(compared: Compared) -> None:
    line, figures = next((line, some) for line, some in compared.figures.items() if line.role == SNHR)
    floor = replace(figures[0], qualifier="at-least", value=Decimal(700), lower=Decimal(700), upper=None)
    chart = topic_chart(compared.topic, {**compared.figures, line: (floor, *figures[1:])})
    arrows = [value["y"] for layer, value in marks(chart, "point") if layer["mark"].get("shape") == "arrow"]
    assert sorted(arrows) == sorted(float(row.value) for row in chart.rows if row.value is not None and row.is_open)
    assert 700 in arrows
    assert "Arrow: at least so many." in chart.note.en


def test_no_line_joins_the_report_to_a_count_by_another_definition(compared: Compared) -> None:
    line, figures = next((line, some) for line, some in compared.figures.items() if line.role == SNHR)
    (report,) = (some for one, some in compared.figures.items() if one.role == REPORT)
    redefined = replace(line, reasons=(Reason("definition", "counts otherwise", "يعدّ غير ذلك"),))
    for of, joined in ((line, True), (redefined, False)):
        chart = topic_chart(
            compared.topic, {**{one: some for one, some in compared.figures.items() if one != line}, of: figures}
        )
        assert isinstance(chart, TimeChart)
        through = {dot.row.iri for path in chart.paths if path.dots[0].row.iri != report[0].iri for dot in path.through}
        assert (report[0].iri in through) == joined


def test_more_sources_than_colours_have_letters_of_their_own(compared: Compared) -> None:
    line, figures = next((line, some) for line, some in compared.figures.items() if line.role == SNHR)
    many = {replace(line, id=f"line-{number}"): figures for number in range(len(LINES) + 1)}
    letters = {value["letter"] for _, value in marks(topic_chart(compared.topic, many), "text") if "letter" in value}
    assert len(letters) == len(many)


def test_arabic_has_its_time_and_its_letters_from_the_right(chart: Chart) -> None:
    root = ET.fromstring(draw_svg(chart, "ar"))
    assert root.find(f"{SVG}title").text == "المدنيون القتلى"  # type: ignore[union-attr]
    assert any("الشبكة، منشورات أخرى" in "".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    dots = [(layer, value) for layer, value in marks(chart, "point", "ar") if "x" in value]
    assert all(layer["encoding"]["x"]["scale"]["reverse"] for layer, _ in dots)
    assert all(is_arabic(value["letter"]) for _, value in marks(chart, "text", "ar") if "letter" in value)


@pytest.mark.parametrize("width", [320, 400, 2000])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_chart_is_as_wide_as_was_asked(chart: Chart, width: int, language: str) -> None:
    spec = design(chart, language, width).spec
    assert spec["width"] + spec["padding"]["left"] + spec["padding"]["right"] == width


def test_a_topic_without_anything_to_draw_is_refused(compared: Compared) -> None:
    with pytest.raises(NothingToDraw, match="no figure has a date"):
        topic_chart(compared.topic, {})
