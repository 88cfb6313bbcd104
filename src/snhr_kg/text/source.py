"""Reads the text of a report, and makes another extraction of it (a PDF, other line breaks) comparable.

Positions are Unicode code points from 0, end exclusive, with no newline translation.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from snhr_kg.errors import ReportTextError
from snhr_kg.text.numbers import Lexicon, lexicon

PAGE_BREAK = "\f"
SHORTEST_PAGE = 6
"""Lines that count up but stand closer than so many lines are a list, not page numbers."""


@dataclass(frozen=True, slots=True)
class ReportText:
    """A report's text as read: the file's name, its characters, the SHA-256 of the file's bytes."""

    name: str
    text: str
    sha256: str


def read_text(path: Path | str) -> ReportText:
    """The text of a UTF-8 file, or of a PDF (needs the extra ``pdf``; pages are parted by a form feed).

    Raises `ReportTextError` when the file is missing, empty, not UTF-8, or a PDF that gives no text.
    """
    path = Path(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReportTextError(f"{path}: cannot be read: {error.strerror}") from error
    pdf = path.suffix.lower() == ".pdf" or content.startswith(b"%PDF-")
    text = _read_pdf(path) if pdf else _decode(path, content)
    if not text.strip():
        remedy = "the PDF holds pictures of pages; give one with text" if pdf else "give the report's text"
        raise ReportTextError(f"{path}: there is no text in it; {remedy}")
    return ReportText(path.name, text, hashlib.sha256(content).hexdigest())


def from_string(text: str, name: str = "text") -> ReportText:
    """A text already in memory, hashed as UTF-8."""
    return ReportText(name, text, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def _decode(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ReportTextError(
            f"{path}:{line}: not UTF-8 (byte 0x{content[error.start]:02x}); save the text as UTF-8"
        ) from error


def _read_pdf(path: Path) -> str:
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise ReportTextError(f"{path}: reading a PDF needs pypdf; install snhr-kg[pdf]") from error
    try:
        return PAGE_BREAK.join(page.extract_text() for page in PdfReader(path).pages)
    except (PyPdfError, ValueError, KeyError) as error:
        raise ReportTextError(f"{path}: not a PDF that can be read: {error}") from error


class Lines:
    """Line and column (from 1, columns in code points) of any position of a text."""

    def __init__(self, text: str) -> None:
        """Notes where the lines of the text begin."""
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, position: int) -> tuple[int, int]:
        """Line and column of a position."""
        line = bisect_right(self._starts, position)
        return line, position - self._starts[line - 1] + 1


_QUOTES = dict.fromkeys("\u2018\u2019\u201b\u02bc", "'") | dict.fromkeys("\u201c\u201d\u201e", '"')
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212\u00ad")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff")
_WORD = r"[^\W\d_]"
_BROKEN_WORD = re.compile(rf"(?<!{_WORD})({_WORD}++)([-\u2010\u00ad])\n+(?=({_WORD}++))")


def _fold(sign: str) -> str:
    """One sign without what extractions differ in: curly quotes, ligatures, wide digits, invisible signs."""
    if sign.isascii():
        return sign
    if sign in _INVISIBLE:
        return ""
    if sign not in _QUOTES and (unicodedata.category(sign)[0] == "L" or sign.isdecimal()):
        return "".join(unicodedata.normalize("NFKC", sign).split())
    return _QUOTES.get(sign, sign)


def squeeze(text: str) -> str:
    """The text without white space, dashes and what `_fold` evens out: the same for every extraction of a quote."""
    return "".join(_fold(sign) for sign in text if not sign.isspace() and sign not in _DASHES)


@dataclass(frozen=True, slots=True)
class Extraction:
    """An extraction made comparable.

    `clean` has even spaces, whole words where a line end broke them, and no page headers; `origin[i]` is the place
    of ``clean[i]`` in the text as given. `squeezed` is `clean` squeezed, `place[i]` the place of ``squeezed[i]`` in
    `clean`. `doubtful` are the places in `clean` of hyphens at line ends that may or may not belong to the word;
    `headers` counts the lines left out as page headers.
    """

    clean: str
    origin: tuple[int, ...]
    squeezed: str
    place: tuple[int, ...]
    doubtful: frozenset[int]
    headers: int


def read_extraction(text: str, words: Lexicon | None = None) -> Extraction:
    """Makes a text comparable with another extraction of it, in one pass over its signs."""
    lines = list(_lines(text))
    signs, origin = _even(text, lines)
    signs, origin, doubtful = _mend(signs, origin, lexicon() if words is None else words)
    squeezed, place = [], []
    for at, sign in enumerate(signs):
        if not sign.isspace() and sign not in _DASHES:
            squeezed.append(sign)
            place.append(at)
    return Extraction(
        signs, (*origin, len(text)), "".join(squeezed), tuple(place), doubtful, sum(header for *_, header in lines)
    )


def _even(text: str, lines: Sequence[tuple[int, int, bool]]) -> tuple[str, list[int]]:
    """Signs folded, page headers left out, each run of white space made one space, line end or blank line."""
    signs: list[str] = []
    origin: list[int] = []
    blank, line_ends, blank_at = False, 0, 0
    for start, end, header in lines:
        for at in range(start, end):
            sign = text[at]
            if sign.isspace() or header:
                blank_at = blank_at if blank else at
                line_ends += sign == "\n" and not header
                blank = True
                continue
            if blank and signs:
                gap = ("", "\n", "\n\n")[min(line_ends, 2)] or " "
                signs.extend(gap)
                origin.extend([blank_at] * len(gap))
            blank, line_ends = False, 0
            folded = _fold(sign)
            signs.extend(folded)
            origin.extend([at] * len(folded))
    return "".join(signs), origin


_LINE = re.compile(r"[^\n\f]*+[\n\f]?")


def _lines(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each line, and whether it is a running header or footer.

    That is one of the two first or two last lines of a page which, its digits apart, stands there on most pages.
    """
    pages = _pages(text)
    edges = [_edges(page) for page in pages]
    seen = Counter(edge for page in edges for edge in set(page.values()))
    for page, edge in zip(pages, edges, strict=True):
        for number, line in enumerate(page):
            yield line.start(), line.end(), number in edge and 2 * seen[edge[number]] > len(pages) > 1


def _pages(text: str) -> list[list[re.Match[str]]]:
    """The lines, page by page: a page ends at a form feed or at a line that counts the pages."""
    lines = list(_LINE.finditer(text))
    counting = _page_numbers(lines)
    pages: list[list[re.Match[str]]] = [[]]
    for number, line in enumerate(lines):
        pages[-1].append(line)
        if number in counting or line[0].endswith(PAGE_BREAK):
            pages.append([])
    return [page for page in pages if any(line[0].strip() for line in page)] if len(pages) > 1 else pages


def _page_numbers(lines: Sequence[re.Match[str]]) -> set[int]:
    """Lines of the same words whose first number goes up by one, three times or more: page 1, page 2, page 3."""
    groups: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, line in enumerate(lines):
        if digits := re.search(r"\d{1,9}", line[0]):
            groups[_masked(line[0])].append((number, int(digits[0])))
    return {
        number
        for group in groups.values()
        if len(group) > 2
        and all(
            after[1] == before[1] + 1 and after[0] - before[0] >= SHORTEST_PAGE for before, after in pairwise(group)
        )
        for number, _ in group
    }


def _edges(page: Sequence[re.Match[str]]) -> dict[int, tuple[bool, str]]:
    """The two first and two last lines with text, by number: whether at the foot, and the words, digits masked."""
    filled = [number for number, line in enumerate(page) if line[0].strip()]
    at_head = {number: (False, _masked(page[number][0])) for number in filled[:2]}
    return at_head | {number: (True, _masked(page[number][0])) for number in filled[-2:] if number not in at_head}


def _masked(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())


def _mend(signs: str, origin: list[int], words: Lexicon) -> tuple[str, list[int], frozenset[int]]:
    """Words broken at a line end put together; the hyphen stays, marked, where a part alone is a number word."""
    pieces: list[str] = []
    places: list[int] = []
    doubtful: list[int] = []
    done = 0
    for match in _BROKEN_WORD.finditer(signs):
        left, right = match[1].lower(), match[3].lower()
        keep = left + right not in words and (left in words or right in words)
        hyphen = match.end(1)
        pieces.append(signs[done : hyphen + keep])
        places.extend(origin[done : hyphen + keep])
        if keep:
            doubtful.append(len(places) - 1)
        done = match.end()
    return "".join([*pieces, signs[done:]]), [*places, *origin[done:]], frozenset(doubtful)
