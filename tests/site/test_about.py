"""The page about the data: its counts are those of the graph, its limits are said, its links lead where they say."""

from __future__ import annotations

import copy
import re

import pytest

from following import words
from snhr_kg import names

REPORT = f"{names.BASE}report/2020-03-15"


@pytest.fixture(scope="module")
def pages(read):
    return {language: read(f"/{language}/about.html") for language in ("en", "ar")}


def section(page, anchor: str) -> str:
    """The words from one heading to the next."""
    heading = page.get_element_by_id(anchor)
    found = []
    for one in heading.itersiblings():
        if one.tag == "h2":
            break
        found.append(words(one))
    return " ".join(found)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_was_taken_from_the_text_is_counted_in_the_graph(pages, held, language):
    said = set(re.findall(r"[\d,]+", section(pages[language], "method")))
    for kind, known in (("Figure", 80), ("Mention", 108), ("Passage", 239), ("OtherNumber", 110), ("Check", 44)):
        assert len(held.instances(f"snhr:{kind}")) == known
        assert str(known) in said, kind


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_verdicts_are_counted_and_the_text_is_told_by_its_checksum(pages, held, language):
    said = section(pages[language], "method")
    for verdict in held.instances("snhr:Verdict"):
        assert f"{held.label(verdict, language)} ({len(held.subjects('snhr:verdict', verdict))})" in said
    assert held.value(f"{REPORT}/text#checksum", "spdx:checksumValue") in said
    assert "34,911" in said


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_qualifier_is_explained_and_shown_on_a_figure_that_has_it(pages, held, language):
    page = pages[language]
    listed = page.get_element_by_id("qualifiers").xpath("following-sibling::dl[1]/dt")
    assert len(listed) == len(held.instances("snhr:Qualifier")) == 9
    for qualifier in held.instances("snhr:Qualifier"):
        (entry,) = (one for one in listed if words(one) == str(held.label(qualifier, language)))
        said = words(entry.getnext())
        assert str(held.text(qualifier, "skos:definition", language)) in said
        figures = [one for one in held.subjects("snhr:qualifier", qualifier) if f"{REPORT}/figure/" in one]
        assert bool(figures) <= bool(entry.getnext().xpath(".//a"))
    assert ("hundreds" in section(page, "qualifiers").lower()) == (language == "en")
    assert "200 to 999" in section(pages["en"], "qualifiers")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_all_five_principles_of_the_standards_are_answered_and_cited(pages, language):
    heading = pages[language].get_element_by_id("limits")
    assert len(heading.xpath("following-sibling::dl[1]/dt")) == 5
    cited = heading.xpath("following-sibling::p[1]/a/@href")
    assert cited
    assert all(address.startswith("https://everycasualty.org/") for address in cited)
    assert "2016" in section(pages[language], "limits")


def test_attribution_is_said_to_be_no_finding_of_guilt(pages):
    said = section(pages["en"], "account")
    assert "no finding of guilt by a court" in said
    assert "Syrian government forces" in said, "the neutral names that the graph holds stand beside the report's"
    assert "إدانة" in section(pages["ar"], "account")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_not_computed_shows_the_figures_that_tempt_to_it_with_their_qualifiers(pages, held, language):
    listed = pages[language].get_element_by_id("not-computed").xpath("following-sibling::ul[1]/li")
    assert len(listed) == 6
    links = {link for one in listed for link in one.xpath(".//a/@href")}
    assert {"report/2020-03-15/figure/torture-deaths.html", "report/2020-03-15/figure/civilian-deaths.html"} <= links
    text = section(pages["en"], "not-computed")
    assert "at least 14,391 people" in text
    assert "129,989 people" in text
    assert all(f"{names.BASE}{link.removesuffix('.html')}" in held for link in links)


def test_how_figures_rest_is_counted_over_the_figures_of_the_report(pages, held):
    said = section(pages["en"], "limits")
    figures = held.instances("snhr:Figure")
    for basis in held.instances("snhr:Basis"):
        count = sum(held.value(figure, "snhr:basis") == basis for figure in figures)
        assert f"{held.label(basis, 'en')} ({count})" in said


def test_the_dataset_is_cited_as_the_catalogue_describes_it(pages, held):
    dataset = f"{names.BASE}dataset"
    said = section(pages["en"], "cite")
    assert str(held.label(dataset, "en")) in said
    assert dataset in said
    assert f"Version {held.value(dataset, 'dcat:version')}" in said
    assert held.value(REPORT, "dcterms:bibliographicCitation") in said


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_way_to_the_data_is_led_to(pages, language):
    links = set(pages[language].xpath("//main//a/@href"))
    assert {
        "sources.html", "comparisons.html", "ontology.html", "sparql.html", "api.html", "files.html", "graphs.html",
        "checks.html", "figures.html",
    } <= links  # fmt: skip


def test_the_arabic_page_has_no_english_words_of_ours(pages):
    main = copy.deepcopy(pages["ar"]).get_element_by_id("main")
    for foreign in main.xpath(".//*[@lang='en'] | .//code | .//*[@dir='ltr']"):
        foreign.drop_tree()
    left = set(re.findall(r"[A-Za-z][a-z]{3,}", words(main)))
    assert left <= {"snhr", "Apache", "Every", "Casualty", "Accept", "trig", "jsonld"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_place_within_the_page_that_is_led_to_exists(pages, language):
    page = pages[language]
    assert {href[1:] for href in page.xpath("//main//a/@href[starts-with(., '#')]")} <= set(page.xpath("//@id"))
