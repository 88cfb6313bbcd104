"""What a client is told when the store behind the endpoint is slow, gone, wrong or short: tiny real HTTP servers."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from remote.stores import free_port
from snhr_kg import names
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.question import Caller, Question
from snhr_kg.errors import (
    BadQuery,
    CallerLeft,
    EngineUnavailable,
    QueryRefused,
    ResultTooLarge,
    StoreCut,
    StoreFailed,
    StoreTimeout,
    StoreUnreachable,
)
from snhr_kg.remote.connection import Asked, Connection
from snhr_kg.remote.credentials import Credentials
from snhr_kg.remote.engine import RemoteEngine, open_remote
from snhr_kg.remote.marker import GRAPH, PUBLISHED, PUSH, SWAPPING, VERSION

JSON = "application/sparql-results+json"
LIMITS = Limits(workers=1, memory_mb=128, seconds=1, waiting_seconds=1, result_mb=1)
TRUE = json.dumps({"head": {}, "boolean": True}).encode()


class Scripted(ThreadingHTTPServer):
    """A store that answers questions about its marker, and anything else as `reply` says: status, headers, body."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reply: tuple[int, dict[str, str], bytes] = (200, {"Content-Type": JSON}, TRUE)
        self.pause = 0.0
        self.announced = ""
        self.push = "first"
        self.asked: list[str] = []
        self.left = threading.Event()
        self.before_reply = lambda: None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/sparql"

    def marker(self) -> bytes:
        rows = [(PUBLISHED, VERSION, "v-" + self.push), (PUBLISHED, PUSH, self.push)]
        rows += [(PUBLISHED, GRAPH, names.graph("codes"))]
        rows += [(SWAPPING, PUSH, self.announced)] if self.announced else []
        bindings = [{n: {"type": "literal", "value": v} for n, v in zip("gpo", row, strict=True)} for row in rows]
        return json.dumps({"head": {"vars": ["g", "p", "o"]}, "results": {"bindings": bindings}}).encode()


class _Handler(BaseHTTPRequestHandler):
    server: Scripted

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if "swapping" in text:
            self._send(200, {"Content-Type": JSON}, self.server.marker())
            return
        self.server.asked.append(text)
        self.server.before_reply()
        if self.server.pause:
            self.connection.settimeout(self.server.pause)
            try:
                if self.connection.recv(1) == b"":
                    self.server.left.set()
                    return
            except TimeoutError:
                pass
        self._send(*self.server.reply)

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except ConnectionError:
            self.server.left.set()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def store():
    server = Scripted()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def engine(store):
    engine = RemoteEngine(store.url, LIMITS, swap_seconds=0.5)
    yield engine
    engine.close()


def ask(engine: RemoteEngine, text: str = "ASK {}", media_type: str = JSON, caller: Caller | None = None) -> bytes:
    return engine.answer(Question(text, media_type), caller or Caller()).body


class TestSlow:
    def test_a_slow_store_is_given_up_on_at_the_time_limit(self, store, engine):
        store.pause = 20
        begun = time.monotonic()
        with pytest.raises(StoreTimeout, match="1 seconds") as caught:
            ask(engine)
        assert caught.value.http_status == 504
        assert time.monotonic() - begun < 3
        assert store.left.wait(5), "the connection to the store was left open"

    def test_the_next_query_is_answered_at_once(self, store, engine):
        store.pause = 20
        with pytest.raises(StoreTimeout):
            ask(engine)
        store.pause = 0
        assert json.loads(ask(engine))["boolean"] is True

    def test_a_caller_who_leaves_ends_the_request_to_the_store(self, store, engine):
        store.pause = 20
        caller = Caller()
        store.before_reply = lambda: threading.Timer(0.1, caller.leave).start()
        with pytest.raises(CallerLeft):
            ask(engine, caller=caller)
        assert store.left.wait(5)

    def test_closing_the_engine_ends_what_runs(self, store):
        engine = RemoteEngine(store.url, LIMITS)
        store.pause = 20
        store.before_reply = lambda: threading.Timer(0.1, engine.close).start()
        with pytest.raises((CallerLeft, EngineUnavailable)):
            ask(engine)
        assert store.left.wait(5)


class TestGone:
    def test_a_store_that_is_not_there_is_502_and_worth_asking_again(self):
        engine = RemoteEngine(f"http://127.0.0.1:{free_port()}/sparql", LIMITS)
        try:
            with pytest.raises(StoreUnreachable, match="cannot be reached") as caught:
                ask(engine)
            assert (caught.value.http_status, caught.value.retry_after) == (502, 5)
            assert engine.version == ""
        finally:
            engine.close()

    def test_the_operator_is_told_at_the_start_and_serving_goes_on(self):
        said: list[str] = []
        engine = open_remote(f"http://127.0.0.1:{free_port()}/sparql", LIMITS, say=said.append)
        engine.close()
        assert len(said) == 1
        assert "cannot be reached" in said[0]

    @pytest.mark.parametrize("status", [429, 502, 503])
    def test_a_store_that_takes_no_requests_is_worth_asking_again(self, store, engine, status):
        store.reply = (status, {"Content-Type": "text/plain"}, b"busy")
        with pytest.raises(StoreUnreachable, match=str(status)):
            ask(engine)


@pytest.mark.parametrize(("repeatable", "requests"), [(True, 2), (False, 1)], ids=["query", "update"])
def test_only_what_does_no_harm_twice_is_sent_again_when_the_connection_ends(repeatable, requests):
    came = []

    def hang_up(server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = server.accept()
                with connection:
                    came.append(connection.recv(65536))

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=hang_up, args=(server,))
        thread.start()
        connection = Connection()
        try:
            asked = Asked("POST", f"http://127.0.0.1:{server.getsockname()[1]}/", {}, repeatable=repeatable)
            with pytest.raises(StoreUnreachable):
                connection.send(asked, 30)
        finally:
            connection.close()
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
    assert len(came) == requests


class TestWrong:
    def test_an_error_of_the_store_is_told_in_its_words_without_secrets(self, store):
        engine = RemoteEngine(store.url, LIMITS, Credentials("reader", "sesame"))
        store.reply = (500, {"Content-Type": "text/plain"}, b"Disk full of sesame\n\nSPARQL query:\nASK {}")
        try:
            with pytest.raises(StoreFailed, match=r"status 500\. Disk full of …$") as caught:
                ask(engine)
            assert caught.value.http_status == 502
        finally:
            engine.close()

    def test_a_query_that_only_the_store_refuses_is_a_bad_query_in_its_words(self, store, engine):
        store.reply = (400, {"Content-Type": "text/plain"}, b"no such function")
        with pytest.raises(BadQuery, match=r"^no such function$"):
            ask(engine)

    @pytest.mark.parametrize(
        ("headers", "body", "said"),
        [
            ({"Content-Type": "text/html"}, b"<html>", "text/html where"),
            ({"Content-Type": JSON}, b"{", "malformed"),
            ({"Content-Type": JSON}, b'{"head": {"vars": ["x"]}}', "malformed"),
            ({"Content-Type": JSON}, b'{"head": {}, "boolean": "perhaps"}', "malformed"),
            ({"Content-Type": JSON}, b"[" * 100_000, "malformed|too deep"),
            ({"Content-Type": JSON, "Content-Encoding": "gzip"}, b"no gzip", "no HTTP"),
        ],
    )
    def test_what_is_no_answer_is_not_passed_on(self, store, engine, headers, body, said):
        store.reply = (200, headers, body)
        with pytest.raises(StoreFailed, match=said):
            ask(engine)

    def test_a_redirect_is_not_followed(self, store, engine):
        store.reply = (302, {"Location": "http://127.0.0.1:1/"}, b"")
        with pytest.raises(StoreFailed, match="302"):
            ask(engine)

    def test_an_answer_over_the_size_limit_is_given_up_on(self, store, engine):
        store.reply = (200, {"Content-Type": JSON}, b" " * (2 * 1024 * 1024))
        with pytest.raises(ResultTooLarge, match="1 MiB"):
            ask(engine)

    @pytest.mark.parametrize(("status", "headers"), [(200, {"X-SQL-State": "S1TAT"}), (206, {})])
    def test_an_answer_that_the_store_stopped_half_way_is_no_answer(self, store, engine, status, headers):
        store.reply = (status, {"Content-Type": JSON, **headers}, TRUE)
        with pytest.raises(StoreCut):
            ask(engine)


class TestRefused:
    @pytest.mark.parametrize(
        ("text", "error"),
        [
            ("ASK { ?s ?p }", BadQuery),
            ("ASK {} {}", BadQuery),
            ('DEFINE input:inference "x" ASK {}', BadQuery),
            ("ASK { FILTER(" + "!" * 20_000 + "true) }", BadQuery),
            ("INSERT DATA { <a:a> <a:b> <a:c> }", QueryRefused),
            ("ASK { SERVICE <http://example.org/> { ?s ?p ?o } }", QueryRefused),
            ("PREFIX f: <bif:> ASK { FILTER(f:sys_stat('x')) }", QueryRefused),
            ("PREFIX f: <sq> ASK { FILTER(f:l:x('x')) }", QueryRefused),
            ("ASK { FILTER(<\\u0062if:sys_stat>('x')) }", QueryRefused),
        ],
    )
    def test_a_text_that_must_not_reach_a_store_never_does(self, store, engine, text, error):
        with pytest.raises(error):
            ask(engine, text)
        assert store.asked == []
        assert ask(engine)


class TestSwaps:
    def test_a_query_that_a_swap_disturbed_is_asked_again(self, store, engine):
        moves = iter(["second"])

        def swap() -> None:
            store.push = next(moves, store.push)

        store.before_reply = swap
        assert engine.answer(Question("ASK {}", JSON), Caller()).version == "v-second"
        assert len(store.asked) == 2

    def test_a_query_waits_for_an_announced_swap(self, store, engine):
        ask(engine)
        store.before_reply = lambda: setattr(store, "announced", "second" if len(store.asked) == 2 else "")
        threading.Timer(0.4, lambda: (setattr(store, "push", "second"), setattr(store, "announced", ""))).start()
        begun = time.monotonic()
        assert engine.answer(Question("ASK {}", JSON), Caller()).version == "v-second"
        assert time.monotonic() - begun >= 0.3

    def test_a_push_that_died_at_the_swap_holds_readers_up_for_a_while_only(self, store, engine):
        store.announced = "dead"
        assert engine.answer(Question("ASK {}", JSON), Caller()).version == "v-first"

    def test_a_store_that_never_comes_to_rest_is_503(self, store, engine):
        store.before_reply = lambda: setattr(store, "push", f"push-{len(store.asked)}")
        with pytest.raises(EngineUnavailable, match="being replaced"):
            ask(engine)
