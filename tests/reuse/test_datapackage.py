"""The tables as a Data Package: valid, whole, the same each time, and what the graph says."""

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import sha256

import pyoxigraph as ox
import pytest

from snhr_kg import names
from snhr_kg.bulk import load_files
from snhr_kg.errors import GraphError
from snhr_kg.exports.datapackage import write_datapackage
from snhr_kg.exports.tidy_columns import LIST_SEPARATOR
from snhr_kg.store import open_store

SNHR_KG = [sys.executable, "-m", "snhr_kg"]
FIGURE = "report/2020-03-15/figure/"


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*SNHR_KG, *words], capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture(scope="module")
def rows(tables):
    return {row["id"]: row for row in tables["observations"]}


def test_a_second_export_has_the_same_bytes_and_the_command_says_how_many_rows(small, package, tables, tmp_path):
    ran = run("export", "--format", "datapackage", "--output", str(tmp_path / "again"), "--graph", str(small))
    assert ran.returncode == 0, ran.stderr
    first = {path.name: path.read_bytes() for path in package.iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()} == first
    told = dict(line.split() for line in ran.stdout.splitlines())
    assert {name: int(count.replace(",", "")) for name, count in told.items()} == {
        f"{name}.csv": len(found) for name, found in tables.items()
    }


def test_the_checksums_are_those_of_the_files(package):
    listed = dict(reversed(line.split("  ")) for line in (package / "SHA256SUMS").read_text("utf-8").splitlines())
    there = {path.name: path for path in package.iterdir() if path.name != "SHA256SUMS"}
    assert listed == {name: sha256(path.read_bytes()).hexdigest() for name, path in there.items()}


def test_a_row_says_what_the_report_says_and_where(rows):
    row = rows[f"{FIGURE}torture-deaths-sdf"]
    assert row["kind"] == "stated"
    assert (row["value"], row["qualifier"], row["lower_bound"], row["upper_bound"]) == ("50", "at-least", "50", "")
    assert (row["perpetrator"], row["perpetrator_en"]) == ("sdf", "Syrian Democratic Forces")
    assert row["perpetrator_ar"] == "قوات سوريا الديمقراطية"
    assert (row["period"], row["period_begin"], row["period_end"]) == ("until-2020-03", "", "2020-03-31")
    assert (row["section"], row["position_start"], row["position_end"]) == ("IV", "19668", "19691")
    assert (row["citation_key"], row["unit"], row["place_role"]) == ("snhr-2020-03-15", "persons", "happened-in")


def test_a_span_of_months_becomes_its_first_and_its_last_day(rows):
    row = rows[f"{FIGURE}torture-deaths"]
    assert (row["period_begin"], row["period_end"]) == ("2011-03-01", "2020-03-31")


def test_a_share_keeps_its_decimals_and_what_it_is_a_share_of(rows):
    row = rows[f"{FIGURE}alliance-share-of-civilian-deaths"]
    assert (row["value"], row["unit"], row["share_of"]) == ("91.36", "percent", f"{FIGURE}civilian-deaths")
    assert row["counts_once"] == "false"


def test_what_a_rule_computed_is_never_taken_for_the_report(rows):
    row = rows["report/2020-03-15/derived/torture-deaths-by-perpetrator--rest"]
    assert (row["kind"], row["citation_key"]) == ("derived", "snhr-kg")
    assert row["formula"] == "14,391 − 14,221 − 50 − 43 − 32 − 25 = 20"
    assert f"{FIGURE}torture-deaths-sdf" in row["derived_from"].split(LIST_SEPARATOR)


def test_the_descriptor_names_licence_sources_and_the_hash_of_the_graph(package, store):
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    assert descriptor["profile"] == "tabular-data-package"
    (licence,) = descriptor["licenses"]
    assert licence["path"] == "https://creativecommons.org/licenses/by/4.0/"
    assert "figures from elsewhere are under the licences that sources.csv names" in licence["title"]
    assert descriptor["graph"]["hash"] == f"sha256:{store.version}"
    titles = [source["title"] for source in descriptor["sources"]]
    assert any(title.startswith("On the 9th Anniversary") for title in titles)
    roles = {contributor["title"]: contributor["role"] for contributor in descriptor["contributors"]}
    assert roles["The snhr-kg project"] == "publisher"
    assert "Syrian Network for Human Rights (SNHR)" in roles


def test_the_dictionary_explains_every_table_and_column(package, tables):
    text = (package / "README.md").read_text("utf-8")
    for name, found in tables.items():
        _, _, section = text.partition(f"### {name}.csv\n")
        described = section.partition("\n### ")[0]
        assert f"{len(found):,} rows" in described
        for column in found[0] if found else ():
            assert f"\n| {column} |" in described, (name, column)


def test_a_loaded_store_gives_the_same_tables_as_the_built_one(small, package, tmp_path):
    load_files([small / "snhr-kg.nq"], tmp_path / "store")
    write_datapackage(open_store(tmp_path / "store"), tmp_path / "loaded")
    for path in sorted(package.glob("*.csv")):
        assert (tmp_path / "loaded" / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_graph_without_a_description_of_its_own_can_be_written(tmp_path):
    external = names.in_external("invented", "1", "figure", "1")
    lines = {
        "rdf:type": names.term("ExternalFigure"),
        "snhr:fromDataset": names.external("invented", "1"),
        **{
            f"snhr:{dimension}": names.foreign_code("invented", dimension, "x y|z") for dimension in ("place", "period")
        },
    }
    quads = [
        ox.Quad(
            ox.NamedNode(external),
            ox.NamedNode(names.PREFIXES[name.partition(":")[0]] + name.partition(":")[2]),
            ox.NamedNode(value),
            ox.NamedNode(names.graph("external/invented/1")),
        )
        for name, value in lines.items()
    ]
    (tmp_path / "x.nq").write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    load_files([tmp_path / "x.nq"], tmp_path / "store")
    write_datapackage(open_store(tmp_path / "store"), tmp_path / "tables")
    assert "invented/place/x y|z" in (tmp_path / "tables" / "observations.csv").read_text("utf-8")


def test_a_folder_with_something_else_in_it_is_left_alone(store, tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(GraphError, match=r"files that are of no export \(mine\.txt\)"):
        write_datapackage(store, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_earlier_export_is_replaced_as_a_whole(store, tmp_path):
    write_datapackage(store, tmp_path / "tables")
    (tmp_path / "tables" / "units.csv").write_text("spoilt", encoding="utf-8")
    write_datapackage(store, tmp_path / "tables")
    assert (tmp_path / "tables" / "units.csv").read_text("utf-8").startswith("code,label_en")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--format", "parquet"], "name it with --output"),
        (["--format", "datapackage", "--output", "x", "--only", "checks"], "--only is for RDF"),
    ],
)
def test_the_command_says_what_is_missing(words, told):
    ran = run("export", *words)
    assert ran.returncode == 2
    assert told in ran.stderr


def test_tables_are_written_without_rdflib():
    program = (
        "import sys\nfrom pathlib import Path\nfrom snhr_kg.exports import datapackage, parquet\n"
        "from snhr_kg.cli import sources\nassert not {'rdflib', 'owlrl', 'pyshacl', 'pyarrow'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
