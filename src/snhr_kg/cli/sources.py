"""The command ``cite``."""

from __future__ import annotations

from pathlib import Path

import click

from snhr_kg import content
from snhr_kg.cli import graph_option

_FORMATS = ("text", "bibtex", "csl-json", "ris")


@click.command(
    epilog="\b\nExamples:\n  snhr-kg cite torture-deaths-isis\n  snhr-kg cite snhr-2020-03-15 --format bibtex\n"
    "  snhr-kg cite --format csl-json"
)
@click.argument("wanted", metavar="[FIGURE|SOURCE]", default="")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True, help="How to cite.")
@graph_option
def cite(wanted: str, form: str, folder: Path | None) -> None:
    """Say how to cite a figure, a source, or, with neither, every source.

    A figure is named by its id or IRI, a source by its citation key (listed without an argument in the other formats)
    or IRI. An unknown name exits with 2 and names the nearest one.
    """
    from snhr_kg.exports.citations_figures import find_references
    from snhr_kg.exports.citations_formats import FORMATS
    from snhr_kg.store import open_store

    found = find_references(open_store(folder or content.graph_folder()), wanted)
    click.echo(FORMATS[form](found), nl=False)
