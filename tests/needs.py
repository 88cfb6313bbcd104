"""What a test needs beside Python's own parts: absent here, it skips and is listed at the end; in CI it fails."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections import Counter
from typing import NoReturn

import pytest


def _absent(what: str, reason: str) -> NoReturn:
    if os.environ.get("SNHR_KG_REQUIRE_ALL") == "1":
        pytest.fail(f"{what} is not installed, which SNHR_KG_REQUIRE_ALL=1 makes a failure ({reason})", pytrace=False)
    pytest.skip(f"{reason} ({what} is not installed)", allow_module_level=True)


class Need:
    """Call one of the methods first thing in a test, a fixture or a module."""

    def program(self, name: str, reason: str) -> str:
        """Full path of a program on the PATH; `reason` says what goes untested without it."""
        return shutil.which(name) or _absent(name, reason)

    def package(self, name: str, reason: str) -> None:
        """An importable Python package."""
        if importlib.util.find_spec(name) is None:
            _absent(f"Python package {name}", reason)

    def that(self, present: object, what: str, reason: str) -> None:
        """Anything else: `present` is truthy when it is there, `what` names it."""
        if not present:
            _absent(what, reason)


need = Need()


def write_summary(reporter: pytest.TerminalReporter) -> None:
    """List what this machine could not test: the skips of `need`, each with the number of tests it leaves out."""
    reasons: Counter[str] = Counter()
    for report in reporter.stats.get("skipped", []):
        text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[text.removeprefix("Skipped: ")] += 1
    reporter.section("what this machine could not test")
    for reason, count in sorted(reasons.items()):
        reporter.write_line(f"{reason}: {count} test{'s' if count > 1 else ''}")
    if not reasons:
        reporter.write_line("nothing: everything was tested")
