"""Imports as a whole: the same bytes each time, whole files or none, a clear error for anything else."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imports.invented import DESCRIPTION, Importing
from snhr_kg.codes.lists import CodeLists
from snhr_kg.errors import BadParameter, Fault
from snhr_kg.imports.kinds import LAYOUTS, find_layout
from snhr_kg.imports.output import put_whole
from snhr_kg.imports.run import Request
from snhr_kg.imports.table import ImportFault
from snhr_kg.imports.write import Written, write_import
from snhr_kg.mappings.sets import MappingSets

KIND = "idmc-displacement"
TABLE = "year,coo_name,coo_iso,total\n2018,Syria,SYR,6119000\n2019,Syria,SYR,6495000\n2020,Syria,SYR,n/a\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def run(codes: CodeLists, mappings: MappingSets, out: Path, *files: Path, **more: str) -> Written:
    request = Request(files, DESCRIPTION, "1", **more)
    return write_import(find_layout(KIND), request, codes, mappings, out)


def test_two_imports_give_the_same_bytes_packed_or_not(
    codes: CodeLists, mappings: MappingSets, table: Path, tmp_path: Path
) -> None:
    outs = [tmp_path / name for name in ("a.nq", "b.nq", "a.nq.gz", "b.nq.gz")]
    for out in outs:
        run(codes, mappings, out, table)
    plain, again, packed, repacked = (out.read_bytes() for out in outs)
    assert plain == again
    assert packed == repacked
    assert gzip.decompress(packed) == plain
    assert (tmp_path / "a.errors.csv").read_bytes() == (tmp_path / "b.errors.csv").read_bytes()


def test_no_line_is_written_twice(importing: Importing) -> None:
    ran = importing(KIND, TABLE, version="1")
    lines = ran.out.read_text(encoding="utf-8").splitlines()
    assert len(set(lines)) == len(lines) == ran.written.quads == len(ran.store)


def test_the_dataset_says_whose_it_is_and_what_was_read(importing: Importing) -> None:
    ran = importing(KIND, TABLE, version="1", retrieved="2020-01-02", names=["idps.csv"])
    dataset = "?d a snhr:ExternalDataset ; "
    for predicate, value in {
        "dcterms:license": DESCRIPTION.licence,
        "dcterms:rights": "Nobody",
        "dcterms:source": "https://example.org/",
        "dcterms:bibliographicCitation": "Nobody (2020)",
        "dcat:version": "1",
        "snhr:retrieved": "2020-01-02",
        "dcterms:publisher": "https://w3id.org/snhr-kg/agent/nobody",
        "snhr:rowsRead": "3",
        "snhr:rowsKept": "2",
        "snhr:rowsInError": "1",
        "snhr:cellsZero": "0",
        "prov:wasDerivedFrom/spdx:checksum/spdx:checksumValue": hashlib.sha256(TABLE.encode()).hexdigest(),
        "prov:wasDerivedFrom/snhr:rowsRead": "3",
        "prov:wasGeneratedBy/prov:used/dcterms:title": "idps.csv",
        "prov:wasGeneratedBy/prov:wasAssociatedWith/schema:name": "snhr-kg",
    }.items():
        assert ran.value(f"SELECT ?value {{ {dataset} {predicate} ?value }}") == value, predicate
    assert len(ran.ask(f"SELECT ?title {{ {dataset} dcterms:title ?title }}")) == 2


def test_no_day_of_retrieval_is_invented(importing: Importing) -> None:
    assert importing(KIND, TABLE, version="1").ask("SELECT ?day { ?d snhr:retrieved ?day }") == []


def test_periods_and_own_codes_are_described_once_in_the_graph(importing: Importing) -> None:
    ran = importing(KIND, TABLE, version="1")
    for pattern in (
        "?p skos:inScheme code:period ; skos:notation ?n ; snhr:begin ?b ; time:hasBeginning/time:inXSDDate ?b",
        "?c skos:notation ?n ; skos:inScheme code:indicator, <https://w3id.org/snhr-kg/external/idmc/code/displacement>",
    ):
        assert ran.ask(f"SELECT ?n {{ {pattern} }}"), pattern


def test_parts_of_one_version_are_one_graph_and_rows_are_cited_by_file(
    codes: CodeLists, mappings: MappingSets, table: Path, tmp_path: Path
) -> None:
    other = tmp_path / "more.csv"
    other.write_text("coo_iso,total,year,coo_name\nSYR,7,2021,Syria\n", encoding="utf-8")
    written = run(codes, mappings, tmp_path / "out.nq", table, other)
    assert [(file.name, file.rows) for file in written.imported.files] == [("table.csv", 3), ("more.csv", 1)]
    text = (tmp_path / "out.nq").read_text(encoding="utf-8")
    assert "/file/more.csv#row=2>" in text
    assert "/file/table.csv#row=3>" in text


def test_two_files_of_one_name_are_refused(
    codes: CodeLists, mappings: MappingSets, table: Path, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / table.name
    other.write_text(TABLE, encoding="utf-8")
    with pytest.raises(ImportFault, match="is the name of two files"):
        run(codes, mappings, tmp_path / "out.nq", table, other)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("year,coo_name,coo_iso,total\n", "has no row below its header"),
        ("year,coo_name,coo_iso\n2018,Syria,SYR\n", "total: is missing in the header"),
        ("year,coo_name,coo_iso,total\n2018,Syria,SYR,x\n", "no row can be imported"),
        ("year,coo_name,coo_iso,total\n2018\n", "no row can be imported"),
    ],
)
def test_a_file_of_which_nothing_can_be_taken_leaves_what_was_there(
    codes: CodeLists, mappings: MappingSets, table: Path, tmp_path: Path, content: str, problem: str
) -> None:
    out = tmp_path / "out.nq"
    out.write_text("before", encoding="utf-8")
    table.write_text(content, encoding="utf-8")
    with pytest.raises(ImportFault, match=problem) as fault:
        run(codes, mappings, out, table)
    assert fault.value.exit_code == 2
    assert out.read_text(encoding="utf-8") == "before"
    listed = tmp_path / "out.errors.csv"
    assert listed.exists() == ("no row can" in problem)
    assert {path.name for path in tmp_path.iterdir()} <= {"out.nq", "table.csv", "out.errors.csv"}


def test_an_output_of_another_kind_or_in_the_place_of_an_input_is_refused(
    codes: CodeLists, mappings: MappingSets, table: Path, tmp_path: Path
) -> None:
    for name in ("out.ttl", "out", ".nq", "table.csv"):
        with pytest.raises(BadParameter):
            run(codes, mappings, tmp_path / name, table)
    request = Request([table], DESCRIPTION, "1")
    with pytest.raises(BadParameter, match="name another"):
        write_import(find_layout(KIND), request, codes, mappings, tmp_path / "o.nq", report=table)
    assert table.read_text(encoding="utf-8") == TABLE


def test_an_unknown_kind_is_told_the_nearest() -> None:
    with pytest.raises(BadParameter, match="did you mean ucdp-onesided"):
        find_layout("UCDP_onesided")
    with pytest.raises(BadParameter, match=", ".join(LAYOUTS)):
        find_layout("x")


def test_a_file_that_cannot_be_finished_is_not_put_in_place(tmp_path: Path) -> None:
    def half() -> None:
        with put_whole(tmp_path / "out.nq") as file:
            file.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert list(tmp_path.iterdir()) == []


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
SNIPPETS = [TABLE.encode(), b'"', b"\n", b",", b"\xff", b"\0", b"\xef\xbb\xbf", b"2018,Syria,SYR,5\n", "٢٠١٨".encode()]


@settings(max_examples=70, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(sorted(LAYOUTS)),
    st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(SNIPPETS), max_size=6).map(b"".join)),
    st.booleans(),
)
def test_any_bytes_give_a_graph_or_a_clear_error(importing: Importing, kind: str, content: bytes, headed: bool) -> None:
    if headed:
        names = [column.name for column in LAYOUTS[kind].columns]
        content = ",".join(names).encode() + b"\n" + content
    faults: tuple[Fault, ...] = ()
    try:
        ran = importing(kind, content, version="1")
    except ImportFault as fault:
        faults = fault.faults
    else:
        tally = ran.written.imported.tally
        assert tally.rows_read == tally.rows_kept + tally.rows_in_error + tally.rows_elsewhere
        assert tally.rows_in_error == sum(fault["row"] == "left out" for fault in ran.faults)
    assert all(fault.problem and fault.remedy for fault in faults)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELL, min_size=4, max_size=4), min_size=1, max_size=5))
def test_any_cells_are_imported_as_they_stand_or_listed(importing: Importing, rows: list[list[str]]) -> None:
    sound = ["2019", "Syria", "SYR", "6495000"]
    ran = importing(KIND, [["year", "coo_name", "coo_iso", "total"], sound, *rows], version="1")
    tally = ran.written.imported.tally
    assert tally.rows_read == tally.rows_kept + tally.rows_in_error + tally.rows_elsewhere
    assert ("6495000",) in ran.ask("SELECT ?value { ?f a snhr:ExternalFigure ; snhr:value ?value }")
