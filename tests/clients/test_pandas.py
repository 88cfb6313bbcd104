"""pandas, which reads an address as a table."""

from __future__ import annotations

from urllib.parse import urlencode

import questions_of_clients as ask
from needs import need

need.package("pandas", "pandas reads the endpoint's answers")
import pandas  # noqa: E402


def test_an_address_that_names_the_format(endpoint):
    frame = pandas.read_csv(f"{endpoint}?{urlencode({'query': ask.SELECT, 'format': 'csv'})}")
    assert list(frame.columns) == ["figure", "label", "value"]
    assert frame["value"].sum() == sum(ask.VALUES)
    assert set(frame["label"]) == {ask.ARABIC}


def test_a_header_that_names_the_format(endpoint):
    address = f"{endpoint}?{urlencode({'query': ask.SELECT})}"
    for separator, media_type in ((",", "text/csv"), ("\t", "text/tab-separated-values")):
        frame = pandas.read_csv(address, sep=separator, storage_options={"Accept": media_type})
        assert list(frame.iloc[:, 2]) == ask.VALUES


def test_rows_as_xml_and_json(endpoint):
    address = f"{endpoint}?{urlencode({'query': ask.SELECT})}"
    frame = pandas.read_json(address, typ="series")
    assert len(frame["results"]["bindings"]) == len(ask.VALUES)
    frame = pandas.read_xml(
        f"{address}&format=xml",
        xpath="//s:result/s:binding[@name='value']",
        namespaces={"s": "http://www.w3.org/2005/sparql-results#"},
    )
    assert list(frame["literal"].astype(int)) == ask.VALUES
