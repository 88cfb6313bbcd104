"""Days as ACLED has written them: ``2020-03-15``, ``15 March 2020``, ``15-Mar-2020``."""

from __future__ import annotations

import re
from typing import Final

from snhr_kg.imports.cells import day

_WRITTEN: Final = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})", re.ASCII)
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def iso_day(cell: str, column: str) -> str:
    """The day as ISO 8601 writes it; refused where it is none.

    >>> iso_day("5 March 2020", "event_date")
    '2020-03-05'
    """
    found = _WRITTEN.fullmatch(cell.strip())
    if found is None:
        return day(cell, column)
    name = found[2].lower()
    number = next((number for number, month in enumerate(_MONTHS, 1) if name in (month, month[:3])), 0)
    return day(f"{found[3]}-{number:02}-{int(found[1]):02}", column)
