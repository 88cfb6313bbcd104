"""`create_app(engine, folder)`: wires the routes, the error documents and the headers that every answer carries."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Flask, Response, request

from snhr_kg.engine.question import Engine
from snhr_kg.web import pages, problems, sparql

MAX_REQUEST_BYTES: Final = 256 * 1024
"""Above the longest query that is read, percent-encoded in a form."""

_SECURITY: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_CORS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Allow, Content-Type",
}
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}


def create_app(engine: Engine, folder: Path) -> Flask:
    """The web application over an engine and the folder of files that a build wrote; it only reads."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST_BYTES
    app.register_blueprint(sparql.blueprint(engine))
    app.register_blueprint(pages.blueprint(engine, folder))
    problems.register(app)

    @app.after_request
    def _headers(response: Response) -> Response:
        response.headers.update(_SECURITY)
        response.headers.update(_CORS)
        if request.method == "OPTIONS":
            response.headers.update(_PREFLIGHT)
        return response

    return app
