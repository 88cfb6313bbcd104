"""What tests of imports share: an import that ran, to be asked, and files invented from rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from snhr_kg.imports.dataset import Description
from snhr_kg.imports.write import Written
from snhr_kg.names import PREFIXES

DESCRIPTION = Description(
    title_en="Invented table",
    title_ar="جدول مختلق",
    publisher="nobody",
    publisher_en="Nobody",
    publisher_ar="لا أحد",
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    rights="Nobody",
    citation="Nobody (2020)",
    source="https://example.org/",
)

_PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


@dataclass(frozen=True)
class Ran:
    """An import that was written, to be asked: all triples are in the default graph too."""

    written: Written
    out: Path
    store: ox.Store

    def ask(self, pattern: str) -> list[tuple[str, ...]]:
        """The solutions of a SELECT, each as texts (IRIs without brackets), in order."""
        found = self.store.query(_PREFIXES + pattern, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        return sorted(tuple(_text(value) for value in row) for row in found)

    def value(self, pattern: str) -> str:
        """The one value of the one solution."""
        ((value,),) = self.ask(pattern)
        return value

    @property
    def faults(self) -> list[dict[str, str]]:
        """The rows of the report."""
        return list(csv.DictReader(io.StringIO(self.written.report.read_text(encoding="utf-8"), newline="")))


Importing = Callable[..., Ran]


def columns(header: str) -> list[str]:
    """The columns of a header."""
    return header.split(",")


def as_bytes(content: object) -> bytes:
    """A file's bytes from bytes, text, or rows."""
    if isinstance(content, bytes):
        return content
    if isinstance(content, str):
        return content.encode()
    assert isinstance(content, Iterable)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(content)
    return text.getvalue().encode()


def load(path: Path) -> ox.Store:
    store = ox.Store()
    with path.open("rb") as file:
        store.bulk_load(file, format=ox.RdfFormat.N_QUADS)
    return store


def _text(value: object) -> str:
    return "" if value is None else str(value.value)  # type: ignore[attr-defined]
