"""What the pages are dressed in comes compressed, once, and from nowhere but its folder."""

from __future__ import annotations

import brotli
import pytest

from snhr_kg.web import static_files


@pytest.mark.parametrize(
    ("path", "media_type"),
    [("style.css", "text/css"), ("icon.svg", "image/svg+xml"), ("editor/sparql.js", "text/javascript")],
)
def test_a_file_is_served_whole_and_small(client, path, media_type):
    plain = client.get(f"/static/{path}")
    assert plain.mimetype == media_type
    assert plain.data == (static_files.FOLDER / path).read_bytes()
    packed = client.get(f"/static/{path}", headers={"Accept-Encoding": "br"})
    assert (brotli.decompress(packed.data) if "Content-Encoding" in packed.headers else packed.data) == plain.data


def test_the_editor_is_no_larger_to_fetch_than_a_picture(client):
    packed = client.get("/static/editor/sparql.js", headers={"Accept-Encoding": "br"})
    assert len(packed.data) < 130_000


def test_who_holds_a_file_is_told_so(client):
    tag = client.get("/static/style.css").headers["ETag"]
    assert not tag.startswith("W/")
    assert client.get("/static/style.css", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("path", ["none.css", "../__init__.py", "..%2f__init__.py", "fonts", "", "fonts/%00"])
def test_nothing_else_is_served(client, path):
    assert client.get(f"/static/{path}").status_code == 404
