"""Makes the response to a question about the graph: entity tag, revalidation and compression in one place."""

from __future__ import annotations

import hashlib
from typing import Final

from flask import Response, request
from werkzeug.datastructures import Accept

from snhr_kg.web.encodings import compress, encoding_for

KEEP_KEY: Final = "snhr_kg.keep"
"""Where the front finds, in the request's environment, of which version of the graph a response may be kept."""

CONDITIONS: Final = ("If-None-Match", "If-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range")
"""The request headers that decide whether a body is sent at all."""


def representation(
    body: bytes, media_type: str, accepted: Accept, *, negotiated: bool = True
) -> tuple[list[tuple[str, str]], bytes]:
    """The headers that tell of a body, and the body in the encoding that is accepted most gladly.

    `negotiated` says that another Accept header might have had another body.
    """
    encoding = encoding_for(accepted, media_type, len(body))
    tag = hashlib.sha256(body).hexdigest()[:24]
    headers = [
        ("Content-Type", f"{media_type}; charset=utf-8" if media_type[:5] == "text/" else media_type),
        ("Vary", "Accept, Accept-Encoding" if negotiated else "Accept-Encoding"),
        ("Cache-Control", "no-cache"),
        ("ETag", f'"{tag}-{encoding}"' if encoding else f'"{tag}"'),
    ]
    if encoding is None:
        return headers, body
    return [*headers, ("Content-Encoding", encoding)], compress(body, encoding)


def deliver(body: bytes, media_type: str, version: str | None = None, *, negotiated: bool = True) -> Response:
    """A body that depends on nothing but the request and the graph, compressed as the client likes best.

    The entity tag is strong: a hash of the bytes sent. With `version` (of the graph the body was made from) the
    response may be given again to the same request for as long as that graph is served; to be the same, the Accept
    header must be where the media type was `negotiated`, and not where the address names it.
    """
    headers, sent = representation(body, media_type, request.accept_encodings, negotiated=negotiated)
    response = Response(sent, headers=headers)
    if request.method == "GET" and version is not None:
        request.environ[KEEP_KEY] = version
    if request.method in ("GET", "HEAD") and any(name in request.headers for name in CONDITIONS):
        response.make_conditional(request.environ)
    return response
