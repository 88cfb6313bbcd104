"""The first page: the figures of the report's title as the report states them, and ways to everything else."""

from __future__ import annotations

import pytest

from following import led_to, words
from snhr_kg.names import term
from snhr_kg.questions.read import read_questions
from snhr_kg.site.home import COUNTED
from snhr_kg.web.site import PUBLISHING

FIGURES = "https://w3id.org/snhr-kg/report/2020-03-15/figure/"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_figures_of_the_title_stand_in_its_order(read, language):
    path = f"/{language}/index.html"
    assert led_to(path, read(path).xpath("//ul[@class='headlines']/li/a")) == [
        f"{FIGURES}{local}"
        for local in (
            "civilian-deaths",
            "torture-deaths",
            "enforced-disappearances",
            "displaced",
            "chemical-attacks",
            "cluster-attacks",
            "barrel-bombs",
        )
    ]


def test_each_stands_with_its_fullest_wording(read):
    assert [words(one) for one in read("/en/index.html").xpath("//ul[@class='headlines']//strong")] == [
        "226,247 people",
        "at least 14,391 people",
        "100,000 people",
        "approximately 15,200,000 people",
        "222 attacks",
        "at least 492 attacks",
        "nearly 81,916 munitions",
    ]


def test_what_is_in_it_is_counted_in_the_graph(read, held):
    section = read("/en/index.html").get_element_by_id("counts").getparent()
    told = [words(one) for one in section.xpath(".//dd")]
    assert told == [f"{len(held.instances(term(name))):,}" for name in COUNTED]


def test_six_questions_are_offered_by_their_titles_and_lead_to_the_editor_or_to_their_list(site, read, monkeypatch):
    titles = {one.title: one.name for one in read_questions()}
    asked = read("/en/index.html").get_element_by_id("ask").getnext().xpath("./li/a")
    assert [one.get("href") for one in asked] == [f"sparql.html?question={titles[words(one)]}" for one in asked]
    assert len(asked) == 6
    monkeypatch.setitem(site.application.config, PUBLISHING, True)
    published = read("/en/index.html").get_element_by_id("ask").getnext().xpath("./li/a/@href")
    assert published == [f"questions.html#{titles[words(one)]}" for one in asked]
    listed = set(read("/en/questions.html").xpath("//@id"))
    assert {href.partition("#")[2] for href in published} <= listed
