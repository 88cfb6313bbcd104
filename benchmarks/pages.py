"""How soon `snhr-kg serve` answers with each kind of page for people.

    python benchmarks/pages.py [GRAPH_FOLDER]

Starts the server, and asks for one page of each kind in both languages over one connection, one request after the
other, with Brotli as browsers do: *first*, when nothing has been asked since the start, so that what pages share (the
graphs, the search index, translations) is worked out on the way; *made again*, the median of `AGAIN` requests each of
which differs in a header from all before it, so that no answer is kept; *kept*, the same request again. Prints, of
each, the median over the pages, how many took longer than 20 ms, and the slowest; then each page that did take longer
when made again, and the largest page in bytes. Wanted: under 20 ms, and under 100 KB.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import urlsplit

from snhr_kg import content

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from page_kinds import KINDS
from serving import serving

AGAIN = 9
WANTED_MS = 20


@dataclass(frozen=True, slots=True)
class Page:
    """A page's times (ms) and how many bytes are sent of it."""

    name: str
    first: float
    again: float
    kept: float
    size: int


def ask(connection: HTTPConnection, path: str, variant: str) -> tuple[float, int]:
    """Milliseconds until the whole answer is there, and its size in bytes."""
    start = perf_counter()
    connection.request("GET", path, headers={"Accept": "text/html", "Accept-Encoding": f"br, {variant};q=0"})
    response = connection.getresponse()
    body = response.read()
    milliseconds = (perf_counter() - start) * 1000
    assert response.status == 200, (path, response.status)
    return milliseconds, len(body)


def measure(connection: HTTPConnection) -> list[Page]:
    """Every kind in both languages, in the order in which `KINDS` has them."""
    paths = [f"/{language}/{local}.html" for local in KINDS.values() for language in ("en", "ar")]
    firsts = {path: ask(connection, path, "first") for path in paths}
    again = {path: median(ask(connection, path, str(n))[0] for n in range(AGAIN)) for path in paths}
    kept = {path: median(ask(connection, path, "first")[0] for _ in range(AGAIN)) for path in paths}
    return [Page(path, firsts[path][0], again[path], kept[path], firsts[path][1]) for path in paths]


def report(graph: Path) -> str:
    """The measurements as markdown."""
    with serving(sys.executable, "-m", "snhr_kg", "serve", "--graph", graph) as address:
        connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
        pages = measure(connection)
        connection.close()
    lines = [f"| {len(pages)} pages | median, ms | over {WANTED_MS} ms | slowest, ms |", "| --- | ---: | ---: | ---: |"]
    for title, times in (
        ("first", [page.first for page in pages]),
        ("made again", [page.again for page in pages]),
        ("kept", [page.kept for page in pages]),
    ):
        over = sum(time > WANTED_MS for time in times)
        lines.append(f"| {title} | {median(times):.1f} | {over} | {max(times):.0f} |")
    slow = sorted((page for page in pages if page.again > WANTED_MS), key=lambda page: -page.again)
    lines += ["", *(f"- `{page.name}`: {page.again:.0f} ms when made again, {page.first:.0f} first" for page in slow)]
    largest = max(pages, key=lambda page: page.size)
    return "\n".join([*lines, "", f"The largest is `{largest.name}`: {largest.size / 1000:.0f} KB compressed."])


if __name__ == "__main__":
    print(report(Path(sys.argv[1]) if len(sys.argv) > 1 else content.graph_folder()))
