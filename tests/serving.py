"""Runs ``snhr-kg serve`` as a process of its own, for tests that ask it over HTTP."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen


@contextmanager
def serving(*command: str | Path, cwd: Path | None = None) -> Iterator[str]:
    """The address of a server started by this command, with ``--port 0``; it is ended with the block."""
    process = subprocess.Popen([*command, "--port", "0"], stderr=subprocess.PIPE, text=True, cwd=cwd)
    try:
        assert process.stderr is not None
        said = process.stderr.readline()
        address = re.search(r"http://\S+/", said)
        assert address, said + process.stderr.read()
        yield address[0]
    finally:
        process.terminate()
        process.communicate(timeout=20)


def get(address: str, path: str = "", accept: str = "*/*", **parameters: str) -> tuple[int, str, bytes]:
    """Status, media type and body."""
    url = address + path + (f"?{urlencode(parameters)}" if parameters else "")
    with urlopen(Request(url, headers={"Accept": accept}), timeout=30) as response:
        return response.status, response.headers.get_content_type(), response.read()


def post(url: str, query: str) -> int:
    """The status of a query sent as the body."""
    request = Request(url, query.encode(), {"Content-Type": "application/sparql-query"})
    try:
        with urlopen(request, timeout=60) as response:
            return response.status
    except HTTPError as error:
        error.close()
        return error.code
