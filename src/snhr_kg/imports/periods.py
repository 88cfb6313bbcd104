"""Periods of imported figures: codes of our own list, each described once, with the same id for the same span.

A period's begin is included and its end is not, as in the periods of reports.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as calendar_day
from datetime import timedelta
from functools import lru_cache
from typing import Final

from snhr_kg import names
from snhr_kg.dates import instant_property
from snhr_kg.imports.lines import LineWriter, about, date, iri, literal

_MONTHS: Final = (
    ("January", "كانون الثاني/يناير"),
    ("February", "شباط/فبراير"),
    ("March", "آذار/مارس"),
    ("April", "نيسان/أبريل"),
    ("May", "أيار/مايو"),
    ("June", "حزيران/يونيو"),
    ("July", "تموز/يوليو"),
    ("August", "آب/أغسطس"),
    ("September", "أيلول/سبتمبر"),
    ("October", "تشرين الأول/أكتوبر"),
    ("November", "تشرين الثاني/نوفمبر"),
    ("December", "كانون الأول/ديسمبر"),
)
"""English and Arabic names, the Arabic ones as the periods of `data/2020-03-15/periods.csv` write them."""

_REMEMBERED: Final = 4096


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A period: `id` is its notation, `begin` is included, `end` is not; each a year, a month or a day."""

    id: str
    begin: str
    end: str
    label_en: str
    label_ar: str

    @property
    def iri(self) -> str:
        """Its IRI, in our code list of periods."""
        return names.code("period", self.id)


@lru_cache(_REMEMBERED)
def one(at: str) -> Period:
    """The year, the month or the day that `at` writes: ``2012``, ``2012-07``, ``2012-07-18``."""
    return Period(at, at, _after(at), *_names(at))


@lru_cache(_REMEMBERED)
def end_of_day(day: str) -> Period:
    """The day at whose end a stock was counted: ``end_of_day("2019-12-31").id`` is ``at-2019-12-31``."""
    english, arabic = _names(day)
    return Period(f"at-{day}", day, _after(day), f"At the end of {english}", f"في نهاية {arabic}")


def span(first: str, last: str) -> Period:
    """From the first to the last year, month or day, both included: ``span("2011-03", "2021-03")``."""
    begin, end = _names(first), _names(last)
    return Period(f"{first}--{last}", first, _after(last), f"{begin[0]} to {end[0]}", f"من {begin[1]} إلى {end[1]}")


class Periods:
    """The periods that an import met."""

    def __init__(self, writer: LineWriter) -> None:
        self._writer = writer
        self._met: dict[str, Period] = {}

    def line(self, period: Period) -> str:
        """The line, without its subject, that gives an observation this period; the period is described at the end."""
        self._met.setdefault(period.id, period)
        return self._writer.line("snhr:period", iri(period.iri))

    def described(self) -> Iterator[str]:
        """The description of every period met, in the order of their ids."""
        scheme = iri(names.scheme("period"))
        for _, period in sorted(self._met.items()):
            yield about(iri(period.iri), self._concept(period, scheme))
            yield about(scheme, self._writer.line("skos:hasTopConcept", iri(period.iri)))
            for side, at in (("begin", period.begin), ("end", period.end)):
                yield about(iri(names.part(period.iri, side)), self._instant(at))

    def _concept(self, period: Period, scheme: str) -> str:
        write = self._writer
        begin, end = (iri(names.part(period.iri, side)) for side in ("begin", "end"))
        return (
            write.types("snhr:Period", "skos:Concept", "time:ProperInterval")
            + write.lines(
                ("skos:inScheme", scheme),
                ("skos:topConceptOf", scheme),
                ("skos:notation", literal(period.id)),
                ("snhr:begin", date(period.begin)),
                ("snhr:end", date(period.end)),
                ("time:hasBeginning", begin),
                ("time:hasEnd", end),
            )
            + write.labels(period.label_en, period.label_ar, "skos:prefLabel")
            + write.labels(
                f"From the start of {period.begin} to before the start of {period.end}.",
                f"من مطلع {period.begin} إلى ما قبل مطلع {period.end}.",
                "skos:definition",
            )
        )

    def _instant(self, at: str) -> str:
        write = self._writer
        return (
            write.types("time:Instant")
            + write.labels(f"Start of {at}", f"مطلع {at}")
            + write.line(instant_property(at), date(at))
        )


def _after(at: str) -> str:
    """The year, month or day that follows."""
    if len(at) == 4:
        return f"{int(at) + 1:04}"
    if len(at) == 7:
        months = int(at[:4]) * 12 + int(at[5:])
        return f"{months // 12:04}-{months % 12 + 1:02}"
    return (calendar_day.fromisoformat(at) + timedelta(days=1)).isoformat()


def _names(at: str) -> tuple[str, str]:
    parts = at.split("-")
    if len(parts) == 1:
        return at, f"عام {at}"
    english, arabic = _MONTHS[int(parts[1]) - 1]
    before = f"{int(parts[2])} " if len(parts) == 3 else ""
    return f"{before}{english} {parts[0]}", f"{before}{arabic} {parts[0]}"
