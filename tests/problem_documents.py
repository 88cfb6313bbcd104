"""Asserts the one shape that every error has (RFC 9457)."""

from __future__ import annotations

from typing import Any


def is_problem(response: Any, status: int, kind: str, *words: str) -> bool:
    """True for a problem document of this status and kind whose detail holds the words."""
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    problem = response.get_json(force=True)
    assert problem["type"] == f"https://w3id.org/snhr-kg/problem/{kind}"
    assert problem["status"] == status
    for word in words:
        assert word in problem["detail"]
    return True
