"""Makes the response to a question about the graph: entity tag, revalidation and compression in one place."""

from __future__ import annotations

import hashlib
from typing import Final

from flask import Response, request

from snhr_kg.web.encodings import compress, encoding_for

KEEP_KEY: Final = "snhr_kg.keep"
"""Where the front finds, in the request's environment, of which version of the graph a response may be kept."""


def deliver(body: bytes, media_type: str, version: str | None = None) -> Response:
    """A body that depends on nothing but the request and the graph, compressed as the client likes best.

    The entity tag is strong: a hash of the bytes sent. With `version` (of the graph the body was made from) the
    response may be given again to the same request for as long as that graph is served.
    """
    encoding = encoding_for(request.accept_encodings, media_type, len(body))
    response = Response(compress(body, encoding) if encoding else body)
    response.headers["Content-Type"] = f"{media_type}; charset=utf-8" if media_type[:5] == "text/" else media_type
    response.headers["Vary"] = "Accept, Accept-Encoding"
    response.headers["Cache-Control"] = "no-cache"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    tag = hashlib.blake2b(body, digest_size=12).hexdigest()
    response.set_etag(f"{tag}-{encoding}" if encoding else tag)
    if version is not None and request.method == "GET":
        request.environ[KEEP_KEY] = version
    if request.method in ("GET", "HEAD"):
        response.make_conditional(request.environ)
    return response
