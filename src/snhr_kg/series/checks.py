"""Asks what other publications count whether it holds together, and answers each question as data.

Four rules: cumulative counts do not fall, parts come to their total, a publisher goes on counting the same thing under
the same name, and the readings of a figure agree. Verdicts come from the bounds of the printed values, as for the
report's own figures; what does not hold together is published as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from snhr_kg.records import DIMENSIONS, Check, StatedFigure
from snhr_kg.rules.check import CONSISTENT, CONTRADICTORY, VERDICTS_BY_WEIGHT, Quantity, compare, compare_within
from snhr_kg.rules.interval import grouped, total
from snhr_kg.series import iris
from snhr_kg.series.labels import Labels
from snhr_kg.series.members import Member, of_publication, of_report, quantity, refuse_unknown
from snhr_kg.series.records import Reading, Series, SeriesTables

if TYPE_CHECKING:
    from snhr_kg.codes.lists import CodeLists


@dataclass(frozen=True, slots=True)
class Asked:
    """What the questions are asked of: the tables, and every member of a series that is known, by id."""

    tables: SeriesTables
    labels: Labels
    members: Mapping[str, Member]

    def steps(self, series: Series) -> Iterator[tuple[Member, Member]]:
        """Neighbours among the members of a series."""
        return pairwise(self.members[figure] for figure in series.members if figure in self.members)


def check_series(
    tables: SeriesTables, codes: CodeLists, stated: Iterable[StatedFigure] | None = None
) -> tuple[Check, ...]:
    """The answers to all questions about the series, sorted by id.

    `stated` are the figures of the reports; without them, members that are a report's are passed over.

    Raises:
        TableError: a series names a figure that no report of `stated` has.
    """
    members = {figure.id: of_publication(figure) for figure in tables.figures}
    if stated is not None:
        members |= {member.id: member for member in (of_report(figure, codes) for figure in stated)}
        refuse_unknown(tables.series, members)
    asked = Asked(tables, Labels(tables, codes), members)
    questions = (falls, parts, definition, readings)
    return tuple(sorted((answer for question in questions for answer in question(asked)), key=lambda row: row.id))


def falls(asked: Asked) -> Iterator[Check]:
    """Whether each member of a cumulative series is no lower than the one before it; the residual is the fall."""
    for series in asked.tables.series:
        for earlier, later in asked.steps(series) if series.cumulative else ():
            one, other = earlier.quantity, later.quantity
            verdict = compare_within(one, other)
            if verdict is None or one.value is None or other.value is None:
                continue
            sign = ">" if one.value > other.value else "≤"
            english, arabic = asked.labels.series(series)
            yield _check(
                f"series-falls--{series.id}--{_local(later.id)}",
                "series-falls",
                iris.beside("line", series.id),
                (earlier.iri, later.iri),
                verdict,
                (one.value, other.value),
                f"{one.text} {sign} {other.text}",
                (f"Not falling: {english}", f"لا ينقص: {arabic}"),
            )


def parts(asked: Asked) -> Iterator[Check]:
    """Whether the parts of a partition come to its total, and no part of any breakdown exceeds it."""
    for breakdown in asked.tables.breakdowns:
        whole = asked.members[breakdown.total]
        figures = sorted((asked.members[part] for part in breakdown.parts), key=_largest_first)
        answer = _sum if breakdown.kind == "partition" else _within
        verdict, found, arithmetic = answer(whole.quantity, [figure.quantity for figure in figures])
        english, arabic = asked.labels.breakdown(breakdown)
        yield _check(
            f"series-parts--{_local(breakdown.id)}",
            "series-parts",
            iris.within("breakdown", breakdown.id),
            (whole.iri, *(figure.iri for figure in figures)),
            verdict,
            (whole.quantity.value, found),
            arithmetic,
            (f"Parts against total: {english}", f"الأجزاء مقابل المجموع: {arabic}"),
        )


def definition(asked: Asked) -> Iterator[Check]:
    """Whether neighbours in a series count the same: one answer a change, or one that there is none."""
    declared = {(row.series, row.before, row.after): row.note_en for row in asked.tables.breaks}
    for series in asked.tables.series:
        english, arabic = asked.labels.series(series)
        labels = (f"Same definition: {english}", f"التعريف نفسه: {arabic}")
        line, name = iris.beside("line", series.id), f"series-definition--{series.id}"
        changed = False
        for earlier, later in asked.steps(series):
            changes = [*_changes(earlier, later)]
            if note := declared.get((series.id, earlier.id, later.id)):
                changes.append(note)
            if changes:
                changed = True
                yield _check(
                    f"{name}--{_local(later.id)}",
                    "series-definition",
                    line,
                    (earlier.iri, later.iri),
                    CONTRADICTORY,
                    (None, None),
                    "; ".join(changes),
                    labels,
                )
        known = tuple(asked.members[figure].iri for figure in series.members if figure in asked.members)
        if not changed:
            same = f"{len(known)} members count the same"
            yield _check(name, "series-definition", line, known, CONSISTENT, (None, None), same, labels)


def readings(asked: Asked) -> Iterator[Check]:
    """Whether each other reading of a figure agrees with the one whose value it carries."""
    for figure in asked.tables.figures:
        carried = quantity(figure.carried)
        for place, reading in enumerate(figure.readings[1:], 2):
            other = quantity(reading)
            verdict = compare(carried, other)
            if verdict is None:
                continue
            english, arabic = asked.labels.figure(figure)
            iri = iris.within("figure", figure.id)
            yield _check(
                f"conflicting-readings--{_local(figure.id)}--{place}",
                "conflicting-readings",
                iri,
                (iri, *(iris.within("reading", f"{figure.id}-{number}") for number in (1, place))),
                verdict,
                (carried.value, other.value),
                f"carried {_graded(figure.carried)}; also read {_graded(reading)}",
                (f"Read more than once: {english}", f"مقروء أكثر من مرة: {arabic}"),
            )


def _sum(whole: Quantity, quantities: list[Quantity]) -> tuple[str, Decimal, str]:
    value = sum((part.value for part in quantities if part.value is not None), Decimal(0))
    bounds, pinned = total(part.interval for part in quantities), total(part.pinned for part in quantities)
    found = Quantity(value, bounds, pinned, grouped(value))
    arithmetic = f"{' + '.join(part.text for part in quantities)} = {found.text}; published {whole.text}"
    return compare(whole, found) or CONSISTENT, value, arithmetic


def _within(whole: Quantity, quantities: list[Quantity]) -> tuple[str, Decimal | None, str]:
    verdicts = {compare_within(part, whole) for part in quantities}
    worst = next(verdict for verdict in VERDICTS_BY_WEIGHT if verdict in verdicts)
    arithmetic = "; ".join(f"{part.text} {_sign(part, whole)} {whole.text}" for part in quantities)
    return worst, quantities[0].value, arithmetic


def _sign(part: Quantity, whole: Quantity) -> str:
    return ">" if part.value is not None and whole.value is not None and part.value > whole.value else "≤"


def _changes(earlier: Member, later: Member) -> Iterator[str]:
    for name in DIMENSIONS:
        one, other = getattr(earlier.dimensions, name), getattr(later.dimensions, name)
        if name != "period" and one != other:
            yield f"{name} {one}, then {other}"
    if earlier.basis != later.basis:
        yield f"basis {earlier.basis}, then {later.basis}"


def _graded(reading: Reading) -> str:
    return f"{reading.printed} ({reading.qualifier}, grade {reading.grade})"


def _largest_first(member: Member) -> tuple[Decimal, str]:
    return -(member.quantity.value or Decimal(0)), member.id


def _local(name: str) -> str:
    return name.replace("/", "--")


def _check(
    name: str,
    rule: str,
    about: str,
    involved: tuple[str, ...],
    verdict: str,
    numbers: tuple[Decimal | None, Decimal | None],
    arithmetic: str,
    labels: tuple[str, str],
) -> Check:
    expected, found = numbers
    residual = expected - found if expected is not None and found is not None else None
    return Check(
        id=name,
        report="",
        iri=iris.beside("check", name),
        rule=rule,
        about=about,
        involved=involved,
        verdict=verdict,
        expected=expected,
        found=found,
        residual=residual,
        arithmetic=arithmetic if residual is None else f"{arithmetic}; residual {grouped(residual)}",
        label_en=labels[0],
        label_ar=labels[1],
    )
