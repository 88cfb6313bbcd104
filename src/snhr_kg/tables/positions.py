"""Checks the positions of a report's rows: inside the text, inside their section, and on the words they quote."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping

from snhr_kg.errors import Fault
from snhr_kg.tables.lookalikes import plain
from snhr_kg.tables.rows import Row, Table

QUOTING_TABLES = ("mentions", "passages", "numbers")
LONGEST_QUOTE = 9
"""Most words a quote may have: the report's sentences are not ours."""


def position_faults(tables: Mapping[str, Table], text: str | None) -> Iterator[Fault]:
    """What is wrong with positions and quotes; quotes are compared with the text where it is given."""
    report = next(iter(tables["report"].rows), None)
    length: int | None = report.values.get("text_length") if report else None
    if text is not None and report is not None:
        yield from _other_text(report, text)
    sections = tables["sections"].by("id")
    for section in tables["sections"].rows:
        yield from _span_faults(section, length)
        yield from _outside(section, "parent", sections)
    inside: dict[str, list[Row]] = defaultdict(list)
    for section in tables["sections"].rows:
        inside[section.text("parent")].append(section)
    for name in QUOTING_TABLES:
        for row in tables[name].rows:
            yield from _span_faults(row, length)
            yield from _quote_faults(row, text)
            yield from _outside(row, "section", sections)
            yield from _deeper(row, sections, inside)


def _other_text(report: Row, text: str) -> Iterator[Fault]:
    found = hashlib.sha256(text.encode()).hexdigest()
    if report.has("text_sha256") and report.text("text_sha256") != found:
        problem = f"the text given has SHA-256 {found}"
        yield report.fault("text_sha256", problem, "give the text that the positions were taken from")
    if report.has("text_length") and report.values["text_length"] != len(text):
        yield report.fault("text_length", f"the text given has {len(text)} characters", f"write {len(text)}")


def _span_faults(row: Row, length: int | None) -> Iterator[Fault]:
    start, end = row.values.get("start"), row.values.get("end")
    if length is not None and end is not None and end > length:
        yield row.fault("end", f"{end} is behind the end of the text ({length} characters)", "write the place again")
    if start is not None and end is not None and start >= end:
        yield row.fault("end", f"{end} is not behind start {start}", "write the position just after the last character")


def _quote_faults(row: Row, text: str | None) -> Iterator[Fault]:
    quote = row.text("quote")
    if not quote:
        return
    words = len(quote.split())
    if words > LONGEST_QUOTE:
        yield row.fault("quote", f"has {words} words", f"quote {LONGEST_QUOTE} words at most")
    if not row.has("start", "end") or row.values["start"] >= row.values["end"]:
        return
    start, end = row.values["start"], row.values["end"]
    if end - start != len(quote):
        problem = f"has {len(quote)} characters, but start {start} and end {end} span {end - start}"
        yield row.fault("quote", problem, f"write end {start + len(quote)}, or the words that stand there")
    elif text is not None and text[start:end] != quote:
        yield row.fault("quote", f"{quote!r} does not stand at {start} to {end}", _where(quote, text, start))


def _where(quote: str, text: str, start: int) -> str:
    there = text[start : start + len(quote)]
    if plain(there) == plain(quote):
        return f"write the text's own characters, {there!r}"
    places = [place for place in (text.rfind(quote, 0, start + len(quote)), text.find(quote, start)) if place >= 0]
    if not places:
        return f"write the words that stand there, {there!r}"
    nearest = min(places, key=lambda place: abs(place - start))
    return f"write start {nearest} and end {nearest + len(quote)}"


def _outside(row: Row, column: str, sections: Mapping[str, Row]) -> Iterator[Fault]:
    around = sections.get(row.text(column))
    if around is None or not row.has("start", "end") or not around.has("start", "end"):
        return
    low, high = around.values["start"], around.values["end"]
    if row.values["start"] < low or row.values["end"] > high:
        place = f"{row.values['start']} to {row.values['end']}"
        problem = f"{row.text(column)!r} spans {low} to {high}, which does not hold {place}"
        yield row.fault(column, problem, _section_of(row, sections))


def _deeper(row: Row, sections: Mapping[str, Row], inside: Mapping[str, list[Row]]) -> Iterator[Fault]:
    named = row.text("section")
    if named and row.has("start", "end") and any(_holds(child, row) for child in inside.get(named, ())):
        problem = f"{named!r} is not the innermost section around {row.values['start']} to {row.values['end']}"
        yield row.fault("section", problem, _section_of(row, sections))


def _holds(section: Row, row: Row) -> bool:
    return (
        section.has("start", "end")
        and bool(section.values["start"] <= row.values["start"])
        and bool(row.values["end"] <= section.values["end"])
    )


def _section_of(row: Row, sections: Mapping[str, Row]) -> str:
    """The remedy: the innermost section that does hold the row."""
    holding = [
        section for section in sections.values() if section.text("id") != row.text("id") and _holds(section, row)
    ]
    if not holding:
        return "write the section that holds it, or other positions"
    innermost = min(holding, key=lambda section: section.values["end"] - section.values["start"])
    return f"write {innermost.text('id')!r}, or other positions"
