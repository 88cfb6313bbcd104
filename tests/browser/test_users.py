"""What each who uses the pages does in the first five minutes, in a real browser."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

FIGURE = "report/2020-03-15/figure/torture-deaths-syrian-regime"
PERMANENT = f"https://w3id.org/snhr-kg/{FIGURE}"
TORTURE = ["14221", "50", "43", "32", "25"]


def downloaded(page, link):
    with page.expect_download() as downloading:
        link.click()
    return list(csv.reader(io.StringIO(downloading.value.path().read_text(encoding="utf-8-sig"))))


def in_main(page):
    return page.get_by_role("main")


def test_a_journalist_on_a_phone_goes_from_the_arabic_home_page_to_a_figure_its_words_and_its_citation(open_page):
    page = open_page("/ar/index.html", width=390, height=844)
    page.get_by_role("navigation", name="رئيسي").get_by_role("link", name="الأرقام").click()
    page.locator("details.all > summary").click()
    violation = page.locator("details", has=page.locator("input[name=violation_type]")).last
    violation.locator("summary").click()
    violation.get_by_label("التعذيب").check()
    page.get_by_role("button", name="اعرض").click()
    assert parse_qs(urlsplit(page.url).query)["violation_type"] == ["torture"]
    shown = page.locator("ol.figures .amount")
    expect(shown.filter(has_text="14,391")).to_have_text("ما لا يقل عن 14,391 شخصاً")
    rows = downloaded(page, in_main(page).get_by_role("link", name="CSV"))
    assert len(rows) - 1 == shown.count()
    assert {"14391", *TORTURE} <= {cell for row in rows for cell in row}

    page.locator(f'ol.figures a[href$="{FIGURE}.html"]').click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("14,221 شخصاً")
    picture = page.locator(".chart img").first
    picture.scroll_into_view_if_needed()
    page.wait_for_function("picture => picture.complete && picture.naturalWidth > 0", arg=picture.element_handle())
    assert "14221" in {cell for row in downloaded(page, page.locator(".chart a[href$='.csv']").first) for cell in row}
    citation = page.locator(".citation").inner_text()
    assert "14,221" in citation
    assert PERMANENT in citation

    position = page.locator("a.position").first
    assert position.inner_text() == "المحارف من 17,937 إلى 17,955"
    position.click()
    expect(page.get_by_role("blockquote")).to_have_text("14,221 individuals")
    expect(in_main(page)).to_contain_text("17,937")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_researcher_runs_the_question_of_torture_and_sees_each_party_and_the_total(open_page, scripts):
    page = open_page("/en/index.html", scripts=scripts)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="SPARQL").click()
    question = page.locator('a[href$="question=torture-deaths"]')
    page.locator("details", has=question).locator("summary").click()
    question.click()
    rows = page.locator("table.answer tbody tr")
    expect(rows).to_have_count(7)
    values = [cell.replace(",", "") for cell in page.locator("table.answer td").all_inner_texts()]
    assert [value for value in values if value in TORTURE] == TORTURE
    assert "14391" in values
    expect(rows.filter(has_text="14,221").or_(rows.filter(has_text="14221")).first).to_contain_text("Syrian regime")
    least = rows.filter(has_text=re.compile("at least", re.IGNORECASE))
    assert [re.search(r"\b(50|14,?391)\b", row).group() for row in least.all_inner_texts()]


def test_an_analyst_reads_what_adds_up_only_through_at_least(open_page):
    page = open_page("/en/index.html")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Checks").click()
    page.locator('a[href$="check/partition-sum--torture-deaths-by-perpetrator.html"]').first.click()
    main = in_main(page)
    expect(page.locator(".sum")).to_have_text("14,221 + 50 + 43 + 32 + 25 = 14,371")
    expect(main).to_contain_text("the stated total is 14,391. The 20 between them stand in no part")
    expect(page.locator(".verdict").first).to_contain_text("Consistent only through")


def test_an_engineer_follows_the_data_of_a_figure_in_the_forms_it_has(open_page, address):
    page = open_page(f"/en/{FIGURE}.html")
    for name, media_type in {"Turtle": "text/turtle", "JSON-LD": "application/ld+json"}.items():
        target = page.locator("a.format", has_text=name).evaluate("link => link.href")
        answer = page.request.get(target)
        assert answer.headers["content-type"].split(";")[0] == media_type
        assert PERMANENT.removeprefix("https://w3id.org/snhr-kg/") in answer.text()
    expect(page.locator(".permanent")).to_contain_text(PERMANENT)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("words", ["Raqqa", "Raqqqa", "الرقة"])
def test_the_search_finds_raqqa_however_it_is_spelt_and_by_the_keyboard(open_page, language, words):
    page = open_page(f"/{language}/about.html", width=390)
    page.locator("#site-search").fill(words)
    page.keyboard.press("Enter")
    expect(page.locator("ul.found a").first).to_have_attribute("href", re.compile(r"code/place/raqqa-"))


def test_another_language_keeps_the_page_and_what_was_asked(open_page):
    page = open_page("/en/figures.html?violation_type=torture&sort=value")
    count = page.locator("li.figure").count()
    page.locator("a.language").click()
    parts = urlsplit(page.url)
    assert parts.path == "/ar/figures.html"
    assert parse_qs(parts.query) == {"violation_type": ["torture"], "sort": ["value"]}
    assert page.locator("li.figure").count() == count
    page.locator("a.language").click()
    assert urlsplit(page.url).path == "/en/figures.html"


def test_the_keyboard_reaches_the_content_first_and_then_what_is_above_it_in_order(open_page):
    page = open_page("/en/figures.html")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    names = []
    for _ in range(3):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.innerText"))
    assert names == ["snhr-kg", "Home", "Figures"]
    skip.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_without_scripts_figures_are_chosen_and_found(open_page, language):
    page = open_page(f"/{language}/figures.html", width=390, scripts=False)
    page.locator("details.all > summary").click()
    party = page.locator("details", has=page.locator("input[name=perpetrator]")).last
    party.locator("summary").click()
    party.locator("input[value=isis]").check()
    page.locator("form.filters button").click()
    assert parse_qs(urlsplit(page.url).query)["perpetrator"] == ["isis"]
    expect(page.locator("ul.chosen li")).to_have_count(2)
    assert page.locator(".amount", has_text=re.compile(r"\b32\b")).count() == 1


def test_on_paper_there_is_the_figure_and_no_navigation(open_page):
    page = open_page(f"/en/{FIGURE}.html")
    page.emulate_media(media="print")
    for what in ("nav.main", ".tools", ".skip"):
        expect(page.locator(what)).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".citation")).to_be_visible()
