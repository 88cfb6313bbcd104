"""Who asks: the caller that the front hands down with each request."""

from __future__ import annotations

from typing import Final

from flask import request

from snhr_kg.engine.question import Caller

ENVIRON_KEY: Final = "snhr_kg.caller"


def caller() -> Caller:
    """The caller of the current request; one without a way to hang up where the application runs without its front."""
    found = request.environ.get(ENVIRON_KEY)
    return found if isinstance(found, Caller) else Caller(request.remote_addr or "")
