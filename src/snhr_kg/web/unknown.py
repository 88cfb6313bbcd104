"""What to say of an IRI that nothing is known of: the nearest that something is known of, and where to look."""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from snhr_kg import names
from snhr_kg.errors import UnknownResource
from snhr_kg.holding import Holding
from snhr_kg.site import pages

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
    """The IRIs of what is known and spelt most like this local part; each of its parts may be misspelt.

    Where the last part is like none, the thing that the others lead to.
    """
    *parents, last = local[:_LONGEST].strip("/").split("/")
    start = ""
    for part in parents:
        near = _near(part, _below(holding, start), 1)
        if not near:
            return _things(holding, [start])
        start += f"{near[0]}/"
    return _things(holding, [start + name for name in _near(last, _below(holding, start), _MOST_NAMED)] or [start])


def _near(part: str, known: Sequence[str], most: int) -> list[str]:
    if part in known:
        return [part]
    spellings = {name.lower(): name for name in known}
    return [spellings[name] for name in difflib.get_close_matches(part.lower(), spellings, n=most, cutoff=0.6)]


def _things(holding: Holding, locals_: Sequence[str]) -> list[str]:
    iris = [names.BASE + local.rstrip("/") for local in locals_]
    return [iri for iri in iris if iri in holding or iri.removeprefix(names.BASE) in pages.NAMED]


def _below(holding: Holding, start: str) -> list[str]:
    """What may come next in a local part that begins so; after nothing, the names of pages too."""
    known, begin = holding.subjects_in_order, names.BASE + start
    found: dict[str, None] = {}
    at = bisect_left(known, begin)
    while at < len(known) and known[at].startswith(begin) and len(found) < _MOST_COMPARED:
        name, slash, _ = known[at].removeprefix(begin).partition("/")
        found[name.partition("#")[0]] = None
        # What lies below a name comes after it and whatever else begins with it: "0" is the character after "/".
        at = bisect_left(known, f"{begin}{name}0") if slash else at + 1
    return [*found, *(pages.NAMED if not start else ())]
