"""What is shown of comparisons: two figures of one topic, how far they are apart, and why they may differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from snhr_kg import names
from snhr_kg.holding import Holding, Text
from snhr_kg.site import amounts
from snhr_kg.site.amounts import Amount
from snhr_kg.site.formats import plain_number
from snhr_kg.site.once import Each
from snhr_kg.site.outside import outside
from snhr_kg.site.visit import Visit
from snhr_kg.site.words import gettext as _

STOCK_NOT_FLOW: Final = names.code("comparability", "stock-not-flow")
NOT_INDEPENDENT: Final = names.code("comparability", "not-independent")
_ESTIMATED: Final = names.code("basis", "estimated")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two figures: whose it is, of when, how many; `held` where the report states it.

    `notes` are what its source or its reader says of it.
    """

    iri: str
    label: Text
    amount: Amount
    source: str
    source_label: Text
    period: str
    period_label: Text
    basis: str | None
    grade: str | None
    held: bool
    notes: tuple[Text, ...]

    @property
    def estimated(self) -> bool:
        """Whether it is an estimate, not a count of what was documented."""
        return self.basis == _ESTIMATED


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two figures may differ, as somebody stated it: the kind of it, what is so here, and where that was read."""

    code: str
    words: Text
    read_in: str
    address: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One comparison; `apart` and `ratio` are words, empty where nothing is computed."""

    iri: str
    label: Text
    topic: str
    left: Side
    right: Side
    relation: str
    apart: str
    ratio: str
    arithmetic: str
    reasons: tuple[str, ...]
    stated: tuple[Reason, ...]
    seen: tuple[Text, ...]

    @property
    def of_stock_and_flow(self) -> bool:
        """Whether one side counts who is so at one time, the other everybody over time."""
        return STOCK_NOT_FLOW in self.reasons

    @property
    def independent(self) -> bool:
        """Whether nothing was read that makes one source draw on the other."""
        return NOT_INDEPENDENT not in self.reasons


@dataclass(frozen=True, slots=True)
class Topic:
    """One question, and what is set side by side on it: each left figure with those beside it."""

    iri: str
    label: Text
    question: Text | None
    caveat: Text | None
    beside: tuple[tuple[Side, tuple[Compared, ...]], ...]

    @property
    def local(self) -> str:
        """The name of the topic in addresses."""
        return self.iri.rpartition("/")[2]

    @property
    def count(self) -> int:
        """How many comparisons it has."""
        return sum(len(rows) for _, rows in self.beside)


@dataclass(frozen=True, slots=True)
class Group:
    """Topics that one caveat holds for, under the name of what most of their figures count."""

    anchor: str
    label: Text
    caveat: Text | None
    topics: tuple[Topic, ...]


def groups(visit: Visit) -> list[Group]:
    """All topics, those with one caveat together; the largest group first."""
    found: dict[str, list[Topic]] = {}
    for iri in visit.holding.instances("snhr:ComparisonTopic"):
        topic = topic_of(visit, iri)
        found.setdefault(str(topic.caveat or ""), []).append(topic)
    return [_group(visit, sorted(topics, key=_most_first)) for topics in sorted(found.values(), key=len, reverse=True)]


def topic_of(visit: Visit, iri: str) -> Topic:
    """A topic with its comparisons: the report's figures first, then those of later publications."""
    rows = [compared(visit, one) for one in visit.holding.subjects("snhr:topic", iri)]
    lefts: dict[str, list[Compared]] = {}
    for row in sorted(rows, key=lambda row: (not row.left.held, row.left.iri, row.right.iri)):
        lefts.setdefault(row.left.iri, []).append(row)
    return replace(topic_alone(visit, iri), beside=tuple((rows[0].left, tuple(rows)) for rows in lefts.values()))


def topic_alone(visit: Visit, iri: str) -> Topic:
    """A topic without its comparisons."""
    caveat = visit.text(iri, "snhr:caveat")
    return Topic(iri, visit.label(iri), visit.text(iri, "skos:definition"), caveat, ())


def of_figure(visit: Visit, iri: str) -> list[Compared]:
    """The comparisons in which a figure stands on either side, in order."""
    found = {*visit.holding.subjects("snhr:leftFigure", iri), *visit.holding.subjects("snhr:rightFigure", iri)}
    return [compared(visit, one) for one in sorted(found)]


_shown: Final[Each[tuple[str, str], Compared]] = Each()


def compared(visit: Visit, iri: str) -> Compared:
    """A comparison as it is shown."""
    return _shown.get(visit.holding, (iri, visit.language), lambda: _compared(visit, iri))


def _compared(visit: Visit, iri: str) -> Compared:
    held = visit.holding
    difference, ratio = held.value(iri, "snhr:difference"), held.value(iri, "snhr:ratio")
    stated = tuple(_stated(held, one, visit.language) for one in held.values(iri, "dcterms:references"))
    return Compared(
        iri=iri,
        label=visit.label(iri),
        topic=held.value(iri, "snhr:topic") or "",
        left=_side(visit, iri, "left"),
        right=_side(visit, iri, "right"),
        relation=held.value(iri, "snhr:periodRelation") or "",
        apart=apart(Decimal(difference)) if difference is not None else "",
        ratio=plain_number(ratio) if ratio is not None else "",
        arithmetic=held.value(iri, "snhr:arithmetic") or "",
        reasons=tuple(held.values(iri, "snhr:reasonForDifference")),
        stated=stated,
        seen=tuple(held.texts(iri, "rdfs:comment", visit.language)),
    )


def apart(difference: Decimal) -> str:
    """How far the second number is from the first, in words."""
    if difference == 0:
        return _("the same number")
    words = _("%(number)s more") if difference > 0 else _("%(number)s fewer")
    return words % {"number": plain_number(abs(difference))}


def _side(visit: Visit, comparison: str, side: str) -> Side:
    held, others = visit.holding, outside(visit)
    figure, source, period = (
        held.value(comparison, f"snhr:{side}{name}") or "" for name in ("Figure", "Source", "Period")
    )
    where = held if figure in held else others
    return Side(
        iri=figure,
        label=where.label(figure, visit.language),
        amount=_amount(visit, where, comparison, side, figure),
        source=source,
        source_label=(held if source in held else others).label(source, visit.language),
        period=period,
        period_label=(held if period in held else others).label(period, visit.language),
        basis=where.value(figure, "snhr:basis"),
        grade=where.value(figure, "snhr:grade"),
        held=figure in held,
        notes=() if figure in held else tuple(others.texts(figure, "rdfs:comment", visit.language)),
    )


def _amount(visit: Visit, where: Holding, comparison: str, side: str, figure: str) -> Amount:
    """The amount as its figure says it; by the comparison's own copy of the value where the figure cannot be read."""
    said = amounts.quantity(where, figure, visit.language, codes=visit.holding)
    if not said.qualifier:
        value = visit.holding.value(comparison, f"snhr:{side}Value")
        qualifier = visit.holding.value(comparison, f"snhr:{side}Qualifier") or ""
        said = replace(said, qualifier=names.notation(qualifier), value=None if value is None else Decimal(value))
    return amounts.amount_of(said, visit.language)


def _stated(held: Holding, iri: str, language: str) -> Reason:
    return Reason(
        held.value(iri, "snhr:reasonForDifference") or "",
        held.label(iri, language),
        held.value(iri, "dcterms:bibliographicCitation") or "",
        held.value(iri, "dcterms:source") or "",
    )


def _most_first(topic: Topic) -> tuple[int, str]:
    return -topic.count, topic.local


def _group(visit: Visit, topics: Sequence[Topic]) -> Group:
    """The group is called after the indicator that most of its figures have."""
    others = outside(visit)
    counted: Counter[str] = Counter()
    for topic in topics:
        for left, rows in topic.beside:
            where = visit.holding if left.held else others
            counted.update(where.values(left.iri, "snhr:indicator") * len(rows))
    indicator = min(counted, key=lambda one: (-counted[one], one)) if counted else topics[0].iri
    return Group(f"about-{indicator.rpartition('/')[2]}", visit.label(indicator), topics[0].caveat, tuple(topics))
