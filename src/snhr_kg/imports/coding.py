"""The codes of an import: a source's own codes, ours where an accepted mapping says they mean the same.

The rule: where the mapping sets hold an accepted exact or close match, our code is the value of the dimension and
the source's own is what it was coded as. Else the source's own code is the value, listed as unmapped: nothing is
forced into a code that means less or more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from snhr_kg import names
from snhr_kg.imports.lines import LineWriter, about, iri, is_address, literal
from snhr_kg.mappings.foreign import foreign_iri
from snhr_kg.records import PROPERTY_OF, SCHEME_OF


class Mappings(Protocol):
    """What an import asks of the mapping sets."""

    def our_code(self, owner: str, code_list: str, notation: str, dimension: str) -> str | None:
        """The notation of our code that is an exact or a close match of a source's; `dimension` names our code list."""
        ...


@dataclass(frozen=True, slots=True)
class SourceCode:
    """A code of the source: who keeps the list, which list, its notation there, and its names.

    A code without an English name is called by its notation. `facts` is what else its description says: predicates as
    CURIEs, and terms.
    """

    owner: str
    code_list: str
    notation: str
    label: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    label_ar: str = ""

    @property
    def iri(self) -> str:
        """The IRI that its owner gives it, else the one that we mint, as for a notation that no IRI could hold."""
        found = foreign_iri(self.owner, self.code_list, self.notation)
        return found if is_address(found) else names.foreign_code(self.owner, self.code_list, self.notation)

    @property
    def scheme(self) -> str:
        """The IRI of the list it stands in, which we mint."""
        return names.foreign_list(self.owner, self.code_list)


class Coded:
    """A code as the rows of an import use it.

    `lines` gives an observation its dimension and says what that was coded as; `ours` is the notation of our code, None
    where there is none; `value` the IRI of the dimension's value; `uses` counts rows, which whoever uses it adds to.
    """

    __slots__ = ("foreign", "lines", "ours", "uses", "value")

    def __init__(self, foreign: SourceCode, ours: str | None, value: str, lines: str) -> None:
        self.foreign = foreign
        self.ours = ours
        self.value = value
        self.lines = lines
        self.uses = 0


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A code of the source that is the value of a dimension, for want of one of ours, and in how many rows."""

    code: SourceCode
    dimension: str
    uses: int


class Coder:
    """Gives rows their codes and describes, at the end, each code of the source that was met."""

    def __init__(self, writer: LineWriter, mappings: Mappings) -> None:
        self._writer = writer
        self._mappings = mappings
        self._met: dict[tuple[str, str, bool], Coded] = {}
        self._mentioned: dict[str, SourceCode] = {}

    def ours(self, dimension: str, notation: str) -> str:
        """The line that gives an observation one of our own codes: ``ours("weapon", "_T")``."""
        value = names.code(SCHEME_OF[dimension], notation)
        return self._writer.line(f"snhr:{PROPERTY_OF[dimension]}", iri(value))

    def code(self, dimension: str, foreign: SourceCode, *, may_map: bool = True, ours: str | None = None) -> Coded:
        """The code of a row; the same object for the same code, described by the first name that is met.

        With `may_map` false it stays the source's own: for what two codes of the source would else be one in a cube.
        `ours` is the notation of our code where it is known without the mapping sets.
        """
        key = dimension, foreign.iri, may_map
        coded = self._met.get(key)
        if coded is None:
            coded = self._met[key] = self._coded(
                dimension, foreign, ours or (self.match(dimension, foreign) if may_map else None)
            )
        return coded

    def match(self, dimension: str, foreign: SourceCode) -> str | None:
        """The notation of our code that the mapping sets hold for a code of the source."""
        return self._mappings.our_code(foreign.owner, foreign.code_list, foreign.notation, SCHEME_OF[dimension])

    def mention(self, foreign: SourceCode) -> str:
        """The line that gives a row a code of the source beside its dimensions; the code is described at the end."""
        self._mentioned.setdefault(foreign.iri, foreign)
        return self._writer.line("snhr:asCoded", iri(foreign.iri))

    def unmapped(self) -> list[Unmapped]:
        """The codes of the source that are the value of a dimension in any row, those of most rows first."""
        found = [
            Unmapped(coded.foreign, dimension, coded.uses)
            for (dimension, _, _), coded in self._met.items()
            if coded.ours is None and coded.uses
        ]
        return sorted(found, key=lambda code: (-code.uses, code.dimension, code.code.iri))

    def described(self) -> Iterator[str]:
        """What each code of the source is: a concept of its owner's list, and of ours where it stands in for one."""
        first = dict(self._mentioned)
        schemes = {code: {foreign.scheme} for code, foreign in first.items()}
        for (dimension, code, _), coded in self._met.items():
            if coded.uses:
                first.setdefault(code, coded.foreign)
                in_schemes = schemes.setdefault(code, {coded.foreign.scheme})
                if coded.ours is None:
                    in_schemes.add(names.scheme(SCHEME_OF[dimension]))
        for code, foreign in sorted(first.items()):
            yield about(iri(code), self._concept(foreign, sorted(schemes[code])))

    def _coded(self, dimension: str, foreign: SourceCode, ours: str | None) -> Coded:
        value = foreign.iri if ours is None else names.code(SCHEME_OF[dimension], ours)
        line = self._writer.line(f"snhr:{PROPERTY_OF[dimension]}", iri(value))
        if ours is not None:
            line += self._writer.line("snhr:asCoded", iri(foreign.iri))
        return Coded(foreign, ours, value, line)

    def _concept(self, foreign: SourceCode, schemes: list[str]) -> str:
        write = self._writer
        return (
            write.types("skos:Concept")
            + write.line("skos:notation", literal(foreign.notation))
            + write.line("skos:prefLabel", literal(foreign.label or foreign.notation, "en" if foreign.label else ""))
            + write.labels("", foreign.label_ar, "skos:prefLabel")
            + "".join([write.line("skos:inScheme", iri(scheme)) for scheme in schemes])
            + write.lines(*foreign.facts)
        )
