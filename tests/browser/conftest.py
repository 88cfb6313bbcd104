"""A real Chromium before a server over the built graph of the report: run ``make build`` before.

Whatever page a test opens: an error in its console, a breach of its content security policy, a failed request or one to
another host fails the test, unless the test says that it expects it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from needs import need
from serving import serving
from snhr_kg.content import graph_folder

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
"""No sandbox: in a container there are no user namespaces, and only our own pages are opened."""


class Complaints:
    """What the browser complained of in a test, less what the test expected."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def expect(self, words: str) -> None:
        """There is one complaint with these words; it is taken off."""
        index = next((index for index, one in enumerate(self.found) if words in one), None)
        assert index is not None, f"no complaint of {words!r} in {self.found}"
        del self.found[index]


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a server over the report's graph, ending in a slash."""
    command = (sys.executable, "-m", "snhr_kg", "serve", "--graph", graph_folder(), "--workers", "1")
    with serving(*command) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One for each file of tests: while it is open an event loop runs, and other tests could run none of their own."""
    need.package("playwright", "pages in a real browser")
    chromium = need.program("chromium", "pages in a real browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    complaints = Complaints()
    yield complaints
    assert complaints.found == []


@pytest.fixture
def open_page(browser, address, complaints) -> Iterator[Callable[..., Any]]:
    """Opens a path in a fresh window: ``open_page("/ar/index.html", width=390, scheme="dark", scripts=False)``."""
    contexts = []

    def opened(path: str, width: int = 1280, height: int = 900, scheme: str = "light", scripts: bool = True) -> Any:
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda message: _note(complaints, message.type, message.text))
        page.on("pageerror", lambda error: complaints.found.append(f"uncaught: {error}"))
        page.on("request", lambda request: _note_host(complaints, request.url, address))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


def _note(complaints: Complaints, kind: str, text: str) -> None:
    if kind in ("error", "warning"):
        complaints.found.append(f"{kind}: {text}")


def _note_host(complaints: Complaints, url: str, address: str) -> None:
    if not url.startswith((address, "data:", "blob:")):
        complaints.found.append(f"request to another host: {url}")
