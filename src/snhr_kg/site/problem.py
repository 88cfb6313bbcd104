"""The page about a kind of problem: its IRI is the type of every such problem document (RFC 9457, 3.1.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from snhr_kg.site.advice import ADVICE
from snhr_kg.site.visit import Visit
from snhr_kg.site.words import gettext as _

_FOLDER: Final = "problem/"


def problem(visit: Visit) -> str:
    """The page about the kind of problem that its address names."""
    kind = visit.local.removeprefix(_FOLDER)
    title, advice = ADVICE[kind]
    return visit.render("problem.html", kind=kind, status=None, title=_(title), advice=_(advice), detail="")


def problem_pages() -> Mapping[str, Callable[[Visit], str]]:
    """The pages of all kinds, by the local part of their address."""
    return {f"{_FOLDER}{kind}": problem for kind in ADVICE}
