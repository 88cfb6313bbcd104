"""The numbers of a chart as a table beneath it, and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from snhr_kg.charts.records import BarChart, Chart, Row
from snhr_kg.charts.words import COLUMNS
from snhr_kg.site.formats import plain_number
from snhr_kg.site.links import LANGUAGES
from snhr_kg.site.words import translations

_OF_BARS: Final = ("what", "amount", "lower", "upper")
_OF_SOURCES: Final = ("line", "period", "amount", "lower", "upper", "grade", "source")

HEADER: Final = (
    "figure",
    "role",
    "label_en",
    "label_ar",
    "period_en",
    "period_ar",
    "amount_en",
    "amount_ar",
    "value",
    "lower",
    "upper",
    "qualifier",
    "unit",
    "grade",
    "source_en",
    "source_ar",
)
"""The columns of the CSV; `figure` is an IRI, bounds are empty where the wording sets none."""


def table(chart: Chart, language: str) -> tuple[list[str], list[dict[str, Any]]]:
    """The heads of the columns, and of each row the IRI of its figure and its cells."""
    t = translations(language)
    columns = _columns(chart)
    rows = [{"iri": row.iri, "cells": [_cell(row, column, language) for column in columns]} for row in chart.rows]
    return [COLUMNS[column](t) for column in columns], rows


def as_csv(chart: Chart) -> bytes:
    """Every number of the chart in both languages, a row each."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")  # RFC 4180
    writer.writerow(HEADER)
    writer.writerows(_csv_row(chart, row) for row in chart.rows)
    return text.getvalue().encode()


def _columns(chart: Chart) -> Sequence[str]:
    return _OF_BARS if isinstance(chart, BarChart) and chart.kind != "sources" else _OF_SOURCES


def _cell(row: Row, column: str, language: str) -> str:
    if column == "amount":
        return row.amount(language).words
    if column in ("lower", "upper"):
        bound = getattr(row, column)
        return translations(language).ugettext("no bound stated") if bound is None else plain_number(bound)
    text: str = getattr(row, "label" if column in ("what", "line") else column)[language]
    return text


def _csv_row(chart: Chart, row: Row) -> list[str]:
    source = row.source if row.source.en else chart.source
    words = (text[language] for text in (row.label, row.period) for language in LANGUAGES)
    amounts = (row.amount(language).words for language in LANGUAGES)
    numbers = (_number(number) for number in (row.value, row.lower, row.upper))
    return [row.iri, row.role, *words, *amounts, *numbers, row.qualifier, row.unit, row.mark, source.en, source.ar]


def _number(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"
