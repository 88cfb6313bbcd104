"""What is wrong with the text of a query, where the parser's own words do not tell."""

from __future__ import annotations

import re
from typing import Final

from snhr_kg import names

_PLACE: Final = re.compile(r"error at ([0-9]+):([0-9]+): ")
_CHARACTERS: Final = re.compile(r",?\s*\[(?:'(?:\\u\{[0-9A-F]+\}|\\.|[^'])'|[^\]'])*\]", re.DOTALL)
"""One of the sets of characters that the parser lists among what it had expected."""

_NAME: Final = re.compile(r"([\w.-]*):[^\s:<>]*$")


def in_words(said: str, text: str) -> str:
    """The parser's words about the text without its sets of characters, or the remedy for an undeclared prefix.

    >>> in_words("error at 1:10: expected CONSTRUCT", "SELEC * {}")
    'error at 1:10: expected CONSTRUCT'
    >>> in_words("error at 1:11: expected one of '.', '}', ['0' ..= '9' | 'A'], [_]", "ASK { ?s ?p")
    "error at 1:11: expected one of '.', '}'"
    >>> in_words("error at 1:1: expected [_]", "")
    'error at 1:1: something else is expected here'
    >>> in_words("error at 1:23: expected one of Prefix not found, ['%']", "ASK { ?s a snhr:Figure }")
    "error at 1:23: the prefix 'snhr:' is not declared; begin with PREFIX snhr: <https://w3id.org/snhr-kg/ontology#>"
    """
    place = _PLACE.match(said)
    if place is None:
        return said
    if "Prefix not found" not in said:
        plain = _CHARACTERS.sub("", said).replace("expected one of, ", "expected one of ")
        return (
            f"{place[0]}something else is expected here" if plain.endswith(("expected", "expected one of")) else plain
        )
    lines = text.split("\n")
    name = _NAME.search(lines[int(place[1]) - 1][: int(place[2]) - 1]) if int(place[1]) <= len(lines) else None
    if name is None or re.search(rf"\bprefix\s+{re.escape(name[1])}:\s*<", text, re.IGNORECASE):
        return said
    iri = names.PREFIXES.get(name[1], "…")
    return f"{place[0]}the prefix '{name[1]}:' is not declared; begin with PREFIX {name[1]}: <{iri}>"
