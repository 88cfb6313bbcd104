"""Fetches documents from the application and follows their links, until every document of the site was seen once."""

from __future__ import annotations

import html
import posixpath
import re
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urlsplit

from flask import Flask
from flask.testing import FlaskClient

_TAG: Final = re.compile(r"<[a-z][^>]*>")
_ATTRIBUTE: Final = re.compile(r'\s(href|src|action|id)="([^"]*)"')
_IN_STYLE: Final = re.compile(r'url\("?([^")]+)"?\)')

Take = Callable[[str, bytes], None]
"""Is given each document: its path, decoded, and its bytes."""


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A link that leads nowhere: the page it is on, what it says, and why it does not resolve."""

    page: str
    link: str
    reason: str

    def __str__(self) -> str:
        return f"{self.page}: {self.link}: {self.reason}"


@dataclass(slots=True)
class Crawled:
    """What a crawl found: how many links, and those that lead nowhere."""

    links: int = 0
    broken: list[BrokenLink] = field(default_factory=list)


def crawl(app: Flask, start: Iterable[str], take: Take) -> Crawled:
    """Fetch the paths (decoded) and whatever they lead to, handing each document to `take`.

    Every link of every page is followed or counted as broken: one that is not answered with 200, that has a query (a
    file answers none), or whose fragment is no id of the page that it leads to.
    """
    return _Crawler(app.test_client(), take).run(start)


class _Crawler:
    def __init__(self, client: FlaskClient, take: Take) -> None:
        self.client, self.take = client, take
        self.found = Crawled()
        self.ids: dict[str, frozenset[str]] = {}
        self.wanted: dict[tuple[str, str], tuple[str, str]] = {}
        """By path and fragment, the first page and link that lead there."""

    def run(self, start: Iterable[str]) -> Crawled:
        waiting = deque(dict.fromkeys(start))
        seen = set(waiting)
        while waiting:
            path = waiting.popleft()
            for target in self._fetch(path):
                if target not in seen:
                    seen.add(target)
                    waiting.append(target)
        self._check_fragments()
        self.found.broken.sort(key=str)
        return self.found

    def _fetch(self, path: str) -> list[str]:
        """Hand on the document at the path; the paths that it leads to."""
        with self.client.get(path, headers={"Accept": "*/*"}) as response:
            body = response.get_data()
        if response.status_code != 200:
            self._break(path, "", f"answered with {response.status_code}")
            return []
        self.take(path, body)
        if response.mimetype == "text/html":
            return self._read_page(path, body.decode())
        if response.mimetype == "text/css":
            return [self._target(path, link)[0] for link in _IN_STYLE.findall(body.decode())]
        return []

    def _read_page(self, path: str, text: str) -> list[str]:
        ids, targets = set(), []
        for tag in _TAG.findall(text):
            for name, value in _ATTRIBUTE.findall(tag):
                value = html.unescape(value)
                if name == "id":
                    ids.add(value)
                elif not urlsplit(value).scheme:
                    targets += self._follow_link(path, value)
        self.ids[path] = frozenset(ids)
        return targets

    def _follow_link(self, path: str, link: str) -> list[str]:
        self.found.links += 1
        target, query, fragment = self._target(path, link)
        if query:
            self._break(path, link, "has a query, which no file answers")
            return []
        self.wanted.setdefault((target, fragment), (path, link))
        return [target]

    def _check_fragments(self) -> None:
        for (target, fragment), (page, link) in self.wanted.items():
            if target in self.ids and fragment and fragment not in self.ids[target]:
                self._break(page, link, "the page has nothing of that name")

    def _target(self, path: str, link: str) -> tuple[str, str, str]:
        """Path, decoded, query and fragment that a link on a page leads to."""
        parts = urlsplit(link)
        joined = (
            posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
        )
        if parts.path.endswith("/"):
            joined += "/"
        return joined, parts.query, unquote(parts.fragment)

    def _break(self, page: str, link: str, reason: str) -> None:
        via = self.wanted.get((page, ""))
        if not link and via is not None:
            self.found.broken.append(BrokenLink(via[0], via[1], reason))
        else:
            self.found.broken.append(BrokenLink(page, link or page, reason))
