"""The shapes of the files that ship with the package: what each asks of the data, and of which terms it speaks.

Shapes are in no graph; they are read from their files, once a process.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

import pyoxigraph as ox

from snhr_kg.content import folder
from snhr_kg.names import PREFIXES, full
from snhr_kg.site.vocabulary import short

_SHOWN: Final = (
    "minCount", "maxCount", "class", "datatype", "nodeKind", "hasValue", "in", "node", "or", "pattern", "minLength",
    "minInclusive", "minExclusive", "lessThan", "lessThanOrEquals", "equals", "disjoint", "uniqueLang", "languageIn",
    "closed", "ignoredProperties",
)  # fmt: skip
_TARGETS: Final = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")
_Term: TypeAlias = ox.Triple | ox.NamedNode | ox.BlankNode | ox.Literal

_NAME: Final = re.compile(r"\b([a-z][a-z-]*):([A-Za-z][\w-]*)")
_STEPS: Final = {"inversePath": "^{}", "zeroOrMorePath": "({})*", "oneOrMorePath": "({})+", "zeroOrOnePath": "({})?"}


@dataclass(frozen=True, slots=True)
class Constraint:
    """One thing that a shape asks: in words and in SHACL's own terms; `warns` where a breach does not stop a build."""

    iri: str
    message: str
    path: str
    asked: tuple[tuple[str, str], ...]
    select: str
    warns: bool
    terms: frozenset[str]

    @property
    def local(self) -> str:
        """The name that its IRI ends in."""
        return self.iri.rpartition("#")[2]


@dataclass(frozen=True, slots=True)
class Shape:
    """What is asked of all that it targets; one without targets is used by others."""

    iri: str
    label: str
    message: str
    targets: tuple[tuple[str, str], ...]
    asked: tuple[tuple[str, str], ...]
    constraints: tuple[Constraint, ...]
    terms: frozenset[str]

    @property
    def local(self) -> str:
        """The name that its IRI ends in."""
        return self.iri.rpartition("#")[2]


@dataclass(frozen=True, slots=True)
class ShapesFile:
    """A file of shapes, by its path below ``shapes/``, and the question that it answers."""

    path: str
    title: str
    shapes: tuple[Shape, ...]

    @property
    def local(self) -> str:
        """Its path without ending, as a name on a page."""
        return self.path.removesuffix(".ttl").replace("/", "-")


@cache
def shapes_files() -> tuple[ShapesFile, ...]:
    """Every file of shapes, in order; raises `ContentMissing` where they do not ship."""
    root = folder("shapes")
    return tuple(_read(path, root) for path in sorted(root.rglob("*.ttl"), key=lambda one: (len(one.parts), one)))


@cache
def speaking_of() -> dict[str, tuple[str, ...]]:
    """For each term of ours, the local names of the shapes and constraints that speak of it."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for file in shapes_files():
        for shape in file.shapes:
            said = [(shape.local, shape.terms), *((one.local, one.terms) for one in shape.constraints)]
            for local, terms in said:
                for term in terms:
                    found[term][local] = None
    return {term: tuple(locals_) for term, locals_ in found.items()}


def _read(path: Path, root: Path) -> ShapesFile:
    graph = _Graph(path)
    return ShapesFile(
        path.relative_to(root).as_posix(),
        next((graph.text(one, "dcterms:title") for one in graph.of_type("owl:Ontology")), ""),
        tuple(graph.shape(iri) for iri in graph.of_type("sh:NodeShape")),
    )


class _Graph:
    """One file's triples, asked by subject and predicate."""

    def __init__(self, path: Path) -> None:
        self._objects: defaultdict[tuple[str, str], list[_Term]]
        self._objects = defaultdict(list)
        self._types: defaultdict[str, list[str]] = defaultdict(list)
        for triple in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            assert not isinstance(triple.subject, ox.Triple)
            self._objects[triple.subject.value, triple.predicate.value].append(triple.object)
            if triple.predicate.value == full("rdf:type") and isinstance(triple.object, ox.NamedNode):
                self._types[triple.object.value].append(triple.subject.value)

    def of_type(self, kind: str) -> list[str]:
        """The subjects of a class, as the file has them."""
        return self._types[full(kind)]

    def text(self, subject: str, predicate: str) -> str:
        """The first literal of a predicate, or nothing."""
        return next((one.value for one in self._objects[subject, full(predicate)] if isinstance(one, ox.Literal)), "")

    def shape(self, iri: str) -> Shape:
        """A node shape with its constraints."""
        targets = tuple(
            (f"sh:{name}", target) for name in _TARGETS for target in sorted(self._values(iri, f"sh:{name}"))
        )
        constraints = tuple(
            self._constraint(one, iri) for name in ("sh:property", "sh:sparql") for one in self._values(iri, name)
        )
        return Shape(
            iri,
            self.text(iri, "rdfs:label"),
            self.text(iri, "sh:message"),
            targets,
            self._asked(iri),
            constraints,
            frozenset(target for _, target in targets) | self._mentioned(iri),
        )

    def _constraint(self, iri: str, shape: str) -> Constraint:
        select = self.text(iri, "sh:select")
        path = next((self._path(one) for one in self._objects[iri, full("sh:path")]), "")
        named = frozenset(
            PREFIXES[prefix] + local for prefix, local in _NAME.findall(f"{select} {path}") if prefix in PREFIXES
        )
        # A property shape has a severity of its own; a SPARQL constraint that of the shape which it stands in.
        severities = self._values(shape if select else iri, "sh:severity")
        return Constraint(
            iri,
            self.text(iri, "sh:message"),
            path,
            self._asked(iri),
            select,
            full("sh:Warning") in severities,
            named | self._mentioned(iri),
        )

    def _asked(self, iri: str) -> tuple[tuple[str, str], ...]:
        """The constraint components, by prefixed name, each with its value as Turtle would write it."""
        return tuple(
            (f"sh:{name}", self._written(one)) for name in _SHOWN for one in self._objects[iri, full(f"sh:{name}")]
        )

    def _mentioned(self, iri: str) -> frozenset[str]:
        """The IRIs that its constraint components name."""
        return frozenset(
            item.value
            for name in _SHOWN
            for one in self._objects[iri, full(f"sh:{name}")]
            for item in self._items(one)
            if isinstance(item, ox.NamedNode)
        )

    def _written(self, one: _Term) -> str:
        if isinstance(one, ox.BlankNode):
            return f"( {' '.join(map(self._written, self._items(one)))} )"
        return one.value if isinstance(one, ox.Literal) else short(getattr(one, "value", str(one)))

    def _items(self, one: _Term) -> Iterator[_Term]:
        """The members of a list, or the thing itself."""
        if not isinstance(one, ox.BlankNode):
            yield one
            return
        while isinstance(one, ox.BlankNode):
            yield from self._objects[one.value, full("rdf:first")]
            one = self._objects[one.value, full("rdf:rest")][0]

    def _path(self, one: _Term) -> str:
        """A property path as SPARQL writes it."""
        if not isinstance(one, ox.BlankNode):
            return short(getattr(one, "value", str(one)))
        for name, form in _STEPS.items():
            for inner in self._objects[one.value, full(f"sh:{name}")]:
                return form.format(self._path(inner))
        for inner in self._objects[one.value, full("sh:alternativePath")]:
            return "|".join(map(self._path, self._items(inner)))
        return "/".join(map(self._path, self._items(one)))

    def _values(self, subject: str, predicate: str) -> list[str]:
        return [one.value for one in self._objects[subject, full(predicate)] if isinstance(one, ox.NamedNode)]
