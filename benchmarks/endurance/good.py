"""Good clients: every question of ``queries/`` in every format, by every door, each answer compared with the right."""

from __future__ import annotations

import gzip
import http.client
import random
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import brotli
import pyoxigraph as ox
import zstandard

from endurance.tally import Gate, Tally
from snhr_kg import content
from snhr_kg.store import open_store

_DECODERS = {
    None: lambda body: body,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
}
_ENCODINGS = ("identity", "gzip", "br", "zstd", "br, zstd;q=0.9, gzip;q=0.5")
_RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
_PAGES = (
    "/en/index.html",
    "/ar/figures.html",
    "/en/code/perpetrator/isis.html",
    "/ar/ontology.html",
    "/code/perpetrator/isis.ttl",
    "/api/",
    "/api/openapi.json",
    "/.well-known/void",
    "/api/figures",
)
_PATIENCE = 60.0
"""Seconds within which a good question must have had its answer, however often it was turned away."""
_TURNED_AWAY = (429, 503)


@dataclass(frozen=True, slots=True)
class Right:
    """A question, a media type, and what every answer to it must amount to."""

    name: str
    query: str
    media_type: str
    meaning: object


def right_answers(folder: Path) -> list[Right]:
    """What an in-process store answers to every question, in every format."""
    store = open_store(folder)
    found = []
    for path in sorted(content.folder("queries").glob("*.rq")):
        query = path.read_text(encoding="utf-8")
        for media_type in store.query(query).formats:
            body = store.query(query).serialize(media_type)
            found.append(Right(path.stem, query, media_type, meaning(body, media_type)))
    return found


def meaning(body: bytes, media_type: str) -> object:
    """An answer without what may differ between two right ones: the order of its rows or triples."""
    if media_type in _GRAPHS:
        return frozenset(str(quad.triple) for quad in ox.parse(body, format=_GRAPHS[media_type]))
    if media_type == "text/csv":
        head, *rows = body.decode().split("\r\n")
        return head, tuple(sorted(rows))
    parsed = ox.parse_query_results(body, format=_RESULTS[media_type])
    if isinstance(parsed, ox.QueryBoolean):
        return bool(parsed)
    names = [variable.value for variable in parsed.variables]
    return tuple(names), frozenset(Counter(tuple(str(row[name]) for name in names) for row in parsed).items())


class GoodClient:
    """One client with one connection, which it opens again when it is closed."""

    def __init__(self, address: str, rights: list[Right], tally: Tally, gate: Gate, seed: int) -> None:
        where = urlsplit(address)
        self._connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=_PATIENCE)
        self._rights, self._tally, self._gate = rights, tally, gate
        self._random = random.Random(seed)
        self._tags: dict[tuple[str, str, str], str] = {}

    def work(self) -> None:
        """Ask until the soak ends: every question in a new order, a page in between."""
        while not self._gate.over:
            for right in self._random.sample(self._rights, len(self._rights)):
                if not self._gate.pass_through():
                    return
                self._ask(right)
                if self._random.random() < 0.1:
                    self._visit(self._random.choice(_PAGES))

    def ask_everything(self) -> None:
        """Every question once in every format."""
        for right in self._rights:
            self._ask(right)

    def _ask(self, right: Right) -> None:
        encoding = self._random.choice(_ENCODINGS)
        method, path, body, headers = self._request(right)
        headers |= {"Accept": right.media_type, "Accept-Encoding": encoding}
        tag = self._tags.get((right.name, right.media_type, encoding))
        if tag and method == "GET" and self._random.random() < 0.3:
            headers["If-None-Match"] = tag
        answer = self._answer(right.name, method, path, body, headers)
        if answer is None:
            return
        status, found, content_encoding, tag = answer
        if status == 304:
            if "If-None-Match" not in headers or found:
                self._tally.note_fault(f"{right.name}: 304 that nobody asked for, or with a body")
            return
        try:
            same = meaning(_DECODERS[content_encoding](found), right.media_type) == right.meaning
        except Exception as error:  # whatever a wrong body does to a parser is one fault
            self._tally.note_fault(f"{right.name} as {right.media_type}: cannot be read: {error!r}")
            return
        if not same:
            self._tally.note_fault(f"{right.name} as {right.media_type}: wrong answer")
        elif tag:
            self._tags[right.name, right.media_type, encoding] = tag

    def _request(self, right: Right) -> tuple[str, str, bytes | None, dict[str, str]]:
        door = self._random.choice(("get", "get", "form", "direct"))
        if door == "get":
            return "GET", f"/sparql?query={quote(right.query, safe='')}", None, {}
        if door == "form":
            form = urlencode({"query": right.query}).encode()
            return "POST", "/sparql", form, {"Content-Type": "application/x-www-form-urlencoded"}
        return "POST", "/sparql", right.query.encode(), {"Content-Type": "application/sparql-query"}

    def _visit(self, path: str) -> None:
        self._answer(path, "GET", path, None, {"Accept": "*/*"})

    def _answer(
        self, name: str, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes, str | None, str | None] | None:
        """Status, body, encoding and tag of the answer that came in the end; None, and a fault, where none did."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            began = time.perf_counter()
            try:
                self._connection.request(method, path, body, headers)
                response = self._connection.getresponse()
                found = response.read()
            except (OSError, http.client.HTTPException) as error:
                self._connection.close()
                self._tally.note_good(f"broken connection ({type(error).__name__})")
                continue
            status = response.status
            self._tally.note_good(str(status), time.perf_counter() - began if status in (200, 304) else None)
            if status in (200, 304):
                return status, found, response.getheader("Content-Encoding"), response.getheader("ETag")
            if status not in _TURNED_AWAY:
                self._tally.note_fault(f"{name}: status {status}: {found[:200]!r}")
                return None
            after = response.getheader("Retry-After")
            if after is None:
                self._tally.note_stopped_without_a_time()
            time.sleep(min(float(after or 0.2), 5.0) * self._random.uniform(0.5, 1.0))
        self._tally.note_fault(f"{name}: no answer within {_PATIENCE:.0f} s")
        return None
