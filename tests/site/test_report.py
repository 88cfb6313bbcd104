"""The report from top to bottom, and what stands in it: sections, places of the text, findings, totals and parts."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from following import led_to, words
from snhr_kg.holding import Holding
from snhr_kg.names import full

REPORT = "https://w3id.org/snhr-kg/report/2020-03-15"
PAGE = "/en/report/2020-03-15.html"
TABLES = Path(__file__).parents[2] / "data" / "2020-03-15"


def table(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def start(held: Holding, place: str) -> int:
    return int(held.value(f"{place}#position", "oa:start"))


def in_text_order(held: Holding, kinds: tuple[str, ...], section: str | None = None) -> list[str]:
    """What the graph holds of these classes, in the order in which it stands in the text."""
    found = [iri for kind in kinds for iri in held.instances(kind)]
    found = [iri for iri in found if section in (None, held.value(iri, "snhr:inSection"))]
    return sorted(found, key=lambda iri: (start(held, iri), int(held.value(f"{iri}#position", "oa:end")), iri))


def page_of(local: str, language: str = "en") -> str:
    return f"/{language}/report/2020-03-15/{local}.html"


@pytest.fixture(scope="module")
def report(read):
    return read(PAGE)


def facts(document) -> dict[str, str]:
    names, values = (document.xpath(f"//dl[@class='facts']/{tag}") for tag in ("dt", "dd"))
    return {words(name): words(value) for name, value in zip(names, values, strict=True)}


def test_the_report_says_who_published_it_when_and_of_which_text_it_is_told(report):
    told = facts(report)
    row = table("report")[0]
    assert told["Title"] == row["title"]
    assert told["Published by"] == row["publisher"]
    assert told["Date"] == "15 March 2020"
    assert told["Language of the text"] == "English"
    assert row["text_sha256"] in words(report)
    assert "make verify REPORT=" in words(report)


def test_the_report_counts_what_its_tables_hold(report):
    told = facts(report)["In the graph"]
    assert f"{len(table('figures'))} figures, stated in {len(table('mentions'))} places" in told
    assert f"{len(table('findings'))} findings" in told
    assert f"{len(table('recommendations'))} recommendations" in told
    assert f"{len(table('numbers'))} numbers that are no figures" in told


def test_the_contents_lead_to_every_section_in_order(report, held):
    sections = sorted(held.instances("snhr:Section"), key=lambda iri: int(held.value(iri, "snhr:order")))
    anchors = report.xpath("//ol[@class='contents']/li/a")
    targets = [report.get_element_by_id(anchor.get("href").removeprefix("#")) for anchor in anchors]
    assert [anchor.get("href").partition("-")[2] for anchor in anchors] == [iri.rpartition("/")[2] for iri in sections]
    assert [target.tag for target in targets] == ["section"] * 20
    depths = [int(one.get("class").removeprefix("level-")) for one in report.xpath("//ol[@class='contents']/li")]
    parents = [held.value(iri, "snhr:partOfSection") for iri in sections]
    assert depths == [1 if parent is None else 1 + depths[sections.index(parent)] for parent in parents]
    assert max(depths) > 1
    assert [target.tag for target in report.xpath("//section[@class='digest']")] == ["section"] * len(sections)


def test_every_mention_is_read_in_text_order_with_its_exact_words(report, held):
    expected = in_text_order(held, ("snhr:Mention",))
    shown = report.xpath("//section[@class='digest']/ol[@class='reading']/li")
    assert led_to(PAGE, (one.find(".//a[@class='position']") for one in shown)) == expected
    assert [one.find(".//q").text for one in shown] == [held.value(f"{iri}#quote", "oa:exact") for iri in expected]


def test_what_is_stated_without_a_figure_is_there_section_by_section(report, held):
    for section in held.instances("snhr:Section"):
        expected = [held.value(iri, "snhr:passageOf") for iri in in_text_order(held, ("snhr:Passage",), section)]
        digest = report.get_element_by_id("section-" + section.rpartition("/")[2])
        assert led_to(PAGE, digest.xpath("./details/ol/li/a")) == expected


def test_the_numbers_that_are_no_figures_are_folded_beneath_their_section(report, held):
    shown = report.xpath("//section[@class='digest']/details/ul[@class='ledger']/li/a")
    assert led_to(PAGE, shown) == in_text_order(held, ("snhr:OtherNumber",))
    assert not report.xpath("//section[@class='digest']/details[@open]")


@pytest.mark.parametrize(
    ("language", "amount"), [("en", "at least 129,989 people"), ("ar", "ما لا يقل عن 129,989 شخصاً")]
)
def test_a_mention_is_read_with_its_qualifier(read, language, amount):
    document = read(f"/{language}/report/2020-03-15.html")
    assert amount in [words(one) for one in document.xpath("//p[@class='said']/strong")]


def test_every_section_reads_all_that_stands_in_it_in_text_order(read, held):
    for section in held.instances("snhr:Section"):
        path = page_of(section.removeprefix(REPORT + "/"))
        document = read(path)
        reading = document.xpath("//ol[@class='reading']//a[@class='position']")
        ledger = document.xpath("//ul[@class='ledger']//a[@class='position']")
        assert led_to(path, reading) == in_text_order(held, ("snhr:Mention", "snhr:Passage"), section)
        assert led_to(path, ledger) == in_text_order(held, ("snhr:OtherNumber",), section)


def test_a_section_lists_the_charts_that_stand_in_it(read, held):
    shown = 0
    for section in held.instances("snhr:Section"):
        path = page_of(section.removeprefix(REPORT + "/"))
        listed = [one for one in led_to(path, read(path).xpath("//dl[@class='facts']//a")) if "/slice/" in one]
        assert sorted(listed) == sorted(set(held.subjects("snhr:inSection", section)) & set(held.instances("qb:Slice")))
        shown += len(listed)
    assert shown


def test_sections_lead_to_the_one_before_and_the_one_after(read):
    path = page_of("section/iv")
    assert led_to(path, read(path).xpath("//a[@rel='prev' or @rel='next']")) == [
        f"{REPORT}/section/iii",
        f"{REPORT}/section/v",
    ]


def test_a_mention_says_where_it_stands_and_that_it_carries_the_figure(read, held):
    path = page_of("mention/torture-deaths-syrian-regime--body")
    document = read(path)
    told = facts(document)
    assert words(document.find(".//h1")) == "14,221 people"
    assert words(document.find(".//blockquote")) == "14,221 individuals"
    assert told["Where it stands"].startswith("characters 17,937 to 17,955")
    assert told["Carries the figure's value"].startswith("Yes")
    assert "Not at all" in words(document)


def test_a_mention_shows_how_its_words_differ_from_the_figure(read):
    title = read(page_of("mention/torture-deaths--title"))
    rows = {words(row[0]): [words(cell) for cell in row[1:]] for row in title.xpath("//tbody/tr")}
    assert rows == {
        "Amount": ["14,391 people", "at least 14,391 people"],
        "Group of victims": ["Civilians", "Individuals"],
    }
    arrested = read(page_of("mention/detained-or-disappeared-isis--body"))
    assert [words(cell) for cell in arrested.xpath("//tbody/tr/td")] == [
        "Ever arrested",
        "Still detained or forcibly disappeared",
    ]
    assert "The word is arrested." in facts(arrested)["Note"]


def test_a_mention_leads_to_what_stands_beside_it_and_to_the_other_mentions(read, held):
    mention = f"{REPORT}/mention/torture-deaths--title"
    path = page_of("mention/torture-deaths--title")
    document = read(path)
    order = in_text_order(held, ("snhr:Mention", "snhr:Passage"))
    at = order.index(mention)
    assert led_to(path, document.xpath("//a[@rel='prev' or @rel='next']")) == [order[at - 1], order[at + 1]]
    others = [
        iri
        for iri in in_text_order(held, ("snhr:Mention",))
        if held.value(iri, "snhr:mentionOf") == f"{REPORT}/figure/torture-deaths" and iri != mention
    ]
    assert len(others) > 1
    assert led_to(path, document.xpath("//ul[@class='reading']//a[@class='position']")) == others


def test_a_number_that_is_no_figure_says_why(read):
    document = read(page_of("number/both-kinds-of-abuse"))
    row = next(row for row in table("numbers") if row["id"] == "both-kinds-of-abuse")
    assert facts(document)["Why it is no figure"] == row["reason"]
    assert facts(document)["Kind of number"] == "Pronoun"


def test_a_finding_says_who_whom_where_and_how_it_is_attributed(read, held):
    finding = f"{REPORT}/finding/arrests-by-security-services"
    path = page_of("finding/arrests-by-security-services")
    document = read(path)
    told = facts(document)
    assert told["How the report attributes it"].startswith("In part")
    assert told["Who is held responsible"] == str(held.label(held.value(finding, "snhr:perpetrator"), "en"))
    assert led_to(path, document.xpath("//ul[@class='reading']//a[@class='position']")) == [
        f"{REPORT}/passage/finding--arrests-by-security-services"
    ]


def test_what_goes_on_is_told(read, held):
    going_on = [
        iri for iri in held.instances("snhr:Finding") if (held.value(iri, "snhr:status") or "").endswith("/ongoing")
    ]
    assert going_on
    told = facts(read(page_of(going_on[0].removeprefix(REPORT + "/"))))
    assert told["Whether it goes on"].startswith("Ongoing")


def test_a_recommendation_names_all_whom_it_is_addressed_to(read):
    told = facts(read(page_of("recommendation/establish-peace-and-security")))
    assert "United Nations Security Council" in told["Addressed to"]
    assert told["Place among the recommendations"] == "5"


def test_an_event_and_an_instrument_lead_to_each_other(read):
    event = page_of("event/world-summit-2005")
    instrument = page_of("instrument/world-summit-2005")
    assert f"{REPORT}/instrument/world-summit-2005" in led_to(event, read(event).xpath("//dl[@class='facts']//a"))
    assert f"{REPORT}/event/world-summit-2005" in led_to(instrument, read(instrument).xpath("//dl[@class='facts']//a"))


def test_a_relation_names_both_parties(read):
    path = page_of("relation/coalition-patrols-with-sdf")
    parties = "https://w3id.org/snhr-kg/code/perpetrator/"
    assert led_to(path, read(path).xpath("//main/dl[@class='facts']/dd/a")) == [
        f"{parties}us-led-coalition",
        full("snhr:jointPatrolsWith").partition("#")[0],
        f"{parties}sdf",
    ]


def test_a_partition_shows_its_parts_the_computed_rest_and_its_total(read):
    document = read(page_of("breakdown/torture-deaths-by-perpetrator"))
    table_shown = document.find(".//table")
    assert table_shown.get("class") == "breakdown partition"
    assert [words(row[1]) for row in table_shown.xpath(".//tbody/tr")] == [
        "14,221 people",
        "at least 50 people",
        "43 people",
        "32 people",
        "25 people",
    ]
    rest, total = table_shown.xpath(".//tfoot/tr")
    assert (rest.get("class"), words(rest[1])) == ("computed", "20 people (computed)")
    assert (total.get("class"), words(total[1])) == ("total", "at least 14,391 people")
    assert "May be added" in words(document)
    assert "14,221 + 50 + 43 + 32 + 25 = 14,371" in words(document)


def test_parts_that_overlap_never_look_like_a_partition(read, held):
    others = [iri for kind in ("Subset", "Nested") for iri in held.instances(f"snhr:{kind}Breakdown")]
    assert len(others) == sum(row["kind"] != "partition" for row in table("breakdowns"))
    for iri in others:
        document = read(page_of(iri.removeprefix(REPORT + "/")))
        assert "May be added" not in words(document)
        assert "Not to be added" in words(document.find_class("note")[0])
        assert not document.xpath("//table/tfoot")


def test_what_rules_computed_from_a_breakdown_stands_apart_from_its_parts(read):
    path = page_of("breakdown/civilian-deaths-women-and-children")
    computed = read(path).xpath("//h2[.='Computed from these figures']/following-sibling::ul[1]/li")
    assert led_to(path, [one.find("a") for one in computed]) == [
        f"{REPORT}/derived/civilian-deaths--men",
        f"{REPORT}/derived/civilian-deaths--women-and-children",
    ]
    assert [words(one).rpartition(": ")[2] for one in computed] == [
        "180,969 people (computed)",
        "45,278 people (computed)",
    ]
    assert not read(page_of("breakdown/torture-deaths-by-perpetrator")).xpath("//h2[.='Computed from these figures']")


def test_every_breakdown_lists_its_parts_with_their_amounts(read, held):
    for iri in held.instances("snhr:Breakdown"):
        path = page_of(iri.removeprefix(REPORT + "/"))
        shown = led_to(path, read(path).xpath("//table[contains(@class, 'breakdown')]//th[@scope='row']/a"))
        assert {held.value(iri, "snhr:total"), *held.values(iri, "snhr:component")} <= set(shown)


def test_charts_lists_and_data_sets_list_their_figures(read, held):
    for iri in [*held.instances("qb:Slice"), *held.instances("qb:DataSet")]:
        path = page_of(iri.removeprefix(REPORT + "/"))
        shown = led_to(path, read(path).xpath("//main/div/table/tbody//th/a"))
        assert sorted(shown) == sorted(held.values(iri, "qb:observation") or held.subjects("qb:dataSet", iri))


def test_a_total_among_its_parts_is_told_apart(read):
    path = page_of("slice/chart-torture-deaths")
    totals = read(path).xpath("//main/div/table/tbody/tr[@class='total']")
    assert led_to(path, [row.find(".//a") for row in totals]) == [f"{REPORT}/figure/torture-deaths"]
    assert "A total" in words(totals[0])


def test_the_quoted_words_are_marked_as_the_language_they_are_in(read):
    document = read(page_of("section/v", "ar"))
    assert {(one.get("lang"), one.get("dir")) for one in document.xpath("//main//q")} == {("en", "ltr")}
    assert words(document.find(".//h1")) == "V. الحصار"
