"""The core idea: frozen records of what a report states, and of what rules make of it.

Codes are the notations that the tables write (``isis``, ``_T``); IRIs are made in `names`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

DIMENSIONS: tuple[str, ...] = (
    "indicator",
    "violation_type",
    "perpetrator",
    "victim_group",
    "weapon",
    "place",
    "period",
)
"""The seven dimensions, in the order of the cube, as table columns name them."""

PROPERTY_OF: dict[str, str] = {
    "indicator": "indicator",
    "violation_type": "violationType",
    "perpetrator": "perpetrator",
    "victim_group": "victimGroup",
    "weapon": "weapon",
    "place": "place",
    "period": "period",
}
"""Local name of each dimension's property in the ontology."""

SCHEME_OF: dict[str, str] = {
    "indicator": "indicator",
    "violation_type": "violation-type",
    "perpetrator": "perpetrator",
    "victim_group": "victim-group",
    "weapon": "weapon",
    "place": "place",
    "period": "period",
}
"""Name of each dimension's code list."""


@dataclass(frozen=True, slots=True)
class Source:
    """The cell or row a record came from, for messages."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Dimensions:
    """The seven dimensions of an observation, as notations."""

    indicator: str
    violation_type: str
    perpetrator: str
    victim_group: str
    weapon: str
    place: str
    period: str

    def as_dict(self) -> dict[str, str]:
        """Column name to notation, in the order of `DIMENSIONS`."""
        return {name: getattr(self, name) for name in DIMENSIONS}


@dataclass(frozen=True, slots=True)
class Interval:
    """What a qualifier and a value imply: bounds, None where unbounded, and whether each is included."""

    low: Decimal | None
    high: Decimal | None
    low_included: bool = True
    high_included: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """One published report as a citable document (`report.csv`, one row)."""

    id: str
    title: str
    label_en: str
    label_ar: str
    publisher: str
    published: str
    language: str
    text_sha256: str
    text_length: int
    cited_as: str
    source: Source


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the report's text (`sections.csv`); `start` and `end` are code points, end exclusive."""

    id: str
    order: int
    kind: str
    number: str
    title: str
    label_en: str
    label_ar: str
    parent: str
    start: int
    end: int
    source: Source


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open time span (`periods.csv`).

    `begin` is the first year, month or day included, `end` the first one excluded, both in ISO 8601 with the
    precision the report gives, or empty where `open_begin` / `open_end` says why (see the table's schema).
    """

    id: str
    begin: str
    end: str
    open_begin: str
    open_end: str
    begin_instrument: str
    end_instrument: str
    label_en: str
    label_ar: str
    note: str
    note_ar: str
    source: Source


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity that the report states (`figures.csv`): what is counted, not yet how many."""

    id: str
    dimensions: Dimensions
    basis: str
    share_of: str
    denominator: str
    label_en: str
    label_ar: str
    caveat: str
    caveat_ar: str
    coding_note: str
    coding_note_ar: str
    source: Source


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a figure is stated (`mentions.csv`), with its own value, qualifier and wording.

    `printed` is the number as printed (``14,391``, ``15.2 million``, ``91.36 percent``, ``hundreds``); `value`
    is None and `magnitude` set where it is a vague word. `overrides` holds the dimensions that this mention
    states otherwise than its figure, by column name.
    """

    id: str
    figure: str
    section: str
    part: str
    start: int
    end: int
    quote: str
    printed: str
    value: Decimal | None
    magnitude: str
    qualifier: str
    overrides: Mapping[str, str]
    note: str
    note_ar: str
    source: Source


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total and its components (`breakdowns.csv`, `components.csv`); kind is partition, subset or nested."""

    id: str
    kind: str
    total: str
    dimension: str
    components: tuple[str, ...]
    label_en: str
    label_ar: str
    note: str
    note_ar: str
    source: Source


@dataclass(frozen=True, slots=True)
class Slice:
    """A chart or list of the report (`slices.csv`, `slice-figures.csv`) with the figures it shows.

    `varies` is the dimension along which it breaks them down, whatever of it the text prints.
    """

    id: str
    kind: str
    section: str
    varies: str
    figures: tuple[str, ...]
    label_en: str
    label_ar: str
    source: Source


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the report says without a number (`findings.csv`)."""

    id: str
    violation_type: str
    perpetrator: str
    victim_group: str
    weapon: str
    place: str
    period: str
    attribution: str
    status: str
    label_en: str
    label_ar: str
    note: str
    note_ar: str
    source: Source


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event of the report's chronology (`events.csv`); `date` is ISO 8601 of the printed precision."""

    id: str
    kind: str
    date: str
    end_date: str
    party: str
    weapon: str
    place: str
    instrument: str
    label_en: str
    label_ar: str
    note: str
    note_ar: str
    source: Source


@dataclass(frozen=True, slots=True)
class Instrument:
    """A legal instrument the report invokes (`instruments.csv`)."""

    id: str
    kind: str
    number: str
    date: str
    label_en: str
    label_ar: str
    source: Source


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation in our own short words (`recommendations.csv`, `addressees.csv`)."""

    id: str
    order: int
    addressees: tuple[str, ...]
    label_en: str
    label_ar: str
    source: Source


@dataclass(frozen=True, slots=True)
class Relation:
    """What the report says of two parties (`relations.csv`): backed by, joint patrols, mainly consists of …"""

    id: str
    party: str
    relation: str
    other_party: str
    label_en: str
    label_ar: str
    source: Source


@dataclass(frozen=True, slots=True)
class Passage:
    """The place in the text that states a finding, event, instrument, recommendation or relation (`passages.csv`)."""

    id: str
    about_kind: str
    about: str
    section: str
    part: str
    start: int
    end: int
    quote: str
    source: Source


@dataclass(frozen=True, slots=True)
class OtherNumber:
    """A number in the text that is no figure (`numbers.csv`), with its kind and the reason."""

    id: str
    start: int
    end: int
    quote: str
    kind: str
    about_kind: str
    about: str
    reason: str
    source: Source


@dataclass(frozen=True, slots=True)
class ReportTables:
    """Everything in one report folder."""

    folder: str
    report: Report
    sections: tuple[Section, ...]
    periods: tuple[Period, ...]
    figures: tuple[Figure, ...]
    mentions: tuple[Mention, ...]
    breakdowns: tuple[Breakdown, ...]
    slices: tuple[Slice, ...]
    findings: tuple[Finding, ...]
    events: tuple[Event, ...]
    instruments: tuple[Instrument, ...]
    recommendations: tuple[Recommendation, ...]
    relations: tuple[Relation, ...]
    passages: tuple[Passage, ...]
    other_numbers: tuple[OtherNumber, ...]


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure with the value it carries: that of its principal mention (see `figure.principal_mention`)."""

    figure: Figure
    report: str
    iri: str
    data_set: str
    unit: str
    principal: Mention
    value: Decimal | None
    qualifier: str
    rounding_unit: Decimal | None
    interval: Interval
    mentions: tuple[Mention, ...]

    @property
    def dimensions(self) -> Dimensions:
        """The seven dimensions."""
        return self.figure.dimensions


@dataclass(frozen=True, slots=True)
class DerivedFigure:
    """What a rule computed from other figures; never what the report states."""

    id: str
    report: str
    iri: str
    data_set: str
    dimensions: Dimensions
    period: Period | None
    unit: str
    value: Decimal | None
    interval: Interval | None
    rule: str
    inputs: tuple[str, ...]
    presumes_en: str
    presumes_ar: str
    formula: str
    label_en: str
    label_ar: str


@dataclass(frozen=True, slots=True)
class Check:
    """The answer to one consistency question; `involved` are IRIs of figures, mentions or derived figures."""

    id: str
    report: str
    iri: str
    rule: str
    about: str
    involved: tuple[str, ...]
    verdict: str
    expected: Decimal | None
    found: Decimal | None
    residual: Decimal | None
    arithmetic: str
    label_en: str
    label_ar: str
