"""The query engine: opens a graph and answers SPARQL; the only module of the serving side with pyoxigraph."""

from __future__ import annotations

import hashlib
import os
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import IO, Final, Literal, Protocol, TypeAlias, cast

import pyoxigraph as ox

from snhr_kg import names
from snhr_kg.errors import BadQuery, GraphError, QueryRefused, UnknownResource
from snhr_kg.guard import is_update, refuse_unsafe
from snhr_kg.hold import lock, unlock
from snhr_kg.manifest import CHECKSUMS_FILE, DATA_FILE, is_loaded, read_manifest, stamp

RESULT_FORMATS: Final[dict[str, ox.QueryResultsFormat]] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
"""Media types of the answer to SELECT and ASK; the first is the usual one."""

GRAPH_FORMATS: Final[dict[str, ox.RdfFormat]] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
"""Media types of the answer to CONSTRUCT and DESCRIBE; the first is the usual one."""

DATASET_FORMATS: Final = {
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
"""Formats of `write_dataset`; only the first two keep the graphs' names."""

FORMAT_NAMES: Final = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "jsonld": "application/ld+json",
    "ntriples": "application/n-triples",
    "rdfxml": "application/rdf+xml",
}
"""Short names of all of them, for options and links, which cannot set an Accept header."""

Kind: TypeAlias = Literal["boolean", "rows", "graph"]
Value: TypeAlias = str | int | float | bool | Decimal | date | None
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_REMEDY: Final = "build it again: snhr-kg build --out"
_TRIES: Final = 5
_EXTERNAL: Final = names.graph("external/")
_FILL_DEFAULT_GRAPH: Final = f"""
INSERT {{ ?s ?p ?o }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(!STRSTARTS(STR(?g), "{_EXTERNAL}")) }}
"""
_XSD: Final = names.PREFIXES["xsd"]
_PYTHON_TYPES: Final[dict[str, Callable[[str], Value]]] = {
    _XSD + "integer": int,
    _XSD + "decimal": Decimal,
    _XSD + "double": float,
    _XSD + "float": float,
    _XSD + "boolean": "true".__eq__,
    _XSD + "date": date.fromisoformat,
}


class Target(Protocol):
    """What an answer can be written into: it takes bytes, and may refuse them by raising."""

    def write(self, data: bytes, /) -> int:
        """Take some bytes; says how many were taken."""

    def flush(self) -> None:
        """All was written."""


class Answer:
    """The answer to one query: `kind` says whether it is a truth value, rows or a graph."""

    def __init__(self, result: ox.QueryBoolean | ox.QuerySolutions | ox.QueryTriples) -> None:
        self._result = result
        self.kind: Kind = "graph"
        self.variables: tuple[str, ...] = ()
        if isinstance(result, ox.QueryBoolean):
            self.kind = "boolean"
        elif isinstance(result, ox.QuerySolutions):
            self.kind = "rows"
            self.variables = tuple(variable.value for variable in result.variables)

    @property
    def formats(self) -> tuple[str, ...]:
        """The media types that `serialize` can write this answer in."""
        return tuple(GRAPH_FORMATS if self.kind == "graph" else RESULT_FORMATS)

    def __bool__(self) -> bool:
        if not isinstance(self._result, ox.QueryBoolean):
            raise TypeError(f"the answer is {self.kind}, not a truth value")
        return bool(self._result)

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """The rows of a SELECT as Python values: IRIs and strings as str, numbers, booleans and dates as such.

        Raises `BadQuery` with the engine's words when the query cannot be evaluated.
        """
        if not isinstance(self._result, ox.QuerySolutions):
            raise TypeError(f"the answer is {self.kind}, not rows")
        try:
            for solution in self._result:
                yield tuple(python_value(solution[name]) for name in self.variables)
        except RuntimeError as error:
            raise BadQuery(str(error)) from error

    def serialize(self, media_type: str) -> bytes:
        """The answer in one of its `formats`; raises `BadQuery` when the query cannot be evaluated."""
        target = BytesIO()
        self.write(target, media_type)
        return target.getvalue()

    def write(self, target: Target, media_type: str) -> None:
        """Write the answer in one of its `formats`, piece by piece; what `target.write` raises ends the query.

        Raises `BadQuery` when the query cannot be evaluated.
        """
        taking = _Taking(target)
        try:
            if isinstance(self._result, ox.QueryTriples):
                taking.write(_graph_bytes(self._result, GRAPH_FORMATS[media_type]))
            else:
                self._result.serialize(cast(IO[bytes], taking), format=RESULT_FORMATS[media_type])
        except RuntimeError as error:
            if error is taking.refusal:
                raise
            raise BadQuery(str(error)) from error


class _Taking:
    """A target that remembers what it first raised, so that this is not taken for the engine's own error."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self.flush = target.flush
        self.refusal: RuntimeError | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._target.write(data)
        except RuntimeError as error:
            self.refusal = self.refusal or error  # the engine tries once more to write what it holds
            raise


class Store:
    """A graph: each quad in its named graph, the default graph the union of all but external ones.

    It is a built one, held in memory, or one that ``snhr-kg load`` wrote, read from disk; in that the default graph is
    what its manifest says. `version` tells it from every other graph.
    """

    def __init__(self, store: ox.Store, folder: Path, version: str, size: int, files: Sequence[Path] = ()) -> None:
        """`size` counts the quads; `files` are those that the engine reads from while it answers."""
        self._store = store
        self.folder = folder
        self.version = version
        self._size = size
        self._files = files

    def query(
        self,
        text: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        services: Set[str] = frozenset(),
    ) -> Answer:
        """Evaluate a SPARQL 1.1 query, over the dataset that the two lists of graph IRIs make up, if any is given.

        Nothing is ever fetched: a graph that is not in the store is empty. Relative IRIs are read against `names.BASE`
        where the query has no BASE. Raises `BadQuery` with the parser's own words, `QueryRefused` for updates and for
        SERVICE, but of the hosts in `services`.
        """
        refuse_unsafe(text, services)
        try:
            if default_graphs or named_graphs:
                default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [*map(ox.NamedNode, default_graphs)]
                named: list[ox.NamedNode | ox.BlankNode] = [*map(ox.NamedNode, named_graphs)]
                return Answer(self._store.query(text, base_iri=names.BASE, default_graph=default, named_graphs=named))
            return Answer(self._store.query(text, base_iri=names.BASE))
        except (SyntaxError, ValueError) as error:  # ValueError: a graph IRI that is none, text that is not Unicode
            if is_update(text):
                raise QueryRefused("updates are refused: this graph is read-only") from error
            raise BadQuery(str(error)) from error
        except RuntimeError as error:
            raise BadQuery(str(error)) from error

    def __len__(self) -> int:
        """The number of quads in named graphs and triples in the default graph."""
        return self._size

    def descriptors(self) -> int:
        """The limit on open files (RLIMIT_NOFILE) under which this process can answer any query; 0: it needs no more.

        The engine opens most files of a store only when it first reads them.
        """
        if not self._files:
            return 0
        opened = {int(path.name): _target_of(path) for path in Path("/proc/self/fd").iterdir()}
        waiting = {str(path) for path in self._files} - set(opened.values())
        return max(opened) + 1 + len(waiting) if waiting else 0


def open_store(folder: Path) -> Store:
    """Open the graph that a build or a load wrote into `folder`: read into memory, or left on disk.

    Raises `GraphError` saying what to do when a file is missing, or is not the one that the checksums or the manifest
    were made of, unless another graph is just then put in its place: that is opened.
    """
    for _ in range(_TRIES):
        before = stamp(folder)
        try:
            return _open_loaded(folder) if is_loaded(folder) else _open_built(folder)
        except GraphError as error:
            failure = error
            if stamp(folder) == before:
                break
    raise failure


def _open_built(folder: Path) -> Store:
    data, digest = _read_checked(folder)
    store = ox.Store()
    try:
        # The checksum vouches for IRIs and tags. Parsed here, blank nodes keep their labels: answers with one are the
        # same, byte for byte, in every process.
        store.bulk_extend(ox.parse(data, format=ox.RdfFormat.N_QUADS, lenient=True))
    except SyntaxError as error:
        raise GraphError(f"{folder / DATA_FILE}: {error}; {_REMEDY} {folder}") from error
    store.update(_FILL_DEFAULT_GRAPH)
    return Store(store, folder, digest, len(store))


def _open_loaded(folder: Path) -> Store:
    manifest = read_manifest(folder)
    place = (folder / manifest.folder).resolve()
    held = lock(place, shared=True)
    try:
        engine = ox.Store.read_only(str(place))
    except OSError as error:
        unlock(held)
        raise GraphError(f"{place} cannot be opened: {error}; load it again: snhr-kg load") from error
    store = Store(engine, folder, manifest.version, manifest.quads, [place / name for name in manifest.data_files])
    weakref.finalize(store, unlock, held)  # until then no load removes the files
    return store


def _target_of(link: Path) -> str:
    try:
        return os.readlink(link)
    except FileNotFoundError:  # that of the listing itself
        return ""


def write_dataset(folder: Path, form: str, graphs: Set[str] = frozenset()) -> bytes:
    """The built dataset in one of `DATASET_FORMATS`, all of it or only some graphs; literals keep their spelling.

    Raises `UnknownResource` for a graph that is not in it, `GraphError` for a loaded store, which spells literals anew.
    """
    if is_loaded(folder):
        raise GraphError(
            f"{folder} is a loaded store: the files that it was loaded from are the dataset; convert those"
        )
    quads = list(ox.parse(_read_checked(folder)[0], format=ox.RdfFormat.N_QUADS))
    known = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
    if unknown := graphs - known:
        raise UnknownResource(f"there is no graph {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}")
    if graphs:
        quads = [
            quad for quad in quads if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value in graphs
        ]
    target = DATASET_FORMATS[form]
    if target in (ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG):
        return _written(ox.serialize(quads, format=target, prefixes=names.PREFIXES))
    return _graph_bytes((quad.triple for quad in quads), target)


def rewrite_graph(turtle: bytes, media_type: str, prefixes: Mapping[str, str]) -> bytes:
    """A graph written in Turtle in one of `GRAPH_FORMATS`, with those of the prefixes that it uses."""
    triples = [quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)]
    return _graph_bytes(triples, GRAPH_FORMATS[media_type], prefixes)


def _read_checked(folder: Path) -> tuple[bytes, str]:
    """The data and its SHA-256, which is the one that was written beside it."""
    path = folder / DATA_FILE
    try:
        data = path.read_bytes()
        checksums = (folder / CHECKSUMS_FILE).read_text(encoding="utf-8")
    except OSError as error:
        raise GraphError(f"{error.filename}: {error.strerror}; {_REMEDY} {folder}") from error
    stated = {name: digest for digest, _, name in (line.partition("  ") for line in checksums.splitlines())}
    digest = hashlib.sha256(data).hexdigest()
    if stated.get(DATA_FILE) != digest:
        raise GraphError(f"{path} is not what {CHECKSUMS_FILE} says (cut short or changed); {_REMEDY} {folder}")
    return data, digest


def python_value(term: Term | None) -> Value:
    """A term as a Python value; a literal that its datatype does not allow stays the text that it is."""
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        convert = _PYTHON_TYPES.get(term.datatype.value)
        try:
            return convert(term.value) if convert else term.value
        except (ValueError, ArithmeticError):
            return term.value
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _graph_bytes(
    triples: Iterable[ox.Triple], form: ox.RdfFormat, prefixes: Mapping[str, str] = names.PREFIXES
) -> bytes:
    """The distinct triples in order of subject, so that Turtle and JSON-LD group them, with the prefixes they use."""
    distinct = sorted(set(triples), key=str)
    text = "\n".join(map(str, distinct))
    used = {prefix: iri for prefix, iri in prefixes.items() if iri in text}
    return _written(ox.serialize(distinct, format=form, prefixes=used))


def _written(serialized: bytes | None) -> bytes:
    assert serialized is not None  # it is None only when an output is given
    return serialized
