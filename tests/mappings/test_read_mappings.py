"""Mapping sets: what is read, and what a curator is told of wrong cells."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from mappings.writing import FIRST_ROW, HEADER, row, write
from snhr_kg.codes.lists import CodeLists
from snhr_kg.errors import TableError
from snhr_kg.mappings import MappingSets, read_mappings


@pytest.fixture(autouse=True)
def _work_beside_the_sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def complaints(folder: Path, codes: CodeLists) -> list[str]:
    with pytest.raises(TableError) as refused:
        read_mappings(folder, codes)
    return [str(fault) for fault in refused.value.faults]


def told(folder: Path, codes: CodeLists, **cells: str) -> list[str]:
    """What is said of a set whose one row has these cells wrong, without file and line."""
    place = f"invented.sssom.tsv:{FIRST_ROW}: "
    found = complaints(write(folder, row(**cells)), codes)
    assert all(complaint.startswith(place) for complaint in found)
    return [complaint.removeprefix(place) for complaint in found]


def test_reads_a_record_with_every_name_written_out(tmp_path: Path, codes: CodeLists) -> None:
    (mapping_set,) = read_mappings(write(tmp_path, row()), codes).sets
    (record,) = mapping_set.records
    assert mapping_set.title_ar == "مختلق"
    assert mapping_set.creator == "https://w3id.org/snhr-kg/agent/snhr-kg"
    assert record.id == "https://w3id.org/snhr-kg/mapping/invented/isis"
    assert record.subject == "https://w3id.org/snhr-kg/code/perpetrator/isis"
    assert (record.dimension, record.notation) == ("perpetrator", "isis")
    assert record.predicate == "http://www.w3.org/2004/02/skos/core#closeMatch"
    assert record.object == "https://w3id.org/snhr-kg/external/them/code/thing/7"
    assert record.confidence == Decimal("0.95")
    assert record.subject_label_ar == "تنظيم داعش"
    assert not record.refused


def test_reads_a_statistical_code_by_its_notation(tmp_path: Path, codes: CodeLists) -> None:
    cells = {"subject_id": "code:perpetrator/not-stated", "subject_label": "Not stated"}
    (record,) = read_mappings(write(tmp_path, row(**cells)), codes).records()
    assert record.notation == "_U"


def test_takes_an_instrument_of_a_report_as_a_subject(tmp_path: Path, codes: CodeLists) -> None:
    cells = {"subject_id": "report:2020-03-15/instrument/unsc-2118", "subject_label": "Resolution 2118"}
    (record,) = read_mappings(write(tmp_path, row(**cells)), codes).records()
    assert (record.dimension, record.notation, record.subject_label_ar) == ("", "", "")


def test_finds_no_set_where_there_is_no_folder(tmp_path: Path, codes: CodeLists) -> None:
    assert read_mappings(tmp_path / "nowhere", codes) == MappingSets(())


def test_reads_quoted_cells_as_other_readers_of_tables_do(tmp_path: Path, codes: CodeLists) -> None:
    (record,) = read_mappings(write(tmp_path, row(comment='"They say ""Seven""."')), codes).records()
    assert record.comment == 'They say "Seven".'


@pytest.mark.parametrize("comment", ['"open', '"They" say.'])
def test_says_that_a_quote_is_out_of_place_and_swallows_no_row(tmp_path: Path, codes: CodeLists, comment: str) -> None:
    rows = row(comment=comment), row(record_id="mapping:invented/z", object_id="thing:8")
    assert any("has a double quote out of place" in said for said in complaints(write(tmp_path, *rows), codes))


def test_says_that_a_cell_runs_over_the_end_of_a_line(tmp_path: Path, codes: CodeLists) -> None:
    (complaint,) = complaints(write(tmp_path, row(comment='"Two\nlines."')), codes)
    assert "has a double quote out of place" in complaint


def test_names_an_unknown_code_and_the_nearest(tmp_path: Path, codes: CodeLists) -> None:
    assert told(tmp_path, codes, subject_id="code:perpetrator/isil") == [
        "subject_id: no such code: https://w3id.org/snhr-kg/code/perpetrator/isil; write code:perpetrator/isis"
    ]


def test_says_that_a_label_is_not_the_code_lists(tmp_path: Path, codes: CodeLists) -> None:
    assert told(tmp_path, codes, subject_label="Daesh") == [
        "subject_label: is not what the code list says: 'Daesh'; write ISIS"
    ]


def test_refuses_a_subject_that_is_none_of_ours(tmp_path: Path, codes: CodeLists) -> None:
    (complaint,) = told(tmp_path, codes, subject_id="thing:8")
    assert complaint.startswith("subject_id: no concept of ours: ")


def test_refuses_an_object_that_is_ours(tmp_path: Path, codes: CodeLists) -> None:
    (complaint,) = told(tmp_path, codes, object_id="code:perpetrator/hts")
    assert complaint.startswith("object_id: is a concept of ours")


def test_names_a_prefix_that_the_header_lacks(tmp_path: Path, codes: CodeLists) -> None:
    assert told(tmp_path, codes, object_id="wikidata:Q1") == [
        "object_id: no CURIE with a prefix of the header: 'wikidata:Q1'; add the prefix to curie_map"
    ]


def test_refuses_a_relation_that_is_no_mapping(tmp_path: Path, codes: CodeLists) -> None:
    (complaint,) = told(tmp_path, codes, predicate_id="owl:sameAs")
    assert complaint.startswith("predicate_id: no relation of a mapping: 'owl:sameAs'; write one of skos:exactMatch, ")


def test_refuses_a_record_that_does_not_say_how_it_was_judged(tmp_path: Path, codes: CodeLists) -> None:
    (complaint,) = told(tmp_path, codes, mapping_justification="")
    assert complaint.startswith("mapping_justification: does not say how it was judged")


@pytest.mark.parametrize("confidence", ["", "high", "1.2", "-0.1", "0,9"])
def test_refuses_a_confidence_that_is_no_number_from_0_to_1(tmp_path: Path, codes: CodeLists, confidence: str) -> None:
    (complaint,) = told(tmp_path, codes, confidence=confidence)
    assert complaint.startswith(f"confidence: no number from 0 to 1: {confidence!r}")


def test_accepts_medium_confidence_only_with_a_second_source(tmp_path: Path, codes: CodeLists) -> None:
    assert told(tmp_path, codes, confidence="0.8") == [
        "comment: confidence 0.8 asks for a second source; name it after 'Second source:', or take the row out"
    ]
    assert told(tmp_path, codes, confidence="0.8", comment="The same. Second source:") != []
    named = row(confidence="0.8", comment="The same. Second source: a page.")
    assert len(list(read_mappings(write(tmp_path, named), codes).records())) == 1


def test_accepts_low_confidence_never_and_refuses_with_any(tmp_path: Path, codes: CodeLists) -> None:
    (complaint,) = told(tmp_path, codes, confidence="0.5", comment="So so. Second source: a page.")
    assert complaint.startswith("confidence: too low to accept: 0.5")
    refused = row(confidence="0.5", predicate_modifier="Not")
    (record,) = read_mappings(write(tmp_path, refused), codes).records()
    assert record.refused


def test_wants_a_comment_a_date_and_its_files_name_in_the_record(tmp_path: Path, codes: CodeLists) -> None:
    assert told(tmp_path, codes, comment="", mapping_date="22.11.2026", record_id="mapping:other/isis") == [
        "comment: is empty; fill it",
        "mapping_date: no date: '22.11.2026'; write year-month-day",
        "record_id: does not begin with its file's name; write mapping:invented/ and a name",
    ]


def test_names_every_wrong_row_of_every_file_at_once(tmp_path: Path, codes: CodeLists) -> None:
    write(tmp_path, row(confidence="2"), row(record_id="mapping:invented/z", predicate_modifier="No"))
    write(tmp_path, "one\tcell", name="second")
    assert complaints(tmp_path, codes) == [
        f"invented.sssom.tsv:{FIRST_ROW}: confidence: no number from 0 to 1: '2'; write one, such as 0.95",
        f"invented.sssom.tsv:{FIRST_ROW + 1}: predicate_modifier: no modifier: 'No'; write Not, or leave it empty",
        f"second.sssom.tsv:{FIRST_ROW}: row: has 2 cells; write 15, tabs between them",
    ]


def test_refuses_two_records_of_one_name(tmp_path: Path, codes: CodeLists) -> None:
    found = complaints(write(tmp_path, row(), row(object_id="thing:8", predicate_id="skos:narrowMatch")), codes)
    assert found == [
        f"invented.sssom.tsv:{FIRST_ROW + 1}: record_id: stands for two records (invented.sssom.tsv:{FIRST_ROW}); "
        "give each record a name of its own"
    ]


def test_refuses_two_relations_between_the_same_two(tmp_path: Path, codes: CodeLists) -> None:
    rows = row(), row(record_id="mapping:invented/isis-2", predicate_id="skos:broadMatch")
    (complaint,) = complaints(write(tmp_path, *rows), codes)
    assert "object_id: has two relations to the same concept" in complaint


def test_refuses_a_relation_that_is_accepted_and_refused(tmp_path: Path, codes: CodeLists) -> None:
    rows = row(), row(record_id="mapping:invented/isis-not", predicate_modifier="Not")
    (complaint,) = complaints(write(tmp_path, *rows), codes)
    assert "predicate_modifier: is accepted and refused, or stands twice" in complaint


def test_refuses_two_codes_of_a_list_that_both_stand_for_one_of_theirs(tmp_path: Path, codes: CodeLists) -> None:
    hts = {"subject_id": "code:perpetrator/hts", "subject_label": "Hay'at Tahrir al-Sham"}
    rows = row(), row(record_id="mapping:invented/z", **hts)
    (complaint,) = complaints(write(tmp_path, *rows), codes)
    assert "predicate_id: two codes of one list cannot both stand for a code of others" in complaint


def test_refuses_a_file_that_is_not_sorted(tmp_path: Path, codes: CodeLists) -> None:
    rows = row(record_id="mapping:invented/z"), row(object_id="thing:8")
    assert complaints(write(tmp_path, *rows), codes) == [
        "invented.sssom.tsv:1: file: is not sorted; sort the rows by record_id"
    ]


def test_refuses_a_table_without_the_row_of_column_names(tmp_path: Path, codes: CodeLists) -> None:
    (tmp_path / "invented.sssom.tsv").write_text(HEADER + row() + "\n", encoding="utf-8")
    (complaint,) = complaints(tmp_path, codes)
    assert f":{FIRST_ROW - 1}: row: is not the row of column names; write record_id " in complaint


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("", "header: there is none; write # lines with mapping_set_id, "),
        ("# a: 1\n# b: c: d\n", "invented.sssom.tsv:2: header: the header is no YAML: "),
        (HEADER.replace("# license: https://creativecommons.org/licenses/by/4.0/\n", ""), "header: license is missing"),
        (HEADER.replace("# - agent:snhr-kg", "# - nobody:snhr-kg"), "header: creator_id is no list of one CURIE"),
        (HEADER[: HEADER.index("# curie_map:")] + "# curie_map: none\n", "header: curie_map holds no prefixes"),
        (HEADER.replace("#   skos: http://www.w3.org/2004/02/skos/core#\n", ""), "write #   skos: http://www.w3.org/"),
        (HEADER.replace("title_ar=", "note="), "header: other holds no Arabic title"),
    ],
)
def test_refuses_a_header_that_does_not_describe_its_set(
    tmp_path: Path, codes: CodeLists, header: str, said: str
) -> None:
    (complaint,) = complaints(write(tmp_path, row(), header=header), codes)
    assert said in complaint


def test_refuses_what_is_no_text_in_utf_8(tmp_path: Path, codes: CodeLists) -> None:
    (tmp_path / "invented.sssom.tsv").write_bytes(b"\xff\xfe#\x00")
    (complaint,) = complaints(tmp_path, codes)
    assert "is not UTF-8" in complaint
