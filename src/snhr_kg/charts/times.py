"""Lines over time in Vega-Lite: a colour and a letter for each source, a mark for how each number was read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import cycle, pairwise
from math import ceil
from typing import Any, Final

from snhr_kg.charts.layout import apart, round_ticks, text_width
from snhr_kg.charts.look import INK, LINE, LINES, PAPER, SMALL
from snhr_kg.charts.page import Design, Layer, Sheet, pixel
from snhr_kg.charts.records import LETTERS, Dot, Path, TimeChart
from snhr_kg.charts.words import GRADES
from snhr_kg.site.formats import plain_number
from snhr_kg.site.words import translations

SHAPES: Final = {"A": "circle", "B": "square", "C": "triangle-up", "D": "cross", "": "diamond"}
"""The mark of each grade; the last is for what needs none."""

_HEIGHT: Final = 270
_AXIS: Final = 34
_SIZE: Final = 85
_LETTER: Final = (18.0, 15.0)
"""The room that a letter needs across and down."""

_LETTERS: Final = {"type": "text", "fontSize": SMALL, "fontWeight": 600, "baseline": "alphabetic"}
_ABJAD: Final = "أبجدهوزحطيكلمنسعفصقرشتثخذض"
_INDENT: Final = 46.0


def design_times(chart: TimeChart, language: str, width: int) -> Design:
    """A chart over time for a width in pixels."""
    largest = max(_top(dot) for path in chart.paths for dot in path.dots)
    ticks = [float(tick) for tick in round_ticks(largest, 5)]
    side = ceil(max(text_width(plain_number(int(tick)), SMALL) for tick in ticks)) + 6
    sheet = Sheet(chart, language, width, side)
    drawing = _Drawing(chart, sheet, ticks)
    key, foot = drawing.key()
    around, letters = drawing.letters()
    layers = [*drawing.lines(), *around, *drawing.dots(), *letters, *key]
    return sheet.design(_HEIGHT, layers, foot=foot)


class _Drawing:
    """A chart over time on its way: scales first, then marks, then the key beneath."""

    def __init__(self, chart: TimeChart, sheet: Sheet, ticks: Sequence[float]) -> None:
        self.chart, self.sheet, self.highest = chart, sheet, ticks[-1]
        days = [dot.day for path in chart.paths for dot in path.dots]
        self.years = min(days).year, max(days).year + 1
        room = (self.years[1] - self.years[0]) * 0.06
        self.domain = self.years[0] - room / 2, self.years[1] + room
        self.x = {
            "type": "quantitative",
            "scale": {"domain": list(self.domain), "nice": False, "zero": False, "reverse": sheet.right_to_left},
            "axis": {"orient": "bottom", "tickCount": 5, "tickMinStep": 1, "format": "d"},
        }
        self.y = {
            "type": "quantitative",
            "scale": {"domain": [0, self.highest], "nice": False},
            "axis": {"orient": sheet.begin, "values": list(ticks), "format": ",d", "grid": True},
        }
        self.colours = dict(zip(chart.lines, cycle(LINES), strict=False))

    def lines(self) -> list[Layer]:
        """Lines from one number to the next, whole or broken, and upright ones for ranges."""
        steps: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
        for path in self.chart.paths:
            for (one, other), far in zip(pairwise(path.through), path.broken, strict=True):
                if not path.yearly:
                    steps[far].append(self._segment(path, one, other))
        ranges = [
            {"x": _year(dot.day), "y": float(dot.row.lower or 0), "y2": float(dot.row.upper or 0), **self._look(path)}
            for path in self.chart.paths
            for dot in path.dots
            if dot.row.is_range
        ]
        upright = {"x": {"field": "x", **self.x}, "y": {"field": "y", **self.y}, "y2": {"field": "y2"}}
        across = {**upright, "x2": {"field": "x2"}}
        return [
            _layer(steps[False], {"type": "rule", "strokeWidth": 2.5}, across),
            _layer(steps[True], {"type": "rule", "strokeWidth": 2, "strokeDash": [3, 4]}, across),
            _layer(ranges, {"type": "rule", "strokeWidth": 1.5}, upright),
        ]

    def dots(self) -> list[Layer]:
        """A mark for each number, its shape after the grade; an arrow above what is open, a triangle beneath a fall."""
        found = [(path, dot) for path in self.chart.paths for dot in path.dots if dot.row.value is not None]
        values = [{**self._place(dot), "shape": SHAPES[dot.row.mark], **self._look(path)} for path, dot in found]
        falls = [{**self._place(dot), **self._look(path)} for path, dot in found if dot.falls]
        open_above = [{**self._place(dot), **self._look(path)} for path, dot in found if dot.row.is_open]
        place = {"x": {"field": "x", **self.x}, "y": {"field": "y", **self.y}}
        above = {"type": "point", "filled": True, "opacity": 1, "shape": "arrow", "size": 150, "yOffset": -13}
        beneath = {"type": "point", "filled": True, "opacity": 1, "shape": "triangle-down", "size": 45, "yOffset": 13}
        return [_marks(values, place), _layer(falls, beneath, place), _layer(open_above, above, place)]

    def letters(self) -> tuple[list[Layer], list[Layer]]:
        """A letter after the last mark of each path, or above a mark by itself, moved apart where two would meet.

        Before them what keeps lines off them, to be drawn beneath the marks.
        """
        last = [(path, path.dots[-1]) for path in self.chart.paths]
        wide = self.sheet.plot / (self.domain[1] - self.domain[0])
        ends = [
            (_year(dot.day) * wide, _HEIGHT * (1 - _middle(dot) / self.highest) - (15 if _alone(path) else 0))
            for path, dot in last
        ]
        placed = list(zip(last, apart(ends, _LETTER, _HEIGHT - 8), strict=True))
        outward = -9 if self.sheet.right_to_left else 9
        around, letters = [], []
        for alone in (False, True):
            values = [
                {"x": _year(dot.day), "y": y + 5, "letter": self._letter(path.letter), **self._look(path)}
                for (path, dot), y in placed
                if _alone(path) == alone
            ]
            place = {"align": "center", "xOffset": 0} if alone else {"align": self.sheet.begin, "xOffset": outward}
            at = {"x": {"field": "x", **self.x}, "y": pixel("y"), "text": {"field": "letter"}}
            halo = {"stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round"}
            around.append(_layer([{**value, "colour": PAPER} for value in values], {**_LETTERS, **place, **halo}, at))
            letters.append(_layer(values, {**_LETTERS, **place}, at))
        return around, letters

    def key(self) -> tuple[list[Layer], int]:
        """What letters, colours and marks mean, beneath the plot; and how far down it reaches."""
        sheet, language = self.sheet, self.sheet.language
        y, texts, letters, signs = _HEIGHT + _AXIS, [], [], []
        for letter, line in self.chart.lines.items():
            signs.append({"y": y + 10, "colour": self.colours[letter]})
            letters.append({"y": y + 15, "letter": self._letter(letter), "colour": self.colours[letter]})
            for text in sheet.lines(line[language], width=sheet.inner - _INDENT):
                texts.append((text, y + 15))
                y += LINE
        y += 6
        grades = []
        texts.append((translations(language).ugettext("How each number was read:"), y + 15))
        y += LINE
        for grade in sorted({dot.row.mark for path in self.chart.paths for dot in path.dots}):
            grades.append({"y": y + 10, "shape": SHAPES[grade], "colour": INK})
            texts.append((GRADES[grade](translations(language)), y + 15))
            y += LINE
        ends = {"x": {"value": sheet.across(0)}, "x2": {"value": sheet.across(22)}, "y": pixel("y")}
        at = {"x": {"value": sheet.across(33)}, "y": pixel("y"), "text": {"field": "letter"}}
        layers = [
            _layer(signs, {"type": "rule", "strokeWidth": 3}, ends),
            _layer(letters, {**_LETTERS, "align": "center"}, at),
            _marks(grades, {"x": {"value": sheet.across(22)}, "y": pixel("y")}),
            sheet.texts(texts, start=_INDENT),
        ]
        return layers, y - _HEIGHT + 8

    def _segment(self, path: Path, one: Dot, other: Dot) -> dict[str, Any]:
        end = self._place(other)
        return {**self._place(one), "x2": end["x"], "y2": end["y"], **self._look(path)}

    def _place(self, dot: Dot) -> dict[str, float]:
        return {"x": _year(dot.day), "y": float(dot.row.value or 0)}

    def _letter(self, letter: str) -> str:
        """The letter as the language writes it: in Arabic one of the abjad."""
        return _ABJAD[LETTERS.index(letter)] if self.sheet.right_to_left else letter

    def _look(self, path: Path) -> dict[str, str]:
        return {"colour": self.colours[path.letter]}


def _layer(values: Sequence[dict[str, Any]], mark: dict[str, Any], encoding: dict[str, Any]) -> Layer:
    """A layer whose colours stand in its data."""
    colour = {"field": "colour", "scale": None}
    return {"data": {"values": list(values)}, "mark": mark, "encoding": {**encoding, "color": colour}}


def _marks(values: Sequence[dict[str, Any]], place: dict[str, Any]) -> Layer:
    """Marks whose shapes stand in their data."""
    look = {"type": "point", "filled": True, "opacity": 1, "size": _SIZE}
    shape = {"field": "shape", "scale": None}
    return _layer(values, look, {**place, "shape": shape})


def _year(day: date) -> float:
    """A day as a year and the part of it that has passed, to three places."""
    return round(day.year + (day.timetuple().tm_yday - 1) / 365.25, 3)


def _top(dot: Dot) -> Any:
    return max(number for number in (dot.row.value, dot.row.upper, dot.row.lower) if number is not None)


def _alone(path: Path) -> bool:
    """Whether a path has one mark and no line of its own."""
    return len(path.dots) == 1


def _middle(dot: Dot) -> float:
    """The height of a dot: its value, or the middle of its range."""
    row = dot.row
    return float(row.value) if row.value is not None else (float(row.lower or 0) + float(row.upper or 0)) / 2
