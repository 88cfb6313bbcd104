"""Content encodings: which one a client likes best, and bodies in it."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Final

import brotli
import zstandard
from werkzeug.datastructures import Accept

SMALLEST: Final = 1024
"""Shorter bodies (bytes) are sent as they are: they fit into one packet."""

_COMPRESSORS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "br": lambda body: brotli.compress(body, quality=4),
    "zstd": lambda body: zstandard.compress(body, 6),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
"""By name, the one that is liked best among equals first."""


def encoding_for(accepted: Accept, media_type: str, size: int) -> str | None:
    """The encoding for a body of so many bytes, given the Accept-Encoding header; None to send it as it is."""
    if size < SMALLEST or not _is_text(media_type):
        return None
    best = max(_COMPRESSORS, key=accepted.quality)
    plain = accepted.quality("identity") if accepted.find("identity") >= 0 else 0
    return best if accepted.quality(best) > 0 and accepted.quality(best) >= plain else None


def compress(body: bytes, encoding: str) -> bytes:
    """The body in one of the encodings that `encoding_for` names; the same bytes each time."""
    return _COMPRESSORS[encoding](body)


def _is_text(media_type: str) -> bool:
    return media_type.startswith("text/") or media_type.endswith(("json", "xml", "n-triples", "n-quads", "trig"))
