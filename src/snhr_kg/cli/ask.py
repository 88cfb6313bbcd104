"""Commands that read a built graph: ``figures``, ``checks``, ``query``, ``export``."""

from __future__ import annotations

import csv
import errno
import io
import json
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from snhr_kg import content, names
from snhr_kg.cli import graph_option
from snhr_kg.errors import BadQuery, UnknownResource
from snhr_kg.records import DIMENSIONS

if TYPE_CHECKING:
    from snhr_kg.results import Table
    from snhr_kg.store import Store

_Command = TypeVar("_Command", bound=Callable[..., Any])
_ROW_FORMATS = ("table", "csv", "json")
_QUERY_FORMATS = ("table", "json", "xml", "csv", "tsv", "turtle", "jsonld", "ntriples", "rdfxml")
_EXPORT_FORMATS = ("nquads", "trig", "turtle", "jsonld", "ntriples", "rdfxml")
_TABLE_FORMATS = ("datapackage", "parquet")
_BARE = ("id", "label", "amount", "perpetrator", "victim_group", "place", "period")

row_format_option = click.option(
    "--format", "form", type=click.Choice(_ROW_FORMATS), default="table", show_default=True, help="How to write rows."
)


def _dimension_options(command: _Command) -> _Command:
    for name in reversed(DIMENSIONS):
        words = name.replace("_", " ")
        option = click.option(f"--{name.replace('_', '-')}", metavar="CODE", help=f"Notation or IRI of the {words}.")
        command = option(command)
    return command


@click.command(
    epilog="\b\nExamples:\n  snhr-kg figures --perpetrator isis\n"
    "  snhr-kg figures --place deir-ez-zor-governorate --inside --format csv\n"
    "  snhr-kg figures --victim-group girls --derived"
)
@_dimension_options
@click.option("--inside", is_flag=True, help="Take the codes below the given ones too: members, places inside.")
@click.option("--derived", is_flag=True, help="Add the figures that rules computed, which no report states.")
@row_format_option
@graph_option
def figures(inside: bool, derived: bool, form: str, folder: Path | None, **codes: str | None) -> None:
    """List figures, filtered by any dimension.

    An unknown code exits with 2 and names the nearest one.
    """
    from snhr_kg.api import load

    found = load(folder).figures(inside=inside, derived=derived, **codes)
    _write_rows(found.to_table(*(_BARE if form == "table" else ())), form)


@click.command(epilog="\b\nExample:\n  snhr-kg checks --verdict contradictory")
@click.option("--verdict", metavar="CODE", help="consistent, consistent-only-through-at-least or contradictory.")
@row_format_option
@graph_option
def checks(verdict: str | None, form: str, folder: Path | None) -> None:
    """List the answers to the consistency questions.

    Exits with 0 whatever they say: where the report contradicts itself, that is published, not repaired.
    """
    from snhr_kg.api import load

    found = load(folder).checks(verdict)
    _write_rows(found.of("verdict", "residual", "label", "arithmetic") if form == "table" else found, form)


@click.command(
    epilog="\b\nExamples:\n  snhr-kg query queries/torture-deaths.rq\n"
    "  snhr-kg query 'ASK { ?s ?p ?o }'\n  cat my.rq | snhr-kg query - --format csv"
)
@click.argument("query", metavar="QUERY|FILE|-")
@click.option("--format", "form", type=click.Choice(_QUERY_FORMATS), help="table, or turtle for a graph, unless given.")
@graph_option
def query(query: str, form: str | None, folder: Path | None) -> None:
    """Run a SPARQL query.

    The query is the argument itself, the file it names, or standard input for "-". A query that cannot be parsed exits
    with 2 and the parser's words.
    """
    from snhr_kg.results import Table
    from snhr_kg.serialise import FORMAT_NAMES

    answer = _open(folder).query(_query_text(query))
    if answer.kind == "rows" and form in (None, "table"):
        _write_rows(Table(answer.variables, answer.rows()), "table")
    elif answer.kind == "boolean" and form in (None, "table"):
        _print("true" if answer else "false")
    else:
        media_type = FORMAT_NAMES.get(form or "turtle", "")
        if media_type not in answer.formats:
            fitting = [name for name, value in FORMAT_NAMES.items() if value in answer.formats]
            raise click.BadParameter(f"this answer can be had as {', '.join(fitting)}", param_hint="--format")
        _write_bytes(answer.serialize(media_type))


@click.command(
    epilog="\b\nExamples:\n  snhr-kg export --format trig --output snhr-kg.trig\n"
    "  snhr-kg export --only report/2020-03-15 --only derived --format turtle\n"
    "  snhr-kg export --format datapackage --output tables"
)
@click.option(
    "--format",
    "form",
    type=click.Choice((*_EXPORT_FORMATS, *_TABLE_FORMATS)),
    default="nquads",
    show_default=True,
    help="Format to write.",
)
@click.option("--only", metavar="NAME", multiple=True, help="Name (checks) or IRI of a graph; may be repeated.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="File to write, or folder for datapackage and parquet; standard output if not.",
)
@graph_option
def export(form: str, only: tuple[str, ...], output: Path | None, folder: Path | None) -> None:
    """Write the dataset, or some of its graphs, in another format.

    RDF (nquads to rdfxml): the literals are those of the build, to the character. Formats other than nquads and trig
    hold triples without their graph.

    Tables (datapackage, parquet): a folder with one row an observation, the codes, comparisons and sources as plain
    tables, a data dictionary and citations; a loaded store can be written too.
    """
    if form in _TABLE_FORMATS:
        _write_tables(form, only, output, folder)
        return
    from snhr_kg.store import write_dataset

    wanted = {name if name.startswith(names.BASE) else names.graph(name) for name in only}
    written = write_dataset(folder or content.graph_folder(), form, wanted)
    if output is None:
        _write_bytes(written)
    else:
        output.write_bytes(written)


def _write_tables(form: str, only: tuple[str, ...], output: Path | None, folder: Path | None) -> None:
    """Write the tables into the folder `output`, and say how many rows each has."""
    if only:
        raise click.UsageError(f"--only is for RDF: {form} writes what belongs together")
    if output is None:
        raise click.UsageError(f"{form} is a folder of files: name it with --output")
    from snhr_kg.exports.datapackage import write_datapackage
    from snhr_kg.exports.parquet import write_parquet

    write = write_datapackage if form == "datapackage" else write_parquet
    rows = write(_open(folder), output)
    width = max(map(len, rows))
    for name, count in rows.items():
        _print(f"{name:<{width}}  {count:,}")


def _open(folder: Path | None) -> Store:
    from snhr_kg.store import open_store

    return open_store(folder or content.graph_folder())


def _query_text(given: str) -> str:
    """The text of a query: the argument where it holds a brace, an IRI or a line break, else what it names."""
    if not given or any(sign in given for sign in "{<\n"):
        return given
    try:
        return (sys.stdin.buffer.read() if given == "-" else Path(given).read_bytes()).decode("utf-8")
    except OSError as error:
        raise UnknownResource(f"{given}: {error.strerror}; a query's own text has braces or an IRI") from error
    except UnicodeDecodeError as error:
        raise BadQuery(f"{given} is not UTF-8: {error}") from error


def _write_rows(rows: Table, form: str) -> None:
    if form == "table":
        _print(rows.to_text())
    elif form == "json":
        _print(json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=1, default=_plain))
    else:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(rows.columns)
        writer.writerows(row.values() for row in rows)
        _print(text.getvalue(), nl=False)


def _plain(value: object) -> object:
    """Decimals as JSON numbers, dates as their ISO form."""
    return float(value) if isinstance(value, Decimal) else str(value)


def _write_bytes(content_bytes: bytes) -> None:
    on_terminal = sys.stdout is not None and sys.stdout.isatty()
    _print(content_bytes, nl=on_terminal and not content_bytes.endswith(b"\n"))


def _print(result: str | bytes, *, nl: bool = True) -> None:
    """A result on standard output; click would drop it without a word where that is closed."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, "standard output is closed")
    click.echo(result, nl=nl)
