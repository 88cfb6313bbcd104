"""What a chart says to those who do not see it."""

from __future__ import annotations

from snhr_kg.charts.records import BarChart, Chart, Dot, TimeChart
from snhr_kg.charts.words import Saying
from snhr_kg.site.words import translations


def description(chart: Chart, language: str) -> str:
    """The chart in words: every bar, or of each line its first and its last number."""
    told = _bars(chart, language) if isinstance(chart, BarChart) else _lines(chart, language)
    first = f"{chart.title[language]}:" if isinstance(chart, BarChart) else chart.question[language]
    comma = str(translations(language).upgettext("between items of a list", "; "))
    return " ".join(filter(None, (first, f"{comma.join(told)}.", chart.note[language])))


def _bars(chart: BarChart, language: str) -> list[str]:
    return [f"{row.label[language]}: {row.amount(language).words}" for row in chart.rows]


def _lines(chart: TimeChart, language: str) -> list[str]:
    t = translations(language)
    one: Saying = lambda t: t.ugettext("%(line)s: %(first)s")  # noqa: E731
    several: Saying = lambda t: t.ugettext("%(line)s: %(count)s numbers, from %(first)s to %(last)s")  # noqa: E731
    return [
        (one if len(path.dots) == 1 else several)(t)
        % {
            "line": chart.lines[path.letter][language],
            "count": len(path.dots),
            "first": _point(path.dots[0], language),
            "last": _point(path.dots[-1], language),
        }
        for path in chart.paths
    ]


def _point(dot: Dot, language: str) -> str:
    return f"{dot.row.amount(language).words} ({dot.row.period[language]})"
