"""A real OpenRefine reconciles against a real server, fetches properties, and writes what it made of it."""

from __future__ import annotations

import csv
import io
import json
import sys

import pytest

from needs import need
from reconciliation.measuring import ocha_districts, ocha_governorates, ucdp_actors
from reconciliation.openrefine import running
from serving import get, serving


@pytest.fixture(scope="module")
def openrefine(tmp_path_factory):
    program = need.program("openrefine", "reconciliation from OpenRefine")
    with running(program, tmp_path_factory.mktemp("openrefine")) as one:
        yield one


@pytest.fixture(scope="module")
def address(codes_folder):
    with serving(sys.executable, "-m", "snhr_kg", "serve", "--graph", codes_folder) as address:
        yield address


def table(*columns, rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    return text.getvalue()


def service(address, path="reconcile"):
    return json.loads(get(address, path)[2]), address + path


def test_actors_are_matched_and_their_arabic_labels_fetched(openrefine, address):
    known = [asked for asked in ucdp_actors() if asked.means]
    others = [asked for asked in ucdp_actors() if not asked.means][:60]
    rows = [(asked.name,) for asked in (*known, *others)]
    manifest, url = service(address)
    project = openrefine.create_project("actors", table("name", rows=rows))
    assert openrefine.guess_types(project, "name", url)[0] == "Perpetrator"
    openrefine.reconcile(project, "name", manifest, url, "Perpetrator", {})
    judged = openrefine.judgements(project, 0)
    assert {name: match for name, (_, match, _) in judged.items() if match} == {one.name: one.means for one in known}
    assert {judgement for judgement, match, _ in judged.values() if not match} == {"none"}
    wanted = [{"id": "label_ar", "name": "Label in Arabic"}, {"id": "iri", "name": "IRI"}]
    openrefine.extend(project, "name", manifest, url, wanted)
    written = list(csv.DictReader(io.StringIO(openrefine.export(project))))
    fetched = {row["name"]: row["Label in Arabic"] for row in written}
    assert fetched["Hay'at Tahrir al-Sham"] == "هيئة تحرير الشام"
    assert fetched[others[0].name] == ""


def test_governorates_are_matched_and_districts_of_the_same_name_are_not(openrefine, address):
    governorates = [(asked.name, "") for asked in ocha_governorates()[::3]]
    districts = [(f"{asked.name}", asked.values[0][1]) for asked in ocha_districts()[::3] if not asked.means]
    manifest, url = service(address)
    for rows, all_match in ((governorates, True), (districts, False)):
        project = openrefine.create_project("places", table("name", "governorate", rows=rows))
        openrefine.reconcile(project, "name", manifest, url, "Place", {"governorate": "governorate"})
        judged = openrefine.judgements(project, 0)
        assert [name for name, (_, match, _) in judged.items() if bool(match) is not all_match] == []


def test_the_arabic_service_matches_arabic_names_and_fetches_a_column_of_entities(openrefine, address):
    manifest, url = service(address, "reconcile/ar")
    rows = [("تنظيم داعش",), ("قسد",), ("حزب غير معروف",)]
    project = openrefine.create_project("arabic", table("الجهة", rows=rows))
    openrefine.reconcile(project, "الجهة", manifest, url, "Perpetrator", {})
    judged = openrefine.judgements(project, 0)
    assert [judged[name][1] for (name,) in rows] == ["perpetrator/isis", "perpetrator/sdf", None]
    openrefine.extend(project, "الجهة", manifest, url, [{"id": "broader", "name": "يقع ضمن"}])
    assert "جميع الأطراف" in openrefine.export(project)
