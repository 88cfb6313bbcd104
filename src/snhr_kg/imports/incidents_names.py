"""Names that a user's own list has for parties, places, violations, groups and weapons, and our codes that they mean.

A name means a code of ours where it is the code's notation, its label or another label in English or Arabic, or where
it is a name of a source that the mapping sets match exactly or closely; letter case, accents, punctuation, the vowel
marks of Arabic and the seats of hamza make no difference. Nothing that is only similar is taken: such a name stays the
list's own code, and the nearest of ours is told.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from snhr_kg.imports.cells import Memo, optional
from snhr_kg.imports.coding import Coded, SourceCode
from snhr_kg.imports.layout import Target
from snhr_kg.imports.lines import iri
from snhr_kg.records import PROPERTY_OF, SCHEME_OF

OWNER: Final = "incidents"
NOT_STATED: Final = "_U"
_NAMED_BY_OTHERS: Final = {
    "perpetrator": (("acled", "actor"), ("airwars", "belligerent"), ("airwars", "belligerent-slug")),
    "place": (("acled", "admin1"), ("ucdp", "adm-1"), ("vdc", "province"), ("ocha", "p-code"), ("iso", "3166-2")),
}
"""Lists of other sources whose notations are names or well-known codes, by dimension."""
_SAME: Final = str.maketrans("أإآٱىةؤئ", "اااايهوي", "\u0640")
_BETWEEN: Final = re.compile(r"[\W_]+")
_DROPPED: Final = re.compile(r"['’‘`ʼʿʾ]")


def plain(name: str) -> str:
    """A name without what makes no difference.

    >>> plain("Hay’at  Tahrir al-Sham") == plain("hayat tahrir AL SHAM")
    True
    """
    bare = "".join([sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)])
    return _BETWEEN.sub(" ", _DROPPED.sub("", bare.translate(_SAME))).strip().casefold()


class Names:
    """The names of one dimension: ``names.codes[cell]`` is what a cell means, ours or the list's own code."""

    def __init__(self, target: Target, dimension: str, column: str) -> None:
        self._target = target
        self._dimension = dimension
        self._column = column
        self._list = f"{target.version}-{SCHEME_OF[dimension]}"
        self._known = _known(target, dimension)
        self._told: set[str] = set()
        self.codes: Memo[Coded] = Memo(self._code)
        self._ours: Memo[Coded] = Memo(self._our_code)

    def _code(self, cell: str) -> Coded:
        name = optional(cell, self._column)
        if not name:
            return self._ours[NOT_STATED]
        known = self._known.get(plain(name))
        if known:
            return self._ours[known]
        ours = self._matched(name)
        if ours is None:
            self._tell(name)
        return self._target.coder.code(self._dimension, SourceCode(OWNER, self._list, name), may_map=False, ours=ours)

    def _our_code(self, notation: str) -> Coded:
        """One of our codes by a name of ours, which is no code of the list."""
        value = self._target.codes.scheme(SCHEME_OF[self._dimension])[notation].iri
        line = self._target.write.line(f"snhr:{PROPERTY_OF[self._dimension]}", iri(value))
        return Coded(SourceCode(OWNER, self._list, ""), notation, value, line)

    def _matched(self, name: str) -> str | None:
        """Our code that the mapping sets hold for this name in a list of another source."""
        for owner, code_list in _NAMED_BY_OTHERS.get(self._dimension, ()):
            found = self._target.coder.match(self._dimension, SourceCode(owner, code_list, name))
            if found:
                return found
        return None

    def _tell(self, name: str) -> None:
        """List a name that is none of ours, once, with the nearest that is."""
        if name in self._told:
            return
        self._told.add(name)
        codes, scheme = self._target.codes, SCHEME_OF[self._dimension]
        nearest = codes.nearest(scheme, name)
        meant = f"did you mean {codes.scheme(scheme)[nearest].label_en} ({nearest})? " if nearest else ""
        remedy = f"{meant}It is kept as a code of the list's own; write a name of ours to have it compared"
        self._target.faults.warn(self._column, name, f"is no {SCHEME_OF[self._dimension]} of ours", remedy)


def _known(target: Target, dimension: str) -> dict[str, str]:
    """Notations by every name they go by, without names that two codes share and codes that stand for a total."""
    found: dict[str, set[str]] = {}
    for code in target.codes.scheme(SCHEME_OF[dimension]).values():
        if code.notation.startswith("_") and code.notation != NOT_STATED:
            continue
        for name in (code.notation, code.label_en, code.label_ar, *code.alternatives):
            found.setdefault(plain(name), set()).add(code.notation)
    return {name: next(iter(notations)) for name, notations in found.items() if len(notations) == 1}
