"""What docs/endpoint.md shows is run: requests print what it says they print, programs answer."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from needs import need
from serving import serving
from snhr_kg import content, errors
from snhr_kg.web import problems

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "endpoint.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n\$ (.*)\n((?:.*\n)*?)```", DOCUMENT)
PYTHON = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
R = re.findall(r"```r\n(.*?)```", DOCUMENT, re.DOTALL)
SHOWN = "http://127.0.0.1:8000/"


@pytest.fixture(scope="module")
def address():
    with serving(sys.executable, "-m", "snhr_kg", "serve", "--graph", content.graph_folder()) as address:
        yield address


@pytest.fixture
def folder(tmp_path):
    (query,) = re.findall(r"<!-- file: torture.rq -->\n```sparql\n(.*?)```", DOCUMENT, re.DOTALL)
    (tmp_path / "torture.rq").write_text(query, encoding="utf-8")
    return tmp_path


def run(command, folder):
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, timeout=60)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.parametrize(("command", "printed"), CONSOLE, ids=range(len(CONSOLE)))
def test_a_request_prints_what_is_shown(address, folder, command, printed):
    need.program("curl", "the requests of docs/endpoint.md")
    assert run(["sh", "-c", command.replace(SHOWN, address)], folder) == printed


@pytest.mark.parametrize("program", PYTHON, ids=range(len(PYTHON)))
def test_a_python_program_finds_the_figures(address, folder, program):
    if "SPARQLWrapper" in program:
        need.package("SPARQLWrapper", "the example of docs/endpoint.md with it")
    assert "14391" in run([sys.executable, "-c", program.replace(SHOWN, address)], folder)


def test_the_r_program_finds_the_figures(address, folder):
    rscript = need.program("Rscript", "the example of docs/endpoint.md in R")
    (program,) = R
    assert "14391" in run([rscript, "-e", program.replace(SHOWN, address)], folder)


def test_every_kind_of_problem_is_listed_under_its_status():
    listed = {
        kind for row in re.findall(r"^\| \d{3}.*$", DOCUMENT, re.MULTILINE) for kind in re.findall(r"`([a-z-]+)`", row)
    }
    assert set(problems.ADVICE) - {"caller-left", "graph-error"} <= listed
    for name, error in vars(errors).items():
        kind = problems.kind_of(name)
        if isinstance(error, type) and issubclass(error, errors.SnhrKgError) and kind in listed:
            assert re.search(rf"^\| (?:\d+, )?{error.http_status}\b.*`{kind}`", DOCUMENT, re.MULTILINE), kind
