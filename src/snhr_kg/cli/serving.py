"""The command ``serve``."""

from __future__ import annotations

from pathlib import Path

import click

from snhr_kg import content
from snhr_kg.cli import graph_option, say

KEPT_BYTES = 32 * 1024 * 1024
"""Room for responses that are given again."""


@click.command(epilog="\b\nExample:\n  snhr-kg serve --host 0.0.0.0 --port 8080")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 for a free one.")
@graph_option
def serve(host: str, port: int, folder: Path | None) -> None:
    """Serve the SPARQL endpoint and the dataset files over HTTP, until interrupted.

    Needs no network: everything served is in the graph's folder.
    """
    from snhr_kg.engine.limits import Limits
    from snhr_kg.engine.pool import LocalEngine
    from snhr_kg.web import create_app
    from snhr_kg.web.server import serve as serve_http

    graph = folder or content.graph_folder()
    serve_http(
        host, port, lambda: LocalEngine(graph, Limits()), lambda engine: create_app(engine, graph), say, KEPT_BYTES
    )
