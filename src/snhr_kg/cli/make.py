"""Commands that work on the tables: ``build``, ``validate``, ``verify``, ``new-report``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from snhr_kg import content
from snhr_kg.cli import Progress, say
from snhr_kg.errors import ReportTextError

if TYPE_CHECKING:
    from snhr_kg.records import ReportTables

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
data_option = click.option(
    "--data", type=_FOLDER, help="Folder of report folders; those that ship with the package unless given."
)


@click.command(epilog="\b\nExample:\n  snhr-kg build --out build")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write into.")
@data_option
@click.option("--charts/--no-charts", default=True, show_default=True, help="Draw the charts of the pages.")
def build(out: Path, data: Path | None, charts: bool) -> None:
    """Build the dataset files and the charts from the tables.

    Exits with 1 when the graph breaks a shape or contradicts itself, and with 2 when a table cannot be read, listing
    every wrong cell as file:line: column: what is wrong; what to write instead. Nothing is written then.
    """
    from snhr_kg import pipeline

    with Progress() as progress:
        result = pipeline.build(out, data=data, progress=progress, charts=charts)
    prepared = result.prepared
    click.echo(
        f"{out}: {len(prepared.stated)} stated and {len(prepared.derived)} derived figures, "
        f"{len(prepared.checks)} checks, {sum(result.seconds.values()):.1f} s"
    )
    click.echo(f"canonical hash of the data: {result.exported.canonical_hash}")


@click.command(epilog="\b\nExample:\n  snhr-kg validate --data data")
@data_option
def validate(data: Path | None) -> None:
    """Check the tables and the graph made from them, writing nothing.

    Exits with 1 when the graph breaks a shape; warnings, such as where a report contradicts itself, do not count.
    """
    from snhr_kg import pipeline

    with Progress() as progress:
        report = pipeline.prepare(data=data, progress=progress).report
    for result in report.results:
        click.echo(str(result))
    click.echo(
        f"{'conforms' if report.conforms else 'does not conform'}: {len(report.violations)} violations, "
        f"{len(report.warnings)} warnings, contradictions of a report with itself among them"
    )
    if not report.conforms:
        raise SystemExit(1)


@click.command(epilog="\b\nExample:\n  snhr-kg verify ninth-anniversary-2020-03-15.txt")
@click.argument("report", type=click.Path(path_type=Path))
@click.option("--id", "report_id", help="The tables to compare with, where the text does not tell (2020-03-15).")
@data_option
def verify(report: Path, report_id: str | None, data: Path | None) -> None:
    """Find every figure and account for every number in the report's text.

    REPORT is the text in UTF-8, or a PDF (with the extra "pdf"). Exits with 1 when anything is missing or wrong, each
    with its line and column.
    """
    from snhr_kg.codes.lists import read_codes
    from snhr_kg.tables.read import read_reports
    from snhr_kg.text.source import read_text
    from snhr_kg.text.verify import format_problem
    from snhr_kg.text.verify import verify as compare

    text = read_text(report)
    tables = read_reports(data or content.folder("data"), read_codes(content.folder("ontology") / "codes"))
    outcome = compare(text, _tables_of(tables, text.sha256, report_id))
    for problem in outcome.problems:
        click.echo(format_problem(problem, str(report)))
    for note in outcome.notes():
        say(note)
    click.echo(outcome.summary())
    if not outcome.ok:
        raise SystemExit(1)


@click.command("new-report", epilog="\b\nExample:\n  snhr-kg new-report data/2021-03-15")
@click.argument("folder", type=click.Path(path_type=Path))
def new_report(folder: Path) -> None:
    """Start a folder of tables for another report.

    FOLDER is named after the report's date and is filled with tables that have a header and no row yet.
    """
    from snhr_kg.tables.read import new_report as start

    start(folder)
    click.echo(f"{folder}: fill in the tables, then run: snhr-kg validate --data {folder.parent}")


def _tables_of(reports: Sequence[ReportTables], sha256: str, report_id: str | None) -> ReportTables:
    """The tables asked for by id, else those written for the text with this hash, else the only ones there are."""
    known = {tables.report.id: tables for tables in reports}
    if report_id is not None:
        if report_id in known:
            return known[report_id]
        raise click.BadParameter(f"there are tables for {', '.join(known)}", param_hint="--id")
    same = [tables for tables in reports if tables.report.text_sha256 == sha256]
    if same or len(reports) == 1:
        return (same or list(reports))[0]
    raise ReportTextError(f"no table is of this text; name the report it is an extraction of: --id {'|'.join(known)}")
