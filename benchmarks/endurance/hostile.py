"""Hostile clients: queries that never end or grow, texts that overflow a stack, and requests that are none.

Each attack takes an address to come from, does one thing, and says what came back: a status, or ``closed`` when the
server ended the connection without one, ``left`` when the attacker did.
"""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import quote, urlsplit

from endurance.tally import Gate, Tally

_ALL = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
QUERIES = {
    "cartesian product, counted": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "cartesian product, ordered": f"{_ALL} ORDER BY ?i ?a",
    "cartesian product, downloaded": _ALL,
    "cartesian product, joined into one text": "SELECT (GROUP_CONCAT(STR(?c)) AS ?t) { ?a ?b ?c . ?d ?e ?f }",
    "text that doubles": "SELECT ?z { BIND('aaaaaaaaaaaaaaaa' AS ?t) "
    + " ".join(
        f"BIND(CONCAT({f'?t{n - 1}' if n else '?t'}, {f'?t{n - 1}' if n else '?t'}) AS ?t{n})" for n in range(40)
    )
    + " BIND(?t39 AS ?z) }",
    "path without end": "SELECT (COUNT(*) AS ?n) { ?a (<urn:p>|!<urn:p>)* ?b . ?b (<urn:p>|!<urn:p>)* ?c }",
    "regular expression": 'SELECT ?o { ?s ?p ?o . ?a ?b ?c FILTER REGEX(CONCAT(STR(?o), STR(?c)), "(x+x+)+(y*)*$") }',
    "enormous regular expression": 'ASK { ?s ?p ?o FILTER REGEX(STR(?o), "((a{1,100}){1,100}){1,100}") }',
    "braces, nested": f"SELECT * {{ {'{' * 2500} ?s ?p ?o {'}' * 2500} }}",
    "parentheses, nested": f"ASK {{ FILTER({'(' * 5000}1{')' * 5000}) }}",
    "exclamation marks": f"ASK {{ FILTER({'!' * 30000}true) }}",
    "sum of many": f"SELECT ({'1+' * 12000}1 AS ?n) {{}}",
    "VALUES, long": f"SELECT * {{ VALUES ?x {{ {' '.join(map(str, range(9000)))} }} ?s ?p ?o }}",
    "VALUES, squared": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?x{n} {{ {' '.join(map(str, range(400)))} }}" for n in range(6))
    + " }",
    "VALUES, a megabyte": f"SELECT * {{ VALUES ?x {{ {'1234567 ' * 130000} }} }}",
    "SERVICE": "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
    "FROM a file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "syntax error": "SELECT WHERE {{{",
    "not a query": "\x00\ufffe hello",
}
UPDATES = ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "DROP ALL", "LOAD <http://127.0.0.1:9/x>", "CLEAR DEFAULT")
_SENT_SLOWLY = 14.0

Attack = Callable[["HostileClient"], str]


class HostileClient:
    """One attacker with an address of its own on the loopback network."""

    def __init__(self, address: str, tally: Tally, gate: Gate, number: int) -> None:
        where = urlsplit(address)
        self._server = (where.hostname or "", where.port or 80)
        self._from = f"127.0.1.{number + 1}"
        self._tally, self._gate = tally, gate
        self.random = random.Random(number)

    def work(self) -> None:
        """Attack until the soak ends, each time in another way."""
        attacks = [*((name, _querying(text)) for name, text in QUERIES.items()), *_RAW.items()]
        while not self._gate.over:
            for name, attack in self.random.sample(attacks, len(attacks)):
                if not self._gate.pass_through():
                    return
                try:
                    outcome = attack(self)
                except OSError:
                    outcome = "closed"
                self._tally.note_hostile(name, outcome)

    def connect(self) -> socket.socket:
        """A connection from the attacker's own address."""
        return socket.create_connection(self._server, timeout=30, source_address=(self._from, 0))

    def send(self, *pieces: bytes, pause: float = 0.0) -> str:
        """Send a request and read the beginning of the answer to its end."""
        with self.connect() as connection:
            for piece in pieces:
                connection.sendall(piece)
                if not self._gate.wait(pause):
                    return "left"
            return status_of(connection)

    def post(self, media_type: str, body: bytes) -> str:
        """Send a body to the query route."""
        return self.send(_head("POST", "/sparql", ("Content-Type", media_type), ("Content-Length", len(body))), body)

    def wait(self, seconds: float) -> bool:
        """Wait, unless the soak ends."""
        return self._gate.wait(seconds)


def status_of(connection: socket.socket) -> str:
    """The status of the answer on a connection, which is read to its end."""
    head = b""
    while piece := connection.recv(65536):
        head = head or piece[:64]
    return head.split(b" ", 2)[1].decode("ascii", "replace") if head.startswith(b"HTTP/") else "closed"


def _head(method: str, path: str, *headers: tuple[str, object]) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Connection: close"]
    return "\r\n".join([*lines, *(f"{name}: {value}" for name, value in headers), "", ""]).encode()


def _querying(text: str) -> Attack:
    def attack(client: HostileClient) -> str:
        kind = client.random.choice(("direct", "form", "hang up"))
        if kind == "direct":
            return client.post("application/sparql-query", text.encode())
        body = f"query={quote(text, safe='')}".encode()
        if kind == "form":
            return client.post("application/x-www-form-urlencoded", body)
        form = ("Content-Type", "application/x-www-form-urlencoded")
        with client.connect() as connection:
            connection.sendall(_head("POST", "/sparql", form, ("Content-Length", len(body))) + body)
            client.wait(client.random.uniform(0.0, 0.8))
        return "left"

    return attack


def _update(client: HostileClient) -> str:
    text = client.random.choice(UPDATES)
    door = client.random.choice(("body", "form", "url", "as a query"))
    if door == "body":
        return client.post("application/sparql-update", text.encode())
    if door == "form":
        return client.post("application/x-www-form-urlencoded", f"update={quote(text)}".encode())
    if door == "as a query":
        return client.post("application/sparql-query", text.encode())
    return client.send(_head("GET", f"/sparql?update={quote(text, safe='')}"))


def _slow_body(client: HostileClient) -> str:
    head = _head("POST", "/sparql", ("Content-Type", "application/sparql-query"), ("Content-Length", 1000))
    with client.connect() as connection:
        connection.sendall(head)
        end = time.monotonic() + _SENT_SLOWLY
        connection.settimeout(0.5)
        while time.monotonic() < end and client.wait(0.5):
            connection.sendall(b"S")
            with suppress(TimeoutError):
                if answer := connection.recv(64):
                    return answer.split(b" ", 2)[1].decode("ascii", "replace")
                return "closed"
    return "left"


def _half_a_request(client: HostileClient) -> str:
    with client.connect() as connection:
        connection.sendall(_head("GET", "/sparql?query=ASK%20%7B%7D")[: client.random.randrange(1, 60)])
        client.wait(1.0)
    return "left"


def _garbage(client: HostileClient) -> str:
    return client.send(client.random.randbytes(client.random.randrange(1, 5000)) + b"\r\n\r\n")


def _giant_headers(client: HostileClient) -> str:
    return client.send(_head("GET", "/", *((f"X-{n}", "y" * 10_000) for n in range(100))))


def _many_connections(client: HostileClient) -> str:
    opened: list[socket.socket] = []
    try:
        for _ in range(150):
            opened.append(client.connect())
        client.wait(2.0)
    finally:
        for one in opened:
            one.close()
    return "left"


def _many_at_once(client: HostileClient) -> str:
    """More heavy queries at a time than one address may have, and then none of the answers read."""
    text = quote(QUERIES["cartesian product, counted"], safe="")
    opened: list[socket.socket] = []
    try:
        for number in range(60):
            connection = client.connect()
            connection.sendall(_head("GET", f"/sparql?query={text}%20%23{number}"))
            opened.append(connection)
        opened[-1].settimeout(10)
        return status_of(opened[-1])
    finally:
        for one in opened:
            one.close()


def _unread_answer(client: HostileClient) -> str:
    """A large answer that is asked for and not read."""
    text = quote("SELECT * { ?s ?p ?o } LIMIT 20000", safe="")
    with client.connect() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(_head("GET", f"/sparql?query={text}"))
        client.wait(3.0)
    return "left"


_RAW: dict[str, Attack] = {
    "update": _update,
    "body, a byte a half second": _slow_body,
    "half a request": _half_a_request,
    "garbage": _garbage,
    "a megabyte of headers": _giant_headers,
    "150 idle connections": _many_connections,
    "60 heavy queries at once": _many_at_once,
    "answer that is not read": _unread_answer,
    "body cut short": lambda client: client.send(
        _head("POST", "/sparql", ("Content-Type", "application/sparql-query"), ("Content-Length", 50)) + b"ASK"
    ),
    "chunks that are none": lambda client: client.send(
        _head("POST", "/sparql", ("Content-Type", "application/sparql-query"), ("Transfer-Encoding", "chunked")),
        b"zz\r\nASK {}\r\n0\r\n\r\n",
    ),
    "endless path": lambda client: client.send(_head("GET", "/" + "a" * 200_000)),
    "path out of the folder": lambda client: client.send(_head("GET", "/files/../../../../etc/passwd")),
    "unknown method": lambda client: client.send(_head("BREW", "/sparql")),
    "body of another type": lambda client: client.post("text/csv", b"a,b"),
    "not UTF-8": lambda client: client.post("application/sparql-query", b"ASK { ?s ?p '\xff\xfe' }"),
    "broken percent signs": lambda client: client.send(_head("GET", "/sparql?query=%zz%ff")),
    "wrong parameters": lambda client: client.send(_head("GET", "/api/figures?perpetrator=%00&page=-1&x=y")),
    "unheard-of Accept": lambda client: client.send(_head("GET", "/sparql?query=ASK%7B%7D", ("Accept", "a/b;q=x"))),
}
