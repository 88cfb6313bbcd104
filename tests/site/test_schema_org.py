"""What search engines are told of each kind of thing, in the terms of schema.org."""

from __future__ import annotations

import json

import pytest

from snhr_kg import names

REPORT = "report/2020-03-15"


def told(read, local: str, language: str = "en"):
    """The main entity that the page about a thing names."""
    (data,) = read(f"/{language}/{local}.html").xpath("//script[@type='application/ld+json']")
    return json.loads(data.text)["mainEntity"]


@pytest.mark.parametrize(
    ("local", "kind", "facts"),
    [
        (REPORT, "Report", {"datePublished": "2020-03-15"}),
        (f"{REPORT}/event/incendiary-increase", "Event", {"startDate": "2016", "endDate": "2017"}),
        (f"{REPORT}/finding/repression-of-protesters", "Claim", {"text": "Repression of peaceful protesters"}),
        (f"{REPORT}/mention/torture-deaths-syrian-regime--body", "Quotation", {"text": "14,221 individuals"}),
        (f"{REPORT}/figure/torture-deaths", "Observation", {"value": 14391, "minValue": 14391}),
        ("code/violation-type/torture", "DefinedTerm", {"termCode": "torture"}),
        ("code/place/raqqa-city", ["Place", "DefinedTerm"], {"termCode": "raqqa-city"}),
        ("code/perpetrator", "DefinedTermSet", {"name": "Parties held responsible"}),
        ("code/perpetrator/isis", "Organization", {"name": "ISIS"}),
        ("agent/gppi", "Organization", {"name": "GPPi"}),
        ("external/ucdp-onesided/23.1", "Dataset", {"version": "23.1"}),
    ],
)
def test_each_kind_of_thing_is_told_as_the_type_that_says_most_of_it(read, local, kind, facts):
    entity = told(read, local)
    assert (entity["@id"], entity["url"], entity["@type"]) == (names.BASE + local, names.BASE + local, kind)
    assert {name: entity.get(name) for name in facts} == facts


def test_it_is_told_in_the_language_of_the_page(read):
    assert told(read, "code/perpetrator/isis", "ar")["name"] == "تنظيم داعش"
