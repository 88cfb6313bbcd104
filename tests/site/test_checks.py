"""The checks: each beneath its verdict, with arithmetic that anyone can do again."""

from __future__ import annotations

import re
from decimal import Decimal

import pyoxigraph as ox
import pytest
from werkzeug.datastructures import MultiDict

from following import led_to, words
from snhr_kg import names
from snhr_kg.engine.question import Caller
from snhr_kg.holding import Holding
from snhr_kg.names import full
from snhr_kg.site.check_words import explain
from snhr_kg.site.checks import by_verdict
from snhr_kg.site.visit import Visit

PAGE = "/en/checks.html"
REPORT = "https://w3id.org/snhr-kg/report/2020-03-15"


def check_page(iri: str, language: str = "en") -> str:
    return f"/{language}/{iri.removeprefix(names.BASE)}.html"


def visit_to(holding: Holding) -> Visit:
    return Visit(holding, None, Caller(), "en", "checks", MultiDict())


def test_every_check_stands_beneath_its_verdict(read, held):
    document = read(PAGE)
    shown = {
        iri: section.get("id")
        for section in document.xpath("//main/section[@aria-labelledby]")
        for iri in led_to(PAGE, section.xpath(".//article/h4/a"))
    }
    assert shown == {iri: names.notation(held.value(iri, "snhr:verdict")) for iri in held.instances("snhr:Check")}


def test_contradictions_come_first_and_the_list_at_the_top_counts_and_leads_to_each_verdict(read):
    document = read(PAGE)
    led = [(one.get("href"), words(one)) for one in document.xpath("//ul[@class='verdicts']/li/a")]
    assert led == [
        ("#contradictory", "2 ≠ Contradictory"),
        ("#consistent-only-through-at-least", '1 ≥ Consistent only through "at least"'),
        ("#consistent", "41 = Consistent"),
    ]
    assert [document.get_element_by_id(href[1:]).tag for href, _ in led] == ["section"] * 3


def test_the_torture_deaths_are_told_with_sum_total_and_what_lies_between(read):
    document = read(check_page(f"{REPORT}/check/partition-sum--torture-deaths-by-perpetrator"))
    told = words(document)
    assert words(document.find_class("sum")[0]) == "14,221 + 50 + 43 + 32 + 25 = 14,371"
    assert (
        "the stated total is 14,391. The 20 between them stand in no part, and the report does not say whose they are."
        in told
    )
    assert "here “Deaths due to torture in prisons of the Syrian Democratic Forces” (at least 50 people)." in told
    assert "Stated total: Deaths due to torture: at least 14,391 people" in told


def test_a_quarter_of_a_million_contradicts_what_is_counted(read):
    path = check_page(f"{REPORT}/check/mentions-agree--civilian-deaths--heading")
    document = read(path)
    told = words(document)
    assert "“226,247 people” and “more than 250,000 people”" in told
    assert "they cannot both be right" in told
    assert "Difference between the two: 23,753" in told
    assert led_to(path, document.xpath("//ul[@class='sides']//a")) == [
        f"{REPORT}/mention/civilian-deaths--body",
        f"{REPORT}/mention/civilian-deaths--heading",
    ]


def test_rounded_numbers_agree_through_what_their_wording_leaves_open(read):
    told = words(read(check_page(f"{REPORT}/check/mentions-agree--detained-or-disappeared--heading")))
    assert "leaves open: 146,825 or more" in told
    assert "leaves open: 146,000 to 147,500" in told
    assert "both can be right" in told


def test_the_arithmetic_of_every_check_comes_out(held, site):
    with site.application.test_request_context(PAGE):
        told = [explain(visit_to(held), iri) for iri in held.instances("snhr:Check")]
    sums = [one.sum.replace(",", "") for one in told if one.sum]
    assert len(sums) == sum("mentions-agree" not in one.rule for one in told)
    for line in sums:
        numbers = [Decimal(number) for number in re.findall(r"[\d.]+", line)]
        if "+" in line:
            assert sum(numbers[:-1]) == numbers[-1], line
        elif "÷" in line:
            assert round(numbers[0] * numbers[1] / numbers[2], 4) == numbers[3], line
        elif "≤" in line:
            assert numbers[0] <= numbers[1], line
        else:
            assert "≥" in line, line
            assert numbers == sorted(numbers, reverse=True), line


def test_what_lies_between_a_part_and_its_whole_is_no_difference(held, site):
    with site.application.test_request_context(PAGE):
        told = [explain(visit_to(held), iri) for iri in held.instances("snhr:Check")]
    apart: dict[str, set[str]] = {}
    for one in told:
        apart.setdefault(names.notation(one.rule), set()).add(one.difference)
    assert apart["subset-within-whole"] == apart["nested-not-growing"] == {""}
    assert "20" in apart["partition-sum"]
    assert "23,753" in apart["mentions-agree"]


def test_a_check_compares_everything_that_it_involves(held, site):
    with site.application.test_request_context(PAGE):
        for iri in held.instances("snhr:Check"):
            of_figures = {one for one in held.values(iri, "snhr:involves") if "/mention/" not in one}
            of_mentions = {one for one in held.values(iri, "snhr:involves") if "/mention/" in one}
            assert {side.iri for side in explain(visit_to(held), iri).sides} == (of_mentions or of_figures)


@pytest.mark.parametrize("local", ["partition-sum--torture-deaths-by-perpetrator", "mentions-agree--displaced--body"])
def test_checks_are_explained_in_arabic(read, local):
    document = read(check_page(f"{REPORT}/check/{local}", "ar"))
    sentence = next(one for one in document.xpath("//main/p") if "class" not in one.attrib and len(words(one)) > 60)
    assert re.search("[\u0600-\u06ff]", words(sentence))
    assert not re.search("[A-Za-z]", words(sentence))


def test_a_verdict_and_a_rule_that_nobody_foresaw_are_told_by_what_the_graph_says(site):
    check, rule, verdict = (names.BASE + local for local in ("x/check", "rule/unheard-of", "code/verdict/undecided"))
    arithmetic = "1 and 2 are numbers"
    stated = {
        (check, "rdf:type"): ox.NamedNode(full("snhr:Check")),
        (check, "snhr:rule"): ox.NamedNode(rule),
        (check, "snhr:verdict"): ox.NamedNode(verdict),
        (check, "snhr:arithmetic"): ox.Literal(arithmetic),
        (check, "dqv:value"): ox.Literal("false"),
        (rule, "skos:definition"): ox.Literal("Numbers are numbers.", language="en"),
    }
    graph = ox.NamedNode(names.graph("checks"))
    holding = Holding(
        [ox.Quad(ox.NamedNode(s), ox.NamedNode(full(p)), value, graph) for (s, p), value in stated.items()], "1"
    )
    with site.application.test_request_context(PAGE):
        told = explain(visit_to(holding), check)
        groups = by_verdict(visit_to(holding))
    assert (told.sum, told.sentences[0]) == (arithmetic, "Numbers are numbers.")
    assert [(group.anchor, group.count) for group in groups] == [("undecided", 1)]
