"""Our closure and our validation beside the engines they are tested against, on the real graph, in one run.

    python benchmarks/reference.py [--without-pyshacl-sparql]

Measures ours and the reference on the same dataset in the same process: the closure of `snhr_kg.reasoning` against
owlrl (OWL 2 RL, all graphs as one), and the validation of `snhr_kg.shacl` against pySHACL given the whole shapes, which
asks each SPARQL constraint once for each focus node. The ratio is reference / ours: how many times longer it takes.
Ours is the median of three runs, the references run once: they take from half a minute to several.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

import owlrl
import pyshacl
from rdflib import Dataset, Graph, URIRef

from snhr_kg import content, names
from snhr_kg.pipeline import prepare
from snhr_kg.reasoning.reason import infer, triples_of
from snhr_kg.shacl.shapes import read_shapes
from snhr_kg.shacl.validate import union_of, validate_dataset

OURS = 3


def seconds(run: Callable[[], object], times: int = 1) -> float:
    """The median of some runs."""
    taken = []
    for _ in range(times):
        start = perf_counter()
        run()
        taken.append(perf_counter() - start)
    return median(taken)


def close_with_owlrl(dataset: Dataset) -> None:
    union = Graph()
    for triple in triples_of(dataset):
        union.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(union)


def validate_with_pyshacl(dataset: Dataset) -> None:
    shapes = read_shapes(content.folder("shapes")).graph
    pyshacl.validate(union_of(dataset), shacl_graph=shapes, inplace=True, inference="none")


def row(step: str, ours: float, theirs: float, reference: str) -> str:
    return f"| {step} | {ours:.2f} | {reference} | {theirs:.2f} | {theirs / ours:.0f} × |"


def main(arguments: list[str]) -> None:
    dataset = prepare().dataset
    whole = Dataset()
    for graph in dataset.graphs():
        if str(graph.identifier) != names.graph("inferred"):
            within = whole.graph(URIRef(str(graph.identifier)))
            whole.addN((*triple, within) for triple in graph)
    print(f"| {len(whole):,} quads | ours, s | reference | its s | ratio |\n| --- | ---: | --- | ---: | ---: |")
    ours = seconds(lambda: infer(whole), OURS)
    print(row("closure", ours, seconds(lambda: close_with_owlrl(whole)), "owlrl"), flush=True)
    if "--without-pyshacl-sparql" not in arguments:
        ours = seconds(lambda: validate_dataset(whole, content.folder("shapes")), OURS)
        print(row("validation", ours, seconds(lambda: validate_with_pyshacl(whole)), "pySHACL"), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
