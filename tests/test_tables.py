"""Report folders are read into records, or refused with every fault at once; `table-faults.txt` has the messages."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from needs import need
from snhr_kg.codes.lists import CodeLists
from snhr_kg.errors import Fault, TableError
from snhr_kg.records import DIMENSIONS, ReportTables
from snhr_kg.tables.cells import split_rows
from snhr_kg.tables.read import new_report, read_report, read_reports
from snhr_kg.tables.schema import PACKAGE_FILE, TableSchema, table_schemas

HERE = Path(__file__).parent
TINY = HERE / "tiny" / "1999-09-09"
TEXT = (HERE / "tiny" / "report-1999-09-09.txt").read_bytes().decode()


@dataclass(frozen=True)
class Case:
    name: str
    file: str
    old: str
    new: str
    messages: list[str]


def read_cases() -> list[Case]:
    """The cases of `table-faults.txt`."""
    cases = []
    blocks = (HERE / "table-faults.txt").read_text(encoding="utf-8").strip().split("\n\n# ")
    for block in blocks[1:]:
        name, file, old, new, *messages = block.split("\n")
        old, new = (line[2:].replace("\\n", "\n").replace("\\t", "\t") for line in (old, new))
        cases.append(Case(name, file, old, new, [message.removeprefix("> ") for message in messages]))
    return cases


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the invented report, which is also the working directory: messages name its files alone."""
    copy = tmp_path / TINY.name
    shutil.copytree(TINY, copy)
    monkeypatch.chdir(copy)
    return copy


def change(file: Path, old: str, new: str) -> None:
    text = file.read_bytes().decode()
    assert old in text, f"{file.name} has no {old!r}"
    file.write_bytes(text.replace(old, new, 1).encode())


def messages(read: Callable[[], object]) -> list[str]:
    with pytest.raises(TableError) as caught:
        read()
    return [str(fault) for fault in caught.value.faults]


# -- what is read -------------------------------------------------------------------------------------------------


def test_reads_the_invented_report_with_its_text(tiny: Path, codes: CodeLists) -> None:
    report = read_report(tiny, codes, text=TEXT)
    counted = {name: len(getattr(report, name)) for name in ("figures", "mentions", "breakdowns", "other_numbers")}
    assert counted == {"figures": 26, "mentions": 39, "breakdowns": 6, "other_numbers": 28}
    assert report.report.id == "1999-09-09"
    assert [(section.id, section.parent) for section in report.sections if section.parent] == [("s3-leaving", "s3")]


def test_types_cells_and_keeps_where_they_came_from(folder: Path, codes: CodeLists) -> None:
    report = read_report(folder, codes)
    mention = next(mention for mention in report.mentions if mention.id == "cork-raids--title")
    assert (mention.value, mention.start, mention.overrides) == (
        Decimal(60),
        106,
        {"perpetrator": "_U", "period": "_U"},
    )
    assert (mention.source.file, mention.source.line) == ("mentions.csv", 11)
    vague = next(mention for mention in report.mentions if mention.magnitude)
    assert vague.value is None


def test_puts_the_rows_of_small_tables_into_their_wholes(tiny: Path, codes: CodeLists) -> None:
    report = read_report(tiny, codes)
    assert report.breakdowns[1].components == ("child-deaths", "woman-deaths")
    assert report.slices[1].figures == ("civilian-deaths", "female-deaths")
    assert report.recommendations[0].addressees == ("parties-to-the-conflict", "un-security-council")


def test_counts_physical_lines_behind_a_quoted_line_break(folder: Path, codes: CodeLists) -> None:
    change(folder / "mentions.csv", "312 children,312,312", '"312\nchildren",312,many')
    change(folder / "mentions.csv", "1212,1212", "1212,1213")
    assert [message.split(": ")[0:2] for message in messages(lambda: read_report(folder, codes))] == [
        ["mentions.csv:3", "value"],
        ["mentions.csv:5", "value"],
    ]
    change(folder / "mentions.csv", "many", "312")
    change(folder / "mentions.csv", "1212,1213", "1212,1212")
    assert read_report(folder, codes).mentions[1].source.line == 4


# -- what is refused ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)
def test_tells_the_curator_what_is_wrong_and_what_to_write(case: Case, folder: Path, codes: CodeLists) -> None:
    change(folder / case.file, case.old, case.new)
    assert messages(lambda: read_report(folder, codes)) == case.messages


def test_reports_every_fault_of_every_file_at_once(folder: Path, codes: CodeLists) -> None:
    change(folder / "figures.csv", "woman-deaths,deaths,killing", "woman-deaths,death,kiling")
    change(folder / "mentions.csv", "body,943,952", "body,953,952")
    change(folder / "slices.csv", "deaths-chart,chart", "deaths-chart,graph")
    (folder / "relations.csv").unlink()
    assert [message.split(":")[:2] for message in messages(lambda: read_report(folder, codes))] == [
        ["figures.csv", "26"],
        ["figures.csv", "26"],
        ["mentions.csv", "39"],
        ["relations.csv", "1"],
        ["slices.csv", "3"],
    ]


def test_refuses_two_reports_in_one_folder_and_a_report_without_a_row(folder: Path, codes: CodeLists) -> None:
    file = folder / "report.csv"
    header, row = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text(header + row + row, encoding="utf-8")
    assert messages(lambda: read_report(folder, codes)) == [
        "report.csv:3: id: '1999-09-09' is already in line 2; write another",
        "report.csv:3: row: is a second report; keep one row; each report has a folder of its own",
    ]
    file.write_text(header, encoding="utf-8")
    assert messages(lambda: read_report(folder, codes)) == [
        "report.csv:2: row: is missing; describe the report in one row"
    ]


BYTES: dict[str, tuple[Callable[[bytes], bytes], list[str]]] = {
    "a byte order mark": (
        lambda raw: b"\xef\xbb\xbf" + raw,
        ["components.csv:1: file: begins with a byte order mark; save it as UTF-8 without BOM"],
    ),
    "Windows line ends": (
        lambda raw: raw.replace(b"\n", b"\r\n"),
        ["components.csv:1: file: has carriage returns (Windows line ends); end lines with LF only"],
    ),
    "another encoding": (
        lambda raw: raw.replace(b"child-deaths", b"child\xe9-deaths"),
        ["components.csv:5: file: is not UTF-8 at byte offset 189 (byte 0xE9); save it as UTF-8"],
    ),
    "UTF-16": (
        lambda raw: raw.decode().encode("utf-16"),
        ["components.csv:1: file: is not UTF-8 (it looks like UTF-16 or a binary file); save it as UTF-8"],
    ),
    "nothing in it": (
        lambda _: b"",
        ["components.csv:1: header: is missing; write the line breakdown,figure"],
    ),
}


@pytest.mark.parametrize("name", BYTES)
def test_refuses_a_file_with(name: str, folder: Path, codes: CodeLists) -> None:
    spoil, wanted = BYTES[name]
    file = folder / "components.csv"
    file.write_bytes(spoil(file.read_bytes()))
    assert messages(lambda: read_report(folder, codes)) == wanted


def test_refuses_a_folder_that_lacks_a_table_or_holds_another_file(folder: Path, codes: CodeLists) -> None:
    (folder / "components.csv").rename(folder / "components (copy).csv")
    assert messages(lambda: read_report(folder, codes)) == [
        "components (copy).csv:1: file: is not part of a report folder; move it elsewhere; a report folder holds "
        "datapackage.json and its tables only",
        "components.csv:1: file: is missing; add the file, at least with its header: breakdown,figure",
    ]


def test_names_files_from_the_working_directory_or_in_full(tmp_path: Path, folder: Path, codes: CodeLists) -> None:
    (folder / "components.csv").unlink()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        assert messages(lambda: read_report(folder, codes))[0].startswith("1999-09-09/components.csv:1: ")
        patch.chdir(elsewhere)
        assert messages(lambda: read_report(folder, codes))[0].startswith(f"{folder}/components.csv:1: ")


# -- with the text ------------------------------------------------------------------------------------------------


def test_says_where_a_quote_stands_that_is_not_at_its_place(folder: Path, codes: CodeLists) -> None:
    change(folder / "mentions.csv", "body,943,952", "body,944,953")
    assert messages(lambda: read_report(folder, codes, text=TEXT)) == [
        "mentions.csv:39: quote: '205 women' does not stand at 944 to 953; write start 943 and end 952"
    ]


def test_shows_what_stands_where_a_quote_should(folder: Path, codes: CodeLists) -> None:
    change(folder / "passages.csv", "Salt Ward is still shut in", "Salt Road is still shut in")
    change(folder / "passages.csv", "Relight the lamps", "Relight the‑lamps")
    text = TEXT.replace("Relight the lamps", "Relight the-lamps")
    change(folder / "report.csv", sha256(TEXT.encode()).hexdigest(), sha256(text.encode()).hexdigest())
    assert messages(lambda: read_report(folder, codes, text=text)) == [
        "passages.csv:9: quote: 'Relight the‑lamps' does not stand at 2746 to 2763; write the text's own characters, "
        "'Relight the-lamps'",
        "passages.csv:14: quote: 'Salt Road is still shut in' does not stand at 1713 to 1739; write the words that "
        "stand there, 'Salt Ward is still shut in'",
    ]


def test_refuses_another_text_than_the_positions_were_taken_from(folder: Path, codes: CodeLists) -> None:
    other = TEXT + "!"
    assert messages(lambda: read_report(folder, codes, text=other)) == [
        "report.csv:2: text_length: the text given has 2885 characters; write 2885",
        f"report.csv:2: text_sha256: the text given has SHA-256 {sha256(other.encode()).hexdigest()}; give the text "
        "that the positions were taken from",
    ]


# -- the data package ---------------------------------------------------------------------------------------------


def set_in(folder: Path, edit: Callable[[dict[str, object]], object]) -> None:
    file = folder / PACKAGE_FILE
    package = json.loads(file.read_text(encoding="utf-8"))
    edit(package)
    file.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def test_the_invented_report_is_a_valid_frictionless_package(tiny: Path) -> None:
    need.package("frictionless", "tables checked by another tool")
    from frictionless import validate

    report = validate(str(tiny / PACKAGE_FILE))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    assert len(report.tasks) == len(table_schemas())


def test_refuses_a_data_package_whose_resources_are_not_those_of_all_reports(folder: Path, codes: CodeLists) -> None:
    change(folder / PACKAGE_FILE, '"snhr:codeList": "section-kind"', '"snhr:codeList": "event-kind"')
    assert messages(lambda: read_report(folder, codes)) == [
        'datapackage.json:143: resources[sections].schema.fields[kind].snhr:codeList: says "event-kind", not '
        '"section-kind" as for all reports; copy the resources of datapackage.json from another report folder'
    ]


COPY = "copy the resources of datapackage.json from another report folder"


def test_refuses_a_data_package_that_lacks_parts(folder: Path, codes: CodeLists) -> None:
    set_in(folder, lambda package: (package.pop("licenses"), package["resources"].pop(3)))  # type: ignore[attr-defined]
    assert messages(lambda: read_report(folder, codes)) == [
        "datapackage.json:1: licenses: is missing; say it at the top of the file, as other report folders do",
        f"datapackage.json:1: resources[figures]: is missing; {COPY}",
    ]
    set_in(folder, lambda package: package.pop("resources"))
    assert messages(lambda: read_report(folder, codes)) == [f"datapackage.json:1: resources: is missing; {COPY}"]
    (folder / PACKAGE_FILE).write_text('{\n"name" 1\n}', encoding="utf-8")
    assert messages(lambda: read_report(folder, codes)) == [
        "datapackage.json:2: file: is not JSON (Expecting ':' delimiter); repair the JSON there"
    ]
    (folder / PACKAGE_FILE).unlink()
    assert messages(lambda: read_report(folder, codes)) == [
        "datapackage.json:1: file: is missing; copy it from another report folder, or scaffold a new one"
    ]


def test_refuses_a_data_package_with_a_table_too_many_or_in_another_order(folder: Path, codes: CodeLists) -> None:
    set_in(folder, lambda package: package["resources"].append({"name": "extra"}))  # type: ignore[attr-defined]
    (message,) = messages(lambda: read_report(folder, codes))
    assert message.endswith("resources[extra]: describes a table that report folders do not have; take it out")
    set_in(folder, lambda package: package["resources"].pop())  # type: ignore[attr-defined]
    set_in(folder, lambda package: package["resources"].reverse())  # type: ignore[attr-defined]
    assert messages(lambda: read_report(folder, codes)) == [
        f"datapackage.json:1: resources: are in another order, or one is there twice; {COPY}"
    ]


@pytest.mark.parametrize("schema", list(table_schemas().values()), ids=lambda schema: schema.name)
def test_every_column_is_described_and_every_code_list_exists(schema: TableSchema, codes: CodeLists) -> None:
    package = json.loads((TINY / PACKAGE_FILE).read_text(encoding="utf-8"))
    described = next(resource for resource in package["resources"] if resource["name"] == schema.name)
    for field in described["schema"]["fields"]:
        assert len(field["description"]) > 10, field["name"]
        assert field["title"]
    unknown = [field.code_list for field in schema.fields if field.code_list and not codes.scheme(field.code_list)]
    assert unknown == []


# -- several reports, new reports ---------------------------------------------------------------------------------


def test_a_second_report_is_a_second_folder(folder: Path, codes: CodeLists) -> None:
    shutil.copytree(folder, folder.parent / "1999-09-10")
    change(folder.parent / "1999-09-10" / "report.csv", "1999-09-09,The", "1999-09-10,The")
    reports = read_reports(folder.parent, codes)
    assert [report.report.id for report in reports] == ["1999-09-09", "1999-09-10"]


def test_refuses_one_period_id_for_two_time_spans(folder: Path, codes: CodeLists) -> None:
    other = folder.parent / "1999-09-10"
    shutil.copytree(folder, other)
    change(other / "report.csv", "1999-09-09,The", "1999-09-10,The")
    change(other / "periods.csv", "1997-07,1999-10", "1997-07,1999-11")
    assert messages(lambda: read_reports(folder.parent, codes)) == [
        f"{other}/periods.csv:2: end: '1999-11' is not '1999-10', as periods.csv:2 has it; write the same, or "
        "another id"
    ]


def test_reports_the_faults_of_all_reports_together(folder: Path, codes: CodeLists) -> None:
    other = folder.parent / "1999-09-10"
    shutil.copytree(folder, other)
    change(folder / "slices.csv", ",chart", ",graph")
    assert messages(lambda: read_reports(folder.parent, codes)) == [
        f"{other}/report.csv:2: id: '1999-09-09' is not the name of the folder; write '1999-09-10', or rename the "
        "folder",
        "slices.csv:3: kind: 'graph' is none of chart, list; write one of them",
    ]


def test_a_new_report_folder_says_only_that_its_report_is_missing(folder: Path, codes: CodeLists) -> None:
    new = folder / "2021-03-15"
    new_report(new)
    assert messages(lambda: read_report(new, codes)) == [
        "2021-03-15/report.csv:2: row: is missing; describe the report in one row"
    ]
    resources = [json.loads((path / PACKAGE_FILE).read_text(encoding="utf-8"))["resources"] for path in (new, folder)]
    assert resources[0] == resources[1]


def test_never_overwrites_a_report_folder(folder: Path) -> None:
    before = (folder / "report.csv").read_bytes()
    assert messages(lambda: new_report(folder)) == [
        ".:1: file: is there already, and nothing is ever overwritten; name a folder that does not exist"
    ]
    assert (folder / "report.csv").read_bytes() == before


def test_a_new_report_folder_is_named_after_a_day(folder: Path) -> None:
    assert messages(lambda: new_report(folder / "march")) == [
        "march:1: file: 'march' is no date; name the folder YYYY-MM-DD, after the publication"
    ]
    assert not (folder / "march").exists()
    assert "2021-02-30:1: file: '2021-02-30' is no date" in messages(lambda: new_report(folder / "2021-02-30"))[0]


def test_refuses_a_data_folder_without_a_report_and_a_report_folder_in_its_place(
    folder: Path, codes: CodeLists
) -> None:
    (folder.parent / "empty").mkdir()
    assert messages(lambda: read_reports(folder.parent / "empty", codes)) == [
        f"{folder.parent}/empty:1: file: holds no report folder; name the folder that holds the report folders"
    ]
    assert messages(lambda: read_reports(folder, codes)) == [".:1: file: holds no report folder; name the folder above"]


def test_does_not_pass_over_a_report_folder_that_lost_its_data_package(folder: Path, codes: CodeLists) -> None:
    (folder / PACKAGE_FILE).unlink()
    found = messages(lambda: read_reports(folder.parent, codes))
    assert found == ["datapackage.json:1: file: is missing; copy it from another report folder, or scaffold a new one"]


def test_says_once_what_two_rules_find(folder: Path, codes: CodeLists) -> None:
    assert [str(fault) for fault in TableError([Fault("a.csv", 1, "id", "is empty", "fill it in")] * 2).faults] == [
        "a.csv:1: id: is empty; fill it in"
    ]


# -- any mutation -------------------------------------------------------------------------------------------------

SCHEMAS = list(table_schemas().values())
CLOSED = [(schema, field) for schema in SCHEMAS for field in schema.fields if field.code_list or field.type != "string"]
SLOW = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def rows_of(schema: TableSchema) -> list[list[str]]:
    with (TINY / schema.file).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def as_csv(rows: list[list[str]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue()


def faults_of(folder: Path, codes: CodeLists, schema: TableSchema, raw: bytes) -> tuple[Fault, ...]:
    """The faults with one file of the invented report replaced; the file is put back afterwards."""
    (folder / schema.file).write_bytes(raw)
    try:
        read_report(folder, codes, text=TEXT)
    except TableError as error:
        return error.faults
    finally:
        shutil.copyfile(TINY / schema.file, folder / schema.file)
    return ()


@SLOW
@given(data=st.data())
def test_any_cell_is_read_or_refused_by_places_that_exist(data: st.DataObject, folder: Path, codes: CodeLists) -> None:
    schema = data.draw(st.sampled_from(SCHEMAS))
    rows = rows_of(schema)
    row = data.draw(st.integers(1, len(rows) - 1))
    column = data.draw(st.integers(0, len(schema.fields) - 1))
    others = st.sampled_from(sorted({other[column] for other in rows[1:]}))
    rows[row][column] = data.draw(
        st.text(max_size=20) | others | st.from_regex(r"-?[0-9]{1,6}(\.[0-9])?", fullmatch=True)
    )
    raw = as_csv(rows).encode("utf-8", errors="replace")
    for fault in faults_of(folder, codes, schema, raw):
        content = raw if fault.file == schema.file else (TINY / fault.file).read_bytes()
        assert 1 <= fault.line <= content.count(b"\n") + content.count(b"\r") + 1
        assert fault.column
        assert fault.problem
        assert fault.remedy


@SLOW
@given(data=st.data())
def test_a_cell_that_is_wrong_by_itself_is_named(data: st.DataObject, folder: Path, codes: CodeLists) -> None:
    schema, field = data.draw(st.sampled_from(CLOSED))
    rows = rows_of(schema)
    row = data.draw(st.integers(1, len(rows) - 1))
    junk = data.draw(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=12))
    rows[row][[column.name for column in schema.fields].index(field.name)] = f"?{junk}"
    found = faults_of(folder, codes, schema, as_csv(rows).encode())
    assert (schema.file, row + 1, field.name) in {(fault.file, fault.line, fault.column) for fault in found}


@SLOW
@given(data=st.data())
def test_any_bytes_are_read_or_refused(data: st.DataObject, folder: Path, codes: CodeLists) -> None:
    schema = data.draw(st.sampled_from(SCHEMAS))
    raw = (TINY / schema.file).read_bytes()
    at = data.draw(st.integers(0, len(raw)))
    until = data.draw(st.integers(at, min(len(raw), at + 40)))
    some = st.binary(max_size=6) | st.text('",\n;ab \t\r', max_size=6).map(str.encode)
    for fault in faults_of(folder, codes, schema, raw[:at] + data.draw(some) + raw[until:]):
        assert fault.line >= 1


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=12)


@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1)))
def test_written_rows_are_read_back_with_their_physical_lines(rows: list[list[str]]) -> None:
    faults: list[Fault] = []
    line = 1
    for row, raw in zip(rows, split_rows(as_csv(rows), "any.csv", faults), strict=True):
        assert (raw.cells, raw.line) == (row, line)
        line += 1 + sum(cell.count("\n") for cell in row)
    assert faults == []


def written(report: ReportTables, name: str, attribute: str) -> str:
    """A table written from the records of its rows."""
    schema = table_schemas()[name]
    rows = [[field.name for field in schema.fields]]
    for record in getattr(report, attribute):
        cells = {field.name: getattr(record, field.name, "") for field in schema.fields}
        if name in ("figures", "mentions"):
            stated = record.dimensions.as_dict() if name == "figures" else record.overrides
            cells |= {dimension: stated.get(dimension, "") for dimension in DIMENSIONS}
        rows.append(["" if cell is None else str(cell) for cell in cells.values()])
    return as_csv(rows)


WITHOUT_RECORDS = ("report", "components", "slice-figures", "addressees")


@pytest.mark.parametrize("name", [name for name in table_schemas() if name not in WITHOUT_RECORDS])
def test_records_hold_all_that_their_table_says(name: str, tiny: Path, codes: CodeLists) -> None:
    report = read_report(tiny, codes)
    attribute = {"numbers": "other_numbers"}.get(name, name)
    assert written(report, name, attribute) == (tiny / f"{name}.csv").read_text(encoding="utf-8")
