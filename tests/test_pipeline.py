"""The whole way, on the invented report."""

from __future__ import annotations

import ast
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep

import pyoxigraph as ox
import pytest
from rdflib import URIRef
from rdflib.namespace import RDF

from built import ROOT
from snhr_kg import names
from snhr_kg.errors import DoesNotConform, TableError
from snhr_kg.exports.export import write_exports
from snhr_kg.graphs.terms import code, term
from snhr_kg.pipeline import STEPS, BuildResult, build, prepare

TINY = ROOT / "tests" / "tiny" / "1999-09-09"

STRICT = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix snhr: <https://w3id.org/snhr-kg/ontology#> .
@prefix snhr-sh: <https://w3id.org/snhr-kg/shapes#> .

snhr-sh:strict a sh:NodeShape ;
    sh:targetClass snhr:Report ;
    sh:property snhr-sh:strict-abstract .

snhr-sh:strict-abstract a sh:PropertyShape ;
    sh:path dcterms:abstract ;
    sh:minCount 1 ;
    sh:message "Write an abstract."@en .
"""


def data_folder(place: Path, *reports: str) -> Path:
    """A data folder with the invented report, once under each of the names."""
    for report in reports:
        folder = place / "data" / report
        shutil.copytree(TINY, folder)
        for name in ("report.csv", "datapackage.json"):
            text = (folder / name).read_text(encoding="utf-8")
            (folder / name).write_text(text.replace("1999-09-09,The", f"{report},The"), encoding="utf-8", newline="")
    header, point = "place,longitude,latitude,source,note", "syria,38.5,35,https://example.org/syria,"
    (place / "data" / "coordinates.csv").write_text(f"{header}\n{point}\n", encoding="utf-8")
    return place / "data"


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def told() -> list[str]:
    return []


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, told: list[str]) -> BuildResult:
    place = tmp_path_factory.mktemp("pipeline")
    return build(place / "out", data=data_folder(place, "1999-09-09"), progress=told.append)


def test_tells_each_step_as_it_begins_and_how_long_it_took(built: BuildResult, told: list[str]) -> None:
    assert tuple(told) == STEPS == tuple(built.seconds)
    assert all(seconds >= 0 for seconds in built.seconds.values())


def test_hands_back_what_was_made_and_what_was_written(built: BuildResult) -> None:
    assert len(built.prepared.stated) == 26
    assert len(built.prepared.derived) > 5
    assert built.exported.quads == sum(len(graph) for graph in built.prepared.dataset.graphs())
    assert set(built.exported.files) == set(hashes(built.out))


def test_has_all_named_graphs(built: BuildResult) -> None:
    found = {str(graph.identifier) for graph in built.prepared.dataset.graphs() if len(graph)}
    named = ("ontology", "codes", "report/1999-09-09", "links", "inferred", "derived", "checks", "catalogue")
    assert found == {names.graph(name) for name in named}


def test_catalogues_the_files_that_it_writes(built: BuildResult) -> None:
    catalogue = built.prepared.dataset.graph(URIRef(names.graph("catalogue")))
    listed = {
        str(address).removeprefix(names.published("files/"))
        for address in catalogue.subjects(RDF.type, term("dcat:Distribution"))
    }
    assert listed <= set(built.exported.files)
    assert set(built.exported.files) - listed == {"SHA256SUMS", "CANONICAL-HASH", "context.jsonld"}


def test_names_every_table_that_it_read_with_its_checksum(built: BuildResult) -> None:
    catalogue = built.prepared.dataset.graph(URIRef(names.graph("catalogue")))
    entity = URIRef(names.published("input/data/1999-09-09/figures.csv"))
    checksum = catalogue.value(entity, term("spdx:checksum"))
    expected = sha256((TINY / "figures.csv").read_bytes()).hexdigest()
    assert str(catalogue.value(checksum, term("spdx:checksumValue"))) == expected


def test_counts_in_the_catalogue_what_is_in_the_files(built: BuildResult) -> None:
    quads = list(ox.parse((built.out / "snhr-kg.nq").read_bytes(), ox.RdfFormat.N_QUADS))
    dataset, predicate = (ox.NamedNode(iri) for iri in (names.published("dataset"), term("void:triples")))
    counted = [quad.object.value for quad in quads if (quad.subject, quad.predicate) == (dataset, predicate)]
    assert counted == [str(len({quad.triple for quad in quads}))]


def test_publishes_what_the_report_contradicts(built: BuildResult) -> None:
    checks = built.prepared.dataset.graph(URIRef(names.graph("checks")))
    contradicted = list(checks.subjects(term("snhr:verdict"), code("verdict", "contradictory")))
    assert contradicted
    assert built.prepared.report.conforms


def test_writes_the_same_bytes_in_every_process(built: BuildResult, tmp_path: Path) -> None:
    script = "import sys; from pathlib import Path; from snhr_kg.pipeline import build; build(*map(Path, sys.argv[1:]))"
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / seed), str(built.out.parent / "data")],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")},
            check=True,
        )
        assert hashes(tmp_path / seed) == hashes(built.out)


def test_takes_a_second_report_as_a_second_folder(tmp_path: Path) -> None:
    prepared = prepare(data=data_folder(tmp_path, "1999-09-09", "2001-01-01"))
    assert prepared.report.conforms, "\n".join(map(str, prepared.report.violations))
    sizes = {
        report: len(prepared.dataset.graph(URIRef(names.graph(f"report/{report}"))))
        for report in ("1999-09-09", "2001-01-01")
    }
    assert sizes["1999-09-09"] == sizes["2001-01-01"] > 1000
    assert len(prepared.stated) == 52


@pytest.fixture
def strict_shapes(tmp_path: Path) -> Path:
    """Shapes that the invented report breaks: each report must have an abstract."""
    folder = tmp_path / "shapes"
    folder.mkdir()
    (folder / "strict.ttl").write_text(STRICT, encoding="utf-8")
    return folder


def test_writes_nothing_when_the_graph_breaks_a_shape(tmp_path: Path, strict_shapes: Path) -> None:
    data = data_folder(tmp_path, "1999-09-09")
    with pytest.raises(DoesNotConform, match=r"report/1999-09-09 .*abstract: Write an abstract\."):
        build(tmp_path / "out", data=data, shapes=strict_shapes)
    assert not (tmp_path / "out").exists()


def test_leaves_an_earlier_build_as_it_was_when_the_next_one_fails(tmp_path: Path, strict_shapes: Path) -> None:
    data = data_folder(tmp_path, "1999-09-09")
    build(tmp_path / "out", data=data)
    before = hashes(tmp_path / "out")
    with pytest.raises(DoesNotConform):
        build(tmp_path / "out", data=data, shapes=strict_shapes)
    assert hashes(tmp_path / "out") == before


def test_hands_back_a_dataset_that_breaks_a_shape_when_nothing_is_to_be_written(
    tmp_path: Path, strict_shapes: Path
) -> None:
    prepared = prepare(data=data_folder(tmp_path, "1999-09-09"), shapes=strict_shapes)
    assert [result.message for result in prepared.report.violations] == ["Write an abstract."]


def test_writes_nothing_when_a_cell_is_wrong(tmp_path: Path) -> None:
    data = data_folder(tmp_path, "1999-09-09")
    figures = data / "1999-09-09" / "figures.csv"
    figures.write_text(figures.read_text(encoding="utf-8").replace("russian-forces", "rusian-forces"), encoding="utf-8")
    with pytest.raises(TableError, match=r"figures\.csv:.*russian-forces"):
        build(tmp_path / "out", data=data)
    assert not (tmp_path / "out").exists()


def test_lists_wrong_points_together_with_wrong_cells(tmp_path: Path) -> None:
    data = data_folder(tmp_path, "1999-09-09")
    figures, points = data / "1999-09-09" / "figures.csv", data / "coordinates.csv"
    figures.write_text(figures.read_text(encoding="utf-8").replace("russian-forces", "rusian-forces"), encoding="utf-8")
    points.write_text(points.read_text(encoding="utf-8").replace("38.5", "east"), encoding="utf-8")
    with pytest.raises(TableError) as refused:
        prepare(data)
    assert {Path(fault.file).name for fault in refused.value.faults} == {"figures.csv", "coordinates.csv"}


BUILD = [sys.executable, "-m", "snhr_kg", "build"]


def test_a_killed_build_leaves_the_earlier_one_and_the_next_clears_up(tiny_build: BuildResult, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(tiny_build.out, out)
    before = hashes(out)
    process = subprocess.Popen([*BUILD, "--data", tiny_build.out.parent / "data", "--out", out])
    deadline = monotonic() + 60
    while not list(tmp_path.glob(".out-new-*/*")) and monotonic() < deadline:
        sleep(0.001)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    assert list(tmp_path.glob(".out-new-*"))
    assert hashes(out) == before
    write_exports(tiny_build.prepared.dataset, out)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert hashes(out) == before


def test_no_room_is_told_with_file_size_and_place_and_the_earlier_build_stays(
    tiny_build: BuildResult, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(tiny_build.out, out)
    before = hashes(out)
    size = (out / "snhr-kg.nq").stat().st_size
    ran = subprocess.run(
        [*BUILD, "--data", tiny_build.out.parent / "data", "--out", out],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, size // 2)),
    )
    assert ran.returncode == 2
    assert re.search(
        rf"snhr-kg\.nq \({size:,} bytes\) cannot be written: File too large; [\d,]+ bytes are free", ran.stderr
    )
    assert str(tmp_path) in ran.stderr
    assert "Traceback" not in ran.stderr
    assert hashes(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


STEP_MODULES = ("graphs.build", "reasoning.reason", "graphs.catalogue", "shacl.validate", "exports.export")


@pytest.mark.parametrize("step", STEP_MODULES)
def test_has_steps_that_hand_over_a_dataset_and_do_not_import_one_another(step: str) -> None:
    tree = ast.parse((ROOT / "src" / "snhr_kg" / f"{step.replace('.', '/')}.py").read_text(encoding="utf-8"))
    imported = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
    }
    others = {*STEP_MODULES, "pipeline"} - {step}
    assert imported & {f"snhr_kg.{other}" for other in others} == set()
