"""The line of time, against the dates of the graph."""

from __future__ import annotations

from datetime import date

import pytest

from snhr_kg import names
from snhr_kg.site.links import page_path


def address(iri: str, language: str) -> str:
    return page_path(iri.removeprefix(names.BASE), language)


def rows(page, heading: str):
    return page.xpath(f"//h2[@id='{heading}']/following-sibling::div[1]/ol/li")


def leads_to(row, held, kind: str) -> str:
    """The thing of a class that a row leads to first."""
    local = row.xpath("string(.//*[@class='what']/a[1]/@href)").removesuffix(".html")
    found = [one for one in held.instances(kind) if one.removeprefix(names.BASE) == local]
    assert len(found) == 1, local
    return found[0]


def earliest(iso: str) -> date:
    return date.fromisoformat(iso + "-01-01"[len(iso) - 4 :])


def years_along(iso: str) -> float:
    """Years since 2011 began, by the share of the year that is over."""
    day = earliest(iso)
    length = 366 if day.year % 4 == 0 else 365
    return day.year - 2011 + (day.timetuple().tm_yday - 1) / length


@pytest.fixture(scope="module")
def page(read):
    return read("/en/timeline.html")


def test_events_stand_in_the_order_of_their_dates(page, held):
    told = [leads_to(row, held, "snhr:Event") for row in rows(page, "chronology")]
    assert sorted(told) == held.instances("snhr:Event")
    assert len(told) == 25
    dates = [held.value(event, "snhr:date") for event in told]
    assert dates == sorted(dates, key=lambda one: (earliest(one), len(one)))
    assert earliest(dates[0]) == date(1970, 1, 1)


def test_dates_are_no_more_precise_than_in_the_report(page, held):
    told = {
        leads_to(row, held, "snhr:Event").rpartition("/")[2]: row.xpath("string(./*[@class='when'])")
        for row in rows(page, "chronology")
    }
    assert told["uprising-began"] == "15 March 2011"
    assert told["internal-armed-conflict"] == "April 2012"
    assert told["isis-emerged"] == "2013"
    assert told["incendiary-increase"] == "2016 – 2017"


def test_resolutions_and_first_uses_are_marked(page, held):
    marked = {
        leads_to(row, held, "snhr:Event").rpartition("/")[2]: row.get("class") for row in rows(page, "chronology")
    }
    assert {one for one, mark in marked.items() if mark == "resolution"} == {
        "unsc-2118-adopted",
        "unsc-2209-adopted",
        "unsc-2235-adopted",
    }
    assert {one for one, mark in marked.items() if mark == "first-use"} == {
        "first-use-of-cluster-munitions",
        "first-use-of-barrel-bombs",
        "first-use-of-chemical-weapons",
    }


def test_a_resolution_without_a_date_is_named_and_given_none(page):
    assert page.xpath("//p[contains(., 'without a date')]/a[contains(@href, 'unsc-2139')]")


def test_every_period_stands_once_in_order_and_those_without_dates_apart(page, held):
    told = [leads_to(row, held, "snhr:Period") for row in rows(page, "periods")]
    dated = {
        one for one in held.instances("snhr:Period") if held.values(one, "snhr:begin") + held.values(one, "snhr:end")
    }
    assert len(told) == len(dated)
    assert set(told) == dated
    keys = [(held.value(one, "snhr:begin") or "", held.value(one, "snhr:end") or "9999") for one in told]
    assert keys == sorted(keys)
    apart = page.xpath("//h3/following-sibling::ul[1]//a/@href")
    assert any(link.endswith("past-nine-years.html") for link in apart)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_bars_begin_and_end_where_their_dates_are(read, held, language):
    """A tenth of the line is a year; in Arabic time runs from right to left."""
    for row in rows(read(f"/{language}/timeline.html"), "periods"):
        period = leads_to(row, held, "snhr:Period")
        bar = row.xpath(".//*[local-name()='rect']")[0]
        begin, end = held.value(period, "snhr:begin"), held.value(period, "snhr:end")
        start = 100 * years_along(begin) if begin else 0
        stop = 100 * years_along(end) if end else 1000
        if language == "ar":
            start, stop = 1000 - stop, 1000 - start
        assert float(bar.get("x")) == pytest.approx(start, abs=0.6), period
        assert float(bar.get("x")) + float(bar.get("width")) == pytest.approx(stop, abs=3), period


def test_open_ends_are_drawn_as_open(page, held):
    for row in rows(page, "periods"):
        period = leads_to(row, held, "snhr:Period")
        is_open = bool(held.values(period, "snhr:openBegin") + held.values(period, "snhr:openEnd"))
        assert bool(row.xpath(".//*[@class='open']")) == is_open, period


def test_a_period_says_how_precisely_its_ends_are_stated(read):
    told = read("/en/code/period/2012-12--2013-09-27.html").xpath("//h2[@id='when']/following-sibling::dl[1]/dd")
    assert [" ".join(one.text_content().split()) for one in told] == [
        "December 2012 stated to the month",
        "26 September 2013 stated to the day, Security Council Resolution 2118",
    ]


def test_a_period_without_an_end_says_so(read, held):
    told = read("/en/code/period/since-2011-03.html").xpath("//h2[@id='when']/following-sibling::dl[1]")[0]
    assert "no date" in told.text_content()
    assert held.label(names.code("openness", "not-stated"), "en").words in told.text_content()


def test_every_period_with_a_date_shows_its_bar(held, read):
    for period in held.instances("snhr:Period"):
        dated = held.values(period, "snhr:begin") + held.values(period, "snhr:end")
        bars = read(address(period, "ar")).xpath("//*[local-name()='rect' and contains(@class, 'bar')]")
        assert len(bars) == bool(dated), period
