"""The command ``publish``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from snhr_kg import content
from snhr_kg.cli import Progress, graph_option, say
from snhr_kg.errors import BrokenLinks

_MOST_SHOWN: Final = 20


@click.command(epilog="\b\nExample:\n  snhr-kg publish site --address https://data.example.org/snhr-kg/")
@click.argument("out", type=click.Path(path_type=Path), metavar="DIR")
@graph_option
@click.option("--address", metavar="URL", help="Where the site will be: writes the redirects for a resolver too.")
def publish(out: Path, folder: Path | None, address: str | None) -> None:
    """Write the whole site as files, for a host without a server, into DIR.

    The pages in both languages, the data of every IRI in every format, the files of the build with its charts, and the
    rules by which IRIs lead there. A second run writes only what changed. Every link is followed: exits with 1 when one
    leads nowhere.
    """
    from snhr_kg.engine.limits import Limits
    from snhr_kg.engine.pool import LocalEngine
    from snhr_kg.publish.site import publish as write_site

    graph = folder or content.graph_folder()
    engine = LocalEngine(graph, Limits(workers=1))
    try:
        with Progress() as show:
            published = write_site(engine, graph, out, address, lambda count: show(f"{count:,} documents"))
    finally:
        engine.close()
    say(
        f"{published.files:,} files in {out}, {published.changed:,} written, {published.removed:,} removed; "
        f"{published.crawled.links:,} links followed"
    )
    if broken := published.crawled.broken:
        for link in broken[:_MOST_SHOWN]:
            say(str(link), error=True)
        raise BrokenLinks(f"{len(broken):,} links lead nowhere")
