"""What the SPARQL page shows of an answer: so many rows of it as a table, as bars, or as the very text that is sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final, TypeAlias, cast

import pyoxigraph as ox

from snhr_kg import names
from snhr_kg.engine.question import Question
from snhr_kg.errors import BadQuery, SnhrKgError
from snhr_kg.guard import query_form
from snhr_kg.questions.rows import RESULTS_JSON
from snhr_kg.site import links
from snhr_kg.site.advice import ADVICE, kind_of
from snhr_kg.site.visit import Visit
from snhr_kg.site.vocabulary import short
from snhr_kg.site.words import gettext as _
from snhr_kg.syntax import Place, place_of

MOST_ROWS: Final = 200
"""So many rows of an answer are shown on the page; the downloads hold all of them."""

MOST_CHARACTERS: Final = 60_000
"""So much of an answer's text is shown."""

_TSV: Final = "text/tab-separated-values"
_TRIPLES: Final = "application/n-triples"
_NUMBERS: Final = frozenset(names.full(f"xsd:{name}") for name in ("integer", "decimal", "double", "float"))
_TRIPLE: Final = ("subject", "predicate", "object")

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Cell:
    """A term of an answer: its words and their language; `iri` where it is one, `known` where we have a name for it."""

    words: str
    language: str = ""
    iri: str = ""
    known: bool = False
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """The first rows of an answer, of how many, and the text of them that is sent; None in a row: nothing is bound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    total: int
    raw: str
    raw_is_cut: bool
    is_graph: bool = False


@dataclass(frozen=True, slots=True)
class Truth:
    """The answer to ASK."""

    value: bool
    raw: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer: what kind of problem, in words, with what to do; and where in the query, if it is there.

    `before`, `wrong` and `after` are the parts of the line that the place is on.
    """

    kind: str
    status: int
    title: str
    advice: str
    detail: str
    place: Place | None
    before: str = ""
    wrong: str = ""
    after: str = ""


Outcome: TypeAlias = Rows | Truth | Refusal


def ask(visit: Visit, query: str) -> Outcome:
    """The answer to a query, or why there is none."""
    try:
        form = query_form(query)
        if form in ("construct", "describe"):
            return _graph(visit, query)
        body = _answer(visit, query, RESULTS_JSON if form == "ask" else _TSV)
    except SnhrKgError as error:
        return _refusal(error, query)
    return _truth(body) if form == "ask" else _rows(visit, body)


def _answer(visit: Visit, query: str, media_type: str) -> bytes:
    return visit.engine.answer(Question(query, media_type), visit.caller).body


def _truth(body: bytes) -> Truth:
    read = json.loads(body)
    return Truth(read["boolean"], json.dumps(read, indent=2))


def _rows(visit: Visit, body: bytes) -> Rows:
    """The first rows of an answer in TSV, where each has a line of its own: no more is read than is shown."""
    head, total = _first_lines(body, MOST_ROWS + 1)
    read = cast(ox.QuerySolutions, ox.parse_query_results(head, format=ox.QueryResultsFormat.TSV))
    columns = tuple(variable.value for variable in read.variables)
    rows = tuple(tuple(_cell(visit, solution[name]) for name in columns) for solution in read)
    raw, is_cut = _shown(body)
    return Rows(columns, rows, total - 1, raw, is_cut)


def _graph(visit: Visit, query: str) -> Rows:
    head, total = _first_lines(_answer(visit, query, _TRIPLES), MOST_ROWS)
    triples = ox.parse(head, format=ox.RdfFormat.N_TRIPLES, lenient=True)
    rows = tuple(tuple(_cell(visit, term) for term in (one.subject, one.predicate, one.object)) for one in triples)
    raw, is_cut = _shown(_answer(visit, query, "text/turtle"))
    return Rows(_TRIPLE, rows, total, raw, is_cut, is_graph=True)


def _first_lines(body: bytes, most: int) -> tuple[bytes, int]:
    """The first lines, and how many there are; the last may lack its end."""
    end = -1
    for _line in range(most):
        end = body.find(b"\n", end + 1)
        if end < 0:
            return body, body.count(b"\n") + (not body.endswith(b"\n") and bool(body))
    return body[: end + 1], body.count(b"\n") + (not body.endswith(b"\n"))


def _shown(body: bytes) -> tuple[str, bool]:
    """The beginning of a text, in whole lines, and whether it is not the whole."""
    if len(body) <= MOST_CHARACTERS:
        return body.decode(), False
    return body[: body.rfind(b"\n", 0, MOST_CHARACTERS) + 1].decode(errors="ignore"), True


def _cell(visit: Visit, term: Term | None) -> Cell | None:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        if links.is_ours(term.value) and term.value in visit.holding:
            label = visit.label(term.value)
            return Cell(label.words, label.language, term.value, known=True)
        return Cell(short(term.value), iri=term.value)
    if isinstance(term, ox.Literal):
        return Cell(term.value, term.language or "", is_number=term.datatype.value in _NUMBERS)
    return Cell(str(term))


def _refusal(error: SnhrKgError, query: str) -> Refusal:
    kind, detail = kind_of(type(error).__name__), str(error)
    title, advice = ADVICE[kind]
    place = place_of(detail, query) if isinstance(error, BadQuery) else None
    parts = ("", "", "")
    if place is not None:
        line = query.split("\n")[place.line - 1]
        parts = line[: place.column - 1], line[place.column - 1 : place.end - 1], line[place.end - 1 :]
    return Refusal(kind, error.http_status, _(title), _(advice), detail, place, *parts)
