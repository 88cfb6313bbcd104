"""How soon `snhr-kg serve` answers its first query, against the imports that nobody can spare.

    python benchmarks/start_up.py [GRAPH_FOLDER]

Measures, in turn and several times over: (a) from the start of the process of ``snhr-kg serve`` on a built graph to
the whole answer of a first SPARQL query over HTTP; (b) ``python -c "import flask, pyoxigraph"``, from start to exit.
Prints both medians and the median of the ratios a / b of neighbouring runs, so that a slow minute of the machine
weighs on both. Wanted: a first answer within a second. It takes several processes: the HTTP server's two, the one that
opens the graph, and its workers.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import urlencode
from urllib.request import urlopen

from snhr_kg import content

RUNS = 15
QUERY = "SELECT (COUNT(*) AS ?n) { ?figure a <https://w3id.org/snhr-kg/ontology#Figure> }"


def first_answer(graph: Path) -> float:
    """Seconds from the start of the server's process to the answer of its first query."""
    command = [sys.executable, "-m", "snhr_kg", "serve", "--port", "0", "--graph", str(graph)]
    start = perf_counter()
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        address = re.search(r"http://\S+/", said)
        assert address, said
        with urlopen(f"{address[0]}sparql?{urlencode({'query': QUERY})}") as answer:
            assert answer.read()
        seconds = perf_counter() - start
        process.terminate()
    return seconds


def imports() -> float:
    """Seconds that a process takes which only imports Flask and pyoxigraph."""
    start = perf_counter()
    subprocess.run([sys.executable, "-c", "import flask, pyoxigraph"], check=True)
    return perf_counter() - start


def report(graph: Path) -> str:
    """The three numbers as a markdown table."""
    first_answer(graph), imports()  # once for the disk
    pairs = [(first_answer(graph), imports()) for _ in range(RUNS)]
    answers, bare = zip(*pairs, strict=True)
    return "\n".join(
        [
            f"| median of {RUNS} runs | |",
            "| --- | ---: |",
            f"| start to first answer of `snhr-kg serve`, wanted ≤ 1,000 | {median(answers) * 1000:.0f} ms |",
            f"| `import flask, pyoxigraph` | {median(bare) * 1000:.0f} ms |",
            f"| ratio | {median(a / b for a, b in pairs):.2f} |",
        ]
    )


if __name__ == "__main__":
    print(report(Path(sys.argv[1]) if len(sys.argv) > 1 else content.graph_folder()))
