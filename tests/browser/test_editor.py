"""The page of queries as people use it: typing, completing, running, being told what is wrong; without scripts too."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

VALUES = """PREFIX snhr: <https://w3id.org/snhr-kg/ontology#>
SELECT ?party ?value {
  ?f snhr:violationType <https://w3id.org/snhr-kg/code/violation-type/torture> ;
    snhr:indicator <https://w3id.org/snhr-kg/code/indicator/deaths> ;
    snhr:unit <https://w3id.org/snhr-kg/code/unit/persons> ; a snhr:Figure ;
    snhr:perpetrator ?party ; snhr:value ?value
} ORDER BY DESC(?value)"""
ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(8)) + " }"


def editor(page):
    return page.get_by_role("textbox", name=re.compile("^(Query|الاستعلام)$"))


def replace(page, text):
    """The editor's text replaced as by pasting, which completes nothing."""
    editor(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def written(page):
    return page.locator("textarea").input_value()


def run(page):
    page.get_by_role("button", name="Run", exact=True).click()


def rows(page):
    return page.locator("table.answer tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.innerText))"
    )


def test_a_typed_query_declares_its_prefixes_completes_our_terms_and_gives_a_table(open_page):
    page = open_page("/en/sparql.html")
    replace(page, "")
    page.keyboard.type("SELECT ?v { ?f snhr:va", delay=10)
    option = page.get_by_role("option", name=re.compile("^snhr:value"))
    expect(option).to_be_visible()
    option.click()
    page.keyboard.type(" ?v")
    assert written(page) == ("PREFIX snhr: <https://w3id.org/snhr-kg/ontology#>\nSELECT ?v { ?f snhr:value ?v}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_have_text(re.compile(r"The answer has \d+ rows\."))
    assert ["14391"] in rows(page)


@pytest.mark.parametrize(
    ("language", "typed", "label"), [("en", "isis", "ISIS"), ("ar", "داعش", "تنظيم داعش"), ("en", "داعش", "ISIS")]
)
def test_a_code_is_completed_by_any_of_its_names(open_page, language, typed, label):
    page = open_page(f"/{language}/sparql.html")
    replace(page, "ASK { ?f ?p ")
    page.keyboard.type(typed, delay=10)
    option = page.get_by_role("option", name=re.compile(f"^{label}")).first
    expect(option).to_be_visible()
    option.click()
    assert written(page) == "ASK { ?f ?p <https://w3id.org/snhr-kg/code/perpetrator/isis>"


def test_a_variable_of_the_query_is_completed(open_page):
    page = open_page("/en/sparql.html")
    replace(page, "SELECT ?perpetrator { ?s ?p ")
    page.keyboard.type("?pe", delay=10)
    page.get_by_role("option", name="?perpetrator").click()
    assert written(page) == "SELECT ?perpetrator { ?s ?p ?perpetrator"


def test_a_query_is_an_address_that_gives_the_same_answer_to_whoever_opens_it(open_page):
    page = open_page("/en/sparql.html")
    replace(page, VALUES)
    run(page)
    expect(page.locator("#said")).to_have_text("The answer has 6 rows.")
    assert parse_qs(urlsplit(page.url).query)["query"] == [VALUES]
    found = rows(page)
    assert [value for _, value in found] == ["14391", "14221", "50", "43", "32", "25"]
    page.reload()
    assert rows(page) == found
    assert written(page) == VALUES
    without = open_page(page.url, scripts=False)
    assert rows(without) == found


def test_the_back_button_brings_the_query_before(open_page):
    page = open_page("/en/sparql.html")
    for text in ("ASK { ?s ?p ?o }", "ASK { ?s ?p <http://example.org/nothing> }"):
        replace(page, text)
        run(page)
        expect(page.locator("#said")).to_have_text("The answer is yes." if "?o" in text else "The answer is no.")
    page.go_back()
    expect(page.locator("#said")).to_have_text("The answer is yes.")
    assert written(page) == "ASK { ?s ?p ?o }"


def test_a_query_run_without_the_address_stands_in_no_address(open_page):
    page = open_page("/en/sparql.html")
    replace(page, VALUES)
    page.get_by_role("button", name="Run without putting it into the address").click()
    expect(page.locator("#said")).to_have_text("The answer has 6 rows.")
    page.get_by_role("button", name="Chart").click()
    expect(page.locator("table.bars")).to_be_visible()
    assert urlsplit(page.url).query == ""
    with page.expect_download() as downloading:
        page.get_by_role("button", name="CSV").click()
    assert downloading.value.path().read_text().splitlines()[1].endswith(",14391")


def test_an_error_is_shown_at_its_place_in_the_editor_and_in_words(open_page, complaints):
    page = open_page("/en/sparql.html")
    replace(page, 'SELECT * {\n  ?s ?p "رقم" ; ] }')
    run(page)
    expect(page.get_by_role("alert")).to_contain_text("Line 2, column 17.")
    expect(page.get_by_role("alert")).to_contain_text("']' is not expected here")
    expect(page.locator(".cm-lintRange-error")).to_have_text("]")
    expect(page.locator("#said")).to_contain_text("The query cannot be run.")
    replace(page, "ASK { ?s ?p ?o }")
    run(page)
    expect(page.locator("#said")).to_have_text("The answer is yes.")
    expect(page.locator(".cm-lintRange-error")).to_have_count(0)
    complaints.expect("400")


def test_rows_become_bars_that_say_what_they_are_of(open_page):
    page = open_page("/en/sparql.html?question=torture-deaths")
    page.get_by_role("button", name="Chart").click()
    bars = page.locator("table.bars tbody tr")
    expect(bars).to_have_count(7)
    expect(bars.nth(0)).to_contain_text("Syrian regime")
    expect(bars.nth(1)).to_contain_text("At least 50")
    widths = [float(bar.get_attribute("width")) for bar in page.locator("table.bars rect").all()]
    assert max(widths) == widths[6] == 1000
    assert widths[0] == round(1000 * 14221 / 14391)
    assert "view=chart" in page.url
    page.get_by_role("button", name="Plain text").click()
    expect(page.locator("pre.answer")).to_contain_text("14221")


def test_the_keyboard_leaves_the_editor(open_page):
    page = open_page("/en/sparql.html")
    editor(page).focus()
    page.keyboard.type(" ?")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(editor(page)).to_be_focused()


def test_a_query_that_runs_long_can_be_stopped(open_page):
    page = open_page("/en/sparql.html")
    replace(page, ENDLESS)
    run(page)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#said")).to_have_text("The query was stopped.")
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()


def test_without_scripts_a_plain_form_does_the_same(open_page):
    page = open_page("/ar/sparql.html", scripts=False)
    page.get_by_label("الاستعلام").fill(VALUES)
    page.get_by_role("button", name="تنفيذ", exact=True).click()
    assert [row[1] for row in rows(page)] == ["14391", "14221", "50", "43", "32", "25"]
    assert rows(page)[1][0] == "النظام السوري"
    page.get_by_role("button", name="مخطط").click()
    assert page.locator("table.bars tbody tr").count() == 6


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_narrow_page_does_not_scroll_sideways(open_page, language):
    page = open_page(f"/{language}/sparql.html?question=torture-deaths&view=chart", width=390, scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(editor(page)).to_have_css("direction", "ltr")
