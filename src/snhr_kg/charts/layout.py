"""Where things go on a chart: text in lines, and round numbers at the end of a scale."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

_WIDTHS: Final = {
    **dict.fromkeys("ijl.,:;'|! ", 0.3),
    **dict.fromkeys("ftr()[]-", 0.4),
    **dict.fromkeys("mwMW", 0.95),
}
_STEPS: Final = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def wrapped(text: str, width: float, size: float) -> list[str]:
    """The text in lines that fit into `width` pixels at a font size, by the usual width of letters."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def text_width(text: str, size: float) -> float:
    """About how many pixels wide a text is: readers' fonts differ, so this is rather too wide."""
    return sum(_WIDTHS.get(letter, 0.7 if letter.isupper() else 0.59) for letter in text) * size


def round_ticks(largest: Decimal, most: int) -> list[Decimal]:
    """Nought and up to `most` equal round steps of whole numbers, the last of them not below `largest`.

    >>> round_ticks(Decimal(306887), 5)
    [Decimal('0'), Decimal('100000'), Decimal('200000'), Decimal('300000'), Decimal('400000')]
    >>> round_ticks(Decimal(12), 5)
    [Decimal('0'), Decimal('5'), Decimal('10'), Decimal('15')]
    """
    rough = max(largest, Decimal(1)) / most
    power = Decimal(10) ** rough.adjusted()
    step = next(step for one in _STEPS if (step := one * power) >= rough and step == step.to_integral_value())
    ticks = [Decimal(0)]
    while ticks[-1] < largest:
        ticks.append((ticks[-1] + step).normalize())
    return [tick.quantize(Decimal(1)) for tick in ticks]


def apart(places: list[tuple[float, float]], least: tuple[float, float], lowest: float) -> list[float]:
    """The heights of places (x, y down the page), moved up where two are closer than `least` both ways.

    None lies beneath `lowest`.

    >>> apart([(0, 10), (3, 12), (90, 12)], (20, 8), 11)
    [3, 11, 11]
    """
    heights = [0.0] * len(places)
    put: list[tuple[float, float]] = []
    for number in sorted(range(len(places)), key=lambda number: -places[number][1]):
        x, y = places[number][0], min(places[number][1], lowest)
        for other_x, other_y in put:  # from the lowest up, so that moving up meets only those still to come
            if abs(x - other_x) < least[0] and abs(y - other_y) < least[1]:
                y = other_y - least[1]
        put.append((x, y))
        heights[number] = y
    return heights
