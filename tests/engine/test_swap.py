"""A new graph is taken up whole while queries run, with real engine processes."""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from asking import computes, workers
from snhr_kg.bulk import load_files
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.pool import LocalEngine
from snhr_kg.engine.question import Answered, Caller, Question
from snhr_kg.engine.swap import SwappingEngine
from snhr_kg.errors import GraphError
from snhr_kg.place import fresh_folder, put_in_place

JSON = "application/sparql-results+json"
MARK = Question("SELECT ?mark (COUNT(?s) AS ?n) { <urn:graph> <urn:mark> ?mark . ?s ?p ?o } GROUP BY ?mark", JSON)
SLOW = Question(
    "SELECT ?mark (COUNT(*) AS ?n) { <urn:graph> <urn:mark> ?mark . ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?mark",
    JSON,
)
OFTEN = 0.02


def data(mark: str, size: int = 50) -> bytes:
    lines = [f'<urn:graph> <urn:mark> "{mark}" <urn:g> .\n']
    lines += [f"<urn:s{number}> <urn:p> <urn:o> <urn:g> .\n" for number in range(size)]
    return "".join(lines).encode()


def sums(content: bytes) -> str:
    return f"{hashlib.sha256(content).hexdigest()}  snhr-kg.nq\n"


def build(folder: Path, mark: str, size: int = 50) -> str:
    """Put a graph in place as a build does; its version."""
    content = data(mark, size)
    with fresh_folder(folder) as fresh:
        (fresh / "snhr-kg.nq").write_bytes(content)
        (fresh / "SHA256SUMS").write_text(sums(content))
        put_in_place(fresh, folder)
    return hashlib.sha256(content).hexdigest()


def mark_of(answered: Answered) -> str:
    (row,) = json.loads(answered.body)["results"]["bindings"]
    return str(row["mark"]["value"])


def until(true: Callable[[], object], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


@contextmanager
def swapping(folder: Path, said: list[str], limits: Limits | None = None) -> Iterator[SwappingEngine]:
    limits = limits or Limits(workers=2)
    engine = SwappingEngine(folder, lambda path: LocalEngine(path, limits), said.append, OFTEN)
    try:
        yield engine
    finally:
        engine.close()


@contextmanager
def asked_all_the_time(engine: SwappingEngine) -> Iterator[list[Answered | Exception]]:
    """Four threads ask the same question again and again; what they got."""
    got: list[Answered | Exception] = []
    enough = threading.Event()

    def ask() -> None:
        while not enough.is_set():
            try:
                got.append(engine.answer(MARK, Caller()))
            except Exception as error:
                got.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        yield got
    finally:
        enough.set()
        for thread in threads:
            thread.join()


def test_every_query_asked_during_swaps_is_answered_and_right_for_its_version(tmp_path: Path) -> None:
    folder, said = tmp_path / "graph", []
    marks = {build(folder, "one"): "one"}
    with swapping(folder, said) as engine, asked_all_the_time(engine) as got:
        for mark in ("two", "three", "four"):
            version = build(folder, mark)
            marks[version] = mark
            until(lambda version=version: engine.version == version)
            before = len(got)
            until(lambda before=before: len(got) > before + 20)
    assert [answer for answer in got if isinstance(answer, Exception)] == []
    assert all(isinstance(answer, Answered) and mark_of(answer) == marks[answer.version] for answer in got)
    assert {marks[answer.version] for answer in got if isinstance(answer, Answered)} == set(marks.values())
    assert said == [f"a new graph is served: version {version}" for version in list(marks)[1:]]


def test_a_query_that_began_on_the_old_graph_ends_on_it(tmp_path: Path) -> None:
    folder, said = tmp_path / "graph", []
    old = build(folder, "old", size=150)
    with swapping(folder, said, Limits(workers=1, seconds=30)) as engine:
        answers: list[Answered] = []
        thread = threading.Thread(target=lambda: answers.append(engine.answer(SLOW, Caller())))
        thread.start()
        until(lambda: any(map(computes, workers())))
        new = build(folder, "new")
        until(lambda: engine.version == new)
        assert mark_of(engine.answer(MARK, Caller())) == "new"
        assert thread.is_alive(), "the slow query was to run longer than the swap takes"
        thread.join()
    assert [(answer.version, mark_of(answer)) for answer in answers] == [(old, "old")]


def truncate(folder: Path) -> None:
    path = folder / "snhr-kg.nq"
    path.write_bytes(path.read_bytes()[:-30])


def write_checksums_first(folder: Path) -> None:
    (folder / "SHA256SUMS").write_text(sums(data("later")))


def break_data(folder: Path) -> None:
    (folder / "snhr-kg.nq").write_bytes(b"<a")
    (folder / "SHA256SUMS").write_text(sums(b"<a"))


def delete_data(folder: Path) -> None:
    (folder / "snhr-kg.nq").unlink()


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (truncate, "cut short or changed"),
        (write_checksums_first, "cut short or changed"),
        (break_data, "Parser error"),
        (delete_data, "No such file"),
        (shutil.rmtree, "No such file"),
    ],
)
def test_a_graph_that_cannot_be_opened_is_told_once_and_the_next_good_one_is_taken(
    tmp_path: Path, harm: Callable[[Path], None], words: str
) -> None:
    folder, said = tmp_path / "graph", []
    old = build(folder, "old")
    with swapping(folder, said) as engine:
        with asked_all_the_time(engine) as got:
            harm(folder)
            until(lambda: said)
            time.sleep(10 * OFTEN)
            assert engine.version == old
            told = [message for message in said if words in message]
            assert len(told) == 1
            assert "the graph opened before stays served" in told[0]
            new = build(folder, "new")
            until(lambda: engine.version == new)
        assert [answer for answer in got if isinstance(answer, Exception)] == []
        assert mark_of(engine.answer(MARK, Caller())) == "new"


def test_data_that_follow_their_checksums_are_taken_up_when_they_are_there(tmp_path: Path) -> None:
    folder, said = tmp_path / "graph", []
    build(folder, "old")
    with swapping(folder, said) as engine:
        write_checksums_first(folder)
        until(lambda: said)
        for content in (data("later")[:100], data("later")):
            (folder / "snhr-kg.nq").write_bytes(content)
            time.sleep(5 * OFTEN)
        until(lambda: mark_of(engine.answer(MARK, Caller())) == "later")


def test_files_that_are_touched_but_the_same_swap_nothing(tmp_path: Path) -> None:
    folder, said = tmp_path / "graph", []
    version = build(folder, "same")
    with swapping(folder, said) as engine:
        build(folder, "same")
        opened = threading.active_count()
        time.sleep(0.5)
        assert engine.version == version
        assert mark_of(engine.answer(MARK, Caller())) == "same"
        until(lambda: threading.active_count() <= opened + 1)
    assert said == []


def test_at_the_start_a_missing_graph_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="snhr-kg build"):
        SwappingEngine(tmp_path, lambda path: LocalEngine(path, Limits(workers=1)), print)


def test_a_store_that_is_loaded_again_is_taken_up_and_the_old_one_stays_readable_meanwhile(tmp_path: Path) -> None:
    folder, said = tmp_path / "store", []
    source = tmp_path / "source.nq"
    marks = {}
    source.write_bytes(data("one", 1000))
    marks[load_files([source], folder).version] = "one"
    with swapping(folder, said) as engine, asked_all_the_time(engine) as got:
        for mark in ("two", "three"):
            source.write_bytes(data(mark, 1000))
            version = load_files([source], folder).version
            marks[version] = mark
            until(lambda version=version: engine.version == version)
            before = len(got)
            until(lambda before=before: len(got) > before + 20)
    assert [answer for answer in got if isinstance(answer, Exception)] == []
    assert all(isinstance(answer, Answered) and mark_of(answer) == marks[answer.version] for answer in got)
    source.write_bytes(data("four", 1000))
    load_files([source], folder)
    assert len(list(folder.glob("store-*"))) == 1
