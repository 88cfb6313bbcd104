from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import small_graph
from snhr_kg import names
from snhr_kg.cli import COMMANDS, main

ROOT = Path(__file__).resolve().parent.parent
SELECT = "SELECT ?s { ?s a <https://w3id.org/snhr-kg/ontology#Figure> } ORDER BY ?s"


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return str(small_graph.write(tmp_path_factory.mktemp("graph")))


@pytest.fixture
def run():
    def run(*arguments, code=0, stdin=None):
        result = CliRunner().invoke(main, arguments, input=stdin)
        assert result.exit_code == code, (result.output, result.exception)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run


def process(*arguments, **options):
    command = [sys.executable, "-m", "snhr_kg", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **options)


class TestHelp:
    @pytest.mark.parametrize("name", COMMANDS)
    def test_of_each_command_says_what_it_does_and_explains_every_option(self, run, name):
        run(name, "--help")
        command = main.get_command(None, name)
        assert command.help
        assert [option.name for option in command.params if isinstance(option, click.Option) and not option.help] == []

    def test_names_every_command_and_the_exit_codes(self, run):
        text = run("--help").stdout
        for name in COMMANDS:
            assert name in text
        assert "0  all is well" in text
        assert "1  the data does not conform" in text
        assert "2  the input cannot be used" in text

    @pytest.mark.parametrize("name", COMMANDS)
    def test_of_every_command_begins_as_the_list_says_and_has_an_example(self, run, name):
        text = run(name, "--help").stdout
        assert COMMANDS[name][1].rstrip(".") in " ".join(text.split())
        assert f"snhr-kg {name}" in text

    def test_the_version_is_that_of_the_package(self, run):
        import snhr_kg

        assert snhr_kg.__version__ in run("--version").stdout

    def test_an_unknown_command_is_unusable_input(self, run):
        run("bild", code=2)


class TestFigures:
    def test_as_a_table(self, run, graph):
        lines = run("figures", "--graph", graph, "--perpetrator", "south").stdout.splitlines()
        assert lines[0].split()[:3] == ["id", "label", "amount"]
        assert "at-least 25" in lines[1]
        assert len(lines) == 2

    def test_as_csv_with_every_field(self, run, graph):
        rows = list(csv.DictReader(io.StringIO(run("figures", "--graph", graph, "--format", "csv").stdout)))
        assert [row["id"] for row in rows] == sorted(small_graph.FIGURES)
        assert rows[1]["value"] == ""
        assert rows[1]["lower"] == "200"

    def test_as_json_with_numbers_as_numbers(self, run, graph):
        rows = json.loads(run("figures", "--graph", graph, "--format", "json", "--derived").stdout)
        assert {row["id"]: row["value"] for row in rows}["deaths-not-attributed"] == 5

    def test_members_too(self, run, graph):
        out = run("figures", "--graph", graph, "--perpetrator", "league", "--inside", "--format", "csv").stdout
        assert "deaths-north" in out

    def test_every_dimension_can_be_filtered_by(self, run, graph):
        from snhr_kg.records import DIMENSIONS

        codes = {"indicator": "deaths", "violation_type": "torture", "perpetrator": "_T", "weapon": "_T"}
        codes |= {"victim_group": "individuals", "place": "syria", "period": "1990-01--1999-01"}
        filters = [part for name in DIMENSIONS for part in (f"--{name.replace('_', '-')}", codes[name])]
        assert len(run("figures", "--graph", graph, *filters).stdout.splitlines()) == 2

    def test_an_unknown_code_is_unusable_input_and_the_nearest_is_named(self, run, graph):
        result = run("figures", "--graph", graph, "--perpetrator", "nort", code=2)
        assert result.stdout == ""
        assert "the nearest is 'north'" in result.stderr

    def test_no_figure_is_an_answer(self, run, graph):
        rows = run("figures", "--graph", graph, "--victim-group", "individuals", "--perpetrator", "north").stdout
        assert len(rows.splitlines()) == 2


class TestQuery:
    def test_text_file_or_standard_input(self, run, graph, tmp_path):
        path = tmp_path / "all.rq"
        path.write_text(SELECT, encoding="utf-8")
        by_text = run("query", "--graph", graph, SELECT).stdout
        assert len(by_text.splitlines()) == 1 + len(small_graph.FIGURES)
        assert run("query", "--graph", graph, str(path)).stdout == by_text
        assert run("query", "--graph", graph, "-", stdin=SELECT).stdout == by_text

    @pytest.mark.parametrize(
        ("form", "begins"), [("json", '{"head"'), ("xml", "<?xml"), ("csv", "s\r\nhttps"), ("tsv", "?s\n<https")]
    )
    def test_rows_in_the_formats_of_sparql(self, run, graph, form, begins):
        assert run("query", "--graph", graph, "--format", form, SELECT).stdout_bytes.decode().startswith(begins)

    @pytest.mark.parametrize("form", ["turtle", "jsonld", "ntriples", "rdfxml"])
    def test_graphs(self, run, graph, form):
        out = run("query", "--graph", graph, "--format", form, "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t }").stdout
        assert "deaths-north" in out

    def test_a_description_has_no_braces(self, run, graph):
        described = run("query", "--graph", graph, f"DESCRIBE <{names.code('perpetrator', 'north')}>").stdout
        assert 'skos:notation "north"' in described

    def test_truth(self, run, graph):
        assert run("query", "--graph", graph, "ASK {}").stdout == "true\n"

    def test_the_wrong_format_is_answered_with_the_right_ones(self, run, graph):
        assert "json, xml, csv, tsv" in run("query", "--graph", graph, "--format", "turtle", SELECT, code=2).stderr

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("SELECT {", "error at 1:"),
            ("DROP ALL {", "read-only"),
            ("nowhere.rq", "No such file"),
            ("ASK", "No such file"),
            ("", "error at 1:1"),
            ("LOAD <http://localhost/x>", "read-only"),
        ],
    )
    def test_what_cannot_be_run_is_unusable_input(self, run, graph, query, words):
        result = run("query", "--graph", graph, query, code=2)
        assert words in result.stderr
        assert result.stdout == ""

    def test_a_file_that_is_not_utf_8_is_unusable_input(self, run, graph, tmp_path):
        path = tmp_path / "latin.rq"
        path.write_bytes(b"# \xe9")
        assert "not UTF-8" in run("query", "--graph", graph, str(path), code=2).stderr

    def test_a_missing_graph_says_what_to_do(self, run, tmp_path):
        assert "snhr-kg build" in run("query", "--graph", str(tmp_path), "ASK {}", code=2).stderr


def test_checks_are_listed(run, graph):
    assert "contradictory" in run("checks", "--graph", graph).stdout
    assert json.loads(run("checks", "--graph", graph, "--format", "json").stdout)[0]["residual"] == 5


class TestExport:
    def test_to_standard_output_or_a_file(self, run, graph, tmp_path):
        path = tmp_path / "all.trig"
        run("export", "--graph", graph, "--format", "trig", "--output", str(path))
        assert path.read_text(encoding="utf-8") == run("export", "--graph", graph, "--format", "trig").stdout

    def test_a_file_that_cannot_be_written_is_named(self, run, graph, tmp_path):
        path = tmp_path / "none" / "all.nq"
        assert (
            f"{path}: No such file or directory\n"
            == run("export", "--graph", graph, "--output", str(path), code=2).stderr
        )

    def test_only_some_graphs(self, run, graph):
        out = run("export", "--graph", graph, "--format", "ntriples", "--only", "derived").stdout
        assert "deaths-not-attributed" in out
        assert "deaths-north" not in out
        assert "there is no graph" in run("export", "--graph", graph, "--only", "derivd", code=2).stderr


class TestTables:
    """The commands that work on tables, on the small invented report."""

    DATA = str(ROOT / "tests" / "tiny")
    TEXT = ROOT / "tests" / "tiny" / "report-1999-09-09.txt"

    def test_verify_finds_everything_in_the_text_of_the_tables(self, run):
        out = run("verify", str(self.TEXT), "--data", self.DATA).stdout
        assert "mentions found" in out
        assert "numbers accounted for" in out

    def test_verify_fails_for_a_changed_digit_with_line_and_column(self, run, tmp_path):
        text = self.TEXT.read_text(encoding="utf-8")
        place = next(i for i, letter in enumerate(text) if letter in "3456789" and text[i + 1].isdigit())
        path = tmp_path / "changed.txt"
        path.write_bytes((text[:place] + "1" + text[place + 1 :]).encode())
        out = run("verify", str(path), "--data", self.DATA, code=1).stdout
        assert f"{path}:{text.count(chr(10), 0, place) + 1}:" in out

    def test_verify_of_no_text_is_unusable_input(self, run, tmp_path):
        assert "cannot be read" in run("verify", str(tmp_path / "none.txt"), "--data", self.DATA, code=2).stderr

    def test_verify_with_the_tables_of_an_unknown_report_is_unusable_input(self, run):
        assert "1999-09-09" in run("verify", str(self.TEXT), "--data", self.DATA, "--id", "2000", code=2).stderr

    def test_validate_says_that_the_tables_conform(self, run):
        assert "conforms: 0 violations" in run("validate", "--data", self.DATA).stdout

    def test_build_writes_what_the_other_commands_read(self, run, tmp_path):
        out = tmp_path / "built"
        assert "canonical hash" in run("build", "--data", self.DATA, "--out", str(out)).stdout
        assert len(run("figures", "--graph", str(out)).stdout.splitlines()) > 5
        assert run("query", "--graph", str(out), "ASK { GRAPH ?g { ?s ?p ?o } }").stdout == "true\n"

    def test_build_lists_every_wrong_cell_and_writes_nothing(self, run, tmp_path):
        import shutil

        shutil.copytree(self.DATA, tmp_path / "data")
        figures = tmp_path / "data" / "1999-09-09" / "figures.csv"
        figures.write_text(figures.read_text(encoding="utf-8").replace(",deaths,", ",deths,"), encoding="utf-8")
        result = run("build", "--data", str(tmp_path / "data"), "--out", str(tmp_path / "out"), code=2)
        assert "figures.csv:" in result.stderr
        assert "deaths" in result.stderr
        assert not (tmp_path / "out").exists()

    def test_new_report_starts_a_folder_that_is_not_overwritten(self, run, tmp_path):
        folder = tmp_path / "2021-03-15"
        assert str(folder) in run("new-report", str(folder)).stdout
        assert (folder / "figures.csv").read_text(encoding="utf-8").startswith("id,indicator,")
        run("new-report", str(folder), code=2)

    def test_a_folder_that_cannot_be_made_is_named(self, run, tmp_path):
        (tmp_path / "file").touch()
        folder = tmp_path / "file" / "2021-03-15"
        assert f"{folder}: Not a directory" in run("new-report", str(folder), code=2).stderr
        assert str(tmp_path / "file") in run("build", "--data", self.DATA, "--out", str(folder), code=2).stderr


class TestTerminal:
    def test_a_reader_that_leaves_is_no_error_message(self, graph):
        command = f"{sys.executable} -m snhr_kg query --graph {graph} --format json '{SELECT}' | head -c 1"
        ran = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, timeout=60)
        assert ran.stdout == "{"
        assert ran.stderr == ""

    @pytest.mark.parametrize("command", ["export", "figures", "query 'ASK {}'"])
    def test_a_result_that_has_nowhere_to_go_is_told(self, graph, command):
        words = f"{sys.executable} -m snhr_kg {command} --graph {graph} >&-"
        ran = subprocess.run(["sh", "-c", words], capture_output=True, text=True, check=False, timeout=60)
        assert (ran.returncode, ran.stderr) == (2, "standard output is closed\n")

    def test_errors_are_plain_where_there_is_no_terminal(self, graph):
        ran = process("query", "--graph", graph, "SELECT {")
        assert ran.returncode == 2
        assert ran.stdout == ""
        assert "\x1b" not in ran.stderr
        assert "Traceback" not in ran.stderr

    @pytest.mark.parametrize(("setting", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
    def test_errors_are_red_on_a_terminal_unless_no_color_is_set(self, graph, setting, coloured):
        ours, theirs = pty.openpty()
        environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | setting
        command = [sys.executable, "-m", "snhr_kg", "query", "--graph", graph, "SELECT {"]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=theirs, check=False, timeout=60, env=environment)
        os.close(theirs)
        shown = os.read(ours, 10_000).decode()
        os.close(ours)
        assert ("\x1b[31m" in shown) is coloured

    def test_progress_is_shown_on_a_terminal_only(self, tmp_path):
        command = [sys.executable, "-m", "snhr_kg", "validate", "--data", TestTables.DATA]
        ours, theirs = pty.openpty()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=theirs, check=False, timeout=120)
        os.close(theirs)
        assert "read tables …" in os.read(ours, 100_000).decode()
        os.close(ours)
        assert process("validate", "--data", TestTables.DATA).stderr == ""


def test_serve_says_that_it_needs_linux(run, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert "serving needs Linux" in run("serve", code=2).stderr
