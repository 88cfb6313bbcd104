"""Writes the dataset's files; their bytes depend on the data alone and do not change from run to run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path

from rdflib import Dataset

from snhr_kg import content, names
from snhr_kg.elsewhere import ExternalGraph
from snhr_kg.errors import GraphError
from snhr_kg.exports.csvw import METADATA, TABLE, figure_metadata, figure_table
from snhr_kg.exports.jsonld import Context, to_jsonld
from snhr_kg.exports.quads import CanonicalGraph, canonical_graphs, external_graph, n_quads
from snhr_kg.exports.turtle import to_trig, to_turtle
from snhr_kg.place import fresh_folder, put_in_place, write_file

QUADS = "snhr-kg.nq"
CHECKSUMS = "SHA256SUMS"
CANONICAL_HASH = "CANONICAL-HASH"
CONTEXT = "context.jsonld"
_GRAPHS = names.graph("")


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the folder, its files in order, how many quads, and the canonical hash (hexadecimal)."""

    folder: Path
    files: tuple[str, ...]
    quads: int
    canonical_hash: str


def write_exports(
    dataset: Dataset,
    out: Path,
    context: Path | None = None,
    external: Sequence[ExternalGraph] = (),
    beside: Iterable[tuple[str, bytes]] = (),
) -> Exported:
    """Writes the files of a build into the folder `out`, which is replaced as a whole when all of them are there.

    They are ``snhr-kg.nq`` (canonical N-Quads: its SHA-256 is the canonical hash of the data), ``snhr-kg.trig``, each
    named graph as Turtle and JSON-LD below ``graphs/``, the context, the figures as CSV with CSVW metadata, the
    canonical hash, and checksums of all of these. `context` is the JSON-LD context's file, else the one that ships;
    `external` are the graphs from elsewhere, which are written like the others; `beside` are further files (path below
    `out`, and bytes), such as charts.

    Raises:
        GraphError: `out` holds something other than an earlier build, which would be lost; or there is no room for a
            file. An earlier build is then as it was, also when the process is killed at any moment.
    """
    out = out.resolve()
    _refuse_foreign(out)
    graphs = sorted([*canonical_graphs(dataset), *map(external_graph, external)], key=lambda graph: graph.name)
    with fresh_folder(out) as fresh:
        exported = _write_all(graphs, fresh, context or content.folder("ontology") / CONTEXT, beside)
        put_in_place(fresh, out)
    return Exported(out, *exported)


def graph_file(name: str) -> str:
    """The name, without ending, of a named graph's files: ``report/2020-03-15`` → ``report-2020-03-15``."""
    return name.replace("/", "-")


def _refuse_foreign(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise GraphError(f"{out} is a file; name a folder")
    there = {path.relative_to(out).as_posix() for path in out.rglob("*") if not path.is_dir() or path.is_symlink()}
    foreign = sorted(there - _listed(out / CHECKSUMS))
    if foreign:
        some = ", ".join(foreign[:3]) + (" …" if len(foreign) > 3 else "")
        raise GraphError(f"{out} holds files that are of no build of snhr-kg ({some}); name another folder or empty it")


def _listed(checksums: Path) -> set[str]:
    """The files of an earlier build, its checksums among them; none where another program wrote the checksums."""
    if not checksums.is_file():
        return set()
    names = {line.partition("  ")[2] for line in checksums.read_text(encoding="utf-8", errors="replace").splitlines()}
    return {*names, CHECKSUMS} if {QUADS, CANONICAL_HASH} <= names else set()


def _write_all(
    graphs: list[CanonicalGraph], folder: Path, context: Path, beside: Iterable[tuple[str, bytes]]
) -> tuple[tuple[str, ...], int, str]:
    canonical = n_quads(graphs)
    digest = sha256(canonical).hexdigest()
    sums = {}
    first = [(QUADS, canonical), (CANONICAL_HASH, f"{digest}\n".encode())]
    for name, data in chain(first, _files(graphs, context), beside):
        (folder / name).parent.mkdir(exist_ok=True)
        write_file(folder / name, data)
        sums[name] = sha256(data).hexdigest()
    listing = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))
    write_file(folder / CHECKSUMS, listing.encode())
    return (*sorted(sums), CHECKSUMS), sum(len(graph.lines) for graph in graphs), digest


def _files(graphs: list[CanonicalGraph], context: Path) -> Iterator[tuple[str, bytes]]:
    yield "snhr-kg.trig", to_trig(graphs).encode()
    yield CONTEXT, context.read_bytes()
    yield TABLE, figure_table(triple for graph in graphs for triple in graph.triples).encode()
    yield METADATA, figure_metadata().encode()
    compact = Context.read(context)
    for graph in graphs:
        stem = f"graphs/{graph_file(graph.name.removeprefix(_GRAPHS))}"
        yield f"{stem}.ttl", to_turtle(graph).encode()
        yield f"{stem}.jsonld", to_jsonld(graph.triples, compact).encode()
