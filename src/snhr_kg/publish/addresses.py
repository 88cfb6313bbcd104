"""Which addresses a published site begins with; what their pages lead to comes along by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

import pyoxigraph as ox

from snhr_kg import names
from snhr_kg.engine.question import Caller, Engine, Question
from snhr_kg.holding import Holding
from snhr_kg.site import links
from snhr_kg.site.documents import FORMATS
from snhr_kg.site.pages import NAMED

_ELSEWHERE: Final = f"""SELECT DISTINCT ?thing {{
  GRAPH ?graph {{ ?thing ?predicate ?object }}
  FILTER(STRSTARTS(STR(?graph), "{names.graph("external/")}") && STRSTARTS(STR(?thing), "{names.BASE}"))
}}"""


def own_things(holding: Holding) -> set[str]:
    """The local part of every thing of ours that the own graphs describe."""
    return {links.local_part(iri) for iri in holding.subjects_in_order if links.is_ours(iri)} - {""}


def things_elsewhere(engine: Engine, caller: Caller) -> set[str]:
    """The local part of every thing of ours that a graph of a dataset from elsewhere describes."""
    body = engine.answer(Question(_ELSEWHERE, "application/sparql-results+json"), caller).body
    found = cast(ox.QuerySolutions, ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON))
    return {links.local_part(solution["thing"].value) for solution in found}


def pages_of_names() -> Iterator[str]:
    """The paths of the pages that have a name, in each language."""
    for name in NAMED:
        for language in links.LANGUAGES:
            yield links.page_path(name, language)


def documents_about(local: str) -> Iterator[str]:
    """The paths of the documents about a thing: its page in each language, and its data in each format."""
    if local.startswith("files/"):  # the file itself is at that address
        yield f"/{local}"
    for language in links.LANGUAGES:
        yield links.page_path(local, language)
    for form in FORMATS:
        yield f"/{local}.{form.ending}"
