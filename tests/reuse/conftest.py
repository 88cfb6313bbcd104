"""The real graph without datasets from elsewhere, and its tables as files."""

from __future__ import annotations

import csv
from hashlib import sha256
from pathlib import Path

import pytest

from snhr_kg import content
from snhr_kg.exports.datapackage import write_datapackage
from snhr_kg.store import Store, open_store


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built folder of it: what is tested here of single rows would take long with all."""
    folder = tmp_path_factory.mktemp("small")
    lines = (content.graph_folder() / "snhr-kg.nq").read_bytes().splitlines(keepends=True)
    data = b"".join(line for line in lines if b"/graph/external/" not in line)
    (folder / "snhr-kg.nq").write_bytes(data)
    (folder / "SHA256SUMS").write_text(f"{sha256(data).hexdigest()}  snhr-kg.nq\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def store(small: Path) -> Store:
    return open_store(small)


@pytest.fixture(scope="session")
def package(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of its Data Package; read it, write nothing into it."""
    folder = tmp_path_factory.mktemp("package") / "tables"
    write_datapackage(store, folder)
    return folder


@pytest.fixture(scope="session")
def tables(package: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of each table as texts, by the table's name."""
    found = {}
    for path in package.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = list(csv.DictReader(file))
    return found
