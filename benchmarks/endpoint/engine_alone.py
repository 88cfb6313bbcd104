"""The engine without a server: what an ever-different query and its written answer take inside one process.

    python -m endpoint.engine_alone BUILD_FOLDER SECONDS      # in the folder benchmarks/

Prints a JSON object: for each question the median and the 99th percentile in milliseconds, and how often it ran. The
store holds what that of `snhr-kg serve` holds: the named graphs, and all of them again as the default graph.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from statistics import quantiles

import pyoxigraph as ox

from endpoint import questions
from endpoint.questions import Asked
from endpoint.scale import DATA_FILE, read_original

_WRITTEN = {questions.ROWS: ox.QueryResultsFormat.JSON, questions.GRAPH: ox.RdfFormat.TURTLE}


def open_alone(folder: Path) -> ox.Store:
    """The named graphs of a build, and their union as the default graph."""
    store = ox.Store()
    store.bulk_load(path=str(folder / DATA_FILE), format=ox.RdfFormat.N_QUADS, lenient=True)
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    return store


def times_of(store: ox.Store, asked: Asked, figure: str, seconds: float) -> list[float]:
    """Milliseconds of one query after the other, each with another number, for so long."""
    form = _WRITTEN[asked.media_type]
    taken: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(taken) < 3:
        query = asked.query(figure, len(taken))
        start = time.perf_counter()
        store.query(query).serialize(format=form)  # type: ignore[union-attr, arg-type]
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def main(folder: Path, seconds: float) -> None:
    store = open_alone(folder)
    (figure,) = questions.figures(read_original(folder), 0)
    told = {}
    for asked in questions.ALL:
        taken = times_of(store, asked, figure, seconds)
        cuts = quantiles(taken, n=100)
        told[asked.name] = {"p50": cuts[49], "p99": cuts[98], "times": len(taken)}
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
