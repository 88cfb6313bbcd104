"""Checks what the rows of a report must say to one another: dates, values, references, keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from snhr_kg.dates import first_day
from snhr_kg.errors import Fault
from snhr_kg.tables.rows import KnownIds, Row, Table
from snhr_kg.text.numbers import NumberToken, find_numbers

DATES = {
    "periods": ("begin", "end"),
    "events": ("date", "end_date"),
    "instruments": ("date",),
    "report": ("published",),
}
TABLE_OF = {
    "event": "events",
    "finding": "findings",
    "instrument": "instruments",
    "period": "periods",
    "recommendation": "recommendations",
    "relation": "relations",
    "section": "sections",
}
"""The table that each `about_kind` names."""

NEED_A_PASSAGE = ("event", "finding", "instrument", "recommendation", "relation")
"""What must have its place in the text; sections have positions of their own, periods those of their figures."""

REMARKS = ("note", "caveat", "coding_note")
"""Columns that may be empty, but stand in both languages where they are not: the second ends in ``_ar``."""

VAGUE = "order-of-magnitude"
_FURTHER = re.compile("(-[1-9][0-9]*)?")


def agreement_faults(tables: Mapping[str, Table], folder_name: str) -> Iterator[Fault]:
    """What single rows say wrongly by themselves, or of rows they name; figures and breakdowns have their own rules."""
    yield from _one_report(tables["report"], folder_name)
    for name, columns in DATES.items():
        for row in tables[name].rows:
            yield from _calendar(row, columns)
    for table in tables.values():
        for row in table.rows:
            yield from _both_languages(row)
    for row in tables["periods"].rows:
        yield from _period(row)
    for row in tables["events"].rows:
        yield from _order(row, "date", "end_date", may_be_equal=True)
    for row in tables["mentions"].rows:
        yield from _mention_id(row)
        yield from _vagueness(row)
        yield from _printed(row)
    for name in ("passages", "numbers"):
        yield from _about(tables[name], tables)
    for kind in NEED_A_PASSAGE:
        yield from _without_passage(kind, tables[TABLE_OF[kind]], tables["passages"])
    yield from _without_parts(tables["recommendations"], tables["addressees"], "recommendation", "addressee")
    yield from _without_parts(tables["slices"], tables["slice-figures"], "slice", "figure")


def _one_report(table: Table, folder_name: str) -> Iterator[Fault]:
    if table.complete and not table.rows:
        yield Fault(table.file, 2, "row", "is missing", "describe the report in one row")
    for row in table.rows[1:]:
        yield row.fault("row", "is a second report", "keep one row; each report has a folder of its own")
    for row in table.rows[:1]:
        if row.text("id") and row.text("id") != folder_name:
            problem = f"{row.text('id')!r} is not the name of the folder"
            yield row.fault("id", problem, f"write {folder_name!r}, or rename the folder")


def _both_languages(row: Row) -> Iterator[Fault]:
    for column in REMARKS:
        arabic = f"{column}_ar"
        if row.has(column, arabic) and bool(row.text(column)) != bool(row.text(arabic)):
            missing, there = (arabic, column) if row.text(column) else (column, arabic)
            yield row.fault(missing, "is empty", f"write what {there} says in this language too, or empty both")


def _calendar(row: Row, columns: tuple[str, ...]) -> Iterator[Fault]:
    for column in columns:
        text = row.text(column)
        try:
            if text:
                first_day(text)
        except ValueError:
            del row.values[column]
            yield row.fault(column, f"{text!r} is no day of the calendar", "write a date that exists")


def _period(row: Row) -> Iterator[Fault]:
    for closed in ("begin", "end"):
        opened = f"open_{closed}"
        if not row.has(closed, opened):
            continue
        if row.text(closed) and row.text(opened):
            yield row.fault(opened, f"is filled as well as {closed}", f"keep one of {closed} and {opened}")
        if not row.text(closed) and not row.text(opened):
            problem = f"is empty, and so is {opened}"
            yield row.fault(closed, problem, f"write a date, or say in {opened} why there is none")
        if not row.text(closed) and row.text(f"{closed}_instrument"):
            yield row.fault(f"{closed}_instrument", f"is filled, but {closed} is empty", f"write its date as {closed}")
    yield from _order(row, "begin", "end", may_be_equal=False)


def _order(row: Row, first: str, last: str, *, may_be_equal: bool) -> Iterator[Fault]:
    if not row.text(first) or not row.text(last):
        return
    begin, end = first_day(row.text(first)), first_day(row.text(last))
    precision = min(len(row.text(first)), len(row.text(last)))
    if may_be_equal and row.text(first)[:precision] == row.text(last)[:precision]:
        return
    if end <= begin:
        excluded = "" if may_be_equal else " (the end is excluded)"
        problem = f"{row.text(last)} is not after {first} {row.text(first)}{excluded}"
        yield row.fault(last, problem, "write a later date" if excluded else "write a later date, or none")


def _mention_id(row: Row) -> Iterator[Fault]:
    if row.has("id", "figure", "part"):
        stem = f"{row.text('figure')}--{row.text('part')}"
        rest = row.text("id").removeprefix(stem)
        if not row.text("id").startswith(stem) or not _FURTHER.fullmatch(rest):
            problem = f"{row.text('id')!r} is not made of figure and part"
            yield row.fault("id", problem, f"write {stem!r}, with -2, -3 … for further ones")


def _vagueness(row: Row) -> Iterator[Fault]:
    """Exactly one of value and magnitude; the qualifier says which."""
    if not row.has("value", "magnitude"):
        return
    value, magnitude = row.values["value"], row.text("magnitude")
    if value is not None and magnitude:
        yield row.fault("magnitude", "is filled as well as value", "keep the value, or the magnitude of a vague word")
    elif value is None and not magnitude:
        remedy = "write the number as a plain decimal, or the magnitude of a vague word"
        yield row.fault("value", "is empty, and so is magnitude", remedy)
    elif row.has("qualifier") and (row.text("qualifier") == VAGUE) != bool(magnitude):
        if magnitude:
            yield row.fault("qualifier", f"{row.text('qualifier')!r} with a magnitude", f"write {VAGUE!r}")
        else:
            yield row.fault("qualifier", f"{VAGUE!r} with a value", "write the number's own, such as 'exact'")


def _printed(row: Row) -> Iterator[Fault]:
    """The number as printed stands in the quote, and reads as the value or magnitude."""
    printed, quote = row.text("printed"), row.text("quote")
    if not printed:
        return
    if quote and " ".join(printed.split()) not in " ".join(quote.split()):
        yield row.fault("printed", f"{printed!r} is not in the quote {quote!r}", "write the number as the quote has it")
    tokens = _numbers_in(printed)
    if len(tokens) != 1:
        how = "no number" if not tokens else f"{len(tokens)} numbers"
        yield row.fault("printed", f"{printed!r} holds {how}", "write one number as printed, with its scale word")
    elif row.has("value", "magnitude"):
        yield from _reading(row, tokens[0])


def _reading(row: Row, token: NumberToken) -> Iterator[Fault]:
    value, magnitude, printed = row.values["value"], row.text("magnitude"), row.text("printed")
    if magnitude and value is None and token.magnitude != magnitude:
        if token.magnitude is None:
            problem = f"{magnitude!r} is not what is printed: {printed!r} is no vague word"
            yield row.fault("magnitude", problem, f"empty the cell and write value {_plain(token.value)}")
        else:
            problem = f"{magnitude!r} is not what is printed: {printed!r}"
            yield row.fault("magnitude", problem, f"write {token.magnitude!r}")
    elif value is not None and not magnitude and token.value is None:
        problem = f"{value} is not what is printed: {printed!r} is a vague word"
        yield row.fault("value", problem, f"empty the cell and write magnitude {token.magnitude!r}")
    elif value is not None and token.value is not None and value != token.value:
        right = _plain(token.value)
        yield row.fault("value", f"{value} is not what is printed: {printed!r} reads as {right}", f"write {right}")


@lru_cache(maxsize=65536)
def _numbers_in(printed: str) -> tuple[NumberToken, ...]:
    return tuple(find_numbers(printed))


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _about(table: Table, tables: Mapping[str, Table]) -> Iterator[Fault]:
    known = {kind: KnownIds(tables[name], tables[name].by("id")) for kind, name in TABLE_OF.items()}
    for row in table.rows:
        if not row.has("about_kind", "about"):
            continue
        kind, about = row.text("about_kind"), row.text("about")
        if bool(kind) != bool(about):
            empty, filled = ("about", "about_kind") if kind else ("about_kind", "about")
            yield row.fault(empty, f"is empty, but {filled} is not", "fill both or neither")
        elif kind and tables[TABLE_OF[kind]].complete and about not in known[kind].ids:
            yield known[kind].missing(row, "about")


def _without_passage(kind: str, table: Table, passages: Table) -> Iterator[Fault]:
    if not passages.complete:
        return
    named = {row.text("about") for row in passages.rows if row.text("about_kind") in (kind, "")}
    for row in table.rows:
        if row.text("id") and row.text("id") not in named:
            yield row.fault("id", f"{row.text('id')!r} has no passage", "add where the text states it to passages.csv")


def _without_parts(wholes: Table, parts: Table, key: str, what: str) -> Iterator[Fault]:
    """Rows of which another table must hold at least one row."""
    if not parts.complete:
        return
    named = parts.by(key)
    for row in wholes.rows:
        if row.text("id") and row.text("id") not in named:
            remedy = f"name one or more in {parts.schema.file}"
            yield row.fault("id", f"{row.text('id')!r} has no {what}", remedy)
