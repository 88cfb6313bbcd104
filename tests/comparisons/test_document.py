"""docs/comparing.md: its table of topics says what the questions of the graph answer, and every topic is in it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "comparing.md").read_text(encoding="utf-8")
REPORT = "SNHR, report of 15 March 2020"


def read(path: str) -> list[dict[str, str]]:
    with (ROOT / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TOPICS = read("data/comparisons/topics.csv")
LINES = read("data/comparisons/lines.csv")
ANSWER = {row["comparison"]: row for row in read("tests/content/answers/comparisons-with-reasons.csv")}
"""One row for each comparison, of those that the question gives for its reasons: an answer of the real graph."""


def table() -> Iterator[str]:
    """The table of topics: how many comparisons, what the report says, and what stands beside it."""
    for topic in TOPICS:
        rows = [
            row for row in ANSWER.values() if row["comparison"].split("/comparison/")[1].startswith(f"{topic['id']}/")
        ]
        names = sorted({line["label_en"] for line in LINES if line["topic"] == topic["id"]}, key=len, reverse=True)
        ours = [row for row in rows if row["label"].split(": ", 1)[1].startswith(REPORT)]
        said = sorted({amount(row["left"]) for row in ours})
        beside = [f"{right(row, names)} {amount(row['right'])}" for row in ours]
        if not ours:
            beside = [f"SNHR {amount(row['left'])}: {right(row, names)} {amount(row['right'])}" for row in rows]
        cells = (f"`{topic['id']}`", str(len(rows)), " ".join(said), "; ".join(beside))
        yield f"| {' | '.join(cells)} |".replace("  ", " ")


def right(row: dict[str, str], names: list[str]) -> str:
    other = row["label"].split(" against ", 1)[1]
    return next(name for name in names if other.startswith(name))


def amount(cell: str) -> str:
    return f"{int(cell):,}" if cell else "bounds"


def test_the_table_says_what_was_found() -> None:
    assert [line for line in DOCUMENT.splitlines() if line.startswith("| `")] == list(table())


def test_the_numbers_of_the_text_are_those_of_the_tables() -> None:
    (told,) = re.findall(r"(\d+) topics, (\d+) lines of them, and (\d+) comparisons", DOCUMENT)
    assert told == (str(len(TOPICS)), str(len(LINES)), str(len(ANSWER)))


def test_every_query_that_it_names_is_there() -> None:
    named = set(re.findall(r"`([a-z0-9-]+)\.rq`", DOCUMENT))
    assert len(named) >= 12
    assert named <= {path.stem for path in (ROOT / "queries").glob("*.rq")}


def test_the_question_takes_every_topic() -> None:
    header = (ROOT / "queries" / "comparisons-with-reasons.rq").read_text(encoding="utf-8")
    (words,) = re.findall(r"^# parameter: topic (\S+) ", header, re.MULTILINE)
    assert words.split("|") == [topic["id"] for topic in TOPICS]


def test_every_stated_reason_is_given_for_some_line_and_says_where_it_was_read() -> None:
    reasons = read("data/comparisons/reasons.csv")
    assert {reason["id"] for reason in reasons} == {id for line in LINES for id in line["reasons"].split()}
    assert all(reason["source"] for reason in reasons)
