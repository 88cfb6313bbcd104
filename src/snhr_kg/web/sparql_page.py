"""Serves the page where queries are run, by GET and, for those who want no query in an address, by POST."""

from __future__ import annotations

from flask import Blueprint, Response, request

from snhr_kg.engine.question import Engine
from snhr_kg.holding import Holder
from snhr_kg.site import sparql_page
from snhr_kg.site.sparql_terms import terms_document
from snhr_kg.site.visit import Visit
from snhr_kg.web.caller import caller
from snhr_kg.web.deliver import deliver
from snhr_kg.web.site import is_publishing


def blueprint(engine: Engine, holder: Holder) -> Blueprint:
    """The routes of the page, and of the terms that its editor completes, over an engine and the graphs held of it."""
    routes = Blueprint("sparql_page", __name__)

    @routes.route("/<any(en, ar):language>/sparql.html", methods=["GET", "POST"])
    def sparql(language: str) -> Response:
        posted = request.method == "POST"
        holding = holder.now(caller())
        arguments = request.form if posted else request.args
        visit = Visit(holding, engine, caller(), language, "sparql", arguments, is_publishing())
        shown = sparql_page.show(visit, "post" if posted else "get")
        response = deliver(
            shown.html.encode(), "text/html", holding.version if shown.is_steady else None, negotiated=False
        )
        if response.status_code == 200:  # not where the client holds the page already
            response.status_code = shown.status
        if posted:
            response.headers["Cache-Control"] = "no-store"
        return response

    @routes.get("/<any(en, ar):language>/sparql-terms.json")
    def terms(language: str) -> Response:
        holding = holder.now(caller())
        return deliver(terms_document(holding, language), "application/json", holding.version, negotiated=False)

    return routes
