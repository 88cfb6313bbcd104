"""The front page and the built files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, render_template, send_from_directory

from snhr_kg import names
from snhr_kg.engine.question import Engine
from snhr_kg.errors import SnhrKgError, UnknownResource
from snhr_kg.manifest import CHECKSUMS_FILE
from snhr_kg.questions.read import read_questions
from snhr_kg.web.caller import caller
from snhr_kg.web.counts import Counted, count_instances

MEDIA_TYPES: Final = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".nq": "application/n-quads",
    ".nt": "application/n-triples",
    ".trig": "application/trig",
    ".ttl": "text/turtle",
}
"""Media types of the built files; anything else is plain text."""

_COUNTED: Final = (
    ("Figure", "figures that the report states", "رقماً يذكره التقرير"),
    ("Mention", "places in the text that state them", "موضعاً في النص يذكرها"),
    ("Finding", "findings without a number", "نتيجة بلا رقم"),
    ("Event", "dated events", "حدثاً مؤرخاً"),
    ("Recommendation", "recommendations", "توصية"),
    ("DerivedFigure", "figures computed by rules, kept apart", "رقماً محسوباً بقواعد، مفصولة عن أرقام التقرير"),
    ("Check", "answers to consistency questions", "جواباً عن أسئلة الاتساق"),
)


@dataclass(frozen=True, slots=True)
class Download:
    """A built file: path below the graph's folder, and size in bytes."""

    path: str
    size: int


def blueprint(engine: Engine, folder: Path | None) -> Blueprint:
    """The routes ``/`` and ``/files/`` over an engine and the folder that a build wrote, if there is one."""
    routes = Blueprint("pages", __name__)
    names_counted = tuple(name for name, _, _ in _COUNTED)
    counted = Counted(engine, lambda engine, caller: count_instances(engine, caller, names_counted))

    @routes.get("/front")
    def front() -> str:
        return render_template(
            "front.html",
            counts=_counts(counted),
            examples=read_questions(),
            downloads=_downloads(folder),
            limits=engine.limits,
            base=names.BASE,
        )

    @routes.get("/files/")
    def files() -> str:
        return render_template("files.html", downloads=_downloads(_present(folder)))

    @routes.get("/files/<path:path>")
    def file(path: str) -> Response:
        if path not in {download.path for download in _downloads(_present(folder))}:
            raise UnknownResource(f"there is no file {path}; /files/ lists those there are")
        media_type = MEDIA_TYPES.get(Path(path).suffix, "text/plain")
        return send_from_directory(_present(folder).resolve(), path, mimetype=media_type)

    return routes


def _counts(counted: Counted[dict[str, int]]) -> list[tuple[int, str, str]]:
    """The numbers of the front page; none while the graph cannot be asked, which the page says and outlives."""
    try:
        numbers = counted.value(caller())
    except SnhrKgError:
        return []
    return [(numbers[name], english, arabic) for name, english, arabic in _COUNTED]


def _present(folder: Path | None) -> Path:
    if folder is None:
        raise UnknownResource("no files are served here: the graph is in a store elsewhere; take /graph-store?default")
    return folder


def _downloads(folder: Path | None) -> list[Download]:
    """The files that the build's checksums name, and these; none of a store on disk, whose files are no dataset."""
    if folder is None or not (listed := folder / CHECKSUMS_FILE).is_file():
        return []
    paths = sorted(line.partition("  ")[2] for line in listed.read_text(encoding="utf-8").splitlines())
    files = [(path, folder / path) for path in (CHECKSUMS_FILE, *paths)]
    return [Download(path, file.stat().st_size) for path, file in files if file.is_file()]
