"""Lines of N-Quads as text, put together from parts that are made once and used for many rows.

A *line* here has a mark in the place of its subject: `about` puts the subject into any number of them at once. Literals
are written as canonical N-Quads has them, so that what is written once need not be parsed and written again.

Source: RDF 1.1 N-Quads (W3C Recommendation, 25 February 2014); canonical escapes: RDF Dataset Canonicalization 1.0.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from snhr_kg import names

SUBJECT: Final = "\0"
"""Stands for the subject of a line; no text can hold it, since literals escape it and IRIs may not have it."""

_ESCAPED: Final = re.compile(r'[\x00-\x1f\x7f"\\]')
_SHORT: Final = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_NOT_IN_IRI: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_IN_PATH: Final = r"(?:[\w.~:/@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})"
_ADDRESS: Final = re.compile(
    rf"https?://[A-Za-z0-9.-]+(:\d{{1,5}})?(/{_IN_PATH}*)?(\?({_IN_PATH}|\?)*)?(#({_IN_PATH}|\?)*)?", re.ASCII
)
"""Source: RFC 3986, URI Generic Syntax."""

_XSD: Final = names.PREFIXES["xsd"]
_DATATYPE_OF_LENGTH: Final = {4: "gYear", 7: "gYearMonth", 10: "date"}


@cache
def term(curie: str) -> str:
    """The IRI in angle brackets that a CURIE stands for: ``term("snhr:value")``; `KeyError` for an unknown prefix."""
    return iri(names.full(curie))


def iri(text: str) -> str:
    """An IRI in angle brackets; `ValueError` where a character may not stand in one."""
    if _NOT_IN_IRI.search(text):
        raise ValueError(f"no IRI: {text!r}")
    return f"<{text}>"


def is_address(text: str) -> bool:
    """Whether a text is a web address in ASCII, as any parser of IRIs takes it."""
    return _ADDRESS.fullmatch(text) is not None


def literal(text: str, language: str = "") -> str:
    """A string, with the tag of its language where that is known."""
    written = _ESCAPED.sub(_escape, text) if _ESCAPED.search(text) else text
    return f'"{written}"@{language}' if language else f'"{written}"'


def typed(lexical: str, datatype: str) -> str:
    """A literal of an XSD datatype, from its canonical form: ``typed("12", "integer")``."""
    return f'"{lexical}"^^<{_XSD}{datatype}>'


def integer(value: int) -> str:
    """A whole number."""
    return f'"{value}"^^<{_XSD}integer>'


def date(iso: str) -> str:
    """A year, a month or a day, with the datatype that its length tells; `KeyError` for any other length."""
    return typed(iso, _DATATYPE_OF_LENGTH[len(iso)])


def about(subject: str, lines: str) -> str:
    """The lines with `subject`, a term in angle brackets, in the place of their mark."""
    return lines.replace(SUBJECT, subject)


class LineWriter:
    """Writes the lines of one named graph: N-Quads, or N-Triples where `graph` is empty."""

    def __init__(self, graph: str) -> None:
        self.end = f" {iri(graph)} .\n" if graph else " .\n"
        """What stands after the value in each line."""

    def line(self, predicate: str, value: str) -> str:
        """A line without its subject: `predicate` is a CURIE, `value` a term as N-Quads writes it."""
        return f"{SUBJECT} {term(predicate)} {value}{self.end}"

    def lines(self, *pairs: tuple[str, str]) -> str:
        """Several of them, one after another."""
        return "".join([self.line(predicate, value) for predicate, value in pairs])

    def types(self, *curies: str) -> str:
        """The lines that say of which classes a subject is."""
        return "".join([self.line("rdf:type", term(curie)) for curie in curies])

    def labels(self, english: str, arabic: str, predicate: str = "rdfs:label") -> str:
        """A text in both languages, leaving out the one that is empty."""
        return "".join(
            [self.line(predicate, literal(text, tag)) for text, tag in ((english, "en"), (arabic, "ar")) if text]
        )


def _escape(match: re.Match[str]) -> str:
    found = match[0]
    return _SHORT.get(found) or f"\\u{ord(found):04X}"
