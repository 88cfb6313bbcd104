"""Sends responses at the pace of those who read them, within bounds: who does not read may not hold memory for ever.

A small body is handed over whole. A large one goes in pieces, each when the one before was taken. Who takes none for
a while is broken off, and so is the slowest reader when the bodies that are on their way pass a number of bytes. The
length of every body is announced, so that a client sees a broken one as broken.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from snhr_kg.web.reply import Reply

Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PIECE_BYTES: Final = 256 * 1024
"""What is handed over at a time; a body no longer than this is handed over whole."""

STALLED_SECONDS: Final = 15.0
"""How long a client may take over one piece."""

MOST_BYTES: Final = 512 * 1024 * 1024
"""Most that large bodies may hold while they are sent, all together."""


@dataclass(eq=False, slots=True)
class _Transfer:
    """A large body on its way: its size, what of it was taken since it began, and the bound on the piece now sent."""

    size: int
    begun: float
    taken: int = 0
    bound: asyncio.Timeout | None = None

    def pace(self, now: float) -> float:
        """Bytes that the client takes in a second."""
        return self.taken / max(now - self.begun, 0.001)


class Sending:
    """Sends the responses of one event loop; large bodies hold at most `most_bytes` together, or are a single one."""

    def __init__(self, most_bytes: int = MOST_BYTES, stalled_seconds: float = STALLED_SECONDS) -> None:
        self._most = most_bytes
        self._stalled = stalled_seconds
        self._under_way: set[_Transfer] = set()

    async def whole(self, send: Send, reply: Reply) -> None:
        """Send a response whose body is in memory; returns early when its client is broken off."""
        body = b"".join(reply.body)
        if len(body) <= PIECE_BYTES:
            await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
            await send({"type": "http.response.body", "body": body})
            return
        self._make_room(len(body))
        await self._send(send, reply, _pieces(body), len(body))

    async def pieces(self, send: Send, reply: Reply, pieces: AsyncIterator[bytes]) -> None:
        """Send a response whose body is still to be read; returns early when its client is broken off."""
        await self._send(send, reply, pieces, 0)

    async def _send(self, send: Send, reply: Reply, pieces: AsyncIterator[bytes], size: int) -> None:
        transfer = _Transfer(size, asyncio.get_running_loop().time())
        self._under_way.add(transfer)
        try:
            await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
            async for piece in pieces:
                async with asyncio.timeout(self._stalled) as transfer.bound:
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                transfer.bound = None
                transfer.taken += len(piece)
            await send({"type": "http.response.body", "body": b""})
        except TimeoutError:
            pass  # broken off: the server closes a connection whose response is not whole
        finally:
            self._under_way.discard(transfer)

    def _make_room(self, size: int) -> None:
        """Break off the slowest readers until a body of this size fits beside the others."""
        now = asyncio.get_running_loop().time()
        while sum(transfer.size for transfer in self._under_way) + size > self._most:
            waiting = [transfer for transfer in self._under_way if transfer.size and transfer.bound is not None]
            if not waiting:
                return
            slowest = min(waiting, key=lambda transfer: transfer.pace(now))
            assert slowest.bound is not None
            slowest.bound.reschedule(now)
            self._under_way.discard(slowest)


async def _pieces(body: bytes) -> AsyncIterator[bytes]:
    for begin in range(0, len(body), PIECE_BYTES):
        yield body[begin : begin + PIECE_BYTES]
