"""What is tested: our application as ``snhr-kg serve`` runs it, and an engine without any of it, both over HTTP."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final, Protocol, TypeAlias

import pyoxigraph as ox

from snhr_kg.serialise import GRAPH_FORMATS, RESULT_FORMATS

Answer: TypeAlias = Callable[[bytes, str], tuple[int, str, bytes]]
"""From a request's body and Accept header to status, media type and body."""

SNHR_KG: Final = Path(sys.executable).with_name("snhr-kg")


class Subject(Protocol):
    """A SPARQL endpoint whose data can be replaced."""

    def load(self, quads: bytes) -> str:
        """Make these N-Quads the whole dataset; says where it can be asked."""

    def close(self) -> None:
        """Stop what runs."""


class Application:
    """Our application: each dataset is loaded and served by the commands that anyone would use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: subprocess.Popen[str] | None = None

    def load(self, quads: bytes) -> str:
        """See `Subject.load`."""
        self.close()
        data, graph = self._folder / "data.nq", self._folder / "graph"
        data.write_bytes(quads)
        load: list[str | Path] = [SNHR_KG, "load", data, "--out", graph, "--default-graph", "own"]
        loaded = subprocess.run(load, capture_output=True, text=True)
        if loaded.returncode:
            raise RuntimeError(loaded.stderr)
        command: list[str | Path] = [SNHR_KG, "serve", "--graph", graph, "--port", "0"]
        self._server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert self._server.stderr is not None
        said = self._server.stderr.readline()
        address = re.search(r"http://\S+/", said)
        if not address:
            raise RuntimeError(said + self._server.stderr.read())
        return f"{address[0]}sparql"

    def close(self) -> None:
        """See `Subject.close`."""
        if self._server is not None:
            self._server.terminate()
            self._server.communicate(timeout=60)
            self._server = None


class PlainEngine:
    """pyoxigraph's query function behind the least of an HTTP server: no guard, no limits, no workers."""

    def __init__(self) -> None:
        self._store = ox.Store()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler("POST", self._answer))
        threading.Thread(target=self._server.serve_forever).start()

    def load(self, quads: bytes) -> str:
        """See `Subject.load`."""
        self._store = ox.Store()
        self._store.bulk_load(quads, format=ox.RdfFormat.N_QUADS, lenient=True)
        return f"http://127.0.0.1:{self._server.server_port}/"

    def close(self) -> None:
        """See `Subject.close`."""
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, query: bytes, accept: str) -> tuple[int, str, bytes]:
        wanted = accept.split(", ")
        try:
            result = self._store.query(query.decode())
            if isinstance(result, ox.QueryTriples):
                form = next(name for name in wanted if name in GRAPH_FORMATS)
                body = result.serialize(format=GRAPH_FORMATS[form])
            else:
                form = next(name for name in wanted if name in RESULT_FORMATS)
                body = result.serialize(format=RESULT_FORMATS[form])
        except (SyntaxError, ValueError, RuntimeError) as error:
            return 400, "text/plain", str(error).encode()
        return 200, form, body or b""


@contextmanager
def controlled(subject: Subject) -> Iterator[str]:
    """The address that takes a dataset (PUT) and answers with the address of the subject's endpoint."""

    def load(quads: bytes, _: str) -> tuple[int, str, bytes]:
        try:
            return 200, "text/plain", subject.load(quads).encode()
        except Exception as error:
            return 500, "text/plain", repr(error).encode()

    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler("PUT", load))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        subject.close()


def _handler(method: str, answer: Answer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, media_type, answered = answer(body, self.headers.get("Accept", ""))
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(answered)))
            self.end_headers()
            self.wfile.write(answered)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    setattr(Handler, f"do_{method}", Handler._handle)
    return Handler
