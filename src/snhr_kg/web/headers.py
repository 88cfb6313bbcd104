"""The headers that every answer carries, those that state the limits, and how much of a request is read."""

from __future__ import annotations

from typing import Final

from snhr_kg.engine.limits import Limits
from snhr_kg.guard import MAX_BYTES

MAX_REQUEST_BYTES: Final = 256 * 1024
"""Above the longest query that is read, percent-encoded in a form."""

MAX_HEAD_BYTES: Final = 128 * 1024
"""Most bytes of a request's address and headers together: some room above the longest query in an address."""

MAX_QUERY_STRING_BYTES: Final = 32 * 1024
"""The longest part of an address after its question mark that is read; what is longer goes into a body."""

_SECURITY: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
ONLY_HTTPS: Final = {"Strict-Transport-Security": "max-age=31536000"}
"""What every answer over HTTPS carries beside that."""

_CORS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Allow, Content-Location, Content-Type, ETag, Link, Parts-Left-Out, Query-Limits, RateLimit-Policy, "
        "Retry-After, Total-Count"
    ),
}
HEADERS: Final = {**_SECURITY, **_CORS}
"""What every answer carries."""


def limit_headers(limits: Limits) -> dict[str, str]:
    """The limits of one query and of one client, as structured fields (RFC 9651).

    ``RateLimit-Policy`` is that of the IETF draft on rate limits; nothing standard tells the limits of one query.

    >>> limit_headers(Limits(workers=1))["RateLimit-Policy"]
    '"client";q=32;qu="concurrent-requests"'
    """
    return {
        "Query-Limits": (
            f'time={limits.seconds:g};unit="s", memory={limits.memory_mb};unit="MiB", '
            f'result={limits.result_mb};unit="MiB", length={MAX_BYTES};unit="bytes"'
        ),
        "RateLimit-Policy": f'"client";q={limits.per_client};qu="concurrent-requests"',
    }
