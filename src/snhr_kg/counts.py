"""What the graph holds, in numbers: asked of the engine once for each version of the graph, when first needed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, TypeAlias, TypeVar

from snhr_kg.engine.question import Caller, Engine, Question
from snhr_kg.errors import QueryStopped
from snhr_kg.manifest import is_loaded, read_manifest

T = TypeVar("T")

MOST_COMPARED: Final = 1_000_000
"""Triples up to which the default graph is compared with the named ones: more would hold a worker for long."""

_JSON: Final = "application/sparql-results+json"
_SIZES: Final = (
    "SELECT ?graph (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } FILTER(ISIRI(?graph)) } GROUP BY ?graph ORDER BY ?graph"
)
_NAMES: Final = "SELECT DISTINCT ?graph { GRAPH ?graph { ?s ?p ?o } FILTER(ISIRI(?graph)) } ORDER BY ?graph"
_TOTAL: Final = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
_NO_UNION: Final = """ASK {
  { GRAPH ?graph { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }
  UNION
  { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?other { ?s ?p ?o } } }
}"""


@dataclass(frozen=True, slots=True)
class Graphs:
    """The triples of the default graph and of each named graph by IRI (None: too many to count within the limits)."""

    default: int | None
    named: dict[str, int | None]


GraphsOf: TypeAlias = Callable[[Caller], Graphs]
"""Tells which graphs are served now, and their sizes."""


class Counted(Generic[T]):
    """What `count` asks an engine, remembered for as long as the engine serves the same graph."""

    def __init__(self, engine: Engine, count: Callable[[Engine, Caller], T]) -> None:
        self._engine = engine
        self._count = count
        self._known: tuple[str, T] | None = None

    def value(self, caller: Caller) -> T:
        """The value for the graph served now; raises what `Engine.answer` does."""
        known, version = self._known, self._engine.version
        if known is None or known[0] != version:
            known = self._known = (version, self._count(self._engine, caller))
        return known[1]


def count_graphs(engine: Engine, caller: Caller, folder: Path | None) -> Graphs:
    """The size of each graph; names alone where counting meets a limit.

    A store on disk in the folder was counted when it was loaded.
    """
    if folder is not None and is_loaded(folder):
        manifest = read_manifest(folder)
        return Graphs(manifest.default_triples, dict(manifest.graphs))
    try:
        named = {row["graph"]: int(row["n"]) for row in _rows(engine, caller, _SIZES)}
        return Graphs(int(_rows(engine, caller, _TOTAL)[0]["n"]), dict(named))
    except QueryStopped:
        return Graphs(None, {row["graph"]: None for row in _rows(engine, caller, _NAMES)})


def is_union(engine: Engine, caller: Caller, folder: Path | None, graphs: Graphs) -> bool:
    """Whether the default graph is known to be the union of the named ones; it takes longer to know than the sizes."""
    if folder is not None and is_loaded(folder):
        return read_manifest(folder).default_graph == "union"
    if graphs.default is None or graphs.default > MOST_COMPARED:
        return False
    try:
        return not _boolean(engine, caller, _NO_UNION)
    except QueryStopped:
        return False


def _rows(engine: Engine, caller: Caller, text: str) -> list[dict[str, str]]:
    rows = _ask(engine, caller, text)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in rows]


def _boolean(engine: Engine, caller: Caller, text: str) -> bool:
    return bool(_ask(engine, caller, text)["boolean"])


def _ask(engine: Engine, caller: Caller, text: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(engine.answer(Question(text, _JSON), caller).body)
    return answer
