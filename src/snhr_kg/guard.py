"""Refuses query texts that must not reach the engine: SERVICE, updates, and texts deep or long enough to kill it.

The engine obeys SERVICE by calling out over HTTP and cannot be told not to, so the text is read here first. It reads
keywords wherever its grammar allows one, also glued to a neighbour (``trueSERVICE<x>``, ``SERVICESILENTex:``), and
takes ``<`` as the start of an IRI or as *less than* by context. Without a grammar here, both readings of ``<`` are
followed, and a query is refused when SERVICE stands in either.
"""

from __future__ import annotations

import re
from typing import Final

from snhr_kg.errors import BadQuery, QueryRefused

MAX_BYTES: Final = 64 * 1024
MAX_DEPTH: Final = 100

_NAME = r"(?:\w|[^\x00-\x7f])"
_MIDDLE = r"(?:[\w.\-]|[^\x00-\x7f])"
_ESCAPE = r"(?:%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])"
_TOKEN: Final = re.compile(
    rf"""
    (?P<space>\s+|\#[^\n\r]*)
  | (?P<string>\"{{3}}(?:[^\\]|\\.)*?\"{{3}}|'{{3}}(?:[^\\]|\\.)*?'{{3}}
              |\"(?:[^"\\\n\r]|\\.)*\"|'(?:[^'\\\n\r]|\\.)*')
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
_PROLOGUE: Final = re.compile(r"(?:\s+|#[^\n\r]*|base\s*<[^>]*>|prefix\s*[^\s:]*:\s*<[^>]*>)*", re.IGNORECASE)
_UPDATE: Final = re.compile(r"(?:insert|delete|load|clear|drop|add|move|copy|create|with)\b", re.IGNORECASE)

_FORM: Final = re.compile(r"(?:select|ask|construct|describe)\b", re.IGNORECASE)


def refuse_unsafe(text: str) -> None:
    """Return when the query may be run.

    Raises `QueryRefused` for SERVICE, `BadQuery` for a text longer than `MAX_BYTES` or with brackets nested deeper
    than `MAX_DEPTH`.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise BadQuery(f"the query is {size:,} bytes long; at most {MAX_BYTES:,} are read")
    readings = {text, _decoded(text)}
    if any(_calls_service(reading) for reading in readings):
        raise QueryRefused("SERVICE is refused: this endpoint asks no other endpoint; query the two one by one")


def is_update(text: str) -> bool:
    """Whether the first word after the prologue begins an update."""
    prologue = _PROLOGUE.match(text)
    return _UPDATE.match(text, prologue.end() if prologue else 0) is not None


def query_form(text: str) -> str | None:
    """``select``, ``ask``, ``construct`` or ``describe``: the first word after the prologue; None when it is none."""
    decoded = _decoded(text)
    prologue = _PROLOGUE.match(decoded)
    form = _FORM.match(decoded, prologue.end() if prologue else 0)
    return form[0].lower() if form else None


_VARYING: Final = re.compile(r"now|rand|uuid|bnode|service", re.IGNORECASE | re.ASCII)


def is_deterministic(text: str) -> bool:
    """Whether the query answers the same each time on one graph: False wherever NOW, RAND or UUID might be called."""
    return _VARYING.search(_decoded(text)) is None


def _decoded(text: str) -> str:
    r"""The text with its ``\uXXXX`` code point escapes resolved, which SPARQL does before reading anything else."""
    return _CODE_POINT.sub(_code_point, text) if "\\" in text else text


def _code_point(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number <= 0x10FFFF else match[0]


def _calls_service(text: str) -> bool:
    """Whether SERVICE is a keyword in any reading of the text; raises `BadQuery` when one nests too deep."""
    if not _SERVICE.search(text) and sum(map(text.count, "({[")) <= MAX_DEPTH:
        return False
    seen: set[int] = set()
    starts = [(0, 0)]
    while starts:
        position, depth = starts.pop()
        before = ""
        while position < len(text) and position not in seen:
            seen.add(position)
            token = _TOKEN.match(text, position)
            assert token is not None  # the last alternative takes any character
            kind = token.lastgroup
            if kind == "iri" and not _ABSOLUTE.match(text, position):
                starts.append((position + 1, depth))
            elif kind in ("word", "name") and _is_service(text, token, before):
                return True
            elif kind == "open":
                depth += 1
                if depth > MAX_DEPTH:
                    raise BadQuery(f"brackets are nested more than {MAX_DEPTH} deep")
            elif kind == "close":
                depth -= 1
            if kind != "space":
                before = token[0]
            position = token.end()
    return False


def _is_service(text: str, token: re.Match[str], before: str) -> bool:
    """Whether the engine could read SERVICE at the end of this word, or at the start of this prefixed name."""
    if token.lastgroup == "word":
        return _SERVICE.search(token[0]) is not None and text[token.end() : token.end() + 1] in tuple(" \t\r\n#<?$")
    if _SERVICE.search(token["prefix"]) is None or before.lower() == "graph":
        return False
    after = token.end()
    while (blank := _TOKEN.match(text, after)) and blank.lastgroup == "space":
        after = blank.end()
    return text[after : after + 1] == "{" and text[after : after + 2] != "{|"
