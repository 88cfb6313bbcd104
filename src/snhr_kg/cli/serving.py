"""The command ``serve``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from snhr_kg import content
from snhr_kg.cli import graph_option, say
from snhr_kg.engine.limits import Limits
from snhr_kg.errors import SnhrKgError

if TYPE_CHECKING:
    from snhr_kg.engine.question import Engine

_USUAL = Limits()


def limit_options(command: Any) -> Any:
    """The options that make `Limits`, each by the name of its field."""
    options = (
        ("--time-limit", "seconds", click.FloatRange(0.1), "Seconds that a query may run."),
        ("--memory-limit", "memory_mb", click.IntRange(16), "Memory in MiB that a query may take beside the graph."),
        ("--result-limit", "result_mb", click.IntRange(1), "Size in MiB of one answer."),
        ("--workers", "workers", click.IntRange(1, 256), "Queries that run at a time; one a core."),
        ("--queue", "waiting", click.IntRange(0, 1024), "Queries that may wait for a worker."),
        ("--queue-time", "waiting_seconds", click.FloatRange(0.1), "Seconds that a query may wait."),
        ("--per-client", "per_client", click.IntRange(1), "Queries of one address that may run or wait."),
    )
    for name, field, kind, text in reversed(options):
        command = click.option(name, field, type=kind, default=getattr(_USUAL, field), show_default=True, help=text)(
            command
        )
    return click.option(
        "--allow-service",
        "services",
        multiple=True,
        metavar="HOST",
        callback=lambda _context, _option, hosts: tuple(host.lower() for host in hosts),
        help="A host (or host:port) that SERVICE may ask; none is usual.",
    )(command)


@click.command(epilog="\b\nExample:\n  snhr-kg serve --host 0.0.0.0 --port 8080 --time-limit 30")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 for a free one.")
@graph_option
@click.option("--store", metavar="URL", help="Ask this SPARQL 1.1 endpoint instead of a built graph.")
@click.option("--user", metavar="NAME", help="User of the store; the password is in SNHR_KG_STORE_PASSWORD.")
@limit_options
@click.option("--cache", type=click.IntRange(0), default=64, show_default=True, help="MiB of answers kept in memory.")
@click.option("--behind-proxy", is_flag=True, help="Believe X-Forwarded-For and X-Forwarded-Proto, which a proxy sets.")
@click.option("--access-log", is_flag=True, help="Write address, path and status of every request to standard error.")
def serve(
    host: str,
    port: int,
    folder: Path | None,
    store: str | None,
    user: str | None,
    cache: int,
    behind_proxy: bool,
    access_log: bool,
    **limits: Any,
) -> None:
    """Serve the pages, the SPARQL endpoint, the API and the dataset files over HTTP, until interrupted.

    Needs no network: everything served is in the graph's folder, and a new build there is taken up while serving.
    Nothing about who asks what is written, unless --access-log says so.
    """
    from snhr_kg.engine.cache import CachingEngine
    from snhr_kg.web.server import HttpOptions
    from snhr_kg.web.server import serve as serve_http

    if sys.platform != "linux":
        raise SnhrKgError(f"serving needs Linux 5.3 or newer, and this is {sys.platform}; run it in a container there")
    if store is not None and folder is not None:
        raise click.UsageError("--graph and --store exclude each other: one graph is served")
    bounds = Limits(**limits)
    if store is None:
        graph: Path | None = (built := folder or content.graph_folder())
        open_inner = _graph_opener(built, bounds)
    else:
        graph = None
        open_inner = _store_opener(store, user, bounds)
    half = cache * 1024 * 1024 // 2
    options = HttpOptions(host, port, kept_bytes=half, behind_proxy=behind_proxy, access_log=access_log)
    serve_http(options, lambda: CachingEngine(open_inner(), half), graph, say)


def _graph_opener(graph: Path, limits: Limits) -> Callable[[], Engine]:
    """Opens the engine over a built graph, which takes up each new build."""
    from snhr_kg.engine.pool import LocalEngine
    from snhr_kg.engine.swap import SwappingEngine

    return lambda: SwappingEngine(graph, lambda folder: LocalEngine(folder, limits), say)


def _store_opener(url: str, user: str | None, limits: Limits) -> Callable[[], Engine]:
    """Opens the engine over a store elsewhere; a password is asked for now, while there is a terminal to ask at."""
    from snhr_kg.cli.push import ask_credentials
    from snhr_kg.remote.engine import open_remote

    credentials = ask_credentials(user)
    return lambda: open_remote(url, limits, credentials, say)
