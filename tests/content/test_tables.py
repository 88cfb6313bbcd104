"""The report folders under `data/`: each is read without a fault, here and by another tool."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from needs import need
from snhr_kg.codes.lists import CodeLists
from snhr_kg.content import folder
from snhr_kg.tables.read import read_report, read_reports
from snhr_kg.tables.schema import PACKAGE_FILE

FOLDERS = sorted(package.parent for package in folder("data").glob(f"*/{PACKAGE_FILE}"))


@pytest.mark.parametrize("report", FOLDERS, ids=lambda report: report.name)
def test_a_report_folder_is_read_without_a_fault(report: Path, codes: CodeLists) -> None:
    assert read_report(report, codes).report.id == report.name


@pytest.mark.parametrize("report", FOLDERS, ids=lambda report: report.name)
def test_a_report_folder_is_a_valid_frictionless_package(report: Path) -> None:
    need.package("frictionless", "tables checked by another tool")
    from frictionless import validate

    verdict = validate(str(report / PACKAGE_FILE))
    assert verdict.valid, verdict.flatten(["place", "rowNumber", "fieldName", "message"])


@pytest.mark.parametrize("report", FOLDERS, ids=lambda report: report.name)
def test_a_report_folder_says_who_may_use_it_and_what_it_was_made_from(report: Path) -> None:
    package = json.loads((report / PACKAGE_FILE).read_text(encoding="utf-8"))
    assert package["name"] == f"snhr-kg-{report.name}"
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0"]
    assert all(source["title"] for source in package["sources"])


def test_reports_share_their_periods(codes: CodeLists, tiny: Path, tmp_path: Path) -> None:
    for report in (*FOLDERS, tiny):
        (tmp_path / report.name).symlink_to(report, target_is_directory=True)
    assert [tables.report.id for tables in read_reports(tmp_path, codes)] == sorted(
        report.name for report in (*FOLDERS, tiny)
    )
