from __future__ import annotations

import pytest

from snhr_kg.web.kept import KeptReplies, key_of
from snhr_kg.web.reply import Reply


def asked(**headers):
    listed = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    key = key_of(
        {"method": "GET", "raw_path": b"/a", "path": "/a", "query_string": b"", "headers": [(b"host", b"x"), *listed]}
    )
    assert key is not None
    return key


def reply(body, vary="Accept-Encoding", status=200, tag=b'"1"'):
    headers = [(b"vary", vary.encode())]
    return Reply(status, headers + ([(b"etag", tag)] if tag else []), [body])


@pytest.fixture
def kept():
    kept = KeptReplies(1_000_000)
    assert kept.find(asked(), "1", None) is None
    return kept


def test_what_no_accept_header_chose_is_given_to_each_of_them(kept):
    kept.keep(asked(accept="text/html"), "1", reply(b"page"))
    for again in (asked(), asked(accept="text/html"), asked(accept="*/*"), asked(accept="text/turtle")):
        assert kept.find(again, "1", None).body == [b"page"]


def test_what_an_accept_header_chose_is_given_to_that_header_alone(kept):
    for accept in ("text/html", "text/turtle"):
        kept.keep(asked(accept=accept), "1", reply(accept.encode(), "Accept, Accept-Encoding"))
    assert kept.find(asked(accept="text/turtle"), "1", None).body == [b"text/turtle"]
    assert kept.find(asked(accept="text/html"), "1", None).body == [b"text/html"]
    assert kept.find(asked(accept="*/*"), "1", None) is None
    assert kept.find(asked(), "1", None) is None


def test_what_came_without_an_accept_header_is_not_given_to_one_that_has_it(kept):
    kept.keep(asked(), "1", reply(b"any", "Accept, Accept-Encoding"))
    assert kept.find(asked(), "1", None).body == [b"any"]
    assert kept.find(asked(accept="text/html"), "1", None) is None


@pytest.mark.parametrize("name", ["accept_encoding", "host", "x_forwarded_proto", "if_match"])
def test_other_headers_that_decide_tell_responses_apart(kept, name):
    kept.keep(asked(**{name: "one"}), "1", reply(b"one"))
    assert kept.find(asked(**{name: "one"}), "1", None).body == [b"one"]
    assert kept.find(asked(**{name: "two"}), "1", None) is None


def test_nothing_is_kept_of_errors_of_what_has_no_tag_and_of_an_earlier_graph(kept):
    kept.keep(asked(), "1", reply(b"gone", status=404))
    kept.keep(asked(), "1", reply(b"untagged", tag=None))
    kept.keep(asked(), "0", reply(b"old"))
    assert kept.find(asked(), "1", None) is None
    kept.keep(asked(), "1", reply(b"new"))
    assert kept.find(asked(), "2", None) is None


def test_the_least_recently_asked_for_go_first():
    kept = KeptReplies(500_000)
    for number in range(5):
        kept.find(asked(host="0"), "1", None)
        kept.keep(asked(host=str(number)), "1", reply(b"x" * 110_000))
    there = [kept.find(asked(host=str(number)), "1", None) is not None for number in range(5)]
    assert there == [True, False, True, True, True]
