"""Every error as an RFC 9457 problem document, or as a page for those who asked for HTML."""

from __future__ import annotations

import json
from typing import Final

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, RequestEntityTooLarge
from werkzeug.http import HTTP_STATUS_CODES

from snhr_kg import names
from snhr_kg.errors import BadQuery, QueryStopped, SnhrKgError, TurnedAway, UnknownResource
from snhr_kg.site.advice import ADVICE, kind_of
from snhr_kg.site.words import gettext as _
from snhr_kg.syntax import place_in
from snhr_kg.web.negotiate import choose

MEDIA_TYPE: Final = "application/problem+json"

_KEPT_HEADERS: Final = ("allow", "location", "retry-after", "content-range")


def register(app: Flask) -> None:
    """Answer every error of the application as a problem document."""

    @app.errorhandler(SnhrKgError)
    def _ours(error: SnhrKgError) -> Response:
        members: dict[str, object] = {}
        if isinstance(error, QueryStopped):
            members = {"limit": error.limit, "value": error.value, "unit": error.unit}
        elif isinstance(error, BadQuery) and (place := place_in(str(error))) is not None:
            members = {"line": place[0], "column": place[1]}
        elif isinstance(error, UnknownResource) and error.nearest:
            members = {"nearest": list(error.nearest)}
        response = problem(kind_of(type(error).__name__), error.http_status, str(error), **members)
        if isinstance(error, TurnedAway):
            response.headers["Retry-After"] = str(error.retry_after)
        return response

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        status = error.code or 500
        detail = error.description or ""
        if isinstance(error, RequestEntityTooLarge):
            detail = f"of a body, {app.config['MAX_CONTENT_LENGTH']:,} bytes are read"
        elif isinstance(error, MethodNotAllowed) and error.valid_methods:
            detail = f"{request.method} is not for this address; it takes {', '.join(sorted(error.valid_methods))}"
        elif isinstance(error, NotFound):
            detail = f"there is nothing at {request.path[:200]}; / leads to all that there is"
        response = problem(kind_of(HTTP_STATUS_CODES.get(status, "error")), status, detail)
        for name, value in error.get_headers():
            if name.lower() in _KEPT_HEADERS:
                response.headers[name] = value
        return response


def problem(kind: str, status: int, detail: str, **members: object) -> Response:
    """The problem document; a page when the client's Accept header asks for HTML more than for anything else.

    `members` are the extension members of this kind (RFC 9457, 3.2).
    """
    if choose(request.headers.get("Accept"), (MEDIA_TYPE, "text/html")) == "text/html":
        response = Response(_page(kind, status, detail, members.get("nearest", ())), status)
    else:
        body = json.dumps(document(kind, status, detail, **members), ensure_ascii=False)
        response = Response(f"{body}\n", status, mimetype=MEDIA_TYPE)
    response.headers["Vary"] = "Accept, Accept-Language"
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(kind: str, status: int, detail: str, nearest: object) -> str:
    """The error for people: what happened and what to do in their language, and the detail, which is in English.

    `nearest` are the IRIs that may be meant.
    """
    title, advice = ADVICE.get(kind, (HTTP_STATUS_CODES.get(status, "Error"), ""))
    known = kind if kind in ADVICE else ""
    return render_template(
        "problem.html",
        kind=known,
        status=status,
        title=_(title),
        advice=advice and _(advice),
        detail=detail,
        nearest=nearest,
    )


def document(kind: str, status: int, detail: str, **members: object) -> dict[str, object]:
    """The members of a problem document; a kind that `ADVICE` does not have is named by its status alone."""
    known = kind in ADVICE
    title = ADVICE[kind][0] if known else HTTP_STATUS_CODES.get(status, "Error")
    type_ = f"{names.BASE}problem/{kind}" if known else "about:blank"
    return {"type": type_, "title": title, "status": status, "detail": detail, **members}
