"""The command ``load``."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from snhr_kg.cli import say

if TYPE_CHECKING:
    from snhr_kg.manifest import DefaultGraph

_SAID_EACH = 10.0


@click.command(epilog="\b\nExample:\n  snhr-kg load dump.nq.gz more.ttl --out store\n  snhr-kg serve --graph store")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write into.")
@click.option(
    "--default-graph",
    "default_graph",
    type=click.Choice(["union", "own"]),
    help="What the default graph is: the union of the named graphs but external ones, or what the files put there. "
    "Unless given: own if they put anything there, else union.",
)
def load(files: tuple[Path, ...], out: Path, default_graph: DefaultGraph | None) -> None:
    """Load RDF files of any size into a store on disk, to be served or asked as --graph.

    FILE is N-Quads (.nq), N-Triples (.nt), TriG (.trig) or Turtle (.ttl), compressed (.gz) or not. Exits with 2 when a
    file cannot be used, naming the line; an earlier store in the folder is then as it was.
    """
    from snhr_kg.bulk import load_files

    loaded = load_files(files, out, default_graph, _Sayer())
    click.echo(
        f"{out}: {len(loaded.graphs)} named graphs, {loaded.quads:,} quads with the default graph "
        f"({loaded.default_graph}: {loaded.default_triples:,} triples)"
    )
    click.echo(f"version: {loaded.version}")


class _Sayer:
    """Says how far a load is, every ten seconds."""

    def __init__(self) -> None:
        self._last = monotonic()

    def __call__(self, step: str, quads: int) -> None:
        if monotonic() - self._last >= _SAID_EACH:
            self._last = monotonic()
            say(f"{step}: {quads:,} quads" if quads else step)
