"""One file of a code list: its triples, and the line on which each subject's block begins."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from snhr_kg import names
from snhr_kg.errors import CodeListError, Fault

_PREFIX = re.compile(r"^\s*(?:@prefix|PREFIX)\s+([\w-]*):\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE)
_SUBJECT = re.compile(r"^(?:<(?P<iri>[^>\s]*)>|(?P<prefix>[\w-]*):(?P<local>[^\s;,]+))\s")

Objects = Mapping[str, Mapping[str, Sequence[NamedNode | Literal]]]


@dataclass(frozen=True, slots=True)
class CodeFile:
    """A parsed code list; `objects` holds subject and predicate IRI to what they say, in the order of the file."""

    name: str
    scheme: str
    triples: Sequence[Quad]
    objects: Objects
    lines: Mapping[str, int]

    def iris(self, subject: str, curie: str) -> list[str]:
        """The IRIs that a subject's property names."""
        return [term.value for term in self._said(subject, curie) if isinstance(term, NamedNode)]

    def literals(self, subject: str, curie: str, language: str | None = None) -> list[str]:
        """The texts that a subject's property gives, in one language (None: without a language)."""
        literals = [term for term in self._said(subject, curie) if isinstance(term, Literal)]
        return [term.value for term in literals if term.language == language]

    def of_type(self, curie: str) -> list[str]:
        """The subjects of a class, in the order of the file."""
        return [subject for subject in self.objects if names.full(curie) in self.iris(subject, "rdf:type")]

    def fault(self, subject: str, column: str, problem: str, remedy: str) -> Fault:
        """A fault in a subject's block."""
        return Fault(self.name, self.lines.get(subject, 1), column, problem, remedy)

    def _said(self, subject: str, curie: str) -> Sequence[NamedNode | Literal]:
        return self.objects.get(subject, {}).get(names.full(curie), ())


def read_code_file(path: Path) -> CodeFile:
    """Parse the code list of the scheme that the file is named after.

    Raises:
        CodeListError: where the file is no Turtle in UTF-8, or has blank nodes, which nobody could cite.
    """
    content = path.read_bytes()
    try:
        text = content.decode("utf-8")
        triples = list(parse(input=text, format=RdfFormat.TURTLE))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CodeListError([Fault(path.name, line, "", "not UTF-8", "save the file as UTF-8")]) from error
    except SyntaxError as error:
        fault = Fault(path.name, error.lineno or 1, "", f"no valid Turtle: {error.args[0]}", "correct the line")
        raise CodeListError([fault]) from error
    objects: dict[str, dict[str, list[NamedNode | Literal]]] = {}
    for triple in triples:
        if not isinstance(triple.subject, NamedNode) or not isinstance(triple.object, (NamedNode, Literal)):
            remedy = "give it an IRI, so that it can be cited"
            raise CodeListError([Fault(path.name, _line_of_blank_node(text), "", "a blank node", remedy)])
        said = objects.setdefault(triple.subject.value, {})
        said.setdefault(triple.predicate.value, []).append(triple.object)
    return CodeFile(path.name, path.stem, triples, objects, _lines(text))


def _lines(text: str) -> dict[str, int]:
    prefixes = dict(_PREFIX.findall(text))
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if subject := _SUBJECT.match(line):
            iri = subject["iri"] or prefixes.get(subject["prefix"] or "", "") + (subject["local"] or "")
            lines.setdefault(iri, number)
    return lines


def _line_of_blank_node(text: str) -> int:
    bare = re.sub(r'"[^"\n]*"|<[^>\n]*>', "", text)
    found = re.search(r"\[|_:|\(", bare)
    return bare.count("\n", 0, found.start()) + 1 if found else 1
