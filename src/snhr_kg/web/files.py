"""The files that a build wrote, below ``/files/``, and the context of its JSON-LD at the address it is published at."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Blueprint, Response, send_from_directory

from snhr_kg.errors import UnknownResource
from snhr_kg.site.files import built_files
from snhr_kg.web.dereference import Dereference
from snhr_kg.web.formats import file_type
from snhr_kg.web.site import to_language

_CONTEXT: Final = "context.jsonld"


def blueprint(folder: Path | None, answering: Dereference) -> Blueprint:
    """The routes of the files in the folder that a build wrote, if there is one.

    An address below ``/files/`` that is no file may be that of a document about one.
    """
    routes = Blueprint("files", __name__)

    @routes.get("/files/")
    def files() -> Response:
        _present(folder)
        return to_language("files")

    @routes.get("/files/<path:path>")
    def file(path: str) -> Response:
        if path in built_files(found := _present(folder)):
            return _send(found, path)
        return answering.answer(f"files/{path}")

    @routes.get(f"/{_CONTEXT}")
    def context() -> Response:
        found = _present(folder)
        if _CONTEXT not in built_files(found):
            raise UnknownResource("no context of JSON-LD is served here")
        return _send(found, _CONTEXT)

    return routes


def _send(folder: Path, path: str) -> Response:
    return send_from_directory(folder.resolve(), path, mimetype=file_type(path))


def _present(folder: Path | None) -> Path:
    if folder is None:
        raise UnknownResource("no files are served here: the graph is in a store elsewhere; take /graph-store?default")
    return folder
