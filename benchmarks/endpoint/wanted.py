"""What was wanted of the endpoint, judged by what was measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from endpoint import questions, systems
from endpoint.grid import CLIENTS
from endpoint.measured import DIFFERENT, REPEATED, Measured
from endpoint.questions import POINT

REAL, LARGEST = "real graph", "10 million"
HELLO_SHARE = 0.8
PEER_TIMES, PEER_NEEDS = 2.0, 2.0
ADDED = 1.0
RDFLIB_TIMES = 10.0
FIRST_ANSWER, LARGEST_START = 1.0, 2.0
POINT_RATIO = 1.3
PEERS = (systems.OXIGRAPH, systems.OXIGRAPH_DISK, systems.VIRTUOSO, systems.RDFLIB)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A wish, where it was judged, what was measured there, and whether it is met (None: not measured)."""

    wish: str
    where: str
    found: str
    met: bool | None


def verdicts(measured: Measured) -> list[Verdict]:
    """Every wish in the order in which it was made."""
    return [
        *_at_hello_rate(measured),
        *_twice_each_peer(measured),
        *_added_cost(measured),
        *_ten_times_rdflib(measured),
        _starts(measured, REAL, FIRST_ANSWER, "first answer within 1 s of the start of `snhr-kg serve`"),
        _starts(measured, LARGEST, LARGEST_START, "starts from the on-disk store within 2 s"),
        *_point_lookups(measured),
        _memory(measured),
    ]


def _at_hello_rate(measured: Measured) -> Iterator[Verdict]:
    wish = "repeated queries at the rate of the bare server, within 20 %"
    for asked in questions.ALL:
        for clients in CLIENTS:
            ours = measured.cell(REAL, asked.name, REPEATED, clients, systems.OURS)
            hello = measured.cell(REAL, asked.name, REPEATED, clients, systems.HELLO)
            where = f"{asked.title}, {clients} clients"
            if ours is None or hello is None or ours.rate is None or not hello.rate:
                yield Verdict(wish, where, "not measured", None)
                continue
            share = ours.rate / hello.rate
            yield Verdict(wish, where, f"{share:.2f} of {hello.rate:,.0f} a second", share >= HELLO_SHARE)


def _twice_each_peer(measured: Measured) -> Iterator[Verdict]:
    wish = "repeated queries at least 2 × each peer that needs more than 2 ms"
    for asked in questions.ALL:
        for peer in PEERS:
            needs = measured.cell(REAL, asked.name, REPEATED, CLIENTS[0], peer)
            if needs is None or (needs.p50 is not None and needs.p50 <= PEER_NEEDS):
                continue
            for clients in CLIENTS:
                yield _times(measured, wish, asked, REPEATED, clients, peer, PEER_TIMES)


def _ten_times_rdflib(measured: Measured) -> Iterator[Verdict]:
    wish = "ever-different queries at least 10 × rdflib-endpoint"
    for asked in questions.ALL:
        for clients in CLIENTS:
            yield _times(measured, wish, asked, DIFFERENT, clients, systems.RDFLIB, RDFLIB_TIMES)


def _times(
    measured: Measured, wish: str, asked: questions.Asked, kind: str, clients: int, peer: str, least: float
) -> Verdict:
    where = f"{asked.title}, {clients} clients, {peer}"
    ours = measured.cell(REAL, asked.name, kind, clients, systems.OURS)
    theirs = measured.cell(REAL, asked.name, kind, clients, peer)
    if ours is None or theirs is None or ours.rate is None:
        return Verdict(wish, where, "not measured", None)
    if theirs.rate is None:
        enough = "takes" in theirs.note or "no answer" in theirs.note or "no request" in theirs.note
        return Verdict(wish, where, f"{ours.rate:,.1f} a second; {peer}: {theirs.note}", enough or None)
    ratio = ours.rate / theirs.rate
    return Verdict(wish, where, f"{ratio:,.1f} ×", ratio >= least)


def _added_cost(measured: Measured) -> Iterator[Verdict]:
    wish = "ever-different queries: less than 1 ms more than the engine in process, at the median"
    for asked in questions.ALL:
        alone = measured.alone.get(asked.name)
        for clients in (1, CLIENTS[0]):
            cell = measured.cell(REAL, asked.name, DIFFERENT, clients, systems.OURS)
            where = f"{asked.title}, {clients} client{'s' if clients > 1 else ''}"
            if alone is None or cell is None or cell.p50 is None:
                yield Verdict(wish, where, "not measured", None)
                continue
            added = cell.p50 - alone["p50"]
            found = f"{added:+.2f} ms ({cell.p50:.2f} over {alone['p50']:.2f})"
            yield Verdict(wish, where, found, added < ADDED)


def _starts(measured: Measured, size: str, most: float, wish: str) -> Verdict:
    start = measured.start(size, systems.OURS)
    if start is None or start.first_answer is None:
        return Verdict(wish, size, start.note if start else "not measured", None)
    return Verdict(wish, size, f"{start.first_answer:.2f} s", start.first_answer <= most)


def _point_lookups(measured: Measured) -> Iterator[Verdict]:
    wish = "point lookups within 1.3 × the time of oxigraph's own server, at the median"
    for peer in (systems.OXIGRAPH_DISK, systems.OXIGRAPH):
        for kind in (REPEATED, DIFFERENT):
            for clients in CLIENTS:
                ours = measured.cell(LARGEST, POINT.name, kind, clients, systems.OURS)
                theirs = measured.cell(LARGEST, POINT.name, kind, clients, peer)
                where = f"{LARGEST}, {kind}, {clients} clients, {peer}"
                if ours is None or theirs is None or ours.p50 is None or not theirs.p50:
                    yield Verdict(wish, where, "not measured", None)
                    continue
                ratio = ours.p50 / theirs.p50
                yield Verdict(
                    wish, where, f"{ratio:.2f} × ({ours.p50:.2f} / {theirs.p50:.2f} ms)", ratio <= POINT_RATIO
                )


def _memory(measured: Measured) -> Verdict:
    start = measured.start(LARGEST, systems.OURS)
    wish = "resident memory reported"
    if start is None or start.memory_most is None:
        return Verdict(wish, LARGEST, "not measured", None)
    return Verdict(wish, LARGEST, f"{start.memory_first:,.0f} MiB at first, {start.memory_most:,.0f} at most", True)
