"""Imports of invented files, with the project's own code lists and mapping sets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from imports.invented import DESCRIPTION, Importing, Ran, as_bytes, load
from snhr_kg.codes.lists import CodeLists
from snhr_kg.content import folder
from snhr_kg.imports.kinds import find_layout
from snhr_kg.imports.run import Request
from snhr_kg.imports.write import write_import
from snhr_kg.mappings.read import read_mappings
from snhr_kg.mappings.sets import MappingSets


@pytest.fixture(scope="session")
def mappings(codes: CodeLists) -> MappingSets:
    return read_mappings(folder("data") / "mappings", codes)


@pytest.fixture
def importing(codes: CodeLists, mappings: MappingSets, tmp_path: Path) -> Importing:
    """Imports bytes, text or rows of text cells, each as a file of its own."""

    def run(kind: str, *contents: object, version: str = "", names: Sequence[str] = (), **more: str) -> Ran:
        files = []
        for number, content in enumerate(contents):
            path = tmp_path / (names[number] if names else f"part-{number + 1}.csv")
            path.write_bytes(as_bytes(content))
            files.append(path)
        out = tmp_path / "out.nq"
        written = write_import(find_layout(kind), Request(files, DESCRIPTION, version, **more), codes, mappings, out)
        return Ran(written, out, load(out))

    return run
