"""What a push leaves in a store beside the dataset: which dataset it is, and whether one is being put in its place.

    graph …/store/published   version (SHA-256 of the build), push (an id of its own), and the graphs of the dataset
    graph …/store/union       the triples of all its graphs but external ones
    graph …/store/swapping    the id of the push that is about to swap; empty at all other times

A reader who finds no swap announced after its query, and the same push as before it, has read one dataset whole: a swap
is announced, and the announcement committed, before the first graph moves, and taken back after the last one has. That
holds on stores, too, whose updates become visible piece by piece.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from snhr_kg import names
from snhr_kg.errors import StoreFailed

PUBLISHED: Final = names.published("store/published")
SWAPPING: Final = names.published("store/swapping")
STAGING: Final = names.published("store/staging/")
UNION: Final = names.published("store/union")
"""The triples of all graphs but external ones, once each: what a query without a dataset is asked of.

Stores differ over a default graph made of several graphs: Virtuoso counts a triple once for each of them, and takes
more wrong ways through paths (measured with 7.2.5).
"""

EXTERNAL: Final = names.graph("external/")
NOTHING: Final = names.published("store/nothing")
"""A graph that is never there: an empty dataset, for stores that take "no graph given" as "all graphs"."""

GRAPHS: Final = names.graph("")
VERSION, PUSH, GRAPH = (names.published(f"store#{local}") for local in ("version", "push", "graph"))

READ: Final = f"SELECT ?g ?p ?o FROM NAMED <{SWAPPING}> FROM NAMED <{PUBLISHED}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"
COUNT: Final = (
    f'SELECT ?g (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{names.BASE}")) }} GROUP BY ?g'
)
"""The graphs of ours that the store holds, staged ones and the union too, and the triples of each."""


@dataclass(frozen=True, slots=True)
class Marker:
    """One reading of the marker; `push` is empty where no push made the dataset, `swapping` where none is about to."""

    version: str
    push: str
    graphs: tuple[str, ...]
    swapping: str = ""


def read_marker(answer: bytes) -> Marker | None:
    """The marker in the answer (SPARQL results in JSON) to `READ`; None where no push was ever finished."""
    rows = read_rows(answer)
    swapping = [row["o"] for row in rows if row["g"] == SWAPPING]
    told = [(row["p"], row["o"]) for row in rows if row["g"] == PUBLISHED]
    versions = [value for name, value in told if name == VERSION]
    pushes = [value for name, value in told if name == PUSH]
    if not versions and not pushes:
        return None
    if len(versions) != 1 or len(pushes) != 1:
        swapping = swapping or ["unknown"]  # read in the middle of a swap
    graphs = tuple(sorted(value for name, value in told if name == GRAPH))
    return Marker(versions[0] if versions else "", pushes[0] if pushes else "", graphs, "".join(swapping[:1]))


def read_counts(answer: bytes) -> dict[str, int]:
    """The triples of each graph in the answer to `COUNT`."""
    return {row["g"]: int(row["n"]) for row in read_rows(answer) if "g" in row}


def announce(push: str) -> str:
    """The update that announces a swap."""
    return f'{take_back()} ;\nINSERT DATA {{ GRAPH <{SWAPPING}> {{ <{SWAPPING}> <{PUSH}> "{push}" }} }}'


def take_back() -> str:
    """The update that says no swap is under way any more."""
    return f"DELETE WHERE {{ GRAPH <{SWAPPING}> {{ ?s ?p ?o }} }}"


def swap_in(marker: Marker, staged: dict[str, str], obsolete: list[str]) -> str:
    """The update that moves each staged graph to its place (`staged`: from, to), drops `obsolete` ones and says so."""
    told = [f'<{PUBLISHED}> <{VERSION}> "{marker.version}"', f'<{PUBLISHED}> <{PUSH}> "{marker.push}"']
    told += [f'<{PUBLISHED}> <{GRAPH}> "{graph}"' for graph in marker.graphs]
    steps = [f"MOVE <{source}> TO <{target}>" for source, target in staged.items()]
    steps += [f"DROP SILENT GRAPH <{graph}>" for graph in obsolete]
    # DROP, then INSERT, of one graph in one request leaves the old triples too on Virtuoso 7.2.5; DELETE does not.
    steps.append(f"DELETE WHERE {{ GRAPH <{PUBLISHED}> {{ ?s ?p ?o }} }}")
    steps.append(f"INSERT DATA {{ GRAPH <{PUBLISHED}> {{ {' . '.join(told)} }} }}")
    return " ;\n".join(steps)


def read_rows(answer: bytes) -> list[dict[str, str]]:
    """The rows of an answer (SPARQL results in JSON), terms as their text; raises `StoreFailed` when it is none."""
    try:
        bindings = json.loads(answer)["results"]["bindings"]
        return [{name: str(term["value"]) for name, term in row.items()} for row in bindings]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreFailed("the store's answer is no SPARQL results in JSON") from error
