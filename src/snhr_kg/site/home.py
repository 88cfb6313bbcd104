"""The first page: what this is, its headline figures, a search, six questions and the downloads."""

from __future__ import annotations

from snhr_kg.site.visit import Visit


def home(visit: Visit) -> str:
    """The first page."""
    return visit.render("home.html")
