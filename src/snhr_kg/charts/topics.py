"""The charts of what several sources count: lines over time, or bars where there is little to follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from snhr_kg import names
from snhr_kg.charts.records import FIGURE, LETTERS, BarChart, Chart, Dot, Path, Row, TimeChart, Words
from snhr_kg.charts.strands import YEARLY, Mark, Strand, strands
from snhr_kg.charts.words import GRADES, UNITS, filled, said, together
from snhr_kg.comparisons.records import REPORT, SNHR, Line, Quantity, Topic
from snhr_kg.errors import SnhrKgError

_A_YEAR: Final = timedelta(days=366)
_FEWEST: Final = 4
"""With fewer numbers a topic is drawn as bars."""


class NothingToDraw(SnhrKgError):
    """No figure of a topic can stand in a chart."""


def topic_chart(topic: Topic, figures: Mapping[Line, Sequence[Quantity]]) -> Chart:
    """The chart of a topic; raises `NothingToDraw` where no figure has a date and a number."""
    early = _too_early(figures)
    kept = {line: [figure for figure in some if figure.iri not in early] for line, some in figures.items()}
    drawn = strands(kept)
    if not drawn:
        raise NothingToDraw(f"{topic.id}: no figure has a date and a number to draw")
    count = sum(len(strand.marks) for strand in drawn)
    return _bars(topic, drawn) if count < _FEWEST else _over_time(topic, drawn, bool(early))


def _too_early(figures: Mapping[Line, Sequence[Quantity]]) -> set[str]:
    """Figures of a time that ended more than a year before any that SNHR counts began: they answer another question."""
    own = [figure for line, some in figures.items() if line.role in (REPORT, SNHR) for figure in some]
    begins = [figure.period.begin for figure in own if figure.period.begin]
    if not begins:
        return set()
    first = min(begins) - _A_YEAR
    every = (figure for some in figures.values() for figure in some)
    return {figure.iri for figure in every if figure.period.end and figure.period.end < first}


def _bars(topic: Topic, drawn: Sequence[Strand]) -> BarChart:
    rows = tuple(_row(strand.line, mark.figure, of_period=True) for strand in drawn for mark in strand.marks)
    note = said(lambda t: t.ugettext("Each is what one source counts of its own period: they must not be added up."))
    return BarChart(
        id=_id(topic),
        kind="sources",
        about=_about(topic, rows),
        title=Words(topic.label_en, topic.label_ar),
        unit=said(UNITS[rows[0].unit]),
        note=together(note, *_ranges(rows)),
        source=_sources(),
        rows=rows,
    )


def _over_time(topic: Topic, drawn: Sequence[Strand], shortened: bool) -> TimeChart:
    lines = dict.fromkeys(strand.line for strand in drawn)
    letters = {line: LETTERS[number] for number, line in enumerate(lines)}
    paths = tuple(_path(strand, letters[strand.line]) for strand in drawn)
    rows = tuple(dot.row for path in paths for dot in path.dots)
    return TimeChart(
        id=_id(topic),
        kind="time",
        about=_about(topic, rows),
        title=Words(topic.label_en, topic.label_ar),
        unit=said(UNITS[rows[0].unit]),
        note=together(*_explained(paths), *_ranges(rows), *_shortened(shortened)),
        source=_sources(),
        lines={letter: _label(line) for line, letter in letters.items()},
        paths=paths,
        question=Words(topic.question_en, topic.question_ar),
    )


def _path(strand: Strand, letter: str) -> Path:
    steps = list(strand.steps())
    fallen = {(other.day, other.figure.iri) for _, other, _, falls in steps if falls}
    through = [steps[0][0], *(other for _, other, _, _ in steps)] if steps else []
    return Path(
        letter=letter,
        dots=tuple(_dot(strand.line, mark, fallen) for mark in strand.marks),
        through=tuple(_dot(strand.line, mark, fallen) for mark in through),
        broken=tuple(far for _, _, far, _ in steps),
        yearly=strand.shape == YEARLY,
    )


def _dot(line: Line, mark: Mark, fallen: set[tuple[date, str]]) -> Dot:
    return Dot(mark.day, _row(line, mark.figure), falls=(mark.day, mark.figure.iri) in fallen)


def _row(line: Line, figure: Quantity, of_period: bool = False) -> Row:
    period = Words(figure.period.label_en, figure.period.label_ar)
    if names.notation(figure.period.iri) == "_U":
        period = said(lambda t: t.ugettext("period not stated"))
    label = _label(line)
    return Row(
        iri=figure.iri,
        label=filled(lambda t: t.ugettext("%(line)s: %(period)s"), line=label, period=period) if of_period else label,
        role=FIGURE,
        unit=names.notation(line.unit),
        qualifier=figure.qualifier,
        value=figure.value,
        lower=figure.lower,
        upper=figure.upper,
        period=period,
        source=label if line.role == REPORT else Words(figure.source.label_en, figure.source.label_ar),
        grade=said(GRADES[figure.grade]),
        mark=figure.grade,
    )


def _label(line: Line) -> Words:
    return Words(line.label_en, line.label_ar)


def _id(topic: Topic) -> str:
    return f"topic-{topic.id}"


def _about(topic: Topic, rows: Sequence[Row]) -> tuple[str, ...]:
    return (names.comparison(f"topic/{topic.id}"), *dict.fromkeys(row.iri for row in rows))


def _explained(paths: Sequence[Path]) -> list[Words]:
    """What the ways of drawing mean that this chart has."""
    found = []
    if any(path.yearly for path in paths):
        found.append(said(lambda t: t.ugettext("Marks that no line joins: counts of a single year or less.")))
    if any(far for path in paths if not path.yearly for far in path.broken):
        found.append(said(lambda t: t.ugettext("Broken line: more than 18 months without a figure.")))
    if any(dot.falls for path in paths for dot in path.dots):
        found.append(said(lambda t: t.ugettext("Triangle beneath a mark: a running count that falls.")))
    return found


def _ranges(rows: Sequence[Row]) -> list[Words]:
    found = []
    if any(row.is_open for row in rows):
        found.append(said(lambda t: t.ugettext("Arrow: at least so many.")))
    if any(row.is_range for row in rows):
        found.append(
            said(
                lambda t: t.ugettext(
                    "Thin line: from the lowest to the highest that the source gives or, as snhr-kg reads it, means."
                )
            )
        )
    return found


def _shortened(is_so: bool) -> list[Words]:
    if not is_so:
        return []
    return [said(lambda t: t.ugettext("Counts of times long before are left out."))]


def _sources() -> Words:
    return said(lambda t: t.ugettext("Sources: those named, each publication in the table; snhr-kg"))
