from __future__ import annotations

import re

import pytest

from snhr_kg.errors import QuestionError
from snhr_kg.questions import read_questions
from snhr_kg.questions.fill import fill
from snhr_kg.questions.meanings import PARAMETERS, TOPICS, column
from snhr_kg.questions.read import read_question

QUERY = """# title: Cats
# title-ar: قطط
# description: How many cats.
# parameter: colour colour ?colour — Of the fur.
# parameter: kind stray|pet ?kind
# parameter: town town ?town
# parameter: language en|ar "en"

SELECT ?cat (COUNT(DISTINCT ?kitten) AS ?kittens) WHERE {
  # with colour: ?cat <urn:colour> ?colour .
  # with kind: { SELECT DISTINCT ?cat WHERE { ?cat <urn:kind> ?kind . VALUES } }
  ?cat <urn:town> <urn:aleppo> .  # unless town
  ?cat <urn:name> ?name . FILTER (lang(?name) = "en")
} GROUP BY ?cat
"""


@pytest.fixture
def read(tmp_path):
    def read_text(text):
        path = tmp_path / "cats.rq"
        path.write_text(text, encoding="utf-8")
        return read_question(path)

    return read_text


def test_a_header_tells_titles_description_parameters_and_the_query_its_columns(read):
    question = read(QUERY)
    assert (question.name, question.title, question.title_ar) == ("cats", "Cats", "قطط")
    assert question.columns == ("cat", "kittens")
    assert question.rows
    assert [(p.name, p.type, p.target, p.default) for p in question.parameters] == [
        ("colour", "colour", "?colour", None),
        ("kind", "stray|pet", "?kind", None),
        ("town", "town", "?town", None),
        ("language", "en|ar", '"en"', "en"),
    ]
    assert question.parameters[0].description == "Of the fur."
    assert question.parameters[1].words == ("stray", "pet")


def test_without_values_a_query_is_filled_with_nothing_and_loses_only_its_marks(read):
    filled = fill(read(QUERY), {})
    assert "# with" not in filled
    assert "?cat <urn:town> <urn:aleppo> ." in filled
    assert 'lang(?name) = "en"' in filled


def test_values_go_where_the_marks_are(read):
    filled = fill(
        read(QUERY),
        {"colour": ["urn:black", "urn:white"], "kind": ["stray"], "town": ["urn:homs"], "language": ["ar"]},
    )
    assert "?cat <urn:colour> ?colour . VALUES ?colour { <urn:black> <urn:white> }" in filled
    assert '?cat <urn:kind> ?kind . VALUES ?kind { "stray" } } }' in filled
    assert "  VALUES ?town { <urn:homs> }" in filled
    assert "urn:aleppo" not in filled
    assert 'lang(?name) = "ar"' in filled


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("# parameter: colour colour ?colour", "# parameter: colour ?colour", "cannot be read"),
        ("  # with colour: ?cat <urn:colour> ?colour .\n", "", "has no line"),
        ("# parameter: town town ?town\n", "", "town is not declared"),
        ('"en"\n', '"fr"\n', 'holds no "fr"'),
    ],
)
def test_a_header_that_does_not_fit_its_query_is_refused(read, old, new, words):
    assert old in QUERY
    with pytest.raises(QuestionError, match=words):
        read(QUERY.replace(old, new, 1))


@pytest.mark.parametrize("question", read_questions(), ids=lambda question: question.name)
def test_every_question_has_a_topic_and_a_meaning_for_each_column_and_parameter(question):
    assert question.topic in TOPICS
    assert re.fullmatch("[a-z]+(-[a-z]+)*", question.name)
    assert question.name != "figures"
    for name in question.columns:
        assert column(question.name, name)
    for parameter in question.parameters:
        assert PARAMETERS[parameter.name]
    assert len({parameter.name for parameter in question.parameters}) == len(question.parameters)


def test_words_of_figures_and_questions_are_not_kept_for_what_is_gone():
    used = {parameter.name for question in read_questions() for parameter in question.parameters}
    assert set(PARAMETERS) - used <= {"basis"}
