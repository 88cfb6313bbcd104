"""Which ids a file had already, in a bit each for ids that are numbers close together, as those of events are."""

from __future__ import annotations

import re
from typing import Final

_NUMBERED: Final = re.compile(r"(.*?)(0|[1-9]\d{0,17})", re.ASCII | re.DOTALL)
_PAGE: Final = 12
"""Ids that share all but their last 12 bits share 512 bytes."""


class Seen:
    """Ids met so far: ``seen.again(id)`` is whether this one was, and remembers it.

    ``SYR123`` takes a bit in a page of the ids that begin with ``SYR`` and lie near 123; ids that end in no number are
    remembered as they are. What grows is a bit for each id of a dense numbering, at most 512 bytes for a scattered one.
    """

    def __init__(self) -> None:
        self._pages: dict[str, dict[int, bytearray]] = {}
        self._others: set[str] = set()

    def again(self, identifier: str) -> bool:
        """Whether `identifier` was asked for before."""
        if identifier.isdigit() and identifier.isascii() and identifier[0] != "0":
            return self._numbered("", int(identifier))
        found = _NUMBERED.fullmatch(identifier)
        if found:
            return self._numbered(found[1], int(found[2]))
        known = identifier in self._others
        self._others.add(identifier)
        return known

    def _numbered(self, prefix: str, number: int) -> bool:
        pages = self._pages.get(prefix)
        if pages is None:
            pages = self._pages[prefix] = {}
        page = pages.get(number >> _PAGE)
        if page is None:
            page = pages[number >> _PAGE] = bytearray(1 << (_PAGE - 3))
        at, bit = (number >> 3) & ((1 << (_PAGE - 3)) - 1), 1 << (number & 7)
        if page[at] & bit:
            return True
        page[at] |= bit
        return False
