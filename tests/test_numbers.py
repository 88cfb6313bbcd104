"""The tokenizer finds every number, whatever the text, and reads it right."""

from __future__ import annotations

import csv
import json
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snhr_kg.content import folder
from snhr_kg.text.numbers import LEXICON_FILE, NumberToken, find_numbers, lexicon

unhurried = settings(deadline=None)
UNITS: list[str] = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen",
)
TENS: list[str] = re.findall(r"\w+", "zero ten twenty thirty forty fifty sixty seventy eighty ninety")
ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"}


def in_words(number: int, joiner: str = " and ", hyphen: str = "-") -> str:
    """A number below a thousand million, written out."""
    for scale, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            head = f"{in_words(number // scale, joiner, hyphen)} {name}"
            rest = number % scale
            link = joiner if rest and rest < 100 else " "
            return head + (link + in_words(rest, joiner, hyphen) if rest else "")
    if number < 20:
        return UNITS[number]
    return TENS[number // 10] + (hyphen + UNITS[number % 10] if number % 10 else "")


def as_ordinal(words: str) -> str:
    """The written-out number as a rank."""
    last: str = re.split(r"\W", words)[-1]
    head = words.removesuffix(last)
    if last in ORDINALS:
        return head + ORDINALS[last]
    return head + (last[:-1] + "ieth" if last.endswith("y") else last[:-2] + "fth" if last == "twelve" else last + "th")


def only(text: str) -> NumberToken:
    """The one number of a text."""
    tokens = find_numbers(text)
    assert len(tokens) == 1, tokens
    return tokens[0]


@pytest.mark.parametrize(
    ("text", "words", "kind", "value", "magnitude"),
    [
        ("some 14,391 lamps", "14,391", "cardinal", "14391", None),
        ("28316 lamps", "28316", "cardinal", "28316", None),
        ("91.36 percent", "91.36", "cardinal", "91.36", None),
        ("1'000'000 lamps", "1'000'000", "cardinal", "1000000", None),
        ("٢٢٦٬٢٤٧", "٢٢٦٬٢٤٧", "cardinal", "226247", None),
        ("٩١٫٣٦", "٩١٫٣٦", "cardinal", "91.36", None),
        ("15.2 Million lamps", "15.2 Million", "cardinal", "15200000", None),
        ("Nine million lamps", "Nine million", "cardinal", "9000000", None),
        ("more than a Quarter of a Million lamps", "a Quarter of a Million", "cardinal", "250000", None),
        ("half a million lamps", "half a million", "cardinal", "500000", None),
        ("two and a half million lamps", "two and a half million", "cardinal", "2500000", None),
        ("more than a million lamps", "a million", "cardinal", "1000000", None),
        ("three quarters of a million", "three quarters of a million", "cardinal", "750000", None),
        ("two dozen lamps", "two dozen", "cardinal", "24", None),
        ("half a dozen", "half a dozen", "cardinal", "6", None),
        ("both lamps", "both", "cardinal", "2", None),
        ("twice", "twice", "cardinal", "2", None),
        ("no one came", "one", "cardinal", "1", None),
        ("half of the lamps", "half", "fraction", "0.5", "half"),
        ("two-thirds of them", "two-thirds", "fraction", "0.6666666666666666666666666667", None),
        ("a third of them", "a third", "fraction", "0.3333333333333333333333333333", None),
        ("a lamp and ½", "½", "fraction", "0.5", None),
        ("hundreds of thousands of lamps", "hundreds of thousands", "magnitude", None, "hundreds-of-thousands"),
        ("tens of thousands", "tens of thousands", "magnitude", None, "tens-of-thousands"),
        ("Scores of lamps", "Scores", "magnitude", None, "scores"),
        ("several thousand lamps", "thousand", "magnitude", None, "thousands"),
        ("the third lamp", "third", "ordinal", "3", None),
        ("the 9th Anniversary", "9th", "ordinal", "9", None),
        ("the twenty-first lamp", "twenty-first", "ordinal", "21", None),
        ("II. Lamps", "II", "roman", "2", None),
        ("as I said\nI. Lamps", "I", "roman", "1", None),
        ("as I said\nIX\nas I said", "IX", "roman", "9", None),
        ("COVID-19", "19", "embedded", "19", None),
        ("www.sn4hr.org", "4", "embedded", "4", None),
        ("mid-2012", "2012", "cardinal", "2012", None),
    ],
)
def test_reads(text: str, words: str, kind: str, value: str | None, magnitude: str | None) -> None:
    token = only(text)
    assert (token.text, token.kind, token.magnitude) == (words, kind, magnitude)
    assert token.value == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("September 27, 2013", ["27", "2013"]),
        ("27/09/2013", ["27", "09", "2013"]),
        ("1.2.3", ["1", "2", "3"]),
        ("5,000-9,000", ["5,000", "9,000"]),
        ("nineteen eighty-four", ["nineteen", "eighty-four"]),
        ("two thousand, three hundred", ["two thousand", "three hundred"]),
        ("twenty\n\none", ["twenty", "one"]),
        ("2017, 2018 and 2019", ["2017", "2018", "2019"]),
        ("someone anyone tension often twofold secondary I am", []),
    ],
)
def test_keeps_apart_what_are_several_numbers(text: str, words: list[str]) -> None:
    assert [token.text for token in find_numbers(text)] == words


@unhurried
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("0123456789,.-' \n\fIVX½²")), max_size=200))
def test_any_text_gives_tokens_in_order_without_overlap(text: str) -> None:
    end = 0
    for token in find_numbers(text):
        assert end <= token.start < token.end
        assert text[token.start : token.end] == token.text
        assert (token.value is None) == (token.kind == "magnitude")
        end = token.end


@unhurried
@given(st.lists(st.sampled_from([*sorted(lexicon()), "7", "1,000", "3.5", "lamps"]), max_size=30), st.data())
def test_any_row_of_number_words_is_read_without_loss(words: list[str], data: st.DataObject) -> None:
    text = "".join(word + data.draw(st.sampled_from([" ", "-", "\n", ", ", ""])) for word in words)
    covered = {at for token in find_numbers(text) for at in range(token.start, token.end)}
    for digits in re.finditer(r"\d", text):
        assert digits.start() in covered


@unhurried
@given(st.integers(0, 999_999_999))
def test_a_number_in_digits_has_its_value(number: int) -> None:
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    for digits in (f"{number}", f"{number:,}", str(number).translate(arabic)):
        assert only(f"of {digits} lamps").text == digits
        assert only(f"of {digits} lamps").value == number


@unhurried
@given(st.integers(0, 999_999_999), st.sampled_from([" and ", " "]), st.sampled_from(["-", " ", "\u2011"]))
def test_a_number_in_words_has_its_value(number: int, joiner: str, hyphen: str) -> None:
    words = in_words(number, joiner, hyphen)
    for written in (words, words.capitalize(), words.upper(), words.replace(" ", "\n")):
        token = only(f"of {written} lamps")
        assert (token.text, token.value, token.kind) == (written, Decimal(number), "cardinal")


@unhurried
@given(st.integers(1, 999_999_999))
def test_a_rank_in_words_has_its_value(number: int) -> None:
    token = only(f"the {as_ordinal(in_words(number))} lamp")
    assert (token.value, token.kind) == (Decimal(number), "ordinal")


def test_the_published_lexicon_keeps_its_schema() -> None:
    table = folder("data") / LEXICON_FILE
    fields = json.loads(table.with_suffix(".schema.json").read_text(encoding="utf-8"))["fields"]
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [field["name"] for field in fields] == list(rows[0])
    for field in fields:
        rules = field.get("constraints", {})
        for row in rows:
            cell = row[field["name"]]
            assert cell or not rules.get("required"), row
            assert not cell or re.fullmatch(rules.get("pattern", ".*"), cell), row
            assert "enum" not in rules or cell in rules["enum"], row
    assert len({row["word"] for row in rows}) == len(rows)


def test_every_word_of_the_lexicon_that_is_a_number_is_found() -> None:
    for entry in lexicon().values():
        if entry.role not in ("article", "joiner", "suffix", "roman"):
            assert only(f"the {entry.word} lamps").text == entry.word
