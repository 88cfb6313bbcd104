"""The HTTP server of `snhr-kg serve` without our application: it answers each request with a constant body.

    python hello.py PORT     # GET /512 answers 512 bytes

The settings are those of the server under test: one process, ASGI, no websockets.
"""

from __future__ import annotations

import sys
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server


class Hello:
    """Answers with as many bytes as the path says; each body is made once."""

    def __init__(self) -> None:
        self._bodies: dict[str, bytes] = {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request (ASGI 3)."""
        path = scope["path"]
        body = self._bodies.get(path)
        if body is None:
            body = self._bodies[path] = b"x" * int(path[1:])
        headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    Server(
        "hello",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.ASGINL,
        workers=1,
        websockets=False,
        log_level=LogLevels.error,
    ).serve(target_loader=lambda _: Hello())
