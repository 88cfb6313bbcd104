from __future__ import annotations

import threading

import pytest

from asking import wait_for
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.line import Line, client_of
from snhr_kg.engine.question import Caller
from snhr_kg.errors import CallerLeft, EngineUnavailable, Overloaded, TooManyRequests


class Visitor(threading.Thread):
    """Stands in a line, and notes in a list when it is served."""

    def __init__(self, line, name, address, served, **options):
        super().__init__()
        self.caller = Caller(address)
        self.refusal = None
        self._line, self._name, self._served, self._options = line, name, served, options
        before = line._waiting
        self.start()
        wait_for(lambda: line._waiting > before or not self.is_alive())

    def run(self):
        try:
            place = self._line.enter(self.caller, **self._options)
        except Exception as error:
            self.refusal = error
            return
        self._served.append(self._name)
        self._line.leave(place, keep=True)

    def finish(self):
        self.join(10)
        assert not self.is_alive()
        return self.refusal


def line_of(items=1, **limits):
    line = Line(Limits(workers=items, **limits))
    for number in range(items):
        line.add(number)
    return line


def test_who_waits_is_served_client_by_client_and_in_order_within_one():
    line, served = line_of(), []
    running = line.enter(Caller("busy"))
    visitors = [Visitor(line, name, name[0], served) for name in ("a1", "a2", "a3", "b1", "b2", "c1")]
    line.leave(running, keep=True)
    assert [visitor.finish() for visitor in visitors] == [None] * 6
    assert served == ["a1", "b1", "c1", "a2", "b2", "a3"]


def test_who_lost_a_place_by_no_fault_of_his_is_next():
    line, served = line_of(), []
    running = line.enter(Caller("busy"))
    visitors = [Visitor(line, "a", "a", served), Visitor(line, "b", "b", served, ahead=True)]
    line.leave(running, keep=True)
    assert [visitor.finish() for visitor in visitors] == [None, None]
    assert served == ["b", "a"]


def test_one_more_than_may_wait_is_turned_away_at_once():
    line, served = line_of(waiting=1), []
    running = line.enter(Caller("a"))
    waiting = Visitor(line, "b", "b", served)
    with pytest.raises(Overloaded, match="1 queries wait") as refusal:
        line.enter(Caller("c"))
    assert refusal.value.retry_after >= 1
    line.leave(running, keep=True)
    assert waiting.finish() is None
    line.leave(line.enter(Caller("c")), keep=True)


def test_one_client_cannot_take_more_than_its_share():
    line, served = line_of(2, per_client=3), []
    places = [line.enter(Caller("a")), line.enter(Caller("a"))]
    waiting = Visitor(line, "a3", "a", served)
    with pytest.raises(TooManyRequests, match="3 queries from this address") as refusal:
        line.enter(Caller("a"))
    assert refusal.value.http_status == 429
    other = Visitor(line, "b1", "b", served)
    for place in places:
        line.leave(place, keep=True)
    assert [waiting.finish(), other.finish()] == [None, None]


def test_a_wait_ends():
    line = line_of(waiting_seconds=0.05)
    running = line.enter(Caller("a"))
    with pytest.raises(Overloaded, match=r"0\.05 seconds"):
        line.enter(Caller("b"))
    line.leave(running, keep=True)
    line.leave(line.enter(Caller("b")), keep=True)
    assert line.wait_until_empty(0)


def test_a_caller_who_leaves_gives_up_his_turn_at_once():
    line, served = line_of(), []
    running = line.enter(Caller("a"))
    leaver, stayer = Visitor(line, "b", "b", served), Visitor(line, "c", "c", served)
    leaver.caller.leave()
    assert isinstance(leaver.finish(), CallerLeft)
    line.leave(running, keep=True)
    assert stayer.finish() is None
    assert served == ["c"]
    running = line.enter(Caller("a"))
    with pytest.raises(CallerLeft):
        line.enter(leaver.caller)
    line.leave(running, keep=True)


def test_what_is_not_kept_is_not_given_out_again():
    line, served = line_of(), []
    line.leave(line.enter(Caller("a")), keep=False)
    waiting = Visitor(line, "b", "b", served)
    line.add(7)
    assert waiting.finish() is None
    assert line.discard(7)
    assert not line.discard(7)
    assert line.clear() == []


def test_a_halted_line_sends_away_and_is_resumed():
    line, served = line_of(), []
    running = line.enter(Caller("a"))
    waiting = Visitor(line, "b", "b", served)
    line.halt("gone for now", 4, send_away=True)
    refusal = waiting.finish()
    assert isinstance(refusal, EngineUnavailable)
    assert (str(refusal), refusal.retry_after) == ("gone for now", 4)
    with pytest.raises(EngineUnavailable):
        line.enter(Caller("c"))
    line.leave(running, keep=True)
    line.resume()
    line.leave(line.enter(Caller("c")), keep=True)


def test_a_line_that_only_takes_nobody_new_serves_who_waits():
    line, served = line_of(), []
    running = line.enter(Caller("a"))
    waiting = Visitor(line, "b", "b", served)
    line.halt("closing", 1, send_away=False)
    line.leave(running, keep=True)
    assert waiting.finish() is None
    assert line.wait_until_empty(1)


def test_retry_after_grows_with_the_line_and_the_age_of_what_runs():
    line = line_of(waiting=0)
    place = line.enter(Caller("a"))
    place.begun -= 29.5
    assert line._seconds_for(1) == 30
    assert line._seconds_for(4) in (119, 120)
    line.leave(place, keep=True)
    assert line._seconds_for(0) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("", "", True),
        ("fe80::1%eth0", "fe80::1%eth0", True),
        ("no:address", "no:address", True),
    ],
)
def test_an_ipv6_network_counts_as_one_client(one, other, same):
    assert (client_of(one) == client_of(other)) == same
