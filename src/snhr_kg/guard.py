"""Reads a query text before the engine does: its form, whether it may be run, whether it answers the same each time.

The engine obeys SERVICE by calling out over HTTP and cannot be told not to, so the text is read here first. It reads
keywords wherever its grammar allows one, also glued to a neighbour (``trueSERVICE<x>``, ``SERVICESILENTex:``), and
takes ``<`` as the start of an IRI or as *less than* by context. Without a grammar here, both readings of ``<`` are
followed, and a query is refused when SERVICE stands in either. Code point escapes are read as SPARQL has them
(resolved before anything else) and as the engine has them (only in IRIs and strings).
"""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Final

from snhr_kg.errors import BadQuery, QueryRefused, QueryTooLong

MAX_BYTES: Final = 64 * 1024
MAX_DEPTH: Final = 100
MAX_UNCLOSED: Final = 20
"""Quotes without an end, which no query has: each is read on to the end of the text in search of it."""

_NAME = r"(?:\w|[^\x00-\x7f])"
_MIDDLE = r"(?:[\w.\-]|[^\x00-\x7f])"
_ESCAPE = r"(?:%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])"
TOKEN: Final = re.compile(
    rf"""
    (?P<space>\s+|\#[^\n\r]*)
  | (?P<string>\"{{3}}(?:[^\\]|\\.)*?\"{{3}}|'{{3}}(?:[^\\]|\\.)*?'{{3}}
              |\"(?:[^"\\\n\r]|\\.)*+\"|'(?:[^'\\\n\r]|\\.)*+')
  | (?P<iri><[^<>"{{}}|^`\x00-\x20]*>)
  | (?P<variable>[?$]{_NAME}+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<blank>_:{_NAME}{_MIDDLE}*)
  | (?P<name>(?P<prefix>{_MIDDLE}*):(?:(?:{_NAME}|:|{_ESCAPE})(?:{_MIDDLE}|:|{_ESCAPE})*)?)
  | (?P<word>{_MIDDLE}+)
  | (?P<open>[({{\[])
  | (?P<close>[)}}\]])
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_SERVICE: Final = re.compile("service", re.IGNORECASE | re.ASCII)
_ABSOLUTE: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")
_CODE_POINT: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

_GAP: Final = r"(?:[ \t\r\n]++|#[^\n\r]*+)*+"
_OPENING: Final = re.compile(
    rf"{_GAP}(?:(?:base{_GAP}<[^>]*>|prefix{_GAP}[^\s:]*:{_GAP}<[^>]*>"
    rf"|version{_GAP}(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')){_GAP})*+"
    r"(?:(?P<form>select|ask|construct|describe)"
    r"|(?P<update>insert|delete|load|clear|drop|add|move|copy|create|with)"
    r"(?:data|where|silent|all|default|named|graph|into)?(?![\w:-]))",
    re.IGNORECASE | re.ASCII | re.DOTALL,
)
_UNSTEADY_WORDS: Final = ("now", "rand", "uuid", "bnode", "service", "\\")
_UNSTEADY: Final = re.compile(
    r"service|(?:now|rand|uuid|bnode)[ \t\r\n]*+(?:\(|(?P<comment>\#))", re.IGNORECASE | re.ASCII
)
_GAPS: Final = re.compile(_GAP)
_CALL: Final = re.compile(rf"\.*service{_GAP}(?:silent{_GAP})?", re.IGNORECASE | re.ASCII)
_ENDPOINT: Final = re.compile(
    r"<(?P<scheme>https?)://(?P<host>[a-z0-9.\-]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]+))?"
    r"(?:[/?#][^<>\"{}|^`\\\x00-\x20]*)?>",
    re.IGNORECASE | re.ASCII,
)


def refuse_unsafe(text: str, services: Set[str] = frozenset()) -> None:
    """Return when the query may be run.

    `services` are the hosts (``host``: any port, or ``host:port``; lower case) that SERVICE may ask. Such a call needs
    a full http or https IRI. The engine's HTTP client does not follow redirects (measured with pyoxigraph 0.5.13 for
    301, 302, 303, 307 and 308), so an allowed host cannot send it to another.

    Raises `QueryTooLong` for a text longer than `MAX_BYTES` in UTF-8, `QueryRefused` for updates and for SERVICE of
    any other name, `BadQuery` for brackets nested deeper than `MAX_DEPTH` and for more than `MAX_UNCLOSED` quotes
    without an end.
    """
    if len(text) * 4 > MAX_BYTES and (size := len(text.encode("utf-8", "surrogatepass"))) > MAX_BYTES:
        raise QueryTooLong(f"the query is {size:,} bytes long; at most {MAX_BYTES:,} are read")
    if is_update(text):
        raise QueryRefused("updates are refused: this graph is read-only")
    _read(text, services)
    if "\\" in text and (decoded := _decoded(text)) != text:
        _read(decoded, services)


def is_update(text: str) -> bool:
    """Whether the first word after the prologue begins an update."""
    opening = _opening(text)
    return opening is not None and opening["update"] is not None


def query_form(text: str) -> str | None:
    """``select``, ``ask``, ``construct`` or ``describe``: the first word after the prologue; None when it is none."""
    opening = _opening(text)
    return opening["form"].lower() if opening is not None and opening["form"] else None


def is_deterministic(text: str) -> bool:
    """Whether the query is sure to have the same answer each time it is asked of the same graph.

    False where NOW, RAND, UUID, STRUUID or BNODE may be called, or SERVICE; sometimes also where a string or a comment
    only looks so, never the other way round.
    """
    lower = text.lower()
    if not any(word in lower for word in _UNSTEADY_WORDS):
        return True
    return not _is_unsteady(text) and ("\\" not in text or not _is_unsteady(_decoded(text)))


def _is_unsteady(text: str) -> bool:
    """Whether SERVICE stands somewhere, or one of the names before a bracket; no comment is read twice."""
    read = 0
    for found in _UNSTEADY.finditer(text):
        if found["comment"] is None:
            return True
        begin = found.start("comment")
        if begin >= read and (gap := _GAPS.match(text, begin)):
            read = gap.end()
            if text[read : read + 1] == "(":
                return True
    return False


def _opening(text: str) -> re.Match[str] | None:
    """Prologue and first word, as the engine reads them, else with the escapes resolved."""
    opening = _OPENING.match(text)
    return _OPENING.match(_decoded(text)) if opening is None and "\\" in text else opening


def _decoded(text: str) -> str:
    r"""The text with its ``\uXXXX`` code point escapes resolved, which SPARQL does before reading anything else."""
    return _CODE_POINT.sub(_code_point, text)


def _code_point(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number <= 0x10FFFF else match[0]


def _read(text: str, services: Set[str]) -> None:
    """Follow every reading of the text; raises as `refuse_unsafe` does for SERVICE and for depth."""
    if sum(map(text.count, "({[")) <= MAX_DEPTH and "service" not in text.lower():
        return
    seen: set[int] = set()
    unclosed = 0
    starts = [(0, 0)]
    while starts:
        position, depth = starts.pop()
        before = ""
        while position < len(text) and position not in seen:
            seen.add(position)
            token = TOKEN.match(text, position)
            assert token is not None  # the last alternative takes any character
            kind = token.lastgroup
            if kind == "iri" and not _ABSOLUTE.match(text, position):
                starts.append((position + 1, depth))
            elif kind in ("word", "name") and _is_service(text, token, before):
                _refuse_service(text, token, services)
            elif kind == "open":
                depth += 1
                if depth > MAX_DEPTH:
                    raise BadQuery(f"brackets are nested more than {MAX_DEPTH} deep; write the query flatter")
            elif kind == "close":
                depth -= 1
            elif kind == "other" and token[0] in "\"'":
                unclosed += 1
                if unclosed > MAX_UNCLOSED:
                    raise BadQuery(f"more than {MAX_UNCLOSED} quotes have no end; close each string that is begun")
            if kind != "space":
                before = token[0]
            position = token.end()


def _is_service(text: str, token: re.Match[str], before: str) -> bool:
    """Whether the engine could read SERVICE at the end of this word, or at the start of this prefixed name."""
    if token.lastgroup == "word":
        return _SERVICE.search(token[0]) is not None and text[token.end() : token.end() + 1] in tuple(" \t\r\n#<?$")
    if _SERVICE.search(token["prefix"]) is None or before.lower() == "graph":
        return False
    after = token.end()
    while (blank := TOKEN.match(text, after)) and blank.lastgroup == "space":
        after = blank.end()
    return text[after : after + 1] == "{" and text[after : after + 2] != "{|"


def _refuse_service(text: str, token: re.Match[str], services: Set[str]) -> None:
    """Raise `QueryRefused` unless SERVICE stands alone before the full IRI of an allowed host."""
    if not services:
        raise QueryRefused("SERVICE is refused: this endpoint asks no other endpoint; query the two one by one")
    call = _CALL.match(text, token.start())
    endpoint = _ENDPOINT.match(text, call.end()) if call else None
    allowed = ", ".join(sorted(services))
    if endpoint is None:
        raise QueryRefused(
            "SERVICE is refused: write the endpoint's IRI in full, as in SERVICE <https://host/path>, not as a "
            f"variable, a prefixed name or a relative IRI; these hosts may be asked: {allowed}"
        )
    host = endpoint["host"].lower()
    port = endpoint["port"] or ("443" if endpoint["scheme"].lower() == "https" else "80")
    if services.isdisjoint({host, f"{host}:{int(port)}"}):
        raise QueryRefused(f"SERVICE is refused for {host}:{port}: this endpoint asks only {allowed}")
