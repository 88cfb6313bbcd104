"""Imports rows in memory and lets tests ask the graph that they make."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from snhr_kg import content, names
from snhr_kg.codes.lists import CodeLists, read_codes
from snhr_kg.imports.dataset import Description
from snhr_kg.imports.faults import Faults
from snhr_kg.imports.layout import Layout, Tally, World
from snhr_kg.imports.run import Imported, Request, import_files
from snhr_kg.mappings import MappingSets, read_mappings

DESCRIPTION = Description(
    "Title", "عنوان", "nobody", "Nobody", "لا أحد", "https://example.org/licence", "Nobody.", "", "https://example.org/"
)
PREFIXES = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in names.PREFIXES.items())


@dataclass
class Graph:
    """What an import made: its lines, its faults as rows, and what it counted."""

    lines: str
    faults: list[dict[str, str]]
    imported: Imported
    store: ox.Store

    def ask(self, pattern: str, what: str = "*") -> list[tuple[str, ...]]:
        """The rows of a query, in order; IRIs of ours without their beginning."""
        query = f"{PREFIXES} SELECT {what} WHERE {{ {pattern} }}"
        found = self.store.query(query, use_default_graph_as_union=True)
        return sorted(tuple(value.value.removeprefix(names.BASE) if value else "" for value in row) for row in found)

    def about(self, subject: str) -> dict[str, list[str]]:
        """Everything a resource says, by the last part of the property."""
        told: dict[str, list[str]] = {}
        for predicate, value in self.ask(f"<{names.BASE}{subject}> ?p ?o", "?p ?o"):
            told.setdefault(predicate.rsplit("#", 1)[-1].rsplit("/", 1)[-1], []).append(value)
        return told


@cache
def codes() -> CodeLists:
    return read_codes(content.folder("ontology") / "codes")


@cache
def mappings() -> MappingSets:
    return read_mappings(content.folder("data") / "mappings", codes())


def imported(layout: Layout, *files: Path, version: str = "1") -> Graph:
    """The graph of files."""
    told = io.StringIO()
    lines: list[str] = []
    world = World(codes(), mappings(), Faults(told), Tally())
    done = import_files(layout, Request(files, DESCRIPTION, version), world, lines.append)
    text, store = "".join(lines), ox.Store()
    store.bulk_load(text.encode(), ox.RdfFormat.N_QUADS)
    return Graph(text, list(csv.DictReader(io.StringIO(told.getvalue()))), done, store)


def written(path: Path, header: str, *rows: dict[str, str]) -> Path:
    """A CSV file of these rows, with nothing in the cells that they do not give."""
    columns = header.split(",")
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    return path
