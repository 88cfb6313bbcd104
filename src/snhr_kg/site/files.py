"""The page of the files that a build wrote: what each is, its size and its checksum."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from snhr_kg import names
from snhr_kg.errors import UnknownResource
from snhr_kg.holding import Text
from snhr_kg.manifest import CHECKSUMS_FILE
from snhr_kg.site.visit import Visit
from snhr_kg.site.words import gettext as _

_FORMATS: Final = {
    ".csv": "CSV",
    ".csv-metadata.json": "CSVW",
    ".json": "JSON",
    ".jsonld": "JSON-LD",
    ".nq": "N-Quads",
    ".nt": "N-Triples",
    ".trig": "TriG",
    ".ttl": "Turtle",
}
_GRAPHS: Final = "graphs/"
_CHARTS: Final = "charts/"


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """A file that a build wrote: its path below the graph's folder, size in bytes, and SHA-256 where it is listed."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Download:
    """A file as the page shows it."""

    file: BuiltFile
    what: Text
    format: str
    is_described: bool
    """Whether the catalogue says more about it, on a page of its own."""


def built_files(folder: Path) -> dict[str, BuiltFile]:
    """The files that the build's checksums name, and these, by path; none of a store on disk, which is no dataset."""
    if not (listed := folder / CHECKSUMS_FILE).is_file():
        return {}
    sums = {path: digest for digest, _, path in map(_split, listed.read_text(encoding="utf-8").splitlines())}
    found = {path: folder / path for path in (CHECKSUMS_FILE, *sorted(sums))}
    return {
        path: BuiltFile(path, file.stat().st_size, sums.get(path, "")) for path, file in found.items() if file.is_file()
    }


def files(visit: Visit) -> str:
    """The page; raises `UnknownResource` where the graph is in a store elsewhere and there are no files."""
    if visit.folder is None:
        raise UnknownResource("no files are served here: the graph is in a store elsewhere; take /graph-store?default")
    built = built_files(visit.folder).values()
    charts = [file for file in built if file.path.startswith(_CHARTS)]
    shown = [_download(visit, file) for file in built if not file.path.startswith(_CHARTS)]
    graphs = [one for one in shown if one.file.path.startswith(_GRAPHS)]
    whole = [one for one in shown if not one.file.path.startswith(_GRAPHS)]
    return visit.render("files.html", whole=whole, graphs=graphs, charts=charts)


def _split(line: str) -> tuple[str, str, str]:
    return line.partition("  ")


def _download(visit: Visit, file: BuiltFile) -> Download:
    iri = names.published(f"files/{file.path}")
    ending = next((one for one in _FORMATS if file.path.endswith(one)), "")
    return Download(file, _what(visit, iri, file.path), _FORMATS.get(ending, _("Text")), iri in visit.holding)


def _what(visit: Visit, iri: str, path: str) -> Text:
    """What a file holds: the graph that it is a file of, or in our words."""
    graphs = [one for one in visit.holding.subjects("dcat:distribution", iri) if one.startswith(names.graph(""))]
    if graphs:
        return visit.label(graphs[0])
    return Text(_whole(path), visit.language)


def _whole(path: str) -> str:
    if path.startswith("snhr-kg."):
        return _("Everything, each statement with its graph")
    words = {
        CHECKSUMS_FILE: _("The SHA-256 of every file"),
        "CANONICAL-HASH": _("The hash of the data, whichever way it is written"),
        "context.jsonld": _("The context of the JSON-LD files"),
        "figures.csv": _("The figures as a table, one row each"),
        "figures.csv-metadata.json": _("What the columns of the table mean"),
    }
    return words.get(path, path)
