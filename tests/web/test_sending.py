from __future__ import annotations

import asyncio

from snhr_kg.web.reply import Reply
from snhr_kg.web.sending import PIECE_BYTES, Sending

BODY = bytes(range(256)) * 4096  # four pieces


class Client:
    """Takes what is sent: pieces, as many as it may, then none."""

    def __init__(self, pieces: int = 1000) -> None:
        self.received: list[dict] = []
        self._pieces = pieces

    async def send(self, message):
        if message.get("more_body"):
            if not self._pieces:
                await asyncio.Event().wait()
            self._pieces -= 1
        self.received.append(message)

    @property
    def body(self):
        return b"".join(message.get("body", b"") for message in self.received)

    @property
    def is_whole(self):
        return not self.received[-1].get("more_body", False) and "body" in self.received[-1]


def reply(body=BODY):
    return Reply(200, [(b"content-length", b"%d" % len(body))], [body])


def test_a_small_body_is_handed_over_whole():
    client = Client()
    asyncio.run(Sending().whole(client.send, reply(BODY[:PIECE_BYTES])))
    assert len(client.received) == 2
    assert client.is_whole
    assert client.body == BODY[:PIECE_BYTES]


def test_a_large_body_goes_in_pieces():
    client = Client()
    asyncio.run(Sending().whole(client.send, reply()))
    assert max(len(message.get("body", b"")) for message in client.received) == PIECE_BYTES
    assert client.is_whole
    assert client.body == BODY


def test_who_does_not_read_is_broken_off():
    client = Client(pieces=2)
    asyncio.run(Sending(stalled_seconds=0.05).whole(client.send, reply()))
    assert not client.is_whole
    assert client.body == BODY[: 2 * PIECE_BYTES]


def test_the_slowest_reader_makes_room_for_another():
    async def three():
        sending = Sending(most_bytes=len(BODY) * 2)
        slowest, slow, quick = Client(pieces=1), Client(pieces=2), Client()
        waiting = [asyncio.create_task(sending.whole(client.send, reply())) for client in (slowest, slow)]
        await asyncio.sleep(0.05)
        await sending.whole(quick.send, reply())
        await asyncio.wait(waiting, timeout=5, return_when=asyncio.FIRST_COMPLETED)
        ended = [task.done() for task in waiting]
        waiting[1].cancel()
        return ended, quick.is_whole, slowest.is_whole

    assert asyncio.run(three()) == ([True, False], True, False)
