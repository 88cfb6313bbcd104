"""The page for those who write programs: every address that answers, in which formats, and within which limits."""

from __future__ import annotations

from snhr_kg.serialise import GRAPH_FORMATS, RESULT_FORMATS
from snhr_kg.site.visit import Visit


def api(visit: Visit) -> str:
    """The page."""
    return visit.render(
        "api.html", limits=visit.engine.limits, row_types=tuple(RESULT_FORMATS), graph_types=tuple(GRAPH_FORMATS)
    )
