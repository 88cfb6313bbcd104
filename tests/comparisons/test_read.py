"""The tables of comparisons: what is wrong in them is told with its place and its remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from snhr_kg import names
from snhr_kg.codes.lists import CodeLists
from snhr_kg.comparisons import read_topics
from snhr_kg.comparisons.records import OTHER, REPORT, SNHR, Topic
from snhr_kg.errors import TableError


def test_a_topic_has_its_lines_with_their_reasons(topics: tuple[Topic, ...]) -> None:
    killed = topics[0]
    assert [line.role for line in killed.lines] == [REPORT, SNHR, OTHER, OTHER]
    assert [reason.code for reason in killed.lines[2].reasons] == ["not-independent"]
    assert dict(killed.lines[0].dimensions)[names.term("victimGroup")] == (names.code("victim-group", "civilians"),)


def test_the_code_of_another_source_stands_as_its_iri(tables: Path, codes: CodeLists) -> None:
    path = tables / "lines.csv"
    path.write_text(
        path.read_text().replace("deaths,killing,_T,civilians,,", "deaths killed https://example.org/k,,_T,,,")
    )
    with pytest.raises(TableError, match="'killed' is no code of indicator"):
        read_topics(tables, codes)
    path.write_text(path.read_text().replace("deaths killed https", "deaths https"))
    line = read_topics(tables, codes)[0].lines[-1]
    assert dict(line.dimensions)[names.term("indicator")] == (
        names.code("indicator", "deaths"),
        "https://example.org/k",
    )


@pytest.mark.parametrize(
    ("table", "sound", "broken", "told"),
    [
        ("lines", ",_T,civilians,_T,", ",_T,civilian,_T,", "lines.csv:2: victim_group: 'civilian' is no code"),
        ("lines", "others-ask-snhr,", "others-ask,", "lines.csv:4: reasons: 'others-ask' is no id of reasons.csv"),
        ("lines", "mine-deaths,report", "mines,report", "lines.csv:6: topic: 'mines' is no id of topics.csv"),
        ("lines", "counts,counts,", "others,counts,", "lines.csv:5: id: 'civilians-killed', 'others' is already"),
        ("lines", ",aggregate,", ",sum,", "lines.csv:5: kind: 'sum' is none of figure, external, aggregate"),
        ("reasons", "not-independent,", "dependent,", "reasons.csv:2: code: 'dependent' is no code of comparability"),
        ("reasons", "https://", "at ", "reasons.csv:2: url: "),
        ("topics", "المدنيون القتلى", "", "topics.csv:2: label_ar: is empty"),
    ],
)
def test_a_wrong_cell_is_told_with_its_place(
    tables: Path, codes: CodeLists, table: str, sound: str, broken: str, told: str
) -> None:
    path = tables / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert sound in text
    path.write_text(text.replace(sound, broken, 1), encoding="utf-8")
    with pytest.raises(TableError) as caught:
        read_topics(tables, codes)
    assert told in str(caught.value)


def test_a_missing_table_is_told_with_what_else_is_wrong(tables: Path, codes: CodeLists) -> None:
    (tables / "topics.csv").unlink()
    with pytest.raises(TableError, match=r"topics\.csv:1: file: is missing"):
        read_topics(tables, codes)
