"""All mapping sets together, and the questions that importers ask of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from snhr_kg.mappings.foreign import ForeignCode, foreign_code
from snhr_kg.mappings.records import CLOSE, EXACT, MappingRecord, MappingSet


@dataclass(frozen=True)
class MappingSets:
    """Every mapping set of a folder, by file name."""

    sets: tuple[MappingSet, ...]

    def records(self) -> Iterator[MappingRecord]:
        """Every record, accepted or refused, in the order of the files."""
        for mapping_set in self.sets:
            yield from mapping_set.records

    def our_code(self, owner: str, code_list: str, notation: str, dimension: str) -> str | None:
        """The notation of the code of ours that stands for a code of somebody else's in a code list of ours.

        Only an accepted exact or close match makes it so; the reader sees to it that there is one at most. None
        where there is none: their code then stays what it is.

        Args:
            owner: who keeps their list (``"ucdp"``).
            code_list: which of the owner's lists (``"actor"``).
            notation: their code as it stands in the data (``"118"``).
            dimension: the name of our code list (``"perpetrator"``).
        """
        return self._codes.get((ForeignCode(owner, code_list, notation), dimension))

    def relations(self, owner: str, code_list: str, notation: str) -> tuple[MappingRecord, ...]:
        """Every accepted relation of a code of somebody else's to concepts of ours, in the order of the files."""
        return self._relations.get(ForeignCode(owner, code_list, notation), ())

    @cached_property
    def _codes(self) -> Mapping[tuple[ForeignCode, str], str]:
        return {
            (code, record.dimension): record.notation
            for code, records in self._relations.items()
            for record in records
            if record.predicate in (EXACT, CLOSE)
        }

    @cached_property
    def _relations(self) -> Mapping[ForeignCode, tuple[MappingRecord, ...]]:
        found: dict[ForeignCode, tuple[MappingRecord, ...]] = {}
        for record in self.records():
            code = foreign_code(record.object)
            if code is not None and not record.refused:
                found[code] = (*found.get(code, ()), record)
        return found
