"""The charts on the server: their files, and the pages that show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from flask import g, render_template_string

import small_graph
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.pool import LocalEngine
from snhr_kg.web import charts
from snhr_kg.web.application import create_app

SHOW = '{% import "charts.html" as charts with context %}{{ charts.show(iri) }}'
BREAKDOWN = "https://w3id.org/snhr-kg/report/1999-09-09/breakdown/held-by-perpetrator"


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalEngine]:
    engine = LocalEngine(small_graph.write(tmp_path_factory.mktemp("charts") / "graph"), Limits(workers=1))
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, drawn: dict[str, bytes]) -> Path:
    folder = tmp_path_factory.mktemp("built")
    (folder / "charts").mkdir()
    for name, body in drawn.items():
        (folder / name).write_bytes(body)
    (folder / "charts/secret.svg").write_text("not listed")
    return folder


@pytest.fixture(scope="session")
def app(engine: LocalEngine, folder: Path) -> Any:
    return create_app(engine, folder)


def show(app: Any, path: str, iri: str) -> str:
    with app.test_request_context(path):
        g.language = path[1:3]
        return render_template_string(SHOW, iri=iri)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("held-by-perpetrator.ar.svg", "image/svg+xml"),
        ("held-by-perpetrator.en.png", "image/png"),
        ("held-by-perpetrator.csv", "text/csv; charset=utf-8"),
        ("index.json", "application/json"),
    ],
)
def test_each_file_is_served_as_what_it_is(app: Any, folder: Path, name: str, media_type: str) -> None:
    response = app.test_client().get(f"/charts/{name}")
    assert (response.status_code, response.headers["Content-Type"]) == (200, media_type)
    assert response.data == (folder / "charts" / name).read_bytes()
    again = app.test_client().get(f"/charts/{name}", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_a_drawing_may_style_itself_and_nothing_else(app: Any) -> None:
    client = app.test_client()
    drawing = client.get("/charts/held-by-perpetrator.en.svg", headers={"Accept-Encoding": "br"})
    assert drawing.headers["Content-Security-Policy"] == charts.POLICY
    assert drawing.headers["Content-Encoding"] == "br"
    table = client.get("/charts/held-by-perpetrator.csv")
    assert "unsafe-inline" not in table.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["none.en.svg", "secret.svg", "..%2fSHA256SUMS"])
def test_what_the_index_does_not_list_is_not_served(app: Any, name: str) -> None:
    response = app.test_client().get(f"/charts/{name}")
    assert response.status_code == 404
    assert b"not listed" not in response.data


@pytest.mark.parametrize(("language", "title"), [("en", "Persons held by perpetrator"), ("ar", "المحتجزون حسب الجهة")])
def test_a_page_shows_the_picture_its_source_its_numbers_and_the_downloads(app: Any, language: str, title: str) -> None:
    page = lxml.html.fromstring(show(app, f"/{language}/deep/down/page.html", BREAKDOWN))
    figure = page.find(".//figure")
    image = figure.find(".//img")
    assert image.get("src") == f"../../../charts/held-by-perpetrator.{language}.svg"
    assert image.get("loading") == "lazy"
    assert int(image.get("width")) == 400
    assert int(image.get("height")) > 300
    assert title in image.get("alt")
    caption = figure.find(".//figcaption").text_content()
    assert title in caption
    assert "snhr-kg" in caption
    downloads = {link.text_content(): link for link in figure.iterfind(".//a[@download]")}
    assert list(downloads) == ["SVG", "PNG", "CSV"]
    assert all(title in link.get("aria-label") and text in link.get("aria-label") for text, link in downloads.items())
    rows = page.findall(".//tbody/tr")
    assert [row.find("th").get("scope") for row in rows] == ["row"] * len(rows)
    assert len(rows) == 5, "the total, three parts and the rest"
    assert rows[0].find("th/a").get("href") == "../../report/1999-09-09/figure/held.html"


def test_a_figure_shows_every_chart_it_is_in_and_what_is_in_none_shows_nothing(app: Any) -> None:
    total = "https://w3id.org/snhr-kg/report/1999-09-09/figure/pepper-attacks-since-12"
    assert show(app, "/en/page.html", total).count("<figure") == 2
    assert not show(app, "/en/page.html", "https://w3id.org/snhr-kg/no-such-thing").strip()


@dataclass
class Version:
    """An engine as far as charts look at it."""

    version: str


def test_the_index_is_read_again_when_the_graph_is_another(folder: Path, tmp_path: Path) -> None:
    engine = Version("one")
    found = charts.Charts(engine, tmp_path)  # type: ignore[arg-type]
    assert not found.about(BREAKDOWN)
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts/index.json").write_bytes((folder / "charts/index.json").read_bytes())
    assert not found.about(BREAKDOWN)
    engine.version = "two"
    assert [chart["id"] for chart in found.about(BREAKDOWN)] == ["held-by-perpetrator"]


def test_without_a_folder_there_are_no_charts_and_no_error(engine: LocalEngine) -> None:
    app = create_app(engine, None)
    assert not show(app, "/en/page.html", BREAKDOWN).strip()
    assert app.test_client().get("/charts/index.json").status_code == 404
