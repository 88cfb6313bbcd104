"""The pages of code lists and codes, against the graph that they show."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urljoin

import pytest

from following import words
from snhr_kg import names
from snhr_kg.names import full
from snhr_kg.site.codes import DIMENSIONS
from snhr_kg.site.links import page_path
from snhr_kg.web.site import PUBLISHING

LANGUAGES = ("en", "ar")
ISIS = names.code("perpetrator", "isis")
REGIME = names.code("perpetrator", "syrian-regime")


def address(iri: str, language: str = "en") -> str:
    return page_path(iri.removeprefix(names.BASE), language)


def links_of(page) -> set[str]:
    """Where a page leads, as addresses of this site."""
    here = page.xpath("string(//link[@rel='canonical']/@href)").removeprefix(names.BASE.rstrip("/"))
    return {urljoin(here, link).partition("#")[0] for link in page.xpath("//main//a/@href")}


def section(page, heading: str):
    """What stands between a heading of the second level and the next."""
    found = page.xpath(f"//main//*[@id='{heading}']")
    assert found, heading
    between = []
    for one in found[0].itersiblings():
        if one.tag == "h2":
            break
        between.append(one)
    return between


@pytest.fixture(scope="module")
def codes(held) -> list[str]:
    return held.instances("skos:Concept")


@pytest.fixture(scope="module")
def opened(codes, read):
    """The page of every code in English."""
    return {code: read(address(code)) for code in codes}


@pytest.fixture(scope="module")
def pages(opened):
    """Where the page of every code leads."""
    return {code: links_of(page) for code, page in opened.items()}


def test_every_code_and_every_list_has_a_page_that_is_called_by_its_name(codes, read, held):
    for code in codes + held.instances("skos:ConceptScheme"):
        page = read(address(code, "ar"))
        assert page.get("lang") == "ar"
        assert words(page.xpath("//h1")[0]) == " ".join(held.label(code, "ar").words.split())


def test_every_code_list_has_a_page_that_leads_to_each_of_its_codes(held, read):
    for scheme in held.instances("skos:ConceptScheme"):
        listed = links_of(read(address(scheme)))
        assert not {address(code) for code in held.subjects("skos:inScheme", scheme)} - listed, scheme


def test_one_page_leads_to_every_code_list(held, read):
    listed = links_of(read("/en/codes.html"))
    assert {address(scheme) for scheme in held.instances("skos:ConceptScheme")} <= listed


def test_every_figure_stands_on_the_page_of_each_of_its_dimensions(held, pages):
    figures = held.instances("snhr:Figure") + held.instances("snhr:DerivedFigure")
    assert len(figures) >= 96
    missing = [
        (figure, code)
        for figure in figures
        for way in DIMENSIONS
        for code in held.values(figure, way)
        if address(figure) not in pages[code]
    ]
    assert not missing


def test_every_finding_event_and_recommendation_stands_on_the_pages_of_its_codes(held, pages):
    ways = [*DIMENSIONS, "snhr:party", "snhr:addressee", "snhr:eventKind", "snhr:status", "snhr:attribution"]
    things = [thing for kind in ("Finding", "Event", "Recommendation") for thing in held.instances(f"snhr:{kind}")]
    assert len(things) == 166 + 25 + 19
    missing = [
        (thing, code)
        for thing in things
        for way in ways
        for code in held.values(thing, way)
        if address(thing) not in pages[code]
    ]
    assert not missing


def test_figures_are_told_with_their_qualifier_and_never_summed(read):
    page = read(address(ISIS))
    told = [words(one) for part in section(page, "figures") for one in part.xpath(".//*[@class='how-many']")]
    assert sorted(told) == [
        "32 people",
        "5 attacks",
        "at least 132 people",
        "at least 8,648 people",
        "hundreds of people (read as 200 to 999)",
    ]
    assert "not to be added" in words(section(page, "figures")[0])


def test_parts_stand_beneath_their_total(read):
    page = read(address(REGIME))
    killed = "ancestor::ul[1]/parent::li/p[1]//a"
    for part, whole in (
        ("Armed Opposition fighters killed in chemical attacks", "People killed in chemical attacks"),
        ("Children killed in chemical attacks", "Civilians killed in chemical attacks"),
        ("Chemical attacks by the Syrian regime after Resolution 2235", "after Resolution 2118"),
    ):
        found = [one for one in page.xpath("//*[@class='said-figures']//a") if words(one).startswith(part)]
        assert any(whole in words(above) for above in found[0].xpath(killed)), part


def test_a_part_of_a_total_elsewhere_says_which(read):
    page = read(address(ISIS))
    item = next(one for one in page.xpath("//ul[@class='said-figures']/li") if words(one).startswith("32 people"))
    assert "part of: Deaths due to torture" in words(item)


def test_figures_of_narrower_codes_stand_apart(held, read):
    page = read(address(names.code("perpetrator", "syrian-russian-alliance")))
    own = {link for part in section(page, "figures") for link in part.xpath(".//a/@href")}
    assert not any("torture-deaths-syrian-regime" in link for link in own)
    assert any("torture-deaths-syrian-regime" in link for link in page.xpath("//details//a/@href"))


def test_what_is_attributed_to_a_party_is_no_finding_of_guilt(read, held):
    for language in LANGUAGES:
        told = held.text(names.scheme("perpetrator"), "skos:definition", language)
        assert told is not None
        for iri in (names.scheme("perpetrator"), ISIS, REGIME):
            page = read(address(iri, language))
            assert told.words in [words(one) for one in page.xpath("//*[contains(@class, 'note')]")]


def test_relations_between_parties_stand_on_the_pages_of_both_and_of_their_list(held, pages, read):
    listed = links_of(read(address(names.scheme("perpetrator"))))
    relations = held.instances("snhr:PartyRelation")
    assert len(relations) == 8
    for relation in relations:
        assert address(relation) in listed
        for way in ("snhr:party", "snhr:otherParty"):
            for party in held.values(relation, way):
                assert address(relation) in pages[party], (relation, party)


def test_alliances_stand_with_their_members(held, read):
    part = section(read(address(names.scheme("perpetrator"))), "alliances")
    listed = [link.rpartition("/")[2] for one in part for link in one.xpath(".//a/@href")]
    told = [
        f"{names.notation(one)}.html"
        for alliance in sorted(held.instances("snhr:Alliance"), key=lambda one: held.label(one, "en").words)
        if (members := held.subjects("snhr:memberOf", alliance))
        for one in (alliance, *members)
    ]
    assert listed == told != []


def test_larger_figures_stand_before_smaller_ones(held, opened):
    sizes = 0
    for code in (ISIS, REGIME):
        for group in opened[code].xpath("//ul[@class='said-figures']"):
            links = [item.xpath("string(p[1]//a/@href)") for item in group.xpath("li")]
            ids = [link.rpartition("/")[2].removesuffix(".html") for link in links]
            figures = [names.in_report("2020-03-15", "figure", one) for one in ids]
            found = [float(held.value(one, "snhr:value") or held.value(one, "snhr:lowerBound")) for one in figures]
            assert found == sorted(found, reverse=True), (code, ids)
            sizes += len(found)
    assert sizes > 20


def test_counts_of_a_list_are_those_of_the_graph(held, read):
    page = read(address(names.scheme("perpetrator")))
    told = {words(one.xpath(".//code")[0]): words(one) for one in page.xpath("//p[@class='code']")}
    for code in held.subjects("skos:inScheme", names.scheme("perpetrator")):
        notation = names.notation(code)
        count = len(set(held.subjects("snhr:perpetrator", code)) & set(held.instances("snhr:Figure")))
        if count and not notation.startswith("_"):
            assert re.search(rf"\b{count} figures?\b", told[notation]), (notation, told[notation])


def test_a_code_of_no_figure_says_how_often_anything_else_names_it(held, read):
    page = read(address(names.scheme("event-kind")))
    told = {words(one.xpath(".//code")[0]): words(one) for one in page.xpath("//p[@class='code']")}
    kinds = Counter(names.notation(held.value(event, "snhr:eventKind")) for event in held.instances("snhr:Event"))
    assert sum(kinds.values()) == 25
    for notation, line in told.items():
        said = f"named {kinds[notation]} time" if kinds[notation] else "not used"
        assert re.search(rf" {said}s?$", line), line


def test_codes_that_stand_for_no_value_are_explained_apart(read, held):
    page = read(address(names.scheme("perpetrator")))
    told = [words(one) for part in section(page, "marks") for one in part.xpath(".//code")]
    assert told == ["_T", "_U", "_X", "_Z"]
    assert not {"_T", "_U", "_X", "_Z"} & {words(one) for one in page.xpath("//ul[@class='codes']//code")}


def test_every_name_of_a_code_is_told(held, read):
    page = read(address(names.code("place", "raqqa-governorate"), "ar"))
    told = words(page.xpath("//main")[0])
    for name in ("Raqqa", "Raqqqa", "Ar-Raqqa", "الرقة"):
        assert name in told


def test_links_to_other_datasets_say_how_near_they_are_and_those_refused_say_so(held, opened):
    accepted = refused = 0
    for record in held.instances("sssom:Mapping"):
        code = held.value(record, "owl:annotatedSource")
        if full("skos:Concept") not in held.kinds(code):
            continue
        is_refused = held.value(record, "sssom:predicate_modifier") is not None
        accepted, refused = accepted + (not is_refused), refused + is_refused
    assert (accepted, refused) == _mapped_on_pages(opened)


def _mapped_on_pages(opened) -> tuple[int, int]:
    accepted = refused = 0
    for page in opened.values():
        rows = page.xpath("//ul[contains(@class, 'mappings')]/li")
        after = page.xpath("//*[@id='refused']/following-sibling::details//ul[contains(@class, 'mappings')]/li")
        accepted, refused = accepted + len(rows) - len(after), refused + len(after)
    return accepted, refused


def test_a_match_is_told_in_words_with_its_confidence_and_its_record(read):
    page = read(address(ISIS))
    row = next(
        one for one in page.xpath("//ul[contains(@class, 'mappings')]/li") if "Islamic State (Syria)" in words(one)
    )
    assert "nearly the same" in words(row)
    assert "confidence 95%" in words(row)
    assert row.xpath(".//a[contains(@href, 'mapping/acled/')]")


def test_a_place_of_displacement_is_not_a_place_where_something_happened(held, read):
    page = read(address(names.code("place", "syria")))
    headings = [words(one) for part in section(page, "figures") for one in part.xpath("self::h3")]
    assert headings == [
        held.label(names.code("place-role", role), "en").words for role in ("displaced-from", "happened-in")
    ]


def test_a_published_page_leads_to_nothing_that_must_be_computed(site, read, monkeypatch):
    monkeypatch.setitem(site.application.config, PUBLISHING, True)
    page = read(address(ISIS))
    assert not [link for link in page.xpath("//main//a/@href") if "?" in link and not link.startswith("http")]
