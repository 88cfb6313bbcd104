"""Words and numbers as people type them, made comparable: any case, marks and alphabet, digits of either script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from snhr_kg.reconciliation.normalise import fold, sound

_GROUPED: Final = re.compile(r"(?<![\d.])\d{1,3}(?:[,٬  \u2009’']\d{3})+(?!\d)")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_DECIMAL: Final = re.compile(r"(?<=\d)[٫](?=\d)")
_ARTICLE: Final = re.compile(r"^ال(?=..)")


@dataclass(frozen=True, slots=True)
class Searched:
    """What a text is found by: all its words in one line, what each of them sounds like, and its numbers."""

    folded: str
    sounds: frozenset[str]
    numbers: frozenset[str]


def plain_digits(text: str) -> str:
    """The text with digits 0 to 9 and without signs that group them.

    >>> plain_digits("١٤٬٢٢١ قتيلاً"), plain_digits("14,221 and 91٫36")
    ('14221 قتيلاً', '14221 and 91.36')
    """
    if text.isascii():
        western = text
    else:
        western = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    return _GROUPED.sub(lambda found: re.sub(r"\D", "", found[0]), _DECIMAL.sub(".", western))


def numbers_in(text: str) -> list[str]:
    """The numbers that a text has in digits, as `plain_digits` writes them.

    >>> numbers_in("91.36 percent of 226,247")
    ['91.36', '226247']
    """
    return _NUMBER.findall(plain_digits(text))


def asked_words(text: str) -> list[str]:
    """The words and numbers that somebody looks for, each once, in order; numbers in plain digits.

    >>> asked_words("Deir ez-Zor, 14,221")
    ['deir', 'ez', 'zor', '14221']
    """
    plain = plain_digits(text)
    numbers = _NUMBER.findall(plain)
    return list(dict.fromkeys([*fold(without_numbers(plain)).split(), *numbers]))


def without_numbers(text: str) -> str:
    """The text without what `numbers_in` finds in it.

    >>> without_numbers("deaths: 14,221")
    'deaths:  '
    """
    return _NUMBER.sub(" ", plain_digits(text))


def searched(texts: Iterable[str]) -> Searched:
    """What some texts are found by together."""
    given = list(texts)
    folded = " ".join(fold(plain_digits(text)) for text in given)
    numbers = frozenset(number for text in given for number in numbers_in(text))
    return Searched(folded, frozenset(map(sound, folded.split())), numbers)


def is_found(words: Iterable[str], there: Searched) -> bool:
    """Whether every one of the words is there: as part of a word, as one that sounds the same, or as a number."""
    return all(
        word in there.numbers if word[:1].isdigit() else word in there.folded or sound(word) in there.sounds
        for word in words
    )


def by_letters(label: str) -> tuple[str, str]:
    """What labels are put in the order of letters by: whatever the case, and without the Arabic article."""
    return _ARTICLE.sub("", fold(label)), label
