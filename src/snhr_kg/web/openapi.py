"""The OpenAPI 3.1 document of everything below ``/api/``, made from the queries' headers and the graph's code lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from snhr_kg.questions.figures import DERIVED, PARTS, SORTS
from snhr_kg.questions.figures import PARAMETERS as FIGURE_PARAMETERS
from snhr_kg.questions.given import takes_inside
from snhr_kg.questions.known import Known, Select
from snhr_kg.questions.meanings import TOPICS, column
from snhr_kg.questions.read import NamedQuery
from snhr_kg.web.api_desk import (
    FIGURE_FORMATS,
    FIGURE_LIST_FORMATS,
    GRAPH_FORMATS,
    JSON,
    PAGE_FORMATS,
    ROW_FORMATS,
)
from snhr_kg.web.api_figures import MOST, MOST_OFFSET
from snhr_kg.web.openapi_parameters import (
    example_of,
    format_parameter,
    inside_parameter,
    parameter_of,
    plain_parameter,
    text_schema,
    words_parameter,
)
from snhr_kg.web.openapi_schemas import (
    STATUSES,
    TEXT,
    Document,
    figure_id_schemas,
    figure_schema,
    list_schemas,
    problem_responses,
    problem_schema,
)

_VALUE: Final = {"type": ["string", "number", "boolean", "null"]}
_WHOLE: Final = {"type": "integer", "minimum": 0}
_LINKS: Final = {"type": "object", "additionalProperties": TEXT}
_TITLES: Final = {"type": "object", "required": ["en", "ar"], "properties": {"en": TEXT, "ar": TEXT}}
_USED: Final = {"type": "object", "additionalProperties": {"type": "array", "items": TEXT}}


def openapi_document(questions: Sequence[NamedQuery], known: Known, select: Select) -> Document:
    """The document; the values of each parameter are those of the graph that is served."""
    schemas = {
        "Problem": problem_schema(),
        "Figure": figure_schema(),
        **list_schemas(known),
        **figure_id_schemas(select),
    }
    paths = {
        "/api/": {"get": _index()},
        "/api/openapi.json": {"get": _this_document()},
        "/api/figures": {"get": _figures(known, schemas)},
        "/api/figures/{id}": {"get": _one_figure(schemas)},
        **{f"/api/{question.name}": {"get": _question(question, known, schemas)} for question in questions},
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "snhr-kg: named questions and figures",
            "version": "1",
            "description": "Read-only. Every parameter that takes codes takes their notation or their full IRI, and "
            "may be repeated: any of the values may match.",
            "license": {"name": "Data: CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": english} for name, (english, _) in TOPICS.items()],
        "paths": paths,
        "components": {"schemas": schemas, "responses": problem_responses()},
    }


def _question(question: NamedQuery, known: Known, schemas: Mapping[str, Document]) -> Document:
    usable = [parameter for parameter in question.parameters if parameter.words or parameter.type in schemas]
    parameters = [parameter_of(parameter, schemas) for parameter in usable]
    if takes_inside(question.parameters, known):
        parameters.append(inside_parameter())
    content: Document = {JSON: {"schema": _answer(question)}}
    formats = ROW_FORMATS if question.rows else GRAPH_FORMATS
    return {
        "operationId": question.name,
        "summary": question.title,
        "description": f"{question.description}\n\n{question.title_ar}",
        "tags": [question.topic],
        "parameters": [*parameters, format_parameter(formats)],
        "responses": _responses(formats, content, question.name),
    }


def _answer(question: NamedQuery) -> Document:
    """What the JSON of a question holds."""
    properties: Document = {
        "query": {"const": question.name},
        "title": _TITLES,
        "description": TEXT,
        "parameters": _USED,
        "links": _LINKS,
    }
    if question.rows:
        rows = {
            "type": "object",
            "required": list(question.columns),
            "properties": {name: {**_VALUE, "description": column(question.name, name)} for name in question.columns},
            "additionalProperties": False,
        }
        meaning = {"type": "object", "required": ["name", "meaning"], "properties": {"name": TEXT, "meaning": TEXT}}
        properties["columns"] = {"type": "array", "items": meaning}
        properties |= {"count": _WHOLE, "rows": {"type": "array", "items": rows}}
    else:
        properties["graph"] = {"description": "The graph in JSON-LD, expanded.", "type": ["array", "object"]}
    return {"type": "object", "required": list(properties), "properties": properties}


def _figures(known: Known, schemas: Mapping[str, Document]) -> Document:
    properties: Document = {
        "total": {**_WHOLE, "description": "Figures that fit, on all pages."},
        "count": {**_WHOLE, "description": "Figures on this page."},
        "limit": _WHOLE,
        "offset": _WHOLE,
        "parts_left_out": {**_WHOLE, "description": "Figures that fit and are left out as parts of others that fit."},
        "note": TEXT,
        "parameters": _USED,
        "figures": {"type": "array", "items": {"$ref": "#/components/schemas/Figure"}},
        "links": _LINKS,
    }
    content = {JSON: {"schema": {"type": "object", "required": list(properties), "properties": properties}}}
    responses = _responses(FIGURE_LIST_FORMATS, content, "figures")
    responses["200"]["headers"] = {
        "Link": {"description": "The first, prev, next and last page (RFC 8288).", "schema": TEXT},
        "Total-Count": {"description": "Figures that fit, on all pages.", "schema": _WHOLE},
        "Parts-Left-Out": {"description": "Figures left out as parts of others that fit.", "schema": _WHOLE},
    }
    coded = [parameter_of(parameter, schemas) for parameter in FIGURE_PARAMETERS if known.items(parameter.type)]
    return {
        "operationId": "figures",
        "summary": "Figures, filtered by every dimension",
        "description": "Totals are never mixed with their parts unless `parts=include` asks for it: a figure that is "
        "part of another one that fits is left out, and the answer says how many are.",
        "parameters": [*coded, *_figure_words(), format_parameter(FIGURE_LIST_FORMATS)],
        "responses": responses,
    }


def _figure_words() -> list[Document]:
    """The parameters of the figures that take no codes."""
    return [
        words_parameter(
            "derived", "Figures that rules computed, which no report states: none, as well, or only they.", DERIVED
        ),
        inside_parameter(),
        words_parameter("parts", "Whether figures that are parts of others that fit stand beside them.", PARTS),
        plain_parameter(
            "q",
            "Words in a label, all of them in any order, English or Arabic, whatever the case and Arabic marks.",
            text_schema(),
            "torture",
        ),
        words_parameter(
            "sort", "The order; - for the largest first. What has no value stands last.", tuple(SORTS), "id"
        ),
        plain_parameter(
            "limit", "Figures a page.", {"type": "integer", "minimum": 1, "maximum": MOST, "default": 100}, 20
        ),
        plain_parameter("offset", "Figures to pass over.", {**_WHOLE, "maximum": MOST_OFFSET, "default": 0}, 0),
    ]


def _one_figure(schemas: Mapping[str, Document]) -> Document:
    lists = {name: {"type": "array", "items": {"type": "object"}} for name in ("mentions", "breakdowns", "checks")}
    properties: Document = {**lists, "related": {"type": "object"}, "links": _LINKS}
    schema = {
        "allOf": [
            {"$ref": "#/components/schemas/Figure"},
            {"type": "object", "required": list(properties), "properties": properties},
        ]
    }
    schema_of_id = schemas["any-figure"]
    return {
        "operationId": "figure",
        "summary": "One figure with its mentions, parts, checks and derivation",
        "parameters": [
            {
                "name": "id",
                "in": "path",
                "required": True,
                "description": "The figure's id; where two reports have it, that of the latest, or report/id.",
                "schema": {"$ref": "#/components/schemas/any-figure"},
                **example_of(schema_of_id),
            },
            format_parameter(FIGURE_FORMATS),
        ],
        "responses": _responses(FIGURE_FORMATS, {JSON: {"schema": schema}}, "figure"),
    }


def _index() -> Document:
    entry = {"type": "object", "required": ["query", "title", "description", "parameters", "links"]}
    properties = {"questions": {"type": "array", "items": entry}, "links": _LINKS}
    schema = {"type": "object", "required": list(properties), "properties": properties}
    return {
        "operationId": "questions",
        "summary": "All questions, with their parameters",
        "parameters": [format_parameter(PAGE_FORMATS)],
        "responses": _responses({"json": JSON}, {JSON: {"schema": schema}}, "questions")
        | {"302": {"description": "To the page for people, where HTML is wanted."}},
    }


def _this_document() -> Document:
    schema = {"type": "object", "required": ["openapi", "info", "paths"]}
    return {
        "operationId": "openapi",
        "summary": "This document",
        "responses": _responses({"json": JSON}, {JSON: {"schema": schema}}, "openapi"),
    }


def _responses(formats: Mapping[str, str], described: Document, name: str) -> Document:
    """The response in every format, and every problem."""
    content = {media_type: described.get(media_type, {"schema": TEXT}) for media_type in formats.values()}
    if ROW_FORMATS["sparql-json"] in content:
        content[ROW_FORMATS["sparql-json"]] = {"schema": {"type": "object", "required": ["head", "results"]}}
    if GRAPH_FORMATS["jsonld"] in content:
        content[GRAPH_FORMATS["jsonld"]] = {"schema": {"type": ["array", "object"]}}
    statuses = {status: {"$ref": f"#/components/responses/{status}"} for status in STATUSES}
    return {
        "200": {"description": f"The answer ({name}).", "content": content},
        "304": {"description": "What the client holds is still right."},
        **statuses,
    }
