"""Every kind of page in a real browser: both languages, both widths, both modes."""

from __future__ import annotations

from pathlib import Path

import pytest

from needs import need
from page_kinds import KINDS

AXE = Path(__file__).parent.parent / "html" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
IN_THE_DARK = ["color-contrast", "link-in-text-block"]
"""The rules of axe-core that colours decide."""
ON_A_PHONE = ["target-size", "scrollable-region-focusable", "meta-viewport", "css-orientation-lock"]
"""The rules of axe-core that the width of the window can decide."""

TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1)
  .filter(one => !one.closest(".wide, pre, .unseen, svg, .skip")).map(one => one.outerHTML.slice(0, 120)).slice(0, 5)"""


@pytest.fixture(scope="module")
def axe():
    need.that(AXE.is_file(), "axe-core (npm)", "accessibility of every kind of page")
    return AXE.read_text(encoding="utf-8")


def violations(page, what):
    options = {"runOnly": what, "resultTypes": ["violations"], "iframes": False, "preload": False}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        (one["id"], node["html"][:200], node["failureSummary"]) for one in found["violations"] for node in one["nodes"]
    ]


def wrong_with(page, axe, language):
    """What is wrong with the page that is open, in one window made dark and then narrow."""
    wrong = []
    if page.locator("html").get_attribute("dir") != {"en": "ltr", "ar": "rtl"}[language]:
        wrong.append("direction")
    if page.locator("h1").count() != 1:
        wrong.append("not one h1")
    page.evaluate(axe)
    wrong += violations(page, {"type": "tag", "values": RULES})
    page.emulate_media(color_scheme="dark")
    wrong += [("in the dark", *one) for one in violations(page, {"type": "rule", "values": IN_THE_DARK})]
    page.set_viewport_size({"width": 390, "height": 844})
    if page.evaluate("document.documentElement.scrollWidth") > 390:
        wrong.append(("scrolls sideways on a phone", page.evaluate(TOO_WIDE)))
    return wrong + [("on a phone", *one) for one in violations(page, {"type": "rule", "values": ON_A_PHONE})]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_kind_of_page_can_be_read_by_everybody(open_page, axe, complaints, language):
    page = open_page(f"/{language}/index.html")
    wrong = {}
    for kind, local in KINDS.items():
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 900})
        assert page.goto(f"/{language}/{local}.html").status == 200, kind
        found = [*wrong_with(page, axe, language), *complaints.found]
        complaints.found.clear()
        if found:
            wrong[kind] = found
    assert wrong == {}
