"""The README shows what happens: its commands are run, and what they print is what it says they print."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from needs import need
from serving import serving
from snhr_kg import content
from snhr_kg.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n\$ (.*?[^\\])\n(.*?)```", README, re.DOTALL)
SNHR_KG = [sys.executable, "-m", "snhr_kg"]


def shown(command: str) -> list[tuple[str, str]]:
    return [(asked, printed) for asked, printed in CONSOLE if command in asked]


@pytest.mark.parametrize(("command", "printed"), shown(".venv/bin/snhr-kg"), ids=lambda text: text[:40])
def test_a_command_prints_what_the_readme_shows(command: str, printed: str) -> None:
    words = [*SNHR_KG, *shlex.split(command)[1:], "--graph", str(content.graph_folder())]
    ran = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT, timeout=60)
    assert [line.rstrip() for line in ran.stdout.splitlines()] == printed.splitlines()


def test_the_endpoint_answers_what_the_readme_shows() -> None:
    need.program("curl", "the README's request to the endpoint")
    asked = shown("curl")
    assert asked
    with serving(*SNHR_KG, "serve", "--graph", content.graph_folder()) as address:
        for command, printed in asked:
            here = command.replace("http://127.0.0.1:8000", address.rstrip("/"))
            ran = subprocess.run(["sh", "-c", here], capture_output=True, text=True, check=True, cwd=ROOT, timeout=60)
            assert ran.stdout.replace(address, "http://127.0.0.1:8000/").splitlines() == printed.splitlines()


def test_the_python_interface_answers_what_the_readme_shows() -> None:
    (block,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    example = doctest.DocTestParser().get_doctest(block, {}, "README.md", "README.md", 0)
    assert doctest.DocTestRunner(verbose=False).run(example).failed == 0


def test_a_wrong_cell_is_told_as_the_readme_shows(tmp_path: Path) -> None:
    (told,) = re.findall(r"```console\n(data/.*)\n```", README)
    shutil.copytree(content.folder("data"), tmp_path / "data")
    figures = tmp_path / "data" / "2020-03-15" / "figures.csv"
    lines = figures.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[1] = lines[1].replace(",_T,", ",rusian-forces,", 1)
    figures.write_text("".join(lines), encoding="utf-8")
    ran = subprocess.run(
        [*SNHR_KG, "validate", "--data", "data"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert ran.returncode == 2
    assert told in ran.stderr


def test_every_command_and_every_top_folder_is_named() -> None:
    assert [command for command in COMMANDS if f"`{command}`" not in README] == []
    rooms = {
        path.name for path in (ROOT / "src" / "snhr_kg").iterdir() if path.is_dir() and (path / "__init__.py").exists()
    }
    assert [room for room in rooms if f"`…/{room}/`" not in README] == []


def test_the_counts_are_those_of_the_graph() -> None:
    from snhr_kg.api import load

    kg = load()
    counted = {
        "Figure": "figures",
        "Mention": "mentions",
        "Breakdown": "breakdowns",
        "Finding": "findings",
        "Event": "events",
        "LegalInstrument": "legal instruments",
        "Recommendation": "recommendations",
        "PartyRelation": "relations",
        "DerivedFigure": "derived figures",
        "Check": "checks",
    }
    for name, words in counted.items():
        query = f"SELECT (COUNT(*) AS ?n) {{ ?s a <https://w3id.org/snhr-kg/ontology#{name}> }}"
        (row,) = kg.query(query)
        assert f"{row['n']} {words}" in README, name
