"""Names characters that look like plain ones (curly quotes, dashes, Arabic digits) and writes the plain ones."""

from __future__ import annotations

import unicodedata
from typing import Final

_SIGNS: Final = {
    "‘’‚‛′ʼ`´": "'",
    "“”„‟″": '"',
    "‐‑‒–—―−": "-",
    "٬،": ",",
    "٫": ".",
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff": "",
}
_LETTERS: Final = dict(zip("асеорхуіјѕԁɡο", "aceopxyijsdgo", strict=True))
_PLAIN: Final = {ord(sign): plain for signs, plain in _SIGNS.items() for sign in signs} | {
    ord(letter): plain for letter, plain in _LETTERS.items()
}


def plain(text: str) -> str:
    """The text with look-alikes replaced by the ASCII characters they look like.

    >>> plain("2011–03, ١٢")
    '2011-03, 12'
    """
    if text.isascii():
        return text
    digits = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text.translate(_PLAIN))
    return unicodedata.normalize("NFKC", digits)


def first_lookalike(text: str) -> str | None:
    """The first look-alike, with its Unicode name, or None.

    >>> first_lookalike("2011–03")
    "'–' (EN DASH)"
    """
    for sign in text:
        if plain(sign) != sign:
            return f"{sign!r} ({unicodedata.name(sign, f'U+{ord(sign):04X}')})"
    return None
