"""Charts: what they say to those who see them, and to those who do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from snhr_kg.comparisons.chart.draw import COLOURS, NothingToDraw, draw
from snhr_kg.comparisons.chart.svg import MARKS
from snhr_kg.comparisons.compare import Compared, compare_with
from snhr_kg.comparisons.records import Topic
from snhr_kg.comparisons.select import select_in

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def compared(invented: ox.Store, topics: tuple[Topic, ...]) -> Compared:
    return next(iter(compare_with(select_in(invented), topics)))


def texts(chart: str) -> Iterator[str]:
    return ("".join(element.itertext()) for element in ET.fromstring(chart).iter(f"{SVG}text"))


def test_a_chart_has_a_title_and_a_description_with_first_last_and_falls(compared: Compared) -> None:
    root = ET.fromstring(draw(compared.topic, compared.figures))
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root if element.tag in (f"{SVG}title", f"{SVG}desc")}
    assert list(named) == (root.get("aria-labelledby") or "").split()
    told = named["chart-description"] or ""
    assert "How many civilians were killed?" in told
    assert "from 1,300 (January 1990 to August 1998) to 1,390 (January 1990 to August 2003)" in told
    assert "January 1990 to August 2003: falls by 10" in told
    assert "January 1990 to August 1999: falls by 66" in told, "the report stands between SNHR's other counts"


def test_marks_tell_grades_by_their_shape_and_words(compared: Compared) -> None:
    root = ET.fromstring(draw(compared.topic, compared.figures))
    pointed = {
        (title.text or "").rpartition(", ")[2]: path.get("d")
        for path in root.iter(f"{SVG}path")
        for title in path.iter(f"{SVG}title")
    }
    assert pointed == {
        "grade A)": MARKS["A"],
        "grade B)": MARKS["B"],
        "grade C)": MARKS["C"],
        "read in the report or dataset itself)": MARKS[""],
    }


def test_the_legend_names_each_source_with_its_grades(compared: Compared) -> None:
    legend = list(texts(draw(compared.topic, compared.figures)))
    assert any("SNHR, other publications" in text and "grade A, grade B, grade C" in text for text in legend)
    assert "b: SNHR, 1998; SNHR, 2000; SNHR, 2003" in legend


def test_a_long_gap_is_drawn_broken_and_a_fall_marked(compared: Compared) -> None:
    chart = draw(compared.topic, compared.figures)
    lines = [line for line in ET.fromstring(chart).iter(f"{SVG}line") if "gap" in (line.get("class") or "")]
    assert len(lines) == 1
    assert list(texts(chart)).count("▼") == 2


def test_bounds_are_drawn_as_an_upright_bar(compared: Compared) -> None:
    bars = [
        line
        for line in ET.fromstring(draw(compared.topic, compared.figures)).iter(f"{SVG}line")
        if line.get("class") == "bar"
    ]
    assert len(bars) == 1
    assert bars[0].get("x1") == bars[0].get("x2")


def test_arabic_is_written_from_right_to_left_with_arabic_names(compared: Compared) -> None:
    root = ET.fromstring(draw(compared.topic, compared.figures, "ar"))
    assert root.get("direction") == "rtl"
    assert root.find(f"{SVG}title").text == "المدنيون القتلى"  # type: ignore[union-attr]
    assert any("الشبكة، منشورات أخرى" in text for text in texts(draw(compared.topic, compared.figures, "ar")))


@pytest.mark.parametrize("width", [320, 390, 960, 2000])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_is_drawn_outside_the_paper(compared: Compared, width: int, language: str) -> None:
    root = ET.fromstring(draw(compared.topic, compared.figures, language, width))
    height = float(root.get("height") or 0)
    for line in root.iter(f"{SVG}line"):
        assert all(0 <= float(line.get(name) or 0) <= width for name in ("x1", "x2"))
        assert all(0 <= float(line.get(name) or 0) <= height for name in ("y1", "y2"))
    assert all(0 <= float(text.get("y") or 0) <= height for text in root.iter(f"{SVG}text"))


def test_the_same_figures_give_the_same_bytes(compared: Compared) -> None:
    assert draw(compared.topic, compared.figures) == draw(compared.topic, compared.figures)


@pytest.mark.parametrize("colour", COLOURS)
def test_every_colour_stands_out_from_white(colour: str) -> None:
    channels = [int(part, 16) / 255 for part in re.findall("..", colour[1:])]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= 4.5


def test_a_topic_without_anything_to_draw_is_refused(compared: Compared) -> None:
    with pytest.raises(NothingToDraw, match="no figure has a date"):
        draw(compared.topic, {})
