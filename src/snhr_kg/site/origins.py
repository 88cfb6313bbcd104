"""What kind of graph a statement comes from: stated by a report, inferred, computed by a rule, a link, or elsewhere."""

from __future__ import annotations

from typing import Final

from snhr_kg import names
from snhr_kg.site.words import gettext as _

_ORIGINS: Final = {
    "report": "stated",
    "inferred": "inferred",
    "derived": "computed",
    "links": "linked",
    "checks": "checked",
    "comparisons": "checked",
    "external": "elsewhere",
}
OTHER: Final = "described"
"""The kind of the graphs that say what something means or is made of: ontology, codes and catalogue."""


def origin(graph: str) -> str:
    """The kind of a graph by its IRI, one word that style sheets know it by.

    >>> origin("https://w3id.org/snhr-kg/graph/external/series"), origin("https://w3id.org/snhr-kg/graph/codes")
    ('elsewhere', 'described')
    """
    return _ORIGINS.get(graph.removeprefix(names.graph("")).partition("/")[0], OTHER)


def origin_words(graph: str) -> str:
    """The kind of a graph in words, in the language of the page."""
    return {
        "stated": _("Stated by the report"),
        "inferred": _("Inferred"),
        "computed": _("Computed by a rule"),
        "linked": _("Link to somebody else"),
        "checked": _("Computed: a check or a comparison"),
        "elsewhere": _("Another dataset"),
        OTHER: _("What terms and files are"),
    }[origin(graph)]
