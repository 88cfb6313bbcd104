"""The files of a build: read back by other programs they are the dataset, and no file of somebody else is lost."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyld import jsonld  # type: ignore[import-untyped]
from rdflib import RDF, RDFS, XSD, BNode, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic

import snhr_kg.exports.export
import snhr_kg.place
from needs import need
from snhr_kg import content, names
from snhr_kg.errors import GraphError
from snhr_kg.exports.export import write_exports
from snhr_kg.exports.jsonld import CONTEXT_IRI
from snhr_kg.pipeline import BuildResult

REPORT = URIRef(names.graph("report/1999-09-09"))
FIGURE = URIRef(names.in_report("1999-09-09", "figure", "deaths"))
VALUE = URIRef(names.term("value"))


def with_blank_nodes(graph: str = "ontology") -> Dataset:
    """A small dataset with a chain of blank nodes, whose labels differ from run to run."""
    dataset = Dataset()
    within = dataset.graph(URIRef(names.graph(graph)))
    cells = [BNode() for _ in range(4)]
    random.shuffle(cells)
    for number, cell in enumerate(cells):
        within.add((cell, RDF.first, URIRef(names.term(f"p{number}"))))
        within.add((cell, RDF.rest, cells[number + 1] if number < 3 else RDF.nil))
    within.add((URIRef(names.term("p")), URIRef(names.PREFIXES["owl"] + "propertyChainAxiom"), cells[0]))
    return dataset


def figures_of(*reports: str) -> Dataset:
    """One figure in each report, said of in the report's own graph."""
    dataset = Dataset()
    for report in reports:
        figure = URIRef(names.in_report(report, "figure", "deaths"))
        within = dataset.graph(URIRef(names.graph(f"report/{report}")))
        within.add((figure, URIRef(names.term("perpetrator")), URIRef(names.code("perpetrator", "isis"))))
        within.add((figure, URIRef(names.term("inReport")), URIRef(names.report(report))))
        within.add((URIRef(names.in_report(report, "mention", "deaths--body#target")), RDFS.seeAlso, figure))
    return dataset


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def graph_of(dataset: Dataset, name: str) -> Graph:
    """One graph of a dataset as a plain graph."""
    plain = Graph()
    plain += dataset.graph(URIRef(name))
    return plain


def names_of(dataset: Dataset) -> set[str]:
    return {str(graph.identifier) for graph in dataset.graphs() if len(graph)}


def stem(name: str) -> str:
    return name.removeprefix(names.graph("")).replace("/", "-")


def test_blank_nodes_with_other_labels_in_another_order_make_the_same_bytes(tmp_path: Path) -> None:
    write_exports(with_blank_nodes(), tmp_path / "one")
    write_exports(with_blank_nodes(), tmp_path / "two")
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_another_process_with_another_hash_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from test_export import with_blank_nodes;"
        "from snhr_kg.exports.export import write_exports; write_exports(with_blank_nodes(), Path(sys.argv[1]))"
    )
    here = Path(__file__).parent
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join([str(here), *sys.path])}
        subprocess.run([sys.executable, "-c", script, str(tmp_path / seed)], env=environment, check=True)
    assert files(tmp_path / "1") == files(tmp_path / "2")


def test_another_program_verifies_the_checksums(tiny_build: BuildResult) -> None:
    program = need.program("sha256sum", "checksums verified by another program")
    subprocess.run([program, "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=tiny_build.out, check=True)
    listed = {line.split("  ")[1] for line in (tiny_build.out / "SHA256SUMS").read_text().splitlines()}
    assert listed | {"SHA256SUMS"} == set(files(tiny_build.out)) == set(tiny_build.exported.files)


def test_another_processor_canonicalizes_to_the_same_quads_and_hash(tiny_build: BuildResult) -> None:
    built = tiny_build.prepared.dataset
    quads = "".join(
        f"{line.removesuffix('.')}<{graph}> .\n"
        for graph in names_of(built)
        for line in graph_of(built, graph).serialize(format="nt").splitlines()
    )
    form = "application/n-quads"
    canonical = jsonld.normalize(quads, {"algorithm": "URDNA2015", "inputFormat": form, "format": form})
    assert canonical.encode() == (tiny_build.out / "snhr-kg.nq").read_bytes()
    digest = sha256(canonical.encode()).hexdigest()
    assert digest == tiny_build.exported.canonical_hash
    assert (tiny_build.out / "CANONICAL-HASH").read_text() == f"{digest}\n"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib warns of what it does itself
@pytest.mark.parametrize(("name", "syntax"), [("snhr-kg.nq", "nquads"), ("snhr-kg.trig", "trig")])
def test_another_parser_reads_the_dataset_from_each_file(tiny_build: BuildResult, name: str, syntax: str) -> None:
    read, built = Dataset(), tiny_build.prepared.dataset
    read.parse(data=(tiny_build.out / name).read_text(encoding="utf-8"), format=syntax)
    assert names_of(read) == names_of(built)
    for graph in names_of(built):
        assert isomorphic(graph_of(read, graph), graph_of(built, graph)), graph


def test_another_parser_reads_each_graph_from_its_turtle(tiny_build: BuildResult) -> None:
    built = tiny_build.prepared.dataset
    for graph in names_of(built):
        turtle = (tiny_build.out / "graphs" / f"{stem(graph)}.ttl").read_text(encoding="utf-8")
        read = Graph().parse(data=turtle, format="turtle")
        assert isomorphic(read, graph_of(built, graph)), graph


def test_another_processor_reads_each_graph_from_its_jsonld_offline(tiny_build: BuildResult) -> None:
    def published(url: str, options: object) -> dict[str, object]:
        assert url == CONTEXT_IRI
        context = json.loads((tiny_build.out / "context.jsonld").read_text(encoding="utf-8"))
        return {"documentUrl": url, "contextUrl": None, "document": context}

    for graph in names_of(tiny_build.prepared.dataset):
        path = tiny_build.out / "graphs" / f"{stem(graph)}.jsonld"
        lines = jsonld.to_rdf(
            json.loads(path.read_text(encoding="utf-8")),
            {"documentLoader": published, "format": "application/n-quads"},
        )
        read, written = (ox.Dataset(ox.parse(lines, ox.RdfFormat.N_QUADS)), ox.Dataset())
        for quad in ox.parse(path=path.with_suffix(".ttl")):
            written.add(quad)
        for dataset in (read, written):
            dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        assert read == written, graph


LEXICAL = [("1.50", XSD.decimal), ("007", XSD.integer), ("+7", XSD.integer), ("1", XSD.boolean), (".5", XSD.decimal)]


@pytest.mark.parametrize(("lexical", "datatype"), LEXICAL)
def test_no_literal_is_rewritten(tmp_path: Path, lexical: str, datatype: URIRef) -> None:
    dataset = Dataset()
    dataset.graph(REPORT).add((FIGURE, VALUE, Literal(lexical, datatype=datatype, normalize=False)))
    write_exports(dataset, tmp_path / "out")
    for name in ("snhr-kg.nq", "snhr-kg.trig", "graphs/report-1999-09-09.ttl"):
        (quad,) = ox.parse(path=tmp_path / "out" / name)
        assert quad.object == ox.Literal(lexical, datatype=ox.NamedNode(str(datatype)))
        assert f'"{lexical}"^^' in (tmp_path / "out" / name).read_text(encoding="utf-8")


def test_text_of_any_characters_comes_back(tmp_path: Path) -> None:
    text = '"quoted" \\ back\\slash > ^^<x> \u2028 \x07 \x7f\n\r\tوفيات'
    dataset = Dataset()
    dataset.graph(REPORT).add((FIGURE, RDFS.comment, Literal(text, lang="en")))
    write_exports(dataset, tmp_path / "out")
    for name in ("snhr-kg.nq", "snhr-kg.trig", "graphs/report-1999-09-09.ttl"):
        (quad,) = ox.parse(path=tmp_path / "out" / name)
        assert quad.object == ox.Literal(text, language="en")


def test_turtle_has_a_prefix_for_each_folder_and_no_escapes(tiny_build: BuildResult) -> None:
    for path in sorted((tiny_build.out / "graphs").glob("*.ttl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        head = [line for line in lines if line.startswith("@prefix ")]
        body = "\n".join(line for line in lines if not line.startswith("@"))
        assert "\\/" not in body
        assert "\\#" not in body
        assert head == sorted(head, key=lambda line: line.split()[1].rstrip(":"))
        unused = [line for line in head if f"{line.split()[1]}" not in body]
        assert not unused, path.name
    report = (tiny_build.out / "graphs" / "report-1999-09-09.ttl").read_text(encoding="utf-8")
    assert "\nfigure:child-deaths a " in report
    assert "snhr:perpetrator perpetrator:" in report
    assert "<report/1999-09-09/mention/child-deaths--body#target>" in report


def test_prefixes_tell_the_reports_apart_where_several_stand_in_one_file(tmp_path: Path) -> None:
    write_exports(figures_of("1999-09-09", "2000-01-01"), tmp_path)
    trig = (tmp_path / "snhr-kg.trig").read_text(encoding="utf-8")
    assert "\n@prefix figure-1999-09-09: <https://w3id.org/snhr-kg/report/1999-09-09/figure/> .\n" in trig
    assert "figure-2000-01-01:deaths snhr:inReport report:2000-01-01 ;\n" in trig
    alone = (tmp_path / "graphs" / "report-2000-01-01.ttl").read_text(encoding="utf-8")
    assert "figure:deaths snhr:inReport report:2000-01-01 ;\n" in alone


@pytest.mark.parametrize(
    "iri", ["https://w3id.org/snhr-kg/a:b", "https://w3id.org/snhr-kg/x/../y", names.BASE, "urn:x"]
)
def test_an_iri_that_no_prefix_can_shorten_comes_back(tmp_path: Path, iri: str) -> None:
    dataset = Dataset()
    dataset.graph(REPORT).add((URIRef(iri), RDFS.seeAlso, URIRef(iri + "#part.")))
    write_exports(dataset, tmp_path)
    for name in ("snhr-kg.trig", "graphs/report-1999-09-09.ttl"):
        (quad,) = ox.parse(path=tmp_path / name)
        assert (quad.subject, quad.object) == (ox.NamedNode(iri), ox.NamedNode(iri + "#part."))


def test_a_build_replaces_an_earlier_one_as_a_whole(tmp_path: Path) -> None:
    write_exports(figures_of("1999-09-09"), tmp_path / "out")
    exported = write_exports(figures_of("2000-01-01"), tmp_path / "out")
    assert set(files(tmp_path / "out")) == set(exported.files)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("name", ["thesis.txt", "graphs/mine.ttl", ".hidden"])
def test_refuses_a_folder_with_a_file_of_somebody_else(tmp_path: Path, name: str) -> None:
    write_exports(figures_of("1999-09-09"), tmp_path / "out")
    (tmp_path / "out" / name).write_text("mine")
    before = files(tmp_path)
    with pytest.raises(GraphError, match=name):
        write_exports(figures_of("2000-01-01"), tmp_path / "out")
    assert files(tmp_path) == before


def test_refuses_a_folder_whose_checksums_are_of_another_program(tmp_path: Path) -> None:
    (tmp_path / "image.iso").write_text("mine")
    (tmp_path / "SHA256SUMS").write_text(f"{sha256(b'mine').hexdigest()}  image.iso\n")
    with pytest.raises(GraphError, match="name another folder"):
        write_exports(figures_of("1999-09-09"), tmp_path)
    assert (tmp_path / "image.iso").read_text() == "mine"


def test_refuses_a_file_as_the_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(GraphError, match="is a file"):
        write_exports(figures_of("1999-09-09"), tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize("step", ["figure_table", "to_jsonld", "to_turtle", "put_in_place"])
def test_an_export_that_fails_midway_leaves_the_old_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    write_exports(figures_of("1999-09-09"), tmp_path / "out")
    before = files(tmp_path)

    def full(*arguments: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(snhr_kg.exports.export, step, full)
    with pytest.raises(OSError, match="no space"):
        write_exports(figures_of("2000-01-01"), tmp_path / "out")
    assert files(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("in_one_step", [True, False])
def test_an_old_build_stays_when_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_one_step: bool
) -> None:
    """Also where the system cannot exchange two folders: the old one is moved aside, and comes back."""
    write_exports(figures_of("1999-09-09"), tmp_path / "out")
    before = files(tmp_path)
    rename = Path.rename

    def cannot(self: Path, target: Path) -> Path:
        if target == tmp_path / "out" and self.parent == tmp_path:
            raise OSError("no")
        return rename(self, target)

    def exchange(one: Path, other: Path) -> bool:
        if in_one_step:
            raise OSError("no")
        return False

    monkeypatch.setattr(snhr_kg.place, "_exchange", exchange)
    monkeypatch.setattr(Path, "rename", cannot)
    with pytest.raises(OSError, match="no"):
        write_exports(figures_of("2000-01-01"), tmp_path / "out")
    assert files(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_takes_the_context_that_it_is_given(tmp_path: Path) -> None:
    own = tmp_path / "own.jsonld"
    shutil.copy(content.folder("ontology") / "context.jsonld", own)
    own.write_text(own.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    write_exports(figures_of("1999-09-09"), tmp_path / "out", own)
    assert (tmp_path / "out" / "context.jsonld").read_bytes() == own.read_bytes()
