"""Fixtures that several rooms' tests share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from needs import write_summary
from snhr_kg.codes.lists import CodeLists, read_codes
from snhr_kg.content import folder
from snhr_kg.pipeline import BuildResult, build


@pytest.fixture(scope="session")
def codes() -> CodeLists:
    """The code lists of the project; reports invented for tests use them too."""
    return read_codes(folder("ontology") / "codes")


@pytest.fixture(scope="session")
def tiny() -> Path:
    """The folder of the small invented report; its text is `report-1999-09-09.txt` beside it."""
    return Path(__file__).parent / "tiny" / "1999-09-09"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    write_summary(terminalreporter)


@pytest.fixture(scope="session")
def tiny_build(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """The invented report, built the whole way; read its files, write nothing into its folder."""
    place = tmp_path_factory.mktemp("tiny-build")
    shutil.copytree(Path(__file__).parent / "tiny" / "1999-09-09", place / "data" / "1999-09-09")
    return build(place / "out", data=place / "data")
