"""Parameters of a URL or a form, and what an IRI among them must be."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl

from snhr_kg.errors import BadRequest

_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|\\^`]*")
_MOST_FIELDS: Final = 100


def read_parameters(encoded: bytes, most: int = _MOST_FIELDS) -> list[tuple[str, str]]:
    """Names and values, in order; raises `BadRequest` when they are not UTF-8 or are more than `most`."""
    try:
        return parse_qsl(read_text(encoded), keep_blank_values=True, errors="strict", max_num_fields=most)
    except ValueError as error:
        raise BadRequest(f"the parameters cannot be read: {error}") from error


def read_text(body: bytes) -> str:
    """The body as text; raises `BadRequest` when it is not UTF-8."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"the request is not UTF-8: {error}") from error


def absolute_iri(name: str, value: str) -> str:
    """The value of the parameter; raises `BadRequest` when it is no absolute IRI."""
    if not _ABSOLUTE.fullmatch(value):
        raise BadRequest(f"'{name}' takes an absolute IRI, such as https://example.org/graph")
    return value
