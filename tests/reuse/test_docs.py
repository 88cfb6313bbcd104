"""What docs/reuse.md shows is run, and every table of an export is named there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "reuse.md").read_text(encoding="utf-8")
HERE = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}


def test_the_command_prints_what_is_shown():
    ((command, printed),) = re.findall(r"```console\n\$ (.*)\n((?:.*\n)*?)```", DOCUMENT)
    ran = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, env=HERE, timeout=60)
    assert ran.stdout == printed, ran.stderr


def test_the_sum_prints_what_is_said(package, tmp_path):
    (program,) = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    (tmp_path / "tables").symlink_to(package)
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60
    )
    assert ran.stdout == "984.0 492.0\n", ran.stderr
    assert f"It prints `{ran.stdout.strip()}`" in DOCUMENT


def test_every_table_is_named(tables):
    (rows,) = re.findall(r"\| table \| one row is \|\n((?:\|.*\n)+)", DOCUMENT)
    named = {name.strip() for row in rows.splitlines()[1:] for name in row.split("|")[1].split(",")}
    assert named == set(tables)
