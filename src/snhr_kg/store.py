"""The query engine: opens a graph that a build or a load wrote, and answers SPARQL."""

from __future__ import annotations

import hashlib
import os
import weakref
from collections.abc import Sequence, Set
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from snhr_kg import names
from snhr_kg.answer import Answer
from snhr_kg.errors import BadQuery, GraphError, QueryRefused, UnknownResource
from snhr_kg.guard import is_update, refuse_unsafe
from snhr_kg.hold import lock, unlock
from snhr_kg.manifest import CHECKSUMS_FILE, DATA_FILE, is_loaded, read_manifest, stamp
from snhr_kg.serialise import DATASET_FORMATS, graph_bytes, written
from snhr_kg.syntax import in_words

_REMEDY: Final = "build it again: snhr-kg build --out"
_TRIES: Final = 5
_EXTERNAL: Final = names.graph("external/")
_FILL_DEFAULT_GRAPH: Final = f"""
INSERT {{ ?s ?p ?o }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(!STRSTARTS(STR(?g), "{_EXTERNAL}")) }}
"""


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
            raise BadQuery(in_words(str(error), text)) from error
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
        return written(ox.serialize(quads, format=target, prefixes=names.PREFIXES))
    return graph_bytes((quad.triple for quad in quads), target)


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
