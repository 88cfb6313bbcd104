"""The front page and the built files."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, render_template, send_from_directory

from snhr_kg import content, names
from snhr_kg.engine.question import Engine, Question
from snhr_kg.web.caller import caller

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

_HEADER: Final = re.compile(r"\A(?:#.*\n|\s*\n)+")

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
class ExampleQuery:
    """A question of `queries/`: its title in English and Arabic (empty if it has none), and its text below them."""

    title: str
    title_ar: str
    text: str

    @property
    def rows(self) -> bool:
        """Whether it answers with rows, which CSV can hold (SELECT, not CONSTRUCT or DESCRIBE)."""
        return re.search(r"^\s*select\b", self.text, re.MULTILINE | re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True)
class Download:
    """A built file: path below the graph's folder, and size in bytes."""

    path: str
    size: int


def blueprint(engine: Engine, folder: Path) -> Blueprint:
    """The routes ``/`` and ``/files/`` over an engine and the folder that a build wrote."""
    routes = Blueprint("pages", __name__)

    @routes.get("/")
    def front() -> str:
        counts = [(_count(engine, name), english, arabic) for name, english, arabic in _COUNTED]
        return render_template(
            "front.html", counts=counts, examples=read_examples(), downloads=_downloads(folder), base=names.BASE
        )

    @routes.get("/files/")
    def files() -> str:
        return render_template("files.html", downloads=_downloads(folder))

    @routes.get("/files/<path:path>")
    def file(path: str) -> Response:
        media_type = MEDIA_TYPES.get(Path(path).suffix, "text/plain")
        return send_from_directory(folder.resolve(), path, mimetype=media_type)

    return routes


def read_examples() -> list[ExampleQuery]:
    """The questions that ship with the package, in the order of their file names."""
    return [
        ExampleQuery(
            _header(text, "title") or path.stem.replace("-", " "), _header(text, "title-ar"), _HEADER.sub("", text)
        )
        for path in sorted(content.folder("queries").glob("*.rq"))
        for text in [path.read_text(encoding="utf-8")]
    ]


def _header(text: str, name: str) -> str:
    """What the query's header says after ``# name:``, or nothing."""
    stated = re.search(rf"^#\s*{name}:\s*(.+?)\s*$", text, re.MULTILINE | re.IGNORECASE)
    return stated[1] if stated else ""


def _count(engine: Engine, class_name: str) -> int:
    text = f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x a <{names.term(class_name)}> }}"
    answer = json.loads(engine.answer(Question(text, "application/sparql-results+json"), caller()).body)
    return int(answer["results"]["bindings"][0]["n"]["value"])


def _downloads(folder: Path) -> list[Download]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return [Download(path.relative_to(folder).as_posix(), path.stat().st_size) for path in files]
