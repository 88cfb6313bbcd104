"""A process that reads what others wrote, queries and a store's answers: it may die of it, the server may not.

    python -m snhr_kg.remote.parser SOCKET MEMORY_MB

It answers one frame with one frame, opens nothing, and ends when the process that started it closes the socket.
"""

from __future__ import annotations

import json
import os
import resource
import socket
import sys
import threading
from typing import Final

import pyoxigraph as ox

from snhr_kg import names
from snhr_kg.answer import Answer
from snhr_kg.engine import wire
from snhr_kg.errors import SnhrKgError
from snhr_kg.remote.repair import repaired_rows, repaired_term
from snhr_kg.syntax import in_words

CHECK, READ = b"C", b"R"
"""Asks whether a query's text can be parsed, or for a store's answer in a media type (JSON: type, then the answer)."""

GOOD, WRONG = b"G", b"W"

ROWS: Final = "application/sparql-results+json"
TRIPLES: Final = "application/n-triples"
STACK_BYTES: Final = 1024 * 1024
"""Half of what the threads of a store in Rust have: a query that overflows this one could end such a store."""

_MIB: Final = 1024 * 1024


def main(arguments: list[str]) -> None:
    """Bound the process, then answer until the socket closes."""
    connection = socket.socket(fileno=int(arguments[0]))
    with open("/proc/self/statm", encoding="ascii") as statm:
        size = int(statm.read().split()[0]) * resource.getpagesize()
    most = size + STACK_BYTES + int(arguments[1]) * _MIB
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    threading.stack_size(STACK_BYTES)
    thread = threading.Thread(target=_answer_all, args=(connection,))
    thread.start()
    thread.join()


def check(text: str) -> None:
    """Return when the query can be parsed; raises as pyoxigraph does, in plainer words where it cannot."""
    try:
        ox.Store().query(text, base_iri=names.BASE)
    except SyntaxError as error:
        raise SyntaxError(in_words(str(error), text)) from error


def read(answer: bytes, answered_in: str, media_type: str) -> tuple[bytes, int]:
    """A store's answer, in `ROWS` or `TRIPLES`, in the media type that was asked for, and how many it has of them.

    Raises one of the errors in `_answer` when it is malformed.
    """
    if answered_in == TRIPLES:
        held = ox.Store()
        held.extend(
            ox.Quad(triple.subject, triple.predicate, repaired_term(triple.object))
            for triple in ox.parse(answer, format=ox.RdfFormat.N_TRIPLES)
        )
        return Answer(held.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")).serialize(media_type), len(held)
    results = repaired_rows(json.loads(answer))
    count = 1 if "boolean" in results else len(results["results"]["bindings"])
    rows = json.dumps(results, ensure_ascii=False).encode()
    return Answer(ox.parse_query_results(rows, format=ox.QueryResultsFormat.JSON)).serialize(media_type), count


def _answer_all(connection: socket.socket) -> None:
    while True:
        try:
            kind, body = wire.receive(connection)
            wire.send(connection, *_answer(kind, bytes(body)))
        except wire.Closed:
            return


def _answer(kind: bytes, body: bytes) -> tuple[bytes, bytes]:
    try:
        if kind == CHECK:
            check(body.decode())
            return GOOD, b""
        head, _, answer = body.partition(b"\n")
        written, count = read(answer, *json.loads(head))
        return GOOD, b"%d\n%b" % (count, written)
    except (SyntaxError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, SnhrKgError) as error:
        return WRONG, str(error).encode()


if __name__ == "__main__":
    main(sys.argv[1:])
