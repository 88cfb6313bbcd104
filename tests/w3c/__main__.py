"""Runs the W3C's SPARQL tests against our application and against the engine alone, and compares: ``make w3c``.

python -m w3c CHECKOUT     # of the repository w3c/rdf-tests
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Final

from w3c import report
from w3c.manifests import ADDRESS, Suite, read_suites
from w3c.subjects import Application, PlainEngine, Subject, controlled

HERE: Final = Path(__file__).parent
DOCUMENT: Final = HERE.parents[1] / "docs" / "w3c.md"


def main(arguments: list[str]) -> int:
    """Run the tests of a checkout; 0 when nothing is to be complained of."""
    checkout = Path(arguments[0]).resolve()
    try:
        suites = read_suites(checkout)
    except FileNotFoundError as error:
        print(f"{error.filename}: not there; {checkout} is no checkout of w3c/rdf-tests", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor() as pool:
        of_engines = [suite for suite in suites if suite.of_engines]
        ours = pool.submit(_results, Application(Path(folder)), suites, checkout)
        plain = pool.submit(_results, PlainEngine(), of_engines, checkout)
        outcomes = [_outcomes(suite, ours.result(), plain.result()) for suite in suites]
    document = DOCUMENT.read_text(encoding="utf-8")
    results = f"{report.table(outcomes)}\n\n{_circumstances(checkout)}"
    DOCUMENT.write_text(report.with_results(document, results), encoding="utf-8")
    print(results)
    found = report.complaints(outcomes, report.listed_failures(document))
    print(*found, sep="\n", file=sys.stderr)
    return 1 if found else 0


def _results(subject: Subject, suites: Sequence[Suite], checkout: Path) -> dict[str, str | None]:
    """The error of each test that was run, None for one that passed."""
    with controlled(subject) as control:
        asked = {
            "folder": f"{checkout}/",
            "address": ADDRESS,
            "control": control,
            "suites": {ADDRESS + suite.path: suite.tests for suite in suites},
        }
        node = ["node", str(HERE / "suites.js")]
        said = subprocess.run(node, input=json.dumps(asked), stdout=subprocess.PIPE, text=True, check=True).stdout
    results: dict[str, str | None] = {}
    for line in map(json.loads, said.splitlines()):
        results[line["test"]] = results.get(line["test"]) or line.get("error")
    return results


def _outcomes(suite: Suite, ours: dict[str, str | None], plain: dict[str, str | None]) -> report.Outcomes:
    compared = report.failures(suite, plain) if suite.of_engines else None
    return report.Outcomes(suite, report.failures(suite, ours), compared)


def _circumstances(checkout: Path) -> str:
    package = json.loads((HERE / "package.json").read_text(encoding="utf-8"))
    packages = ", ".join(f"{name} {number}" for name, number in package["dependencies"].items())
    return (
        f"Measured on {date.today():%-d %B %Y}: w3c/rdf-tests at commit `{_commit(checkout)}`, {packages}, "
        f"Node {_said('node', '--version')}, pyoxigraph {version('pyoxigraph')}, Python {sys.version.split()[0]}."
    )


def _commit(checkout: Path) -> str:
    try:
        return _said("git", "-C", str(checkout), "rev-parse", "--short=12", "HEAD")
    except subprocess.CalledProcessError:
        return "unknown"


def _said(*command: str) -> str:
    return subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True
    ).stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
