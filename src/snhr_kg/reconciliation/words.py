"""The words that names are made of beside what is proper to them: ``data/names/words.csv``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from snhr_kg.content import folder
from snhr_kg.errors import Fault
from snhr_kg.reconciliation.normalise import abbreviations, fold, is_arabic, sound
from snhr_kg.reconciliation.table import read_table

WORDS_FILE: Final = "words.csv"
COLUMNS: Final = ("form", "meaning", "role", "language")

WEIGHTS: Final = {
    "article": 0.0,
    "function": 0.0,
    "kind": 0.15,
    "body": 0.3,
    "forces": 0.3,
    "generic": 0.3,
    "country": 1.0,
    "word": 1.0,
    "abbreviation": 1.0,
}
"""How much a word tells of which party or place is meant, by its role; a word that the table does not have tells 1.

``article`` and ``function`` are passed over; ``kind`` (governorate, city) and ``generic`` (group, front) tell little;
``body`` is what acts for a state (government, army), as ``forces`` may do, which others have too; ``country`` is a
state; ``word`` has other forms and no lower weight; ``abbreviation`` is spelled and not spoken, so that every letter
counts, and stands in no table.
"""


_OR: Final = re.compile(r"(?:\band\s*)?/(?:\s*or\b)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name: its meaning (one for all its forms), its role, and its form as folded."""

    meaning: str
    role: str
    form: str

    @property
    def weight(self) -> float:
        """See `WEIGHTS`."""
        return WEIGHTS[self.role]

    @property
    def tells(self) -> bool:
        """Whether it says which one is meant, so that it may not be missing on either side."""
        return self.weight >= 1


class Lexicon:
    """Words with other forms or less weight, and the taking apart of a name into words."""

    def __init__(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        self._known: dict[tuple[str, ...], tuple[str, str]] = {}
        for form, meaning, role, _ in rows:
            self._known[self._key(fold(form).split())] = (meaning, role)
        self._longest = max(map(len, self._known), default=1)

    def words(self, text: str, plural: bool = False) -> tuple[Word, ...]:
        """The words of a name, once each, in order, without those that tell nothing.

        `plural` takes the English ending off: names of kinds of things, not of parties and places.
        """
        forms = fold(_OR.sub(" or ", text)).split()
        keys, short = self._key(forms), abbreviations(text)
        found: dict[str, Word] = {}
        position = 0
        while position < len(forms):
            known = self._known_words(forms, keys, position)
            length, word = known or (1, self._one_word(forms[position], plural, short))
            if word.weight > 0:
                found.setdefault(word.meaning, word)
            position += length
        return tuple(found.values())

    def _known_words(self, forms: list[str], keys: tuple[str, ...], position: int) -> tuple[int, Word] | None:
        """As many words from here on as the table has in one row, and what they are."""
        for end in range(min(position + self._longest, len(forms)), position, -1):
            if (known := self._known.get(keys[position:end])) is not None:
                return end - position, Word(known[0], known[1], " ".join(forms[position:end]))
        return None

    def _one_word(self, form: str, plural: bool, short: frozenset[str]) -> Word:
        if form in short:
            return Word(form, "abbreviation", form)
        if plural and len(form) > 3 and form.endswith("s") and not form.endswith(("ss", "us", "is")):
            form = form[:-1]
            if (known := self._known.get((form,))) is not None:
                return Word(known[0], known[1], form)
        return Word(sound(form), "word", form)

    @staticmethod
    def _key(forms: list[str]) -> tuple[str, ...]:
        return tuple(sound(form) if is_arabic(form) else form for form in forms)


_IN_TABLES: Final = tuple(role for role in WEIGHTS if role != "abbreviation")


def read_words(path: Path) -> Lexicon:
    """The lexicon of a table; raises `TableError` with every wrong cell."""

    def faults(file: str, line: int, row: tuple[str, ...]) -> Iterable[Fault]:
        form, meaning, role, _ = row
        if not fold(form):
            yield Fault(file, line, "form", f"has no letter: {form!r}", "write a word")
        if role not in _IN_TABLES:
            yield Fault(file, line, "role", f"no role {role!r}", f"write one of {', '.join(_IN_TABLES)}")
        elif bool(meaning) == (WEIGHTS[role] == 0):
            remedy = "leave it empty" if meaning else "write the word that all its forms stand for"
            yield Fault(file, line, "meaning", f"does not go with the role {role}", remedy)

    rows = read_table(path, COLUMNS, faults)
    return Lexicon((form, meaning, role, language) for form, meaning, role, language in rows)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon that ships with the package."""
    return read_words(folder("data") / "names" / WORDS_FILE)
