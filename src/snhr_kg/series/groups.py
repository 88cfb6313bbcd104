"""What breakdowns and series say wrongly of the figures that they hold together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Final

from snhr_kg.errors import Fault
from snhr_kg.records import DIMENSIONS
from snhr_kg.series.records import publication_of
from snhr_kg.tables.rows import Row, Table

REPORT_FIGURE: Final = re.compile(r"(\d{4}-\d{2}-\d{2})/([a-z0-9-]+)")
"""How a member that is a figure of a report is written: the report, a slash, its id."""

_NEVER: Final = "9999"


def breakdown_faults(tables: Mapping[str, Table]) -> Iterator[Fault]:
    """Breakdowns without parts, with parts of another kind than the total, or whose rest is not what is left."""
    figures, values = tables["figures"].by("id"), carried_values(tables["readings"])
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in tables["components"].rows:
        parts[row.text("breakdown")].append(row)
    for row in tables["breakdowns"].rows:
        total = figures.get(row.text("total"))
        if total is None or not row.has("id", "kind", "dimension", "rest") or not tables["components"].complete:
            continue
        if not parts[row.text("id")]:
            yield row.fault("id", "has no parts", "add them to components.csv")
        for part in parts[row.text("id")]:
            yield from _part(part, total, row.text("dimension"), figures)
        yield from _rest(row, [part.text("figure") for part in parts[row.text("id")]], values)


def series_faults(tables: Mapping[str, Table]) -> Iterator[Fault]:
    """Series with members that do not belong together or are out of order, and breaks that are in no series."""
    members: dict[str, list[Row]] = defaultdict(list)
    for row in tables["series-figures"].rows:
        members[row.text("series")].append(row)
    ends = {row.text("id"): row.text("end") for row in tables["periods"].rows}
    figures, publications = tables["figures"].by("id"), tables["publications"].by("id")
    for row in tables["series"].rows:
        if len(members[row.text("id")]) < 2 and tables["series-figures"].complete:
            yield row.fault("id", "has fewer than two members", "add them to series-figures.csv, or take it out")
        for member in members[row.text("id")]:
            yield from _member(member, row, figures, publications)
        yield from _order(members[row.text("id")], figures, ends)
    for row in tables["series-breaks"].rows:
        steps = set(pairwise(member.text("figure") for member in members[row.text("series")]))
        if row.has("series", "before", "after") and (row.text("before"), row.text("after")) not in steps:
            remedy = "write two members that follow one another in series-figures.csv"
            yield row.fault("after", f"does not follow {row.text('before')!r} in the series", remedy)


def is_share(figure: Row) -> bool:
    """Whether a row of `figures.csv` is a share in percent."""
    return bool(figure.text("share_of") or figure.text("denominator"))


def carried_values(readings: Table) -> dict[str, Decimal]:
    """The value that each figure carries: that of the best grade, of equal grades the first."""
    best: dict[str, tuple[str, Decimal]] = {}
    for row in readings.rows:
        figure, grade = row.text("figure"), row.text("grade")
        if row.values.get("value") is not None and grade and (figure not in best or grade < best[figure][0]):
            best[figure] = (grade, row.values["value"])
    return {figure: value for figure, (_, value) in best.items()}


def _part(row: Row, total: Row, dimension: str, figures: Mapping[str, Row]) -> Iterator[Fault]:
    part = figures.get(row.text("figure"))
    if part is None:
        return
    if part is total:
        yield row.fault("figure", "is the total itself", "write a part")
    elif publication_of(part.text("id")) != publication_of(total.text("id")):
        yield row.fault("figure", "is of another publication than the total", "write a figure of the same")
    # What is done with a weapon, or without one, changes with the violation.
    free = {dimension, "weapon"} if dimension == "violation_type" else {dimension}
    for name in DIMENSIONS:
        if name not in free and part.has(name) and total.has(name) and part.text(name) != total.text(name):
            problem = f"has {name} {part.text(name)}, the total {total.text(name)}"
            yield row.fault("figure", problem, f"let parts differ from their total in {dimension} only")


def _rest(row: Row, parts: list[str], values: Mapping[str, Decimal]) -> Iterator[Fault]:
    stated = row.values["rest"]
    if row.text("kind") == "subset":
        if stated is not None:
            yield row.fault("rest", "is of a subset, whose parts need not add up", "leave it empty")
        return
    if not all(figure in values for figure in (row.text("total"), *parts)):
        return
    rest = values[row.text("total")] - sum(values[part] for part in parts)
    if stated is None or stated != rest:
        problem = f"is {'empty' if stated is None else stated}, and the total less the parts is {rest}"
        yield row.fault("rest", problem, f"write {rest}, or correct a value")


def _member(row: Row, series: Row, figures: Mapping[str, Row], publications: Mapping[str, Row]) -> Iterator[Fault]:
    text = row.text("figure")
    figure = figures.get(text)
    if figure is None:
        if text and not REPORT_FIGURE.fullmatch(text):
            yield row.fault("figure", f"{text!r} is no id of figures.csv", "write one that is there, or a report's")
        return
    publication = publications.get(publication_of(text))
    if publication is not None and publication.text("publisher") != series.text("publisher"):
        yield row.fault("figure", "is of another publisher than the series", "keep a series to one publisher")
    if is_share(figure):
        yield row.fault("figure", "is a share", "make series of counts")
    for name in DIMENSIONS:
        fixed = series.text(name)
        if fixed and figure.text(name) != fixed:
            remedy = f"leave {name} of the series empty, or take the member out"
            yield row.fault("figure", f"has {name} {figure.text(name)}, the series {fixed}", remedy)


def _order(members: list[Row], figures: Mapping[str, Row], ends: Mapping[str, str]) -> Iterator[Fault]:
    latest = ""
    for row in members:
        figure = figures.get(row.text("figure"))
        if figure is None:
            continue
        end = ends.get(figure.text("period")) or _NEVER
        if end < latest:
            yield row.fault("figure", f"ends before {latest}, as a member above it does", "put them in order of time")
        latest = max(latest, end)
