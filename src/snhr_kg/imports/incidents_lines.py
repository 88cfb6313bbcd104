"""An incident as lines: what every layout of incidents says of one, in one place."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from snhr_kg import names
from snhr_kg.imports.aggregate_sums import Sum
from snhr_kg.imports.cells import Memo
from snhr_kg.imports.layout import Target
from snhr_kg.imports.lines import SUBJECT, literal, term, typed

_NUMBER: Final = "\1"


class IncidentLines:
    """Writes the incidents of a file into a graph."""

    def __init__(self, target: Target, file: str) -> None:
        before_row, self._after_row = target.from_row(file)
        self._end = target.write.end
        head = target.write.types("snhr:Incident") + target.from_dataset() + before_row
        self._head = ("", *_fragments(head)[:-1])
        self._before_row = _fragments(head)[-1]
        self._before_id = f" {term('skos:notation')} "
        self._incident = f"<{names.in_external(target.source, target.version, 'incident', '')}"
        self._fragments = Memo(_fragments)

    def lines(self, number: int, identifier: str, total: Sum, *told: str) -> str:
        """An incident of a row with what is `told` of it, in lines without their subject, and in which sum it is.

        Lines that are told of many incidents should be the same objects: they are taken apart once.
        """
        plain = identifier.isascii() and identifier.isalnum()
        subject = f"{self._incident}{identifier}>" if plain else self._subject(identifier)
        notation = f'"{identifier}"' if plain else literal(identifier)
        parts = [
            *self._head,
            f"{self._before_row}{number}{self._after_row}",
            f"{self._before_id}{notation}{self._end}",
        ]
        for lines in told:
            parts += self._fragments[lines]
        if total.link:
            parts[-1] += total.link
            parts.append(self._end)
        return subject.join(parts)

    def link(self, identifier: str, total: Sum) -> str:
        """The line that derives one more sum from an incident."""
        return f"{total.link}{self._subject(identifier)}{self._end}"

    def _subject(self, identifier: str) -> str:
        return f"{self._incident}{quote(identifier, safe='-._~')}>"


def count_template(target: Target, *properties: str) -> str:
    """Lines of whole numbers, to be filled in with ``%``: one number for each property."""
    lines = [target.write.line(curie, _NUMBER) for curie in properties]
    return "".join(lines).replace("%", "%%").replace(_NUMBER, typed("%d", "integer"))


def _fragments(lines: str) -> tuple[str, ...]:
    """What follows the subject in each line, to be joined by one: quicker than putting it in the place of marks."""
    return tuple(lines.split(SUBJECT)[1:])
