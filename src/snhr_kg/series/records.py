"""Frozen records of what other publications count, and of the pages on which it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from snhr_kg.records import Dimensions, Interval, Period, Source


def publication_of(figure: str) -> str:
    """The publication in a figure's id: what stands before the slash."""
    return figure.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Publisher:
    """An organisation that counts (`publishers.csv`)."""

    id: str
    name_en: str
    name_ar: str
    source: Source


@dataclass(frozen=True, slots=True)
class Publication:
    """What a count was first published in (`publications.csv`); `pages` are its own, `published` may be empty."""

    id: str
    publisher: tuple[str, ...]
    published: str
    label_en: str
    label_ar: str
    pages: tuple[int, ...]
    note: str
    source: Source


@dataclass(frozen=True, slots=True)
class Page:
    """A page on which values were read (`pages.csv`); addresses are without scheme, as they were listed."""

    page: int
    site: str
    addresses: tuple[str, ...]
    dated: str
    language: str
    note: str
    source: Source


@dataclass(frozen=True, slots=True)
class Reading:
    """A value as read on one or more pages (`readings.csv`), with what value and qualifier imply.

    `pinned` is the interval with "at least" and "more than" read as closely as the print allows.
    """

    figure: str
    printed: str
    value: Decimal
    qualifier: str
    grade: str
    pages: tuple[int, ...]
    where: str
    note: str
    rounding_unit: Decimal
    interval: Interval
    pinned: Interval
    source: Source


@dataclass(frozen=True, slots=True)
class SeriesFigure:
    """A quantity that a publication states (`figures.csv`), with its readings, the best graded first.

    `id` is the publication, a slash, and the figure's name in it. `share_of` or `denominator` make it a share in
    percent.
    """

    id: str
    dimensions: Dimensions
    basis: str
    share_of: str
    denominator: str
    note: str
    readings: tuple[Reading, ...]
    source: Source

    @property
    def publication(self) -> str:
        """The publication's id."""
        return publication_of(self.id)

    @property
    def carried(self) -> Reading:
        """The reading whose value the figure carries."""
        return self.readings[0]

    @property
    def is_share(self) -> bool:
        """Whether it is a share in percent."""
        return bool(self.share_of or self.denominator)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total and its parts (`breakdowns.csv`, `components.csv`); kind is partition or subset.

    `rest` is what the total exceeds the parts of a partition by; None for a subset. `chart` names a chart of a report
    whose numbers the parts are, as report, slash and slice; mostly empty.
    """

    id: str
    kind: str
    total: str
    dimension: str
    rest: int | None
    chart: str
    note: str
    parts: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Series:
    """A line over time (`series.csv`, `series-figures.csv`): members in order of time.

    `fixed` holds the dimensions in which all members agree, by column name. A member is a figure's id, or a report
    and the id of a figure of it.
    """

    id: str
    publisher: tuple[str, ...]
    cumulative: bool
    fixed: Mapping[str, str]
    note: str
    members: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Break:
    """A place in a series where the publisher changed what is counted (`series-breaks.csv`)."""

    series: str
    before: str
    after: str
    reason: str
    note_en: str
    note_ar: str
    source: Source


@dataclass(frozen=True, slots=True)
class SeriesTables:
    """Everything in the folder of series."""

    publishers: tuple[Publisher, ...]
    publications: tuple[Publication, ...]
    pages: tuple[Page, ...]
    periods: tuple[Period, ...]
    figures: tuple[SeriesFigure, ...]
    breakdowns: tuple[Breakdown, ...]
    series: tuple[Series, ...]
    breaks: tuple[Break, ...]
