"""Scales of a chart: round numbers up the side, years along the foot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

_STEPS: Final = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps numbers between `low` and `high` to pixels between `start` and `stop`."""

    low: float
    high: float
    start: float
    stop: float

    def __call__(self, number: float) -> float:
        """The pixel of a number."""
        return self.start + (number - self.low) / (self.high - self.low) * (self.stop - self.start)


def round_ticks(largest: Decimal, most: int) -> list[Decimal]:
    """Nought and up to `most` equal round steps, the last of them not below `largest`.

    >>> round_ticks(Decimal(306887), 5)
    [Decimal('0'), Decimal('100000'), Decimal('200000'), Decimal('300000'), Decimal('400000')]
    """
    rough = max(largest, Decimal(1)) / most
    power = Decimal(10) ** rough.adjusted()
    step = next(step * power for step in _STEPS if step * power >= rough)
    step = max(step, Decimal(1))
    ticks = [Decimal(0)]
    while ticks[-1] < largest:
        ticks.append((ticks[-1] + step).normalize())
    return [tick.quantize(Decimal(1)) for tick in ticks]


def years_around(days: Iterable[date], most: int) -> list[int]:
    """Years at equal steps, whose beginnings enclose the days, with at most `most` steps between them."""
    known = sorted(days)
    first, last = known[0].year, known[-1].year + 1
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if -(-(last - first) // step) <= most)
    return [*range(first, last, step), first + -(-(last - first) // step) * step]
