"""The web application: its routes, its error documents, and the headers that every answer carries."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Final, TypeAlias

from flask import Flask, Response, abort, request

from snhr_kg.counts import Counted, Graphs, count_graphs
from snhr_kg.engine.question import Engine
from snhr_kg.holding import Holder
from snhr_kg.web import (
    api,
    charts,
    citing,
    dereference,
    description,
    files,
    graph_store,
    problems,
    reconciliation,
    shown,
    site,
    sparql,
    sparql_page,
    static_files,
)
from snhr_kg.web.headers import HEADERS, MAX_QUERY_STRING_BYTES, MAX_REQUEST_BYTES, ONLY_HTTPS, limit_headers

_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match, *",
    "Access-Control-Max-Age": "86400",
}
_ASKED: Final = ("/sparql", "/graph-store", "/api/", "/reconcile")
"""Where queries are run: answers and errors below these paths state the limits."""

ExceptionInfo: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class DiscreetFlask(Flask):
    """Logs what failed and where, and nothing of what was asked: messages of exceptions may quote it."""

    def log_exception(self, exc_info: ExceptionInfo) -> None:
        """Write one line: the exception's type, and the file, line and function that raised it."""
        kind, _, traceback = exc_info
        while traceback is not None and traceback.tb_next is not None:
            traceback = traceback.tb_next
        place = "an unknown place"
        if traceback is not None:
            code = traceback.tb_frame.f_code
            place = f"{code.co_filename}:{traceback.tb_lineno} in {code.co_name}"
        self.logger.error("failure: %s at %s", kind.__name__ if kind else "unknown", place)


def create_app(engine: Engine, folder: Path | None) -> Flask:
    """The web application over an engine; it only reads.

    `folder` holds the files that a build wrote; None when the engine asks a store elsewhere and there are none.
    """
    app = DiscreetFlask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST_BYTES
    graphs: Counted[Graphs] = Counted(engine, partial(count_graphs, folder=folder))
    descriptions = description.Descriptions(engine, folder, graphs.value)
    app.register_blueprint(sparql.blueprint(engine, descriptions))
    app.register_blueprint(graph_store.blueprint(engine, descriptions))
    app.register_blueprint(description.blueprint(descriptions))
    app.register_blueprint(api.blueprint(engine))
    app.register_blueprint(reconciliation.blueprint(engine))
    holder = Holder(engine, graphs.value)
    answering = dereference.Dereference(engine, holder, descriptions)
    app.register_blueprint(dereference.blueprint(answering))
    app.register_blueprint(files.blueprint(folder, answering))
    app.register_blueprint(citing.blueprint(engine, holder))
    app.register_blueprint(site.blueprint(engine, holder, folder))
    app.register_blueprint(shown.blueprint(engine, holder))
    app.register_blueprint(sparql_page.blueprint(engine, holder))
    app.register_blueprint(static_files.blueprint(engine))
    site.register(app, holder)
    drawn = charts.Charts(engine, folder)
    app.register_blueprint(charts.blueprint(engine, drawn))
    charts.register(app, drawn)
    problems.register(app)
    limited = HEADERS | limit_headers(engine.limits)

    @app.before_request
    def _bound_address() -> None:
        if len(request.query_string) > MAX_QUERY_STRING_BYTES:
            abort(414, f"an address takes {MAX_QUERY_STRING_BYTES:,} bytes of parameters; POST the query instead")

    @app.after_request
    def _headers(response: Response) -> Response:
        for name, value in (limited if request.path.startswith(_ASKED) else HEADERS).items():
            response.headers.setdefault(name, value)  # a preview has a policy of its own: it is framed by others
        if request.is_secure:
            response.headers.extend(ONLY_HTTPS)
        if request.method == "OPTIONS":
            response.headers.extend(_PREFLIGHT)
        return response

    return app
