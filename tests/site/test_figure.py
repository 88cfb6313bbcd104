"""The page about a figure: nothing is left out of what the graph says of it, and nothing invites a wrong sum."""

from __future__ import annotations

import json

import pytest

from following import words
from snhr_kg import names
from snhr_kg.exports.citations_figures import find_references
from snhr_kg.exports.citations_formats import FORMATS
from snhr_kg.site.citing import reference
from snhr_kg.store import open_store
from snhr_kg.web.site import PUBLISHING

REPORT = names.report("2020-03-15")
TORTURE = "report/2020-03-15/figure/torture-deaths"
GIRLS = "report/2020-03-15/derived/civilian-deaths--girls"


def part(page, identifier: str) -> str:
    """What stands under a heading, until the next one."""
    found = []
    for element in page.get_element_by_id(identifier).itersiblings():
        if element.tag == "h2":
            break
        found.append(words(element))
    return " ".join(found)


@pytest.fixture(scope="module")
def torture(read):
    return read(f"/en/{TORTURE}.html")


def test_the_number_stands_large_with_its_qualifier_and_who_says_so(torture):
    assert words(torture.find(".//h1")) == "at least 14,391 people Deaths due to torture"
    assert "According to Syrian Network for Human Rights (SNHR), in its report of 15 March 2020" in words(torture)


def test_the_arabic_page_says_the_same(read):
    page = read(f"/ar/{TORTURE}.html")
    assert words(page.find(".//h1")) == "ما لا يقل عن 14,391 شخصاً الوفيات بسبب التعذيب"
    assert "بحسب الشبكة السورية لحقوق الإنسان، في تقريرها المؤرخ في 15 آذار 2020" in words(page)


def test_what_it_means_and_what_it_does_not_is_said(torture, held):
    said = part(torture, "meaning")
    assert "the true number may be higher" in said
    assert "A flow:" in said
    for text in held.texts(f"{names.BASE}{TORTURE}", ("snhr:caveat",), "en"):
        assert text.words in said
    assert "It already contains these figures: never add them to it." in said
    assert "Deaths due to torture in the Syrian regime's prisons: 14,221 people" in said


def test_a_part_names_the_total_that_it_must_not_be_added_to(read):
    said = part(read(f"/en/{TORTURE}-isis.html"), "meaning")
    assert "never add it to them. Deaths due to torture: at least 14,391 people" in said.replace("  ", " ")


def test_a_part_names_the_nearest_stated_total_and_not_only_what_rules_computed_around_it(read):
    said = part(read("/en/report/2020-03-15/figure/child-deaths.html"), "meaning")
    assert (
        "never add it to them. Civilians killed: 226,247 people "
        "Women and children among “Civilians killed”: computed: 45,278 people (computed) It already contains"
    ) in said
    last = part(read("/en/report/2020-03-15/figure/chemical-attacks-after-unsc-2235.html"), "meaning")
    assert "after Resolution 2209" in last
    assert "after Resolution 2118" not in last


def test_every_dimension_leads_to_its_code(torture, held):
    links = {link.get("href") for link in torture.get_element_by_id("dimensions").getnext().iter("a")}
    codes = [held.value(f"{names.BASE}{TORTURE}", f"snhr:{name}") for name in ("perpetrator", "place", "period")]
    assert {f"../../../{code.removeprefix(names.BASE)}.html" for code in codes} <= links


def test_stated_parts_are_named_before_computed_ones_and_not_hidden_by_them(read):
    said = part(read("/en/report/2020-03-15/figure/civilian-deaths.html"), "meaning")
    stated = [said.index(one) for one in ("Children killed: 29,257", "Women killed (adult females): 16,021")]
    assert max(stated) < said.index("Women and children among “Civilians killed”: computed")


def test_the_relation_of_two_periods_says_whose_it_is(read):
    said = part(read(f"/en/{TORTURE}.html"), "compared")
    assert "March 2011 to June 2019 This figure's period to that one: Contains the other" in said


@pytest.mark.parametrize("kind", ["torture-deaths", "detained-or-disappeared", "enforced-disappearances"])
def test_every_mention_is_shown_with_its_exact_words_and_position(read, held, kind):
    said = part(read(f"/en/report/2020-03-15/figure/{kind}.html"), "mentions")
    mentions = held.subjects("snhr:mentionOf", f"{REPORT}/figure/{kind}")
    assert mentions
    for mention in mentions:
        assert " ".join((held.value(f"{mention}#quote", "oa:exact") or "").split()) in said
        assert f"{int(held.value(f'{mention}#position', 'oa:start')):,}" in said


def test_a_mention_that_says_otherwise_says_so(torture, read):
    assert "Here it says otherwise: Group of victims: Civilians" in part(torture, "mentions")
    assert "nearly 147,000 people" in part(
        read("/en/report/2020-03-15/figure/detained-or-disappeared.html"), "mentions"
    )


def test_the_parts_stand_in_a_table_with_the_rest_that_was_computed(torture):
    (table,) = torture.xpath("//table[contains(@class, 'partition')]")
    rows = [words(row.findall("td")[-1]) for row in table.xpath(".//tbody/tr")]
    assert rows == [
        "at least 14,391 people",
        *("14,221 people", "at least 50 people", "43 people", "32 people", "25 people"),
        "20 people (computed)",
    ]
    assert "14,221 + 50 + 43 + 32 + 25 = 14,371" in words(torture)


def test_checks_that_concern_it_stand_with_their_verdict(read, held):
    iri = f"{REPORT}/figure/civilian-deaths"
    said = part(read("/en/report/2020-03-15/figure/civilian-deaths.html"), "checks")
    for check in held.subjects("snhr:involves", iri):
        assert held.label(check, "en").words in said
    assert "Contradictory" in said


def test_a_computed_figure_says_that_no_report_states_it(read, held):
    page = read(f"/en/{GIRLS}.html")
    said = words(page.find_class("note")[0])
    assert said.startswith("Computed by a rule. No report states this number. 28,316 − 16,021 = 12,295")
    assert held.text(f"{names.BASE}{GIRLS}", "snhr:presumes", "en").words in said
    assert "According to" not in words(page.find(".//main"))
    assert "Females killed, of any age: 28,316 people" in said


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        ("figure/civilian-deaths", "in full: it is meant as it is printed"),
        ("figure/displaced-internally", "reads it as anything from 8,500,000 to 9,500,000"),
        ("figure/mine-deaths-isis", "reads “hundreds” as 200 to 999"),
        ("figure/displaced-from-idlib", "lies above this one. The wording sets no upper limit."),
        ("figure/women-and-children-share-of-civilian-deaths", "the true share lies above this one."),
        ("figure/barrel-bombs", "reads it as 81,915 to 81,916.5; the report gives no range"),
        ("figure/displaced", "reads it as 15,100,000 to 15,300,000"),
        ("derived/torture-deaths-by-perpetrator--rest", "No bounds can be given"),
        ("derived/cluster-remnant-deaths--men", "the true number may be higher"),
        ("derived/alliance-share-of-civilian-deaths--implied-count", "Only bounds can be given: 206,688 to 206,710"),
    ],
)
def test_how_exact_a_number_is_is_said_in_plain_words(read, figure, sentence):
    assert sentence in part(read(f"/en/report/2020-03-15/{figure}.html"), "meaning")


def test_a_stock_is_told_from_a_flow(read):
    assert "A stock:" in part(read("/en/report/2020-03-15/figure/detained-or-disappeared.html"), "meaning")


def test_the_same_quantity_of_other_sources_stands_beside_it(read, held):
    said = part(read(f"/en/{TORTURE}.html"), "compared")
    iri = f"{names.BASE}{TORTURE}"
    assert held.subjects("snhr:leftFigure", iri)
    rows = read(f"/en/{TORTURE}.html").get_element_by_id("compared").getnext().getnext().xpath(".//tbody/tr")
    assert len(rows) == len({*held.subjects("snhr:leftFigure", iri), *held.subjects("snhr:rightFigure", iri)})
    assert "which of them is right is not said" in said


def test_a_figure_is_cited_as_the_command_cites_it(held, built):
    store = open_store(built)
    for local in ("figure/torture-deaths", "derived/civilian-deaths--girls"):
        (cited,) = find_references(store, f"report/2020-03-15/{local}")
        assert reference(held, f"{REPORT}/{local}") == cited


@pytest.mark.parametrize(("ending", "form"), [("bib", "bibtex"), ("ris", "ris"), ("csl.json", "csl-json")])
def test_citations_can_be_downloaded_with_the_permanent_iri(site, held, ending, form):
    response = site.get(f"/{TORTURE}.{ending}")
    assert response.get_data(as_text=True) == FORMATS[form]([reference(held, f"{names.BASE}{TORTURE}")])
    assert f"{names.BASE}{TORTURE}" in response.text
    assert response.headers["Content-Disposition"] == f'attachment; filename="torture-deaths.{ending}"'


def test_the_page_has_the_citation_ready_to_paste_and_leads_to_the_downloads(torture, site):
    assert f"{names.BASE}{TORTURE}" in words(torture.find_class("citation")[0])
    links = [link.get("href") for link in torture.xpath("//a[@download and @class='button']")]
    assert links == ["../../../../" + f"{TORTURE}.{ending}" for ending in ("bib", "ris", "csl.json")]
    pasted = torture.get_element_by_id("cite").getparent().xpath(".//pre")[-1].text_content()
    assert json.loads(pasted) == json.loads(site.get(f"/{TORTURE}.csl.json").text)


@pytest.mark.parametrize("path", ["/report/2020-03-15/figure/none.bib", "/code/perpetrator/isis.ris"])
def test_what_is_no_figure_has_no_citation(site, path):
    assert site.get(path).status_code == 404


def test_figures_of_every_kind_qualifier_and_unit_have_a_page(site, held):
    every = [*held.instances("snhr:Figure"), *held.instances("snhr:DerivedFigure")]
    of_a_kind = {
        (held.kinds(iri), held.value(iri, "snhr:qualifier"), held.value(iri, "snhr:unit")): iri for iri in every
    }
    assert len(of_a_kind) > 10
    for number, iri in enumerate(of_a_kind.values()):
        path = f"/{('en', 'ar')[number % 2]}/{iri.removeprefix(names.BASE)}.html"
        assert site.get(path, headers={"Accept": "text/html"}).status_code == 200, path


def test_a_page_of_a_site_without_a_server_has_no_link_with_a_query(site, monkeypatch):
    monkeypatch.setitem(site.application.config, PUBLISHING, True)
    text = site.get(f"/en/{TORTURE}.html").text
    assert "?" not in "".join(piece.split('"')[0] for piece in text.split('href="')[1:])
