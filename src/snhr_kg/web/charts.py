"""Serves the charts that a build drew, and hands them to the pages about what they show."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

from flask import Blueprint, Flask, Response, g

from snhr_kg.engine.question import Engine
from snhr_kg.errors import UnknownResource
from snhr_kg.web.deliver import deliver
from snhr_kg.web.formats import file_type

FOLDER: Final = "charts"
INDEX: Final = "index.json"
"""Where a build puts its charts, below its own folder, and what lists them."""

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'"
"""What a chart may do as a document of its own: it has a style sheet inside, for dark screens."""

Chart: TypeAlias = Mapping[str, Any]
"""One chart of the index, as it stands there."""


@dataclass(frozen=True, slots=True)
class Index:
    """The charts of one build by the IRIs that they concern, and the files there are of them."""

    about: Mapping[str, Sequence[Chart]] = field(default_factory=dict)
    files: frozenset[str] = frozenset()


class Charts:
    """The charts of the graph that an engine serves now; there are none without a folder, or in a build without."""

    def __init__(self, engine: Engine, folder: Path | None) -> None:
        self._engine, self._folder = engine, folder
        self._lock = threading.Lock()
        self._read: tuple[str, Index] | None = None

    def index(self) -> Index:
        """The list of the charts, read once for each version of the graph."""
        version = self._engine.version
        with self._lock:
            if self._read is None or self._read[0] != version:
                self._read = version, _read_index(self._folder)
            return self._read[1]

    def about(self, iri: str) -> Sequence[Chart]:
        """The charts that concern a thing, in the order of the index."""
        return self.index().about.get(iri, ())

    def file(self, name: str) -> bytes:
        """The bytes of a chart's file; raises `UnknownResource` where there is none of the name."""
        if self._folder is None or name not in self.index().files:
            raise UnknownResource(f"there is no chart {name}; /{FOLDER}/{INDEX} lists those there are")
        try:
            return (self._folder / FOLDER / name).read_bytes()
        except FileNotFoundError as error:
            raise UnknownResource(f"the chart {name} is gone: another build was put in place") from error


def blueprint(engine: Engine, charts: Charts) -> Blueprint:
    """The route of the files of the charts."""
    routes = Blueprint("charts", __name__)

    @routes.get(f"/{FOLDER}/<name>")
    def file(name: str) -> Response:
        version = engine.version
        response = deliver(charts.file(name), file_type(name), version, negotiated=False)
        if name.endswith(".svg"):
            response.headers["Content-Security-Policy"] = POLICY
        return response

    return routes


def register(app: Flask, charts: Charts) -> None:
    """Let every template ask for charts: ``charts_about(iri)``, and ``chart_words(chart)`` in the page's language."""
    app.jinja_env.globals.update(
        charts_about=charts.about, chart_words=lambda chart: chart[g.language], charts_in=FOLDER
    )


def _read_index(folder: Path | None) -> Index:
    path = folder / FOLDER / INDEX if folder else None
    if path is None or not path.is_file():
        return Index()
    listed: list[Chart] = json.loads(path.read_bytes())["charts"]
    about: dict[str, list[Chart]] = {}
    for chart in listed:
        for iri in chart["about"]:
            about.setdefault(iri, []).append(chart)
    files = {name for chart in listed for name in chart["files"]}
    return Index(about, frozenset({*files, INDEX}))
