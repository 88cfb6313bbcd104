"""The chronology of the report, and the periods of its figures, on one line of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from snhr_kg import names
from snhr_kg.dates import first_day
from snhr_kg.holding import Holding
from snhr_kg.site import chronology
from snhr_kg.site.anchor import words_of
from snhr_kg.site.chronology import YEARS, Bar
from snhr_kg.site.codes import figures_of, in_order, is_mark, says_something
from snhr_kg.site.formats import day
from snhr_kg.site.steady import steady
from snhr_kg.site.visit import Visit

RESOLUTION: Final = names.code("instrument-kind", "security-council-resolution")
FIRST_USE: Final = names.code("event-kind", "first-documented-use")


@dataclass(frozen=True, slots=True)
class Event:
    """An entry of the chronology; `kind` is "resolution" or "first-use" where it is one, and empty otherwise."""

    iri: str
    date: str
    until: str
    kind: str
    about: tuple[str, ...]
    bar: Bar


@dataclass(frozen=True, slots=True)
class Span:
    """A period of figures, as the report states it."""

    iri: str
    bar: Bar
    figures: int


@dataclass(frozen=True, slots=True)
class Line:
    """The line of time that bars are drawn on: its years, and where resolutions cross it."""

    years: tuple[int, ...]
    marks: tuple[float, ...]
    width: int = chronology.WIDTH
    year_width: int = chronology.WIDTH // len(YEARS)


@steady
def timeline(visit: Visit) -> str:
    """The page of the chronology and the periods."""
    holding = visit.holding
    spans = [_span(visit, one) for one in periods(visit)]
    return visit.render(
        "timeline.html",
        line=line(visit),
        events=chronicle(visit),
        spans=[one for one in spans if one.bar.dated],
        undated=[one for one in spans if not one.bar.dated],
        resolutions=undated_resolutions(holding),
        words=date_words,
        **words_of(visit),
    )


def line(visit: Visit) -> Line:
    """The line of time in the direction of the page's language."""
    dated = [instrument for instrument in resolutions(visit.holding) if visit.holding.value(instrument, "dcterms:date")]
    marks = [chronology.position(first_day(visit.holding.value(one, "dcterms:date") or "")) for one in dated]
    return Line(YEARS, tuple(_turned(visit, Bar(one, one)).start for one in marks))


def chronicle(visit: Visit) -> list[Event]:
    """The events in order of their dates; one that is dated to the year stands before those of its months."""
    holding = visit.holding
    found = [_event(visit, one) for one in holding.instances("snhr:Event")]
    return sorted(found, key=lambda one: (first_day(one.date), len(one.date), one.iri))


def periods(visit: Visit) -> list[str]:
    """The periods of the list, without the codes for none, in order of begin and end."""
    return in_order(visit, [one for one in _codes(visit.holding) if not is_mark(visit.holding, one)])


def bar_of(visit: Visit, period: str) -> Bar:
    """The bar of a period in the direction of the page's language."""
    return _turned(visit, chronology.bar_of(visit.holding, period))


def date_words(event: Event) -> str:
    """The date of an event in words, both ends where it has two."""
    return f"{day(event.date)} – {day(event.until)}" if event.until else day(event.date)


def resolutions(holding: Holding) -> list[str]:
    """The resolutions of the Security Council that the report names."""
    return holding.subjects("snhr:instrumentKind", RESOLUTION)


def undated_resolutions(holding: Holding) -> list[str]:
    """Those of which the report gives no date."""
    return [one for one in resolutions(holding) if not holding.value(one, "dcterms:date")]


def _codes(holding: Holding) -> list[str]:
    return holding.subjects("skos:inScheme", names.scheme("period"))


def _span(visit: Visit, period: str) -> Span:
    return Span(period, bar_of(visit, period), len(figures_of(visit.holding, period)))


def _event(visit: Visit, iri: str) -> Event:
    holding = visit.holding
    date, until = holding.value(iri, "snhr:date") or "", holding.value(iri, "snhr:endDate") or ""
    kind = "first-use" if holding.value(iri, "snhr:eventKind") == FIRST_USE else ""
    if set(holding.values(iri, "snhr:instrument")) & set(resolutions(holding)):
        kind = "resolution"
    about = [one for way in ("snhr:party", "snhr:weapon", "snhr:place") for one in holding.values(iri, way)]
    told = tuple(one for one in about if says_something(holding, one))
    return Event(iri, date, until, kind, told, _turned(visit, chronology.moment(date, until or None)))


def _turned(visit: Visit, bar: Bar) -> Bar:
    """Time runs as the page is read: from right to left in Arabic."""
    return bar.mirrored() if visit.language == "ar" else bar
