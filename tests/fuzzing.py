"""Runs Schemathesis against a server of ours: what `make fuzz` runs, and, in small, the test suite.

    python tests/fuzzing.py [--graph FOLDER] [EXAMPLES]

It generates requests from the OpenAPI document, right and wrong ones, and fails when an answer is a 5xx, has a status
or a media type that the document does not name, does not fit its schema, or takes what the document forbids.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from serving import serving

ROOT = Path(__file__).resolve().parents[1]


def fuzz(address: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Schemathesis's run against the server at the address, with the OpenAPI document that it serves."""
    tool = Path(sys.executable).with_name("schemathesis")
    command = [tool, "--no-color", "run", f"{address}api/openapi.json", "--no-shrink", *options]
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run(command, cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def main(arguments: Sequence[str]) -> int:
    """Serve the graph, fuzz it in every phase, show the report; the exit code is Schemathesis's."""
    parser = argparse.ArgumentParser(description="Fuzz everything below /api/.")
    parser.add_argument("examples", nargs="?", default="50", help="examples an operation")
    parser.add_argument("--graph", default=str(ROOT / "build"), help="folder that snhr-kg build wrote")
    asked = parser.parse_args(arguments)
    program = Path(sys.executable).with_name("snhr-kg")
    with serving(program, "serve", "--graph", asked.graph) as address:
        report = fuzz(address, "--max-examples", asked.examples, "--phases", "examples,coverage,fuzzing")
    print(report.stdout)
    return report.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
