"""Turtle and TriG that people can read: a prefix for each folder of IRIs, those in use only, and no escapes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from operator import itemgetter

from snhr_kg.exports.quads import CanonicalGraph
from snhr_kg.names import BASE, PREFIXES

_TYPE = f"<{PREFIXES['rdf']}type>"
_PREFIX = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
_LOCAL = re.compile(r"\w(?:[\w.-]*[\w-])?", re.ASCII)
# No segment begins with a dot or holds a colon: those would be read as something else than a path below the base.
_RELATIVE = re.compile(r"(?:[\w-][\w.+-]*/)*(?:[\w-][\w.+-]*)(?:#[\w.+-]*)?", re.ASCII)
# Without quotes stands only what every parser gives back digit for digit.
_BARE = {
    PREFIXES["xsd"] + "integer": re.compile(r"0|-?[1-9][0-9]*"),
    PREFIXES["xsd"] + "decimal": re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]{0,5}[1-9]"),
    PREFIXES["xsd"] + "boolean": re.compile(r"true|false"),
}

_Lines = list[tuple[str, str, str]]
"""Subject, predicate and object of each triple, as N-Triples writes them."""


def to_turtle(graph: CanonicalGraph) -> str:
    """The graph's triples as one Turtle document."""
    lines = _split(graph)
    short = _Abbreviations(term for line in lines for term in line)
    body = "\n".join(_subjects(lines, short))
    return f"{short.head()}\n{body}"


def to_trig(graphs: Iterable[CanonicalGraph]) -> str:
    """The named graphs, in the order given, as one TriG document."""
    lines = {f"<{graph.name}>": _split(graph) for graph in graphs}
    short = _Abbreviations(chain(lines, (term for of_graph in lines.values() for line in of_graph for term in line)))
    blocks = []
    for name, of_graph in lines.items():
        body = "\n".join(_subjects(of_graph, short))
        blocks.append(f"{short.term(name)} {{\n{body}}}\n")
    body = "\n".join(blocks)
    return f"{short.head()}\n{body}"


def _split(graph: CanonicalGraph) -> _Lines:
    return [tuple(line.removesuffix(" .").split(" ", 2)) for line in graph.lines]  # type: ignore[misc]


def _subjects(lines: _Lines, short: _Abbreviations) -> Iterator[str]:
    for subject, of_subject in groupby(lines, key=itemgetter(0)):
        statements = [
            (short.predicate(predicate), " , ".join(short.term(value) for _, _, value in of_predicate))
            for predicate, of_predicate in groupby(of_subject, key=itemgetter(1))
        ]
        statements.sort(key=lambda statement: statement[0] != "a")
        yield f"{short.term(subject)} " + " ;\n    ".join(map(" ".join, statements)) + " .\n"


class _Abbreviations:
    """How the terms of one document are written, and the head that this needs."""

    def __init__(self, terms: Iterable[str]) -> None:
        iris = {term[1:-1] for term in terms if term.startswith("<")}
        self._names = _own_prefixes(iris) | {namespace: name for name, namespace in PREFIXES.items()}
        self._used: set[str] = set()
        self._known: dict[str, str] = {}

    def head(self) -> str:
        """The base, and by name the prefixes that were used so far."""
        prefixes = sorted((self._names[namespace], namespace) for namespace in self._used)
        return f"@base <{BASE}> .\n" + "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes)

    def predicate(self, term: str) -> str:
        return "a" if term == _TYPE else self.term(term)

    def term(self, term: str) -> str:
        if term not in self._known:
            self._known[term] = self._shortened(term)
        return self._known[term]

    def _shortened(self, term: str) -> str:
        if term.startswith("<"):
            return self._iri(term[1:-1])
        if not term.startswith('"') or not term.endswith(">"):
            return term
        text, _, datatype = term.removesuffix(">").rpartition("^^<")
        if datatype in _BARE and _BARE[datatype].fullmatch(text[1:-1]):
            return text[1:-1]
        return f"{text}^^{self._iri(datatype)}"

    def _iri(self, iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        namespace, local = iri[:cut], iri[cut:]
        if namespace in self._names and _LOCAL.fullmatch(local):
            self._used.add(namespace)
            return f"{self._names[namespace]}:{local}"
        relative = iri.removeprefix(BASE)
        return f"<{relative}>" if relative != iri and _RELATIVE.fullmatch(relative) else f"<{iri}>"


def _own_prefixes(iris: Iterable[str]) -> dict[str, str]:
    """A name for each folder of IRIs below our base: its last segment, and as many earlier ones as tell it apart.

    ``…/code/perpetrator/`` is `perpetrator`, ``…/report/2020-03-15/figure/`` is `figure`, or `figure-2020-03-15` where
    the figures of several reports stand in one document.
    """
    folders = {iri[: iri.rfind("/") + 1] for iri in iris if iri.startswith(BASE) and "#" not in iri}
    candidates = {folder: _candidates(folder) for folder in folders - {BASE, *PREFIXES.values()}}
    claims = Counter([*PREFIXES, *(name for names in candidates.values() for name in names)])
    wholes = Counter([*PREFIXES, *(names[-1] for names in candidates.values())])
    prefixes = {}
    for folder, names in candidates.items():
        name = next((name for name in names if claims[name] == 1), names[-1])
        if wholes[name] <= 1 and _PREFIX.fullmatch(name):
            prefixes[folder] = name
    return prefixes


def _candidates(folder: str) -> list[str]:
    """The names a folder could have, shortest first: ``figure``, ``figure-2020-03-15``, …"""
    segments = folder.removeprefix(BASE).strip("/").split("/")[::-1]
    return ["-".join(segments[:length]) for length in range(1, len(segments) + 1)]
