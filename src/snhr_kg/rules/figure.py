"""The value a figure carries: each mention read with its bounds, and the principal one chosen.

The principal mention has the most significant digits (14,391 before "nearly 147,000"; a vague word has none). Among
equals the body of the text goes before a caption, that before a heading, the contents and the title, these before
any other part of the text; what is still equal is settled by the place in the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from snhr_kg import names
from snhr_kg.records import Figure, Interval, Mention, ReportTables, StatedFigure
from snhr_kg.rules.bounds import interval, is_printed_in_full, magnitude_interval, rounding_unit

if TYPE_CHECKING:
    from snhr_kg.codes.lists import Code, CodeLists

PARTS_BY_WEIGHT = ("body", "caption", "heading", "contents", "title")
"""Parts of the text, the one whose number counts most first."""

COUNTS, SHARES, MAGNITUDES = "counts", "shares", "magnitudes"
PERCENT = "percent"

_PERCENT_SIGN = re.compile(r"[%٪]|\bper\s?cent\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one mention says.

    `pinned` is the interval with "at least" and "more than" read as closely as the print allows: an unbounded side
    ends where it would if the same number had no qualifier. It tells what only the open side reconciles.
    """

    value: Decimal | None
    percent: bool
    rounding_unit: Decimal | None
    interval: Interval
    pinned: Interval


def read_mention(mention: Mention, figure: Figure, codes: CodeLists) -> Reading:
    """A mention's rounding unit and bounds; the codes it names must be in the code lists."""
    percent = _is_share(mention, figure)
    if mention.value is None:
        bounds = magnitude_interval(_code(codes, "magnitude", mention.magnitude))
        return Reading(None, percent, None, bounds, bounds)
    unit = rounding_unit(mention.printed, mention.value, percent)
    in_full = is_printed_in_full(unit, percent)
    bounds = interval(mention.value, _code(codes, "qualifier", mention.qualifier), unit, in_full, percent)
    bare = interval(mention.value, _code(codes, "qualifier", "exact"), unit, in_full, percent)
    return Reading(mention.value, percent, unit, bounds, _pin(bounds, bare))


def principal_mention(figure: Figure, mentions: Iterable[Mention]) -> Mention:
    """The mention whose value the figure carries, by the rule at the head of this module; at least one is needed."""
    return min(mentions, key=lambda mention: (*_weight(figure, mention), mention.start, mention.id))


def state_figures(tables: ReportTables, codes: CodeLists) -> tuple[StatedFigure, ...]:
    """Every figure of a report with the value, bounds, unit and data set of its principal mention, sorted by id."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in tables.mentions:
        mentions[mention.figure].append(mention)
    by_id = sorted(tables.figures, key=lambda figure: figure.id)
    return tuple(_state(figure, mentions[figure.id], tables.report.id, codes) for figure in by_id)


def _state(figure: Figure, mentions: list[Mention], report: str, codes: CodeLists) -> StatedFigure:
    principal = principal_mention(figure, mentions)
    reading = read_mention(principal, figure, codes)
    return StatedFigure(
        figure=figure,
        report=report,
        iri=names.in_report(report, "figure", figure.id),
        data_set=_data_set(reading),
        unit=_unit(figure, principal, reading, codes),
        principal=principal,
        value=reading.value,
        qualifier=principal.qualifier,
        rounding_unit=reading.rounding_unit,
        interval=reading.interval,
        mentions=tuple(sorted(mentions, key=lambda mention: (mention.start, mention.id))),
    )


def _data_set(reading: Reading) -> str:
    if reading.value is None:
        return MAGNITUDES
    return SHARES if reading.percent else COUNTS


def _unit(figure: Figure, principal: Mention, reading: Reading, codes: CodeLists) -> str:
    if reading.value is None:
        own = _code(codes, "magnitude", principal.magnitude).unit
    else:
        own = PERCENT if reading.percent else None
    return own or _code(codes, "indicator", figure.dimensions.indicator).unit or ""


def _is_share(mention: Mention, figure: Figure) -> bool:
    return bool(figure.share_of or figure.denominator) or _PERCENT_SIGN.search(mention.printed) is not None


def _weight(figure: Figure, mention: Mention) -> tuple[int, int]:
    part = PARTS_BY_WEIGHT.index(mention.part) if mention.part in PARTS_BY_WEIGHT else len(PARTS_BY_WEIGHT)
    return -_significant_digits(mention, _is_share(mention, figure)), part


def _significant_digits(mention: Mention, percent: bool) -> int:
    if mention.value is None:
        return 0
    return len(str(int(mention.value / rounding_unit(mention.printed, mention.value, percent))))


def _pin(bounds: Interval, bare: Interval) -> Interval:
    return Interval(
        bare.low if bounds.low is None else bounds.low,
        bare.high if bounds.high is None else bounds.high,
        bare.low_included if bounds.low is None else bounds.low_included,
        bare.high_included if bounds.high is None else bounds.high_included,
    )


def _code(codes: CodeLists, scheme: str, notation: str) -> Code:
    code = codes.find(scheme, notation)
    if code is None:
        raise KeyError(f"no code {notation} in code list {scheme}")
    return code
