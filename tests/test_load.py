"""Files of any size in a store on disk: opened at once, the same answers as in memory, or a clear refusal."""

from __future__ import annotations

import gzip
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

import small_graph
from snhr_kg import names
from snhr_kg.bulk import load_files
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.pool import LocalEngine
from snhr_kg.engine.question import Caller, Question
from snhr_kg.errors import GraphError
from snhr_kg.manifest import DefaultGraph, Manifest
from snhr_kg.store import open_store, write_dataset

ROOT = Path(__file__).parent.parent
JSON = "application/sparql-results+json"
COUNTS = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
BY_GRAPH = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
EXTERNAL = names.graph("external/far")


def load(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    """The command, as a process."""
    command = [sys.executable, "-m", "snhr_kg", "load", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **options)  # type: ignore[call-overload, no-any-return]


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    return sorted(open_store(folder).query(query).rows(), key=str)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_graph.write(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def loaded(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("loaded") / "store"
    ran = load(built / "snhr-kg.nq", "--out", out)
    assert (ran.returncode, ran.stderr) == (0, "")
    return out


QUERIES = [
    (COUNTS, JSON),
    (BY_GRAPH + " ORDER BY ?g", JSON),
    ("SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o", "text/csv"),
    ("SELECT * { GRAPH ?g { ?s ?p ?o FILTER(LANG(?o) = 'ar') } } ORDER BY ?s ?o", "text/tab-separated-values"),
    (f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{small_graph.REPORT_GRAPH}> {{ ?s ?p ?o }} }}", "text/turtle"),
    (f"ASK {{ GRAPH <{small_graph.EXTERNAL_GRAPH}> {{ ?s ?p ?o }} }}", JSON),
    (f"DESCRIBE <{names.code('perpetrator', 'north')}>", "application/n-triples"),
    ("SELECT ?s ?o { ?s (!<http://nowhere/>)* ?o FILTER(isIRI(?s) && isIRI(?o)) } ORDER BY ?s ?o LIMIT 50", JSON),
]


def test_a_store_on_disk_answers_as_the_same_graph_in_memory(built: Path, loaded: Path) -> None:
    for folder in (built, loaded):
        assert len(open_store(folder)) == len(open_store(built)) > 100
    engines = [LocalEngine(folder, Limits(workers=1)) for folder in (built, loaded)]
    try:
        for query, media_type in QUERIES:
            bodies = [engine.answer(Question(query, media_type), Caller()).body for engine in engines]
            assert bodies[0] == bodies[1], query
            assert len(bodies[0]) > 10
        assert engines[0].version != engines[1].version == open_store(loaded).version
    finally:
        for engine in engines:
            engine.close()


def test_the_dataset_of_a_question_is_that_of_the_store_on_disk(loaded: Path) -> None:
    engine = LocalEngine(loaded, Limits(workers=1))
    try:
        question = Question(COUNTS, "text/csv", default_graphs=(small_graph.EXTERNAL_GRAPH,))
        assert engine.answer(question, Caller()).body == b"n\r\n1\r\n"
    finally:
        engine.close()


def test_the_counts_of_the_manifest_are_those_of_the_store(loaded: Path) -> None:
    manifest = Manifest(**json.loads((loaded / "STORE.json").read_bytes()))
    assert rows(loaded, BY_GRAPH) == sorted(manifest.graphs.items())
    assert rows(loaded, COUNTS) == [(manifest.default_triples,)]
    assert len(open_store(loaded)) == manifest.quads


def test_every_format_is_read_compressed_or_not(tmp_path: Path) -> None:
    quads = write(tmp_path / "a.nq", "<a:a> <a:p> <a:1> <a:g> .\n")
    triples = tmp_path / "b.nt.gz"
    triples.write_bytes(gzip.compress(b"<a:a> <a:p> <a:2> .\n"))
    trig = write(tmp_path / "c.trig", "@prefix a: <a:> . a:h { a:a a:p a:3 }")
    turtle = tmp_path / "d.TTL.GZ"
    turtle.write_bytes(gzip.compress(b"@prefix a: <a:> . a:a a:p a:4 ."))
    ran = load(quads, triples, trig, turtle, "--out", tmp_path / "out")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "2 named graphs, 4 quads" in ran.stdout
    assert "own: 2 triples" in ran.stdout
    assert rows(tmp_path / "out", "SELECT ?o { ?s ?p ?o }") == [("a:2",), ("a:4",)]
    assert rows(tmp_path / "out", "SELECT ?g ?o { GRAPH ?g { ?s ?p ?o } }") == [("a:g", "a:1"), ("a:h", "a:3")]


NAMED = f"<a:a> <a:p> <a:1> <a:g> .\n<a:a> <a:p> <a:1> <a:h> .\n<a:a> <a:p> <a:2> <{EXTERNAL}> .\n"
OWN = "<a:a> <a:p> <a:3> .\n"


@pytest.mark.parametrize(
    ("text", "rule", "expected"),
    [
        (NAMED, None, ["a:1"]),
        (NAMED, "own", []),
        (NAMED + OWN, None, ["a:3"]),
        (NAMED + OWN, "union", ["a:1", "a:3"]),
    ],
)
def test_the_default_graph_is_what_the_rule_says(
    tmp_path: Path, text: str, rule: DefaultGraph | None, expected: list[str]
) -> None:
    source = write(tmp_path / "a.nq", text)
    load_files([source], tmp_path / "out", rule)
    assert rows(tmp_path / "out", "SELECT ?o { ?s ?p ?o }") == [(value,) for value in expected]
    assert len(rows(tmp_path / "out", "SELECT ?g ?o { GRAPH ?g { ?s ?p ?o } }")) == 3


def test_the_version_depends_on_what_was_read_and_on_nothing_else(tmp_path: Path) -> None:
    one = write(tmp_path / "one.nq", NAMED)
    two = write(tmp_path / "two.nq", OWN)
    cases: list[tuple[list[Path], DefaultGraph | None]]
    cases = [([one, two], None), ([two, one], None), ([one, two], "union"), ([one], None)]
    versions = [load_files(files, tmp_path / "out", rule).version for files, rule in cases]
    assert versions[0] == versions[1]
    assert len(set(versions)) == 3


def test_blank_nodes_of_two_files_are_two_and_those_of_one_keep_their_labels(tmp_path: Path) -> None:
    one = write(tmp_path / "one.nq", "_:b <a:p> <a:1> <a:g> .\n<a:a> <a:q> _:b .\n")
    two = write(tmp_path / "two.nq", "_:b <a:p> <a:2> <a:g> .\n")
    load_files([one, two], tmp_path / "both", "union")
    joined = "SELECT ?o { GRAPH <a:g> { ?b <a:p> ?o } ?a <a:q> ?b }"
    assert rows(tmp_path / "both", joined) == [("a:1",)]
    load_files([one], tmp_path / "alone")
    assert rows(tmp_path / "alone", "SELECT ?b { ?a <a:q> ?b }") == [("_:b",)]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bad.nq", b"<a:a> <a:p> <a:1> .\n<a:a> oops .\n", "bad.nq:2: "),
        ("bad.ttl", b"@prefix a: <a:> .\n\na:a b:b a:c .\n", "bad.ttl:3: "),
        ("bad.nt.gz", gzip.compress(b"<a:a> <a:p> <a:1> .\n", mtime=0)[:-9], "bad.nt.gz is not whole"),
        ("bad.nq.gz", b"<a:a> <a:p> <a:1> .\n", "not compressed with gzip"),
        ("bad.rdf", b"", "the name must end in .nq, .nt, .trig, .ttl"),
        ("latin.nt", '<a:a> <a:p> "é" .'.encode("latin-1"), "latin.nt:1: "),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_line_and_the_earlier_store_stays(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    out = tmp_path / "out"
    load_files([write(tmp_path / "good.nq", OWN)], out)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(GraphError, match=re.escape(words)):
        load_files([tmp_path / "good.nq", tmp_path / name], out)
    assert rows(out, "SELECT ?o { ?s ?p ?o }") == [("a:3",)]
    assert len(list(out.iterdir())) == 2


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    ran = load(tmp_path / "none.nq", "--out", tmp_path / "out")
    assert (ran.returncode, ran.stderr) == (2, f"{tmp_path / 'none.nq'}: No such file or directory\n")
    assert not (tmp_path / "out").exists()


def test_a_folder_with_files_of_somebody_else_is_refused(tmp_path: Path) -> None:
    source = write(tmp_path / "a.nq", OWN)
    out = tmp_path / "out"
    out.mkdir()
    write(out / "thesis.txt", "mine")
    with pytest.raises(GraphError, match=r"thesis\.txt"):
        load_files([source], out)
    with pytest.raises(GraphError, match="is a file"):
        load_files([source], source)
    assert [path.name for path in out.iterdir()] == ["thesis.txt"]


def many(path: Path, count: int) -> Path:
    """A file of so many triples."""
    base = "https://e.org/"
    lines = (f'<{base}s{number // 5}> <{base}p{number % 5}> "v {number}" .\n' for number in range(count))
    return write(path, "".join(lines))


def test_a_killed_load_leaves_the_earlier_store_and_the_next_one_clears_up(tmp_path: Path) -> None:
    out = tmp_path / "out"
    load_files([write(tmp_path / "good.nt", OWN)], out)
    command = [sys.executable, "-m", "snhr_kg", "load", many(tmp_path / "many.nt", 300_000), "--out", out]
    process = subprocess.Popen(command)
    deadline = time.monotonic() + 30
    while len(list(out.glob("store-*"))) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.2)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert len(list(out.glob("store-*"))) == 2
    assert rows(out, "SELECT ?o { ?s ?p ?o }") == [("a:3",)]
    load_files([tmp_path / "good.nt"], out)
    assert len(list(out.glob("store-*"))) == 1


def test_a_first_load_that_was_killed_is_refused(tmp_path: Path, loaded: Path) -> None:
    shutil.copytree(loaded, tmp_path / "out")
    (tmp_path / "out" / "STORE.json").unlink()
    with pytest.raises(GraphError, match=r"not loaded to the end.*snhr-kg load"):
        open_store(tmp_path / "out")
    with pytest.raises(GraphError, match="not loaded to the end"):
        LocalEngine(tmp_path / "out", Limits(workers=1))


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda folder: largest(folder).write_bytes(largest(folder).read_bytes()[:-100]), "bytes instead of"),
        (lambda folder: largest(folder).unlink(), "is not whole"),
        (lambda folder: write(folder / "STORE.json", "{"), "is no manifest"),
        (lambda folder: write(folder / "STORE.json", "{}"), "is no manifest"),
        (lambda folder: write(folder / "STORE.json", incomplete(folder)), "not loaded to the end"),
    ],
)
def test_a_store_that_is_not_whole_is_refused(tmp_path: Path, loaded: Path, harm: object, words: str) -> None:
    shutil.copytree(loaded, tmp_path / "out")
    harm(tmp_path / "out")  # type: ignore[operator]
    with pytest.raises(GraphError, match=words):
        open_store(tmp_path / "out")


def largest(folder: Path) -> Path:
    return max(folder.glob("store-*/*.sst"), key=lambda path: path.stat().st_size)


def incomplete(folder: Path) -> str:
    return (folder / "STORE.json").read_text(encoding="utf-8").replace('"complete": true', '"complete": false')


def test_no_room_is_told_with_place_and_size_and_the_earlier_store_stays(tmp_path: Path) -> None:
    out = tmp_path / "out"
    load_files([write(tmp_path / "good.nt", OWN)], out)
    before = {path.name for path in out.rglob("*")}
    source = many(tmp_path / "many.nt", 50_000)
    ran = load(source, "--out", out, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000)))
    assert ran.returncode == 2
    assert "File too large" in ran.stderr
    assert "bytes are free" in ran.stderr
    assert str(out) in ran.stderr
    assert {path.name for path in out.rglob("*")} == before
    assert rows(out, "SELECT ?o { ?s ?p ?o }") == [("a:3",)]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of 200,000 triples in more files than the engine opens at the start."""
    place = tmp_path_factory.mktemp("large")
    out = place / "out"
    manifest = load_files([many(place / "many.nt", 200_000)], out)
    engine = ox.Store(str(out / manifest.folder))
    for number in range(12):
        late = f'<https://e.org/late> <https://e.org/number> "late {number}" .'
        engine.bulk_load(late, ox.RdfFormat.N_TRIPLES)
    engine.flush()
    del engine
    stated = json.loads((out / "STORE.json").read_bytes())
    files = (path for path in (out / manifest.folder).iterdir() if not path.name.startswith("LOG"))
    stated["files"] = {path.name: path.stat().st_size for path in files}
    stated["default_triples"] += 12
    write(out / "STORE.json", json.dumps(stated))
    return out


def test_a_worker_without_leave_to_open_files_answers_any_query_over_a_large_store(large: Path) -> None:
    store = open_store(large)
    assert store.descriptors() > len(os.listdir("/proc/self/fd"))
    expected = {
        COUNTS: b"n\r\n200012\r\n",
        "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }": b"n\r\n40001\r\n",
        "SELECT ?o { <https://e.org/s39999> <https://e.org/p4> ?o }": b"o\r\nv 199999\r\n",
        "SELECT ?s { ?s <https://e.org/p3> 'v 3' }": b"s\r\nhttps://e.org/s0\r\n",
        "SELECT (COUNT(*) AS ?n) { ?s <https://e.org/p1> ?o }": b"n\r\n40000\r\n",
        "SELECT ?p { ?s ?p 'v 4' }": b"p\r\nhttps://e.org/p4\r\n",
        "SELECT ?o { ?s <https://e.org/number> ?o } ORDER BY DESC(?o) LIMIT 1": b"o\r\nlate 9\r\n",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(STRENDS(?o, '99')) }": b"n\r\n2000\r\n",
    }
    engine = LocalEngine(large, Limits(workers=2))
    try:
        for query, body in expected.items():
            assert engine.answer(Question(query, "text/csv"), Caller()).body == body, query
    finally:
        engine.close()


def test_a_store_whose_files_are_all_open_needs_no_further_one(loaded: Path) -> None:
    assert open_store(loaded).descriptors() == 0


def test_a_graph_in_memory_needs_no_further_file(built: Path) -> None:
    assert open_store(built).descriptors() == 0


def test_a_store_is_no_dataset_to_export_and_says_so(loaded: Path) -> None:
    with pytest.raises(GraphError, match="the files that it was loaded from are the dataset"):
        write_dataset(loaded, "nquads")


def test_what_asks_a_graph_takes_a_loaded_store(loaded: Path) -> None:
    for arguments in (["query", "ASK { ?s ?p ?o }"], ["figures"], ["checks"]):
        command = [sys.executable, "-m", "snhr_kg", *arguments, "--graph", str(loaded)]
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert (ran.returncode, ran.stderr) == (0, "")
        assert ran.stdout


def test_opening_leaves_no_trace_in_the_folder(loaded: Path) -> None:
    before = {path: path.stat().st_size for path in loaded.rglob("*") if not path.name.startswith("LOG")}
    open_store(loaded)
    after = {path: path.stat().st_size for path in loaded.rglob("*") if not path.name.startswith("LOG")}
    assert after == before
