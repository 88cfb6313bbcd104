"""Every question of `queries/` gives the answer that was read and found right.

After a wanted change, SNHR_KG_REWRITE_EXPECTED=1 writes the answers anew: read them as a diff before you commit them.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from snhr_kg import content
from snhr_kg.store import Store

QUESTIONS = sorted(content.folder("queries").glob("*.rq"))
ANSWERS = Path(__file__).parent / "answers"


def test_there_are_as_many_questions_as_promised() -> None:
    assert len(QUESTIONS) >= 25


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_the_question_has_a_title_in_both_languages_and_a_description(path: Path) -> None:
    header = dict(re.findall(r"^# ([a-z-]+): (\S.*)$", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert {"title", "title-ar", "description", "description-ar"} <= set(header)
    assert re.search("[؀-ۿ]", header["title-ar"])
    assert re.search("[؀-ۿ]", header["description-ar"])


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_the_question_gives_its_answer(path: Path, real_store: Store) -> None:
    answer = real_store.query(path.read_text(encoding="utf-8"))
    if answer.kind == "graph":
        kept = ANSWERS / f"{path.stem}.nt"
        lines = answer.serialize("application/n-triples").decode().splitlines(keepends=True)
        given = "".join(sorted(lines))
    else:
        kept = ANSWERS / f"{path.stem}.csv"
        given = answer.serialize("text/csv").decode().replace("\r\n", "\n")
    if os.environ.get("SNHR_KG_REWRITE_EXPECTED") == "1":
        ANSWERS.mkdir(exist_ok=True)
        kept.write_text(given, encoding="utf-8", newline="\n")
    assert given == kept.read_text(encoding="utf-8")


def test_no_answer_is_kept_without_its_question() -> None:
    assert {path.stem for path in ANSWERS.iterdir()} == {path.stem for path in QUESTIONS}
