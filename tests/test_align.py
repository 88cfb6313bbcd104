"""Quotes are found in their order in other extractions of the text they come from."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snhr_kg.text.align import Quote, align
from snhr_kg.text.source import read_extraction

unhurried = settings(deadline=None)
TEXT = (
    "Twelve lamps were lit in May, five lamps in June. The guild's men put out 1,030 lamps, "
    "five of them twice, and five lamps in the sub-way of the first fiefdom."
)
QUOTES = ("Twelve lamps", "five lamps", "1,030 lamps", "five", "five lamps", "sub-way", "first fiefdom")


def quotes_of(text: str, words: tuple[str, ...] = QUOTES) -> list[Quote]:
    """The words as quotes, each at the first place behind the one before it."""
    quotes, start = [], 0
    for quote in words:
        start = text.index(quote, start)
        quotes.append(Quote(start, quote))
        start += len(quote)
    return quotes


def places(quotes: list[Quote], other: str) -> list[str | None]:
    """What the other text has where each quote was found."""
    extraction = read_extraction(other)
    spans = [found.span(extraction, 0, len(found.words)) if found else None for found in align(quotes, extraction)]
    return [other[extraction.origin[span[0]] : extraction.origin[span[1] - 1] + 1] if span else None for span in spans]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" ", "\n"),
        (" ", "  \r\n "),
        (" ", "\u00a0"),
        ("lamps", "la-\nmps"),
        ("lamps", "la\u00admps"),
        ("sub-way", "sub-\nway"),
        ("sub-way", "sub\u2011way"),
        ("guild's", "guild’s"),
        ("fi", "ﬁ"),
        ("T", "\ufeffT"),
    ],
)
def test_finds_all_where_only_the_setting_differs(old: str, new: str) -> None:
    found = places(quotes_of(TEXT), TEXT.replace(old, new))
    assert found == [quote.replace(old, new).removeprefix("\ufeff") for quote in QUOTES]


def test_finds_what_a_page_header_cuts_in_two() -> None:
    words = TEXT.split()
    pages = [["The Lamp Office", *words[at : at + 9], f"page {at // 9 + 1}"] for at in range(0, len(words), 9)]
    for page_break in ("\f", "\n"):
        other = page_break.join("\n".join(page) for page in pages)
        assert None not in places(quotes_of(TEXT), other)


def test_leaves_out_what_is_gone_and_keeps_the_rest_in_place() -> None:
    other = "A line more. " + TEXT.replace("five lamps", "nine lamps", 1)
    extraction = read_extraction(other)
    found = align(quotes_of(TEXT), extraction)
    assert found[1] is None
    starts = [place and extraction.origin[place.span(extraction, 0, 1)[0]] for place in found]
    assert starts == [None if at == 1 else quote.start + 13 for at, quote in enumerate(quotes_of(TEXT))]


def test_does_not_find_a_number_inside_a_longer_one() -> None:
    assert places([Quote(0, "147 lamps")], "2147 lamps") == [None]
    assert places([Quote(0, "at 14")], "at 147") == [None]


def test_does_not_find_what_stands_in_another_order() -> None:
    assert places([Quote(0, "first"), Quote(10, "second")], "second, then first").count(None) == 1


def test_quotes_that_begin_together_share_their_place() -> None:
    quotes = [Quote(5, "five"), Quote(5, "five lamps"), Quote(20, "five")]
    assert places(quotes, "Lit: five lamps, and then five.") == ["five", "five lamps", "five"]


@unhurried
@given(st.lists(st.sampled_from(["five", "ten", "five lamps", "May 2011"]), max_size=12), st.text(max_size=60))
def test_never_raises_and_keeps_the_order(words: list[str], other: str) -> None:
    text = " and ".join(words)
    quotes = quotes_of(text, tuple(words))
    for target in (other, text, text[::-1]):
        found = [place.at for place in align(quotes, read_extraction(target)) if place]
        assert found == sorted(found)
        assert target != text or len(found) == len(words)
