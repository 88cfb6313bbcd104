"""The rules of the code lists: what a list must say of itself and of its codes, each breach with its remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from snhr_kg import names
from snhr_kg.codes.file import CodeFile
from snhr_kg.errors import Fault

LANGUAGES = {"en": "English", "ar": "Arabic"}

REFERENCES: Mapping[str, str] = {
    "snhr:compositeOf": "place",
    "snhr:disjointPart": "victim-group",
    "snhr:insidePlace": "place",
    "snhr:memberOf": "perpetrator",
    "snhr:placeRole": "place-role",
    "snhr:subgroupOf": "victim-group",
    "snhr:temporalNature": "temporal-nature",
    "snhr:unit": "unit",
    "snhr:whole": "victim-group",
    "snhr:within": "perpetrator",
}
"""Properties whose objects are codes, and the list those must be in."""

ACYCLIC = (("skos:broader",), ("snhr:memberOf", "snhr:within"), ("snhr:insidePlace",), ("snhr:subgroupOf",))
"""Properties that must not lead back to where they started; those of one group are followed together."""

NUMBERS = ("snhr:lowerMargin", "snhr:upperMargin", "snhr:lowerBound", "snhr:upperBound")
BOOLEANS = ("snhr:marginIncluded", "snhr:marginOnlyWhenRounded")
_AT_MOST_ONCE = (*NUMBERS, *BOOLEANS, "snhr:unit", "snhr:placeRole", "snhr:temporalNature")


def find_faults(files: Sequence[CodeFile], unreadable: Collection[str] = ()) -> Iterator[Fault]:
    """Everything that is wrong in the lists; references into the schemes of unreadable files are not judged."""
    known = {file.scheme: file.of_type("skos:Concept") for file in files}
    for file in files:
        codes = known[file.scheme]
        yield from _scheme_faults(file, codes)
        yield from _notation_faults(file, codes)
        yield from _cycle_faults(file, codes)
        for code in codes:
            yield from _text_faults(file, code)
            yield from _place_in_list_faults(file, code, codes)
            yield from _value_faults(file, code)
        for subject in file.objects:
            yield from _reference_faults(file, subject, known, unreadable)
            yield from _untyped_faults(file, subject)
        for partition in file.of_type("snhr:GroupPartition"):
            yield from _partition_faults(file, partition)


def _scheme_faults(file: CodeFile, codes: Collection[str]) -> Iterator[Fault]:
    scheme = names.scheme(file.scheme)
    if scheme not in file.of_type("skos:ConceptScheme"):
        remedy = f"write code:{file.scheme} a skos:ConceptScheme, or name the file after its list"
        yield file.fault(scheme, "rdf:type", f"no code list {file.scheme}", remedy)
        return
    yield from _text_faults(file, scheme)
    listed = file.iris(scheme, "skos:hasTopConcept")
    tops = [code for code in codes if scheme in file.iris(code, "skos:topConceptOf")]
    for code in tops:
        if code not in listed:
            remedy = f"add {_short(code)} to the list's top concepts"
            yield file.fault(scheme, "skos:hasTopConcept", f"lacks the top concept {_short(code)}", remedy)
    for code in listed:
        if code not in tops:
            remedy = "write skos:topConceptOf in its block, or take it out"
            yield file.fault(scheme, "skos:hasTopConcept", f"{_short(code)} does not call itself one", remedy)


def _text_faults(file: CodeFile, subject: str, label: str = "skos:prefLabel") -> Iterator[Fault]:
    for curie, kind in ((label, "label"), ("skos:definition", "definition")):
        for tag, language in LANGUAGES.items():
            texts = [text for text in file.literals(subject, curie, tag) if text.strip()]
            if not texts:
                yield file.fault(subject, curie, f"no {language} {kind}", f'write {curie} "…"@{tag}')
            elif len(texts) > 1:
                yield file.fault(subject, curie, f"{len(texts)} {language} {kind}s", f"keep one: {texts[0]!r}")


def _notation_faults(file: CodeFile, codes: Sequence[str]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for code in codes:
        notations = file.literals(code, "skos:notation")
        if len(notations) != 1:
            problem = f"{len(notations)} notations" if notations else "no notation"
            yield file.fault(code, "skos:notation", problem, f'write one: skos:notation "{_short(code)}"')
        for notation in notations:
            if notation in seen:
                problem = f"{notation!r} is the notation of {_short(seen[notation])} already"
                yield file.fault(code, "skos:notation", problem, f'write "{_short(code)}"')
            elif names.code(file.scheme, notation) != code:
                problem = f"{notation!r} is not what the code's IRI ends in"
                yield file.fault(code, "skos:notation", problem, f"write {names.notation(code)!r}, or change the IRI")
            seen.setdefault(notation, code)


def _place_in_list_faults(file: CodeFile, code: str, codes: Collection[str]) -> Iterator[Fault]:
    scheme = names.scheme(file.scheme)
    for curie in ("skos:inScheme", "skos:topConceptOf"):
        for other in file.iris(code, curie):
            if other != scheme:
                yield file.fault(code, curie, f"wrong code list {other}", f"write {curie} code:{file.scheme}")
    if not file.iris(code, "skos:inScheme"):
        yield file.fault(code, "skos:inScheme", "in no code list", f"write skos:inScheme code:{file.scheme}")
    broader = file.iris(code, "skos:broader")
    if not broader and not file.iris(code, "skos:topConceptOf"):
        remedy = f"write skos:broader, or skos:topConceptOf code:{file.scheme}"
        yield file.fault(code, "skos:broader", "neither a top concept nor under one", remedy)
    for other in broader:
        if other not in codes:
            elsewhere = not other.startswith(scheme + "/")
            problem = f"{other} is in another list" if elsewhere else f"no code {_short(other)}"
            yield file.fault(code, "skos:broader", problem, _write_nearest(other, codes))


def _value_faults(file: CodeFile, code: str) -> Iterator[Fault]:
    for curie in _AT_MOST_ONCE:
        if (count := len(file.objects[code].get(names.full(curie), ()))) > 1:
            yield file.fault(code, curie, f"{count} values", "keep one")
    kinds: tuple[tuple[Iterable[str], Callable[[str], bool], str], ...] = (
        (NUMBERS, _is_number, "a number, such as 0.5"),
        (BOOLEANS, {"true", "false"}.__contains__, "true or false"),
    )
    for curies, is_right, remedy in kinds:
        for curie in curies:
            for text in (term.value for term in file.objects[code].get(names.full(curie), ())):
                if not is_right(text):
                    yield file.fault(code, curie, f"{text!r} cannot be read", f"write {remedy}")


def _reference_faults(
    file: CodeFile, subject: str, known: Mapping[str, Collection[str]], unreadable: Collection[str]
) -> Iterator[Fault]:
    for curie, scheme in REFERENCES.items():
        codes = known.get(scheme, ())
        for other in file.iris(subject, curie):
            if other not in codes and scheme not in unreadable:
                problem = f"no {scheme} {_short(other)}"
                yield file.fault(subject, curie, problem, _write_nearest(other, codes))


def _untyped_faults(file: CodeFile, subject: str) -> Iterator[Fault]:
    types = {names.full(curie) for curie in ("skos:Concept", "skos:ConceptScheme", "snhr:GroupPartition")}
    if types.isdisjoint(file.iris(subject, "rdf:type")):
        remedy = f"write {_short(subject)} a skos:Concept"
        yield file.fault(subject, "rdf:type", f"{_short(subject)} is neither a code, a list nor a partition", remedy)


def _partition_faults(file: CodeFile, partition: str) -> Iterator[Fault]:
    yield from _text_faults(file, partition, "rdfs:label")
    if len(file.iris(partition, "snhr:whole")) != 1:
        yield file.fault(partition, "snhr:whole", "not one whole", "name the one group that is divided")
    if len(file.iris(partition, "snhr:disjointPart")) < 2:
        yield file.fault(partition, "snhr:disjointPart", "fewer than two parts", "name every part of the whole")


def _cycle_faults(file: CodeFile, codes: Sequence[str]) -> Iterator[Fault]:
    for curies in ACYCLIC:
        above = {code: _above(file, code, curies) for code in codes}
        told: set[str] = set()
        for code in codes:
            circle = [other for other in codes if other in above[code] and code in above[other]]
            if code in above[code] and code not in told:
                told.update(circle)
                problem = f"leads back to itself through {', '.join(map(_short, circle))}"
                yield file.fault(code, curies[0], problem, "take out one step of the circle")


def _above(file: CodeFile, code: str, curies: Iterable[str]) -> set[str]:
    steps = {other for curie in curies for other in file.iris(code, curie)}
    reached: set[str] = set()
    while steps:
        reached |= steps
        steps = {other for step in steps for curie in curies for other in file.iris(step, curie)} - reached
    return reached


def _write_nearest(iri: str, codes: Collection[str]) -> str:
    locals_ = Counter(map(_short, codes))
    nearest = get_close_matches(_short(iri), locals_, n=1)
    return f"write {nearest[0]}" if nearest else "write one of its codes, or add the code first"


def _short(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
