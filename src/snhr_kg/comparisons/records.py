"""What a comparison is made of: topics and lines as the tables state them, figures as the graph holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

REPORT: Final = "report"
SNHR: Final = "snhr"
OTHER: Final = "other"
"""Whose a line is: the report's own, SNHR's in another publication, or somebody else's."""

STOCK: Final = "stock"
"""The temporal nature of what counts who is so at one time."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two figures may differ; `code` is a notation of the list `comparability`.

    One of the tables has an id, and says where it is stated; one that the figures themselves show has neither.
    """

    code: str
    note_en: str
    note_ar: str
    id: str = ""
    source: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What one source publishes on a topic.

    `sources` are local IRIs of reports or external datasets; one that ends in ``*`` stands for all that begin so.
    `dimensions` holds, for each property of the cube that is asked for, the IRIs of the codes it may have; `kinds` the
    classes that its figures may be of. `reasons` say why it may differ from SNHR's count.
    """

    topic: str
    id: str
    publisher: str
    label_en: str
    label_ar: str
    sources: tuple[str, ...]
    kinds: tuple[str, ...]
    dimensions: tuple[tuple[str, tuple[str, ...]], ...]
    unit: str
    reasons: tuple[Reason, ...] = ()

    @property
    def role(self) -> str:
        """`REPORT`, `SNHR` or `OTHER`."""
        if self.sources[0].startswith("report/"):
            return REPORT
        return SNHR if self.publisher == SNHR else OTHER


@dataclass(frozen=True, slots=True)
class Topic:
    """One question, with the lines that answer it; `caveat` says what no answer to it shows."""

    id: str
    label_en: str
    label_ar: str
    question_en: str
    question_ar: str
    caveat_en: str
    caveat_ar: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A period: its first day, the first day after it, None where a side has no date."""

    iri: str
    begin: date | None
    end: date | None
    label_en: str = ""
    label_ar: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A report or a dataset: `published` is the day it was published, where the graph says so."""

    iri: str
    label_en: str = ""
    label_ar: str = ""
    version: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A code, by its IRI, with what it is called."""

    iri: str
    label_en: str = ""
    label_ar: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An observation of the graph, as far as a comparison looks at it; codes are notations, "" where there is none.

    `perpetrator` and `group` are codes of ours or of the source, with their labels. `left_out_en` and `left_out_ar` are
    what an aggregate says of itself.
    """

    iri: str
    source: Source
    period: Span
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    qualifier: str
    basis: str
    nature: str
    grade: str
    perpetrator: Named
    group: Named
    left_out_en: str = ""
    left_out_ar: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two figures of one topic side by side.

    `relation` is a notation of the list `period-relation`: how the left period lies to the right one. `shared` is the
    time that both surely cover, None for a side that is not known. `difference` is right less left and `ratio` right by
    left; both are None where a side has no value, and `arithmetic` then tells what the bounds leave.
    """

    topic: Topic
    left_line: Line
    right_line: Line
    left: Quantity
    right: Quantity
    relation: str
    shared: tuple[date | None, date | None]
    difference: Decimal | None
    ratio: Decimal | None
    arithmetic: str
    reasons: tuple[Reason, ...]
