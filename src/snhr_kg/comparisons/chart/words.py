"""What a chart says in words, in both languages."""

from __future__ import annotations

from typing import Final

TEXTS: Final = {
    "en": {
        "comma": ", ",
        "semicolon": "; ",
        "yearly": "in a year or less",
        "since": "since {begin}",
        "stock": "at the time",
        "grade": "grade {grade}",
        "no-grade": "read in the report or dataset itself",
        "A": "A: the source's own page",
        "B": "B: relayed whole, adds up",
        "C": "C: relayed in part",
        "D": "D: doubtful",
        "": "the report or dataset itself",
        "marks": "Marks",
        "sources": "Sources",
        "gap": "Broken line: more than 18 months without a figure. Arrow: a running count that falls.",
        "bar": "Upright bar: from the lowest to the highest that the source gives.",
        "falls": "falls by {amount}",
        "between": "{low} to {high}",
        "point": "{line}, {period}: {amount} ({qualifier}, {grade})",
        "strand": "{line}: {count} figures, from {first} to {last}",
    },
    "ar": {
        "comma": "، ",
        "semicolon": "؛ ",
        "yearly": "في سنة أو أقل",
        "since": "منذ {begin}",
        "stock": "في حينه",
        "grade": "الدرجة {grade}",
        "no-grade": "مأخوذ من التقرير أو البيانات نفسها",
        "A": "A: صفحة المصدر نفسه",
        "B": "B: منقول كاملاً ومجموعه صحيح",
        "C": "C: منقول جزئياً",
        "D": "D: مشكوك فيه",
        "": "التقرير أو البيانات نفسها",
        "marks": "العلامات",
        "sources": "المصادر",
        "gap": "الخط المتقطع: أكثر من 18 شهراً بلا رقم. السهم: حصيلة تراكمية تنخفض.",
        "bar": "الخط العمودي: من أدنى ما يذكره المصدر إلى أعلاه.",
        "falls": "ينخفض بمقدار {amount}",
        "between": "من {low} إلى {high}",
        "point": "{line}، {period}: {amount} ({qualifier}، {grade})",
        "strand": "{line}: عدد الأرقام {count}، من {first} إلى {last}",
    },
}
"""By language and key; what stands in braces is filled in."""


def wrapped(text: str, width: float, size: float) -> list[str]:
    """The text in lines that fit into `width` pixels at a font size, by the usual width of letters."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def text_width(text: str, size: float) -> float:
    """About how many pixels wide a text is: no font is at hand to measure it."""
    return sum(_WIDTHS.get(letter, 0.7 if letter.isupper() else 0.59) for letter in text) * size


_WIDTHS: Final = {
    **dict.fromkeys("ijl.,:;'|! ", 0.3),
    **dict.fromkeys("ftr()[]-", 0.4),
    **dict.fromkeys("mwMW", 0.95),
}
