"""Pages that are made once and given to all."""

from __future__ import annotations

from page_kinds import KINDS
from snhr_kg.web.application import create_app


def test_what_one_reader_writes_into_an_address_stands_on_no_page_of_another(site_engine, built):
    """Asked of an application of its own, in which every page is made for the first time."""
    client = create_app(site_engine, built).test_client()
    for local in KINDS.values():
        address = f"/en/{local}.html"
        client.get(address, query_string={"note": "a-secret"})
        page = client.get(address)
        assert (page.status_code, "a-secret" in page.text) == (200, False), local


def test_a_page_that_was_made_before_is_the_same_and_names_its_documents_as_before(site_engine, built):
    client = create_app(site_engine, built).test_client()
    for local in KINDS.values():
        first, again = (client.get(f"/ar/{local}.html") for _ in range(2))
        assert (again.data, again.headers.get("Link")) == (first.data, first.headers.get("Link")), local
