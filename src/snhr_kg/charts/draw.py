"""Draws a chart: a Vega-Lite specification made into SVG and PNG by vl-convert, the same bytes each time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import vl_convert

from snhr_kg.charts.bars import design_bars
from snhr_kg.charts.describe import description
from snhr_kg.charts.look import DARK, FONT, WIDTH
from snhr_kg.charts.page import Design, Text
from snhr_kg.charts.png import smaller
from snhr_kg.charts.records import BarChart, Chart
from snhr_kg.charts.times import design_times

FONTS: Final = Path(__file__).parent / "fonts"
_VEGA_LITE: Final = "6.4"
_SCALE: Final = 2.0
"""Pixels of the PNG for each of the SVG."""

_SVG: Final = "http://www.w3.org/2000/svg"
_FOR_VEGA: Final = ("class", "version", "role", "aria-hidden", "aria-label", "aria-roledescription")
"""Attributes that the drawing needs only while it is made: read aloud, it is one picture with a description."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart in one language: its two pictures, and the pixels of the SVG."""

    svg: str
    png: bytes
    width: int
    height: int


def design(chart: Chart, language: str, width: int = WIDTH) -> Design:
    """The chart in a language, laid out for a width in pixels."""
    if isinstance(chart, BarChart):
        return design_bars(chart, language, width)
    return design_times(chart, language, width)


def draw_svg(chart: Chart, language: str, width: int = WIDTH) -> str:
    """The chart as SVG, with title and description, and colours for dark screens."""
    return _styled(_drawn(chart, language, width))


def draw_png(chart: Chart, language: str, width: int = WIDTH) -> bytes:
    """The chart as PNG, with the fonts that ship here."""
    return _picture(_drawn(chart, language, width))


def draw_both(chart: Chart, language: str) -> Drawn:
    """SVG and PNG of the usual width."""
    root = _drawn(chart, language, WIDTH)
    picture = _picture(root)
    return Drawn(_styled(root), picture, int(root.attrib["width"]), int(root.attrib["height"]))


def _drawn(chart: Chart, language: str, width: int) -> ET.Element:
    _register_fonts()
    designed = design(chart, language, width)
    root = ET.fromstring(vl_convert.vegalite_to_svg(designed.spec, vl_version=_VEGA_LITE))
    for element in root.iter():
        for name in _FOR_VEGA:
            element.attrib.pop(name, None)
    root.attrib.update({"role": "img", "aria-labelledby": "title description", "lang": language})
    _insert(root, 0, "title", chart.title[language], id="title")
    _insert(root, 1, "desc", description(chart, language), id="description")
    for text in designed.texts:
        root.append(_line(text))
    return root


def _line(text: Text) -> ET.Element:
    weight = {"font-weight": "600"} if text.bold else {}
    where = {"x": str(text.x), "y": str(text.y), "text-anchor": text.anchor}
    look = {"font-family": FONT, "font-size": f"{text.size}px", "fill": text.colour}
    element = ET.Element(f"{{{_SVG}}}text", {**where, **look, **weight})
    element.text = text.words
    return element


def _insert(root: ET.Element, place: int, tag: str, text: str, **attributes: str) -> None:
    element = ET.Element(f"{{{_SVG}}}{tag}", attributes)
    element.text = text
    root.insert(place, element)


def _picture(root: ET.Element) -> bytes:
    return smaller(vl_convert.svg_to_png(_text(root), scale=_SCALE))


def _styled(root: ET.Element) -> str:
    """The drawing with a style: no wider than its window, and on a dark screen with the colours for one."""
    used = {value for element in root.iter() for name in ("fill", "stroke") if (value := element.get(name))}
    rules = "".join(
        f'[fill="{light}"]{{fill:{dark}}}[stroke="{light}"]{{stroke:{dark}}}'
        for light, dark in DARK.items()
        if light in used
    )
    _insert(root, 2, "style", f":root{{max-width:100%;height:auto}}@media (prefers-color-scheme:dark){{{rules}}}")
    return _text(root)


def _text(root: ET.Element) -> str:
    ET.register_namespace("", _SVG)
    return ET.tostring(root, encoding="unicode") + "\n"


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))
