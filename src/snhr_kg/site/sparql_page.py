"""The page where queries are written and run: a query is an address, and an answer a table, bars or plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from snhr_kg import names
from snhr_kg.errors import UnknownResource
from snhr_kg.guard import is_deterministic
from snhr_kg.questions.fill import fill
from snhr_kg.questions.meanings import TOPICS
from snhr_kg.questions.nearest import nearest
from snhr_kg.questions.read import NamedQuery, read_questions
from snhr_kg.serialise import FORMAT_NAMES, GRAPH_FORMATS, RESULT_FORMATS
from snhr_kg.site.sparql_chart import Chart, chart_of
from snhr_kg.site.sparql_results import Outcome, Refusal, Rows, Truth, ask
from snhr_kg.site.visit import Visit
from snhr_kg.site.words import gettext as _

VIEWS: Final = ("table", "chart", "raw")

_EXAMPLE: Final = """PREFIX snhr: <{snhr}>
PREFIX rdfs: <{rdfs}>

SELECT ?label ?value ?figure {{
  ?figure a snhr:Figure ; rdfs:label ?label ; snhr:value ?value .
  FILTER (LANG(?label) = "{language}")
}}
ORDER BY DESC(?value)
LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """The page as it is sent: its HTML, its status, and whether it is the same for as long as the graph is."""

    html: str
    status: int
    is_steady: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an address or a form asks: a query to run (none: nothing), the question that it is, and how to show it."""

    query: str
    question: NamedQuery | None
    view: str
    value: str
    is_run: bool


def sparql(visit: Visit) -> str:
    """The page by its name, as all pages with one are listed; `show` says with which status it is to be answered."""
    return show(visit).html


def show(visit: Visit, method: str = "get") -> Shown:
    """The page and, with a query, its answer.

    `method` is that of the request, and of those that the page's own forms then make. Raises `UnknownResource`, naming
    the nearest, for a question that there is none of.
    """
    asked = _read(visit)
    outcome = ask(visit, asked.query) if asked.is_run and not visit.publishing else None
    html = visit.render(
        "sparql.html",
        asked=asked,
        method=method,
        outcome=outcome,
        kind=type(outcome).__name__,
        chart=_chart(asked, outcome),
        formats=_formats(outcome),
        views=VIEWS if isinstance(outcome, Rows) and not outcome.is_graph else ("table", "raw"),
        topics=topics(visit.language),
        limits=visit.engine.limits,
        words=_words(),
    )
    status = outcome.status if isinstance(outcome, Refusal) else 200
    return Shown(html, status, outcome is None or (status == 200 and is_deterministic(asked.query)))


def topics(language: str) -> list[tuple[str, str, list[NamedQuery]]]:
    """The topics in order: name, words in the language, and questions."""
    at = 1 if language == "ar" else 0
    questions = read_questions()
    return [(topic, words[at], [one for one in questions if one.topic == topic]) for topic, words in TOPICS.items()]


def text_of(question: NamedQuery, language: str) -> str:
    """The query of a question, asking for labels in this language where it can."""
    takes = any(parameter.name == "language" and language in parameter.words for parameter in question.parameters)
    return fill(question, {"language": (language,)} if takes else {}).strip() + "\n"


def _read(visit: Visit) -> _Asked:
    arguments = visit.arguments
    view = arguments.get("view", "")
    query = arguments.get("query", "").replace("\r\n", "\n").removeprefix("\ufeff")
    question = None
    if not query.strip() and (name := arguments.get("question", "")):
        question = _named(name)
        query = text_of(question, visit.language)
    is_run = bool(query.strip())
    example = _EXAMPLE.format(snhr=names.SNHR, rdfs=names.PREFIXES["rdfs"], language=visit.language)
    shown_as = view if view in VIEWS else VIEWS[0]
    return _Asked(query if is_run else example, question, shown_as, arguments.get("value", ""), is_run)


def _named(name: str) -> NamedQuery:
    questions = {question.name: question for question in read_questions()}
    if name not in questions:
        hint = nearest(name, questions, most=3)
        raise UnknownResource(f"there is no question {name[:100]!r}{hint}; /en/questions.html lists them")
    return questions[name]


def _chart(asked: _Asked, outcome: Outcome | None) -> Chart | None:
    return chart_of(outcome, asked.value) if isinstance(outcome, Rows) and asked.view == "chart" else None


def _formats(outcome: Outcome | None) -> list[tuple[str, str]]:
    """Names and media types of the formats that an answer can be taken away in."""
    by_type = {media_type: name for name, media_type in FORMAT_NAMES.items()}
    if isinstance(outcome, Truth):
        return [(by_type[one], one) for one in list(RESULT_FORMATS)[:2]]  # the others have no word for a truth value
    if isinstance(outcome, Rows):
        return [(by_type[one], one) for one in (GRAPH_FORMATS if outcome.is_graph else RESULT_FORMATS)]
    return []


def _words() -> dict[str, object]:
    """What the editor says, in the language of the page, and the prefixes that it knows."""
    phrases = {
        "Completions": _("Completions"),
        "Diagnostics": _("What is wrong"),
        "No diagnostics": _("Nothing is wrong"),
        "Control character": _("Control character"),
        "Selection deleted": _("Selection deleted"),
        "close": _("Close"),
    }
    return {
        "name": _("Query"),
        "phrases": phrases,
        "running": _("The query is running."),
        "stopped": _("The query was stopped."),
        "unreachable": _("The server cannot be reached."),
        "keyword": _("keyword"),
        "variable": _("variable"),
        "prefix": _("prefix"),
        "prefixes": names.PREFIXES,
    }
