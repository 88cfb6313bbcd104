"""What a figure means and does not mean, in plain words: its qualifier, its interval, its basis, what it is part of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from snhr_kg import names
from snhr_kg.holding import Text
from snhr_kg.site.amounts import Quantity, quantity, span
from snhr_kg.site.formats import plain_number
from snhr_kg.site.rows import Row, Table
from snhr_kg.site.visit import Visit
from snhr_kg.site.words import gettext as _

_QUALIFIED: Final[dict[str, Callable[[], str]]] = {
    "at-least": lambda: _(
        "“At least”: this is the lowest number that the wording allows; the true number may be higher. "
        "It sets no upper limit."
    ),
    "more-than": lambda: _("“More than”: the true number lies above this one. The wording sets no upper limit."),
    "nearly": lambda: _(
        "“Nearly”: close to this number, and rather below it. "
        "The rule of this dataset reads it as %(bounds)s; the report gives no range."
    ),
    "approximately": lambda: _(
        "“Approximately”: somewhat below or above this number. "
        "The rule of this dataset reads it as %(bounds)s; the report gives no range."
    ),
    "best-estimate": lambda: _("The source's own best estimate; it gives %(bounds)s as the range."),
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a figure means: `number` on how exact it is, `time` on stock or flow, texts of the graph with languages.

    `totals` are the nearest figures that already hold it, `parts` the nearest that it already holds.
    """

    indicator: str
    counts: Text | None
    number: str
    time: str
    caveats: tuple[Text, ...]
    coding: tuple[Text, ...]
    basis: str
    basis_means: Text | None
    share_of: str | None
    totals: tuple[str, ...]
    parts: tuple[str, ...]


def meaning(visit: Visit, whole: Table, row: Row) -> Meaning:
    """What the figure of a row means."""
    held = visit.holding
    indicator, basis = (held.value(row.iri, f"snhr:{name}") or "" for name in ("indicator", "basis"))
    return Meaning(
        indicator=indicator,
        counts=visit.text(indicator, "skos:definition"),
        number=exactness(quantity(held, row.iri, visit.language), visit.language),
        time=_time(visit, row.iri, indicator),
        caveats=tuple(held.texts(row.iri, "snhr:caveat", visit.language)),
        coding=tuple(held.texts(row.iri, "snhr:codingNote", visit.language)),
        basis=basis,
        basis_means=visit.text(basis, "skos:definition"),
        share_of=held.value(row.iri, "snhr:shareOf"),
        totals=tuple(_totals(whole, row)),
        parts=tuple(_parts(whole, row)),
    )


def exactness(said: Quantity, language: str) -> str:
    """What a qualifier and the rounding of a number leave open, in a sentence."""
    bounds = {"bounds": span(said.lower, said.upper, language)}
    if said.value is None:
        return _vague(said, bounds)
    if said.qualifier == "more-than" and said.upper is not None:
        return _("“More than”: the true share lies above this one.")
    if said.qualifier in _QUALIFIED:
        return _QUALIFIED[said.qualifier]() % bounds
    if said.lower is None and said.upper is None:
        return _("No bounds can be given: one “at least” taken from another limits the truth on neither side.")
    if said.qualifier == "computed":
        return _computed(said)
    if said.lower == said.upper:
        return _("The number stands without any qualifying word and in full: it is meant as it is printed.")
    return _(
        "The number is rounded. "
        "The rule of this dataset reads it as anything from %(lower)s to %(upper)s; the report gives no range."
    ) % {
        "lower": plain_number(said.lower or 0),
        "upper": plain_number(said.upper or 0),
    }


def _computed(said: Quantity) -> str:
    if said.upper is None:
        return _("Computed from a number that is “at least”: the true number may be higher.")
    if said.lower == said.upper:
        return _("Computed from numbers that have no margin, so it has none either.")
    return _("Computed from numbers that have margins, and so has margins of its own.")


def _vague(said: Quantity, bounds: dict[str, str]) -> str:
    if said.magnitude:
        filled = {**bounds, "word": said.magnitude}
        return (
            _(
                "A word and not a number. "
                "The rule of this dataset reads “%(word)s” as %(bounds)s; the report gives neither bounds nor a value."
            )
            % filled
        )
    return _("Only bounds can be given: %(bounds)s. No value in between is made up.") % bounds


def _time(visit: Visit, iri: str, indicator: str) -> str:
    nature = visit.holding.value(iri, "snhr:temporalNature") or visit.holding.value(indicator, "snhr:temporalNature")
    if nature is None:
        return ""
    if names.notation(nature) == "stock":
        return _("A stock: how many were so at the end of the period. Stocks of different days are never added up.")
    return _("A flow: everything that happened over the whole period.")


def _totals(whole: Table, row: Row) -> list[str]:
    """The figures that hold this one and that no other stated one of them lies in, stated ones first."""
    above = sorted((whole.rows[iri] for iri in row.totals), key=lambda one: (one.computed, one.position, one.iri))
    beyond = {far for one in above if not one.computed for far in one.totals}
    return [one.iri for one in above if one.iri not in beyond]


def _parts(whole: Table, row: Row) -> list[str]:
    """The figures that this one holds and that no other stated part of it holds, stated ones first."""
    below = sorted((one for one in whole.rows.values() if row.iri in one.totals), key=lambda one: one.computed)
    stated = [one.iri for one in below if not one.computed]
    return [one.iri for one in below if one.totals.isdisjoint(stated)]
