"""The command ``serve``."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

from snhr_kg import content
from snhr_kg.cli import graph_option, say
from snhr_kg.errors import GraphError

STACK_BYTES = 256 * 1024 * 1024
"""Address space (not memory) of each thread's stack: the engine recurses, and the longest query must fit."""


@click.command(epilog="\b\nExample:\n  snhr-kg serve --host 0.0.0.0 --port 8080")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 for a free one.")
@click.option("--threads", type=click.IntRange(1, 64), default=8, show_default=True, help="Requests served at a time.")
@graph_option
def serve(host: str, port: int, threads: int, folder: Path | None) -> None:
    """Serve the SPARQL endpoint and the dataset files over HTTP, until interrupted.

    Needs no network: everything served is in the graph's folder.
    """
    from snhr_kg.store import open_store

    threading.stack_size(STACK_BYTES)
    with ThreadPoolExecutor(1) as pool:  # the graph is read while Flask is imported, which takes about as long
        opening = pool.submit(open_store, folder or content.graph_folder())
        import waitress

        from snhr_kg.web import create_app

        store = opening.result()
    try:
        server = waitress.create_server(create_app(store), host=host, port=port, threads=threads, ident=None)
    except OSError as error:
        raise GraphError(f"cannot listen on {host}:{port}: {error.strerror or error}; choose another --port") from error
    say(f"serving {store.folder} on http://{host}:{server.effective_port}/ (stop with Ctrl-C)")
    server.run()
