"""Bars in Vega-Lite: each number in a row of its own, its label above its bar, all on one scale from nought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from snhr_kg.charts.layout import text_width
from snhr_kg.charts.look import INK, LINE, PAPER, PART, REST, SMALL, TOTAL, TRACK
from snhr_kg.charts.page import Design, Layer, Sheet, pixel
from snhr_kg.charts.records import REST as THE_REST
from snhr_kg.charts.records import TOTAL as THE_TOTAL
from snhr_kg.charts.records import BarChart, Row
from snhr_kg.reconciliation.normalise import is_arabic

_THICK: Final = 13
_GAP: Final = 14
_AXIS: Final = 30
_ROOM: Final = Decimal("1.06")
"""How much longer than its longest bar the scale is, for the mark at that bar's end."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row with its lines of label, the height where they begin, and its bar's upper edge."""

    row: Row
    lines: tuple[str, ...]
    top: int
    bar: int


def design_bars(chart: BarChart, language: str, width: int) -> Design:
    """A chart of bars for a width in pixels."""
    sheet = Sheet(chart, language, width)
    placed = _placed(sheet, chart.rows)
    height = placed[-1].bar + _THICK + 8
    furthest = max([*(max(filter(None, (row.value, row.lower, row.upper))) for row in chart.rows), chart.whole or 0])
    x = {
        "type": "quantitative",
        "scale": {"domain": [0, float(furthest * _ROOM)], "nice": False, "reverse": sheet.right_to_left},
        "axis": {"orient": "bottom", "tickCount": 3, "tickMinStep": 1, "format": ",d", "labelFlush": 40},
    }
    layers = [
        *_tracks(chart, placed, x),
        _bars([one for one in placed if one.row.role == THE_TOTAL], x, fill=TOTAL, stroke=TOTAL),
        _bars([one for one in placed if one.row.role not in (THE_TOTAL, THE_REST)], x, fill=PART, stroke=PART),
        _bars([one for one in placed if one.row.role == THE_REST], x, stroke=REST, strokeDash=[3, 2], strokeWidth=2),
        *_ranges([one for one in placed if one.row.is_range], x),
        _arrows([one for one in placed if one.row.is_open], x, sheet),
        *_labels(sheet, placed),
    ]
    return sheet.design(height, layers, foot=_AXIS)


def _placed(sheet: Sheet, rows: Sequence[Row]) -> list[_Placed]:
    found: list[_Placed] = []
    top = 0
    for row in rows:
        room = sheet.inner - text_width(row.amount(sheet.language).short, SMALL) - 16
        lines = tuple(sheet.lines(row.label[sheet.language], width=room))
        bar = top + len(lines) * LINE + 4
        found.append(_Placed(row, lines, top, bar))
        top = bar + _THICK + _GAP
    return found


def _labels(sheet: Sheet, placed: Sequence[_Placed]) -> list[Layer]:
    """The labels where reading begins, and the amounts as stated where it ends, on the last line of each label."""
    labels = [(line, one.top + 15 + n * LINE) for one in placed for n, line in enumerate(one.lines)]
    amounts = [(one.row.amount(sheet.language).short, one.bar - 10) for one in placed]
    return [
        sheet.texts(labels),
        sheet.texts([one for one in amounts if not is_arabic(one[0])], bold=True, at_end=True),
        sheet.texts([one for one in amounts if is_arabic(one[0])], bold=True, at_end=True),
    ]


def _tracks(chart: BarChart, placed: Sequence[_Placed], x: Layer) -> list[Layer]:
    """The whole behind each of its parts, pale."""
    if chart.whole is None:
        return []
    values = [_box(one, Decimal(0), chart.whole) for one in placed if one.row.role != THE_TOTAL]
    return [_rectangles(values, x, fill=TRACK)]


def _bars(placed: Sequence[_Placed], x: Layer, **look: Any) -> Layer:
    """Bars from nought to the value; where there is only a range, none: the range is all that is said."""
    values = [_box(one, Decimal(0), end) for one in placed if (end := _end(one.row)) is not None]
    return _rectangles(values, x, **look)


def _end(row: Row) -> Decimal | None:
    """Where a bar ends: at its value, or at the floor of what has no ceiling."""
    return row.value if row.value is not None else (row.lower if row.upper is None else None)


def _box(one: _Placed, start: Decimal, end: Decimal) -> dict[str, float]:
    return {"start": float(start), "end": float(end), "top": one.bar, "bottom": one.bar + _THICK}


def _rectangles(values: Sequence[dict[str, float]], x: Layer, **look: Any) -> Layer:
    return {
        "data": {"values": values},
        "mark": {"type": "rect", "fill": None, **look},
        "encoding": {
            "x": {"field": "start", **x},
            "x2": {"field": "end"},
            "y": pixel("top"),
            "y2": {"field": "bottom"},
        },
    }


def _ranges(placed: Sequence[_Placed], x: Layer) -> list[Layer]:
    """A thin line from the lowest to the highest number, with a stroke at each end, set off from the bar beneath."""
    values = [
        {"low": float(one.row.lower or 0), "high": float(one.row.upper or 0), "y": one.bar + _THICK / 2}
        for one in placed
    ]
    ends = [
        {"at": value[side], "top": value["y"] - 6, "bottom": value["y"] + 6}
        for value in values
        for side in ("low", "high")
    ]
    across = {"x": {"field": "low", **x}, "x2": {"field": "high"}, "y": pixel("y")}
    upright = {"x": {"field": "at", **x}, "y": pixel("top"), "y2": {"field": "bottom"}}
    return [
        {"data": {"values": some}, "mark": {"type": "rule", **look}, "encoding": encoding}
        for look in ({"color": PAPER, "strokeWidth": 4.5}, {"color": INK, "strokeWidth": 2})
        for some, encoding in ((values, across), (ends, upright))
    ]


def _arrows(placed: Sequence[_Placed], x: Layer, sheet: Sheet) -> Layer:
    """An arrow at the end of what is open above."""
    values = [{"at": float(_end(one.row) or 0), "y": one.bar + _THICK / 2} for one in placed]
    outward = -8 if sheet.right_to_left else 8
    return {
        "data": {"values": values},
        "mark": {
            "type": "point",
            "shape": f"triangle-{sheet.end}",
            "filled": True,
            "color": INK,
            "opacity": 1,
            "size": 90,
            "xOffset": outward,
        },
        "encoding": {"x": {"field": "at", **x}, "y": pixel("y")},
    }
