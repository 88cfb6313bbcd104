"""The numbers that a check compares: their words, what these leave open, and where they stand in the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from snhr_kg.site.amounts import Quantity, amount, quantity, span
from snhr_kg.site.formats import plain_number
from snhr_kg.site.report_places import Place, places
from snhr_kg.site.visit import Visit
from snhr_kg.site.words import gettext as _
from snhr_kg.site.words import translations


@dataclass(frozen=True, slots=True)
class Side:
    """One number that a check compares: what it is called, where it leads, its words, and what these leave open.

    `role` is the name of the place of the text or of what the number is in the sum; empty where its label says it.
    """

    iri: str
    role: str
    amount: str
    leaves: str
    place: Place | None


def side_of(visit: Visit, iri: str, role: str) -> Side:
    """The side of a check that a figure or a mention is."""
    place = places(visit.holding).by_iri.get(iri)
    return Side(iri, role, amount_words(visit, iri), leaves_open(visit, iri), place)


def leaves_open(visit: Visit, iri: str) -> str:
    """What a number's wording leaves open, in words; empty where it is one number and no other."""
    said = quantity_of(visit, iri)
    if said.lower is not None and said.lower == said.upper:
        return ""
    if visit.holding.value(iri, "snhr:lowerBoundIncluded") == "false":
        above = translations(visit.language).ugettext("more than %(amount)s") % {"amount": plain(said.lower)}
        return (
            above
            if said.upper is None
            else _("%(above)s, up to %(upper)s") % {"above": above, "upper": plain(said.upper)}
        )
    return span(said.lower, said.upper, visit.language)


def largest_first(visit: Visit, iris: Iterable[str]) -> list[str]:
    """Observations in order of their values; those without one come last."""
    return sorted(iris, key=lambda iri: (-(quantity_of(visit, iri).value or Decimal(0)), iri))


def quantity_of(visit: Visit, iri: str) -> Quantity:
    """What an observation or a mention says of how many."""
    return quantity(visit.holding, iri, visit.language)


def amount_words(visit: Visit, iri: str) -> str:
    """The same in words, in the language of the page."""
    return amount(visit.holding, iri, visit.language).words


def plain(number: Decimal | None) -> str:
    """A number as text, empty where there is none."""
    return "" if number is None else plain_number(number)
