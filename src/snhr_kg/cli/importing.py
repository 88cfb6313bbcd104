"""The command ``import``."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from snhr_kg import content
from snhr_kg.cli import say
from snhr_kg.records import SCHEME_OF

if TYPE_CHECKING:
    from snhr_kg.codes.lists import CodeLists
    from snhr_kg.imports.coding import Unmapped
    from snhr_kg.imports.dataset import Description
    from snhr_kg.imports.table import Told
    from snhr_kg.imports.write import Written
    from snhr_kg.mappings.sets import MappingSets

_LISTED: Final = 10
_WIDTH: Final = 70
_THEIRS_IS: Final = {
    "exactMatch": "the same as",
    "closeMatch": "close to",
    "broadMatch": "broader than",
    "narrowMatch": "narrower than",
    "relatedMatch": "related to",
}


@click.command(
    "import",
    epilog="\b\nExamples:\n  snhr-kg import ucdp-onesided ucdp-onesided-231-csv.csv --out onesided.nq.gz\n"
    "  snhr-kg import unhcr-population population.csv --version 2025.12.1 --out unhcr.nq\n"
    "  snhr-kg import incidents mine.csv --version hama-2026 --title 'Incidents in Hama' --out mine.nq\n"
    "  snhr-kg load build/snhr-kg.nq onesided.nq.gz --out store",
)
@click.argument("kind")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The .nq or .nq.gz file.")
@click.option("--version", help="Version of the dataset, where its rows do not name it.")
@click.option(
    "--retrieved",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Day on which you fetched the files; goes into the dataset's description.",
)
@click.option(
    "--errors",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to list faulty rows; beside --out as NAME.errors.csv unless given.",
)
@click.option("--title", help="Title of the dataset; that of its kind unless given.")
@click.option("--publisher", metavar="NAME", help="Who publishes it; that of its kind unless given.")
@click.option("--rights", help="Attribution that its owner asks for; that of its kind unless given.")
@click.option("--licence", metavar="IRI", help="Its licence; that of its kind unless given.")
@click.option(
    "--mappings",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of mapping sets; those that ship with the package unless given.",
)
def import_(
    kind: str,
    files: tuple[Path, ...],
    out: Path,
    version: str | None,
    retrieved: datetime | None,
    errors: Path | None,
    mappings: Path | None,
    **said: str | None,
) -> None:
    """Turn a published table into figures or incidents with this dataset's dimensions.

    KIND is the table's layout (an unknown one lists them all), FILE a CSV of it; several are parts of one version. The
    result is a named graph of N-Quads, for snhr-kg load. Codes go through the mapping sets; a code that has no exact or
    close match stays the source's own, and is counted and listed.

    A row that cannot be imported is left out and listed in a report, file, line, column and remedy, and the command
    still ends with 0. It ends with 2, writing no graph, when a file cannot be used or none of its rows can.
    """
    from snhr_kg.codes.lists import read_codes
    from snhr_kg.imports.kinds import find_layout
    from snhr_kg.imports.run import Request
    from snhr_kg.imports.write import write_import
    from snhr_kg.mappings.read import read_mappings

    layout = find_layout(kind)
    codes = read_codes(content.folder("ontology") / "codes")
    fetched = f"{retrieved:%Y-%m-%d}" if retrieved else ""
    request = Request(files, _described(_known(kind, codes), **said), version or "", fetched)
    sets = read_mappings(mappings or content.folder("data") / "mappings", codes)
    with _progress(files) as told:
        written = write_import(layout, request, codes, sets, out, errors, told)
    _summarise(out, written)
    _list_unmapped(written.imported.unmapped, sets)
    _list_faults(written)


def _known(kind: str, codes: CodeLists) -> Description | None:
    """What the package knows of a kind of dataset; nothing of a list of the user's own."""
    from snhr_kg.imports.sources import read_sources

    return read_sources(content.folder("data") / "external", codes).descriptions.get(kind)


def _described(
    known: Description | None, title: str | None, publisher: str | None, rights: str | None, licence: str | None
) -> Description:
    """What the user says of a dataset, over what is known of its kind: of a list of his own, nothing."""
    from snhr_kg.errors import BadParameter
    from snhr_kg.imports.dataset import Description

    if known is None and not title:
        raise BadParameter("this is a list of your own, of which nothing is known: give it a --title")
    given = {
        "title_en": title,
        "title_ar": title,
        "publisher": re.sub(r"[\W_]+", "-", (publisher or "").casefold()).strip("-"),
        "publisher_en": publisher,
        "publisher_ar": publisher,
        "rights": rights,
        "licence": licence,
    }
    return replace(
        known or Description("", "", "", "", "", licence="", rights="", citation="", source=""),
        **{name: value for name, value in given.items() if value},
    )


@contextmanager
def _progress(files: tuple[Path, ...]) -> Iterator[Told]:
    """A bar of the bytes read, on standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda count: None
        return
    size = sum(file.stat().st_size for file in files)
    with click.progressbar(length=size, label="importing", file=sys.stderr, update_min_steps=size // 200) as bar:
        yield bar.update


def _summarise(out: Path, written: Written) -> None:
    imported, tally = written.imported, written.imported.tally
    made = [
        f"{count:,} {name if count == 1 else f'{name}s'}"
        for count, name in (
            (tally.figures, "figure"),
            (tally.incidents, "incident"),
            (tally.aggregates, "aggregate"),
        )
        if count
    ]
    click.echo(f"{out}: {imported.source} {imported.version}, {', '.join(made) or 'nothing'}, {written.quads:,} quads")
    click.echo(
        f"rows: {tally.rows_read:,} read, {tally.rows_kept:,} kept, {tally.rows_elsewhere:,} not of Syria, "
        f"{tally.rows_in_error:,} in error"
    )
    if tally.cells_zero:
        click.echo(f"cells of 0, counted and not made into figures: {tally.cells_zero:,}")


def _list_unmapped(unmapped: Sequence[Unmapped], mappings: MappingSets) -> None:
    """The codes that are none of ours, with what the mapping sets say of them instead."""
    if not unmapped:
        return
    click.echo(f"codes of the source that are none of ours: {len(unmapped)}, in the most rows:")
    for found in unmapped[:_LISTED]:
        code = found.code
        name = _short(f"{code.notation} ({code.label})" if code.label else code.notation)
        relations = [
            f"{_THEIRS_IS[record.predicate.rpartition('#')[2]]} our {record.notation}"
            for record in mappings.relations(code.owner, code.code_list, code.notation)
            if record.dimension == SCHEME_OF[found.dimension]
        ]
        related = f"; {', '.join(relations)}" if relations else ""
        click.echo(f"  {found.uses:,}  {found.dimension}  {code.owner} {code.code_list} {name}{related}")


def _list_faults(written: Written) -> None:
    for kinds, what in ((written.refused, "left out"), (written.warned, "kept, though odd")):
        for column, problem, count in kinds[:_LISTED]:
            say(f"{count:,} {'row' if count == 1 else 'rows'} {what}: {column}: {problem}")
    if written.refused or written.warned:
        say(f"each is listed in {written.report}")


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"
