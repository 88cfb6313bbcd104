"""Comparisons and sources: every one appears with its numbers, and says what it does not show."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest

from following import words
from snhr_kg import names
from snhr_kg.engine.question import Caller, Question
from snhr_kg.names import full

TOPIC = "comparison/topic/"
MINUS = "−"


@pytest.fixture(scope="module")
def pages(read):
    return {language: read(f"/{language}/comparisons.html") for language in ("en", "ar")}


@pytest.fixture(scope="module")
def source_pages(read):
    return {language: read(f"/{language}/sources.html") for language in ("en", "ar")}


@pytest.fixture(scope="module")
def elsewhere(site_engine) -> list[dict[str, str]]:
    """Every dataset and publication that graphs from elsewhere describe, asked of the engine."""
    text = f"""
    SELECT ?source ?label ?language ?licence ?rights ?read ?kept WHERE {{ GRAPH ?graph {{
      ?source a <{full("snhr:ExternalDataset")}> ; <{full("rdfs:label")}> ?label
      OPTIONAL {{ ?source <{full("dcterms:license")}> ?licence ; <{full("dcterms:rights")}> ?rights }}
      OPTIONAL {{ ?source <{full("snhr:rowsRead")}> ?read ; <{full("snhr:rowsKept")}> ?kept }}
      BIND (LANG(?label) AS ?language) }} }}"""
    body = site_engine.answer(Question(text, "application/sparql-results+json"), Caller()).body
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    kept = [{str(v.value): row[v].value for v in found.variables if row[v] is not None} for row in found]
    assert len({row["source"] for row in kept}) == 104
    return kept


@pytest.fixture(scope="module")
def rows(pages):
    """For each language, the two rows of a comparison by the address of its page: its numbers, and why they differ."""
    return {
        language: {why.xpath(".//a/@href")[-1]: (why.getprevious(), why) for why in page.xpath("//tr[@class='why']")}
        for language, page in pages.items()
    }


def local_page(iri: str) -> str:
    return iri.removeprefix(names.BASE).replace("%2B", "+") + ".html"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_topic_is_asked_as_a_question_and_leads_to_its_page(pages, held, language):
    topics = held.instances("snhr:ComparisonTopic")
    assert len(topics) == 42
    for topic in topics:
        local = topic.removeprefix(names.BASE)
        (link,) = pages[language].xpath(f"//h3[@id='{local.removeprefix(TOPIC)}']/a")
        assert link.get("href") == f"{local}.html"
        assert words(link) == str(held.label(topic, language))
        assert str(held.text(topic, "skos:definition", language)) == words(link.xpath("../following-sibling::p[1]")[0])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_comparison_stands_with_its_numbers_and_every_kind_of_reason(rows, held, language):
    comparisons = held.instances("snhr:Comparison")
    assert len(comparisons) == 116
    for comparison in comparisons:
        numbers, why = rows[language][local_page(comparison)]
        said = words(numbers)
        if value := held.value(comparison, "snhr:rightValue"):
            assert f"{int(value):,}" in said, comparison
        codes = held.values(comparison, "snhr:reasonForDifference")
        difference = held.value(comparison, "snhr:difference")
        if difference and names.code("comparability", "stock-not-flow") not in codes:
            assert f"{abs(int(difference)):,}" in said or difference == "0", comparison
        if ratio := held.value(comparison, "snhr:ratio"):
            assert ratio in said, comparison
        assert str(held.label(held.value(comparison, "snhr:periodRelation"), language)) in words(why)
        assert {f"{code.removeprefix(names.BASE)}.html" for code in codes} <= set(why.xpath(".//a/@href"))


def test_the_report_and_ohchr_s_estimate_of_civilians_killed_stand_side_by_side(pages):
    (heading,) = pages["en"].xpath("//h3[@id='civilians-killed']")
    table = heading.xpath("following::table[1]")[0]
    assert "226,247 people" in words(table.xpath("caption")[0])
    row = table.xpath(".//tbody/tr")[0]
    assert words(row) == (
        "OHCHR estimate of civilians killed, June 2022 1 March 2011 to 31 March 2021 "
        "306,887 people Estimated grade C 80,640 more ratio 1.3564"
    )


def test_a_stock_is_given_neither_difference_nor_ratio_to_a_flow_and_the_reason_is_said(rows, held):
    stock = names.code("comparability", "stock-not-flow")
    both = held.subjects("snhr:reasonForDifference", stock)
    assert len(both) == 8
    for comparison in both:
        numbers, _ = rows["en"][local_page(comparison)]
        assert "neither difference nor ratio: a stock is not a flow" in words(numbers)


def test_sources_that_draw_on_snhr_are_said_to_prove_nothing(rows, held):
    dependent = {
        comparison
        for comparison in held.instances("snhr:Comparison")
        if names.code("comparability", "not-independent") in held.values(comparison, "snhr:reasonForDifference")
    }
    assert dependent
    for comparison in held.instances("snhr:Comparison"):
        _, why = rows["en"][local_page(comparison)]
        assert ("agreement would prove nothing" in words(why)) == (comparison in dependent)


def test_vague_numbers_keep_their_bounds_and_get_no_difference(pages):
    (heading,) = pages["en"].xpath("//h3[@id='killed-by-the-armed-opposition']")
    table = heading.xpath("following::table[1]")[0]
    assert "hundreds of people (read as 200 to 999)" in words(table)
    assert words(table).count("no difference can be computed: one side is a vague number") == 3


def test_topics_lie_in_groups_that_share_what_none_of_their_answers_shows(pages, held):
    sections = pages["en"].xpath("//section[h2]")
    assert [words(one.xpath("h2")[0]) for one in sections][:2] == ["Deaths", "Attacks"]
    caveats = {str(held.text(topic, "snhr:caveat", "en")) for topic in held.instances("snhr:ComparisonTopic")}
    assert {words(one.xpath("p[@class='note']")[0]) for one in sections} == caveats


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_topic_by_itself_says_every_reason_in_words_and_where_it_was_read(read, held, language):
    topic = f"{names.BASE}{TOPIC}chemical-attacks"
    page = words(read(f"/{language}/{TOPIC}chemical-attacks.html").get_element_by_id("main"))
    for comparison in held.subjects("snhr:topic", topic):
        for text in held.texts(comparison, "rdfs:comment", language):
            assert str(text) in page
        for reason in held.values(comparison, "dcterms:references"):
            assert str(held.label(reason, language)) in page
            assert held.value(reason, "dcterms:bibliographicCitation") in page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_one_comparison_can_be_read_alone(read, held, language):
    iri = next(
        one for one in held.subjects("snhr:topic", f"{names.BASE}{TOPIC}cluster-attacks")
        if held.value(one, "snhr:rightValue") == "687" and held.value(one, "snhr:leftValue") == "492"
    )  # fmt: skip
    page = read(f"/{language}/{local_page(iri)}")
    said = words(page.get_element_by_id("main"))
    assert held.value(iri, "snhr:arithmetic") == f"687 {MINUS} 492 = 195; 687 ÷ 492 = 1.3963"
    for text in (
        held.value(iri, "snhr:arithmetic"),
        str(held.label(iri, language)),
        str(held.text(held.value(iri, "snhr:periodRelation"), "skos:definition", language)),
        str(held.text(f"{names.BASE}{TOPIC}cluster-attacks", "snhr:caveat", language)),
        *(str(held.label(reason, language)) for reason in held.values(iri, "dcterms:references")),
    ):
        assert text in said
    links = set(page.xpath("//main//a/@href"))
    up = "../" * iri.removeprefix(names.BASE).count("/")
    assert f"{up}report/2020-03-15/figure/cluster-attacks.html" in links
    assert f"{up}external/series/cluster-munition-monitor-2021/figure/cluster-attacks.html" in links


def test_a_comparison_whose_address_holds_a_plus_answers(read, held):
    (iri,) = (one for one in held.instances("snhr:Comparison") if "%" in one)
    assert "6,733,699" in words(read(f"/en/{local_page(iri)}").get_element_by_id("main"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_source_is_named_with_its_terms_and_rows(source_pages, elsewhere, language):
    ids = {one.get("id"): one for one in source_pages[language].xpath("//*[@id]")}
    for row in elsewhere:
        if row["language"] == language:
            said = words(ids[row["source"].removeprefix(names.BASE)])
            assert row["label"] in said
            if "read" in row:
                assert f"{int(row['read']):,}" in said
                assert f"{int(row['kept']):,}" in said
                assert row["licence"] in said
                assert row["rights"] in said


def test_every_figure_of_a_publication_is_counted_once_with_its_grade(source_pages, site_engine):
    text = f"""
    SELECT ?source ?grade WHERE {{ GRAPH <{names.graph("external/series")}> {{
      ?figure <{full("snhr:fromDataset")}> ?source ; <{full("snhr:grade")}> ?grade }} }}"""
    body = site_engine.answer(Question(text, "application/sparql-results+json"), Caller()).body
    counted = Counter(
        (row["source"].value.removeprefix(names.BASE), row["grade"].value[-1])
        for row in ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    )
    assert sum(counted.values()) == 787
    ids = {one.get("id"): one for one in source_pages["en"].xpath("//li[@id]")}
    for (source, grade), n in counted.items():
        assert f"{n} {grade}" in words(ids[source]), source


def test_who_draws_on_snhr_is_told_with_where_that_was_read(source_pages, held):
    code = names.code("comparability", "not-independent")
    reasons = [one for one in held.subjects("snhr:reasonForDifference", code) if "/reason/" in one]
    section = source_pages["en"].get_element_by_id("independence").xpath("following-sibling::dl[1]")[0]
    assert len(section.xpath("dt")) == len(reasons) == 3
    for reason in reasons:
        assert str(held.label(reason, "en")) in words(section)
        assert held.value(reason, "dcterms:source") in section.xpath(".//a/@href")


def test_every_mapping_set_is_named_with_how_many_matches_were_judged(source_pages, held):
    rows = {row.xpath("th/a/@href")[0]: row for row in source_pages["ar"].xpath("//table/tbody/tr")}
    sets = held.instances("sssom:MappingSet")
    assert len(sets) == 22
    for one in sets:
        row = rows[f"{one.removeprefix(names.BASE)}.html"]
        assert words(row.xpath("td")[0]) == f"{len(held.values(one, 'sssom:mappings')):,}"
