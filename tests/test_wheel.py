"""The wheel, as a user meets it: built, installed into an empty environment, run from another folder."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from needs import need
from serving import get, serving
from snhr_kg import content

ROOT = Path(__file__).resolve().parent.parent


def pip(python, *arguments, check=False):
    command = [str(python), "-m", "pip", "--disable-pip-version-check", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=check)


def see_reachable(said: str) -> None:
    unreachable = "No matching distribution found" in said or "Could not find a version" in said
    need.that(not unreachable, "a package registry, or its packages,", "the wheel in an empty environment")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Built in an empty environment too, as ``pip install`` builds it from the sources."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(out), str(ROOT)]
    pinned = {**os.environ, "PIP_CONSTRAINT": str(ROOT / "constraints.txt")}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=pinned)
    see_reachable(ran.stdout + ran.stderr)
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-2000:]
    (path,) = out.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The scripts' folder of an environment that holds the wheel and what it depends on, nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    ran = pip(folder / "bin" / "python", "install", "-c", ROOT / "constraints.txt", wheel)
    see_reachable(ran.stderr)
    assert ran.returncode == 0, ran.stderr
    return folder / "bin"


def test_the_wheel_carries_every_content_file_and_the_graph(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    for name in content.FOLDERS:
        files = {path for path in (ROOT / name).rglob("*") if path.is_file()}
        assert len(files) > 0
        assert {f"snhr_kg/content/{path.relative_to(ROOT).as_posix()}" for path in files} <= held
    assert {"snhr_kg/graph/snhr-kg.nq", "snhr_kg/graph/SHA256SUMS", "snhr_kg/py.typed"} <= held
    folders = ("web/templates", "web/static", "charts/fonts", "translations")
    shown = {path for name in folders for path in (ROOT / "src/snhr_kg" / name).rglob("*.*")}
    assert {path.suffix for path in shown} >= {".html", ".css", ".ttl", ".ttf", ".po"}
    assert {path.relative_to(ROOT / "src").as_posix() for path in shown} <= held


def test_the_installed_command_serves_from_another_folder_without_the_checkout(installed, tmp_path):
    with serving(installed / "snhr-kg", "serve", cwd=tmp_path) as address:
        query = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/snhr-kg/ontology#Figure> }"
        status, media_type, body = get(address, "sparql", query=query)
        assert (status, media_type) == (200, "application/sparql-results+json")
        stated = int(json.loads(body)["results"]["bindings"][0]["n"]["value"])
        assert stated > 50
        front = get(address, accept="text/html")[2].decode()
        assert f"<bdi>{stated}</bdi>" in front
        assert front.count('loading="lazy"') >= 3  # the charts came along
        assert len(re.findall(r"sparql\.html\?question=", front)) == 6


def test_the_installed_package_finds_its_content_inside_itself(installed, tmp_path):
    script = (
        "from snhr_kg import content, load\n"
        "print(*[content.folder(name) for name in content.FOLDERS], content.graph_folder(), sep='\\n')\n"
        "print(len(load().figures(perpetrator='isis')))"
    )
    command = [installed / "python", "-c", script]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    *folders, figures = ran.stdout.splitlines()
    assert all(re.search(r"site-packages/snhr_kg/(content/\w+|graph)$", folder) for folder in folders)
    assert int(figures) > 3


def test_the_installed_command_builds_the_graph_of_the_wheel_again(wheel, installed, tmp_path):
    command = [installed / "snhr-kg", "build", "--no-charts", "--out", tmp_path / "out"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    built = (tmp_path / "out" / "snhr-kg.nq").read_bytes()
    assert built == zipfile.ZipFile(wheel).read("snhr_kg/graph/snhr-kg.nq")


def test_nothing_of_the_test_environment_leaks_in(installed):
    listed = pip(installed / "python", "list", "--format", "json", check=True).stdout
    assert not {"pytest", "pandas", "mypy"} & {package["name"].lower() for package in json.loads(listed)}
    assert os.access(installed / "snhr-kg", os.X_OK)
