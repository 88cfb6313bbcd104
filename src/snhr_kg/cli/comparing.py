"""The command that puts figures of several sources side by side."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import click

from snhr_kg import content, names
from snhr_kg.charts.look import WIDTH
from snhr_kg.cli import graph_option
from snhr_kg.errors import Fault, InputError, UnknownCode

if TYPE_CHECKING:
    import pyoxigraph as ox

    from snhr_kg.comparisons.compare import Compared
    from snhr_kg.comparisons.records import Topic
    from snhr_kg.comparisons.rows import Labels, Row
    from snhr_kg.comparisons.select import Select
    from snhr_kg.store import Store

_FORMATS = ("table", "csv", "json", "markdown")
_EVENTS = "/incident/"


@click.command(
    epilog="\b\nExamples:\n  snhr-kg compare civilians-killed\n  snhr-kg compare --format markdown --language ar\n"
    "  snhr-kg compare civilians-killed --with mine.nq.gz --chart killed.svg"
)
@click.argument("topic", required=False)
@click.option(
    "--with",
    "files",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="N-Quads that snhr-kg import wrote, gzipped or not, to compare too; may be repeated.",
)
@click.option("--format", "form", type=click.Choice(_FORMATS), default="table", show_default=True, help="How to write.")
@click.option(
    "--language", type=click.Choice(("en", "ar")), default="en", show_default=True, help="Language of labels."
)
@click.option("--chart", type=click.Path(dir_okay=False, path_type=Path), help="SVG or PNG file to draw into.")
@click.option("--width", type=click.IntRange(320, 4000), default=WIDTH, show_default=True, help="Width of the chart.")
@graph_option
def compare(
    topic: str | None,
    files: tuple[Path, ...],
    form: str,
    language: str,
    chart: Path | None,
    width: int,
    folder: Path | None,
) -> None:
    """Print what several sources count, side by side, with why they may differ.

    All topics, or the one named. An unknown topic exits with 2 and names the nearest one. A comparison says how far two
    figures are apart, never which one is right.
    """
    from snhr_kg.comparisons.compare import compare_with
    from snhr_kg.comparisons.rows import Labels

    if chart is not None and topic is None:
        raise click.UsageError("--chart draws one topic: name it")
    topics = _topics(topic)
    select, brought = _dataset(folder or content.graph_folder(), files)
    found = [compared for compared in compare_with(select, topics, brought) if compared.comparisons or topic]
    _write(found, Labels(select, language), form)
    if chart is not None:
        _draw(found[0], chart, language, width)


def _topics(wanted: str | None) -> Sequence[Topic]:
    """All topics, or the one that is wanted; raises `UnknownCode` naming the nearest."""
    from snhr_kg.codes.lists import read_codes
    from snhr_kg.comparisons.read import read_topics

    topics = read_topics(content.folder("data") / "comparisons", read_codes(content.folder("ontology") / "codes"))
    if wanted is None:
        return topics
    ids = [topic.id for topic in topics]
    if wanted not in ids:
        near = get_close_matches(wanted, ids, n=1, cutoff=0.5)
        remedy = f"write {near[0]} (the nearest)" if near else f"there are {', '.join(ids)}"
        raise UnknownCode(f"{wanted!r} is no topic; {remedy}")
    return [topic for topic in topics if topic.id == wanted]


def _dataset(folder: Path, files: Sequence[Path]) -> tuple[Select, list[str]]:
    """What to ask: the graph as it is, or a copy in memory with the files in it, and the datasets they brought."""
    import pyoxigraph as ox

    from snhr_kg.comparisons.select import select_in
    from snhr_kg.store import open_store, write_dataset

    if not files:
        return _select_in(open_store(folder)), []
    store = ox.Store()
    store.bulk_extend(ox.parse(write_dataset(folder, "nquads"), format=ox.RdfFormat.N_QUADS, lenient=True))
    brought = [dataset for path in files for dataset in _add(store, path)]
    return select_in(store), brought


def _select_in(store: Store) -> Select:
    def select(text: str) -> Iterator[dict[str, str]]:
        for row in store.query(text).records():
            yield {name: "" if value is None else str(value) for name, value in row.items()}

    return select


def _add(store: ox.Store, path: Path) -> list[str]:
    """Put a file into the store, but for single events, and hand back the datasets it describes."""
    import pyoxigraph as ox

    kind, dataset = ox.NamedNode(names.PREFIXES["rdf"] + "type"), ox.NamedNode(names.term("ExternalDataset"))
    brought: list[str] = []

    def wanted(quads: Iterator[ox.Quad]) -> Iterator[ox.Quad]:
        for quad in quads:
            if _EVENTS in str(quad.subject) or _EVENTS in str(quad.object):
                continue
            if quad.predicate == kind and quad.object == dataset:
                brought.append(cast(ox.NamedNode, quad.subject).value)
            yield quad

    try:
        with _opened(path) as file:
            store.bulk_extend(wanted(ox.parse(file, format=ox.RdfFormat.N_QUADS, lenient=True)))
    except (SyntaxError, gzip.BadGzipFile, EOFError) as error:
        line = getattr(error, "lineno", None) or 1
        raise InputError(
            [Fault(str(path), line, "file", f"is no N-Quads: {error}", "make it by snhr-kg import")]
        ) from error
    for iri in brought:
        _see_iri(path, iri)
    if not brought:
        problem = "describes no external dataset"
        raise InputError([Fault(str(path), 1, "file", problem, "give the file that snhr-kg import wrote")])
    return brought


def _see_iri(path: Path, iri: str) -> None:
    """Raise `InputError` where a dataset's IRI is none, which the quick way of reading lets pass and queries do not."""
    import pyoxigraph as ox

    try:
        ox.NamedNode(iri)
    except ValueError as error:
        problem = f"describes a dataset whose IRI is none: {error}"
        raise InputError([Fault(str(path), 1, "file", problem, "make it by snhr-kg import")]) from error


def _opened(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _draw(compared: Compared, path: Path, language: str, width: int) -> None:
    from snhr_kg.charts.draw import draw_png, draw_svg
    from snhr_kg.charts.topics import topic_chart

    chart = topic_chart(compared.topic, compared.figures)
    if path.suffix == ".png":
        path.write_bytes(draw_png(chart, language, width))
    else:
        path.write_text(draw_svg(chart, language, width), encoding="utf-8", newline="\n")


def _write(found: Sequence[Compared], labels: Labels, form: str) -> None:
    from snhr_kg.comparisons.rows import SHORT, as_markdown, as_object, as_row
    from snhr_kg.results import Table

    rows = [comparison for compared in found for comparison in compared.comparisons]
    if form == "json":
        objects = [as_object(row, labels) for row in rows]
        click.echo(json.dumps(objects, ensure_ascii=False, indent=1, default=_number))
    elif form == "markdown":
        for compared in found:
            click.echo("\n".join(as_markdown(compared.topic, compared.comparisons, labels)))
    elif form == "csv":
        _write_csv([as_row(row, labels) for row in rows])
    else:
        columns = ("topic", *SHORT)
        flat = [as_row(row, labels) for row in rows]
        click.echo(Table(columns, [[row[name] for name in columns] for row in flat]).to_text())


def _write_csv(rows: Sequence[Row]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    click.echo(text.getvalue(), nl=False)


def _number(value: object) -> float:
    """Decimals as JSON numbers."""
    assert isinstance(value, Decimal)
    return float(value)
