"""Labels of figures, breakdowns and series, put together from the labels of their codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from snhr_kg.records import DIMENSIONS, SCHEME_OF
from snhr_kg.series.records import Breakdown, Page, Series, SeriesFigure, SeriesTables

if TYPE_CHECKING:
    from snhr_kg.codes.lists import CodeLists

Label = tuple[str, str]
"""A text in English and the same in Arabic."""

SILENT: Final = frozenset({"_T", "_Z"})
"""Codes that a label need not say: all, and does not apply."""

_COMMA: Final = (", ", "، ")
_DIMENSION: Final[dict[str, Label]] = {
    "indicator": ("by indicator", "بحسب المؤشر"),
    "violation_type": ("by violation", "بحسب الانتهاك"),
    "perpetrator": ("by party", "بحسب الجهة"),
    "victim_group": ("by group", "بحسب الفئة"),
    "weapon": ("by weapon", "بحسب السلاح"),
    "place": ("by place", "بحسب المكان"),
    "period": ("by period", "بحسب الفترة"),
}
_UNSTATED: Final[dict[str, Label]] = {
    "perpetrator": ("party not stated", "الجهة غير مذكورة"),
    "period": ("period not stated", "الفترة غير مذكورة"),
}
_SHARE: Final = ("Share", "نسبة")
_ESTIMATED: Final = ("estimated", "تقديري")


class Labels:
    """Makes the labels of one folder's tables; every code in them must be in the code lists."""

    def __init__(self, tables: SeriesTables, codes: CodeLists) -> None:
        self._codes = codes
        self._periods = {row.id: (row.label_en, row.label_ar) for row in tables.periods}
        self._publishers = {row.id: (row.name_en, row.name_ar) for row in tables.publishers}
        self._publications = {row.id: (row.label_en, row.label_ar) for row in tables.publications}
        self._figures = {row.id: row for row in tables.figures}

    def figure(self, figure: SeriesFigure) -> Label:
        """What a figure counts, when, and in which publication."""
        said = [self._said(name, getattr(figure.dimensions, name)) for name in DIMENSIONS]
        if figure.is_share:
            said.insert(0, _SHARE)
        if figure.basis == "estimated":
            said.append(_ESTIMATED)
        return _beside(_joined(said), self._publications[figure.publication])

    def breakdown(self, breakdown: Breakdown) -> Label:
        """What a breakdown divides, and in which dimension."""
        return _beside(self.figure(self._figures[breakdown.total]), _DIMENSION[breakdown.dimension])

    def series(self, series: Series) -> Label:
        """What a series counts, and who publishes it; dimensions in which members differ are not said."""
        said = [self._said(name, series.fixed[name]) for name in DIMENSIONS if name in series.fixed]
        return _beside(_joined(said), _joined([self._publishers[name] for name in series.publisher]))

    def _said(self, dimension: str, notation: str) -> Label | None:
        if notation in SILENT:
            return None
        if notation == "_U":
            return _UNSTATED.get(dimension)
        if dimension == "period" and notation in self._periods:
            return self._periods[notation]
        code = self._codes.find(SCHEME_OF[dimension], notation)
        return (code.label_en, code.label_ar) if code else (notation, notation)


def page_label(page: Page) -> Label:
    """A page by its number, site and date."""
    known = [text for text in (page.site, page.dated) if text]
    english, arabic = (sign.join(known) for sign in _COMMA)
    return f"Page {page.page}{': ' if known else ''}{english}", f"الصفحة {page.page}{': ' if known else ''}{arabic}"


def _joined(said: Iterable[Label | None]) -> Label:
    texts = [text for text in said if text is not None]
    english, arabic = (sign.join(text[side] for text in texts) for side, sign in enumerate(_COMMA))
    return english, arabic


def _beside(what: Label, whose: Label) -> Label:
    return f"{what[0]} ({whose[0]})", f"{what[1]} ({whose[1]})"
