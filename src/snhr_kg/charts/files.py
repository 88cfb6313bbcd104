"""The files of the charts of a build: pictures in both languages, numbers, and the index that lists them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from snhr_kg.charts.breakdowns import Stated, report_charts
from snhr_kg.charts.describe import description
from snhr_kg.charts.draw import Drawn, draw_both
from snhr_kg.charts.records import Chart
from snhr_kg.charts.tables import as_csv, table
from snhr_kg.charts.topics import NothingToDraw, topic_chart
from snhr_kg.comparisons.compare import Compared
from snhr_kg.site.links import LANGUAGES

FOLDER: Final = "charts"
INDEX: Final = f"{FOLDER}/index.json"


def chart_files(reports: Sequence[Stated], compared: Sequence[Compared]) -> Iterator[tuple[str, bytes]]:
    """Path below the build's folder, and bytes, of every file; the index comes last."""
    listed = []
    for chart in all_charts(reports, compared):
        drawn = {language: draw_both(chart, language) for language in LANGUAGES}
        stem = f"{FOLDER}/{chart.id}"
        files = {f"{stem}.csv": as_csv(chart)}
        for language, pictures in drawn.items():
            files[f"{stem}.{language}.svg"] = pictures.svg.encode()
            files[f"{stem}.{language}.png"] = pictures.png
        yield from files.items()
        listed.append(_entry(chart, drawn, sorted(name.removeprefix(f"{FOLDER}/") for name in files)))
    yield INDEX, (json.dumps({"charts": listed}, ensure_ascii=False, indent=1) + "\n").encode()


def all_charts(reports: Sequence[Stated], compared: Sequence[Compared]) -> Iterator[Chart]:
    """Every chart there is: of each report, then of each topic; ids of a second report's begin with its own."""
    for number, stated in enumerate(reports):
        for chart in report_charts(stated):
            yield chart if number == 0 else replace(chart, id=f"{stated.tables.report.id}-{chart.id}")
    for one in compared:
        try:
            yield topic_chart(one.topic, one.figures)
        except NothingToDraw:
            continue


def _entry(chart: Chart, drawn: dict[str, Drawn], files: list[str]) -> dict[str, Any]:
    return {
        "id": chart.id,
        "kind": chart.kind,
        "about": chart.about,
        "files": files,
        **{language: _said(chart, language, drawn[language]) for language in LANGUAGES},
    }


def _said(chart: Chart, language: str, drawn: Drawn) -> dict[str, Any]:
    columns, rows = table(chart, language)
    return {
        "title": chart.title[language],
        "unit": chart.unit[language],
        "note": chart.note[language],
        "source": chart.source[language],
        "description": description(chart, language),
        "width": drawn.width,
        "height": drawn.height,
        "columns": columns,
        "rows": rows,
    }
