"""Draws the figures of a topic over time: a line for each source, a mark for each grade.

Our own writer, because the charts need what plotting libraries do not give together: the same bytes at each run, marks
whose shape tells the grade, words for screen readers, and Arabic that the reader's own fonts shape.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from snhr_kg.comparisons.chart.scale import Scale, round_ticks, years_around
from snhr_kg.comparisons.chart.strands import Mark, Strand, strands
from snhr_kg.comparisons.chart.svg import Drawing
from snhr_kg.comparisons.chart.words import TEXTS, text_width, wrapped
from snhr_kg.comparisons.records import Line, Quantity, Topic
from snhr_kg.errors import SnhrKgError

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
COLOURS: Final = ("#b3241c", "#1f5fa8", "#2f7d32", "#8a4fa3", "#a65a00", "#00707a", "#5c5c5c", "#c2187a")
"""Each has a contrast of at least 4.5 to 1 with white; letters tell lines apart where colours do not."""

_LEAST_GAP: Final = 15.0


class NothingToDraw(SnhrKgError):
    """No figure of a topic can stand in a chart."""


def draw(topic: Topic, figures: Mapping[Line, Sequence[Quantity]], language: str = "en", width: int = 960) -> str:
    """The chart of a topic as SVG text; `language` is en or ar, `width` the pixels it is laid out for.

    Raises `NothingToDraw` where no figure has a date and a number.
    """
    drawn = strands(figures)
    if not drawn:
        raise NothingToDraw(f"{topic.id}: no figure has a date and a number to draw")
    return _Chart(topic, drawn, language, width).text()


class _Chart:
    """One chart on its way: scales, then marks, then what explains them."""

    def __init__(self, topic: Topic, drawn: Sequence[Strand], language: str, width: int) -> None:
        self.topic, self.strands, self.language = topic, drawn, language
        self.texts = TEXTS[language]
        self.paper = Drawing(width, language, self._said(topic, "label"), self._description())
        self.top = self._heading()
        self.foot = self.top + max(240.0, min(width * 0.45, 420.0))
        ticks = round_ticks(max(map(_largest, (mark for strand in drawn for mark in strand.marks))), 5)
        left = 24 + max(text_width(f"{tick:,}", 12) for tick in ticks)
        days = [mark.day for strand in drawn for mark in strand.marks]
        years = years_around(days, max(2, int((width - left - 40) // 48)))
        self.across = Scale(date(years[0], 1, 1).toordinal(), date(years[-1], 1, 1).toordinal(), left, width - 40.0)
        self.up = Scale(0, float(ticks[-1]), self.foot, self.top)
        self._axes(ticks, years)

    def text(self) -> str:
        """The whole chart."""
        for number, strand in enumerate(self.strands):
            self._strand(strand, _colour(number))
        self._letters()
        return self.paper.finished(self._sources(self._key(self._legend())) + 16)

    def _said(self, about: Topic | Line, what: str) -> str:
        return str(getattr(about, f"{what}_{self.language}"))

    def _name(self, strand: Strand) -> str:
        """What a strand is called: its line, and what it counts."""
        begin = f"\u2066{strand.begin:%Y-%m}\u2069" if strand.begin else ""
        shape = self.texts[strand.shape].format(begin=begin) if strand.begin or strand.shape != "since" else ""
        name = self._said(strand.line, "label")
        return f"{name}{self.texts['comma']}{shape}" if shape else name

    def _description(self) -> str:
        told = []
        for strand in self.strands:
            first, last = (self._point(strand.marks[end]) for end in (0, -1))
            text = self.texts["strand"].format(line=self._name(strand), count=len(strand.marks), first=first, last=last)
            falls = [self._fall(one, other) for one, other, _, fallen in strand.steps() if fallen]
            told.append("; ".join([text, *falls]))
        return ". ".join([self._said(self.topic, "question"), *told, self._said(self.topic, "caveat")])

    def _point(self, mark: Mark) -> str:
        return f"{self._amount(mark.figure)} ({getattr(mark.figure.period, f'label_{self.language}')})"

    def _fall(self, one: Mark, other: Mark) -> str:
        amount = f"{_value(one) - _value(other):,}"
        return f"{getattr(other.figure.period, f'label_{self.language}')}: {self.texts['falls'].format(amount=amount)}"

    def _amount(self, figure: Quantity) -> str:
        if figure.value is not None:
            return f"{figure.value:,}"
        return self.texts["between"].format(low=f"{figure.lower:,}", high=f"{figure.upper:,}")

    def _heading(self) -> float:
        paper = self.paper
        top = paper.lines(8, wrapped(self._said(self.topic, "label"), paper.width - 32, 20), 20, font_weight="bold")
        question = wrapped(self._said(self.topic, "question"), paper.width - 32, 14)
        return paper.lines(top, question, 14, class_="quiet") + 24

    def _axes(self, ticks: Sequence[Decimal], years: Sequence[int]) -> None:
        for tick in ticks:
            y = self.up(float(tick))
            kind = "axis" if tick == 0 else "grid"
            self.paper.line((self.across.start, y, self.across.stop, y), class_=kind)
            self.paper.number((self.across.start - 8, y + 4), f"{tick:,}", "end")
        for year in years:
            x = self.across(date(year, 1, 1).toordinal())
            self.paper.line((x, self.foot, x, self.foot + 5), class_="axis")
            self.paper.number((x, self.foot + 20), str(year), "middle")

    def _at(self, mark: Mark) -> tuple[float, float]:
        figure = mark.figure
        middle = (float(figure.lower or 0) + float(figure.upper or 0)) / 2
        value = middle if figure.value is None else float(figure.value)
        return self.across(mark.day.toordinal()), self.up(value)

    def _strand(self, strand: Strand, colour: str) -> None:
        for one, other, far, falls in strand.steps():
            start, end = self._at(one), self._at(other)
            self.paper.line((*start, *end), class_="strand gap" if far else "strand", stroke=colour)
            if falls:
                self.paper.text((end[0], end[1] + 22), "▼", 12, text_anchor="middle", style=f"fill:{colour}")
        for mark in strand.marks:
            self._mark(strand, mark, colour)

    def _mark(self, strand: Strand, mark: Mark, colour: str) -> None:
        figure, (x, y) = mark.figure, self._at(mark)
        if figure.lower is not None and figure.upper is not None and figure.lower != figure.upper:
            ends = (x, self.up(float(figure.lower)), x, self.up(float(figure.upper)))
            self.paper.line(ends, class_="bar", stroke=colour)
        grade = self.texts["grade"].format(grade=figure.grade) if figure.grade else self.texts["no-grade"]
        period = getattr(figure.period, f"label_{self.language}")
        told = self.texts["point"].format(
            line=self._name(strand), period=period, amount=self._amount(figure), qualifier=figure.qualifier, grade=grade
        )
        if figure.value is not None:
            self.paper.mark((x, y), figure.grade, colour, told)

    def _letters(self) -> None:
        """A letter at the end of each strand, moved apart where they would lie on one another."""
        ends = sorted((self._at(strand.marks[-1])[1], number) for number, strand in enumerate(self.strands))
        lowest = self.foot - _LEAST_GAP * (len(ends) - 1)
        above = float("-inf")
        for y, number in ends:
            above = max(min(y, lowest), above)
            x = self._at(self.strands[number].marks[-1])[0] + 9
            style = f"fill:{_colour(number)};font-weight:bold"
            self.paper.text((x, above - 5), _letter(number), 13, style=style, direction="ltr")
            above, lowest = above + _LEAST_GAP, lowest + _LEAST_GAP

    def _legend(self) -> float:
        top = self.foot + 36
        for number, strand in enumerate(self.strands):
            grades = sorted({mark.figure.grade for mark in strand.marks})
            texts = [self.texts["grade"].format(grade=grade) if grade else self.texts["no-grade"] for grade in grades]
            text = f"{_letter(number)}  {self._name(strand)} ({self.texts['comma'].join(texts)})"
            start = top
            top = self.paper.lines(top, wrapped(text, self.paper.width - 80, 14), 14, 48) + 2
            x = self.paper.width - 58 if self.paper.right_to_left else 16
            self.paper.line((x, start + 13, x + 42, start + 13), class_="strand", stroke=_colour(number))
            for place, grade in enumerate(grades):
                self.paper.mark((x + 8 + place * 13, start + 13), grade, _colour(number))
        return top

    def _key(self, top: float) -> float:
        grades = sorted({mark.figure.grade for strand in self.strands for mark in strand.marks})
        top = self.paper.lines(top + 8, [self.texts["marks"]], 13, font_weight="bold")
        for grade in grades:
            x = self.paper.width - 24 if self.paper.right_to_left else 24
            self.paper.mark((x, top + 10), grade, "#4a4a4a")
            top = self.paper.lines(top, [self.texts[grade]], 12, 22, class_="quiet")
        for key in ("gap", "bar"):
            top = self.paper.lines(top, wrapped(self.texts[key], self.paper.width - 32, 12), 12, class_="quiet")
        return self.paper.lines(
            top, wrapped(self._said(self.topic, "caveat"), self.paper.width - 32, 12), 12, class_="quiet"
        )

    def _sources(self, top: float) -> float:
        top = self.paper.lines(top + 8, [self.texts["sources"]], 13, font_weight="bold")
        for number, strand in enumerate(self.strands):
            named = dict.fromkeys(getattr(mark.figure.source, f"label_{self.language}") for mark in strand.marks)
            text = f"{_letter(number)}: {self.texts['semicolon'].join(filter(None, named))}"
            top = self.paper.lines(top, wrapped(text, self.paper.width - 32, 12), 12, class_="quiet")
        return top


def _largest(mark: Mark) -> Decimal:
    known = (mark.figure.value, mark.figure.upper)
    return max((number for number in known if number is not None), default=Decimal(0))


def _value(mark: Mark) -> Decimal:
    return mark.figure.value or Decimal(0)


def _letter(number: int) -> str:
    return LETTERS[number % len(LETTERS)]


def _colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]
