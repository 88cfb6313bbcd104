from __future__ import annotations

import pytest

from needs import need


@pytest.fixture
def everything_required(monkeypatch):
    monkeypatch.setenv("SNHR_KG_REQUIRE_ALL", "1")


@pytest.fixture
def little_required(monkeypatch):
    monkeypatch.delenv("SNHR_KG_REQUIRE_ALL", raising=False)


def ask_for_what_is_absent():
    need.program("no-such-program", "what it is for")


def ask_for_an_absent_package():
    need.package("no_such_package", "what it is for")


@pytest.mark.parametrize("ask", [ask_for_what_is_absent, ask_for_an_absent_package])
def test_what_is_absent_skips_with_its_reason(little_required, ask):
    with pytest.raises(pytest.skip.Exception, match="what it is for"):
        ask()


@pytest.mark.parametrize("ask", [ask_for_what_is_absent, ask_for_an_absent_package])
def test_what_is_absent_fails_where_everything_is_required(everything_required, ask):
    with pytest.raises(pytest.fail.Exception, match="SNHR_KG_REQUIRE_ALL=1 makes a failure"):
        ask()


def test_what_is_there_is_handed_back(everything_required):
    assert need.program("sh", "anything").endswith("/sh")
    need.package("pytest", "anything")
    need.that(True, "this", "anything")
