"""Finds every number in an English text, in digits or in words, knowing nothing of the tables.

The words are those of `data/number-lexicon.csv`; the rules are these:

- Digits are any Unicode decimal digits, with groups of three after a separator (``14,391``) and one decimal part
  (``91.36``). Chains such as ``1.2.3`` or ``27/09/2013`` are separate numbers, and so are day and year of a date.
  Digits glued to letters, or to capitals by a hyphen (``sn4hr``, ``COVID-19``), are *embedded*.
- A number and its scale words are one token (``15.2 million``), and so is a number in several words
  (``one hundred and five``), an article before a scale word or fraction included (``a quarter of a million``).
- Plurals are orders of magnitude, not values (``hundreds of thousands``).
- Parts of one token stand side by side or are joined by a hyphen or by one line break; a comma or a blank line ends it.

One pass over the text, each piece looked at a bounded number of times.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, Inexact, localcontext
from fractions import Fraction
from functools import cache
from pathlib import Path

from snhr_kg.content import folder

LEXICON_FILE = "number-lexicon.csv"
LONGEST = 200
"""Longer runs of digits are one token, but neither scaled nor judged by what stands around them."""


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """One word of the lexicon: what it does in a number (see the table's schema), its value, what it scales by."""

    word: str
    role: str
    value: Fraction
    scale: int


Lexicon = dict[str, LexiconEntry]


@dataclass(frozen=True, slots=True)
class NumberToken:
    """A number in a text: ``text[start:end] == token.text``.

    `kind` is cardinal, ordinal, magnitude, fraction, roman or embedded; `value` is None for magnitudes; `magnitude`
    is the notation of the vague word (``hundreds-of-thousands``, ``half``). Values without a finite decimal form
    (a third) are rounded to 28 digits.
    """

    start: int
    end: int
    text: str
    kind: str
    value: Decimal | None
    magnitude: str | None = None


def read_lexicon(path: Path) -> Lexicon:
    """The lexicon table as a mapping from word (lower case; Roman letters in capitals) to entry."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["word"]: LexiconEntry(row["word"], row["class"], Fraction(row["value"] or 0), int(row["scale"] or 0))
            for row in csv.DictReader(file)
        }


@cache
def lexicon() -> Lexicon:
    """The published lexicon, read once."""
    return read_lexicon(folder("data") / LEXICON_FILE)


def find_numbers(text: str, words: Lexicon | None = None) -> list[NumberToken]:
    """Every number of the text, in order, none overlapping.

    >>> [(token.text, token.value) for token in find_numbers("Nine million of 15.2 million, or COVID-19")]
    [('Nine million', Decimal('9000000')), ('15.2 million', Decimal('15200000')), ('19', Decimal('19'))]
    """
    return list(_Reader(text, lexicon() if words is None else words).tokens())


_ATOM = re.compile(
    r"""(?P<digits>
          (?<!\d[.\u066b])\d{1,3}(?:(?P<group>[,\u066c'\u2019\u00a0\u2009\u202f])\d{3}(?:(?P=group)\d{3})*)(?!\d)(?:[.\u066b]\d++(?![.\u066b]\d))?
        | (?<!\d[.\u066b])\d++[.\u066b]\d++(?![.\u066b]\d)
        | \d++)
      | (?P<word>[^\W\d_]++)""",
    re.VERBOSE,
)
_GAP = re.compile(r"[^\S\n]*\n?[^\S\n]*|[-\u2010\u2011\u00ad]\n?[^\S\n]*")
_HYPHENS = frozenset("-\u2010\u2011")
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_GROUPING = ",\u066c'\u2019\u00a0\u2009\u202f"
_SEPARATORS = str.maketrans("\u066b", ".", _GROUPING)


@dataclass(frozen=True, slots=True)
class _Atom:
    start: int
    end: int
    digits: bool
    entry: LexiconEntry | None


@dataclass(frozen=True, slots=True)
class _Part:
    """What a rule read: a value, the atom after it, and the kind of token it makes."""

    value: Fraction
    after: int
    kind: str = "cardinal"


class _Reader:
    """The pieces of one text (runs of digits, runs of letters) and the rules that read numbers from them."""

    def __init__(self, text: str, words: Lexicon) -> None:
        self.text = text
        self.words = words
        self.atoms = list(self._split())

    def _split(self) -> Iterator[_Atom]:
        for match in _ATOM.finditer(self.text):
            start, end = match.span()
            if match["digits"]:
                yield _Atom(start, end, True, None)
            elif self.text[start:end].isascii():
                yield _Atom(start, end, False, self.words.get(self.text[start:end].lower()))
            else:
                yield from self._split_signs(start, end)

    def _split_signs(self, start: int, end: int) -> Iterator[_Atom]:
        """Letters, and signs that are numbers of their own (see `_sign`), those as digits."""
        begin = start
        for at in range(start, end + 1):
            sign = at < end and unicodedata.category(self.text[at]) in ("No", "Nl")
            if (sign or at == end) and begin < at:
                yield _Atom(begin, at, False, self.words.get(self.text[begin:at].lower()))
            if sign:
                yield _Atom(at, at + 1, True, None)
                begin = at + 1

    def tokens(self) -> Iterator[NumberToken]:
        """The tokens, in order."""
        at = 0
        while at < len(self.atoms):
            token, after = self._token(at)
            if token is not None:
                yield token
            at = after

    def _token(self, at: int) -> tuple[NumberToken | None, int]:
        atom = self.atoms[at]
        if atom.digits:
            return self._from_digits(at)
        if roman := self._roman(at):
            return roman, at + 1
        if atom.entry is None:
            return None, at + 1
        if vague := self._magnitude(at):
            return vague
        part = self._fraction(at) or self._words(at)
        return (self._make(at, part), part.after) if part else (None, at + 1)

    def _make(self, at: int, part: _Part, magnitude: str | None = None) -> NumberToken:
        start, end = self.atoms[at].start, self.atoms[part.after - 1].end
        value = _decimal(part.value, end - start)
        if part.kind == "fraction" and self.text[start:end].lower() == "half":
            magnitude = "half"
        return NumberToken(start, end, self.text[start:end], part.kind, value, magnitude)

    # -- pieces ---------------------------------------------------------------------------------------------------

    def _role(self, at: int, *roles: str) -> LexiconEntry | None:
        """The entry of the piece at a place, if it has one of the roles."""
        entry = self.atoms[at].entry if at < len(self.atoms) else None
        return entry if entry is not None and entry.role in roles else None

    def _joined(self, at: int, *roles: str) -> LexiconEntry | None:
        """The same, if nothing but a gap parts the piece from the one before it."""
        entry = self._role(at, *roles)
        if entry is None or not _GAP.fullmatch(self.text, self.atoms[at - 1].end, self.atoms[at].start):
            return None
        return entry

    def _joiner(self, at: int, word: str) -> bool:
        entry = self._joined(at, "joiner")
        return entry is not None and entry.word == word

    # -- digits and Roman numerals --------------------------------------------------------------------------------

    def _from_digits(self, at: int) -> tuple[NumberToken, int]:
        atom = self.atoms[at]
        text, behind = self.text[atom.start : atom.end], self.text[atom.end : atom.end + 1]
        before = self.text[atom.start - 1] if atom.start else ""
        if not text[0].isdecimal():
            return self._make(at, _sign(text, at + 1)), at + 1
        if len(text) > LONGEST:
            value = Decimal(text.translate(_SEPARATORS))
            return NumberToken(atom.start, atom.end, text, "cardinal", value), at + 1
        number = Fraction(Decimal(text.translate(_SEPARATORS)))
        if not before.isalpha() and behind.isalpha() and self._role(at + 1, "suffix"):
            return self._make(at, _Part(number, at + 2, "ordinal")), at + 2
        if before.isalpha() or self._after_capitals(at):
            return self._make(at, _Part(number, at + 1, "embedded")), at + 1
        part = self._scaled(_Part(number, at + 1))
        if part.after == at + 1 and behind.isalpha():
            part = _Part(number, at + 1, "embedded")
        return self._make(at, part), part.after

    def _after_capitals(self, at: int) -> bool:
        if at == 0 or self.atoms[at - 1].digits:
            return False
        word, start = self.atoms[at - 1], self.atoms[at].start
        return self.text[word.end : start] in _HYPHENS and self.text[word.start : word.end].isupper()

    def _roman(self, at: int) -> NumberToken | None:
        start, end = self.atoms[at].start, self.atoms[at].end
        text = self.text[start:end]
        if not _ROMAN.fullmatch(text):
            return None
        follower = self.text[end : end + 1]
        alone = follower in ("", "\n", "\r") and self.text[max(0, start - 1) : start] in ("", "\n")
        if len(text) == 1 and not alone and follower not in (".", ")"):
            return None
        values = [int(self.words[letter].value) for letter in text]
        total = sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
        return NumberToken(start, end, text, "roman", Decimal(total))

    # -- numbers in words -----------------------------------------------------------------------------------------

    def _words(self, at: int) -> _Part | None:
        part = self._cardinal(at)
        if part is not None:
            return self._scaled(part) if part.kind == "cardinal" else part
        if entry := self._role(at, "article", "multiple"):
            if entry.role == "multiple":
                return _Part(entry.value, at + 1)
            if dozen := self._joined(at + 1, "collective"):
                return _Part(Fraction(dozen.scale), at + 2)
        entry = self._role(at, "ordinal")
        return _Part(entry.value, at + 1, "ordinal") if entry else None

    def _below_hundred(self, at: int) -> _Part | None:
        entry = self._role(at, "unit", "tens", "ordinal")
        if entry is None or entry.value >= 100:
            return None
        if entry.role == "tens":
            unit = self._joined(at + 1, "unit", "ordinal")
            if unit is not None and 0 < unit.value < 10:
                kind = "ordinal" if unit.role == "ordinal" else "cardinal"
                return _Part(entry.value + unit.value, at + 2, kind)
        return _Part(entry.value, at + 1, "ordinal" if entry.role == "ordinal" else "cardinal")

    def _chunk(self, at: int, first: bool) -> _Part | None:
        """A number without thousands: ``five``, ``two hundred``, ``one hundred and five``, ``a hundred``."""
        if first and self._role(at, "article") and self._joined(at + 1, "scale"):
            part: _Part | None = _Part(Fraction(1), at + 1)
        else:
            part = self._below_hundred(at)
        if part is None or part.kind == "ordinal" or not (scale := self._joined(part.after, "scale", "ordinal")):
            return part
        if scale.role == "ordinal":
            return _Part(part.value * 100, part.after + 1, "ordinal") if scale.value == 100 else part
        if scale.scale != 100:
            return part
        part = _Part(part.value * 100, part.after + 1)
        rest = self._rest(part.after)
        tail = self._below_hundred(rest) if rest else None
        return _Part(part.value + tail.value, tail.after, tail.kind) if tail and tail.value else part

    def _rest(self, at: int) -> int | None:
        """Where the number goes on: here, or behind an "and"; None if it cannot."""
        if self._joiner(at, "and"):
            at += 1
        return at if self._joined(at, "unit", "tens", "ordinal") else None

    def _cardinal(self, at: int) -> _Part | None:
        """A whole number in words (or an ordinal that ends as one): chunks with scale words in falling order."""
        whole: _Part | None = None
        limit: Fraction | None = None
        begin: int | None = at
        while begin is not None and (whole is None or whole.kind == "cardinal"):
            part = self._chunk(begin, first=whole is None)
            if part is None:
                break
            part, factor = self._times_scales(part)
            if limit is not None and (part.value == 0 or part.value >= limit):
                break
            whole = _Part((whole.value if whole else 0) + part.value, part.after, part.kind)
            if factor == 1:
                break
            limit, begin = factor, self._rest(part.after)
        # A bare ordinal is left to its own rule, which knows of fractions.
        return None if whole is not None and whole.kind == "ordinal" and whole.after == at + 1 else whole

    def _times_scales(self, part: _Part) -> tuple[_Part, Fraction]:
        factor, after, kind = Fraction(1), part.after, part.kind
        while kind == "cardinal" and (scale := self._joined(after, "scale", "ordinal")):
            step = scale.scale if scale.role == "scale" else int(scale.value)
            if step < 1000:
                break
            factor, after, kind = factor * step, after + 1, "cardinal" if scale.role == "scale" else "ordinal"
        return _Part(part.value * factor, after, kind), factor

    def _scaled(self, part: _Part) -> _Part:
        """What may follow a whole number: scale words, a dozen, "and a half", a plural fraction."""
        value, after = part.value, part.after
        if self._joiner(after, "and") and (half := self._bare_fraction(after + 1)):
            return self._multiplied(_Part(value + half.value, half.after))
        parts = self._joined(after, "fraction") if value > 0 else None
        third = self._joined(after, "ordinal") if value == 1 else None
        if parts is not None:
            return self._multiplied(_Part(value * parts.value, after + 1, "fraction"))
        if third is not None and third.value > 2 and self._is_of(after + 1):
            return self._multiplied(_Part(1 / third.value, after + 1, "fraction"))
        return self._multiplied(part)

    def _is_of(self, at: int) -> bool:
        return self._joiner(at, "of") or self._joined(at, "scale") is not None

    def _multiplied(self, part: _Part) -> _Part:
        """A value times the scale words or the dozen behind it; a fraction also reaches over "of a"."""
        after = part.after
        if part.value < 1 and part.kind == "fraction":
            ahead = after + 1 if self._joiner(after, "of") else after
            ahead += 1 if self._joined(ahead, "article") else 0
            after = ahead if self._joined(ahead, "scale", "collective") else after
        value, kind, begin = part.value, part.kind, after
        while scale := self._joined(after, "scale", "collective"):
            value, after, kind = value * scale.scale, after + 1, "cardinal"
        return _Part(value, after, kind) if after > begin else part

    def _fraction(self, at: int) -> _Part | None:
        """A fraction with the scale it is a part of: ``half a million``."""
        part = self._bare_fraction(at)
        return self._multiplied(part) if part else None

    def _bare_fraction(self, at: int) -> _Part | None:
        """``half``, ``a quarter``, ``a third of``."""
        begin = at + 1 if self._role(at, "article") else at
        entry = self._role(begin, "fraction") if begin == at else self._joined(begin, "fraction", "ordinal")
        if entry is None or (entry.role == "ordinal" and (entry.value < 3 or not self._is_of(begin + 1))):
            return None
        value = entry.value if entry.role == "fraction" else 1 / entry.value
        return _Part(value, begin + 1, "fraction")

    def _magnitude(self, at: int) -> tuple[NumberToken, int] | None:
        """``hundreds``, ``tens of thousands``; also scale words with no number before them (``several thousand``)."""
        names, after = [], at
        if entry := self._role(at, "plural"):
            names, after = [entry.word], at + 1
            while self._joiner(after, "of") and (entry := self._joined(after + 1, "plural")):
                names, after = [*names, entry.word], after + 2
        elif entry := self._role(at, "scale", "collective"):
            names, after = [entry.word + "s"], at + 1
            while entry := self._joined(after, "scale"):
                names, after = [*names, entry.word + "s"], after + 1
        if not names:
            return None
        start, end = self.atoms[at].start, self.atoms[after - 1].end
        return NumberToken(start, end, self.text[start:end], "magnitude", None, "-of-".join(names)), after


def _sign(sign: str, after: int) -> _Part:
    """A sign that is a number of its own: a vulgar fraction, a superscript, a Roman numeral sign."""
    number = Fraction(unicodedata.numeric(sign)).limit_denominator(1000)
    if unicodedata.category(sign) == "Nl":
        return _Part(number, after, "roman")
    return _Part(number, after, "cardinal" if number.denominator == 1 else "fraction")


def _decimal(value: Fraction, length: int) -> Decimal:
    """A fraction as a decimal: exact where that is finite and no longer than the text warrants, else of 28 digits."""
    for digits in (length + 28, 28):
        with localcontext(prec=digits) as context:
            result = Decimal(value.numerator) / Decimal(value.denominator)
            if not context.flags[Inexact]:
                break
    return result
