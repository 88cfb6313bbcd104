"""Comparisons as plain rows and as Markdown, in either language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Final, TypeAlias

from snhr_kg import names
from snhr_kg.comparisons.records import Comparison, Quantity, Reason, Topic
from snhr_kg.comparisons.select import Select

Cell: TypeAlias = str | int | Decimal | None
Row: TypeAlias = dict[str, Cell]

SHORT: Final = (
    "left",
    "left_until",
    "left_value",
    "right",
    "right_until",
    "right_value",
    "periods",
    "difference",
    "ratio",
    "reasons",
)
"""The columns that fit on a screen."""

_OF_MARKDOWN: Final = ("left", "left_value", "right", "right_value", "periods", "difference", "ratio", "reasons")

_DAY: Final = timedelta(days=1)
_LISTS: Final = ("comparability", "period-relation", "qualifier")
_LABELS: Final = f"""PREFIX skos: <{names.PREFIXES["skos"]}>
SELECT DISTINCT ?item ?label WHERE {{ GRAPH ?g {{
  VALUES ?list {{ {" ".join(f"<{names.scheme(name)}>" for name in _LISTS)} }}
  ?item skos:inScheme ?list ; skos:prefLabel ?label . FILTER (LANG(?label) = "LANGUAGE")
}} }}"""
_HEADINGS: Final = {
    "en": ("On the left", "", "On the right", "", "Periods", "Difference", "Ratio", "Why they may differ"),
    "ar": ("الأول", "", "الثاني", "", "الفترتان", "الفرق", "النسبة", "ما قد يفسر الاختلاف"),
}


class Labels:
    """What reasons, relations and qualifiers are called in a language; a code that the graph lacks is its notation."""

    def __init__(self, select: Select, language: str) -> None:
        self.language = language
        rows = select(_LABELS.replace("LANGUAGE", language))
        self._of = {(row["item"].split("/")[-2], names.notation(row["item"])): row["label"] for row in rows}

    def of(self, scheme: str, code: str) -> str:
        """The label of a code."""
        return self._of.get((scheme, code), code)

    def said(self, about: object, what: str = "label") -> str:
        """A text that stands in both languages."""
        return str(getattr(about, f"{what}_{self.language}"))


def as_row(row: Comparison, labels: Labels) -> Row:
    """A comparison as a flat row; what is not known is None."""
    return {
        "topic": row.topic.id,
        "left": labels.said(row.left_line),
        "left_value": _whole(row.left.value),
        "left_lower": _whole(row.left.lower),
        "left_upper": _whole(row.left.upper),
        "left_qualifier": labels.of("qualifier", row.left.qualifier),
        "left_period": labels.said(row.left.period),
        "left_until": _last_day(row.left),
        "left_grade": row.left.grade,
        "right": labels.said(row.right_line),
        "right_value": _whole(row.right.value),
        "right_lower": _whole(row.right.lower),
        "right_upper": _whole(row.right.upper),
        "right_qualifier": labels.of("qualifier", row.right.qualifier),
        "right_period": labels.said(row.right.period),
        "right_until": _last_day(row.right),
        "right_grade": row.right.grade,
        "periods": labels.of("period-relation", row.relation),
        "shared_begin": row.shared[0].isoformat() if row.shared[0] else None,
        "shared_end": row.shared[1].isoformat() if row.shared[1] else None,
        "difference": _whole(row.difference),
        "ratio": row.ratio,
        "reasons": ("؛ " if labels.language == "ar" else "; ").join(_kinds(row, labels)),
        "arithmetic": row.arithmetic,
        "left_figure": row.left.iri,
        "right_figure": row.right.iri,
    }


def as_object(row: Comparison, labels: Labels) -> dict[str, object]:
    """A comparison as a JSON object: the row, its reasons spelt out with what they rest on."""
    reasons = [
        {
            "code": reason.code,
            "label": labels.of("comparability", reason.code),
            "note": labels.said(reason, "note"),
            "source": reason.source or None,
            "url": reason.url or None,
        }
        for reason in row.reasons
    ]
    return {**as_row(row, labels), "reasons": reasons}


def as_markdown(topic: Topic, rows: Sequence[Comparison], labels: Labels) -> Iterator[str]:
    """Lines of Markdown: the question, a table of the comparisons, and each reason with its source."""
    yield f"## {labels.said(topic)}"
    yield ""
    yield f"{labels.said(topic, 'question')} {labels.said(topic, 'caveat')}"
    yield ""
    yield _cells(_HEADINGS[labels.language])
    yield _cells(["---"] * len(_OF_MARKDOWN))
    for row in rows:
        flat = as_row(row, labels)
        shown: Mapping[str, Cell] = flat | {
            "left_value": _amount(row.left, labels),
            "right_value": _amount(row.right, labels),
        }
        yield _cells([_shown(shown[name]) for name in _OF_MARKDOWN])
    yield ""
    for reason in dict.fromkeys(reason for row in rows for reason in row.reasons if _told(reason)):
        source = f"[{reason.source}]({reason.url})" if reason.url else reason.source
        yield f"- {labels.of('comparability', reason.code)}: {labels.said(reason, 'note')} {source}".rstrip()
    yield ""


def _told(reason: Reason) -> bool:
    """Whether a reason is spelt out: one that somebody stated, and what a sum of a dataset's rows leaves out."""
    return bool(reason.id) or reason.code == "inclusion-rule"


def _kinds(row: Comparison, labels: Labels) -> list[str]:
    return [labels.of("comparability", code) for code in dict.fromkeys(reason.code for reason in row.reasons)]


def _amount(figure: Quantity, labels: Labels) -> str:
    """Value, qualifier where it is not exact, and period."""
    value = _bounds(figure) if figure.value is None else f"{figure.value:,}"
    qualifier = "" if figure.qualifier in ("exact", "") else f" ({labels.of('qualifier', figure.qualifier)})"
    return f"{value}{qualifier}<br>{labels.said(figure.period)}"


def _bounds(figure: Quantity) -> str:
    return " … ".join("" if bound is None else f"{bound:,}" for bound in (figure.lower, figure.upper)).strip()


def _last_day(figure: Quantity) -> str | None:
    """The last day that a figure counts, where its period says."""
    return (figure.period.end - _DAY).isoformat() if figure.period.end else None


def _whole(value: Decimal | None) -> int | Decimal | None:
    return int(value) if value is not None and value == value.to_integral_value() else value


def _shown(cell: Cell) -> str:
    if cell is None:
        return "–"
    return f"{cell:,}".replace("-", "−") if isinstance(cell, int | Decimal) else cell


def _cells(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
