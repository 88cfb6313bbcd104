"""The sheet that a chart is drawn on: its heading, its foot, and texts in the direction of the language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from snhr_kg.charts.layout import wrapped
from snhr_kg.charts.look import AXIS, FIGURES_FONT, FONT, INK, LINE, PAD, PAPER, QUIET, SMALL, TITLE
from snhr_kg.charts.records import Chart
from snhr_kg.reconciliation.normalise import is_arabic

Layer: TypeAlias = dict[str, Any]

_SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
_RIGHT_TO_LEFT: Final = "\u2067"
_LEFT_TO_RIGHT: Final = "\u2066"
_END: Final = "\u2069"
"""Unicode's signs around a text of one direction (UAX #9)."""

_TITLE_LINE: Final = 24


@dataclass(frozen=True, slots=True)
class Text:
    """A line of a chart's heading or foot, at its place on the sheet; `anchor` is its side that stands there."""

    words: str
    x: int
    y: int
    anchor: str
    size: int
    colour: str
    bold: bool


@dataclass(frozen=True, slots=True)
class Design:
    """A chart before it is drawn: the plot in Vega-Lite, and the lines around it.

    Those lines are none of the plot's marks: the library would measure every letter of them, and take thrice as long.
    """

    spec: dict[str, Any]
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper of one chart in one language, `width` pixels wide; `side` is what the axis takes of it.

    Its plot begins at (0, 0), where the language begins: at the left in English, at the right in Arabic.
    """

    chart: Chart
    language: str
    width: int
    side: int = 0

    @property
    def right_to_left(self) -> bool:
        """Whether reading begins at the right."""
        return self.language == "ar"

    @property
    def inner(self) -> int:
        """How wide the text is."""
        return self.width - 2 * PAD

    @property
    def plot(self) -> int:
        """How wide the plot is."""
        return self.inner - self.side

    def across(self, start: float) -> float:
        """The x of a place that lies so many pixels from where the text begins."""
        return self.plot + self.side - start if self.right_to_left else start - self.side

    @property
    def begin(self) -> str:
        """The side where text begins, as a text mark is aligned."""
        return "right" if self.right_to_left else "left"

    @property
    def end(self) -> str:
        """The side where text ends."""
        return "left" if self.right_to_left else "right"

    def isolated(self, text: str) -> str:
        """The text with its direction, so that numbers and marks stay in their places wherever it is drawn."""
        if not self.right_to_left:
            return text
        return f"{_RIGHT_TO_LEFT if is_arabic(text) else _LEFT_TO_RIGHT}{text}{_END}"

    def lines(self, text: str, size: float = SMALL, width: float | None = None) -> list[str]:
        """The text in lines of a width, else that of the sheet."""
        return wrapped(text, width or self.inner, size)

    def design(self, height: int, layers: Sequence[Layer], foot: int = 0) -> Design:
        """The chart: a plot in Vega-Lite, a heading above it, and `foot` pixels beneath it the notes and the source."""
        chart, language = self.chart, self.language
        title, unit = self.lines(chart.title[language], TITLE), self.lines(chart.unit[language])
        notes, sources = self.lines(chart.note[language]), self.lines(chart.source[language])
        top = PAD + len(title) * _TITLE_LINE + len(unit) * LINE + 10
        under = top + height + foot
        texts = [
            *self._set(title, PAD + 18, TITLE, INK),
            *self._set(unit, PAD + len(title) * _TITLE_LINE + 15, SMALL, QUIET),
            *self._set(notes, under + 14, SMALL, INK),
            *self._set(sources, under + len(notes) * LINE + 20, SMALL, QUIET),
        ]
        sides = {"left": PAD, "right": PAD}
        sides[self.begin] += self.side
        beneath = foot + (len(notes) + len(sources)) * LINE + 6 + PAD
        spec = {
            "$schema": _SCHEMA,
            "width": self.plot,
            "height": height,
            "autosize": {"type": "none"},
            "padding": {**sides, "top": top, "bottom": beneath},
            "background": PAPER,
            "layer": [layer for layer in layers if layer["data"]["values"]],
            "config": {"aria": False, "font": FONT, "view": {"stroke": None}, "axis": _AXIS},
        }
        return Design(spec, tuple(texts))

    def _set(self, lines: Sequence[str], first: int, size: int, colour: str) -> Iterator[Text]:
        """Lines of text beneath one another, from where reading begins."""
        step = _TITLE_LINE if size == TITLE else LINE
        x, anchor = (self.width - PAD, "end") if self.right_to_left else (PAD, "start")
        for number, line in enumerate(lines):
            yield Text(self.isolated(line), x, first + number * step, anchor, size, colour, bold=size == TITLE)

    def texts(
        self,
        placed: Sequence[tuple[str, float]],
        start: float = 0.0,
        bold: bool = False,
        at_end: bool = False,
    ) -> Layer:
        """Texts at heights, `start` pixels from where the text begins, or from where it ends with `at_end`."""
        x = self.across(self.inner - start if at_end else start)
        return {
            "data": {"values": [{"text": self.isolated(text), "y": y} for text, y in placed]},
            "mark": {
                "type": "text",
                "align": self.end if at_end else self.begin,
                "baseline": "alphabetic",
                "color": INK,
                "fontSize": SMALL,
                "fontWeight": 600 if bold else 400,
                **({"font": FIGURES_FONT} if at_end and not any(is_arabic(text) for text, _ in placed) else {}),
            },
            "encoding": {"text": {"field": "text"}, "x": {"value": x}, "y": pixel("y")},
        }


_AXIS: Final = {
    "domain": False,
    "ticks": False,
    "grid": False,
    "title": None,
    "labelFontSize": SMALL,
    "labelColor": QUIET,
    "labelPadding": 6,
    "gridColor": AXIS,
    "gridOpacity": 0.35,
    "labelOverlap": "greedy",
}


def pixel(field: str) -> Layer:
    """A channel whose field holds pixels."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}
