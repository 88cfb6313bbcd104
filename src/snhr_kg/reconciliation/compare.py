"""How far two names say the same: their words paired, and what is left over on either side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from snhr_kg.reconciliation.normalise import consonants, edits
from snhr_kg.reconciliation.words import Word

SAME: Final = 1.0
SAME_SOUND: Final = 0.98
SAME_CONSONANTS: Final = 0.92
FEW_CONSONANTS: Final = 0.72
ONE_EDIT: Final = 0.8
LEAST: Final = 0.7
"""Below this two words are different ones."""

MOST_EDITS: Final = 2
FUZZY_FROM: Final = 5
"""Letters from which on a word may have a slip in it."""

_LONG: Final = 7
"""Letters from which on it may have two."""

_MANY: Final = 4
"""So many consonants in a row hardly agree by chance: ``hms`` is Homs, Hims and Hamas, ``kntr`` only Quneitra."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two names share, from 0 (nothing) to 1, and how surely they name the same.

    `left_over`: words that tell which one is meant, on either side, without a partner. `sure`: none is left over, and
    the words that are paired do not differ by more than ways of spelling. `complete`: nothing is left over at all, and
    all is the same but for its spelling.
    """

    likeness: float
    left_over: int
    sure: bool
    complete: bool


_NOTHING: Final = Comparison(0.0, 0, False, False)


def compare(asked: Sequence[Word], known: Sequence[Word]) -> Comparison:
    """Compare the words of two names, whatever their order; names that share no telling word have nothing in common."""
    pairs, rest_asked, rest_known = _pair(asked, known)
    telling = [(alike, one) for alike, one, _ in pairs if one.tells]
    if not telling:
        return _NOTHING
    shared = sum(alike * (one.weight + other.weight) / 2 for alike, one, other in pairs)
    whole = (sum(word.weight for word in asked) + sum(word.weight for word in known)) / 2
    rest = [*rest_asked, *rest_known]
    left_over = sum(word.tells for word in rest)
    sure = not left_over and _surely([alike for alike, _ in telling]) and not _is_bare(telling, rest)
    complete = sure and not rest and all(alike >= SAME_SOUND for alike, _, _ in pairs)
    return Comparison(shared / whole, left_over, sure, complete)


def _surely(likenesses: Sequence[float]) -> bool:
    """Whether words that are alike so far are spellings of one another; a lone word has nothing to vouch for it."""
    doubtful = sum(alike < SAME_CONSONANTS for alike in likenesses)
    return not doubtful or (doubtful == 1 and len(likenesses) > 1)


def _is_bare(telling: Sequence[tuple[float, Word]], rest: Sequence[Word]) -> bool:
    """Whether one name has what acts, an army or a government, where the other has not.

    "Syria" is not the Syrian army, and "Tahrir al-Sham Army" is not Tahrir al-Sham. Forces are left out of account
    but for those of a state: "PYD forces" are the PYD's.
    """
    of_a_state = all(word.role == "country" for _, word in telling)
    return any(word.role == "body" or (word.role == "forces" and of_a_state) for word in rest)


def _pair(
    asked: Sequence[Word], known: Sequence[Word]
) -> tuple[list[tuple[float, Word, Word]], list[Word], list[Word]]:
    """The likest pairs of words, each word in one pair at most, and the words of either name that are in none."""
    found = [
        (alike, i, j)
        for i, one in enumerate(asked)
        for j, other in enumerate(known)
        if (alike := likeness(one, other)) >= LEAST
    ]
    pairs, taken_asked, taken_known = [], set(), set()
    for alike, i, j in sorted(found, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if i not in taken_asked and j not in taken_known:
            taken_asked.add(i)
            taken_known.add(j)
            pairs.append((alike, asked[i], known[j]))
    rest_asked = [word for i, word in enumerate(asked) if i not in taken_asked]
    return pairs, rest_asked, [word for j, word in enumerate(known) if j not in taken_known]


@lru_cache(maxsize=16384)
def likeness(one: Word, other: Word) -> float:
    """How alike two words are, from 0 to 1."""
    if "abbreviation" in (one.role, other.role):
        return SAME if one.form == other.form else 0.0
    if one.meaning == other.meaning:
        return SAME if one.form == other.form or one.role != "word" else SAME_SOUND
    if one.role != "word" or other.role != "word":
        return 0.0
    a, b = one.meaning, other.meaning
    if any(sign.isdigit() for sign in a + b):
        return 0.0
    bones = consonants(a)
    if bones == consonants(b):
        return SAME_CONSONANTS if len(bones) >= _MANY else FEW_CONSONANTS if len(bones) == _MANY - 1 else 0.0
    shorter = min(len(a), len(b))
    if shorter < FUZZY_FROM:
        return 0.0
    distance = edits(a, b, MOST_EDITS)
    if distance == 1:
        return ONE_EDIT
    return LEAST if distance == MOST_EDITS and shorter >= _LONG else 0.0
