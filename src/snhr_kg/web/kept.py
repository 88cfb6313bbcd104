"""Responses that are given again to the same request while the graph stays the same, without asking the application."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any, Final, TypeAlias

from snhr_kg.web.reply import Header, Reply

Key: TypeAlias = tuple[tuple[str | bytes | Header, ...], tuple[bytes, ...] | None]
"""What a response depends on: address and headers, and the Accept headers; None where it does not depend on those."""

_DECIDING: Final = (b"accept-encoding", b"host", b"if-match", b"x-forwarded-proto")
"""The request headers beside Accept that a response may depend on."""

_OF_THE_BODY: Final = frozenset({b"content-type", b"content-length", b"content-encoding"})


class KeptReplies:
    """Whole 200 responses by request, the least recently asked for going when they pass `most_bytes` together."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._size = 0
        self._version = ""
        self._kept: OrderedDict[Key, tuple[Reply, Reply, bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Key, version: str, none_match: bytes | None) -> Reply | None:
        """The response to the request on this version of the graph; 304 when the client holds it already."""
        with self._lock:
            self._begin(version)
            key = key if key in self._kept else (key[0], None)
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
        whole, unchanged, tag = found
        return unchanged if none_match is not None and _holds(none_match, tag) else whole

    def keep(self, key: Key, version: str, reply: Reply) -> None:
        """Keep a whole response that has an entity tag and was made from the version that was last asked for."""
        tag, vary = (dict(reply.headers).get(name) for name in (b"etag", b"vary"))
        if vary is not None and b"accept" not in vary.lower().split(b", "):
            key = key[0], None
        if tag is None or not isinstance(reply.body, list) or reply.status != 200:
            return
        headers = [header for header in reply.headers if header[0] not in _OF_THE_BODY]
        cost = _cost(key, reply)
        with self._lock:
            if version != self._version or key in self._kept or cost > self._most // 4:
                return
            self._kept[key] = (reply, Reply(304, headers, [b""]), tag)
            self._size += cost
            while self._size > self._most:
                oldest, (gone, _, _) = self._kept.popitem(last=False)
                self._size -= _cost(oldest, gone)

    def _begin(self, version: str) -> None:
        if version != self._version:
            self._kept.clear()
            self._size = 0
            self._version = version


def key_of(scope: Any) -> Key | None:
    """What tells a request from others, all that its response may depend on; None where none is kept."""
    if scope["method"] != "GET":
        return None
    deciding = [header for header in scope["headers"] if header[0] in _DECIDING]
    accepted = tuple(value for name, value in scope["headers"] if name == b"accept")
    return (scope.get("raw_path", b""), scope["path"], scope["query_string"], *deciding), accepted


def _holds(none_match: bytes, tag: bytes) -> bool:
    """Whether an If-None-Match header lists the tag (RFC 9110, 13.1.2: compared weakly)."""
    listed = (one.strip().removeprefix(b"W/") for one in none_match.split(b","))
    return any(one in (tag, b"*") for one in listed)


def _cost(key: Key, reply: Reply) -> int:
    return len(repr(key)) + sum(map(len, reply.body)) + 1024
