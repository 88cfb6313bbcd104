"""Loads files of RDF, of any size, into a store on disk that `open_store` opens at once."""

from __future__ import annotations

import gzip
import hashlib
import secrets
import shutil
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Final, cast

import pyoxigraph as ox

from snhr_kg import names
from snhr_kg.errors import GraphError
from snhr_kg.hold import lock, unlock
from snhr_kg.manifest import MANIFEST_FILE, STORE_PREFIX, DefaultGraph, Manifest
from snhr_kg.place import no_room, remove_unless_in_use, sync_folder, write_file

FORMATS: Final = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
}
"""Endings of the files that are read; each may be followed by ``.gz``."""

Progress = Callable[[str, int], None]
"""Is told what is being done and, now and then, with how many quads so far."""

_TOLD_EACH: Final = 100_000
_EXTERNAL: Final = names.graph("external/")
_COUNT_NAMED: Final = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_COUNT_DEFAULT: Final = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@dataclass(frozen=True, slots=True)
class _Source:
    path: Path
    form: ox.RdfFormat
    digest: str
    has_default: bool
    """Whether the file puts any triple into the default graph."""


def load_files(
    files: Sequence[Path],
    out: Path,
    default_graph: DefaultGraph | None = None,
    progress: Progress = lambda step, quads: None,
) -> Manifest:
    """Load the files into the folder `out`, where the new store takes the place of an earlier one when it is complete.

    The files are read twice: first for faults, of which there must be none before anything is written. The default
    graph is what `default_graph` says; unless given it is ``own`` if the files put anything there, else ``union``.
    Blank nodes of different files are different ones; those of a single file keep their labels. An earlier store that
    is being read from stays until the next load.

    Raises:
        GraphError: a file cannot be read or is not what its ending says (with the line), `out` holds something else,
            or there is no room. What `out` held before is then as it was, also when the process is killed.
    """
    _refuse_foreign(out)
    sources = [_examined(path, progress) for path in files]
    rule = default_graph or ("own" if any(source.has_default for source in sources) else "union")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise GraphError(f"{out} is a file; name a folder") from error
    with _fresh_store(out) as place:
        graphs, triples = _filled(place, sources, rule, progress)
        manifest = Manifest(
            _version(sources, rule),
            place.name,
            rule,
            triples,
            graphs,
            {source.path.as_posix(): source.digest for source in sources},
            {path.name: path.stat().st_size for path in sorted(place.iterdir()) if not path.name.startswith("LOG")},
        )
        fresh = place / MANIFEST_FILE
        write_file(fresh, manifest.text())
        sync_folder(place)
        sync_folder(out)
        fresh.rename(out / MANIFEST_FILE)
        sync_folder(out)
    _remove_others(out, manifest.folder)
    return manifest


def _refuse_foreign(out: Path) -> None:
    if not out.is_dir():
        return
    foreign = sorted(
        path.name for path in out.iterdir() if path.name != MANIFEST_FILE and not path.name.startswith(STORE_PREFIX)
    )
    if foreign:
        some = ", ".join(foreign[:3]) + (" …" if len(foreign) > 3 else "")
        raise GraphError(f"{out} holds files that are of no store of snhr-kg ({some}); name another folder or empty it")


def _examined(path: Path, progress: Progress) -> _Source:
    """What must be known of a file before it is loaded; raises `GraphError` with its first fault."""
    endings = [ending.lower() for ending in path.suffixes if ending.lower() != ".gz"]
    form = FORMATS.get(endings[-1]) if endings else None
    if form is None:
        raise GraphError(f"{path}: the name must end in {', '.join(FORMATS)}, or that and .gz")
    has_default = False
    for quad in _quads(path, form, partial(progress, f"reading {path.name}")):
        has_default = has_default or isinstance(quad.graph_name, ox.DefaultGraph)
    with path.open("rb") as file:
        return _Source(path, form, hashlib.file_digest(file, "sha256").hexdigest(), has_default)


def _quads(path: Path, form: ox.RdfFormat, tell: Callable[[int], None], *, rename: bool = False) -> Iterator[ox.Quad]:
    """The quads of a file, its blank nodes with labels of their own if wished; its faults as `GraphError` with line."""
    compressed = path.suffix.lower() == ".gz"
    try:
        with cast(IO[bytes], gzip.open(path)) if compressed else path.open("rb") as file:
            for count, quad in enumerate(ox.parse(file, format=form, rename_blank_nodes=rename), 1):
                if count % _TOLD_EACH == 0:
                    tell(count)
                yield quad
    except SyntaxError as error:
        raise GraphError(f"{path}:{error.lineno or 1}: {error.msg}") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise GraphError(f"{path} is not whole, or not compressed with gzip: {error}") from error
    except OSError as error:
        raise GraphError(f"{path}: {error.strerror or error}") from error


@contextmanager
def _fresh_store(out: Path) -> Iterator[Path]:
    """A folder for a store, held by this process, and gone after the block if that fails; no room is told as such."""
    place = out / f"{STORE_PREFIX}{secrets.token_hex(4)}"
    place.mkdir()
    held = lock(place)
    try:
        yield place
    except OSError as error:  # the engine's own have no number; that it can write nothing is what they say
        failure = no_room(str(error), place, sum(path.stat().st_size for path in place.iterdir()))
        shutil.rmtree(place, ignore_errors=True)
        raise failure from error
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    finally:
        unlock(held)


def _filled(
    place: Path, sources: Sequence[_Source], rule: DefaultGraph, progress: Progress
) -> tuple[dict[str, int], int]:
    """Fill the store and close it; the triples of each named graph and of the default graph."""
    store = ox.Store(str(place))
    for source in sources:
        tell = partial(progress, f"loading {source.path.name}")
        quads = _quads(source.path, source.form, tell, rename=len(sources) > 1)
        store.bulk_extend(_with_union(quads) if rule == "union" else quads)
    progress("putting in order", 0)
    store.optimize()
    store.flush()
    counted = cast(ox.QuerySolutions, store.query(_COUNT_NAMED))
    graphs = {solution["g"].value: int(solution["n"].value) for solution in counted}
    (whole,) = cast(ox.QuerySolutions, store.query(_COUNT_DEFAULT))
    return dict(sorted(graphs.items())), int(whole["n"].value)


def _with_union(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The quads, and those of named graphs that are not external in the default graph too."""
    for quad in quads:
        yield quad
        if not isinstance(graph := quad.graph_name, ox.DefaultGraph) and not graph.value.startswith(_EXTERNAL):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)


def _version(sources: Sequence[_Source], rule: DefaultGraph) -> str:
    listed = "".join(sorted(f"{source.digest} {source.form.media_type}\n" for source in sources))
    return hashlib.sha256(f"{rule}\n{listed}".encode()).hexdigest()


def _remove_others(out: Path, current: str) -> None:
    """Remove the stores of earlier loads, finished or not, that nobody holds."""
    for path in out.glob(f"{STORE_PREFIX}*"):
        if path.name != current:
            remove_unless_in_use(path)
