"""Puts the built dataset into a store: beside the old one first, verified there, then in its place all at once."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final
from urllib.parse import quote

from snhr_kg import names
from snhr_kg.errors import BadQuery, PushFailed, SnhrKgError, StoreTimeout, StoreUnreachable
from snhr_kg.manifest import DATA_FILE
from snhr_kg.remote.connection import Asked, Connection, Reply
from snhr_kg.remote.content import Content, read_content, read_triples
from snhr_kg.remote.credentials import Credentials
from snhr_kg.remote.marker import (
    COUNT,
    GRAPHS,
    READ,
    STAGING,
    UNION,
    Marker,
    announce,
    read_counts,
    read_marker,
    read_rows,
    swap_in,
    take_back,
)
from snhr_kg.remote.published import select
from snhr_kg.store import write_dataset

SECONDS: Final = 600.0
"""How long one request may take: a graph of millions of triples is one request, and so is the swap."""

MOST_MB: Final = 4096.0
PORTION: Final = 9000
"""Triples read back at a time: fewer than any store is known to cut off at."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a store takes queries, updates and graphs, and who we are to it."""

    query: str
    update: str
    graph_store: str
    credentials: Credentials | None = None


@dataclass(frozen=True, slots=True)
class Pushed:
    """What stands in the store now."""

    version: str
    graphs: int
    triples: int
    dropped: tuple[str, ...]


def push(folder: Path, target: Target, say: Callable[[str], None]) -> Pushed:
    """Put the dataset that a build wrote into `folder` in the place of the one that the store holds.

    `say` is told each step. Until the swap, readers see the old dataset, whatever happens; what a push that died has
    left is removed by the next. Raises `GraphError` when the folder is not what a build wrote, `PushFailed` when the
    store does not hold what was sent to it, and as `Connection.send` does.
    """
    wanted = read_content(write_dataset(folder, "nquads"))
    version = hashlib.sha256((folder / DATA_FILE).read_bytes()).hexdigest()
    connection = Connection(target.credentials, at_once=1)
    try:
        return _Push(connection, target, say).run(wanted, version)
    finally:
        connection.close()


class _Push:
    def __init__(self, connection: Connection, target: Target, say: Callable[[str], None]) -> None:
        self._connection = connection
        self._target = target
        self._say = say
        self._id = uuid.uuid4().hex

    def run(self, wanted: dict[str, Content], version: str) -> Pushed:
        self._drop_leftovers()
        staged = {f"{STAGING}{self._id}/{graph.removeprefix(names.BASE)}": graph for graph in wanted}
        try:
            for number, (place, graph) in enumerate(staged.items(), 1):
                self._stage(place, wanted[graph])
                self._say(f"{number} of {len(staged)} verified: {graph}, {wanted[graph].triples:,} triples")
        except SnhrKgError:
            with suppress(SnhrKgError):
                self._drop(list(staged))
            raise
        obsolete = sorted(self._counts(GRAPHS).keys() - wanted.keys())
        graphs = tuple(graph for graph in wanted if graph != UNION)
        self._swap(Marker(version, self._id, graphs), staged, obsolete)
        self._verify_live(wanted)
        return Pushed(version, len(graphs), sum(wanted[graph].triples for graph in graphs), tuple(obsolete))

    def _drop_leftovers(self) -> None:
        """Remove what a push that died has left, its announcement of a swap too."""
        left = list(self._counts(STAGING))
        if left:
            self._say(f"removing {len(left)} graphs that an interrupted push has left")
            self._drop(left)
        self._update(take_back())

    def _stage(self, place: str, content: Content) -> None:
        headers = {"Content-Type": "application/n-triples"}
        url = _with_graph(self._target.graph_store, place)
        self._connection.send(Asked("PUT", url, headers, content=content.ntriples), SECONDS)
        count = int(read_rows(self._ask(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{place}> {{ ?s ?p ?o }} }}"))[0]["n"])
        if count != content.triples:
            raise PushFailed(
                f"{place}: {content.triples:,} triples were sent and the store counts {count:,}; the store holds the "
                "old dataset, unchanged"
            )
        back = read_triples([self._construct(place)])
        if back.triples < count:  # the store cuts answers off
            back = read_triples(self._portions(place, count))
        if back.digest != content.digest:
            raise PushFailed(
                f"{place}: what the store gives back is not what was sent (its hash differs); the store holds the old "
                "dataset, unchanged"
            )

    def _portions(self, place: str, count: int) -> Iterator[bytes]:
        """The graph as N-Triples, in so many portions that each is below what stores cut off at."""
        yield self._construct(place, "FILTER(isBlank(?s))")
        hashed = "MD5(CONCAT(STR(?p), STR(?s)))"
        parts = count // PORTION + 1
        bounds = [f"{65536 * part // parts:04x}" for part in range(1, parts)]
        for low, high in pairwise(["", *bounds, "g"]):
            yield self._construct(place, f'FILTER(isIRI(?s) && {hashed} >= "{low}" && {hashed} < "{high}")')

    def _construct(self, place: str, condition: str = "") -> bytes:
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{place}> {{ ?s ?p ?o }} {condition} }}"
        asked = Asked("POST", self._target.query, {"Accept": "application/n-triples"}, (("query", query),))
        return self._connection.send(asked, SECONDS, MOST_MB).body

    def _swap(self, marker: Marker, staged: dict[str, str], obsolete: list[str]) -> None:
        self._say("swapping")
        self._update(announce(self._id))
        try:
            self._update(swap_in(marker, staged, obsolete))
        except (StoreTimeout, StoreUnreachable) as error:  # it may be at work: the announcement keeps readers waiting
            raise PushFailed(
                "the store did not say that it finished the swap and may yet do so; readers wait, then see whichever "
                f"it holds. Look at the store, then push again. ({error})"
            ) from error
        except SnhrKgError:
            self._take_back()
            raise
        self._take_back()

    def _take_back(self) -> None:
        with suppress(SnhrKgError):
            self._update(take_back())

    def _verify_live(self, wanted: dict[str, Content]) -> None:
        counts = self._counts("")
        wrong = [graph for graph, content in wanted.items() if counts.get(graph) != content.triples]
        now = read_marker(self._ask(READ))
        if wrong or now is None or now.push != self._id or now.swapping:
            raise PushFailed(
                f"after the swap the store does not hold what was staged ({', '.join(wrong) or 'its marker differs'}); "
                "push again"
            )

    def _counts(self, start: str) -> dict[str, int]:
        """The triples of each graph whose IRI begins so."""
        return {graph: n for graph, n in read_counts(self._ask(COUNT)).items() if graph.startswith(start)}

    def _ask(self, query: str) -> bytes:
        return self._connection.send(select(self._target.query, query), SECONDS).body

    def _drop(self, graphs: list[str]) -> None:
        self._update(" ;\n".join(f"DROP SILENT GRAPH <{graph}>" for graph in graphs))

    def _update(self, update: str) -> Reply:
        headers = {"Content-Type": "application/sparql-update"}
        asked = Asked("POST", self._target.update, headers, content=update.encode(), repeatable=False)
        try:
            return self._connection.send(asked, SECONDS)
        except BadQuery as error:
            raise PushFailed(f"the store does not take our updates at {self._target.update}: {error}") from error


def _with_graph(url: str, graph: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}graph={quote(graph, safe='')}"
