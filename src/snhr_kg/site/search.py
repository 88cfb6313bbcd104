"""The page of the search; in a site without a server, which can answer none, everything there is from A to Z."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from snhr_kg.holding import Text
from snhr_kg.questions.given import check_names, single
from snhr_kg.reconciliation.normalise import fold, is_arabic
from snhr_kg.site import amounts, wording
from snhr_kg.site.search_documents import search_index, where
from snhr_kg.site.search_index import Document, Found, Hit
from snhr_kg.site.selection import given_in, text_in
from snhr_kg.site.visit import Visit
from snhr_kg.site.words import gettext as _

MOST_OF_A_KIND: Final = 8

_WORDS: Final[dict[str, Callable[[], str]]] = {
    "figure": lambda: _("Figures stated by the report"),
    "computed": lambda: _("Figures computed by rules"),
    "party": lambda: _("Parties"),
    "place": lambda: _("Places"),
    "code": lambda: _("Violations, victims, weapons and other codes"),
    "section": lambda: _("Sections of the report"),
    "finding": lambda: _("Findings"),
    "event": lambda: _("Events"),
    "instrument": lambda: _("Legal instruments"),
    "recommendation": lambda: _("Recommendations"),
    "breakdown": lambda: _("Totals and their parts"),
    "check": lambda: _("Checks"),
    "topic": lambda: _("Compared with other sources"),
    "comparison": lambda: _("Single comparisons"),
    "source": lambda: _("Other sources"),
    "term": lambda: _("Terms of the ontology"),
    "data": lambda: _("Data"),
}
_LISTED: Final = tuple(kind for kind in _WORDS if kind != "comparison")
"""Kinds that stand in the list from A to Z; comparisons are found under what they compare."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A thing as it is listed: what it is called, for a figure how many, and by which other words it was found."""

    iri: str
    label: Text
    amount: amounts.Amount | None
    matched: str


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind, the best of `count`; `kind` is its name in addresses."""

    kind: str
    words: str
    count: int
    shown: tuple[Shown, ...]


def search(visit: Visit) -> str:
    """The page; raises `BadParameter` for a parameter that it does not take."""
    if visit.publishing:
        return visit.render("search.html", asked="", found=None, groups=[], kind="", letters=letters(visit))
    given = given_in(visit.arguments)
    check_names(given, ("q", "in"), "the search")
    asked = text_in(given)
    kind = single(given, "in", ("", *_WORDS), "")
    index = search_index(visit)
    found = index.find(asked)
    return visit.render(
        "search.html",
        asked=asked,
        found=found,
        kind=kind,
        groups=groups(visit, found, kind, asked),
        words=[] if found.hits else index.nearest_words(asked),
        numbers=[] if found.hits else index.nearest_numbers(asked),
        letters=[],
    )


def groups(visit: Visit, found: Found, kind: str, asked: str) -> list[Group]:
    """What was found by kind, the kind of the best first; only one kind where that is given."""
    by_kind: dict[str, list[Hit]] = {}
    for hit in found.hits:
        if kind in ("", hit.document.kind):
            by_kind.setdefault(hit.document.kind, []).append(hit)
    most = None if kind else MOST_OF_A_KIND
    return [
        Group(
            name,
            _WORDS[name](),
            len(hits),
            tuple(_shown(visit, hit.document, hit.matched, asked) for hit in hits[:most]),
        )
        for name, hits in by_kind.items()
    ]


def letters(visit: Visit) -> list[tuple[str, tuple[Shown, ...]]]:
    """Everything that can be found, by the letter that its label in the language of the page begins with."""
    shown = [_shown(visit, one) for one in search_index(visit).documents if one.kind in _LISTED]
    ordered = sorted(shown, key=lambda one: (_letter(one), *wording.by_letters(str(one.label)), one.iri))
    return [(letter, tuple(those)) for letter, those in groupby(ordered, key=_letter)]


def _letter(one: Shown) -> str:
    """What it stands under; those that begin with a digit or another sign stay together."""
    first = wording.by_letters(str(one.label))[0][:1]
    return first.upper() if first.isalpha() else "0–9"


def _shown(visit: Visit, document: Document, matched: str = "", asked: str = "") -> Shown:
    """A thing, with the words that it was found by where its label does not show them and the asker can read them."""
    label = where(visit, document.iri).label(document.iri, visit.language)
    is_figure = document.kind in ("figure", "computed")
    is_plain = set(wording.asked_words(asked)) <= set(wording.asked_words(str(label)))
    return Shown(
        document.iri,
        label,
        amounts.amount(visit.holding, document.iri, visit.language) if is_figure else None,
        "" if is_plain or is_arabic(matched) != is_arabic(asked) or fold(matched) == fold(str(label)) else matched,
    )
