"""The command that matches the names of a table."""

from __future__ import annotations

import csv
import io

import pytest
from click.testing import CliRunner

from snhr_kg.cli import main

HEADER = ["id", "actor", "snhr_code", "snhr_label", "snhr_score", "snhr_match"]


@pytest.fixture
def run(codes_folder, tmp_path):
    def run(text, *options, encoding="utf-8"):
        path = tmp_path / "incidents.csv"
        path.write_bytes(text.encode(encoding))
        return CliRunner().invoke(main, ["reconcile", str(path), "--graph", str(codes_folder), *options])

    return run


def test_adds_code_label_score_and_match_to_each_row(run):
    ran = run(
        'id,actor\n1,HTS\n2,"Government of Lebanon"\n3,YPG\n\n4,HTS\n', "--column", "actor", "--type", "perpetrator"
    )
    assert ran.exit_code == 0, ran.output
    assert list(csv.reader(io.StringIO(ran.stdout))) == [
        HEADER,
        ["1", "HTS", "perpetrator/hts", "Hay'at Tahrir al-Sham", "100", "true"],
        ["2", "Government of Lebanon", "", "", "", ""],
        ["3", "YPG", "perpetrator/pyd", "Kurdish Democratic Union Party forces", "75", "false"],
        ["4", "HTS", "perpetrator/hts", "Hay'at Tahrir al-Sham", "100", "true"],
    ]
    assert "2 of 4 rows matched, 1 more with a candidate" in ran.stderr


def test_writes_a_file_with_arabic_labels_and_other_column_names(run, tmp_path):
    out = tmp_path / "out.csv"
    options = ("--column", "actor", "--lang", "ar", "--prefix", "our_", "--out", str(out))
    assert run("\ufeffid,actor\n1,داعش\n", *options).exit_code == 0
    assert out.read_text(encoding="utf-8").splitlines() == [
        "id,actor,our_code,our_label,our_score,our_match",
        "1,داعش,perpetrator/isis,تنظيم داعش,100,true",
    ]


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        ("id,name\n1,x\n", "utf-8", "has no column 'actor'; there are id, name"),
        ("id,actor\n1,é\n", "latin-1", "is not UTF-8"),
        ("id,actor\n1\n2,x,y\n", "utf-8", ":3: row: has 3 cells; write 2"),
        ("actor,snhr_code\nx,y\n", "utf-8", "--prefix"),
        ("", "utf-8", "has no column 'actor'"),
        ('id,actor\n1,"' + "x" * 200_000, "utf-8", "close each quote"),
    ],
)
def test_a_table_that_cannot_be_used_exits_with_2_and_says_why(run, text, encoding, said):
    ran = run(text, "--column", "actor", encoding=encoding)
    assert ran.exit_code == 2
    assert said in ran.stderr
