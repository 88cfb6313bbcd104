"""The map of places, against the coordinates that the repository holds."""

from __future__ import annotations

import csv
import json
import math
from itertools import combinations

import pytest

from snhr_kg import content, names

DATA = content.folder("data")


@pytest.fixture(scope="module")
def points() -> dict[str, tuple[float, float]]:
    """Longitude and latitude by the notation of the place, as typed in."""
    with (DATA / "coordinates.csv").open(encoding="utf-8", newline="") as file:
        return {row["place"]: (float(row["longitude"]), float(row["latitude"])) for row in csv.DictReader(file)}


@pytest.fixture(scope="module", params=["en", "ar"])
def language(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def drawn(read, language):
    """The map of all places."""
    return read(f"/{language}/code/place.html").xpath("//*[local-name()='svg' and contains(@class, 'map')]")[0]


def spots(drawn) -> dict[str, tuple[float, float]]:
    """Where each place that can be chosen is drawn, by its notation."""
    found = {}
    for link in drawn.xpath(".//*[local-name()='a']"):
        at = link.xpath(".//*[@class='dot']") or link.xpath(".//*[@class='country']")
        x, y = at[0].get("cx") or at[0].get("x"), at[0].get("cy") or at[0].get("y")
        found[link.get("href").rpartition("/")[2].removesuffix(".html")] = (float(x), float(y))
    return found


def haversine(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points of longitude and latitude."""
    (x, y), (u, v) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((v - y) / 2) ** 2 + math.cos(y) * math.cos(v) * math.sin((u - x) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(half))


def test_the_map_has_every_place_with_coordinates_where_the_projection_puts_it(points, drawn):
    """Equirectangular: both scales follow from two corners of the outlines, and the parallel of 35 degrees is true."""
    west, south, east, north = json.loads((DATA / "outlines" / "syria.geojson").read_text(encoding="utf-8"))["bbox"]
    width, height = map(float, drawn.get("viewbox", drawn.get("viewBox")).split()[2:])
    down = height / (north - south)
    across = down * math.cos(math.radians(35))
    assert width == pytest.approx((east - west) * across, abs=1)
    found = spots(drawn)
    assert found.keys() == points.keys()
    for place, (longitude, latitude) in points.items():
        expected = ((longitude - west) * across, (north - latitude) * down)
        assert found[place] == pytest.approx(expected, abs=0.5), place


def test_places_lie_to_each_other_as_on_the_ground(drawn):
    """Known without any projection: what is north of what, and what is west of what."""
    at = spots(drawn)
    assert at["aleppo-governorate"][1] < at["homs-governorate"][1] < at["daraa-governorate"][1]
    assert at["latakia-governorate"][0] < at["raqqa-city"][0] < at["deir-ez-zor-city"][0]


def test_a_hundred_kilometres_are_drawn_as_long_as_they_are(drawn, points):
    """Between two cities, by the haversine formula on a sphere of 6,371 km."""
    path = drawn.xpath(".//*[@class='scale']/@d")[0]
    hundred = float(path.partition("h")[2].partition("v")[0])
    at = spots(drawn)
    along = haversine(points["raqqa-city"], points["deir-ez-zor-city"])
    assert 100 * math.dist(at["raqqa-city"], at["deir-ez-zor-city"]) / hundred == pytest.approx(along, rel=0.01)


def test_no_name_covers_another_and_none_a_point(drawn):
    boxes = {}
    for link in drawn.xpath(".//*[local-name()='a' and contains(@class, 'spot')]"):
        box = link.xpath("./*[local-name()='rect']")[0]
        left, top = float(box.get("x")), float(box.get("y"))
        middle = top + float(box.get("height")) / 2
        boxes[link.get("href")] = (left, middle - 8, left + float(box.get("width")), middle + 8)
    for (one, a), (other, b) in combinations(boxes.items(), 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (one, other)
    for place, (x, y) in spots(drawn).items():
        if place != "syria":
            assert not [one for one, (a, b, c, d) in boxes.items() if a < x < c and b < y < d], place


def test_every_point_is_a_link_with_a_name_that_says_what_is_drawn(drawn, held, language):
    for link in drawn.xpath(".//*[local-name()='a' and contains(@class, 'spot')]"):
        place = names.code("place", link.get("href").rpartition("/")[2].removesuffix(".html"))
        assert link.get("aria-label").startswith(held.label(place, language).words)
        assert "".join(link.itertext()).strip() in link.get("aria-label")


def test_points_are_of_one_size(drawn):
    assert len(set(drawn.xpath(".//*[@class='dot']/@r"))) == 1


def test_the_table_says_what_the_map_shows(read, points, language):
    page = read(f"/{language}/code/place.html")
    rows = page.xpath("//table//tbody/tr")
    told = {
        row.xpath("string(./th//a/@href)").rpartition("/")[2].removesuffix(".html"): [
            float(cell.text_content()) for cell in row.xpath("./td")[:2]
        ]
        for row in rows
    }
    assert told == {place: [latitude, longitude] for place, (longitude, latitude) in points.items()}


def test_places_without_a_point_are_listed_beside_the_map(read, points, held):
    page = read("/en/code/place.html")
    listed = {link.rpartition("/")[2].removesuffix(".html") for link in page.xpath("//ul[@class='columns']//a/@href")}
    every = {names.notation(code) for code in held.subjects("skos:inScheme", names.scheme("place"))}
    assert listed == {place for place in every - points.keys() if not place.startswith("_")}


def test_the_line_that_is_no_border_is_drawn_broken_and_explained(drawn, read, language):
    assert drawn.xpath(".//*[@class='control-line']")
    text = read(f"/{language}/code/place.html").text_content()
    assert ("Golan" if language == "en" else "الجولان") in text


def test_the_page_of_a_place_shows_it_and_what_is_in_it(read, points):
    page = read("/en/code/place/raqqa-governorate.html")
    shown = page.xpath("//*[local-name()='svg']//*[local-name()='a']")
    assert {link.get("href").rpartition("/")[2] for link in shown} == {"raqqa-governorate.html", "raqqa-city.html"}
    assert [link.get("href") for link in shown if "main" in link.get("class")] == ["raqqa-governorate.html"]
    longitude, latitude = points["raqqa-governorate"]
    assert f"{latitude}, {longitude}" in page.text_content()
    assert page.xpath("//a[@href='https://sws.geonames.org/172957/']")
    (told,) = page.xpath("//script[@type='application/ld+json']")
    point = json.loads(told.text)["mainEntity"]["geo"]
    assert (point["latitude"], point["longitude"]) == (latitude, longitude)


def test_a_place_for_several_shows_each_of_them(read):
    page = read("/ar/code/place/raqqa-deir-ez-zor-hasaka.html")
    shown = {link.rpartition("/")[2] for link in page.xpath("//*[local-name()='svg']//@href")}
    assert {"raqqa-governorate.html", "deir-ez-zor-governorate.html", "hasaka-governorate.html"} <= shown


def test_a_place_without_a_point_has_no_map(read):
    assert not read("/en/code/place/rukban-camp.html").xpath("//*[local-name()='svg' and contains(@class, 'map')]")
