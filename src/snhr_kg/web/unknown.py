"""What to say of an IRI that nothing is known of: the nearest that something is known of, and where to look."""

from __future__ import annotations

import difflib
from bisect import bisect_left
from itertools import takewhile
from typing import Final

from snhr_kg import names
from snhr_kg.errors import UnknownResource
from snhr_kg.holding import Holding
from snhr_kg.site import links, pages

_MOST_COMPARED: Final = 2_000
_MOST_NAMED: Final = 3
_LONGEST: Final = 200


def unknown(holding: Holding, local: str) -> UnknownResource:
    """The error for a local part (decoded, without language or ending) that is no thing's."""
    nearest = nearest_things(holding, local)
    near = " or ".join(f"<{iri}>" for iri in nearest)
    meant = f"; perhaps {near} is meant" if near else ""
    return UnknownResource(
        f"nothing is known of <{names.BASE}{local[:_LONGEST]}>{meant}. "
        "/en/figures.html and /en/search.html lead to all figures, parties and places, /en/graphs.html to all graphs.",
        nearest,
    )


def nearest_things(holding: Holding, local: str) -> list[str]:
    """The IRIs of what is known below the same beginning and is spelt most like this local part."""
    given = local[:_LONGEST].strip("/")
    while given:
        parent, slash, last = given.rpartition("/")
        known = _below(holding, parent + slash)
        close = difflib.get_close_matches(last.lower(), list(known), n=_MOST_NAMED, cutoff=0.6)
        if close:
            return [known[name] for name in close]
        if parent and (above := links.iri_of(parent)) in holding:
            return [above]
        given = parent
    return []


def _below(holding: Holding, start: str) -> dict[str, str]:
    """By what follows the start of their local part, in lower case: the things directly below it."""
    known, begin = holding.subjects_in_order, names.BASE + start
    found: dict[str, str] = {}
    first = bisect_left(known, begin)
    for iri in takewhile(lambda one: one.startswith(begin), known[first : first + _MOST_COMPARED]):
        name = iri.removeprefix(begin)
        if "/" not in name and "#" not in name:
            found[links.local_part(iri).removeprefix(start).lower()] = iri
    if not start:
        found |= {name: names.BASE + name for name in pages.NAMED}
    return found
