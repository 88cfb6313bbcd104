"""Fixtures that several rooms' tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from needs import write_summary
from snhr_kg.codes import CodeLists, read_codes
from snhr_kg.content import folder


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
