"""The invented reports and graphs of the benchmarks are what they claim to be, and so is the page of measurements."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from built import ROOT
from snhr_kg.codes.lists import CodeLists
from snhr_kg.content import folder
from snhr_kg.pipeline import BuildResult
from snhr_kg.tables.read import read_reports

invent = runpy.run_path(str(ROOT / "benchmarks" / "invent.py"))["invent"]


def test_an_invented_report_has_n_times_the_rows_and_no_fault(tmp_path: Path, codes: CodeLists) -> None:
    (real,) = read_reports(folder("data"), codes)
    (invented,) = read_reports(invent(3, tmp_path), codes)
    for table in ("sections", "figures", "mentions", "breakdowns", "findings", "passages", "other_numbers", "slices"):
        assert len(getattr(invented, table)) == 3 * len(getattr(real, table)), table


def test_an_invented_text_holds_what_its_tables_quote_and_no_other_word(tmp_path: Path, codes: CodeLists) -> None:
    (invented,) = read_reports(invent(2, tmp_path), codes)
    text = (tmp_path / "2199-01-01.txt").read_text(encoding="utf-8")
    assert len(text) == invented.report.text_length
    for mention in invented.mentions:
        assert text[mention.start : mention.end] == mention.quote
        assert mention.printed in mention.quote
    printed = {word.strip("x") for mention in invented.mentions for word in re.findall(r"[^\W\d_]+", mention.printed)}
    assert {word.strip("x") for word in re.findall(r"[^\W\d_]+", text)} <= {*printed, ""}


@pytest.fixture(autouse=True)
def modules_of_the_benchmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "benchmarks")


@pytest.mark.parametrize("copies", [0, 2, 2.5])
def test_a_larger_graph_has_exactly_the_number_of_distinct_triples_asked_for(
    tiny_build: BuildResult, copies: float
) -> None:
    from endpoint import scale

    original = scale.read_original(tiny_build.out)
    wanted = len(original.lines) + int(copies * len(original.repeated))
    written = b"".join(scale.blocks(original, wanted, with_graphs=False))
    assert written == b"".join(scale.blocks(original, wanted, with_graphs=False))
    triples = written.decode().splitlines()
    assert len(triples) == len(set(triples)) == wanted
    assert len(b"".join(scale.blocks(original, wanted, with_graphs=True)).splitlines()) == wanted


def test_a_larger_graph_has_other_values_under_other_report_ids(tiny_build: BuildResult) -> None:
    from endpoint import scale

    original = scale.read_original(tiny_build.out)
    size = len(original.lines) + 2 * len(original.repeated)
    text = b"".join(scale.blocks(original, size, with_graphs=False)).decode()
    reports = (original.report, scale.copy_id(1), scale.copy_id(2))
    value = r'/report/%s/figure/([^/>]+)> <[^>]+#value> "(\d+)"'
    first, second, third = (dict(re.findall(value % report, text)) for report in reports)
    assert first
    assert second == {figure: str(int(number) + 1) for figure, number in first.items()}
    assert third == {figure: str(int(number) + 2) for figure, number in first.items()}


def test_the_page_judges_each_wish_by_the_numbers_and_leaves_losing_rows_in() -> None:
    from endpoint import questions, systems, tables
    from endpoint.measured import DIFFERENT, REPEATED, Cell, Measured, Start
    from endpoint.wanted import REAL

    measured = Measured(machine="A machine.", triples={REAL: 29_000})
    for asked in questions.ALL:
        for clients in (2, 16):
            hello = Cell(REAL, asked.name, REPEATED, clients, systems.HELLO, 1000, 1, 2)
            slow = Cell(REAL, asked.name, REPEATED, clients, systems.OURS, 500, 1, 2)
            faster = Cell(REAL, asked.name, DIFFERENT, clients, systems.OXIGRAPH, 900, 3, 4, errors=7)
            ours = Cell(REAL, asked.name, DIFFERENT, clients, systems.OURS, 100, 5, 6)
            wrong = Cell(REAL, asked.name, DIFFERENT, clients, systems.VIRTUOSO, None, None, None, note="wrong answer")
            measured.cells += [hello, slow, faster, ours, wrong]
    measured.starts.append(Start(REAL, systems.OURS, None, 0.5, 80, 90))
    page = tables.page(measured)
    assert "| repeated queries at the rate of the bare server, within 20 % | **missed** | 0 of 12 |" in page
    assert "0.50 of 1,000 a second" in page
    assert "**900** · 3.00 · 4.00 (7 errors)" in page
    assert "| point lookup | ever-different | 100 · 5.00 · 6.00 |" in page
    assert "wrong answer" in page
    assert "| first answer within 1 s of the start of `snhr-kg serve` | **met** | 1 of 1 | 0.50 s |" in page


def test_a_run_that_is_kept_reads_as_it_was_measured(tmp_path: Path) -> None:
    from endpoint import measured

    one = measured.Cell("real graph", "point", "repeated", 2, "snhr-kg", 10.0, 1.0, 2.0)
    run = measured.Measured("A machine.", {"real graph": 1}, [one], [measured.Start("a", "b", None, 1.0, 2.0, 3.0)])
    measured.write(run, tmp_path / "run.json")
    assert measured.read(tmp_path / "run.json") == run


def test_a_size_that_is_measured_again_is_forgotten_and_the_others_stay() -> None:
    from endpoint import measured

    sizes = ("real graph", "1 million")
    cells = [measured.Cell(size, "point", "repeated", 2, "snhr-kg", 10.0, 1.0, 2.0) for size in sizes]
    starts = [measured.Start(size, "snhr-kg", None, 1.0, 2.0, 3.0) for size in sizes]
    wrong = [f"Virtuoso, property path, {size}: 2 rows for 1" for size in sizes]
    run = measured.Measured("A machine.", {"real graph": 1, "1 million": 2}, cells, starts, wrong=wrong)
    run.forget("real graph")
    assert run == measured.Measured("A machine.", {"1 million": 2}, cells[1:], starts[1:], wrong=wrong[1:])


def test_an_answer_of_another_server_is_the_same_when_only_its_spelling_differs() -> None:
    from endpoint import questions

    def answer(sum_: str, *parties: str) -> bytes:
        number = f'{{"type": "literal", "value": "{sum_}", "datatype": "http://www.w3.org/2001/XMLSchema#decimal"}}'
        rows = [f'{{"party": {{"type": "literal", "value": "{party}"}}, "sum": {number}}}' for party in parties]
        return f'{{"head": {{"vars": []}}, "results": {{"bindings": [{", ".join(rows)}]}}}}'.encode()

    first = questions.essence(questions.GROUPED, answer("11101.80", "a", "b"))
    assert first == questions.essence(questions.GROUPED, answer("11101.8", "b", "a"))
    assert first != questions.essence(questions.GROUPED, answer("11101.9", "a", "b"))


def test_a_soak_with_a_500_or_growing_memory_is_not_passed() -> None:
    from endurance import page
    from endurance.tally import Tally
    from endurance.watch import Sample, Watch

    good, flat = Tally(), Watch(1, [Sample(at, 100, 5, 50, True) for at in (0, 60, 120)])
    good.note_good("200", 0.01)
    good.note_hostile("garbage", "400")
    assert all(one.met for one in page.criteria(good, flat))
    growing = Watch(1, [Sample(at, 100 + at, 5, 50, True) for at in (0, 60, 120)])
    assert next(one.wish for one in page.criteria(good, growing) if not one.met).startswith("memory")
    good.note_hostile("garbage", "500")
    assert not page.criteria(good, flat)[0].met
