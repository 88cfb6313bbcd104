"""How well names of others are matched, as docs/reconciliation.md says; the console of that page is run, too."""

from __future__ import annotations

import re
from functools import cache

import pytest
from click.testing import CliRunner

from reconciliation import measuring
from reconciliation.measuring import ROOT
from snhr_kg.cli import main
from snhr_kg.mappings.foreign import foreign_iri
from snhr_kg.mappings.read import read_mappings
from snhr_kg.mappings.records import CLOSE, EXACT

DOCUMENT = (ROOT / "docs" / "reconciliation.md").read_text(encoding="utf-8")
MEASURED = {
    "UCDP, names of actors": (measuring.ucdp_actors, ("ucdp",)),
    "UCDP, other names of actors": (measuring.ucdp_other_names, ("ucdp",)),
    "OCHA, governorates": (measuring.ocha_governorates, ("ocha",)),
    "OCHA, districts, with their governorate": (measuring.ocha_districts, ("ocha",)),
    "ACLED and Airwars (the rules were made on these)": (measuring.others, ("acled", "airwars")),
}


@cache
def measured(name):
    """Asked of a service without the names of the source."""
    names, owners = MEASURED[name]
    return measuring.measure(names(), measuring.without(*owners))


def row(name):
    """The line of the table that is true."""
    found = measured(name)
    names, owners = MEASURED[name]
    asked = [one for one in names() if one.means]
    strict = measuring.measure(asked, measuring.without_these(asked, *owners))
    wrongly = sum(bool(one.means) and bool(chosen) for one, chosen in found.errors)
    matched = sum(not one.means for one, _ in found.errors)
    cells = (
        name,
        found.answerable,
        found.right,
        wrongly,
        f"{found.recall:.1%}",
        f"{found.precision:.1%}",
        f"{found.unanswerable:,}",
        matched,
        strict.right,
    )
    return f"| {' | '.join(map(str, cells))} |"


@pytest.mark.parametrize("name", MEASURED)
def test_the_table_of_the_document_is_what_is_measured(name):
    assert row(name) in DOCUMENT.splitlines()


@pytest.mark.parametrize(
    "lists", [("UCDP, names of actors",), ("OCHA, governorates", "OCHA, districts, with their governorate")]
)
def test_what_was_aimed_at_is_reached_on_actors_and_places(lists):
    found = measuring.together(map(measured, lists))
    assert found.recall >= 0.95
    assert found.precision >= 0.95
    assert found.refused >= 0.95


def test_the_document_says_how_many_districts_pass_for_a_namesake_when_asked_alone():
    found = measuring.measure(measuring.ocha_districts(with_governorate=False), measuring.without("ocha"))
    matched = sum(not one.means for one, _ in found.errors)
    assert f"{matched} of the {found.unanswerable}" in " ".join(DOCUMENT.split())


def test_the_government_of_lebanon_is_nobody():
    asked = {one.name: one.means for one in measuring.ucdp_actors()}
    assert asked["Government of Lebanon"] == ""
    assert "Government of Lebanon" not in {one.name for one, _ in measured("UCDP, names of actors").errors}


def test_the_truth_is_what_the_mappings_say(codes):
    """An exact or close match of a row with an answer; none of a row without."""
    records = read_mappings(ROOT / "data" / "mappings", codes).records()
    same = {(one.object, one.subject) for one in records if not one.refused and one.predicate in (EXACT, CLOSE)}
    wrong = [
        row
        for row in measuring.rows("ucdp-actors.csv")
        for iri in [foreign_iri("ucdp", "actor", row["id"])]
        if {subject.rpartition("/")[2] for target, subject in same if target == iri and "/perpetrator/" in subject}
        != ({row["code"]} if row["code"] else set())
    ]
    assert wrong == []


def test_the_command_prints_what_is_shown(codes_folder, tmp_path, monkeypatch):
    (table,) = re.findall(r"```csv\n(.*?)```", DOCUMENT, re.DOTALL)
    (command, printed) = re.search(r"```console\n\$ snhr-kg (.*)\n((?:.*\n)*?)```", DOCUMENT).groups()
    (tmp_path / "incidents.csv").write_text(table, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(main, [*command.split(), "--graph", str(codes_folder)])
    assert ran.stdout + ran.stderr == printed
