"""Adds the catalogue: what the dataset is, what it holds, where its files are, and what it was made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import chain
from pathlib import Path

from rdflib import Dataset, Graph, Literal, URIRef

from snhr_kg import names
from snhr_kg.elsewhere import ExternalGraph
from snhr_kg.errors import SnhrKgError
from snhr_kg.graphs import descriptions
from snhr_kg.graphs.borrowed import external_entry
from snhr_kg.graphs.census import Census, take, together
from snhr_kg.graphs.descriptions import DATASET, SourceFile
from snhr_kg.graphs.terms import Triple, Triples, term

_GRAPH = "catalogue"


class CatalogueError(SnhrKgError):
    """The part of the catalogue that is written by hand lacks what every entry needs."""


def read_sources(folders: Mapping[str, Path]) -> tuple[SourceFile, ...]:
    """Every file below the folders, with its checksum; a folder's name in the mapping begins its files' paths."""
    return tuple(
        SourceFile(f"{name}/{path.relative_to(folder).as_posix()}", sha256(path.read_bytes()).hexdigest())
        for name, folder in sorted(folders.items())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    )


def add_catalogue(
    dataset: Dataset,
    description: Path,
    sources: Sequence[SourceFile],
    software: Mapping[str, str],
    external: Sequence[ExternalGraph] = (),
) -> None:
    """Adds ``graph/catalogue`` to a dataset that has everything else.

    `description` is the part written by hand (Turtle), `sources` the files that the dataset was built from, and
    `software` the version of each engine by name (our own is in `description`). The counts include the catalogue
    itself, but not the `external` graphs, which are no part of the default graph: each of those has its own count.

    Raises:
        CatalogueError: `description` gives the dataset no licence.
    """
    written = Graph().parse(description, format="turtle")
    licences = _Licences(written, description)
    fixed = {*_triples(written), *_without_counts(dataset, written, licences, sources, software)}
    for graph in external:
        fixed.update(external_entry(graph))
    counted = take(triple for triple, _ in dataset.store.triples((None, None, None), None))
    sizes = {str(graph.identifier): len(graph) for graph in dataset.graphs() if len(graph)}
    entries: set[Triple] = set()
    # Counting the entries adds entries; distinct objects are not counted, since a count would change its own count.
    while (again := _with_counts(dataset, fixed | entries, counted, sizes, licences)) != entries:
        entries = again
    catalogue = dataset.graph(URIRef(names.graph(_GRAPH)))
    catalogue.addN((*triple, catalogue) for triple in fixed | entries)


def _without_counts(
    dataset: Dataset, written: Graph, licence_of: _Licences, sources: Sequence[SourceFile], software: Mapping[str, str]
) -> Triples:
    yield from descriptions.whole_files(licence_of[DATASET])
    yield from descriptions.endpoint()
    yield from descriptions.schema_org(written)
    own = str(written.value(DATASET, term("dcat:version")))
    yield from descriptions.provenance(sources, {**software, "snhr-kg": own})
    yield from _report_entries(dataset, written)
    for graph in (names.graph(_GRAPH), *(str(graph.identifier) for graph in dataset.graphs() if len(graph))):
        yield from _copied(written, DATASET, "dcterms:publisher", URIRef(graph))


def _report_entries(dataset: Dataset, written: Graph) -> Triples:
    """Nobody writes an entry by hand for a report's graph: it is called as the report is; its series says the rest."""
    series = URIRef(names.graph("report"))
    for graph in dataset.graphs():
        subject = URIRef(str(graph.identifier))
        if subject.startswith(f"{series}/"):
            report = URIRef(names.report(subject.removeprefix(f"{series}/")))
            yield subject, term("dcat:inSeries"), series
            yield from _copied(graph, report, "rdfs:label", subject, "dcterms:title")
            yield from _copied(written, series, "dcterms:description", subject)


def _copied(graph: Graph, source: URIRef, predicate: str, target: URIRef, as_predicate: str = "") -> Triples:
    for value in graph.objects(source, term(predicate)):
        if isinstance(value, URIRef | Literal):
            yield target, term(as_predicate or predicate), value


def _with_counts(
    dataset: Dataset, catalogue: set[Triple], counted: Census, sizes: Mapping[str, int], licence_of: _Licences
) -> set[Triple]:
    new = (triple for triple in catalogue if next(dataset.store.triples(triple, None), None) is None)
    everywhere = {**sizes, names.graph(_GRAPH): len(catalogue)}
    entries = (
        descriptions.graph_entry(iri.removeprefix(names.graph("")), size, licence_of[URIRef(iri)])
        for iri, size in sorted(everywhere.items())
    )
    return {*descriptions.statistics(together(counted, take(new))), *chain.from_iterable(entries)}


class _Licences(dict[URIRef, URIRef]):
    """The licence of each part, which is the whole dataset's where none is given."""

    def __init__(self, written: Graph, file: Path) -> None:
        super().__init__(
            (subject, licence)
            for subject, licence in written.subject_objects(term("dcterms:license"))
            if isinstance(subject, URIRef) and isinstance(licence, URIRef)
        )
        for needed in ("dcterms:license", "dcat:version"):
            if written.value(DATASET, term(needed)) is None:
                raise CatalogueError(f"{file}: <{DATASET}> has no {needed}; write one")

    def __missing__(self, part: URIRef) -> URIRef:
        return self[DATASET]


def _triples(graph: Graph) -> Triples:
    for subject, predicate, object_ in graph:
        if not (
            isinstance(subject, URIRef) and isinstance(predicate, URIRef) and isinstance(object_, URIRef | Literal)
        ):
            raise CatalogueError(f"a blank node in the catalogue: {subject} {predicate} {object_}; give it an IRI")
        yield subject, predicate, object_
