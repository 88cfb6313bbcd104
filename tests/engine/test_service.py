"""SERVICE of a host that the operator allows, by real servers."""

from __future__ import annotations

import resource

import pytest

from asking import PLAIN_ANSWER, ask, wait_for, workers
from listening import listening
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.pool import LocalEngine
from snhr_kg.errors import EngineFailed, QueryRefused


def calling(folder, *services):
    return LocalEngine(folder, Limits(workers=1, seconds=10, services=services))


def test_an_allowed_host_is_asked_and_no_other(folder):
    with listening() as friend, listening() as stranger:
        engine = calling(folder, friend.host)
        for _ in range(30):  # more calls than a worker may have sockets open
            assert b"from elsewhere" in ask(engine, f"SELECT ?x {{ SERVICE <{friend.address}> {{ ?s ?p ?x }} }}")
        with pytest.raises(QueryRefused, match="asks only"):
            ask(engine, f"SELECT ?x {{ SERVICE <{stranger.address}> {{ ?s ?p ?x }} }}")
        assert len(friend.contacts) == 30
        assert stranger.contacts == []
        assert resource.prlimit(workers()[0], resource.RLIMIT_NOFILE)[0] < 40
        engine.close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_an_allowed_host_cannot_send_on_to_another(folder, status):
    with listening() as stranger, listening(status, stranger.address) as friend:
        engine = calling(folder, friend.host)
        wait_for(workers)
        with pytest.raises(EngineFailed, match="by SERVICE did not answer"):
            ask(engine, f"SELECT ?x {{ SERVICE <{friend.address}> {{ ?s ?p ?x }} }}")
        assert friend.contacts == ["/sparql"]
        assert stranger.contacts == []
        assert ask(engine) == PLAIN_ANSWER
        engine.close()
