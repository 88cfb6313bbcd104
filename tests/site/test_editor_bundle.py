"""The editor that is served is what its sources give, and those are sound."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from needs import need

WEB = Path(__file__).parents[2] / "src" / "snhr_kg" / "web"
SOURCES, SERVED = WEB / "editor", WEB / "static" / "editor"


@pytest.fixture(scope="module")
def packages() -> Path:
    """The folder of the packages that the editor is made of, as make installs them."""
    folder = Path(sys.prefix) / "editor" / "node_modules"
    need.that(folder.is_dir(), "the packages of the editor (npm)", "whether the served editor is what its sources give")
    return folder


def test_the_served_file_and_the_licences_are_what_the_sources_give(packages, tmp_path):
    environment = {**os.environ, "NODE_PATH": str(packages)}
    subprocess.run(["node", SOURCES / "build.mjs", tmp_path], check=True, timeout=120, env=environment)
    for name in ("sparql.js", "licences.txt"):
        assert (tmp_path / name).read_bytes() == (SERVED / name).read_bytes(), f"{name}: run `make editor`"


def test_the_sources_have_no_error_of_types(packages, tmp_path):
    options = {
        "extends": str(SOURCES / "tsconfig.json"),
        "compilerOptions": {"paths": {"*": [f"{packages}/*"]}},
        "include": [f"{SOURCES}/*.ts"],
    }
    (tmp_path / "tsconfig.json").write_text(json.dumps(options), encoding="utf-8")
    program = packages / ".bin" / "tsc"
    checked = subprocess.run([program, "-p", tmp_path], capture_output=True, text=True, timeout=120)
    assert checked.returncode == 0, checked.stdout


def test_every_package_in_it_is_named_with_its_version_and_licence():
    locked = json.loads((SOURCES / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    told = (SERVED / "licences.txt").read_text(encoding="utf-8")
    named = re.findall(r"^(\S+) (\d+\.\d+\.\d+) \((\S+)\)$", told, re.MULTILINE)
    assert len(named) >= 8
    for name, version, licence in named:
        package = locked[f"node_modules/{name}"]
        assert (package["version"], package["license"]) == (version, licence)
        assert not package.get("dev")
    wanted = json.loads((SOURCES / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert set(wanted) <= {name for name, _, _ in named}


def test_the_lock_names_no_host():
    assert "://" not in re.sub(r'"url": "[^"]*"', "", (SOURCES / "package-lock.json").read_text(encoding="utf-8"))
