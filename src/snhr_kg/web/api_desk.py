"""What every address below ``/api/`` does: read parameters, ask the engine, choose a format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from flask import request, url_for

from snhr_kg.counts import Counted
from snhr_kg.engine.question import Answered, Engine, Question
from snhr_kg.errors import NotAcceptable
from snhr_kg.questions.given import single
from snhr_kg.questions.known import Known, read_known
from snhr_kg.questions.rows import RESULTS_JSON, Value, read_rows
from snhr_kg.web.caller import caller
from snhr_kg.web.negotiate import choose
from snhr_kg.web.parameters import read_parameters

Arguments: TypeAlias = Mapping[str, Sequence[str]]

JSON: Final = "application/json"
CSV: Final = "text/csv"
TURTLE: Final = "text/turtle"
JSON_LD: Final = "application/ld+json"

ROW_FORMATS: Final = {"json": JSON, "csv": CSV, "turtle": TURTLE, "sparql-json": RESULTS_JSON}
GRAPH_FORMATS: Final = {"json": JSON, "turtle": TURTLE, "jsonld": JSON_LD}
FIGURE_LIST_FORMATS: Final = {"json": JSON, "csv": CSV, "turtle": TURTLE}
FIGURE_FORMATS: Final = {"json": JSON, "turtle": TURTLE}
PAGE_FORMATS: Final = {"json": JSON, "html": "text/html"}

_MOST_FIELDS: Final = 500
"""Every parameter of the figures with as many values as it takes fits."""


class Desk:
    """An engine as the questions need it, with the codes of the graph that it serves."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._known: Counted[Known] = Counted(engine, lambda *_: read_known(self.select))

    @property
    def known(self) -> Known:
        """Codes, sections and reports of the graph served now, asked for once a build."""
        return self._known.value(caller())

    def ask(self, text: str, media_type: str = RESULTS_JSON) -> Answered:
        """The answer to a query for the caller of the current request; raises what `Engine.answer` does."""
        return self.engine.answer(Question(text, media_type), caller())

    def select(self, text: str) -> list[dict[str, Value]]:
        """The rows of a SELECT as Python values."""
        return read_rows(self.ask(text).body).values()


def read_arguments() -> dict[str, list[str]]:
    """The parameters of the address, each with its values in order; raises `BadRequest` when they are not UTF-8."""
    arguments: dict[str, list[str]] = {}
    for name, value in read_parameters(request.query_string, _MOST_FIELDS):
        arguments.setdefault(name, []).append(value)
    return arguments


def chosen_format(arguments: Arguments, formats: Mapping[str, str]) -> str:
    """The media type that ``format=`` names, or that the Accept header likes best.

    Raises `BadParameter` for a format that there is none of, `NotAcceptable` when the header accepts none.
    """
    if "format" in arguments:
        return formats[single(arguments, "format", tuple(formats), "")]
    chosen = choose(request.headers.get("Accept"), tuple(formats.values()))
    if chosen is None:
        raise NotAcceptable(f"this answer can be had as {', '.join(formats.values())}")
    return chosen


def address(endpoint: str, arguments: Arguments, without: Iterable[str] = (), **changed: object) -> str:
    """The path of an endpoint with the parameters of this request, some left out or changed (None: left out)."""
    path = dict(request.view_args or {})
    kept = {name: list(values) for name, values in arguments.items() if name not in {*without, *changed}}
    added = {name: value for name, value in changed.items() if value is not None}
    return url_for(endpoint, **path, **kept, **added)  # type: ignore[arg-type]


def format_links(endpoint: str, arguments: Arguments, formats: Mapping[str, str]) -> dict[str, str]:
    """The address of the same answer in each other format than JSON, by the format's name."""
    return {name: address(endpoint, arguments, format=name) for name in formats if name != "json"}
