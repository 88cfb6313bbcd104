"""Each check explained: what was compared, the arithmetic with the printed numbers, and what the verdict means.

The verdict, its rule and the two numbers come from the graph; the sentences are made here from the quantities that the
check involves, in the language of the page. A rule that this module has no words for is told by its own definition and
the graph's line of arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from snhr_kg import names
from snhr_kg.site.amounts import decimal
from snhr_kg.site.check_sides import Side, amount_words, largest_first, plain, quantity_of, side_of
from snhr_kg.site.formats import plain_number
from snhr_kg.site.visit import Visit
from snhr_kg.site.words import gettext as _
from snhr_kg.site.words import pgettext

CONSISTENT: Final = "consistent"
THROUGH_AT_LEAST: Final = "consistent-only-through-at-least"
CONTRADICTORY: Final = "contradictory"

_CONTAINED: Final = frozenset({"subset-within-whole", "nested-not-growing"})
"""Rules on what lies in something larger: what is left between the two is no disagreement, and no figure."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A check in words; `sum` is its arithmetic with printed numbers, `difference` how far two numbers that should
    agree are apart, empty where they are not.
    """

    iri: str
    verdict: str
    rule: str
    sentences: tuple[str, ...]
    sum: str
    sides: tuple[Side, ...]
    difference: str


@dataclass(frozen=True, slots=True)
class Case:
    """A check as the graph has it: what it is computed on, the two numbers, and all that it involves."""

    iri: str
    verdict: str
    about: str
    expected: Decimal | None
    found: Decimal | None
    involved: tuple[str, ...]

    @property
    def difference(self) -> Decimal | None:
        """How far the numbers are apart, without a sign."""
        return None if self.expected is None or self.found is None else abs(self.expected - self.found)


def explain(visit: Visit, iri: str) -> Explained:
    """The check with this IRI in words."""
    held = visit.holding
    rule = held.value(iri, "snhr:rule") or ""
    verdict = held.value(iri, "snhr:verdict") or ""
    expected, found = (decimal(held.value(iri, predicate)) for predicate in ("snhr:expected", "snhr:found"))
    about = held.value(iri, "dqv:computedOn") or ""
    case = Case(iri, names.notation(verdict), about, expected, found, tuple(held.values(iri, "snhr:involves")))
    rule_name = names.notation(rule)
    told = _BY_RULE.get(rule_name, _as_stated)(visit, case)
    left = plain_number(case.difference) if case.difference and rule_name not in _CONTAINED else ""
    return Explained(iri, verdict, rule, (*told.sentences, *_judged(visit, case, told)), told.sum, told.sides, left)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a rule's words come to before the verdict: `roomy` are those whose open upper side may reconcile."""

    sentences: tuple[str, ...]
    sum: str
    sides: tuple[Side, ...]
    roomy: tuple[str, ...] = ()


def _partition(visit: Visit, case: Case) -> _Told:
    """The parts of a total, added up."""
    total = visit.holding.value(case.about, "snhr:total") or ""
    parts = largest_first(visit, visit.holding.values(case.about, "snhr:component"))
    printed = " + ".join(plain_number(one) for iri in parts if (one := quantity_of(visit, iri).value) is not None)
    if case.difference:
        sentence = _("The parts, as printed, add up to %(found)s; the stated total is %(expected)s.")
    else:
        sentence = _("The parts, as printed, add up to %(found)s: exactly the stated total.")
    falls_short = case.found is not None and case.expected is not None and case.found < case.expected
    sentences = [_filled(sentence, case)]
    if falls_short:
        rest = _("The %(difference)s between them stand in no part, and the report does not say whose they are.")
        sentences.append(_filled(rest, case))
    return _Told(
        tuple(sentences),
        f"{printed} = {plain(case.found)}",
        (*(side_of(visit, iri, "") for iri in parts), side_of(visit, total, _("Stated total"))),
        tuple(iri for iri in (parts if falls_short else [total]) if quantity_of(visit, iri).upper is None),
    )


def _mentions(visit: Visit, case: Case) -> _Told:
    """Two places of the text that state the same figure."""
    both = [iri for iri in case.involved if visit.holding.value(iri, "snhr:mentionOf")]
    both.sort(key=lambda iri: iri == case.about)
    sides = tuple(
        side_of(visit, iri, str(visit.label(visit.holding.value(iri, "snhr:textPart") or ""))) for iri in both
    )
    amounts = {side.amount for side in sides}
    if case.difference or case.difference is None:
        sentence = _("Two places of the text state this figure with different numbers: “%(first)s” and “%(second)s”.")
    elif len(amounts) > 1:
        sentence = _("Two places of the text state the same number, worded as “%(first)s” and “%(second)s”.")
    else:
        sentence = _("Two places of the text state the same: “%(first)s”.")
    first, second = (sides[0].amount, sides[-1].amount) if sides else ("", "")
    roomy = tuple(iri for iri in both if quantity_of(visit, iri).upper is None)
    return _Told((sentence % {"first": first, "second": second},), "", sides, roomy)


def _share(visit: Visit, case: Case) -> _Told:
    """A stated share, and the same share from the counts."""
    whole = visit.holding.value(case.about, "snhr:shareOf") or ""
    part = next((iri for iri in case.involved if iri not in (whole, case.about)), "")
    stated = side_of(visit, case.about, _("Stated share"))
    sentence = _("The counts make it %(found)s percent; the report states “%(stated)s”.")
    numbers = [plain(quantity_of(visit, iri).value) for iri in (part, whole)]
    return _Told(
        (sentence % {"found": plain(case.found), "stated": stated.amount},),
        f"100 × {numbers[0]} ÷ {numbers[1]} = {plain(case.found)}",
        (side_of(visit, part, _("Part")), side_of(visit, whole, _("Whole")), stated),
        tuple(iri for iri in (part, whole, case.about) if quantity_of(visit, iri).upper is None),
    )


def _subset(visit: Visit, case: Case) -> _Told:
    """A part that must not be larger than its whole."""
    whole = visit.holding.value(case.about, "snhr:total") or ""
    part = next((iri for iri in case.involved if iri != whole), "")
    sign = "≤" if (case.found or 0) <= (case.expected or 0) else ">"
    return _Told(
        (_("A part cannot be larger than the whole that contains it."),),
        f"{plain(case.found)} {sign} {plain(case.expected)}",
        (side_of(visit, part, _("Part")), side_of(visit, whole, _("Whole"))),
        (whole,) if quantity_of(visit, whole).upper is None else (),
    )


def _nested(visit: Visit, case: Case) -> _Told:
    """Counts that lie one inside another."""
    chain = largest_first(visit, case.involved)
    return _Told(
        (_("Each count contains the next, so none can be larger than the one that contains it."),),
        " ≥ ".join(plain(quantity_of(visit, iri).value) for iri in chain),
        tuple(side_of(visit, iri, "") for iri in chain),
    )


def _as_stated(visit: Visit, case: Case) -> _Told:
    """By the rule's own definition and the graph's arithmetic."""
    defined = visit.text(visit.holding.value(case.iri, "snhr:rule") or "", "skos:definition")
    arithmetic = visit.holding.value(case.iri, "snhr:arithmetic") or ""
    sides = tuple(side_of(visit, iri, "") for iri in case.involved)
    return _Told((str(defined),) if defined else (), arithmetic, sides)


_BY_RULE: Final[dict[str, Callable[[Visit, Case], _Told]]] = {
    "partition-sum": _partition,
    "mentions-agree": _mentions,
    "share-of-count": _share,
    "subset-within-whole": _subset,
    "nested-not-growing": _nested,
}


def _judged(visit: Visit, case: Case, told: _Told) -> list[str]:
    """What the verdict means here."""
    if case.verdict == CONTRADICTORY:
        return [
            _("The wording leaves no room for both: as printed, they cannot both be right."),
            _("The contradiction is published as it stands; nothing is repaired."),
        ]
    if case.verdict == THROUGH_AT_LEAST:
        return [_open_above(visit, told.roomy)]
    if told.sum and ("≤" in told.sum or "≥" in told.sum):
        return [_("So it is here.")]
    return [_("What the wording of each leaves open overlaps: both can be right.")] if case.difference != 0 else []


def _open_above(visit: Visit, roomy: tuple[str, ...]) -> str:
    """Which numbers, having no upper limit, are all that reconciles."""
    if not roomy:
        return _("Both can be right only because a number given as “at least” may be higher than printed.")
    listed = pgettext("between items of a list", "; ").join(
        _("“%(name)s” (%(amount)s)") % {"name": visit.label(iri), "amount": amount_words(visit, iri)} for iri in roomy
    )
    sentence = _(
        "Both can be right only because a number given as “at least” may be higher than printed, here %(list)s."
    )
    return sentence % {"list": listed}


def _filled(sentence: str, case: Case) -> str:
    numbers = {"found": case.found, "expected": case.expected, "difference": case.difference}
    return sentence % {name: plain(number) for name, number in numbers.items()}
