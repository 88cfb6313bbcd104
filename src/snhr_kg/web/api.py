"""The questions of `queries/` as addresses: ``/api/torture-deaths?perpetrator=isis``, and the list of them."""

from __future__ import annotations

import json
from typing import Any, Final

from flask import Blueprint, Response, url_for

from snhr_kg.engine.question import Engine
from snhr_kg.errors import UnknownResource
from snhr_kg.questions.fill import fill
from snhr_kg.questions.given import TRUTH, Given, check_names, read_given, single, takes_inside
from snhr_kg.questions.known import Known
from snhr_kg.questions.meanings import INSIDE, PARAMETERS, column
from snhr_kg.questions.nearest import nearest
from snhr_kg.questions.read import NamedQuery, Parameter, read_questions
from snhr_kg.questions.rows import RESULTS_JSON, json_bytes, read_rows, turtle_text
from snhr_kg.web import api_figures
from snhr_kg.web.api_desk import (
    CSV,
    GRAPH_FORMATS,
    JSON,
    JSON_LD,
    PAGE_FORMATS,
    ROW_FORMATS,
    TURTLE,
    Arguments,
    Desk,
    address,
    chosen_format,
    format_links,
    read_arguments,
)
from snhr_kg.web.deliver import deliver
from snhr_kg.web.openapi import openapi_document
from snhr_kg.web.site import to_language

_ASKED_AS: Final = {
    True: {JSON: RESULTS_JSON, CSV: CSV, TURTLE: RESULTS_JSON, RESULTS_JSON: RESULTS_JSON},
    False: {JSON: JSON_LD, TURTLE: TURTLE, JSON_LD: JSON_LD},
}
"""What the engine is asked for, by whether the question answers with rows and by what the client wants."""


def blueprint(engine: Engine) -> Blueprint:
    """The routes below ``/api/`` over an engine."""
    routes = Blueprint("api", __name__, url_prefix="/api")
    desk = Desk(engine)
    questions = {question.name: question for question in read_questions()}

    @routes.get("/")
    def index() -> Response:
        arguments = read_arguments()
        check_names(arguments, ("format",), "this list")
        version = desk.engine.version
        known = desk.known
        if chosen_format(arguments, PAGE_FORMATS) == JSON:
            entries = [_entry(question, known) for question in questions.values()]
            return deliver(json_bytes({"questions": entries, "links": _index_links()}), JSON, version)
        return to_language("api", negotiated=True)

    @routes.get("/openapi.json")
    def openapi() -> Response:
        check_names(read_arguments(), (), "this document")
        version = desk.engine.version
        document = openapi_document(tuple(questions.values()), desk.known, desk.select)
        return deliver(json_bytes(document), JSON, version)

    @routes.get("/<name>")
    def question(name: str) -> Response:
        if name not in questions:
            hint = nearest(name, questions, most=3)
            raise UnknownResource(f"there is no question {name[:100]!r}{hint}; {url_for('api.index')} lists them")
        return _answer(desk, questions[name])

    api_figures.add_routes(routes, desk)
    return routes


def _answer(desk: Desk, question: NamedQuery) -> Response:
    arguments = read_arguments()
    version = desk.engine.version
    known = desk.known
    inside = ["inside"] if takes_inside(question.parameters, known) else []
    allowed = [*(parameter.name for parameter in question.parameters), *inside, "format"]
    check_names(arguments, allowed, f"/api/{question.name}")
    media_type = chosen_format(arguments, ROW_FORMATS if question.rows else GRAPH_FORMATS)
    widened = single(arguments, "inside", TRUTH, "false") == "true"
    given = read_given(arguments, question.parameters, known, desk.select, widened)
    text = fill(question, given.values)
    body = desk.ask(text, _ASKED_AS[question.rows][media_type]).body
    if media_type == JSON:
        body = json_bytes(_described(question, given, arguments, text, body))
    elif media_type == TURTLE and question.rows:
        body = turtle_text(read_rows(body)).encode()
    return deliver(body, media_type, version)


def _described(question: NamedQuery, given: Given, arguments: Arguments, text: str, body: bytes) -> dict[str, Any]:
    """The answer in JSON: what was asked, in words and parameters, and the rows or the graph."""
    used = {name: list(values) for name, values in given.shown.items()}
    if "inside" in arguments:
        used["inside"] = list(arguments["inside"])
    described: dict[str, Any] = {
        "query": question.name,
        "title": _titles(question),
        "description": question.description,
        "parameters": used,
    }
    if question.rows:
        rows = read_rows(body).values()
        described["columns"] = [{"name": name, "meaning": column(question.name, name)} for name in question.columns]
        described |= {"count": len(rows), "rows": rows}
    else:
        described["graph"] = json.loads(body)
    return described | {"links": _links(question, given, arguments, text)}


def _links(question: NamedQuery, given: Given, arguments: Arguments, text: str) -> dict[str, str]:
    links = {"self": address("api.question", arguments)}
    if given.can_widen and "inside" not in arguments:
        links["inside"] = address("api.question", arguments, inside="true")
    links |= format_links("api.question", arguments, ROW_FORMATS if question.rows else GRAPH_FORMATS)
    return links | {"sparql": url_for("sparql.sparql", query=text), "questions": url_for("api.index")}


def _entry(question: NamedQuery, known: Known) -> dict[str, Any]:
    parameters = [_parameter(parameter) for parameter in question.parameters]
    if takes_inside(question.parameters, known):
        parameters.append(_described_words("inside", INSIDE, TRUTH, "false"))
    return {
        "query": question.name,
        "topic": question.topic,
        "title": _titles(question),
        "description": question.description,
        "answers_with": question.kind,
        "formats": list(ROW_FORMATS if question.rows else GRAPH_FORMATS),
        "parameters": parameters,
        "links": {"run": url_for("api.question", name=question.name)},
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    english, arabic = PARAMETERS[parameter.name]
    words = (parameter.description or english, arabic)
    if parameter.words:
        return _described_words(parameter.name, words, parameter.words, parameter.default)
    return {"name": parameter.name, "description": {"en": words[0], "ar": words[1]}, "type": parameter.type}


def _described_words(name: str, words: tuple[str, str], values: tuple[str, ...], default: str | None) -> dict[str, Any]:
    described = {"name": name, "description": {"en": words[0], "ar": words[1]}, "values": list(values)}
    return described | ({"default": default} if default else {})


def _titles(question: NamedQuery) -> dict[str, str]:
    return {"en": question.title, "ar": question.title_ar}


def _index_links() -> dict[str, str]:
    return {"figures": url_for("api.figures"), "openapi": url_for("api.openapi")}
