"""What a chart shows: its numbers with what qualifies them, and its words in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

from snhr_kg.site.amounts import Amount, Quantity, amount_of


@dataclass(frozen=True, slots=True)
class Words:
    """The same thing said in each language of the pages."""

    en: str
    ar: str

    def __getitem__(self, language: str) -> str:
        return str(getattr(self, language))


TOTAL: Final = "total"
PART: Final = "part"
REST: Final = "rest"
FIGURE: Final = "figure"
"""What a number is to the others of its chart; the rest of a total is computed, and `FIGURE` is for one by itself."""

NOTHING: Final = Words("", "")

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
"""What the sources of a chart over time are told apart by."""


@dataclass(frozen=True, slots=True)
class Row:
    """One number of a chart, as it is drawn and as the table beneath tells it.

    `magnitude` is the vague word in place of a value. `period`, `source` and `grade` are given where the numbers of a
    chart are of several periods or publications, `mark` then is the notation of the grade.
    """

    iri: str
    label: Words
    role: str
    unit: str
    qualifier: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    magnitude: Words = NOTHING
    period: Words = NOTHING
    source: Words = NOTHING
    grade: Words = NOTHING
    mark: str = ""

    def amount(self, language: str) -> Amount:
        """How many, in words and short, always with what qualifies it."""
        quantity = Quantity(self.qualifier, self.unit, self.value, self.lower, self.upper, self.magnitude[language])
        return amount_of(quantity, language)

    @property
    def is_range(self) -> bool:
        """Whether the wording allows more than one number, up to one that is known."""
        return self.lower is not None and self.upper is not None and self.lower != self.upper

    @property
    def is_open(self) -> bool:
        """Whether the wording sets a floor and no ceiling."""
        return self.lower is not None and self.upper is None and self.qualifier != "computed"


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars on one scale from nought, each in a row of its own: never one on top of another.

    `about` are the IRIs of what it concerns; `whole` is what lies behind every part, where they are parts of something.
    """

    id: str
    kind: str
    about: tuple[str, ...]
    title: Words
    unit: Words
    note: Words
    source: Words
    rows: tuple[Row, ...]
    whole: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Dot:
    """A number of a chart over time, at its day; `falls` where it is below the one before of a running count."""

    day: date
    row: Row
    falls: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """The dots of one source that belong together, and those that its line goes through.

    `broken` tells of each two neighbours of `through` whether they lie far apart, `yearly` whether each dot counts a
    single year or less, so that a line would say nothing.
    """

    letter: str
    dots: tuple[Dot, ...]
    through: tuple[Dot, ...]
    broken: tuple[bool, ...]
    yearly: bool


@dataclass(frozen=True, slots=True)
class TimeChart:
    """What several sources count, over time; `lines` are their names, by letter."""

    id: str
    kind: str
    about: tuple[str, ...]
    title: Words
    unit: Words
    note: Words
    source: Words
    lines: Mapping[str, Words]
    paths: tuple[Path, ...]
    question: Words

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every number that is drawn, source by source in the order of time."""
        return tuple(dot.row for path in self.paths for dot in path.dots)


Chart: TypeAlias = BarChart | TimeChart
