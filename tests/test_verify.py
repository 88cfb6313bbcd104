"""Verification proves each figure in its place and each number accounted for, and misses no change."""

from __future__ import annotations

import re
import sys
import textwrap
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from by_hand import codes
from snhr_kg.errors import ReportTextError
from snhr_kg.records import OtherNumber, ReportTables
from snhr_kg.tables.read import read_report
from snhr_kg.text.source import PAGE_BREAK, from_string, read_text
from snhr_kg.text.verify import Verification, format_problem, verify

TINY = Path(__file__).parent / "tiny"
FILE = TINY / "report-1999-09-09.txt"
TEXT = FILE.read_bytes().decode("utf-8")
unhurried = settings(deadline=None)
DIGITS = [match.start() for match in re.finditer(r"\d", TEXT)]


@cache
def tables() -> ReportTables:
    """The invented report's tables."""
    return read_report(TINY / "1999-09-09", codes())


def as_if_its_own(text: str) -> ReportTables:
    """The tables as if they had been written for this text: its hash is theirs."""
    return replace(tables(), report=replace(tables().report, text_sha256=from_string(text).sha256))


def wrapped(width: int, page: int, page_break: str) -> str:
    """The report in short lines on pages with a header and a page number."""
    paragraphs = [textwrap.wrap(line, width) or [""] for line in TEXT.split("\n")]
    lines = [line for paragraph in paragraphs for line in paragraph]
    pages = [lines[at : at + page] for at in range(0, len(lines), page)]
    framed = [["Almanac 1999", *lines, f"Page {at} of {len(pages)}"] for at, lines in enumerate(pages, 1)]
    return page_break.join("\n".join(lines) for lines in framed)


def whats(result: Verification) -> list[str]:
    """What is wrong, without places."""
    return [problem.what for problem in result.problems]


def test_finds_everything_in_the_text_the_tables_were_written_for() -> None:
    result = verify(read_text(FILE), tables())
    assert result.ok
    assert result.same_text
    assert not result.notes()
    mentions, passages = len(tables().mentions), len(tables().passages)
    assert result.summary().startswith(
        f"{mentions} of {mentions} mentions found, {passages} of {passages} passages, {result.numbers.total} of "
    )
    assert result.numbers.total > mentions


@unhurried
@given(st.sampled_from(DIGITS), st.integers(1, 9), st.booleans())
def test_catches_any_single_changed_digit_hash_or_no_hash(at: int, step: int, hash_ignored: bool) -> None:
    text = TEXT[:at] + str((int(TEXT[at]) + step) % 10) + TEXT[at + 1 :]
    result = verify(text, as_if_its_own(text) if hash_ignored else tables())
    assert not result.ok
    line = TEXT.count("\n", 0, at) + 1
    assert {problem.line for problem in result.problems} == {line}
    assert result.same_text is hash_ignored


@unhurried
@given(st.sampled_from(DIGITS), st.sampled_from("0123456789"), st.booleans())
def test_catches_any_digit_put_in_or_left_out(at: int, digit: str, put_in: bool) -> None:
    text = TEXT[:at] + (digit + TEXT[at:] if put_in else TEXT[at + 1 :])
    assert not verify(text, tables()).ok


@pytest.mark.parametrize(
    ("old", "new"),
    [("Two raids", "Ten raids"), ("Scores of", "Dozens of"), ("Half of", "Most of"), ("II.", "III."), ("one of", "a")],
)
def test_catches_changed_words(old: str, new: str) -> None:
    assert not verify(TEXT.replace(old, new, 1), tables()).ok


def test_names_place_expected_and_found() -> None:
    text = TEXT.replace("312 children", "313 children")
    missing, stray = verify(text, tables()).problems
    line = TEXT[: TEXT.index("312 children")].count("\n") + 1
    assert format_problem(missing, "copy.txt") == (
        f"copy.txt:{line}:{missing.column}: mention child-deaths--body is not in its place: "
        "expected “312 children”, found “313 children”"
    )
    assert stray.what == "number not accounted for"
    assert text.split("\n")[stray.line - 1][stray.column - 1 :].startswith("313")


def test_says_that_the_hash_differs_and_goes_on_where_everything_stands_in_place() -> None:
    result = verify(TEXT + "\n", tables())
    assert result.ok
    assert not result.same_text
    assert not result.aligned
    assert tables().report.text_sha256 in result.notes()[0]


@pytest.mark.parametrize(("width", "page", "page_break"), [(40, 30, PAGE_BREAK), (60, 25, "\n"), (30, 50, PAGE_BREAK)])
def test_finds_everything_in_another_extraction(width: int, page: int, page_break: str) -> None:
    result = verify(wrapped(width, page, page_break).replace("'", "’").replace("fl", "ﬂ"), tables())
    assert result.ok, result.problems
    assert result.aligned
    assert any("page headers" in note for note in result.notes())


@unhurried
@given(st.sampled_from([match.start() for match in re.finditer(r"\d", wrapped(40, 30, PAGE_BREAK))]))
def test_catches_a_changed_digit_in_another_extraction(at: int) -> None:
    text = wrapped(40, 30, PAGE_BREAK)
    line = text[: text.find("\n", at)].rsplit("\n", 1)[-1]
    changed = text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]
    in_a_header = line.startswith(("Almanac 1999", PAGE_BREAK)) or re.match(r"Page \d", line) is not None
    assert verify(changed, tables()).ok is in_a_header


def test_leaves_a_number_word_at_a_broken_line_in_doubt() -> None:
    result = verify(TEXT.replace("nobody", "no-\none").replace("forbade", "ten-\nded"), tables())
    assert result.ok, result.problems
    assert result.set_aside == 2


def test_finds_everything_in_a_pdf(tmp_path: Path) -> None:
    pdf = tmp_path / "report.pdf"
    pdf.write_bytes(as_pdf(wrapped(70, 40, PAGE_BREAK).split(PAGE_BREAK)))
    result = verify(read_text(pdf), tables())
    assert result.ok, result.problems
    assert result.headers > 0


def test_catches_a_changed_digit_in_a_pdf(tmp_path: Path) -> None:
    pdf = tmp_path / "report.pdf"
    pdf.write_bytes(as_pdf(wrapped(70, 40, PAGE_BREAK).replace("205 women", "206 women").split(PAGE_BREAK)))
    assert whats(verify(read_text(pdf), tables())) == [
        "mention woman-deaths--body is not in its place",
        "number not accounted for",
    ]


def as_pdf(pages: list[str]) -> bytes:
    """A PDF with a line of text for each line of each page; what Latin-1 lacks is printed as a question mark."""
    count = len(pages)
    kids = " ".join(f"{3 + 2 * at} 0 R" for at in range(count))
    bodies = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>"]
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    for at, page in enumerate(pages):
        lines = [re.sub(r"([\\()])", r"\\\1", line) for line in page.split("\n")]
        content = "BT /F1 10 Tf 12 TL 50 780 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 {font} >> >> "
            f"/Contents {4 + 2 * at} 0 R >>"
        )
        bodies.append(f"<< /Length {len(content.encode('latin-1', 'replace'))} >>\nstream\n{content}\nendstream")
    pdf, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(pdf))
        pdf += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1", "replace")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{len(pdf)}\n%%EOF\n"
    return pdf + f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def test_tells_of_a_number_that_no_row_accounts_for() -> None:
    rows = tuple(row for row in tables().other_numbers if row.id != "one-of-them")
    (problem,) = verify(TEXT, replace(tables(), other_numbers=rows)).problems
    assert (problem.what, problem.found) == ("number not accounted for", "“one”")


def test_tells_of_a_number_that_two_rows_account_for() -> None:
    rows = tables().other_numbers
    twin = replace(rows[0], id="twin")
    result = verify(TEXT, replace(tables(), other_numbers=(*rows, twin)))
    assert set(whats(result)) == {"number accounted for twice"}


def test_tells_of_a_ledger_row_that_holds_no_number_or_part_of_one() -> None:
    def row(start: int, words: str) -> OtherNumber:
        return replace(tables().other_numbers[0], id="odd", start=start, end=start + len(words), quote=words)

    for start, words in ((TEXT.index("harbour"), "harbour"), (TEXT.index("1,212") + 2, "212")):
        result = verify(TEXT, replace(tables(), other_numbers=(*tables().other_numbers, row(start, words))))
        assert "number odd is not what the text has there" in whats(result)


def test_tells_of_a_mention_whose_value_is_not_the_printed_number() -> None:
    first, *others = tables().mentions
    for changed in (
        replace(first, value=Decimal(7)),
        replace(first, value=None, magnitude="dozens"),
        replace(first, printed="7"),
    ):
        result = verify(TEXT, replace(tables(), mentions=(changed, *others)))
        assert f"mention {first.id} " in whats(result)[0]
        assert result.mentions.found == result.mentions.total - 1


def test_takes_the_whole_number_of_a_quote_not_a_part_of_another() -> None:
    words = "1,212 townspeople killed from March 1998 to September 1999, including 312"
    first, *others = tables().mentions
    start = TEXT.index(words)
    for printed, fits in (("312", True), ("212", False), ("31", False)):
        wide = replace(first, start=start, end=start + len(words), quote=words, printed=printed)
        assert verify(TEXT, replace(tables(), mentions=(wide, *others))).ok is fits


def test_shows_where_words_stand_that_are_not_at_their_position() -> None:
    first, *others = tables().mentions
    moved = replace(first, start=first.start + 7, end=first.end + 7)
    problems = verify(TEXT, replace(tables(), mentions=(moved, *others))).problems
    assert f"the words stand at start {first.start}, end {first.end}" in problems[-1].found


@unhurried
@given(st.text(max_size=80))
def test_never_raises_whatever_the_text(text: str) -> None:
    assert not verify(text, tables()).ok


def test_refuses_what_is_no_text(tmp_path: Path) -> None:
    cases = {
        "missing.txt": (None, "cannot be read"),
        "empty.txt": (b" \n", "there is no text in it"),
        "latin.txt": ("ok\ncafé".encode("latin-1"), ":2: not UTF-8 (byte 0xe9)"),
        "broken.pdf": (b"%PDF-1.4 nothing", "not a PDF that can be read"),
        "blank.pdf": (as_pdf([""]), "pictures of pages"),
    }
    for name, (content, message) in cases.items():
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(ReportTextError, match=re.escape(message)):
            read_text(tmp_path / name)


def test_names_the_extra_that_a_pdf_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report.pdf").write_bytes(as_pdf(["Lamps"]))
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(ReportTextError, match=re.escape("install snhr-kg[pdf]")):
        read_text(tmp_path / "report.pdf")


def test_reads_lines_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_bytes(b"one\r\ntwo\n")
    assert read_text(tmp_path / "report.txt").text == "one\r\ntwo\n"
