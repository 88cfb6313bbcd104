"""The command ``import``: what it prints, where, and how it ends."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from imports.invented import load
from snhr_kg.cli import main

TABLE = "year,coo_name,coo_iso,total\n2018,Syria,SYR,6119000\n2019,Syria,SYR,many\n2020,Iraq,IRQ,5\n2021,Syria,SYR,0\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["import", *map(str, arguments)])


def test_it_says_what_was_made_and_lists_what_was_not(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "made" / "out.nq"
    result = run("idmc-displacement", table, "--version", "1", "--out", out)
    assert result.exit_code == 0, result.output
    assert f"{out}: idmc-displacement 1, 1 figure, " in result.stdout
    assert "rows: 4 read, 2 kept, 1 not of Syria, 1 in error" in result.stdout
    assert "cells of 0, counted and not made into figures: 1" in result.stdout
    assert (
        "1  indicator  idmc displacement total (Internally displaced persons); related to our displaced-internally"
        in result.stdout
    )
    assert "1 row left out: total: is no whole number" in result.stderr
    listed = tmp_path / "made" / "out.errors.csv"
    assert f"each is listed in {listed}" in result.stderr
    assert ",3,total,many,is no whole number," in listed.read_text(encoding="utf-8")
    assert len(load(out)) > 20


def test_what_the_user_knows_of_the_files_is_in_their_description(table: Path, tmp_path: Path) -> None:
    out, errors = tmp_path / "out.nq.gz", tmp_path / "elsewhere.csv"
    result = run(
        "idmc-displacement", table, "--version", "1", "--out", out, "--errors", errors, "--retrieved", "2020-02-03",
        "--title", "My table", "--publisher", "My House", "--rights", "Me", "--licence", "https://example.org/licence",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert errors.exists()
    text = gzip.decompress(out.read_bytes()).decode()
    for said in ('"2020-02-03"^^', '"My table, 1"@en', '"Me"@en', "<https://example.org/licence>", "agent/my-house>"):
        assert said in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["idmc"], "did you mean idmc-displacement"),
        (["idmc-displacement"], "with --version"),
        (["idmc-displacement", "--version", "a b"], "is no version"),
        (["unhcr-population", "--version", "1"], "refugees: is missing in the header"),
        (["idmc-displacement", "--version", "1", "--out", "out.ttl"], "must end in .nq"),
        (["idmc-displacement", "--version", "1", "--retrieved", "yesterday"], "--retrieved"),
        (["idmc-displacement", "--version", "1", "--licence", "CC BY"], "'CC BY' is no address"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_says_why(
    table: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    kind, *options = arguments
    given = options if "--out" in options else [*options, "--out", str(tmp_path / "out.nq")]
    result = run(kind, table, *given)
    assert (result.exit_code, message in result.stderr) == (2, True), result.output
    assert not (tmp_path / "out.nq").exists()


def test_a_file_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    result = run("idmc-displacement", tmp_path / "none.csv", "--version", "1", "--out", tmp_path / "out.nq")
    assert result.exit_code == 2
    assert "none.csv" in result.stderr
