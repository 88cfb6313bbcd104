"""The figures, to be narrowed by what they are about; parts stand beneath their totals, and nothing is added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from snhr_kg.site import amounts
from snhr_kg.site.asking import known
from snhr_kg.site.facets import facets
from snhr_kg.site.rows import Row, Table, table
from snhr_kg.site.selection import SORTS, Selection, chosen, read_selection
from snhr_kg.site.visit import Visit
from snhr_kg.site.words import gettext as _

PER_PAGE: Final = 25

_TOLD: Final = ("perpetrator", "place", "period")
"""What a list tells of each figure beside its name, which mostly says what and who is counted."""

_FACETS: Final[dict[str, Callable[[], str]]] = {
    "indicator": lambda: _("What is counted"),
    "violation_type": lambda: _("Violation"),
    "perpetrator": lambda: _("Party held responsible"),
    "victim_group": lambda: _("Victims"),
    "weapon": lambda: _("Weapon"),
    "place": lambda: _("Place"),
    "period": lambda: _("Period"),
    "basis": lambda: _("Documented or estimated"),
    "qualifier": lambda: _("How exact"),
    "unit": lambda: _("Unit"),
    "report": lambda: _("Report"),
    "section": lambda: _("Section of the report"),
}
_SORTED_BY: Final[dict[str, Callable[[], str]]] = {
    "report": lambda: _("Order of the report"),
    "-value": lambda: _("Largest first"),
    "value": lambda: _("Smallest first"),
    "label": lambda: _("Name"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure as it is listed: the parts of it that are listed with it, and the totals that it is part of.

    `elsewhere` are nearest totals that do not stand right above it; `whole` tells whether parts of it are chosen too.
    """

    iri: str
    amount: amounts.Amount
    computed: bool
    whole: bool
    elsewhere: tuple[str, ...]
    parts: tuple[Entry, ...]
    about: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the figures that fit: how many there are, of them how many stand in a total that fits as well."""

    total: int
    in_totals: int
    stated: int
    page: int
    pages: int
    first: int
    entries: tuple[Entry, ...]


def figures(visit: Visit) -> str:
    """The page of all figures, or of those that the parameters choose.

    Raises `BadParameter` and `UnknownCode` for parameters that choose nothing there is.
    """
    whole = table(visit)
    selection = Selection(derived="include") if visit.publishing else read_selection(visit.arguments, known(visit))
    rows = chosen(whole, selection, visit.language)
    return visit.render(
        "figures.html",
        selection=selection,
        facets=facets(visit, whole, selection),
        listing=listing(visit, whole, rows, 0 if visit.publishing else selection.page),
        names={name: said() for name, said in _FACETS.items()},
        sorts={name: _SORTED_BY[name]() for name in SORTS},
    )


def listing(visit: Visit, whole: Table, rows: Sequence[Row], page: int) -> Listing:
    """A page of the rows (0: all of them), each part below the nearest of its totals that is among them."""
    places = {row.iri: number for number, row in enumerate(rows)}
    above = {row.iri: _nearest(whole, row, places) for row in rows}
    ordered = _parts_after_totals(rows, above)
    pages = max(1, -(-len(rows) // PER_PAGE))
    page = min(page, pages)
    start = (page - 1) * PER_PAGE if page else 0
    shown = ordered[start : start + PER_PAGE] if page else ordered
    return Listing(
        total=len(rows),
        in_totals=sum(1 for row in rows if not row.totals.isdisjoint(places)),
        stated=sum(1 for row in rows if not row.computed),
        page=page or 1,
        pages=pages if page else 1,
        first=start + 1,
        entries=_nested(visit, whole, shown, above),
    )


def _nearest_totals(whole: Table, row: Row, among: Iterable[str]) -> list[str]:
    """The totals among these that hold a figure and that no other of them is part of, in the order of the report."""
    totals = row.totals.intersection(among)
    beyond = {far for near in totals for far in whole.rows[near].totals}
    return sorted(totals - beyond, key=lambda iri: whole.rows[iri].position)


def _nearest(whole: Table, row: Row, among: Mapping[str, int]) -> str | None:
    """Of the totals listed, the nearest; what rules computed stands apart and so below nothing that is stated."""
    alike = (iri for iri in among if whole.rows[iri].computed == row.computed)
    return next(iter(_nearest_totals(whole, row, alike)), None)


def _parts_after_totals(rows: Sequence[Row], above: Mapping[str, str | None]) -> list[Row]:
    below: dict[str | None, list[Row]] = {}
    for row in rows:
        below.setdefault(above[row.iri], []).append(row)
    ordered: list[Row] = []

    def walk(parent: str | None) -> None:
        for row in below.get(parent, ()):
            ordered.append(row)
            walk(row.iri)

    walk(None)
    return ordered


def _nested(visit: Visit, whole: Table, shown: Sequence[Row], above: Mapping[str, str | None]) -> tuple[Entry, ...]:
    """The rows of a page as a tree; a part whose total is on the page before stands for itself, and says so."""
    here = {row.iri for row in shown}
    stated = [iri for iri, row in whole.rows.items() if not row.computed]
    wholes = set(above.values())
    below: dict[str | None, list[Row]] = {}
    for row in shown:
        parent = above[row.iri]
        below.setdefault(parent if parent in here else None, []).append(row)

    def entry(row: Row, parent: str | None) -> Entry:
        totals = _nearest_totals(whole, row, whole.rows if row.computed else stated)
        return Entry(
            iri=row.iri,
            amount=amounts.amount(visit.holding, row.iri, visit.language),
            computed=row.computed,
            whole=row.iri in wholes,
            elsewhere=tuple(one for one in totals if one != parent),
            parts=tuple(entry(part, row.iri) for part in below.get(row.iri, ())),
            about=tuple((name, code) for name in _TOLD for code in sorted(row.codes[name])),
        )

    return tuple(entry(row, None) for row in below.get(None, ()))
