"""The tables of names: what they may hold, and that the real ones fit the code lists."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from snhr_kg.content import folder
from snhr_kg.errors import TableError
from snhr_kg.reconciliation.spellings import COLUMNS as SPELLING_COLUMNS
from snhr_kg.reconciliation.spellings import KINDS, read_spellings
from snhr_kg.reconciliation.words import COLUMNS as WORD_COLUMNS
from snhr_kg.reconciliation.words import read_words

NAMES = folder("data") / "names"


def write(path: Path, *rows: tuple[str, ...]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows(rows)
    return path


def test_every_spelling_is_of_a_code_that_there_is(codes):
    with (NAMES / "spellings.csv").open(encoding="utf-8", newline="") as lines:
        unknown = [row for row in csv.DictReader(lines) if codes.find(row["list"], row["code"]) is None]
    assert unknown == []
    assert len(read_spellings(NAMES / "spellings.csv")) >= 40


@pytest.mark.parametrize(("file", "columns"), [("spellings", SPELLING_COLUMNS), ("words", WORD_COLUMNS)])
def test_the_schema_of_a_table_describes_its_columns(file, columns):
    schema = json.loads((NAMES / f"{file}.schema.json").read_text(encoding="utf-8"))
    assert tuple(field["name"] for field in schema["fields"]) == columns


def test_the_kinds_of_names_are_those_of_the_schema():
    schema = json.loads((NAMES / "spellings.schema.json").read_text(encoding="utf-8"))
    (kind,) = [field for field in schema["fields"] if field["name"] == "kind"]
    assert tuple(kind["constraints"]["enum"]) == KINDS


def test_every_fault_of_the_spellings_is_said_at_once_with_its_place(tmp_path):
    good = ("perpetrator", "isis", "IS", "en", "spelling", "https://example.org/", "")
    path = write(
        tmp_path / "spellings.csv",
        SPELLING_COLUMNS,
        good,
        ("party", "", " ", "en", "nickname", "a book", ""),
        good,
        ("perpetrator", "isis"),
    )
    with pytest.raises(TableError) as raised:
        read_spellings(path)
    said = str(raised.value)
    for fault in ("3: list: no code list 'party'", "3: code: is empty", "3: name: is empty", "no kind 'nickname'"):
        assert fault in said
    assert "no web address: 'a book'" in said
    assert "4: row: repeats line 2" in said
    assert "5: row: has 2 cells; write 7" in said


def test_every_fault_of_the_words_is_said_at_once_with_its_place(tmp_path):
    path = write(
        tmp_path / "words.csv",
        WORD_COLUMNS,
        ("army", "body", "bodies", "en"),
        ("army", "", "body", "en"),
        ("the", "the", "function", "en"),
        ("?!", "x", "word", "en"),
    )
    with pytest.raises(TableError) as raised:
        read_words(path)
    said = str(raised.value)
    for fault in ("2: role: no role 'bodies'", "3: meaning", "4: meaning", "5: form: has no letter"):
        assert fault in said


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"list,code\n", b""])
def test_a_table_that_is_missing_or_is_none_is_said(tmp_path, content):
    path = tmp_path / "spellings.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(TableError, match=r"spellings\.csv:1"):
        read_spellings(path)
