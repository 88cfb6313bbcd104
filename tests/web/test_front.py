from __future__ import annotations

import contextlib
import gzip
import json
import re
import resource
import socket
import sys
import time
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import Request, urlopen

import brotli
import pytest
import zstandard

import small_graph
from serving import serving
from snhr_kg.web.front import BODY_SECONDS
from snhr_kg.web.headers import HEADERS, MAX_HEAD_BYTES, MAX_REQUEST_BYTES

QUERY = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(8)) + " }"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = small_graph.write(tmp_path_factory.mktemp("fronted"))
    command = (sys.executable, "-m", "snhr_kg", "serve", "--graph", folder, "--workers", "1", "--time-limit", "60")
    with serving(*command) as address:
        yield address


def ask(address, query=QUERY, **headers):
    """Status, headers and body."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urlopen(Request(f"{address}sparql?query={quote(query)}", headers=named), timeout=30) as response:
            return response.status, response.headers, response.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def targets(header):
    return re.findall("<([^>]*)>", header)


def connect(address):
    where = urlsplit(address)
    return socket.create_connection((where.hostname, where.port), timeout=30)


class TestRepeatedRequests:
    def test_the_same_request_gets_the_same_response_each_time(self, address):
        status, headers, body = ask(address, Accept="text/csv")
        for _ in range(3):
            again_status, again_headers, again_body = ask(address, Accept="text/csv")
            assert (again_status, again_body) == (status, body)
            assert {n: v for n, v in again_headers.items() if n != "date"} == {
                n: v for n, v in headers.items() if n != "date"
            }

    def test_the_same_address_in_another_type_is_another_response(self, address):
        assert ask(address, Accept="text/csv")[1]["Content-Type"] == "text/csv; charset=utf-8"
        assert ask(address, Accept="application/json")[1]["Content-Type"] == "application/sparql-results+json"
        assert ask(address, Accept="text/csv")[1]["Content-Type"] == "text/csv; charset=utf-8"

    def test_a_client_that_holds_the_response_is_told_so(self, address):
        for _ in range(2):  # once by the application, once from what is kept
            tag = ask(address, Accept="text/csv")[1]["ETag"]
            assert not tag.startswith("W/")
            for listed in (tag, f'"other", {tag}', f"W/{tag}", "*"):
                status, headers, body = ask(address, Accept="text/csv", If_None_Match=listed)
                assert (status, body) == (304, b"")
                assert headers["ETag"] == tag
                assert "Accept" in headers["Vary"]
            assert ask(address, Accept="text/csv", If_None_Match='"other"')[0] == 200

    def test_a_header_that_only_looks_like_another_decides_nothing(self, address):
        query = "SELECT ?o ?p ?s { ?s ?p ?o } ORDER BY ?o ?p ?s"  # asked nowhere else, so that nothing is kept of it
        with connect(address) as connection:
            target = f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            connection.sendall(f"{target}Accept_Encoding: br\r\n\r\n".encode())
            received = b"".join(iter(lambda: connection.recv(65536), b""))
        assert b"content-encoding" not in received.partition(b"\r\n\r\n")[0].lower()

    def test_a_response_that_must_match_another_is_refused_each_time(self, address):
        assert ask(address, Accept="text/csv")[0] == 200
        for _ in range(2):
            assert ask(address, Accept="text/csv", If_Match='"other"')[0] == 412

    def test_the_same_path_encoded_otherwise_is_another_address(self, address):
        """Relative links in the headers count the folders of the address as it was asked."""
        plain = "report/1999-09-09/figure/deaths-north.ttl"
        links = []
        for path in (plain, plain.replace("/figure/", "%2Ffigure%2F")):
            with urlopen(address + path, timeout=30) as response:
                links.append({urljoin(address + path, target) for target in targets(response.headers["Link"])})
        assert links[0] == links[1]

    def test_what_differs_each_time_is_asked_each_time(self, address):
        query = "SELECT ?x { BIND(STRUUID() AS ?x) }"
        assert ask(address, query)[2] != ask(address, query)[2]


class TestCompression:
    @pytest.mark.parametrize(
        ("accepted", "name", "read"),
        [
            ("br", "br", brotli.decompress),
            ("zstd", "zstd", lambda body: zstandard.ZstdDecompressor().decompress(body, max_output_size=1 << 22)),
            ("gzip", "gzip", gzip.decompress),
            ("gzip, deflate, br, zstd", "br", brotli.decompress),
            ("gzip;q=1, br;q=0.5", "gzip", gzip.decompress),
        ],
    )
    def test_the_encoding_that_the_client_likes_best(self, address, accepted, name, read):
        plain, packed = ask(address), ask(address, Accept_Encoding=accepted)
        assert packed[1]["Content-Encoding"] == name
        assert read(packed[2]) == plain[2]
        assert len(packed[2]) < len(plain[2])
        assert packed[1]["ETag"] != plain[1]["ETag"]

    @pytest.mark.parametrize("accepted", ["", "identity", "br;q=0", "compress", "identity, br;q=0.5"])
    def test_none_where_none_is_accepted(self, address, accepted):
        assert ask(address, Accept_Encoding=accepted)[1]["Content-Encoding"] is None

    def test_none_for_what_fits_into_one_packet(self, address):
        assert ask(address, "ASK {}", Accept_Encoding="br")[1]["Content-Encoding"] is None


def status_of(request):
    """The status of the answer; None if the server hung up before all was sent, as it may above what it reads."""
    try:
        with urlopen(request, timeout=30) as response:
            return response.status
    except HTTPError as refused:
        refused.close()
        return refused.code
    except (URLError, ConnectionError):  # while it was sent, and while the answer was awaited
        return None


class TestHostileSenders:
    def test_slow_bodies_hold_up_nobody_and_end_in_408(self, address):
        head = (
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 900\r\n\r\n"
        )
        slow = [connect(address) for _ in range(150)]
        try:
            for connection in slow:
                connection.sendall(head + b"ASK")
            begun = time.monotonic()
            assert ask(address, "ASK { ?s ?p ?o }")[0] == 200
            assert time.monotonic() - begun < BODY_SECONDS
            head, _, body = slow[0].recv(65536).decode().partition("\r\n\r\n")
            assert head.startswith("HTTP/1.1 408")
            assert {f"{name}: {value}".lower() for name, value in HEADERS.items()} <= set(head.lower().split("\r\n"))
            problem = json.loads(body)
            assert problem["status"] == 408
            assert problem["type"].endswith("/problem/request-timeout")
        finally:
            for connection in slow:
                connection.close()

    def test_a_client_that_hangs_up_frees_the_worker(self, address):
        with connect(address) as connection:
            connection.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.5)
        assert ask(address, "ASK { ?s a ?left }")[0] == 200  # the only worker would be busy for a minute

    def test_a_body_too_long_is_refused_before_it_is_read(self, address):
        with connect(address) as connection:
            length = 100 * MAX_REQUEST_BYTES
            connection.sendall(
                f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
                f"Content-Length: {length}\r\n\r\n".encode()
                + b"x" * (MAX_REQUEST_BYTES + 70_000)
            )
            assert connection.recv(4096).startswith(b"HTTP/1.1 413")

    def test_a_body_in_chunks_is_read_whole(self, address):
        query = b"SELECT ?x { VALUES ?x { 1 2 3 } }"
        chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (query[:9], query[9:])) + b"0\r\n\r\n"
        with connect(address) as connection:
            connection.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\nConnection: close\r\n"
                b"Content-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
            )
            received = b"".join(iter(lambda: connection.recv(65536), b""))
        assert received.partition(b"\r\n\r\n")[2] == b"x\r\n1\r\n2\r\n3\r\n"

    @pytest.mark.parametrize(
        ("path", "header", "statuses"),
        [
            ("sparql?query=" + "x" * 70_000, "", {414}),
            ("", "x" * 200_000, {431, None}),
            # It breaks both bounds: which is met first is a matter of packets.
            ("?" + "x" * 200_000, "", {414, 431, None}),
        ],
    )
    def test_addresses_and_headers_are_bounded(self, address, path, header, statuses):
        assert status_of(Request(address + path, headers={"X-Long": header})) in statuses

    def test_headers_that_come_in_two_pieces_are_bounded_as_well(self, address):
        with connect(address) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * (MAX_HEAD_BYTES - 1000))
            time.sleep(0.3)  # so that the server reads what is below the bound, and then the rest at once
            connection.sendall(b"x" * 60_000 + b"\r\n\r\n")
            assert connection.recv(4096).startswith(b"HTTP/1.1 431")

    @pytest.mark.parametrize("garbage", [b"\x00\x01\x02", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\xff" * 70_000])
    def test_what_is_no_request_is_not_served_and_harms_nobody(self, address, garbage):
        with connect(address) as connection:
            received = b""
            with contextlib.suppress(OSError):  # the server may hang up before all is sent
                connection.sendall(garbage)
                connection.shutdown(socket.SHUT_WR)
                received = connection.recv(4096)
            assert not received.startswith(b"HTTP/1.1 200")
        assert ask(address, "ASK {}")[0] == 200


def test_a_large_file_comes_whole(address, tmp_path_factory):
    with urlopen(f"{address}files/snhr-kg.nq", timeout=30) as response:
        assert len(response.read()) == int(response.headers["Content-Length"])


def test_idle_connections_keep_nobody_out(address):
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < 4096:
        pytest.skip("this machine allows few descriptors, and so few connections")
    idle = [connect(address) for _ in range(1100)]
    try:
        begun = time.monotonic()
        assert ask(address, "ASK { ?s a ?idle }")[0] == 200
        assert time.monotonic() - begun < BODY_SECONDS / 2
    finally:
        for connection in idle:
            connection.close()
