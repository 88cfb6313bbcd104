"""The page of all figures: every count is what choosing it brings, and no part is lost in its total."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from snhr_kg import names
from snhr_kg.web.site import PUBLISHING

REPORT = names.report("2020-03-15")


def choose(read, language: str = "en", **parameters):
    return read(f"/{language}/figures.html?{urlencode(parameters, doseq=True)}")


def shown(page) -> list[str]:
    """The last parts of the addresses of the figures on a page, in order."""
    return [link.get("href").rpartition("/")[2].removesuffix(".html") for link in page.xpath("//li/p[@class='what']/a")]


def total(page) -> int:
    return int(page.get_element_by_id("found").text_content().split()[0])


def records(site, path: str = "figures.json", **parameters):
    response = site.get(f"/en/{path}?{urlencode(parameters, doseq=True)}")
    assert response.status_code == 200, response.text
    return response.json


def offered(page) -> dict[tuple[str, str], int]:
    """Every value that the page offers, with its count."""
    return {
        (box.get("name"), box.get("value")): int(box.getparent().find_class("count")[0].text_content())
        for box in page.xpath("//form//details//details//input[@type='checkbox']")
    }


def test_what_the_report_states_is_shown_unless_more_is_asked_for(read, held):
    assert total(choose(read)) == len(held.instances("snhr:Figure")) == 80
    assert total(choose(read, derived="only")) == len(held.instances("snhr:DerivedFigure")) == 16
    assert total(choose(read, derived="include")) == 96


def test_values_stand_beneath_those_that_hold_them(read):
    page = choose(read)
    depths = [
        (box.get("value"), box.getparent().getparent().get("class"))
        for box in page.xpath("//input[@name='perpetrator' and contains(@value, 'syrian-')]")
    ]
    assert depths == [
        ("syrian-russian-iranian-alliance", "depth-0"),
        ("syrian-russian-alliance", "depth-1"),
        ("syrian-regime", "depth-2"),
    ]


def test_the_deaths_under_torture_stand_beneath_their_total(read):
    page = choose(read, violation_type="torture", indicator="deaths", unit="persons")
    (whole,) = page.xpath("//li[ol]")
    assert shown(page)[0] == "torture-deaths"
    assert whole.find("p").text_content().strip() == "at least 14,391 people"
    beneath = [item.text_content().strip() for item in whole.xpath("ol/li/p[1]")]
    assert beneath == ["14,221 people", "32 people", "25 people", "at least 50 people", "43 people"]
    assert "5 of them are already counted" in page.find_class("note")[0].text_content()


def test_a_part_whose_total_is_not_shown_says_what_it_is_part_of(read):
    (part,) = choose(read, violation_type="torture", perpetrator="isis").find_class("figure")
    assert "Already counted in: Deaths due to torture" in " ".join(part.text_content().split())
    (last,) = choose(read, q="after resolution 2235").find_class("figure")
    (total,) = last.xpath("p[contains(., 'Already counted in:')]/a")
    assert total.text_content() == "Chemical attacks by the Syrian regime after Resolution 2209"


def test_every_count_is_the_number_of_figures_that_choosing_the_value_brings(read, site):
    for (name, value), count in offered(choose(read, derived="include")).items():
        assert records(site, derived="include", **{name: value})["total"] == count, (name, value)


def test_counts_of_one_facet_stand_for_the_choices_in_all_others(read, site):
    chosen = {"perpetrator": ["syrian-regime", "isis"], "violation_type": "use-of-chemical-weapons"}
    for (name, value), count in offered(choose(read, **chosen)).items():
        assert records(site, **{**chosen, name: value})["total"] == count, (name, value)


FACETS = {
    "perpetrator": ["syrian-regime", "syrian-russian-alliance", "isis", "_T", "_U"],
    "violation_type": ["torture", "killing", "use-of-prohibited-weapons", "siege", "_T"],
    "victim_group": ["civilians", "children", "women", "individuals", "_Z"],
    "weapon": ["cluster-munition", "prohibited-weapon", "_T", "_Z"],
    "indicator": ["deaths", "attacks", "displaced", "victims"],
    "place": ["syria", "raqqa-governorate", "aleppo-governorate"],
    "qualifier": ["exact", "at-least", "order-of-magnitude", "computed"],
    "basis": ["documented", "estimated"],
    "section": ["iv", "vi", "2020-03-15/title"],
}


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chosen=st.dictionaries(
        st.sampled_from(sorted(FACETS)), st.lists(st.integers(0, 9), min_size=1, max_size=2, unique=True), max_size=3
    ),
    derived=st.sampled_from(["false", "include", "only"]),
    inside=st.sampled_from(["true", "false"]),
)
def test_any_choice_gives_the_figures_that_the_api_gives(site, chosen, derived, inside):
    parameters = {
        name: sorted({FACETS[name][number % len(FACETS[name])] for number in numbers})
        for name, numbers in chosen.items()
    }
    if inside == "true":  # "all" holds nothing but itself here, and everything in the API
        parameters = {name: [one for one in values if one != "_T"] for name, values in parameters.items()}
    given_ = {**parameters, "derived": derived, "inside": inside}
    api = site.get(f"/api/figures?{urlencode({**given_, 'parts': 'include', 'limit': 1000}, doseq=True)}").json
    ours = records(site, **given_)
    assert sorted(one["iri"] for one in ours["figures"]) == sorted(one["iri"] for one in api["figures"])
    response = site.get(f"/ar/figures.html?{urlencode(given_, doseq=True)}", headers={"Accept": "text/html"})
    assert response.status_code == 200


def test_the_csv_is_that_of_the_api_in_the_order_of_the_page(site, read):
    api = site.get("/api/figures?violation_type=torture&parts=include&inside=true&format=csv").text
    ours = site.get("/en/figures.csv?violation_type=torture&sort=-value").text
    assert sorted(api.splitlines()) == sorted(ours.splitlines())
    listed = [row["id"] for row in csv.DictReader(io.StringIO(ours))]
    assert listed[:3] == ["torture-deaths", "torture-deaths-syrian-regime", "regime-share-of-torture-deaths"]
    assert set(listed) == set(shown(choose(read, violation_type="torture", sort="-value")))


def test_a_broader_code_takes_in_what_lies_within_it_unless_not_wanted(site):
    alliance = {one["perpetrator"] for one in records(site, perpetrator="syrian-russian-alliance")["figures"]}
    alone = records(site, perpetrator="syrian-russian-alliance", inside="false")["figures"]
    assert {"syrian-regime", "russian-forces", "syrian-russian-alliance"} <= alliance
    assert {one["perpetrator"] for one in alone} == {"syrian-russian-alliance"}


@pytest.mark.parametrize("text", ["14,221", "14221", "١٤٢٢١", "torture regime prisons 14221"])
def test_a_number_finds_its_figure_in_any_digits(site, text):
    assert [one["id"] for one in records(site, q=text)["figures"]] == ["torture-deaths-syrian-regime"]


def test_words_find_figures_in_both_languages_and_by_other_names_of_a_party(site):
    ids = [{one["id"] for one in records(site, q=text)["figures"]} for text in ("daesh", "داعش", "Islamic State")]
    assert "torture-deaths-isis" in set.intersection(*ids)


def test_words_of_a_section_find_no_figure_that_only_stands_in_it(site):
    found = {one["violation_type"] for one in records(site, q="chemical", indicator="attacks")["figures"]}
    assert found == {"use-of-chemical-weapons"}


def test_pages_together_hold_every_figure_once(read):
    found = [one for number in range(1, 5) for one in shown(choose(read, sort="-value", page=number))]
    assert len(found) == len(set(found)) == 80
    assert shown(choose(read, sort="-value", page=99)) == shown(choose(read, sort="-value", page=4))


def test_figures_are_ordered_by_value_or_by_their_place_in_the_report(site):
    values = [one["value"] for one in records(site, sort="-value", indicator="deaths")["figures"] if one["value"]]
    assert len(set(values)) > 10
    assert values == sorted(values, reverse=True)
    assert records(site, sort="report")["figures"][0]["id"] == "enforced-disappearances"


def test_figures_are_ordered_by_name_in_arabic_without_the_article(site):
    english = [re.sub(r"\W+", " ", one["label"]).lower() for one in records(site, sort="label")["figures"]]
    assert english == sorted(english)
    arabic = [one["label_ar"] for one in site.get("/ar/figures.json?sort=label").json["figures"]]
    letters = [re.sub("[أإآ]", "ا", name.removeprefix("ال"))[0] for name in arabic]
    assert letters == sorted(letters) != sorted(re.sub("[أإآ]", "ا", name)[0] for name in arabic)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("perpetrator=isiss", "the nearest is 'isis'"),
        ("perpetrater=isis", "the nearest is 'perpetrator'"),
        ("sort=size", "it takes report or -value or value or label"),
        ("page=two", "it takes a whole number from 1"),
        ("q=a&q=b", "it takes one value"),
        ("q=" + "a" * 201, "it takes up to 200"),
    ],
)
def test_what_is_not_known_is_told_with_the_nearest_there_is(site, query, told):
    response = site.get(f"/en/figures.html?{query}", headers={"Accept": "text/html"})
    assert response.status_code == 400
    assert told in response.text.replace("&#39;", "'")


def test_what_is_chosen_can_be_taken_off_again(read):
    page = choose(read, perpetrator="https://w3id.org/snhr-kg/code/perpetrator/isis", q="torture")
    links = {link.get("href") for link in page.xpath("//ul[@class='chosen']//a")}
    assert links == {"figures.html?perpetrator=isis", "figures.html?q=torture", "figures.html"}


def test_a_site_without_a_server_has_all_figures_and_leads_to_what_they_are_about(site, monkeypatch):
    monkeypatch.setitem(site.application.config, PUBLISHING, True)
    text = site.get("/en/figures.html").text
    assert text.count('<li class="figure') == 96
    assert "?" not in "".join(part.split('"')[0] for part in text.split('href="')[1:])
    assert 'href="code/perpetrator/isis.html"' in text
    assert "<form" not in text
    assert len(site.get("/en/figures.csv").text.splitlines()) == 97


def test_a_chosen_alliance_says_that_figures_of_its_members_are_not_its_own(read):
    address = "/en/figures.html?perpetrator=syrian-russian-alliance"
    said = "a member's figure is not its alliance's"
    assert said in read(address).text_content()
    assert said not in read(f"{address}&inside=false").text_content()
