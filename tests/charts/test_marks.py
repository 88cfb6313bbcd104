"""How numbers are drawn: bars from nought in rows of their own, ranges as ranges, floors with an arrow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from snhr_kg.charts.draw import design
from snhr_kg.charts.layout import text_width
from snhr_kg.charts.look import INK, PAD, TITLE, TRACK, WIDTH
from snhr_kg.charts.records import BarChart
from snhr_kg.reconciliation.normalise import is_arabic

Layer = dict[str, Any]
ISOLATES = str.maketrans("", "", "\u2066\u2067\u2069")


def layers(chart: BarChart, language: str = "en") -> list[Layer]:
    found: list[Layer] = design(chart, language).spec["layer"]
    return found


def of_type(found: list[Layer], kind: str) -> Iterator[tuple[Layer, dict[str, Any]]]:
    return ((layer, value) for layer in found if layer["mark"]["type"] == kind for value in layer["data"]["values"])


def test_nothing_is_a_pie_or_stacked_and_every_bar_begins_at_nought(charts: dict[str, BarChart]) -> None:
    for chart in charts.values():
        found = layers(chart)
        assert {layer["mark"]["type"] for layer in found} <= {"rect", "rule", "point", "text"}
        bars = [(layer, value) for layer, value in of_type(found, "rect")]
        assert {value["start"] for _, value in bars} == {0}
        tops = [value["top"] for layer, value in bars if layer["mark"]["fill"] != TRACK]
        assert len(tops) == len(set(tops)) == len(chart.rows), "each number has a row of its own"


def test_each_bar_is_as_long_as_its_number(charts: dict[str, BarChart]) -> None:
    for chart in charts.values():
        bars = sorted(
            (value["top"], value["end"])
            for layer, value in of_type(layers(chart), "rect")
            if layer["mark"]["fill"] != TRACK
        )
        assert [end for _, end in bars] == [float(row.value or 0) for row in chart.rows]


@pytest.mark.parametrize("kind", ["partition", "subset", "nested"])
def test_the_whole_lies_behind_each_of_its_parts(charts: dict[str, BarChart], kind: str) -> None:
    chart = next(chart for chart in charts.values() if chart.kind == kind)
    behind = [value["end"] for layer, value in of_type(layers(chart), "rect") if layer["mark"]["fill"] == TRACK]
    assert behind == [float(chart.whole or 0)] * (len(chart.rows) - 1)


def test_what_wording_leaves_open_is_drawn_as_a_range(charts: dict[str, BarChart]) -> None:
    ranges = [
        (value["low"], value["high"])
        for layer, value in of_type(layers(charts["displaced-by-destination"]), "rule")
        if "low" in value and layer["mark"]["color"] == INK
    ]
    assert ranges == [(15_100_000, 15_300_000), (8_500_000, 9_500_000), (6_100_000, 6_250_000)]


def test_an_order_of_magnitude_has_a_range_and_no_bar(charts: dict[str, BarChart]) -> None:
    chart = charts["headline"]
    vague = replace(chart.rows[0], value=None, qualifier="order-of-magnitude", lower=Decimal(200), upper=Decimal(999))
    found = layers(replace(chart, rows=(vague,)))
    assert not list(of_type(found, "rect"))
    assert {(value["low"], value["high"]) for _, value in of_type(found, "rule") if "low" in value} == {(200, 999)}


@pytest.mark.parametrize(("language", "shape"), [("en", "triangle-right"), ("ar", "triangle-left")])
def test_at_least_has_an_arrow_outwards(charts: dict[str, BarChart], language: str, shape: str) -> None:
    arrows = list(of_type(layers(charts["torture-deaths-by-perpetrator"], language), "point"))
    assert [value["at"] for _, value in arrows] == [14391, 50]
    assert {layer["mark"]["shape"] for layer, _ in arrows} == {shape}


def test_arabic_begins_at_the_right(charts: dict[str, BarChart]) -> None:
    designed = design(charts["headline"], "ar")
    bars = next(layer for layer in designed.spec["layer"] if layer["mark"]["type"] == "rect")
    assert bars["encoding"]["x"]["scale"]["reverse"] is True
    assert {(text.x, text.anchor) for text in designed.texts} == {(WIDTH - PAD, "end")}


def test_every_text_of_an_arabic_chart_is_arabic_or_a_number(charts: dict[str, BarChart]) -> None:
    for chart in charts.values():
        designed = design(chart, "ar")
        words = [text.words for text in designed.texts]
        words += [value["text"] for _, value in of_type(designed.spec["layer"], "text")]
        for text in (text.translate(ISOLATES) for text in words):
            assert is_arabic(text) or text.strip(" ≥≈>,.").replace(",", "").isdigit() or text == "snhr-kg", text


def test_every_amount_is_drawn_with_what_qualifies_it(charts: dict[str, BarChart]) -> None:
    for chart in charts.values():
        texts = {value["text"] for _, value in of_type(layers(chart), "text")}
        assert {row.amount("en").short for row in chart.rows} <= texts


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_text_is_too_small_for_a_phone_or_too_long_for_its_line(charts: dict[str, BarChart], language: str) -> None:
    for chart in charts.values():
        designed = design(chart, language)
        sizes = {text.size for text in designed.texts}
        sizes |= {layer["mark"]["fontSize"] for layer in designed.spec["layer"] if layer["mark"]["type"] == "text"}
        sizes.add(designed.spec["config"]["axis"]["labelFontSize"])
        assert min(sizes) * 320 / WIDTH >= 12
        assert max(sizes) == TITLE
        assert designed.spec["width"] == WIDTH - 2 * PAD
        assert max(text_width(text.words.translate(ISOLATES), text.size) for text in designed.texts) <= WIDTH - 2 * PAD
