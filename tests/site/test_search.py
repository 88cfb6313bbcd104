"""The search finds what is looked for in both languages and whatever the spelling, and says what it found it by."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from following import words
from snhr_kg import names
from snhr_kg.reconciliation.words import lexicon
from snhr_kg.site.search_index import LABEL, TEXT, Document, Said, SearchIndex
from snhr_kg.web.site import PUBLISHING


def ask(read, text: str, language: str = "en", **more):
    return read(f"/{language}/search.html?{urlencode({'q': text, **more})}")


def found(page) -> list[str]:
    """Where the results lead, in order."""
    return [link.get("href").removesuffix(".html") for link in page.xpath("//ul[@class='found']/li/a")]


@pytest.mark.parametrize("text", ["Raqqa", "Raqqqa", "raqqah", "Rakka", "الرقة", "رقة", "محافظة الرقة", "ar-Raqqa"])
def test_raqqa_is_found_in_any_spelling(read, text):
    assert "code/place/raqqa-governorate" in found(ask(read, text))[:3]


@pytest.mark.parametrize("text", ["Deir ez Zor", "Deir ez-Zor", "Dayr az-Zawr", "دير الزور"])
def test_deir_ez_zor_is_found_in_any_spelling(read, text):
    assert "code/place/deir-ez-zor-governorate" in found(ask(read, text))[:3]


@pytest.mark.parametrize("text", ["ISIS", "daesh", "Daish", "داعش", "Islamic State", "ISIL"])
def test_isis_is_found_by_all_its_names(read, text):
    assert found(ask(read, text))[0] == "code/perpetrator/isis"


@pytest.mark.parametrize("text", ["14,221", "14221", "١٤٢٢١", "١٤٬٢٢١", "14 221"])
def test_a_number_is_found_in_any_digits(read, text):
    page = ask(read, text)
    assert found(page) == ["report/2020-03-15/figure/torture-deaths-syrian-regime"]
    assert words(page.xpath("//ul[@class='found']/li/strong")[0]) == "14,221 people"


def test_a_number_of_a_mention_is_found_with_the_figure_that_carries_another(read):
    assert "report/2020-03-15/figure/detained-or-disappeared" in found(ask(read, "147,000"))


def test_a_share_is_found_by_its_number(read):
    assert found(ask(read, "91.36"))[0] == "report/2020-03-15/figure/alliance-share-of-civilian-deaths"


@pytest.mark.parametrize(
    ("text", "kind", "local"),
    [
        ("torture ISIS", "figure", "report/2020-03-15/figure/torture-deaths-isis"),
        ("girls", "computed", "report/2020-03-15/derived/civilian-deaths--girls"),
        ("ISIS", "party", "code/perpetrator/isis"),
        ("Raqqa", "place", "code/place/raqqa-city"),
        ("deaths due to torture", "section", "report/2020-03-15/section/iv"),
        ("Rukban", "finding", "report/2020-03-15/finding/"),
        ("cluster munitions", "event", "report/2020-03-15/event/first-use-of-cluster-munitions"),
        ("peace and security", "recommendation", "report/2020-03-15/recommendation/establish-peace-and-security"),
        ("deaths torture", "breakdown", "report/2020-03-15/breakdown/torture-deaths-by-perpetrator"),
        ("Wikidata", "data", "mapping-set/wikidata"),
        ("2139", "instrument", "report/2020-03-15/instrument/unsc-2139"),
        ("contradictory", "check", "report/2020-03-15/check/"),
        ("chemical attacks", "topic", "comparison/topic/"),
        ("chemical attacks", "comparison", "comparison/"),
        ("UCDP one-sided violence", "source", "external/ucdp-onesided/"),
        ("victimGroup", "term", "ontology#victimGroup"),
        ("barel bombs", "code", "code/weapon/barrel-bomb"),
    ],
)
def test_every_kind_of_thing_is_found(read, text, kind, local):
    assert any(local in link.replace(".html#", "#") for link in found(ask(read, text, **{"in": kind})))


def test_results_are_grouped_by_kind_the_best_first(read):
    page = ask(read, "النظام السوري", "ar")
    headings = [words(heading) for heading in page.xpath("//main/h2")]
    assert headings[0].startswith("الأطراف")
    assert found(page)[0] == "code/perpetrator/syrian-regime"


def test_a_result_says_by_which_other_name_it_was_found(read):
    (first, *_) = ask(read, "Raqqqa").xpath("//ul[@class='found']/li")
    assert words(first) == "Raqqa governorate found by the words: Raqqqa"


@pytest.mark.parametrize("text", ["Raqqa", "torture"])
def test_a_result_whose_name_has_the_words_says_no_other(read, text):
    plain = [one for one in ask(read, text).xpath("//ul[@class='found']/li") if text in one.find("a").text_content()]
    assert plain
    assert [one for one in plain if "found by the words" in words(one)] == []


def test_all_of_a_kind_can_be_had_where_only_the_best_are_shown(read):
    page = ask(read, "النظام السوري")
    (more,) = page.xpath("//a[contains(@href, 'in=figure')]")
    count = int("".join(sign for sign in words(more) if sign.isdigit()))
    assert len(found(ask(read, "النظام السوري", **{"in": "figure"}))) == count > 8


def test_where_no_page_has_all_words_those_with_most_are_shown_and_it_is_said(read):
    page = ask(read, "torture Raqqa Antarctica")
    assert "No page has all of these words" in words(page.find(".//main"))
    assert found(page)


def test_where_nothing_is_found_something_near_is_offered(read):
    number = ask(read, "14222")
    assert found(number) == []
    assert "Numbers near it: 14,221" in words(number)
    assert "search.html?q=14221" in [link.get("href") for link in number.iter("a")]
    assert "Words like it: " in words(ask(read, "detanmnt"))


@pytest.mark.parametrize("text", ["", "   ", "!!!", "%", "'\"<script>", "ـ", "0" * 200, "a " * 99])
def test_odd_questions_are_answered(read, text):
    assert ask(read, text).find(".//h1") is not None


def test_what_was_asked_is_shown_as_text_and_never_as_markup(site):
    text = site.get("/en/search.html?q=%3Cscript%3Ealert(1)%3C/script%3E", headers={"Accept": "text/html"}).text
    assert "<script>alert" not in text


@pytest.mark.parametrize("query", ["q=" + "a" * 201, "in=figures", "question=x", "q=a&in=figure&in=check", "q=a&q=b"])
def test_what_it_does_not_take_is_told(site, query):
    assert site.get(f"/en/search.html?{query}", headers={"Accept": "text/html"}).status_code == 400


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_site_without_a_server_lists_everything_by_its_letter(site, held, monkeypatch, language):
    monkeypatch.setitem(site.application.config, PUBLISHING, True)
    text = site.get(f"/{language}/search.html").text
    assert "<form" not in text
    for kind in ("snhr:Figure", "snhr:DerivedFigure", "snhr:Perpetrator", "snhr:Place", "snhr:Section", "snhr:Check"):
        for iri in held.instances(kind):
            assert f'href="{iri.removeprefix(names.BASE)}.html"' in text, iri
    assert "?" not in "".join(part.split('"')[0] for part in text.split('href="')[1:])


def test_a_word_in_a_label_comes_before_the_same_in_a_text():
    index = SearchIndex(
        [
            Document("text", "code", (Said("Siege", LABEL), Said("About water", TEXT))),
            Document("label", "code", (Said("Water", LABEL),)),
        ],
        lexicon(),
    )
    assert [hit.document.iri for hit in index.find("water").hits] == ["label", "text"]


def test_every_word_must_be_found():
    index = SearchIndex([Document("one", "code", (Said("Mass arrest", LABEL),))], lexicon())
    assert index.find("mass arrest").hits
    assert index.find("mass siege").partly
