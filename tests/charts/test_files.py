"""The files of the charts: the same bytes each time, and pictures, tables and CSV that say the same."""

from __future__ import annotations

import csv
import io
import json
import re
import struct
import zlib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import vl_convert
from rdflib import Dataset

from snhr_kg.charts.draw import draw_both
from snhr_kg.charts.look import DARK, LINES, PAPER
from snhr_kg.charts.png import smaller
from snhr_kg.charts.records import BarChart
from snhr_kg.exports.export import write_exports
from snhr_kg.site.formats import plain_number

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="session")
def index(drawn: dict[str, bytes]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(drawn["charts/index.json"])["charts"]
    return found


def test_the_index_names_every_file_there_is(drawn: dict[str, bytes], index: list[dict[str, Any]]) -> None:
    listed = {f"charts/{name}" for chart in index for name in chart["files"]}
    assert listed | {"charts/index.json"} == set(drawn)
    assert len(listed) == 5 * len(index)


def test_a_drawing_has_title_and_description_and_text_that_can_be_selected(
    drawn: dict[str, bytes], index: list[dict[str, Any]]
) -> None:
    for chart in index:
        for language in ("en", "ar"):
            said = chart[language]
            root = ET.fromstring(drawn[f"charts/{chart['id']}.{language}.svg"])
            assert (root.get("role"), root.get("lang")) == ("img", language)
            named = {element.get("id"): element.text for element in root[:2]}
            assert [named[id] for id in (root.get("aria-labelledby") or "").split()] == [
                said["title"],
                said["description"],
            ]
            assert (root.get("width"), root.get("height")) == (str(said["width"]), str(said["height"]))
            texts = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
            for word in said["title"].split():
                assert word in texts


def test_a_drawing_asks_for_nothing_and_has_colours_for_dark_screens(drawn: dict[str, bytes]) -> None:
    for name, body in drawn.items():
        if not name.endswith(".svg"):
            continue
        text = body.decode()
        assert not re.search(r"\b(href|url\(|script|@import|on\w+=)", text), name
        style = ET.fromstring(text)[2].text or ""
        assert "@media (prefers-color-scheme:dark)" in style
        colours = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', text.partition("</style>")[2]))
        assert colours <= set(DARK)
        assert all(f'[fill="{colour}"]' in style for colour in colours)


def test_a_picture_is_twice_as_large_as_the_drawing(drawn: dict[str, bytes], index: list[dict[str, Any]]) -> None:
    for chart in index:
        picture = drawn[f"charts/{chart['id']}.ar.png"]
        size = struct.unpack(">II", picture[16:24])
        assert size == (2 * chart["ar"]["width"], 2 * chart["ar"]["height"])


def test_the_table_has_the_rows_of_the_csv(drawn: dict[str, bytes], index: list[dict[str, Any]]) -> None:
    for chart in index:
        rows = list(csv.DictReader(io.StringIO(drawn[f"charts/{chart['id']}.csv"].decode())))
        for language in ("en", "ar"):
            table = chart[language]["rows"]
            assert [row["iri"] for row in table] == [row["figure"] for row in rows]
            for told, row in zip(table, rows, strict=True):
                assert told["cells"][:2] == [row[f"label_{language}"], row[f"amount_{language}"]]
                for bound, cell in zip((row["lower"], row["upper"]), told["cells"][2:], strict=True):
                    assert cell == plain_number(bound) if bound else not any(map(str.isdigit, cell))
                assert len(told["cells"]) == len(chart[language]["columns"])


def test_drawing_again_gives_the_same_bytes(charts: dict[str, BarChart]) -> None:
    first, other = charts["torture-deaths-by-perpetrator"], charts["displaced-by-destination"]
    one = draw_both(first, "ar")
    draw_both(other, "ar")
    assert draw_both(first, "ar") == one


def test_a_packed_picture_is_the_same_picture() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="9" cy="9" r="5" fill="red"/></svg>'
    )
    png = vl_convert.svg_to_png(svg)
    packed = smaller(png)
    assert len(packed) <= len(png)
    assert packed[:33] == png[:33], "signature and header"
    assert pixels(packed) == pixels(png)
    assert len(pixels(png)) == 40 * (1 + 40 * 4), "of each line its filter and four channels"


def pixels(png: bytes) -> bytes:
    """The lines of a picture, unpacked; each chunk must be as long as it says and end with its checksum."""
    place, data = 8, b""
    while place < len(png):
        size, kind = struct.unpack(">I4s", png[place : place + 8])
        body = png[place + 8 : place + 8 + size]
        assert struct.unpack(">I", png[place + 8 + size : place + 12 + size]) == (zlib.crc32(kind + body),)
        data += body if kind == b"IDAT" else b""
        place += size + 12
    return zlib.decompress(data)


def test_charts_are_files_of_a_build_with_their_checksums(tmp_path: Path) -> None:
    exported = write_exports(Dataset(), tmp_path / "out", beside=[("charts/a.svg", b"<svg/>")])
    assert "charts/a.svg" in exported.files
    assert (tmp_path / "out/charts/a.svg").read_bytes() == b"<svg/>"
    assert "  charts/a.svg\n" in (tmp_path / "out/SHA256SUMS").read_text()
    write_exports(Dataset(), tmp_path / "out")
    assert not (tmp_path / "out/charts").exists(), "a build without charts leaves none of an earlier one"


def contrast(colour: str, paper: str) -> float:
    lights = []
    for one in (colour, paper):
        channels = [int(part, 16) / 255 for part in re.findall("..", one[1:])]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize("colour", LINES)
def test_every_colour_of_a_line_stands_out_from_the_paper(colour: str) -> None:
    assert contrast(colour, PAPER) >= 4.5
    assert contrast(DARK[colour], DARK[PAPER]) >= 4.5
