"""Questions whose answers are known, put to a store at the start: what it gets wrong is said, not hidden."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final, Protocol

from snhr_kg.engine.question import Answered, Caller, Question
from snhr_kg.errors import BadQuery, StoreDenied, StoreFailed
from snhr_kg.names import BASE, PREFIXES

_JSON: Final = "application/sparql-results+json"
_PREFIXES: Final = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("skos", "snhr", "xsd"))


class Answers(Protocol):
    """What questions can be put to."""

    def answer(self, question: Question, caller: Caller) -> Answered:
        """See `Engine.answer`."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A title that says what is wrong when the ASK query, true on any dataset of ours, is answered with false."""

    title: str
    query: str


PROBES: Final = (
    Probe(
        "rows that a property path with * or + leads to come more than once when it is joined to other patterns",
        "ASK { { SELECT (COUNT(*) AS ?rows) { ?what snhr:place ?place . ?place snhr:insidePlace* ?around } } "
        "{ SELECT (COUNT(*) AS ?once) { SELECT DISTINCT ?what ?place ?around "
        "{ ?what snhr:place ?place . ?place snhr:insidePlace* ?around } } } FILTER(?rows = ?once) }",
    ),
    Probe(
        "a property path with * or + that starts and ends at a variable is not answered",
        "ASK { FILTER NOT EXISTS { ?code skos:broader+ ?above FILTER(?code = ?above) } }",
    ),
    Probe("integers are divided as integers, so that shares lose their decimals", "ASK { FILTER(1 / 2 = 0.5) }"),
    Probe("BNODE() is not known", "ASK { BIND(BNODE() AS ?node) FILTER(isBlank(?node)) }"),
    Probe(
        "a literal is compared by its spelling, not by its value",
        'ASK { FILTER("01"^^xsd:integer = 1 && "1.0"^^xsd:decimal = 1) }',
    ),
    Probe(
        "GRAPH reads graphs that the request does not name",
        'ASK { FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } FILTER(!STRSTARTS(STR(?g), "@graph/")) } }'.replace("@", BASE),
    ),
    Probe("MINUS without a shared variable takes rows away", "ASK { ?s ?p ?o MINUS { ?x snhr:nothing ?y } }"),
    Probe(
        "a triple that stands in two graphs is there twice in the default graph",
        "ASK { { SELECT (COUNT(*) AS ?rows) { ?s ?p ?o } } "
        "{ SELECT (COUNT(*) AS ?once) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } } } FILTER(?rows = ?once) }",
    ),
)
"""All are true of any dataset of ours."""


def wrong_answers(engine: Answers) -> list[str]:
    """The titles of the probes that the engine answers wrongly or not at all; raises when it cannot be asked."""
    engine.answer(Question("ASK {}", _JSON), Caller())
    return [probe.title for probe in PROBES if not _is_right(engine, probe)]


def _is_right(engine: Answers, probe: Probe) -> bool:
    question = Question(_PREFIXES + probe.query, _JSON)
    try:
        return json.loads(engine.answer(question, Caller()).body)["boolean"] is True
    except StoreDenied:
        raise
    except (BadQuery, StoreFailed):
        return False
