"""A graph of any number of triples, made from the real build by repeating its report under other report ids.

    python -m endpoint.scale BUILD_FOLDER 1000000 OUT_FOLDER      # in the folder benchmarks/

Ontology, codes, links and catalogue stand once. What is stated, inferred, derived and checked about the report is
repeated as often as it takes, each copy with an id of its own and with every value and bound greater by the number of
the copy; the last copy ends where the number is reached. The same arguments give the same bytes. Counted are distinct
triples, as they stand in the default graph of every server.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

GRAPH = "https://w3id.org/snhr-kg/graph/"
REPEATED = ("report/", "inferred", "derived", "checks")
DATA_FILE, CHECKSUMS_FILE = "snhr-kg.nq", "SHA256SUMS"

_QUAD = re.compile(r"(.+) <([^<> ]+)> \.\n")
_VALUE = re.compile(
    r'(<https://w3id\.org/snhr-kg/ontology#(?:value|lowerBound|upperBound)> ")(\d+)("\^\^<http://www\.w3\.org/2001/XMLSchema#integer>)'
)


@dataclass(frozen=True, slots=True)
class Original:
    """The triples of a build with their graphs: what stands once, and what each copy repeats; `report` is its id."""

    report: str
    lines: list[tuple[str, str]]
    repeated: list[tuple[str, str]]

    @property
    def copied_id(self) -> str:
        """What a copy replaces."""
        return f"report/{self.report}"


def read_original(folder: Path) -> Original:
    """The distinct triples of a build's default graph, each with the first graph that states it.

    What comes from elsewhere stands in named graphs alone, and other servers would answer with it too.
    """
    first: dict[str, str] = {}
    with (folder / DATA_FILE).open(encoding="utf-8") as file:
        for line in file:
            quad = _QUAD.fullmatch(line)
            if quad is None:
                raise SystemExit(f"{folder / DATA_FILE} holds a line that is no quad: {line[:80]}")
            if not quad[2].startswith(f"{GRAPH}external/"):
                first.setdefault(quad[1], quad[2])
    lines = list(first.items())
    report = next(graph for _, graph in lines if graph.startswith(f"{GRAPH}report/")).rpartition("/")[2]
    starts = tuple(GRAPH + name for name in REPEATED)
    repeated = [(triple, graph) for triple, graph in lines if graph.startswith(starts) and f"report/{report}" in triple]
    return Original(report, lines, repeated)


def copy_id(number: int) -> str:
    """The report id of a copy, from 1."""
    return (date(2100, 1, 1) + timedelta(days=number)).isoformat()


def copies(original: Original, triples: int) -> int:
    """How many whole copies a graph of so many triples holds beside the original."""
    return max(0, triples - len(original.lines)) // len(original.repeated)


def blocks(original: Original, triples: int, with_graphs: bool) -> Iterator[bytes]:
    """N-Quads, or N-Triples, of exactly so many distinct triples; raises `SystemExit` for fewer than the build has."""
    missing = triples - len(original.lines)
    if missing < 0:
        raise SystemExit(f"the build alone has {len(original.lines):,} triples; ask for more than that")
    yield _written(original.lines, with_graphs)
    whole = _Template(original, original.repeated, with_graphs)
    number = 0
    while missing >= len(original.repeated):
        number += 1
        yield whole.copy(number)
        missing -= len(original.repeated)
    yield _Template(original, original.repeated[:missing], with_graphs).copy(number + 1)


class _Template:
    """Lines cut where a number stands, so that a copy is one join and one replacement."""

    def __init__(self, original: Original, lines: list[tuple[str, str]], with_graphs: bool) -> None:
        text = _written(lines, with_graphs).decode()
        self._id = original.copied_id.encode()
        self._texts: list[bytes] = []
        self._values: list[int] = []
        position = 0
        for match in _VALUE.finditer(text):
            self._texts.append(text[position : match.start(2)].encode())
            self._values.append(int(match[2]))
            position = match.end(2)
        self._texts.append(text[position:].encode())

    def copy(self, number: int) -> bytes:
        pieces = [self._texts[0]]
        for value, text in zip(self._values, self._texts[1:], strict=True):
            pieces += (str(value + number).encode(), text)
        return b"".join(pieces).replace(self._id, b"report/" + copy_id(number).encode())


def _written(lines: list[tuple[str, str]], with_graphs: bool) -> bytes:
    if with_graphs:
        return "".join(f"{triple} <{graph}> .\n" for triple, graph in lines).encode()
    return "".join(f"{triple} .\n" for triple, _ in lines).encode()


def write_triples(original: Original, triples: int, path: Path) -> None:
    """N-Triples, for the servers that hold one graph."""
    with path.open("wb") as file:
        file.writelines(blocks(original, triples, with_graphs=False))


def write_build(original: Original, build: Path, triples: int, folder: Path) -> None:
    """A folder like the one that a build wrote, with so many triples in it."""
    shutil.copytree(build, folder, dirs_exist_ok=True)
    digest = hashlib.sha256()
    with (folder / DATA_FILE).open("wb") as file:
        for block in blocks(original, triples, with_graphs=True):
            digest.update(block)
            file.write(block)
    sums = (build / CHECKSUMS_FILE).read_text(encoding="utf-8").splitlines()
    others = [line for line in sums if not line.endswith(f"  {DATA_FILE}")]
    text = "\n".join([*others, f"{digest.hexdigest()}  {DATA_FILE}"]) + "\n"
    (folder / CHECKSUMS_FILE).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    from_build = read_original(Path(sys.argv[1]))
    out = Path(sys.argv[3])
    out.mkdir(parents=True, exist_ok=True)
    write_triples(from_build, int(sys.argv[2]), out / "triples.nt")
