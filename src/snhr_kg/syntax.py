"""What is wrong with the text of a query and where, which the parser's own words tell only nearly.

The parser names the furthest place that it looked at. It looks ahead by the length of every keyword that could stand
there, so that place lies up to that many characters behind the fault, or behind one before it. Asked again with so much
room between the tokens that it never looks into the next one, it tells the token.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from snhr_kg import names
from snhr_kg.guard import TOKEN

_PLACE: Final = re.compile(r"error at ([0-9]+):([0-9]+): ")
_CHARACTERS: Final = re.compile(r"\[(?:'(?:\\u\{[0-9A-F]+\}|\\.|[^'])'|[^\]'])*\]|\"(?:\\.|[^\"\\])*\"", re.DOTALL)
"""A set of characters, or a character, of those that the parser lists among what it had expected."""

_KEYWORD: Final = re.compile(r"[A-Za-z0-9_]*")
_ROOM: Final = " " * 24
"""More than the longest keyword (ENCODE_FOR_URI) has characters."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text: a line, and the columns from which and before which something stands, all counted from 1."""

    line: int
    column: int
    end: int


@dataclass(frozen=True, slots=True)
class _Token:
    """A part of the query without white space: where it begins there, and where when it is spread out."""

    text: str
    start: int
    spread: int


def in_words(said: str, text: str) -> str:
    """What is wrong with a text that the parser says this about, with line and column.

    >>> in_words("error at 1:10: expected CONSTRUCT", "SELEC * {}")
    "error at 1:1: 'SELEC' is not expected here"
    >>> in_words("error at 1:12: expected one of '.', '}', [_]", "ASK { ?s ?p")
    'error at 1:12: the query ends too early'
    >>> in_words("error at 1:23: expected one of Prefix not found, ['%']", "ASK { ?s a snhr:Figure }")
    "error at 1:12: the prefix 'snhr:' is not declared; begin with PREFIX snhr: <https://w3id.org/snhr-kg/ontology#>"
    """
    if _PLACE.match(said) is None:
        return said
    spread, tokens = _spread(text)
    if (quote := next(filter(_is_open_quote, tokens), None)) is not None:
        return _at(text, quote.start, "the quote that begins here has no end")
    said = _said_of(spread) or said
    token = _token_at(tokens, _offset(spread, said))
    sentence = _sentence(said)
    if token is None:
        return _at(text, len(text), sentence or "the query ends too early")
    if "Prefix not found" in sentence and (name := _undeclared(token, text)) is not None:
        prefix, start = name
        iri = names.PREFIXES.get(prefix, "…")
        return _at(text, start, f"the prefix '{prefix}:' is not declared; begin with PREFIX {prefix}: <{iri}>")
    return _at(text, token.start, sentence or f"{_quoted(token.text)} is not expected here")


def place_in(message: str) -> tuple[int, int] | None:
    """The line and column that a message of `in_words` names; None where it names none."""
    found = _PLACE.match(message)
    return (int(found[1]), int(found[2])) if found else None


def place_of(message: str, text: str) -> Place | None:
    """The place in the query that a message of `in_words` is about; None for a message without one."""
    lines = text.split("\n")
    line, column = place_in(message) or (0, 0)
    if not 0 < line <= len(lines):
        return None
    rest = lines[line - 1].rstrip("\r")[column - 1 :]
    token = TOKEN.match(rest)
    return Place(line, column, column + max(1, len(token[0].partition("\n")[0]) if token else 1))


def _spread(text: str) -> tuple[str, list[_Token]]:
    """The text with room before each of its tokens, and the tokens."""
    pieces: list[str] = []
    tokens: list[_Token] = []
    length = 0
    glued = False
    for match in TOKEN.finditer(text):
        kind, piece = match.lastgroup, match[0]
        if kind == "space":
            piece = "\n" if "\n" in piece else ""
        elif glued and kind not in ("open", "close"):
            last = tokens[-1]
            tokens[-1] = _Token(last.text + piece, last.start, last.spread)
        else:
            tokens.append(_Token(piece, match.start(), length + len(_ROOM)))
            piece = _ROOM + piece
        glued = kind not in ("space", "open", "close")
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces) + _ROOM, tokens


def _said_of(spread: str) -> str:
    """What the parser says about the text with room in it."""
    try:
        ox.Store().query(spread, base_iri=names.BASE)
    except (SyntaxError, ValueError) as error:
        return str(error)
    return ""


def _offset(text: str, said: str) -> int:
    """The place that the parser names, as a number of characters from the beginning."""
    found = _PLACE.match(said)
    if found is None:
        return len(text)
    lines = text.split("\n")[: int(found[1]) - 1]
    return sum(len(line) + 1 for line in lines) + int(found[2]) - 1


def _token_at(tokens: list[_Token], offset: int) -> _Token | None:
    """The last token that begins at the place or before; None when the place is behind all of them, at the end."""
    if tokens and offset >= tokens[-1].spread + len(tokens[-1].text) + len(_ROOM):
        return None
    return next((token for token in reversed(tokens) if token.spread <= offset), tokens[0] if tokens else None)


def _is_open_quote(token: _Token) -> bool:
    """Whether a quote begins in the token that is not closed on its line."""
    return any(match.lastgroup == "other" and match[0] in "\"'" for match in TOKEN.finditer(token.text))


def _sentence(said: str) -> str:
    """What is said of the query's meaning, among the characters and keywords that are said to be expected."""
    plain = _CHARACTERS.sub("", _PLACE.sub("", said)).removeprefix("expected").removeprefix(" one of")
    parts = (part.strip() for part in plain.split(", "))
    sentence = ", ".join(part for part in parts if not _KEYWORD.fullmatch(part))
    return f"the {sentence[4:]}" if sentence.startswith("The ") else sentence


def _undeclared(token: _Token, text: str) -> tuple[str, int] | None:
    """The first prefix in the token that the text does not declare, and where its name begins."""
    for match in TOKEN.finditer(token.text):
        prefix = match["prefix"]
        if prefix is not None and not re.search(rf"\bprefix\s+{re.escape(prefix)}:\s*<", text, re.IGNORECASE):
            return prefix, token.start + match.start()
    return None


def _quoted(text: str) -> str:
    shown = text if len(text) <= 40 else f"{text[:39]}…"
    return f'"{shown}"' if "'" in shown else f"'{shown}'"


def _at(text: str, offset: int, complaint: str) -> str:
    before = text[:offset]
    return f"error at {before.count(chr(10)) + 1}:{offset - before.rfind(chr(10))}: {complaint}"
