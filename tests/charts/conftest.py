"""The charts of the real report, planned from its tables; of the invented one, drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from snhr_kg.charts.breakdowns import Stated, report_charts
from snhr_kg.charts.files import chart_files
from snhr_kg.charts.records import BarChart
from snhr_kg.codes.lists import CodeLists
from snhr_kg.content import folder
from snhr_kg.rules.derive import derive
from snhr_kg.rules.figure import state_figures
from snhr_kg.tables.read import read_reports


def stated_in(data: Path, codes: CodeLists) -> Stated:
    (tables,) = read_reports(data, codes)
    figures = state_figures(tables, codes)
    return Stated(tables, {one.figure.id: one for one in figures}, derive(figures, tables, codes), codes)


@pytest.fixture(scope="session")
def stated(codes: CodeLists) -> Stated:
    """The real report."""
    return stated_in(folder("data"), codes)


@pytest.fixture(scope="session")
def charts(stated: Stated) -> dict[str, BarChart]:
    """The charts of the real report by id."""
    return {chart.id: chart for chart in report_charts(stated)}


@pytest.fixture(scope="session")
def drawn(tiny: Path, codes: CodeLists) -> dict[str, bytes]:
    """The files of the charts of the invented report."""
    return dict(chart_files([stated_in(tiny.parent, codes)], []))
