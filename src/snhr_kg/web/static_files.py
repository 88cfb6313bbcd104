"""Serves what the pages are dressed in: style sheet, fonts, icon, editor; compressed, with strong entity tags."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Blueprint, Response, request
from werkzeug.security import safe_join

from snhr_kg.engine.question import Engine
from snhr_kg.errors import UnknownResource
from snhr_kg.web.deliver import deliver
from snhr_kg.web.formats import file_type

FOLDER: Final = Path(__file__).resolve().parent / "static"


def blueprint(engine: Engine) -> Blueprint:
    """The route ``/static/``; what is compressed is kept for as long as the engine serves the same graph."""
    routes = Blueprint("static_files", __name__)

    @routes.get("/static/<path:name>")
    def static(name: str) -> Response:
        found = safe_join(str(FOLDER), name)
        if found is None or not Path(found).is_file():
            raise UnknownResource(f"there is no file {request.path[:200]}")
        return deliver(Path(found).read_bytes(), file_type(name), engine.version, negotiated=False)

    return routes
