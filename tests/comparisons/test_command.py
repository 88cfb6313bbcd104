"""`snhr-kg compare`: what it prints, draws, and refuses."""

from __future__ import annotations

import csv
import gzip
import io
import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from snhr_kg import names
from snhr_kg.cli import main
from snhr_kg.pipeline import BuildResult

HERE = Path(__file__).parent
DATASET = names.external("mine", "1")


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory, tiny_build: BuildResult) -> Path:
    """A built graph: the command asks the topics of the package of it."""
    return Path(tiny_build.out)


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(main, ["compare", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A dataset of one's own: civilians killed in the time of the invented report."""
    dataset, figure = ox.NamedNode(DATASET), ox.NamedNode(f"{DATASET}/figure/1")
    period = ox.NamedNode(names.code("period", "mine"))
    said: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
        (dataset, names.PREFIXES["rdf"] + "type", ox.NamedNode(names.term("ExternalDataset"))),
        (period, names.PREFIXES["rdf"] + "type", ox.NamedNode(names.term("Period"))),
        (figure, names.PREFIXES["rdf"] + "type", ox.NamedNode(names.term("ExternalFigure"))),
        (figure, names.term("fromDataset"), dataset),
        (figure, names.term("period"), period),
        (figure, names.term("value"), ox.Literal(7)),
    ]
    for side, day in (("begin", "1990-01-01"), ("end", "1999-09-01")):
        said.append((period, names.term(side), ox.Literal(day, datatype=ox.NamedNode(names.PREFIXES["xsd"] + "date"))))
    for name, scheme, notation in (
        ("indicator", "indicator", "deaths"),
        ("violationType", "violation-type", "killing"),
        ("perpetrator", "perpetrator", "_T"),
        ("victimGroup", "victim-group", "civilians"),
        ("weapon", "weapon", "_U"),
        ("place", "place", "syria"),
        ("unit", "unit", "persons"),
    ):
        said.append((figure, names.term(name), ox.NamedNode(names.code(scheme, notation))))
    graph = ox.NamedNode(names.graph("external/mine/1"))
    quads = [ox.Quad(subject, ox.NamedNode(predicate), value, graph) for subject, predicate, value in said]
    path = tmp_path / "mine.nq.gz"
    path.write_bytes(gzip.compress(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""))
    return path


@pytest.fixture
def report_and_mine(tmp_path: Path) -> Path:
    """The real report's count alone, as another file that is brought."""
    text = (HERE / "invented.trig").read_text(encoding="utf-8").replace("1999-09-09", "2020-03-15")
    path = tmp_path / "report.nq"
    path.write_bytes(ox.serialize(ox.parse(text, format=ox.RdfFormat.TRIG), format=ox.RdfFormat.N_QUADS) or b"")
    return path


def test_what_a_user_brings_is_compared_and_drawn(
    graph: Path, mine: Path, report_and_mine: Path, tmp_path: Path
) -> None:
    brought = ("--graph", graph, "--with", report_and_mine, "--with", mine)
    rows = json.loads(run("civilians-killed", "--format", "json", *brought))
    row = next(row for row in rows if row["right_value"] == 7)
    assert (row["left_value"], row["difference"], row["ratio"]) == (1234, -1227, 0.0057)
    assert row["reasons"][0]["note"].startswith("What this dataset counts")
    chart = tmp_path / "killed.svg"
    run("civilians-killed", *brought, "--chart", chart, "--language", "ar", "--width", "400")
    assert ET.fromstring(chart.read_text(encoding="utf-8")).get("width") == "400"


def test_rows_can_be_had_as_csv_and_markdown(graph: Path, mine: Path, report_and_mine: Path) -> None:
    brought = ("--graph", graph, "--with", report_and_mine, "--with", mine)
    rows = list(csv.DictReader(io.StringIO(run("civilians-killed", "--format", "csv", *brought))))
    assert {row["topic"] for row in rows} == {"civilians-killed"}
    assert "7" in {row["right_value"] for row in rows}
    markdown = run("civilians-killed", "--format", "markdown", *brought)
    assert markdown.startswith("## Civilians killed\n")
    assert "| 1,234" in markdown


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("civilian-killed",), "'civilian-killed' is no topic; write civilians-killed (the nearest)"),
        (("--chart", "x.svg"), "--chart draws one topic: name it"),
        (("--with", "no.nq"), "does not exist"),
        (("civilians-killed", "--chart", "x.svg"), "civilians-killed: no figure has a date and a number to draw"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(graph: Path, arguments: tuple[str, ...], told: str) -> None:
    result = CliRunner().invoke(main, ["compare", *arguments, "--graph", str(graph)])
    assert result.exit_code == 2
    assert told in result.stderr


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("broken.nq", b"<a> <b>\n<c>", "broken.nq:2: file: is no N-Quads"),
        ("broken.nq.gz", b"not gzipped", "broken.nq.gz:1: file: is no N-Quads"),
        ("empty.nq", b"", "empty.nq:1: file: describes no external dataset"),
        (
            "iri.nq",
            f"<https://a b> <{names.PREFIXES['rdf']}type> <{names.term('ExternalDataset')}> .".encode(),
            "iri.nq:1: file: describes a dataset whose IRI is none",
        ),
    ],
)
def test_a_file_that_is_no_import_is_told_with_its_place(
    graph: Path, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    result = CliRunner().invoke(main, ["compare", "--graph", str(graph), "--with", str(tmp_path / name)])
    assert result.exit_code == 2
    assert told in result.stderr


def test_the_command_imports_no_build_time_engine(graph: Path) -> None:
    code = (
        "import sys; from snhr_kg.cli import main; "
        f"main(['compare', '--graph', {str(graph)!r}], standalone_mode=False); "
        "sys.exit(bool({'rdflib', 'owlrl', 'pyshacl'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, stdout=subprocess.DEVNULL).returncode == 0
