"""The mapping sets of the project: every subject is there, other tools read them, and the docs count them right."""

from __future__ import annotations

import csv
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, RdfFormat, Store
from rdflib import Graph, URIRef
from rdflib.namespace import SKOS

from mappings.writing import row, write
from needs import need
from snhr_kg import names
from snhr_kg.codes.lists import CodeLists
from snhr_kg.content import folder
from snhr_kg.mappings import MappingSets, read_mappings
from snhr_kg.mappings.graph import mapping_triples
from snhr_kg.mappings.records import CLOSE, EXACT

ROOT = Path(__file__).parents[2]
MAPPINGS = folder("data") / "mappings"
DOC = (ROOT / "docs" / "linking.md").read_text(encoding="utf-8")
PYTHON_WITH_SSSOM = ROOT / ".venv" / "sssom" / "bin" / "python"


@pytest.fixture(scope="module")
def sets(codes: CodeLists) -> MappingSets:
    return read_mappings(MAPPINGS, codes)


@pytest.fixture(scope="module")
def graph(sets: MappingSets) -> Graph:
    found = Graph()
    for triple in mapping_triples(sets):
        found.add(triple)
    return found


def left_out() -> list[dict[str, str]]:
    with (MAPPINGS / "left-out.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def resources_of_reports() -> Iterator[str]:
    for report in sorted(folder("data").glob("*/report.csv")):
        for kind in ("event", "instrument"):
            with (report.parent / f"{kind}s.csv").open(encoding="utf-8", newline="") as table:
                for cells in csv.DictReader(table):
                    yield names.in_report(report.parent.name, kind, cells["id"])


def test_maps_only_codes_and_resources_that_are_there(sets: MappingSets, codes: CodeLists) -> None:
    known = {code.iri for scheme in codes.schemes.values() for code in scheme.values()}
    known |= {*resources_of_reports(), names.agent("snhr")}
    assert {record.subject for record in sets.records()} - known == set()


def test_accepted_records_alone_are_plain_matches(sets: MappingSets, graph: Graph) -> None:
    for record in sets.records():
        match = URIRef(record.subject), URIRef(record.predicate), URIRef(record.object)
        assert (match in graph) is not record.refused, record.id


def test_no_refused_match_is_accepted_elsewhere_as_exact_or_close(sets: MappingSets) -> None:
    accepted = {(r.subject, r.predicate, r.object) for r in sets.records() if not r.refused}
    assert not {(r.subject, r.predicate, r.object) for r in sets.records() if r.refused} & accepted


def test_gives_every_governorate_for_each_list_that_importers_meet(sets: MappingSets, codes: CodeLists) -> None:
    governorates = {notation for notation in codes.notations("place") if notation.endswith("-governorate")}
    assert len(governorates) == 14
    for owner, code_list in (
        ("ocha", "p-code"),
        ("iso", "3166-2"),
        ("ucdp", "adm-1"),
        ("acled", "admin1"),
        ("vdc", "province"),
        ("geonames", "feature"),
    ):
        prefix = f"{owner} {code_list}"
        named = {
            record.notation
            for record in sets.records()
            if record.predicate == EXACT and not record.refused and record.notation in governorates
            if f"/{owner}/code/{code_list}/" in record.object or f"{owner}.org" in record.object
        }
        assert named == governorates, prefix


@pytest.mark.parametrize(
    ("actor", "ours"),
    [
        ("118", "syrian-regime"),
        ("234", "isis"),
        ("1170", "al-nusra-front"),
        ("4163", "pyd"),
        ("6288", "sdf"),
        ("4456", None),
        ("3", None),
        ("119", None),
    ],
)
def test_knows_the_parties_of_ucdp_and_which_it_must_not_take(sets: MappingSets, actor: str, ours: str | None) -> None:
    assert sets.our_code("ucdp", "actor", actor, "perpetrator") == ours


@pytest.mark.parametrize(
    ("subject", "target"),
    [
        ("perpetrator/isis", "http://eurovoc.europa.eu/5624"),
        ("perpetrator/syrian-regime", "https://ucdp.uu.se/actor/119"),
        ("perpetrator/armed-opposition", "https://ucdp.uu.se/actor/4456"),
        ("indicator/displaced-internally", "https://w3id.org/snhr-kg/external/idmc/code/displacement/total"),
        ("place/idlib-governorate", "https://w3id.org/snhr-kg/external/ocha/code/p-code/SY0700"),
    ],
)
def test_keeps_matches_that_look_right_and_are_not(sets: MappingSets, subject: str, target: str) -> None:
    found = [r for r in sets.records() if r.subject == names.scheme(subject) and r.object == target and r.refused]
    assert len(found) == 1
    assert found[0].comment.startswith("Refused")


def test_makes_no_stock_a_match_of_a_count_of_whoever_was_displaced(sets: MappingSets) -> None:
    for owner, code_list in (("unhcr", "population"), ("idmc", "displacement")):
        listed = f"/{owner}/code/{code_list}/"
        found = {(r.notation, r.predicate) for r in sets.records() if listed in r.object and not r.refused}
        counts = {relation for relation in found if relation[0] in ("displaced-internally", "displaced-abroad")}
        assert {predicate for _, predicate in counts} == {str(SKOS.relatedMatch)}
        assert not {predicate for _, predicate in found} & {EXACT, CLOSE}


def test_a_refusal_says_that_it_is_one_and_an_acceptance_does_not(sets: MappingSets) -> None:
    for record in sets.records():
        assert record.comment.startswith("Refused") is record.refused, record.id


def test_a_proposal_that_was_left_out_is_in_no_set(sets: MappingSets) -> None:
    schemes = {"FAST": "worldcat.org/fast/", "Wikidata": "wikidata.org/entity/", "ucdp-actor": "ucdp.uu.se/actor/"}
    mapped = {record.object for record in sets.records()}
    for proposal in left_out():
        if place := schemes.get(proposal["target"]):
            assert not {iri for iri in mapped if iri.endswith(place + proposal["code"])}, proposal


def test_every_proposal_left_out_has_its_reason_and_the_table_is_sorted() -> None:
    rows = left_out()
    assert all(proposal["reason"] and proposal["target"] and proposal["code"] for proposal in rows)
    assert rows == sorted(rows, key=lambda proposal: tuple(proposal.values()))


def test_the_docs_count_each_set_and_all_of_them(sets: MappingSets) -> None:
    counted = {
        name: (title, int(accepted), int(refused))
        for name, title, accepted, refused in re.findall(r"^\| `([\w-]+)` \| (.+) \| (\d+) \| (\d+) \|$", DOC, re.M)
    }
    assert counted == {
        mapping_set.name: (
            mapping_set.title,
            sum(not record.refused for record in mapping_set.records),
            sum(record.refused for record in mapping_set.records),
        )
        for mapping_set in sets.sets
    }
    totals = tuple(sum(column) for column in zip(*((a, r) for _, a, r in counted.values()), strict=True))
    assert f"Together {totals[0]} accepted and {totals[1]} refused" in DOC
    assert f"`left-out.csv`, {len(left_out())} rows" in DOC


def test_the_query_of_the_docs_answers_as_the_docs_say(graph: Graph) -> None:
    (query,) = re.findall(r"```sparql\n(.*?)```", DOC, re.S)
    (answer,) = re.findall(r"answers, with the reasons in full:\n\n```text\n(.*?)```", DOC, re.S)
    store = Store()
    store.load(graph.serialize(format="nt").encode(), format=RdfFormat.N_TRIPLES)
    solutions = store.query(query)
    assert isinstance(solutions, QuerySolutions)
    rows = [[str(value.value) for value in solution] for solution in solutions]
    shown = [re.split(r" {2,}", line) for line in answer.splitlines()]
    assert [row[:3] for row in rows] == [cells[:3] for cells in shown]
    assert all(row[3].startswith(cells[3].removesuffix(" …")) for row, cells in zip(rows, shown, strict=True))


def refused_by_sssom(*paths: Path) -> list[str]:
    """The files of which the command `sssom validate` says anything; one process for all, as starting it takes long."""
    script = """
import logging, sys
from sssom.cli import main
said = []
heard = logging.Handler(logging.WARNING)
heard.emit = said.append
logging.getLogger().addHandler(heard)
for path in sys.argv[1:]:
    said.clear()
    try:
        main(["validate", path], standalone_mode=False)
    except Exception as error:
        said.append(error)
    if said:
        print(path)
"""
    command = [str(PYTHON_WITH_SSSOM), "-W", "ignore", "-c", script, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_sssom_validate_finds_nothing_in_any_file_but_in_wrong_ones(tmp_path: Path) -> None:
    need.that(PYTHON_WITH_SSSOM.exists(), "sssom", "mapping sets are checked by the tool of the SSSOM standard")
    write(tmp_path, row(predicate_modifier="No"), name="modifier")
    write(tmp_path, row(confidence="7"), name="confidence")
    wrong = sorted(tmp_path.glob("*.sssom.tsv"))
    assert refused_by_sssom(*sorted(MAPPINGS.glob("*.sssom.tsv")), *wrong) == [str(path) for path in wrong]
