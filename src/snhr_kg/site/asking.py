"""What pages ask the engine for, once for each version of the graph: what the questions about figures know."""

from __future__ import annotations

from typing import Final

from snhr_kg.engine.question import Question
from snhr_kg.questions.known import Known, read_known
from snhr_kg.questions.rows import RESULTS_JSON, Value, read_rows
from snhr_kg.reconciliation.entities import Entity, read_entities
from snhr_kg.reconciliation.spellings import shipped_spellings
from snhr_kg.site.once import Once
from snhr_kg.site.visit import Visit

_KNOWN: Final[Once[Known]] = Once()
_ENTITIES: Final[Once[dict[str, Entity]]] = Once()


def select(visit: Visit, text: str) -> list[dict[str, Value]]:
    """The rows of a SELECT over the default graph; raises what `Engine.answer` does."""
    return read_rows(visit.engine.answer(Question(text, RESULTS_JSON), visit.caller).body).values()


def known(visit: Visit) -> Known:
    """The codes, sections and reports that parameters are checked against."""
    return _KNOWN.get(visit.holding, lambda: read_known(lambda text: select(visit, text)))


def entities(visit: Visit) -> dict[str, Entity]:
    """The codes that people name in many ways, with all the names that are known of them, by IRI."""
    return _ENTITIES.get(visit.holding, lambda: read_entities(lambda text: select(visit, text), shipped_spellings()))
