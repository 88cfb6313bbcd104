from __future__ import annotations

import pytest

from snhr_kg import content
from snhr_kg.errors import ContentMissing


@pytest.mark.parametrize("name", content.FOLDERS)
def test_a_checkout_has_every_content_folder(name):
    assert content.folder(name).name == name


def test_an_unknown_folder_is_told_from_a_missing_one():
    with pytest.raises(ContentMissing, match="there are ontology, data, shapes, queries"):
        content.folder("figures")


@pytest.mark.parametrize("find", [content.graph_folder, lambda: content.folder("shapes")])
def test_a_missing_folder_is_reported_with_both_places(monkeypatch, tmp_path, find):
    monkeypatch.setattr(content, "_HERE", tmp_path / "wheel")
    monkeypatch.setattr(content, "_CHECKOUT", tmp_path / "checkout")
    with pytest.raises(ContentMissing) as missing:
        find()
    assert str(tmp_path / "wheel") in str(missing.value)
    assert str(tmp_path / "checkout") in str(missing.value)


def test_the_wheels_graph_is_taken_before_the_checkouts(monkeypatch, tmp_path):
    monkeypatch.setattr(content, "_HERE", tmp_path / "wheel")
    monkeypatch.setattr(content, "_CHECKOUT", tmp_path / "checkout")
    for folder in (tmp_path / "wheel" / "graph", tmp_path / "checkout" / "build"):
        folder.mkdir(parents=True)
    (tmp_path / "checkout" / "build" / "snhr-kg.nq").touch()
    assert content.graph_folder() == tmp_path / "checkout" / "build"
    (tmp_path / "wheel" / "graph" / "snhr-kg.nq").touch()
    assert content.graph_folder() == tmp_path / "wheel" / "graph"
