"""What the Reconciliation Service API 0.2 says that answers look like; each check fails with what is wrong."""

from __future__ import annotations

from typing import Any

NUMBER = (int, float)


def is_manifest(manifest: dict[str, Any]) -> bool:
    """4.1: the fields that must be there, and the shape of those that may be."""
    assert "0.2" in manifest["versions"]
    assert all(isinstance(manifest[name], str) for name in ("name", "identifierSpace", "schemaSpace"))
    assert all(_is_named(one) for one in manifest["defaultTypes"])
    assert isinstance(manifest["batchSize"], int)
    assert "{{id}}" in manifest["view"]["url"]
    assert "{{id}}" in manifest["preview"]["url"]
    assert all(isinstance(manifest["preview"][name], int) for name in ("width", "height"))
    for kind in ("entity", "property", "type"):
        service = manifest["suggest"][kind]
        assert service["service_url"].startswith("http")
        assert "${id}" in service["flyout_service_path"]
    extend = manifest["extend"]
    assert set(extend["propose_properties"]) == {"service_url", "service_path"}
    for setting in extend["property_settings"]:
        assert {"name", "label", "type"} <= set(setting)
        assert setting["type"] in ("number", "text", "checkbox", "select")
        assert setting["type"] != "select" or all(set(one) == {"value", "name"} for one in setting["choices"])
    return True


def is_result_batch(batch: dict[str, Any], keys: set[str]) -> bool:
    """5.2: a list of candidates for each query, the best first, at most one of them certain."""
    assert set(batch) == keys
    for result in batch.values():
        candidates = result["result"]
        assert sum(one["match"] for one in candidates) <= 1
        scores = [one["score"] for one in candidates if not one["match"]]
        assert scores == sorted(scores, reverse=True)
        assert all(_is_candidate(one) for one in candidates)
    return True


def _is_candidate(candidate: dict[str, Any]) -> bool:
    assert set(candidate) == {"id", "name", "description", "type", "score", "match", "features"}
    assert all(isinstance(candidate[name], str) and candidate[name] for name in ("id", "name", "description"))
    assert isinstance(candidate["score"], NUMBER)
    assert isinstance(candidate["match"], bool)
    assert all(_is_named(one) for one in candidate["type"])
    features = candidate["features"]
    assert len({one["id"] for one in features}) == len(features)
    assert all(isinstance(one["value"], (bool, *NUMBER)) for one in features)
    return True


def is_suggestion(answer: dict[str, Any]) -> bool:
    """7.3: items with id and name, and what may be beside them."""
    assert set(answer) == {"result"}
    for item in answer["result"]:
        assert {"id", "name"} <= set(item) <= {"id", "name", "description", "notable"}
        assert all(_is_named(one) for one in item.get("notable", []))
    return True


def is_proposal(answer: dict[str, Any]) -> bool:
    """8.2: properties with id and name, and what was asked."""
    assert {"properties", "type"} <= set(answer) <= {"properties", "type", "limit"}
    assert all(_is_named(one) for one in answer["properties"])
    return True


def is_extension(answer: dict[str, Any], ids: set[str], properties: list[str]) -> bool:
    """8.4: the properties asked for, in order, and for each entity a list of values of each."""
    assert set(answer) == {"meta", "rows"}
    assert [one["id"] for one in answer["meta"]] == properties
    assert all(isinstance(one["name"], str) for one in answer["meta"])
    assert set(answer["rows"]) == ids
    for row in answer["rows"].values():
        assert set(row) == set(properties)
        assert all(set(cell) in ({"str"}, {"float"}, {"id", "name"}) for cells in row.values() for cell in cells)
    return True


def _is_named(one: dict[str, Any]) -> bool:
    return set(one) == {"id", "name"} and all(isinstance(value, str) and value for value in one.values())
