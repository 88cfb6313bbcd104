"""Which figures a reader has chosen: read from the parameters of the page, and written back as an address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from snhr_kg import names
from snhr_kg.errors import BadParameter
from snhr_kg.questions.figures import DERIVED, PARAMETERS
from snhr_kg.questions.given import TRUTH, check_names, read_given, single
from snhr_kg.questions.known import Known
from snhr_kg.site import wording
from snhr_kg.site.rows import FACETS, Row, Table

SORTS: Final = ("report", "-value", "value", "label")
"""Orders: as the report states them, the largest first, the smallest first, by name."""

NAMES: Final = (*FACETS, "derived", "inside", "q", "sort", "page")

_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Selection:
    """What is chosen: IRIs by facet, the same as they were given, a text, which kinds, an order and a page.

    `derived` is ``false`` (what the report states), ``only`` (what rules computed) or ``include`` (both). With `inside`
    a code holds all that lies below it.
    """

    values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    given: Mapping[str, Sequence[str]] = field(default_factory=dict)
    text: str = ""
    derived: str = "false"
    inside: bool = True
    sort: str = "report"
    page: int = 1

    def query(self, **changed: object) -> str:
        """The parameters of this selection, with others changed (None: left out), as they stand in an address."""
        said: dict[str, object] = {
            **self.given,
            "q": self.text or None,
            "derived": self.derived if self.derived != DERIVED[0] else None,
            "inside": None if self.inside else "false",
            "sort": self.sort if self.sort != SORTS[0] else None,
            "page": self.page if self.page > 1 else None,
        }
        return urlencode({name: value for name, value in {**said, **changed}.items() if value is not None}, doseq=True)

    def without(self, facet: str, notation: str) -> str:
        """The address's parameters when one value is taken off."""
        left = [one for one in self.given.get(facet, ()) if one != notation]
        return self.query(**{facet: left or None, "page": None})


def read_selection(arguments: MultiDict[str, str], known: Known) -> Selection:
    """What the parameters choose; raises `BadParameter` and `UnknownCode`, naming the nearest there is."""
    given = given_in(arguments)
    check_names(given, NAMES, "the figures")
    found = read_given(given, PARAMETERS, known, lambda _: [], inside=False)
    return Selection(
        values={name: frozenset(iris) for name, iris in found.values.items()},
        given={name: [notation_of(name, iri) for iri in found.values[name]] for name in FACETS if name in found.values},
        text=text_in(given),
        derived=single(given, "derived", DERIVED, DERIVED[0]),
        inside=single(given, "inside", TRUTH, TRUTH[0]) == TRUTH[0],
        sort=single(given, "sort", SORTS, SORTS[0]),
        page=_page(_only(given, "page")),
    )


def given_in(arguments: MultiDict[str, str]) -> dict[str, list[str]]:
    """The values of each parameter that has any: a field of a form that is left empty asks for nothing."""
    found = {name: [text for text in values if text] for name, values in arguments.lists()}
    return {name: values for name, values in found.items() if values}


def text_in(given: Mapping[str, Sequence[str]]) -> str:
    """The words that are looked for; raises `BadParameter` where they are given twice or are too long."""
    text = _only(given, "q").strip()
    if len(text) > _LONGEST:
        raise BadParameter(f"q has {len(text)} characters; it takes up to {_LONGEST}")
    return text


def chosen(table: Table, selection: Selection, language: str) -> list[Row]:
    """The figures that fit, in order: what the report states before what rules computed."""
    words = wording.asked_words(selection.text)
    rows = [
        row
        for row in table.rows.values()
        if is_of_kind(row, selection) and wording.is_found(words, row.text) and fits(row, selection)
    ]
    if selection.sort == "label":
        rows.sort(key=lambda row: (row.computed, *wording.by_letters(row.labels[language]), row.iri))
    elif selection.sort != "report":
        sign = -1 if selection.sort.startswith("-") else 1
        rows.sort(key=lambda row: (row.computed, row.value is None, sign * (row.value or 0), row.position, row.iri))
    return rows


def is_of_kind(row: Row, selection: Selection) -> bool:
    """Whether the selection takes figures of the kind that the row is: stated or computed."""
    return selection.derived == "include" or row.computed == (selection.derived == "only")


def fits(row: Row, selection: Selection, but: str = "") -> bool:
    """Whether the row has one of the values chosen in every facet, `but` for one facet that is passed over."""
    codes = row.inside if selection.inside else row.codes
    return all(facet == but or not wanted.isdisjoint(codes[facet]) for facet, wanted in selection.values.items())


def notation_of(facet: str, iri: str) -> str:
    """How an address names a value of a facet: a section by its report and its own name."""
    if facet == "section":
        return iri.removeprefix(names.report("")).replace("/section/", "/")
    return names.notation(iri)


def _only(given: Mapping[str, Sequence[str]], name: str) -> str:
    values = given.get(name, [])
    if len(values) > 1:
        raise BadParameter(f"{name} is given {len(values)} times; it takes one value")
    return values[0] if values else ""


def _page(text: str) -> int:
    if not text:
        return 1
    if not re.fullmatch(r"[1-9][0-9]{0,5}", text):
        raise BadParameter(f"page is {text[:100]!r}; it takes a whole number from 1")
    return int(text)
