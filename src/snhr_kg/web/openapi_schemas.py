"""The parts of the OpenAPI document that its operations share: lists of values, the figure, the problems."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from snhr_kg.errors import QueryStopped
from snhr_kg.questions.figures import CODED, COLUMNS
from snhr_kg.questions.given import FIGURE_TYPES, MOST_LISTED, figure_ids
from snhr_kg.questions.known import Known, Select
from snhr_kg.web.problems import MEDIA_TYPE as PROBLEM

Document: TypeAlias = dict[str, Any]

TEXT: Final = {"type": "string"}

STATUSES: Final = {
    "400": "A parameter or a value that is not known, or that is empty: the detail names the nearest known ones.",
    "404": "There is nothing at this address.",
    "405": "Only GET, HEAD and OPTIONS are answered.",
    "406": "The Accept header accepts none of the formats.",
    "414": "The parameters are too long.",
    "429": "Too many queries of one client at once; Retry-After says when to ask again.",
    "500": "A failure of the server's own.",
    "502": "The store behind cannot be reached.",
    "503": "A limit stopped the query, or it was not begun: the problem names the limit and says what to do.",
    "504": "The store behind answered too late.",
}
"""What each status means that is no success."""


def problem_responses() -> Document:
    """The response to each status that is no success, as a problem document or as a page."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {
            "description": description,
            "content": {PROBLEM: {"schema": schema}, "text/html": {"schema": TEXT}},
        }
        for status, description in STATUSES.items()
    }


def problem_schema() -> Document:
    """A problem document."""
    return {
        "type": "object",
        "description": "A problem document (RFC 9457).",
        "required": ["type", "title", "status", "detail"],
        "properties": {"type": TEXT, "title": TEXT, "status": {"type": "integer"}, "detail": TEXT},
        "examples": [
            {
                "type": "https://w3id.org/snhr-kg/problem/unknown-code",
                "title": "There is no such code",
                "status": 400,
                "detail": "'isiss' is no code of the list perpetrator; the nearest is 'isis'",
            }
        ],
    }


def figure_schema() -> Document:
    """A figure of an answer."""
    number = {"type": ["number", "null"]}
    text = {"type": ["string", "null"]}
    truth = {"type": ["boolean", "null"]}
    properties: Document = dict.fromkeys(COLUMNS, text)
    properties |= dict.fromkeys(("id", "iri", "report", *CODED), TEXT)
    properties |= {"value": number, "lower": number, "upper": number, "derived": {"type": "boolean"}}
    properties |= {"lower_included": truth, "upper_included": truth}
    totals = "Ids of the totals that the figure is part of: never add it to one of them."
    properties["part_of"] = {"type": "array", "items": TEXT, "description": totals}
    return {"type": "object", "required": list(COLUMNS), "properties": properties}


def list_schemas(known: Known) -> dict[str, Document]:
    """A schema for each code list, and for sections and reports: every value with its label."""
    lists = {}
    for name in known.types:
        items = {item.notation: item for item in known.items(name)}
        values = [
            {"const": notation, "title": item.label, "description": f"{item.label_ar}\n{item.iri}".strip()}
            for notation, item in items.items()
        ]
        lists[name] = {"type": "string", "oneOf": values}
    return lists


def figure_id_schemas(select: Select) -> dict[str, Document]:
    """The ids of figures, where they are few enough to list."""
    lists: dict[str, Document] = {}
    for name in FIGURE_TYPES:
        try:
            ids = figure_ids(name, select)
        except QueryStopped:
            ids = ()
        lists[name] = {"type": "string", "description": "The id of a figure."}
        if 0 < len(ids) < MOST_LISTED:
            lists[name]["enum"] = list(ids)
    return lists
