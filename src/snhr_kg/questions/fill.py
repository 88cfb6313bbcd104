"""Puts values into a query of `queries/`: IRIs of known codes and words of closed lists, never what somebody typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from snhr_kg.questions.read import NamedQuery, Parameter

_WITH: Final = re.compile(r"(?P<indent> *)# with (?P<name>[a-z_]+)(?:: (?P<pattern>.*))?")
_UNLESS: Final = re.compile(r"(?P<indent> *)(?P<line>.*\S)\s+# unless (?P<name>[a-z_]+)")


def fill(query: NamedQuery, values: Mapping[str, Sequence[str]]) -> str:
    """The query's text, narrowed to the given values by the name of their parameter: IRIs, or words of its list.

    A query without values comes back without its marks and otherwise as it is.
    """
    parameters = {parameter.name: parameter for parameter in query.parameters}
    clauses = {
        name: values_clause(parameters[name].target, given, words=bool(parameters[name].words))
        for name, given in values.items()
        if parameters[name].default is None
    }
    lines = (_filled(line, clauses) for line in query.text.split("\n"))
    text = "\n".join(line for line in lines if line is not None)
    for parameter in query.parameters:
        if parameter.default is not None and parameter.name in values:
            text = _with_word(text, parameter, values[parameter.name])
    return text


def values_clause(variable: str, given: Sequence[str], *, words: bool = False) -> str:
    """``VALUES ?place { <iri> <iri> }``, or with words in quotes.

    >>> values_clause("?kind", ["figure", "event"], words=True)
    'VALUES ?kind { "figure" "event" }'
    """
    terms = (f'"{value}"' if words else f"<{value}>" for value in given)
    return f"VALUES {variable} {{ {' '.join(terms)} }}"


def _filled(line: str, clauses: Mapping[str, str]) -> str | None:
    """The line with the values of its mark; None when nothing of it is left."""
    if mark := _WITH.fullmatch(line):
        clause = clauses.get(mark["name"])
        if clause is None:
            return None
        pattern = mark["pattern"] or ""
        inside = pattern.replace("VALUES", clause) if "VALUES" in pattern else f"{pattern} {clause}".strip()
        return mark["indent"] + inside
    if mark := _UNLESS.fullmatch(line):
        return mark["indent"] + clauses.get(mark["name"], mark["line"])
    return line


def _with_word(text: str, parameter: Parameter, given: Sequence[str]) -> str:
    """The query with the word in the default's place; the reader of values has seen to it that it is one."""
    (word,) = given
    return text.replace(parameter.target, f'"{word}"')
