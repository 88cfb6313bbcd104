"""Writes the dataset's files; their bytes depend on the data alone and do not change from run to run."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

import pyoxigraph as ox
from rdflib import Dataset

from snhr_kg import content
from snhr_kg.csvw import METADATA, TABLE, figure_metadata, figure_table
from snhr_kg.errors import GraphError
from snhr_kg.jsonld import Context, to_jsonld
from snhr_kg.names import PREFIXES, graph
from snhr_kg.quads import canonical_quads, n_quads_line

CHECKSUMS = "SHA256SUMS"
CANONICAL_HASH = "CANONICAL-HASH"
CONTEXT = "context.jsonld"
_GRAPHS = graph("")


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the folder, its files in order, how many quads, and the canonical hash (hexadecimal)."""

    folder: Path
    files: tuple[str, ...]
    quads: int
    canonical_hash: str


def write_exports(dataset: Dataset, out: Path, context: Path | None = None) -> Exported:
    """Writes the files of a build into the folder `out`, which is replaced as a whole when all of them are there.

    They are ``snhr-kg.nq`` (canonical N-Quads: its SHA-256 is the canonical hash of the data), ``snhr-kg.trig``, each
    named graph as Turtle and JSON-LD below ``graphs/``, the context, the figures as CSV with CSVW metadata, the
    canonical hash, and checksums of all of these. `context` is the JSON-LD context's file, else the one that ships.

    Raises:
        GraphError: `out` holds something other than an earlier build, which would be lost.
    """
    if out.exists() and any(out.iterdir()) and not (out / CHECKSUMS).exists():
        raise GraphError(f"{out} holds files that are no build of snhr-kg; name another folder or empty this one")
    quads = canonical_quads(dataset)
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        fresh.chmod(0o755)
        exported = _write_all(quads, fresh, context or content.folder("ontology") / CONTEXT)
        _replace(out, fresh)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return Exported(out, *exported)


def graph_file(name: str) -> str:
    """The name, without ending, of a named graph's files: ``report/2020-03-15`` → ``report-2020-03-15``."""
    return name.replace("/", "-")


def _write_all(quads: list[ox.Quad], folder: Path, context: Path) -> tuple[tuple[str, ...], int, str]:
    canonical = "".join(map(n_quads_line, quads)).encode()
    digest = sha256(canonical).hexdigest()
    sums = {}
    for name, data in _files(quads, canonical, digest, context):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
        sums[name] = sha256(data).hexdigest()
    listing = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))
    (folder / CHECKSUMS).write_text(listing, encoding="utf-8", newline="\n")
    return (*sorted(sums), CHECKSUMS), len(quads), digest


def _files(quads: list[ox.Quad], canonical: bytes, digest: str, context: Path) -> Iterator[tuple[str, bytes]]:
    yield "snhr-kg.nq", canonical
    by_graph = sorted(quads, key=lambda quad: (str(quad.graph_name), n_quads_line(quad)))
    yield "snhr-kg.trig", _pretty(by_graph, ox.RdfFormat.TRIG)
    yield CANONICAL_HASH, f"{digest}\n".encode()
    yield CONTEXT, context.read_bytes()
    yield TABLE, figure_table(quads).encode()
    yield METADATA, figure_metadata().encode()
    compact = Context.read(context)
    graphs: dict[str, list[ox.Triple]] = defaultdict(list)
    for quad in quads:
        graphs[quad.graph_name.value].append(quad.triple)  # type: ignore[union-attr]
    for name, triples in sorted(graphs.items()):
        stem = f"graphs/{graph_file(name.removeprefix(_GRAPHS))}"
        yield f"{stem}.ttl", _pretty(triples, ox.RdfFormat.TURTLE)
        yield f"{stem}.jsonld", to_jsonld(triples, compact).encode()


def _pretty(statements: Iterable[ox.Quad] | Iterable[ox.Triple], syntax: ox.RdfFormat) -> bytes:
    lines = (ox.serialize(statements, format=syntax, prefixes=PREFIXES) or b"").splitlines(keepends=True)
    # The serializer writes the prefixes in no fixed order.
    head = sum(1 for line in lines if line.startswith(b"@prefix "))
    return b"".join([*sorted(lines[:head]), *lines[head:]])


def _replace(out: Path, fresh: Path) -> None:
    old = Path(mkdtemp(prefix=f".{out.name}-old-", dir=out.parent))
    if out.exists():
        out.rename(old / "build")
    fresh.rename(out)
    shutil.rmtree(old)
