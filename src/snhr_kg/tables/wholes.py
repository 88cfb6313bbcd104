"""Checks figures against one another: data sets, shares, dimensions used twice, totals and their components, slices."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from snhr_kg.dates import first_day
from snhr_kg.errors import Fault
from snhr_kg.records import DIMENSIONS
from snhr_kg.tables.rows import Row, Table

if TYPE_CHECKING:
    from snhr_kg.codes.lists import CodeLists

COUNTS, SHARES, MAGNITUDES = "counts", "shares", "magnitudes"
_PERCENT = re.compile(r"[%٪]|\bper\s?cent\b", re.IGNORECASE)
_NOT_STATED = "_U"
_LEAST_COMPONENTS = {"partition": 2, "subset": 1, "nested": 1}


def whole_faults(tables: Mapping[str, Table], codes: CodeLists) -> Iterator[Fault]:
    """What is wrong with figures as wholes and parts."""
    mentions: dict[str, list[Row]] = defaultdict(list)
    for row in tables["mentions"].rows:
        mentions[row.text("figure")].append(row)
    data_sets: dict[str, str] = {}
    for figure in tables["figures"].rows:
        own = mentions[figure.text("id")]
        if figure.text("id") and not own and tables["mentions"].complete:
            remedy = "add where the text states it to mentions.csv"
            yield figure.fault("id", f"{figure.text('id')!r} has no mention", remedy)
        if own and all(row.has("value", "magnitude", "printed") for row in own):
            data_sets[figure.text("id")] = _data_set(own)
            yield from _share_faults(figure, own, codes)
    yield from _used_twice(tables["figures"], data_sets)
    yield from _breakdown_faults(tables, codes)
    yield from _slice_faults(tables["slice-figures"], data_sets)


def _data_set(mentions: list[Row]) -> str:
    """Where a figure goes: a figure stated only in vague words is a magnitude, one printed as percent a share."""
    with_value = [row for row in mentions if not row.text("magnitude")]
    if not with_value:
        return MAGNITUDES
    return SHARES if any(_PERCENT.search(row.text("printed")) for row in with_value) else COUNTS


def _share_faults(figure: Row, mentions: list[Row], codes: CodeLists) -> Iterator[Fault]:
    """A share has exactly one of share_of and denominator, anything else has neither."""
    if not figure.has("share_of", "denominator"):
        return
    percent = [row for row in mentions if _is_percent(row, codes)]
    whole, denominator = figure.text("share_of"), figure.text("denominator")
    if percent and len(percent) < len(mentions):
        other = next(row for row in mentions if row not in percent)
        problem = f"{other.text('printed')!r} is no share, but line {percent[0].line} states the same figure as one"
        yield other.fault("printed", problem, "make it a mention of another figure")
    elif percent and whole and denominator:
        yield figure.fault("denominator", "is filled as well as share_of", "keep the one that is the whole")
    elif percent and not whole and not denominator:
        problem = f"is empty, but {percent[0].text('printed')!r} (mentions.csv, line {percent[0].line}) is a share"
        yield figure.fault("share_of", problem, "write the figure that is the whole, or say in denominator what it is")
    elif not percent:
        for column in ("share_of", "denominator"):
            if figure.text(column):
                yield figure.fault(column, "is filled, but no mention states a share", "empty the cell")
    if whole and whole == figure.text("id"):
        yield figure.fault("share_of", "is the figure itself", "write the figure that is the whole")


def _is_percent(mention: Row, codes: CodeLists) -> bool:
    code = codes.find("magnitude", mention.text("magnitude"))
    return code.unit == "percent" if code else _PERCENT.search(mention.text("printed")) is not None


def _used_twice(figures: Table, data_sets: Mapping[str, str]) -> Iterator[Fault]:
    first: dict[tuple[str, ...], Row] = {}
    for row in figures.rows:
        data_set = data_sets.get(row.text("id"))
        if data_set is None or not row.has(*DIMENSIONS):
            continue
        other = first.setdefault((data_set, *(row.text(name) for name in DIMENSIONS)), row)
        if other is not row and other.text("id") != row.text("id"):
            problem = f"has the seven dimensions of {other.text('id')!r} (line {other.line}), both in {data_set}"
            yield row.fault("id", problem, "let them differ in a dimension, or make one figure of both")


def _breakdown_faults(tables: Mapping[str, Table], codes: CodeLists) -> Iterator[Fault]:
    components: dict[str, list[Row]] = defaultdict(list)
    for row in tables["components"].rows:
        components[row.text("breakdown")].append(row)
    figures = tables["figures"].by("id")
    periods = tables["periods"].by("id")
    for breakdown in tables["breakdowns"].rows:
        own = components[breakdown.text("id")]
        least = _LEAST_COMPONENTS.get(breakdown.text("kind"), 1)
        if breakdown.text("id") and len(own) < least and tables["components"].complete:
            problem = f"{breakdown.text('id')!r} has {len(own)} component{'' if len(own) == 1 else 's'}"
            yield breakdown.fault("id", problem, f"name {least} or more in components.csv")
        for component in own:
            yield from _component_faults(component, breakdown, figures, periods, codes)
        if breakdown.text("kind") == "partition":
            yield from _same_part(own, breakdown.text("dimension"), figures)


def _component_faults(
    component: Row, breakdown: Row, figures: Mapping[str, Row], periods: Mapping[str, Row], codes: CodeLists
) -> Iterator[Fault]:
    part, total = figures.get(component.text("figure")), figures.get(breakdown.text("total"))
    dimension = breakdown.text("dimension")
    if part is None or total is None or not dimension:
        return
    if part is total:
        yield component.fault("figure", f"{part.text('id')!r} is the total itself", "name its components only")
        return
    for name in DIMENSIONS:
        ours, theirs = part.text(name), total.text(name)
        if not ours or not theirs:
            continue
        if name == dimension and ours == theirs:
            problem = f"{part.text('id')!r} has the {name} of its total, {ours!r}"
            remedy = f"write another {name} in line {part.line} of figures.csv, or another dimension of the breakdown"
            yield component.fault("figure", problem, remedy)
        elif name != dimension and ours != theirs and not _may_be_narrower(name, ours, theirs, periods, codes):
            problem = f"{part.text('id')!r} has {name} {ours!r}, its total {theirs!r}, though {dimension} varies"
            yield component.fault("figure", problem, "name a figure that agrees with the total, or correct one of them")


def _may_be_narrower(name: str, ours: str, theirs: str, periods: Mapping[str, Row], codes: CodeLists) -> bool:
    """Whether a component's place or period fits its total's: inside it, or one of them not stated."""
    if name not in ("place", "period"):
        return False
    if _NOT_STATED in (ours, theirs):
        return True
    if name == "place":
        return codes.is_inside("place", ours, theirs)
    part, total = periods.get(ours), periods.get(theirs)
    return part is not None and total is not None and _is_within(part, total)


def _is_within(part: Row, total: Row) -> bool:
    """Whether no bound that both periods state puts the part outside the total."""
    begins, ends = (part.text("begin"), total.text("begin")), (part.text("end"), total.text("end"))
    if all(begins) and first_day(begins[0]) < first_day(begins[1]):
        return False
    return not all(ends) or first_day(ends[0]) <= first_day(ends[1])


def _same_part(components: list[Row], dimension: str, figures: Mapping[str, Row]) -> Iterator[Fault]:
    first: dict[str, Row] = {}
    for component in components:
        figure = figures.get(component.text("figure"))
        code = figure.text(dimension) if figure else ""
        if not code:
            continue
        other = first.setdefault(code, component)
        if other is not component and other.text("figure") != component.text("figure"):
            before = f"{other.text('figure')!r} (line {other.line})"
            problem = f"{component.text('figure')!r} has the {dimension} of {before}, {code!r}"
            yield component.fault("figure", problem, "name parts that do not overlap, or make the breakdown a subset")


def _slice_faults(slice_figures: Table, data_sets: Mapping[str, str]) -> Iterator[Fault]:
    first: dict[str, Row] = {}
    for row in slice_figures.rows:
        data_set = data_sets.get(row.text("figure"))
        if data_set is None or not row.text("slice"):
            continue
        other = first.setdefault(row.text("slice"), row)
        before = data_sets[other.text("figure")]
        if before != data_set:
            problem = f"{row.text('figure')!r} is of {data_set}, the figure in line {other.line} of {before}"
            yield row.fault("figure", problem, "make a slice for each data set")
