"""A name that is several in one: "HTS: Hayat Tahrir al Sham", "Islamic State (Syria)", "ISIS/Daesh"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from snhr_kg.reconciliation.normalise import fold, is_abbreviation
from snhr_kg.reconciliation.words import Lexicon, Word

_BREAK: Final = re.compile(r"([(\[]|[)\]]|[:/;|]|,|\s[-–—]\s)")
_HOME: Final = "syria"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a name, the sign before it (``(`` also for a bracket, nothing for the first), and its words."""

    text: str
    sign: str
    words: tuple[Word, ...]


def split(text: str, lexicon: Lexicon) -> tuple[Part, ...]:
    """The parts of a name that have letters, in order."""
    pieces = ["", *_BREAK.split(text)]
    parts = []
    for sign, piece in zip(pieces[::2], pieces[1::2], strict=True):
        if fold(piece):
            parts.append(Part(piece.strip(), "(" if sign in "([" and sign else sign.strip(), lexicon.words(piece)))
    return tuple(parts)


def is_aside(part: Part, others: Sequence[Part], known: bool) -> bool:
    """Whether a part says nothing of who is meant beside the others; `known`: whether it is a name of anything.

    - the country, in brackets or last after a comma: "Islamic State (Syria)", "Idlib, Syria";
    - an older name of a state, in brackets after its government: "Government of Myanmar (Burma)";
    - an unknown abbreviation of the other part: "TAF: Turkish Armed Forces".
    """
    main = others[0]
    telling = [word for word in main.words if word.tells]
    of_a_state = bool(telling) and all(word.role == "country" for word in telling)
    if [word.meaning for word in part.words] == [_HOME]:
        return part.sign == "(" or (part.sign == "," and not of_a_state)
    if part.sign == "(" and of_a_state and any(word.role == "body" for word in main.words):
        return not known
    return not known and is_abbreviation(part.text) and stands_for(part.text, main.text)


def stands_for(abbreviation: str, text: str) -> bool:
    """Whether its letters are the first letters of the words of the text, in order; small words may be left out.

    >>> stands_for("HTS", "Hay'at Tahrir al-Sham"), stands_for("ISKP", "Islamic State")
    (True, False)
    """
    letters = list(fold(abbreviation).replace(" ", ""))
    for word in fold(text).split():
        if letters and word[0] == letters[0]:
            letters.pop(0)
        elif len(word) > _SMALL:
            return False
    return not letters


_SMALL: Final = 3
