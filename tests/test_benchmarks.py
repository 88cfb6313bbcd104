"""The invented reports of the benchmarks: valid, n times as large, and without a sentence of anybody's."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

from built import ROOT
from snhr_kg.codes.lists import CodeLists
from snhr_kg.content import folder
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
