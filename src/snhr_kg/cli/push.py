"""The command ``push``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit, urlunsplit

import click

from snhr_kg import content
from snhr_kg.cli import graph_option, say
from snhr_kg.errors import PushFailed

if TYPE_CHECKING:
    from snhr_kg.remote.credentials import Credentials

PASSWORD_VARIABLE: Final = "SNHR_KG_STORE_PASSWORD"

_NEIGHBOURS: Final = {
    "/sparql": ("/sparql-auth", "/sparql-graph-crud-auth"),
    "/sparql-auth": ("/sparql-auth", "/sparql-graph-crud-auth"),
    "/query": ("/update", "/store"),
}
"""Where Virtuoso and Oxigraph take updates and graphs, by the end of the address where they take queries."""


@click.command(
    epilog="\b\nExamples:\n  snhr-kg push --store http://127.0.0.1:7878/query\n"
    f"  {PASSWORD_VARIABLE}=… snhr-kg push --store http://127.0.0.1:8890/sparql --user dba"
)
@click.option("--store", metavar="URL", required=True, help="Where the store takes queries.")
@click.option("--update", metavar="URL", help="Where it takes updates, if not beside that (Virtuoso, Oxigraph).")
@click.option("--graph-store", metavar="URL", help="Where it takes graphs (Graph Store Protocol), likewise.")
@click.option("--user", metavar="NAME", help=f"User; the password is asked for, or taken from {PASSWORD_VARIABLE}.")
@graph_option
def push(store: str, update: str | None, graph_store: str | None, user: str | None, folder: Path | None) -> None:
    """Load the dataset into a SPARQL 1.1 store, in the place of the one before.

    Graph by graph: each is sent to a place of its own and read back, count and hash; then all are swapped in one
    update. Readers behind "snhr-kg serve --store" see the old dataset or the new one, never half. One push at a time.
    Exits with 2 when the store refuses, fails or holds something else than was sent; the old dataset is then in place
    unless the message says otherwise.
    """
    from snhr_kg.remote.push import Target
    from snhr_kg.remote.push import push as push_dataset

    target = Target(store, *_addresses(store, update, graph_store), ask_credentials(user))
    pushed = push_dataset(folder or content.graph_folder(), target, say)
    for graph in pushed.dropped:
        say(f"dropped, as it is no longer in the dataset: {graph}")
    click.echo(f"{pushed.graphs} graphs, {pushed.triples:,} triples, version {pushed.version}")


def ask_credentials(user: str | None) -> Credentials | None:
    """The user's credentials, the password from the environment or from whoever sits at the terminal; None for none."""
    from snhr_kg.remote.credentials import Credentials

    if user is None:
        return None
    password = os.environ.get(PASSWORD_VARIABLE)
    if password is None:
        password = click.prompt(f"Password of {user}", hide_input=True, err=True)
    return Credentials(user, password)


def _addresses(store: str, update: str | None, graph_store: str | None) -> tuple[str, str]:
    parts = urlsplit(store)
    for end, (update_end, graph_store_end) in _NEIGHBOURS.items():
        if parts.path.endswith(end):
            start = parts.path.removesuffix(end)
            update = update or urlunsplit(parts._replace(path=start + update_end, query=""))
            graph_store = graph_store or urlunsplit(parts._replace(path=start + graph_store_end, query=""))
    if update is None or graph_store is None:
        raise PushFailed(
            f"{store} does not tell where the store takes updates and graphs: name them with --update and "
            "--graph-store (docs/operating.md lists them for some stores)"
        )
    return update, graph_store
