"""Why two figures may differ, as far as the figures themselves show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from snhr_kg.comparisons.periods import NOT_STATED, SAME
from snhr_kg.comparisons.records import STOCK, Quantity, Reason

_ROUNDED: Final = ("nearly", "approximately", "order-of-magnitude")
_RELAYED: Final = ("C", "D")
_THOUSAND: Final = 1000


def computed_reasons(left: Quantity, right: Quantity, relation: str, versions: Sequence[Quantity]) -> Iterator[Reason]:
    """The reasons of a pair; `versions` are the figures of the right line for its period in all versions."""
    yield from _period(left, right, relation)
    yield from _nature(left, right)
    yield from _codes(left, right)
    yield from _basis(left, right)
    yield from _rounding(left, right)
    yield from _left_out(left, right)
    yield from _version(right, versions)
    yield from _grade(left, right)


def _period(left: Quantity, right: Quantity, relation: str) -> Iterator[Reason]:
    if relation == NOT_STATED or None in (left.period.begin, left.period.end, right.period.begin, right.period.end):
        yield Reason(
            "period",
            "A period has no stated beginning or end, so how much time both count is not known.",
            "إحدى الفترتين بلا بداية أو نهاية مذكورة، فلا يُعرف كم من الزمن يحصيه الرقمان معاً.",
        )
    elif relation != SAME:
        yield Reason(
            "period",
            f"The periods differ: {left.period.label_en} against {right.period.label_en}.",
            f"تختلف الفترتان: {left.period.label_ar} مقابل {right.period.label_ar}.",
        )


def stock_beside_flow(left: Quantity, right: Quantity) -> bool:
    """Whether one figure counts who is so at one time and the other who ever was: their ratio measures nothing."""
    return bool(left.nature and right.nature) and left.nature != right.nature


def _nature(left: Quantity, right: Quantity) -> Iterator[Reason]:
    if stock_beside_flow(left, right):
        stock, arabic = ("left", "الأول") if left.nature == STOCK else ("right", "الثاني")
        yield Reason(
            "stock-not-flow",
            f"The {stock} counts who is so at one time, the other everybody who ever was in the period.",
            f"{arabic} يحصي من هم كذلك في وقت واحد، والآخر كل من صار كذلك خلال الفترة.",
        )


def _codes(left: Quantity, right: Quantity) -> Iterator[Reason]:
    for code, one, other in (
        ("perpetrator", left.perpetrator, right.perpetrator),
        ("group", left.group, right.group),
    ):
        if one.iri != other.iri:
            yield Reason(
                code,
                f"The left is coded {one.label_en or one.iri}, the right {other.label_en or other.iri}.",
                f"رمز الأول: {one.label_ar or one.iri}، ورمز الثاني: {other.label_ar or other.iri}.",
            )


def _basis(left: Quantity, right: Quantity) -> Iterator[Reason]:
    bases = {left.basis, right.basis}
    if bases == {"documented", "estimated"}:
        estimated = left.basis == "estimated"
        yield Reason(
            "basis",
            f"The {'left' if estimated else 'right'} is an estimate, the other a count of records.",
            f"{'الأول' if estimated else 'الثاني'} تقدير، والآخر إحصاء سجلات.",
        )


def _rounding(left: Quantity, right: Quantity) -> Iterator[Reason]:
    if left.value is None or right.value is None:
        yield Reason(
            "rounding",
            "One side gives a word or a range, not one number.",
            "أحد الطرفين يعطي كلمة أو مجالاً لا عدداً واحداً.",
        )
        return
    rounded = [is_rounded(left), is_rounded(right)]
    if all(rounded):
        yield Reason("rounding", "Both numbers are rounded or approximate.", "العددان كلاهما مقرّب أو تقريبي.")
    elif any(rounded):
        yield Reason(
            "rounding",
            f"The {'left' if rounded[0] else 'right'} number is rounded or approximate.",
            f"الرقم {'الأول' if rounded[0] else 'الثاني'} مقرّب أو تقريبي.",
        )


def is_rounded(figure: Quantity) -> bool:
    """Whether a figure is printed rounded: called so, or with three zeros or more at its end."""
    if figure.qualifier in _ROUNDED or figure.value is None:
        return True
    return figure.value != 0 and figure.value % _THOUSAND == 0


def _left_out(left: Quantity, right: Quantity) -> Iterator[Reason]:
    for figure in (left, right):
        if figure.left_out_en:
            yield Reason("inclusion-rule", figure.left_out_en, figure.left_out_ar)


def _version(right: Quantity, versions: Sequence[Quantity]) -> Iterator[Reason]:
    values = {figure.value for figure in versions if figure.value is not None}
    if len(values) > 1:
        yield Reason(
            "version",
            f"Version {right.source.version} is compared; versions of this dataset say {min(values):,} to "
            f"{max(values):,} for the same.",
            f"المقارنة بالإصدار {right.source.version}، وتذكر إصدارات هذه البيانات للأمر نفسه ما بين {min(values):,} "
            f"و{max(values):,}.",
        )


def _grade(left: Quantity, right: Quantity) -> Iterator[Reason]:
    for figure, side, arabic in ((left, "left", "الأول"), (right, "right", "الثاني")):
        if figure.grade in _RELAYED:
            yield Reason(
                "grade",
                f"The {side} number was read in a page that relays it (grade {figure.grade}), not at its source.",
                f"الرقم {arabic} مأخوذ من صفحة تنقله (الدرجة {figure.grade}) لا من مصدره.",
            )
