"""The figures as addresses: ``/api/figures?…`` with every dimension as a filter, and ``/api/figures/<id>``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from flask import Blueprint, Response, url_for

from snhr_kg.errors import BadParameter, UnknownCode, UnknownResource
from snhr_kg.questions import figures as asking
from snhr_kg.questions import one_figure
from snhr_kg.questions.figures import CODED, COLUMNS, DERIVED, PARAMETERS, PARTS, SORTS, Wanted
from snhr_kg.questions.given import TRUTH, Given, check_names, find_figure, read_given, single
from snhr_kg.questions.known import Known
from snhr_kg.questions.rows import Value, csv_text, json_bytes
from snhr_kg.web.api_desk import (
    CSV,
    FIGURE_FORMATS,
    FIGURE_LIST_FORMATS,
    JSON,
    TURTLE,
    Arguments,
    Desk,
    address,
    chosen_format,
    format_links,
    read_arguments,
)
from snhr_kg.web.deliver import deliver

MOST: Final = 1000
"""The most figures of one page."""

MOST_OFFSET: Final = 1_000_000_000
TEXT: Final = re.compile(r"[^\\\x00-\x1f\x7f]{1,200}")
"""What ``q`` may hold: no backslash, no control character (no label has either), which a query would read anew."""

NAMES: Final = (
    *(parameter.name for parameter in PARAMETERS),
    *("derived", "inside", "parts", "q", "sort", "limit", "offset", "format"),
)


def add_routes(routes: Blueprint, desk: Desk) -> None:
    """Add ``figures`` and ``figures/<id>`` to the routes below ``/api/``."""

    @routes.get("/figures")
    def figures() -> Response:
        return _list(desk)

    @routes.get("/figures/<path:identifier>")
    def figure(identifier: str) -> Response:
        return _one(desk, identifier)


def _list(desk: Desk) -> Response:
    arguments = read_arguments()
    check_names(arguments, NAMES, "/api/figures")
    media_type = chosen_format(arguments, FIGURE_LIST_FORMATS)
    version = desk.engine.version
    known = desk.known
    widened = single(arguments, "inside", TRUTH, "false") == "true"
    given = read_given(arguments, PARAMETERS, known, desk.select, widened)
    wanted = _wanted(arguments, given)
    (counted,) = desk.select(asking.count_query(wanted))
    fitting, parts = int(str(counted["fitting"])), int(str(counted["parts"]))
    total = fitting if wanted.parts == "include" else fitting - parts
    links = _page_links(arguments, wanted, total)
    if media_type == TURTLE:
        body = desk.ask(asking.graph_query(wanted), TURTLE).body
    else:
        rows = _rows(desk, known, wanted)
        left_out = fitting - total
        described = _described(rows, wanted, given, arguments, total, left_out, links)
        body = csv_text(COLUMNS, rows).encode() if media_type == CSV else json_bytes(described)
    response = deliver(body, media_type, version)
    response.headers["Link"] = ", ".join(f'<{target}>; rel="{relation}"' for relation, target in links.items())
    response.headers["Total-Count"] = str(total)
    response.headers["Parts-Left-Out"] = str(fitting - total)
    return response


def _one(desk: Desk, identifier: str) -> Response:
    arguments = read_arguments()
    check_names(arguments, ("format",), "a figure")
    media_type = chosen_format(arguments, FIGURE_FORMATS)
    version = desk.engine.version
    known = desk.known
    try:
        iri = find_figure("any-figure", identifier, known, desk.select)[0]
    except UnknownCode as error:
        raise UnknownResource(str(error)) from error
    if media_type == TURTLE:
        return deliver(desk.ask(one_figure.figure_graph_query(iri), TURTLE).body, TURTLE, version)
    wanted = Wanted({"figure": (iri,)}, derived="include", parts="include")
    (figure,) = _rows(desk, known, wanted)
    body = json_bytes({**figure, **_beside(desk, known, iri), "links": _figure_links(arguments)})
    return deliver(body, JSON, version)


def _wanted(arguments: Arguments, given: Given) -> Wanted:
    """What the parameters ask for; raises `BadParameter`."""
    text = _only(arguments, "q")
    if text is not None and not TEXT.fullmatch(text):
        raise BadParameter("q takes 1 to 200 characters, none of them a backslash or a control character")
    return Wanted(
        values=given.values,
        text=text or "",
        derived=single(arguments, "derived", DERIVED, "false"),
        parts=single(arguments, "parts", PARTS, "false"),
        sort=single(arguments, "sort", tuple(SORTS), "id"),
        limit=_whole_number(arguments, "limit", 1, MOST, 100),
        offset=_whole_number(arguments, "offset", 0, MOST_OFFSET, 0),
    )


def _only(arguments: Arguments, name: str) -> str | None:
    values = arguments.get(name, [])
    if len(values) > 1:
        raise BadParameter(f"{name} is given {len(values)} times; it takes one value")
    return values[0] if values else None


def _whole_number(arguments: Arguments, name: str, least: int, most: int, default: int) -> int:
    text = _only(arguments, name)
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,10}", text) or not least <= int(text) <= most:
        raise BadParameter(f"{name} is {text[:100]!r}; it takes a whole number from {least} to {most:,}")
    return int(text)


def _rows(desk: Desk, known: Known, wanted: Wanted) -> list[dict[str, Any]]:
    """The figures of the page, each with the totals that it is part of."""
    part_of: dict[Value, list[str]] = {}
    for row in desk.select(asking.totals_query(wanted)):
        part_of.setdefault(row["figure"], []).append(_local(row["total"]))
    return [_figure(row, part_of.get(row["figure"], []), known) for row in desk.select(asking.page_query(wanted))]


def _figure(row: Mapping[str, Value], part_of: list[str], known: Known) -> dict[str, Any]:
    iri = str(row["figure"])
    made: dict[str, Any] = {
        "id": _local(iri),
        "iri": iri,
        "report": _local(row["report"]),
        "derived": str(row["kind"]).endswith("DerivedFigure"),
        "part_of": part_of,
        **{name: known.notation(str(row[name])) for name in CODED},
    }
    return {name: made[name] if name in made else row[name] for name in COLUMNS}


def _described(
    rows: list[dict[str, Any]],
    wanted: Wanted,
    given: Given,
    arguments: Arguments,
    total: int,
    left_out: int,
    links: Mapping[str, str],
) -> dict[str, Any]:
    """The answer in JSON."""
    more = {"self": address("api.figures", arguments)}
    if left_out:
        more["parts"] = address("api.figures", arguments, ("offset",), parts="include")
    if given.can_widen and "inside" not in arguments:
        more["inside"] = address("api.figures", arguments, ("offset",), inside="true")
    return {
        "total": total,
        "count": len(rows),
        "limit": wanted.limit,
        "offset": wanted.offset,
        "parts_left_out": left_out,
        "note": _note(left_out, total, wanted),
        "parameters": {name: list(values) for name, values in arguments.items()},
        "figures": rows,
        "links": {**more, **links, **format_links("api.figures", arguments, FIGURE_LIST_FORMATS)},
    }


def _note(left_out: int, total: int, wanted: Wanted) -> str:
    """How these figures may be read together."""
    parts = "1 part of a figure that fits is" if left_out == 1 else f"{left_out} parts of figures that fit are"
    told = [f"{parts} left out; parts=include brings them."] if left_out and wanted.parts == "false" else []
    if wanted.parts == "include":
        told.append("Totals and their parts stand side by side: never add a figure to one that its part_of names.")
    if total > 1:
        told.append(
            "A list, not a sum: figures that are not known to be parts of one another may still overlap "
            "(females and children, deaths by different means)."
        )
    return " ".join(told) or "No figure is left out."


def _page_links(arguments: Arguments, wanted: Wanted, total: int) -> dict[str, str]:
    """The first, previous, next and last page, where there are such."""
    last = max(0, (total - 1) // wanted.limit * wanted.limit)
    offsets = {"first": 0, "last": last}
    if wanted.offset > 0:
        offsets["prev"] = max(0, min(wanted.offset - wanted.limit, last))
    if wanted.offset + wanted.limit < total:
        offsets["next"] = wanted.offset + wanted.limit
    return {relation: address("api.figures", arguments, offset=offset) for relation, offset in offsets.items()}


def _beside(desk: Desk, known: Known, iri: str) -> dict[str, Any]:
    """What stands behind and beside one figure."""
    mentions = _short(
        desk.select(one_figure.mentions_query(iri)), known, ("mention", "section", "text_part", "qualifier")
    )
    related: dict[str, list[dict[str, Any]]] = {}
    for row in desk.select(one_figure.relations_query(iri)):
        entry = {"id": _local(known.notation(str(row["figure"]))), "label": row["label"], "value": row["value"]}
        related.setdefault(str(row["relation"]), []).append(entry)
    return {
        "mentions": mentions,
        "related": related,
        "breakdowns": _short(desk.select(one_figure.breakdowns_query(iri)), known, ("breakdown",)),
        "checks": _short(desk.select(one_figure.checks_query(iri)), known, ("check", "rule", "verdict")),
        "derivation": _short(desk.select(one_figure.derivation_query(iri)), known, ("rule",)),
    }


def _short(rows: Iterable[Mapping[str, Value]], known: Known, columns: Sequence[str]) -> list[dict[str, Any]]:
    """The rows with the IRIs of these columns by their short names."""
    return [
        {
            name: _local(known.notation(str(value))) if name in columns and value else value
            for name, value in row.items()
        }
        for row in rows
    ]


def _figure_links(arguments: Arguments) -> dict[str, str]:
    return {
        "self": address("api.figure", arguments),
        **format_links("api.figure", arguments, FIGURE_FORMATS),
        "figures": url_for("api.figures"),
    }


def _local(iri: object) -> str:
    return str(iri).rpartition("/")[2]
