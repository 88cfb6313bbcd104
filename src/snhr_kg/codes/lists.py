"""Reads the code lists: every code a table may write, with what its block in the list says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from snhr_kg import names
from snhr_kg.codes.file import CodeFile, read_code_file
from snhr_kg.codes.rules import find_faults
from snhr_kg.errors import CodeListError, Fault

if TYPE_CHECKING:
    from rdflib import Graph


@dataclass(frozen=True, slots=True)
class Code:
    """One code. Other codes are named by notation; None stands for what the list does not say.

    `broader` holds the codes directly above it; `within` those it is a part of in the world: alliances of a party,
    places around a place.
    """

    iri: str
    scheme: str
    notation: str
    label_en: str
    label_ar: str
    alternatives: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    unit: str | None = None
    place_role: str | None = None
    lower_margin: Decimal | None = None
    upper_margin: Decimal | None = None
    margin_included: bool | None = None
    margin_only_when_rounded: bool | None = None
    lower_bound: Decimal | None = None
    upper_bound: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GroupPartition:
    """A victim group and the groups that divide it completely and without overlap, as notations."""

    id: str
    iri: str
    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class CodeLists:
    """All code lists, by scheme and notation."""

    schemes: Mapping[str, Mapping[str, Code]]
    partitions: tuple[GroupPartition, ...]
    triples: tuple[Quad, ...]

    def scheme(self, name: str) -> Mapping[str, Code]:
        """The codes of a scheme by notation, in the order of its file; empty where there is no such scheme."""
        return self.schemes.get(name, {})

    def notations(self, scheme: str) -> tuple[str, ...]:
        """The notations of a scheme, in the order of its file."""
        return tuple(self.scheme(scheme))

    def find(self, scheme: str, notation: str) -> Code | None:
        """The code that a cell means; None where the scheme has no such notation."""
        return self.scheme(scheme).get(notation)

    def nearest(self, scheme: str, text: str) -> str | None:
        """The notation someone may have meant, going by notations, labels and their alternatives.

        A name that is written out in the list, whatever its letter case, is found before one that is only similar.
        """
        spellings: dict[str, str] = {}
        for code in self.scheme(scheme).values():
            spellings[code.notation.casefold()] = code.notation
        for code in self.scheme(scheme).values():
            for name in (code.label_en, code.label_ar, *code.alternatives):
                spellings.setdefault(name.strip().casefold(), code.notation)
        wanted = text.strip().casefold()
        close = [wanted] if wanted in spellings else get_close_matches(wanted, spellings, n=1)
        return spellings[close[0]] if close else None

    def is_inside(self, scheme: str, narrow: str, wide: str) -> bool:
        """Whether `narrow` is `wide` or lies under it, by steps to broader codes or to wholes it is within."""
        codes, steps, seen = self.scheme(scheme), [narrow], {narrow}
        while steps:
            code = codes.get(steps.pop())
            if code is not None and code.notation == wide:
                return True
            above = {*code.broader, *code.within} - seen if code else set()
            seen |= above
            steps += above
        return False

    @cached_property
    def graph(self) -> Graph:
        """The lists as one rdflib graph."""
        from snhr_kg.codes.graph import as_graph

        return as_graph(self.triples)


def read_codes(folder: Path) -> CodeLists:
    """Every code list of a folder, one Turtle file a scheme.

    Raises:
        CodeListError: with everything that is wrong in any of the files.
    """
    files: list[CodeFile] = []
    faults: list[Fault] = []
    unreadable: set[str] = set()
    for path in sorted(folder.glob("*.ttl")):
        try:
            files.append(read_code_file(path))
        except CodeListError as error:
            faults += error.faults
            unreadable.add(path.stem)
    faults += find_faults(files, unreadable)
    if not files and not faults:
        faults = [Fault(str(folder), 1, "", "no code lists", "write one Turtle file for each scheme")]
    if faults:
        raise CodeListError(faults)
    return CodeLists(
        {file.scheme: {code.notation: code for code in _codes(file)} for file in files},
        tuple(partition for file in files for partition in _partitions(file)),
        tuple(triple for file in files for triple in file.triples),
    )


def _codes(file: CodeFile) -> Iterator[Code]:
    for iri in file.of_type("skos:Concept"):
        alternatives = [text for tag in ("en", "ar") for text in file.literals(iri, "skos:altLabel", tag)]
        wholes = [other for curie in ("memberOf", "within", "insidePlace") for other in file.iris(iri, f"snhr:{curie}")]
        yield Code(
            iri=iri,
            scheme=file.scheme,
            notation=file.literals(iri, "skos:notation")[0],
            label_en=file.literals(iri, "skos:prefLabel", "en")[0],
            label_ar=file.literals(iri, "skos:prefLabel", "ar")[0],
            alternatives=tuple(alternatives),
            broader=_notations(file.iris(iri, "skos:broader")),
            within=_notations(wholes),
            unit=_one(_notations(file.iris(iri, "snhr:unit"))),
            place_role=_one(_notations(file.iris(iri, "snhr:placeRole"))),
            lower_margin=_decimal(file, iri, "snhr:lowerMargin"),
            upper_margin=_decimal(file, iri, "snhr:upperMargin"),
            margin_included=_boolean(file, iri, "snhr:marginIncluded"),
            margin_only_when_rounded=_boolean(file, iri, "snhr:marginOnlyWhenRounded"),
            lower_bound=_decimal(file, iri, "snhr:lowerBound"),
            upper_bound=_decimal(file, iri, "snhr:upperBound"),
        )


def _partitions(file: CodeFile) -> Iterator[GroupPartition]:
    for iri in file.of_type("snhr:GroupPartition"):
        (whole,) = _notations(file.iris(iri, "snhr:whole"))
        yield GroupPartition(iri.rsplit("/", 1)[-1], iri, whole, _notations(file.iris(iri, "snhr:disjointPart")))


def _notations(iris: Iterable[str]) -> tuple[str, ...]:
    """The notations in IRIs of codes, each once."""
    return tuple(dict.fromkeys(map(names.notation, iris)))


def _one(notations: tuple[str, ...]) -> str | None:
    return notations[0] if notations else None


def _decimal(file: CodeFile, iri: str, curie: str) -> Decimal | None:
    texts = file.literals(iri, curie)
    return Decimal(texts[0]) if texts else None


def _boolean(file: CodeFile, iri: str, curie: str) -> bool | None:
    texts = file.literals(iri, curie)
    return texts[0] == "true" if texts else None
