"""Compares two subjects test by test, and both with what ``docs/w3c.md`` says: the table of results, and complaints."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from w3c.manifests import Suite

BEGIN: Final = "<!-- results: make w3c writes what stands from here -->"
END: Final = "<!-- to here -->"

_LISTED: Final = re.compile(r"^\| `(sparql1[01]/[\w-]+#[^`]+)` \|(.*)\|(.*)\|$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of one suite's tests: the error of each that failed, by its short name."""

    suite: Suite
    ours: Mapping[str, str]
    plain: Mapping[str, str] | None
    """None where there is nothing to compare: an engine without an endpoint."""


def short_name(suite: Suite, test: str) -> str:
    """A test's name in the docs.

    >>> short_name(Suite("sparql/sparql11/bind/manifest.ttl", "", ()), "http://example.org/bind/manifest#bind01")
    'sparql11/bind#bind01'
    """
    return f"{suite.path.removeprefix('sparql/').rpartition('/')[0]}#{test.rpartition('#')[2]}"


def failures(suite: Suite, results: Mapping[str, str | None]) -> dict[str, str]:
    """The tests of a suite that did not pass, with why; `results` holds None or an error by test IRI."""
    errors = {test: results.get(test, "rdf-test-suite cannot set this test up") for test in suite.tests}
    return {short_name(suite, test): error for test, error in errors.items() if error is not None}


def listed_failures(document: str) -> dict[str, str]:
    """The reason of each failure that the docs list, by the test's short name."""
    return {name: reason.strip() for name, _, reason in _LISTED.findall(document)}


def complaints(outcomes: Sequence[Outcomes], listed: Mapping[str, str]) -> list[str]:
    """What is not as it should be: worse than plain, not listed, listed without a reason or without need."""
    found = []
    failing: set[str] = set()
    for outcome in outcomes:
        failing |= outcome.ours.keys()
        for name, error in outcome.ours.items():
            if outcome.plain is not None and name not in outcome.plain:
                found.append(f"{name}: worse than plain pyoxigraph: {error}")
            elif not listed.get(name):
                found.append(f"{name}: fails, and docs/w3c.md gives no reason: {error}")
    return found + [f"{name}: passes; take it off the list in docs/w3c.md" for name in listed if name not in failing]


def table(outcomes: Sequence[Outcomes]) -> str:
    """The results as a Markdown table: a line a suite and one a group."""
    lines = ["| Suite | Tests | snhr-kg | plain pyoxigraph |", "| --- | ---: | ---: | ---: |"]
    for group in dict.fromkeys(outcome.suite.group for outcome in outcomes):
        members = [outcome for outcome in outcomes if outcome.suite.group == group]
        lines.append(_line(f"**{group}**", members))
        if len(members) > 1:
            lines.extend(
                _line(f"`{outcome.suite.path.split('/')[1]}/{outcome.suite.name}`", [outcome]) for outcome in members
            )
    lines.append(_line("**All**", outcomes))
    return "\n".join(lines)


def _line(label: str, members: Sequence[Outcomes]) -> str:
    tests = sum(len(member.suite.tests) for member in members)
    compared = [member for member in members if member.plain is not None]
    plain = sum(len(member.suite.tests) - len(member.plain or ()) for member in compared)
    of = sum(len(member.suite.tests) for member in compared)
    ours = tests - sum(len(member.ours) for member in members)
    return f"| {label} | {tests} | {ours} | {'–' if not compared else plain if of == tests else f'{plain} of {of}'} |"


def with_results(document: str, results: str) -> str:
    """The document with the results between its markers.

    >>> with_results(f"a\\n{BEGIN}\\nold\\n{END}\\nb", "new") == f"a\\n{BEGIN}\\n\\nnew\\n\\n{END}\\nb"
    True
    """
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"the document lacks the markers {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{results}\n\n{END}{after}"
