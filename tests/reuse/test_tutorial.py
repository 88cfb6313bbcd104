"""docs/tutorial.md is followed word for word: each command is run, in order, and prints what is shown."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

from snhr_kg import content

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n\$ (.*)\n((?:.*\n)*?)```", DOCUMENT)
FILES = re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", DOCUMENT, re.DOTALL)
HERE = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}


def lines(text: str) -> list[str]:
    """The lines, any run of blanks as one: how wide a table's columns are hangs on rows that are not shown."""
    return [re.sub(" +", " ", line).strip() for line in text.splitlines()]


def test_each_command_prints_what_is_shown(tmp_path):
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    (tmp_path / "build").symlink_to(content.graph_folder())
    for name, text in FILES:
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert len(CONSOLE) > 10
    for command, printed in CONSOLE:
        ran = subprocess.run(
            ["sh", "-c", command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd=tmp_path,
            env=HERE,
            timeout=120,
        )
        assert lines(ran.stdout) == lines(printed), command


def test_every_incident_of_the_list_says_that_it_is_invented():
    with (ROOT / "docs" / "tutorial" / "incidents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12
    assert {row["note"] for row in rows} == {"invented"}
