"""How long it takes to look a figure up inside a process that has the graph loaded.

    python benchmarks/lookup.py [GRAPH_FOLDER]

Measures `snhr_kg.load()`, the first ``kg.figure(id)`` (which reads what all later ones use), and the median and the
slowest of a hundred rounds over all figures, each asked for by the id that tables use and by its IRI. Wanted: a median
under 0.5 ms.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from time import perf_counter

import snhr_kg

ROUNDS = 100


def seconds_of(kg: snhr_kg.KnowledgeGraph, asked: str) -> float:
    start = perf_counter()
    kg.figure(asked)
    return perf_counter() - start


def report(folder: Path | None) -> str:
    """The measurements as a markdown table."""
    start = perf_counter()
    kg = snhr_kg.load(folder)
    loaded = perf_counter() - start
    iris = [str(row["f"]) for row in kg.query("SELECT ?f { ?f a <https://w3id.org/snhr-kg/ontology#Figure> }")]
    first = seconds_of(kg, iris[0])
    asked = [*iris, *(iri.rpartition("/")[2] for iri in iris)]
    times = [seconds_of(kg, one) for _ in range(ROUNDS) for one in asked]
    return "\n".join(
        [
            f"| {len(times):,} lookups of {len(iris)} figures | |",
            "| --- | ---: |",
            f"| load the graph | {loaded * 1000:.0f} ms |",
            f"| first lookup | {first * 1000:.1f} ms |",
            f"| lookup, median, wanted < 0.5 | {median(times) * 1000:.4f} ms |",
            f"| lookup, slowest | {max(times) * 1000:.3f} ms |",
        ]
    )


if __name__ == "__main__":
    print(report(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
