"""What is wrong with the text of a query, where the parser's own words do not tell."""

from __future__ import annotations

import re
from typing import Final

from snhr_kg import names

_PLACE: Final = re.compile(r"error at ([0-9]+):([0-9]+): ")
_NAME: Final = re.compile(r"([\w.-]*):[^\s:<>]*$")


def in_words(said: str, text: str) -> str:
    """The parser's words about the text, or plain ones with the remedy where a prefix is not declared.

    >>> in_words("error at 1:10: expected CONSTRUCT", "SELEC * {}")
    'error at 1:10: expected CONSTRUCT'
    >>> in_words("error at 1:23: expected one of Prefix not found, ['%']", "ASK { ?s a snhr:Figure }")
    "error at 1:23: the prefix 'snhr:' is not declared; begin with PREFIX snhr: <https://w3id.org/snhr-kg/ontology#>"
    """
    place = _PLACE.match(said)
    if place is None or "Prefix not found" not in said:
        return said
    lines = text.split("\n")
    name = _NAME.search(lines[int(place[1]) - 1][: int(place[2]) - 1]) if int(place[1]) <= len(lines) else None
    if name is None or re.search(rf"\bprefix\s+{re.escape(name[1])}:\s*<", text, re.IGNORECASE):
        return said
    iri = names.PREFIXES.get(name[1], "…")
    return f"{place[0]}the prefix '{name[1]}:' is not declared; begin with PREFIX {name[1]}: <{iri}>"
