"""Reports made by hand, a few invented figures each, for tests of what is computed from records."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TypeVar

from snhr_kg.codes.lists import CodeLists, read_codes
from snhr_kg.content import folder
from snhr_kg.records import (
    DIMENSIONS,
    Breakdown,
    Dimensions,
    Figure,
    Instrument,
    Mention,
    Period,
    Report,
    ReportTables,
    Source,
)

NOWHERE = Source("by hand", 1)
REPORT = "1999-01-01"
USUAL = dict(zip(DIMENSIONS, ("deaths", "killing", "_T", "civilians", "_T", "syria", "always"), strict=True))


@cache
def codes() -> CodeLists:
    """The code lists of the project."""
    return read_codes(folder("ontology") / "codes")


@dataclass(frozen=True)
class Said:
    """A figure and its mentions."""

    figure: Figure
    mentions: tuple[Mention, ...]


def figure(
    id_: str, *, basis: str = "documented", share_of: str = "", denominator: str = "", **dimensions: str
) -> Figure:
    return Figure(
        id=id_,
        dimensions=Dimensions(**(USUAL | dimensions)),
        basis=basis,
        share_of=share_of,
        denominator=denominator,
        label_en=f"{id_} in English",
        label_ar=f"{id_} بالعربية",
        caveat="",
        caveat_ar="",
        coding_note="",
        coding_note_ar="",
        source=NOWHERE,
    )


def mention(
    of: str,
    printed: str | int,
    qualifier: str = "exact",
    *,
    value: str | int | None = None,
    magnitude: str = "",
    part: str = "body",
    start: int = 0,
    **overrides: str,
) -> Mention:
    """A mention; without `value` and `magnitude` the value is what `printed` says in digits."""
    text = f"{printed:,}" if isinstance(printed, int) else printed
    number = None if magnitude else Decimal(value if value is not None else text.split()[0].replace(",", ""))
    return Mention(
        id=f"{of}--{part}-{start}",
        figure=of,
        section="i",
        part=part,
        start=start,
        end=start + len(text),
        quote=text,
        printed=text,
        value=number,
        magnitude=magnitude,
        qualifier="order-of-magnitude" if magnitude else qualifier,
        overrides=overrides,
        note="",
        note_ar="",
        source=NOWHERE,
    )


def said(
    id_: str,
    printed: str | int,
    qualifier: str = "exact",
    *,
    value: str | int | None = None,
    magnitude: str = "",
    basis: str = "documented",
    share_of: str = "",
    denominator: str = "",
    **dimensions: str,
) -> Said:
    """A figure that is stated once."""
    row = figure(id_, basis=basis, share_of=share_of, denominator=denominator, **dimensions)
    return Said(row, (mention(id_, printed, qualifier, value=value, magnitude=magnitude),))


def breakdown(kind: str, total: str, *components: str, dimension: str = "perpetrator") -> Breakdown:
    """A breakdown whose id says its total and its kind."""
    id_ = f"{total}-{kind}"
    return Breakdown(id_, kind, total, dimension, components, f"{id_} in English", f"{id_} بالعربية", "", "", NOWHERE)


def period(id_: str, begin: str, end: str, begin_instrument: str = "") -> Period:
    ends = ("" if begin else "not-stated", "" if end else "not-stated")
    return Period(id_, begin, end, *ends, begin_instrument, "", f"{id_} in English", f"{id_} بالعربية", "", "", NOWHERE)


def instrument(id_: str) -> Instrument:
    return Instrument(id_, "security-council-resolution", id_, "", f"Resolution {id_}", f"القرار {id_}", NOWHERE)


def report(
    *statements: Said,
    breakdowns: Iterable[Breakdown] = (),
    periods: Iterable[Period] = (),
    instruments: Iterable[Instrument] = (),
) -> ReportTables:
    """A report that says just this."""
    head = Report(REPORT, "Invented", "Invented", "مختلق", "Nobody", REPORT, "en", "0" * 64, 1, "Nobody", NOWHERE)
    return ReportTables(
        folder="by hand",
        report=head,
        sections=(),
        periods=tuple(periods),
        figures=tuple(statement.figure for statement in statements),
        mentions=tuple(row for statement in statements for row in statement.mentions),
        breakdowns=tuple(breakdowns),
        slices=(),
        findings=(),
        events=(),
        instruments=tuple(instruments),
        recommendations=(),
        relations=(),
        passages=(),
        other_numbers=(),
    )


Row = TypeVar("Row")


def shuffled(rows: tuple[Row, ...], chance: random.Random) -> tuple[Row, ...]:
    return tuple(chance.sample(rows, len(rows)))


def in_another_order(tables: ReportTables, chance: random.Random) -> ReportTables:
    """The same report, its figures, mentions, breakdowns and their components in an order by chance."""
    return replace(
        tables,
        figures=shuffled(tables.figures, chance),
        mentions=shuffled(tables.mentions, chance),
        breakdowns=tuple(
            replace(row, components=shuffled(row.components, chance)) for row in shuffled(tables.breakdowns, chance)
        ),
    )
