"""Serves what the page of figures shows as files: ``/en/figures.csv`` and ``.json``, with the same parameters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict

from snhr_kg import names
from snhr_kg.engine.question import Engine
from snhr_kg.holding import Holder
from snhr_kg.questions.figures import COLUMNS
from snhr_kg.questions.rows import csv_text, json_bytes
from snhr_kg.site import figure_records
from snhr_kg.site.asking import known
from snhr_kg.site.rows import table
from snhr_kg.site.selection import Selection, chosen, read_selection
from snhr_kg.site.visit import Visit
from snhr_kg.web.caller import caller
from snhr_kg.web.deliver import deliver
from snhr_kg.web.parameters import read_parameters
from snhr_kg.web.site import is_publishing

NOTE: Final = (
    "A list, not a sum: part_of names the totals that already hold a figure, and others may overlap as well. "
    "According to the Syrian Network for Human Rights; what is derived was computed by rules."
)
_ALL_KINDS: Final = Selection(derived="include")


def blueprint(engine: Engine, holder: Holder) -> Blueprint:
    """The two routes."""
    routes = Blueprint("shown", __name__)

    def answer(language: str, media_type: str, body: Callable[[Visit, Selection], bytes]) -> Response:
        holding = holder.now(caller())
        arguments = MultiDict(read_parameters(request.query_string))
        publishing = is_publishing()
        visit = Visit(holding, engine, caller(), language, "figures", arguments, publishing)
        selection = _ALL_KINDS if publishing else read_selection(arguments, known(visit))
        return deliver(body(visit, selection), media_type, holding.version, negotiated=False)

    @routes.get("/<any(en, ar):language>/figures.csv")
    def as_csv(language: str) -> Response:
        return answer(language, "text/csv", lambda visit, chosen: csv_text(COLUMNS, _records(visit, chosen)).encode())

    @routes.get("/<any(en, ar):language>/figures.json")
    def as_json(language: str) -> Response:
        return answer(language, "application/json", lambda visit, chosen: json_bytes(_document(visit, chosen)))

    return routes


def _records(visit: Visit, selection: Selection) -> list[figure_records.Record]:
    whole = table(visit)
    return figure_records.records(visit, whole, chosen(whole, selection, visit.language), selection.derived)


def _document(visit: Visit, selection: Selection) -> dict[str, object]:
    found = _records(visit, selection)
    return {
        "page": f"{names.BASE}{visit.language}/figures.html",
        "parameters": selection.query(page=None),
        "total": len(found),
        "note": NOTE,
        "licence": "https://creativecommons.org/licenses/by/4.0/",
        "figures": [{name: one[name] for name in COLUMNS} for one in found],
    }
