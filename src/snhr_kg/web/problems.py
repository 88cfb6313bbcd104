"""Every error as an RFC 9457 problem document, or as a page for those who asked for HTML."""

from __future__ import annotations

import json
import re
from typing import Final

from flask import Flask, Response, abort, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from snhr_kg import names
from snhr_kg.errors import SnhrKgError
from snhr_kg.web.negotiate import choose

MEDIA_TYPE: Final = "application/problem+json"

ADVICE: Final[dict[str, tuple[str, str]]] = {
    "bad-parameter": ("A parameter cannot be used", "The detail says which parameters there are and what they take."),
    "bad-query": ("The query cannot be run", "The detail holds the parser's own words with line and column."),
    "bad-request": ("The request breaks the SPARQL protocol", "Send one query, by GET, as a form or as the body."),
    "graph-error": ("The graph cannot be read", "Build it again on the server."),
    "internal-server-error": ("The server failed", "This is our fault, not the query's; please report it."),
    "method-not-allowed": ("This method is not allowed here", "The Allow header lists the methods that are."),
    "not-acceptable": ("None of the accepted types can be served", "Accept one of the types that the detail lists."),
    "not-found": ("There is nothing here", "Start from the front page."),
    "query-refused": ("The query is refused", "The graph is read-only, and it asks no other endpoint for a client."),
    "request-entity-too-large": ("The request is too long", "Shorten the query."),
    "unknown-code": ("There is no such code", "The detail names the nearest; /api/openapi.json lists all of them."),
    "unsupported-body": (
        "The body's media type is not read",
        "Send application/x-www-form-urlencoded or application/sparql-query, in UTF-8.",
    ),
}
"""Title and advice of each kind of problem, by the last part of its type IRI."""


def register(app: Flask) -> None:
    """Answer every error of the application as a problem document."""

    @app.errorhandler(SnhrKgError)
    def _ours(error: SnhrKgError) -> Response:
        return problem(_slug(type(error).__name__), error.http_status, str(error))

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        status = error.code or 500
        response = problem(_slug(HTTP_STATUS_CODES.get(status, "error")), status, error.description or "")
        for name, value in error.get_headers():
            if name.lower() in ("allow", "location", "retry-after", "content-range"):
                response.headers[name] = value
        return response

    @app.get("/problem/<slug>")
    def problem_kind(slug: str) -> str:
        if slug not in ADVICE:
            abort(404)
        title, advice = ADVICE[slug]
        return render_template("problem.html", title=title, detail=advice, status=None)


def problem(slug: str, status: int, detail: str) -> Response:
    """The problem document; a page when the client's Accept header asks for HTML more than for anything else."""
    title = ADVICE[slug][0] if slug in ADVICE else HTTP_STATUS_CODES.get(status, "Error")
    body = {"type": f"{names.BASE}problem/{slug}", "title": title, "status": status, "detail": detail}
    if slug not in ADVICE:
        body["type"] = "about:blank"
    if choose(request.headers.get("Accept"), (MEDIA_TYPE, "text/html")) == "text/html":
        return Response(render_template("problem.html", **body), status, mimetype="text/html")
    return Response(json.dumps(body, ensure_ascii=False) + "\n", status, mimetype=MEDIA_TYPE)


def _slug(name: str) -> str:
    """``BadQuery`` and ``Not Found`` as ``bad-query`` and ``not-found``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|\W+", "-", name).lower()
