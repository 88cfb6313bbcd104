"""Which graphs a query is asked of, said so that every store understands the same by it.

The protocol lets a store take what it likes where a request names no graph: all it holds (Virtuoso), or none. Here
every request names its dataset by the protocol's parameters, which win over FROM, and FROM is taken out of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from snhr_kg import names
from snhr_kg.engine.question import Question
from snhr_kg.errors import QueryRefused
from snhr_kg.remote.marker import EXTERNAL, NOTHING, UNION, Marker

_TOKEN: Final = re.compile(
    r"""(?P<gap>(?:\s|\#[^\n\r]*)+)
  | (?P<string>\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|\"(?:[^"\\\n\r]|\\.)*\"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
  | (?P<variable>[?$]\w+)
  | (?P<name>[\w.\-]*:(?:[\w.:\-]|%[0-9A-Fa-f]{2}|\\.)*)
  | (?P<word>\w+)
  | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED: Final = re.compile(r"\\(.)")
_CODE_POINT: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_IRI: Final = re.compile(r"<([^<>\s]*)>")
_DECLARED: Final = re.compile(r"\b(?:prefix[^<>]*|base\s*)<([^<>\s]*)>", re.IGNORECASE)
_OWN_SCHEMES: Final = ("bif:", "sql:")
"""Schemes under which Virtuoso names functions of its own, which reach outside SPARQL."""


@dataclass(frozen=True, slots=True)
class Scoped:
    """A query without FROM, and the graphs it is asked of."""

    text: str
    default: tuple[str, ...]
    named: tuple[str, ...]

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """The parameters of the SPARQL protocol that say so."""
        default = [("default-graph-uri", graph) for graph in self.default or (NOTHING,)]
        named = [("named-graph-uri", graph) for graph in self.named or (NOTHING,)]
        return (("query", f"BASE <{names.BASE}> {self.text}"), *default, *named)


def scope(question: Question, marker: Marker) -> Scoped:
    """The question as it is sent to a store that holds what the marker says.

    Without any graph named, the default graph is the union of all but external ones. A graph that is named but not
    held is empty: whatever else the store has is nobody's business here.
    """
    text, default, named = _without_from(question.text)
    if question.default_graphs or question.named_graphs:
        default, named = list(question.default_graphs), list(question.named_graphs)
    elif not default and not named:
        return Scoped(text, _whole(marker), marker.graphs)
    known = set(marker.graphs)
    return Scoped(
        text,
        tuple(graph for graph in dict.fromkeys(default) if graph in known),
        tuple(graph for graph in dict.fromkeys(named) if graph in known),
    )


def _whole(marker: Marker) -> tuple[str, ...]:
    """The default graph where none is named: the union that a push has made, else the graphs that it would be of."""
    return (UNION,) if marker.push else tuple(graph for graph in marker.graphs if not graph.startswith(EXTERNAL))


def refuse_own_functions(text: str) -> None:
    """Raise `QueryRefused` for a text that could name one of Virtuoso's own functions, in full or piece by piece."""
    plain = _CODE_POINT.sub(lambda match: chr(min(int(match[1] or match[2], 16), 0x10FFFF)), text)
    named = [iri for iri in _IRI.findall(plain) if iri.lower().startswith(_OWN_SCHEMES)]
    begun = [iri for iri in _DECLARED.findall(plain) if any(own.startswith(iri.lower()) for own in _OWN_SCHEMES)]
    if named or any(begun):
        raise QueryRefused(
            f"<{[*named, *filter(None, begun)][0]}> is refused: the store's own functions are not served"
        )


def row_limit(text: str) -> int | None:
    """The LIMIT of the whole query, where it has one."""
    depth = 0
    limit = None
    before = ""
    for kind, token, _, _ in _tokens(text):
        depth += (token == "{") - (token == "}")
        if depth == 0 and kind == "word":
            if before.lower() == "limit" and token.isdigit():
                limit = int(token)
            before = token
    return limit


def _without_from(text: str) -> tuple[str, list[str], list[str]]:
    """The text with each FROM clause blanked out, and the graphs they named: for the default graph, and by name."""
    default: list[str] = []
    named: list[str] = []
    prefixes: dict[str, str] = {}
    base = names.BASE
    depth = 0
    last = len(text)
    kept: list[str] = []
    words: list[str] = []
    begun = done = 0
    for kind, token, start, end in _tokens(text):
        depth += (token in "({[" and len(token) == 1) - (token in ")}]" and len(token) == 1)
        if depth:
            words = []
        elif kind == "word":
            begun = start if token.lower() == "from" else begun
            words = [*words, token.lower()] if words == ["from"] and token.lower() == "named" else [token.lower()]
        elif kind == "name" and words == ["prefix"]:
            words.append(token)
        elif kind == "iri" and len(words) == 2 and words[0] == "prefix":
            prefixes[words[1]] = urljoin(base, token[1:-1])
            words = []
        elif kind == "iri" and words == ["base"]:
            base, words = urljoin(base, token[1:-1]), []
        elif kind in ("iri", "name") and words in (["from"], ["from", "named"]):
            (named if words[1:] else default).append(_resolved(kind, token, prefixes, base))
            kept.append(text[done:begun])
            done, words = end, []
        else:
            words = []
    return " ".join([*kept, text[done:last]]), default, named


def _resolved(kind: str, token: str, prefixes: dict[str, str], base: str) -> str:
    if kind == "iri":
        return urljoin(base, token[1:-1])
    prefix, _, local = token.partition(":")
    return prefixes.get(f"{prefix}:", "") + _ESCAPED.sub(r"\1", local)


def _tokens(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Kind, text, start and end of each token but blanks and comments."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "gap":
            yield match.lastgroup or "", match[0], match.start(), match.end()
