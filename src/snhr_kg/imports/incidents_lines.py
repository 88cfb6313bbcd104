"""An incident as lines: what every layout of incidents says of one, in one place."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from snhr_kg import names
from snhr_kg.imports.aggregate import Act
from snhr_kg.imports.aggregate_sums import Sum
from snhr_kg.imports.aggregate_when import When
from snhr_kg.imports.layout import Target
from snhr_kg.imports.lines import SUBJECT, literal, term, typed

_NUMBER: Final = "\1"


class IncidentLines:
    """Writes the incidents of a file into a graph."""

    def __init__(self, target: Target, file: str) -> None:
        before_row, self._after_row = target.from_row(file)
        head = target.write.types("snhr:Incident") + target.from_dataset()
        self._end = target.write.end
        self._before_row = head + before_row
        self._before_id = f"{SUBJECT} {term('skos:notation')} "
        self._incident = f"<{names.in_external(target.source, target.version, 'incident', '')}"

    def lines(self, number: int, identifier: str, when: When, where: str, act: Act, numbers: str, total: Sum) -> str:
        """An incident of a row: when, `where` as lines, of which act, with its numbers, and in which sum it is."""
        plain = identifier.isascii() and identifier.isalnum()
        subject = f"{self._incident}{identifier}>" if plain else self._subject(identifier)
        notation = f'"{identifier}"' if plain else literal(identifier)
        text = (
            f"{self._before_row}{number}{self._after_row}{self._before_id}{notation}{self._end}"
            f"{when.lines}{act.lines}{where}{numbers}"
        ).replace(SUBJECT, subject)
        return f"{text}{total.link}{subject}{self._end}" if total.link else text

    def link(self, identifier: str, total: Sum) -> str:
        """The line that derives one more sum from an incident."""
        return f"{total.link}{self._subject(identifier)}{self._end}"

    def _subject(self, identifier: str) -> str:
        return f"{self._incident}{quote(identifier, safe='-._~')}>"


def count_template(target: Target, *properties: str) -> str:
    """Lines of whole numbers, to be filled in with ``%``: one number for each property."""
    lines = [target.write.line(curie, _NUMBER) for curie in properties]
    return "".join(lines).replace("%", "%%").replace(_NUMBER, typed("%d", "integer"))
