"""Words looked for in labels: in English whatever the case, in Arabic whatever the spelling."""

from __future__ import annotations

import re
from typing import Final

_MARKS: Final = "[\u0640\u064b-\u0652\u0670]"
"""The stroke that lengthens a word, short vowels and other marks: no letters, and mostly left out."""

_LETTERS: Final = (("[أإآٱ]", "ا"), ("ى", "ي"), ("ة", "ه"))
"""Letters that are often written for one another: alef with and without its sign, and two that end words."""

_ARABIC: Final = re.compile("[\u0600-\u06ff]")
_ARTICLE: Final = re.compile("^ال(?=..)")


def in_label(variable: str, text: str) -> str:
    """An expression of SPARQL: whether the label holds every word of the text, in any order.

    `text` holds no backslash and no control character (see `web.api_figures`). Arabic words are found with or without
    the article, the marks of vowels, and the sign on an alef.

    >>> in_label("?label", "Torture deaths")
    'CONTAINS(LCASE(STR(?label)), "torture") && CONTAINS(LCASE(STR(?label)), "deaths")'
    """
    plain = f"LCASE(STR({variable}))"
    spelt = f'REPLACE({plain}, "{_MARKS}", "")'
    for written, meant in _LETTERS:
        spelt = f'REPLACE({spelt}, "{written}", "{meant}")'
    words = [word.lower() for word in text.split()] or [text]
    return " && ".join(
        f"CONTAINS({spelt}, {_literal(_spelt(word))})"
        if _ARABIC.search(word)
        else f"CONTAINS({plain}, {_literal(word)})"
        for word in words
    )


def _spelt(word: str) -> str:
    """The word without marks and article, each letter as the one that is looked for."""
    bare = re.sub(_MARKS, "", word)
    for written, meant in _LETTERS:
        bare = re.sub(written, meant, bare)
    return _ARTICLE.sub("", bare) or word


def _literal(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'
