"""What is added up: values of dimensions, what an incident was, and the sums themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

from snhr_kg import names
from snhr_kg.codes.lists import Code
from snhr_kg.imports.coding import SourceCode

_SAFE: Final = "-._~"
_JOINT: Final = "+"
"""Between the parts of a sum's local name; quoting leaves none of it within a part."""


@dataclass(frozen=True, slots=True)
class Value:
    """A code as the value of a dimension: `local` stands for it in the names of sums."""

    iri: str
    local: str = field(compare=False)
    english: str = field(compare=False)
    arabic: str = field(compare=False)

    @classmethod
    def of_ours(cls, code: Code) -> Value:
        """One of our codes."""
        local = names.STATISTICAL_CODES.get(code.notation, code.notation)
        return cls(code.iri, local, code.label_en, code.label_ar)

    @classmethod
    def of_foreign(cls, code: SourceCode) -> Value:
        """A source's own code, which has one name for both languages."""
        name = code.label or code.notation
        return cls(code.iri, quote(f"{code.owner}.{code.code_list}.{code.notation}", safe=_SAFE), name, name)


@dataclass(frozen=True, slots=True)
class Deed:
    """What an incident was, but for its place and time: the other five dimensions of its numbers."""

    indicator: Value
    violation: Value
    perpetrator: Value
    victims: Value
    weapon: Value


@dataclass(frozen=True, slots=True)
class Counted:
    """Which numbers a source publishes of an incident."""

    value: bool = True
    bounds: bool = False
    civilians: bool = False

    def both(self, other: Counted) -> Counted:
        """What a sum over both has."""
        return Counted(self.value and other.value, self.bounds and other.bounds, self.civilians and other.civilians)


@dataclass(frozen=True, slots=True)
class SumKey:
    """What a sum is of: `period` is the id of a month, a year or a span of them."""

    place: Value
    period: str
    deed: Deed

    @property
    def local(self) -> str:
        """The name of the sum among those of its dataset: the same for the same sum at each import."""
        deed = self.deed
        values = (self.place, deed.perpetrator, deed.violation, deed.victims, deed.indicator, deed.weapon)
        return _JOINT.join([values[0].local, self.period, *(value.local for value in values[1:])])


class Sum:
    """A sum and how many incidents are in it; `term` is its IRI in angle brackets, `parts` the sums it was made of.

    `link` is the beginning of the line that derives it from an incident; `as_coded` the source's own codes for what
    stands in its dimensions as a code of ours.
    """

    __slots__ = (
        "as_coded",
        "civilians",
        "counted",
        "incidents",
        "key",
        "link",
        "lower",
        "parts",
        "term",
        "upper",
        "value",
    )

    def __init__(self, key: SumKey, counted: Counted, term: str) -> None:
        self.key = key
        self.counted = counted
        self.term = term
        self.link = ""
        self.incidents = self.value = self.lower = self.upper = self.civilians = 0
        self.parts: list[str] = []
        self.as_coded: set[str] = set()

    def add(self, value: int, lower: int, upper: int, civilians: int) -> None:
        """The numbers of one incident; 0 for those that its source does not publish."""
        self.incidents += 1
        self.value += value
        self.lower += lower
        self.upper += upper
        self.civilians += civilians

    def take(self, other: Sum) -> None:
        """All the incidents of another sum."""
        self.counted = self.counted.both(other.counted)
        self.incidents += other.incidents
        self.value += other.value
        self.lower += other.lower
        self.upper += other.upper
        self.civilians += other.civilians
        self.as_coded |= other.as_coded
