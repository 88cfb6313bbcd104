"""The page of the named questions: what each asks and takes, the text of its query, and how it is run."""

from __future__ import annotations

from dataclasses import dataclass

from snhr_kg import names
from snhr_kg.questions.given import FIGURE_TYPES
from snhr_kg.questions.meanings import PARAMETERS
from snhr_kg.questions.read import NamedQuery, Parameter
from snhr_kg.site.sparql_page import text_of, topics
from snhr_kg.site.steady import steady
from snhr_kg.site.visit import Visit


@dataclass(frozen=True, slots=True)
class Taken:
    """A parameter: what it narrows, its words where it takes words, and the code list or kind of thing it takes."""

    name: str
    meaning: str
    words: tuple[str, ...]
    code_list: str
    """The IRI of the code list; empty where the values are of none."""
    is_figure: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """A question with all that the page says of it."""

    question: NamedQuery
    parameters: tuple[Taken, ...]
    text: str
    language: str | None
    """The language to ask for, where that is not the question's own."""


@steady
def questions(visit: Visit) -> str:
    """The page of all of them by topic."""
    found = [
        (topic, words, [_explained(visit, question) for question in listed])
        for topic, words, listed in topics(visit.language)
    ]
    return visit.render("questions.html", topics=found, count=sum(len(listed) for _, _, listed in found))


def _explained(visit: Visit, question: NamedQuery) -> Explained:
    taken = tuple(_taken(visit, parameter) for parameter in question.parameters)
    is_foreign = any(one.name == "language" and one.default != visit.language for one in question.parameters)
    return Explained(question, taken, text_of(question, visit.language), visit.language if is_foreign else None)


def _taken(visit: Visit, parameter: Parameter) -> Taken:
    english, arabic = PARAMETERS[parameter.name]
    scheme = "" if parameter.words else names.scheme(parameter.type)
    return Taken(
        parameter.name,
        arabic if visit.language == "ar" else parameter.description or english,
        parameter.words,
        scheme if scheme and scheme in visit.holding else "",
        parameter.type in FIGURE_TYPES,
    )
