"""Proves that every figure stands in the report where the tables say, and that every number is accounted for.

The numbers of the text are found by `numbers`, which knows nothing of the tables; each must belong to exactly one
mention or one row of the ledger. Another extraction of the report is compared by its own words, through `align`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from snhr_kg.records import Mention, OtherNumber, Passage, ReportTables
from snhr_kg.text.align import Placed, Quote, align
from snhr_kg.text.numbers import NumberToken, find_numbers
from snhr_kg.text.source import Extraction, Lines, ReportText, from_string, read_extraction

Item = Mention | Passage | OtherNumber
_KINDS = {Mention: "mention", Passage: "passage", OtherNumber: "number"}
_LONGEST_EXCERPT = 60


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something that does not fit: where in the text (line and column from 1), what, expected and found."""

    start: int
    line: int
    column: int
    what: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Tally:
    """So many found of so many."""

    found: int
    total: int

    def __str__(self) -> str:
        """As people say it: ``3 of 4``."""
        return f"{self.found} of {self.total}"


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome: the tallies, every problem in the order of the text, and how the text was compared.

    `same_text` says whether the SHA-256 is the one the tables were written for, `aligned` whether positions had to be
    found by alignment; then `headers` counts the lines left out as page headers, and `set_aside` the number words that
    may be the half of a word broken at a line end.
    """

    text_name: str
    sha256: str
    expected_sha256: str
    aligned: bool
    mentions: Tally
    passages: Tally
    numbers: Tally
    headers: int
    set_aside: int
    problems: tuple[Problem, ...]

    @property
    def same_text(self) -> bool:
        """Whether this is, byte for byte, the text that the tables were written for."""
        return self.sha256 == self.expected_sha256

    @property
    def ok(self) -> bool:
        """Whether everything was found and every number accounted for, in this or another extraction."""
        return not self.problems

    def summary(self) -> str:
        """The tallies in one line."""
        return f"{self.mentions} mentions found, {self.passages} passages, {self.numbers} numbers accounted for"

    def notes(self) -> tuple[str, ...]:
        """What the reader must know besides the tallies: another hash, positions by alignment, numbers set aside."""
        if self.same_text:
            return ()
        lines = [f"{self.text_name}: not the text of the tables: SHA-256 {self.sha256}, not {self.expected_sha256}"]
        if not self.aligned:
            lines.append("everything stands at the positions of the tables all the same")
        else:
            placed = self.mentions.found + self.passages.found
            lines.append(
                f"not at the positions of the tables: {placed} mentions and passages found by aligning them in order"
            )
        if self.headers:
            lines.append(f"{self.headers} lines left out as page headers")
        if self.set_aside:
            lines.append(f"{self.set_aside} number words left out that may be half of a word broken at a line end")
        return tuple(lines)


def format_problem(problem: Problem, name: str) -> str:
    """One problem as a line: ``report.txt:12:34: what: expected …, found …``."""
    return f"{name}:{problem.line}:{problem.column}: {problem.what}: expected {problem.expected}, found {problem.found}"


def verify(text: ReportText | str, tables: ReportTables) -> Verification:
    """Compares a text with the tables of a report; whatever does not fit is in the result's `problems`."""
    report = from_string(text) if isinstance(text, str) else text
    items = _items(tables)
    in_place = all(report.text[item.start : item.end] == item.quote for item in items)
    same = report.sha256 == tables.report.text_sha256
    view: _View = _InPlace(report.text, items) if same or in_place else _Aligned(report.text, items)
    return _Audit(view, items).result(report, tables)


def _items(tables: ReportTables) -> tuple[Item, ...]:
    every: list[Item] = [*tables.mentions, *tables.passages, *tables.other_numbers]
    return tuple(sorted(every, key=lambda item: (item.start, item.end, _KINDS[type(item)], item.id)))


class _InPlace:
    """A text whose positions are those of the tables."""

    aligned = False

    def __init__(self, text: str, items: Sequence[Item]) -> None:
        self.text = text
        self.lines = Lines(text)
        self.items = items
        self.doubtful: frozenset[int] = frozenset()
        self.headers = 0

    def origin(self, position: int) -> int:
        """The place in the text as given."""
        return min(position, len(self.text))

    def span(self, index: int, start: int, end: int) -> tuple[int, int] | None:
        """The place of ``quote[start:end]`` of an item, or None if its words are not there."""
        item = self.items[index]
        found = self.text.startswith(item.quote, item.start) and item.end - item.start == len(item.quote)
        return (item.start + start, item.start + end) if found else None

    def guess(self, index: int) -> int:
        """Where an item that is not there should be."""
        return self.items[index].start


class _Aligned:
    """Another extraction of the text; positions are those of its `clean` form."""

    aligned = True

    def __init__(self, text: str, items: Sequence[Item]) -> None:
        self.extraction: Extraction = read_extraction(text)
        self.text = self.extraction.clean
        self.lines = Lines(text)
        self.items = items
        self.doubtful = self.extraction.doubtful
        self.headers = self.extraction.headers
        self.placed: list[Placed | None] = align([Quote(item.start, item.quote) for item in items], self.extraction)
        self._guesses = self._fill()

    def _fill(self) -> list[int]:
        """For each item the place it has, or the one it should have after the item found before it."""
        guesses, place, source = [], 0, 0
        for index, item in enumerate(self.items):
            if span := self.span(index, 0, len(item.quote)):
                place, source = span[0], item.start
            guesses.append(min(place + item.start - source, len(self.text)))
        return guesses

    def origin(self, position: int) -> int:
        return self.extraction.origin[position]

    def span(self, index: int, start: int, end: int) -> tuple[int, int] | None:
        placed = self.placed[index]
        return placed.span(self.extraction, start, end) if placed else None

    def guess(self, index: int) -> int:
        return self._guesses[index]


_View = _InPlace | _Aligned


class _Audit:
    """Walks the items, then the numbers, of one view of the text and keeps what does not fit."""

    def __init__(self, view: _View, items: Sequence[Item]) -> None:
        self.view = view
        self.items = items
        self.tokens = find_numbers(view.text)
        self._starts = [token.start for token in self.tokens]
        self.owners: dict[int, list[str]] = defaultdict(list)
        self.problems: list[Problem] = []
        self.found: Counter[str] = Counter()
        self.set_aside = 0

    def result(self, report: ReportText, tables: ReportTables) -> Verification:
        """Everything checked, as one `Verification`."""
        for index, item in enumerate(self.items):
            self._check(index, item)
        accounted = self._check_numbers()
        return Verification(
            text_name=report.name,
            sha256=report.sha256,
            expected_sha256=tables.report.text_sha256,
            aligned=self.view.aligned,
            mentions=Tally(self.found["mention"], len(tables.mentions)),
            passages=Tally(self.found["passage"], len(tables.passages)),
            numbers=Tally(accounted, len(self.tokens) - self.set_aside),
            headers=self.view.headers,
            set_aside=self.set_aside,
            problems=tuple(sorted(self.problems)),
        )

    def _report(self, position: int, what: str, expected: str, found: str) -> None:
        start = self.view.origin(position)
        self.problems.append(Problem(start, *self.view.lines.place(start), what, expected, found))

    def _check(self, index: int, item: Item) -> None:
        kind = _KINDS[type(item)]
        span = self.view.span(index, 0, len(item.quote)) if item.quote else None
        if span is None:
            self._report_missing(index, item, f"{kind} {item.id}")
            return
        if isinstance(item, Mention):
            self.found[kind] += self._check_mention(index, item, span)
        elif isinstance(item, Passage):
            self.found[kind] += 1
        else:
            self._check_ledger_row(item, span)

    def _report_missing(self, index: int, item: Item, what: str) -> None:
        place = self.view.guess(index)
        found = _shown(self.view.text[place : place + len(item.quote)])
        if not self.view.aligned:
            elsewhere = self.view.text.find(item.quote, max(0, place - 2000), place + 2000) if item.quote else -1
            if elsewhere >= 0:
                found += f" (the words stand at start {elsewhere}, end {elsewhere + len(item.quote)})"
        self._report(place, f"{what} is not in its place", _shown(item.quote), found)

    def _check_mention(self, index: int, mention: Mention, quoted: tuple[int, int]) -> bool:
        what = f"mention {mention.id}"
        place = _whole_number(mention.printed, mention.quote)
        printed = self.view.span(index, *place) if place else None
        if printed is None:
            self._report(quoted[0], f"{what} prints another number", _shown(mention.printed), _shown(mention.quote))
            return False
        token = self._only_token(printed, quoted, what, _stated(mention))
        if token is None:
            return False
        if not agrees(mention, token):
            self._report(token.start, f"{what} states another value", _stated(mention), _read(token))
            return False
        return True

    def _check_ledger_row(self, row: OtherNumber, span: tuple[int, int]) -> None:
        """A row accounts for the numbers of its quote, all of them whole (a date is one row, day and year)."""
        what, indices = f"number {row.id}", list(self._touching(*span))
        expected = [(token.value, token.magnitude) for token in find_numbers(row.quote)]
        tokens = [self.tokens[index] for index in indices]
        if not tokens or expected != [(token.value, token.magnitude) for token in tokens]:
            self._report(span[0], f"{what} is not what the text has there", _shown(row.quote), _listed(tokens))
            return
        for index in indices:
            self.owners[index].append(what)

    def _only_token(
        self, span: tuple[int, int], inside: tuple[int, int], what: str, expected: str
    ) -> NumberToken | None:
        """The one number that a span touches, which must not reach beyond the quote; claims it for the mention."""
        indices = list(self._touching(*span))
        tokens = [self.tokens[index] for index in indices]
        if len(tokens) == 1 and inside[0] <= tokens[0].start and tokens[0].end <= inside[1]:
            self.owners[indices[0]].append(what)
            return tokens[0]
        self._report(span[0], f"{what} is not one whole number", expected, _listed(tokens))
        return None

    def _touching(self, start: int, end: int) -> Iterator[int]:
        index = bisect_left(self._starts, start)
        if index and self.tokens[index - 1].end > start:
            index -= 1
        while index < len(self.tokens) and self.tokens[index].start < end:
            yield index
            index += 1

    def _check_numbers(self) -> int:
        """How many numbers have exactly one owner; the others are problems, or set aside at a doubtful hyphen."""
        free = [token for index, token in enumerate(self.tokens) if index not in self.owners]
        aside = {token for token in free if {token.start - 1, token.end} & self.view.doubtful}
        self.set_aside = len(aside)
        for token in free:
            if token not in aside:
                self._report(token.start, "number not accounted for", "a mention or a ledger row", _shown(token.text))
        for index, owners in self.owners.items():
            if len(owners) > 1:
                self._report(self.tokens[index].start, "number accounted for twice", owners[0], ", ".join(owners[1:]))
        return sum(len(owners) == 1 for owners in self.owners.values())


def agrees(mention: Mention, token: NumberToken) -> bool:
    """Whether a number of the text is the one that a mention states; a fraction also agrees with its percentage."""
    if mention.value is None:
        return token.magnitude == mention.magnitude
    if token.value is None:
        return False
    if token.kind == "fraction":
        percent = token.value * 100
        places = Decimal(1).scaleb(min(0, int(mention.value.as_tuple().exponent)))
        return mention.value in (token.value, percent) or percent.quantize(places) == mention.value
    return token.value == mention.value


def _whole_number(printed: str, quote: str) -> tuple[int, int] | None:
    """Where the printed number stands in the quote, not as part of a longer number or word."""
    if not printed.strip():
        return None
    head = r"(?<!\d)(?<!\d[.,])" if printed[0].isdecimal() else r"(?<![^\W\d_])"
    tail = r"(?!\d|[.,]\d)" if printed[-1].isdecimal() else r"(?![^\W\d_])"
    match = re.search(head + re.escape(printed) + tail, quote)
    return match.span() if match else None


def _stated(mention: Mention) -> str:
    return mention.magnitude if mention.value is None else f"{mention.value:,f}"


def _read(token: NumberToken) -> str:
    value = token.magnitude if token.value is None else f"{token.value:,f}"
    return f"{_shown(token.text)} ({value})"


def _listed(tokens: Sequence[NumberToken]) -> str:
    return " and ".join(_shown(token.text) for token in tokens) or "no number"


def _shown(words: str) -> str:
    """Words in quotation marks on one line, cut where they are long."""
    line = " ".join(words.split())
    return f"“{line if len(line) <= _LONGEST_EXCERPT else line[:_LONGEST_EXCERPT] + '…'}”"
