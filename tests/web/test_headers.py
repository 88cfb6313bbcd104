"""The headers that guard who reads, and what is written when the server itself fails."""

from __future__ import annotations

import pytest

from snhr_kg.engine.limits import Limits
from snhr_kg.web.application import create_app

SECRET = "a-village-nobody-should-see"
PATHS = ["/", "/sparql", f"/sparql?query=ASK{{%23{SECRET}%0A}}", f"/files/{SECRET}", "/static/style.css", "/problem/x"]


class BrokenEngine:
    """Fails as a bug would, with the query in the exception's words and among the values of its frames."""

    limits = Limits(workers=1)
    version = "1"

    def answer(self, question, caller):
        raise KeyError(f"inner workings met {question.text} of {caller.address}")

    def close(self):
        """Nothing is open."""


def test_a_failure_of_ours_is_logged_without_what_was_asked(caplog):
    client = create_app(BrokenEngine(), None).test_client()
    headers = {"User-Agent": f"agent-{SECRET}"}
    response = client.get(f"/sparql?query=ASK{{%23{SECRET}%0A}}", headers=headers)
    assert response.status_code == 500
    assert response.get_json(force=True)["type"].endswith("/internal-server-error")
    assert "inner workings" not in response.text
    (record,) = caplog.records
    assert "KeyError at " in record.getMessage()
    assert "test_headers.py" in record.getMessage()
    assert record.exc_info is None
    for secret in (SECRET, "inner workings", "127.0.0.1", "ASK"):
        assert secret not in caplog.text


@pytest.mark.parametrize("path", PATHS)
def test_no_cookie_is_set(client, path):
    with client.get(path) as response:
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_guarded(client, path):
    with client.get(path) as response:
        headers = response.headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


def test_a_browser_that_came_by_https_stays_there(client):
    assert "max-age" in client.get("/", base_url="https://localhost").headers["Strict-Transport-Security"]
