"""Figures and rows of answers as Python objects that read well in a notebook and turn into data frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any, Final

from snhr_kg.answer import Value
from snhr_kg.records import DIMENSIONS

if TYPE_CHECKING:
    import pandas


class Row(dict[str, Value]):
    """One row of an answer: a dict by variable or column, whose values are attributes as well."""

    def __getattr__(self, name: str) -> Value:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"this row has {', '.join(self)}, not {name}") from None


class Table(Sequence[Row]):
    """The rows of an answer, in order, shown as a table."""

    SHOWN: Final = 20

    def __init__(self, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
        self.columns = tuple(columns)
        self._rows = tuple(Row(zip(self.columns, row, strict=True)) for row in rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: Any) -> Any:
        """One row, or a table of some of them."""
        if isinstance(index, slice):
            return Table(self.columns, [tuple(row.values()) for row in self._rows[index]])
        return self._rows[index]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def of(self, *columns: str) -> Table:
        """The same rows with these columns only."""
        return Table(columns, [[row[name] for name in columns] for row in self._rows])

    def to_dataframe(self) -> pandas.DataFrame:
        """The rows as a pandas data frame (needs the extra ``pandas``)."""
        return data_frame(self.columns, self._rows)

    def __repr__(self) -> str:
        more = f"\n… {len(self) - self.SHOWN} more rows" if len(self) > self.SHOWN else ""
        return self.to_text(self.SHOWN, 48) + more

    def to_text(self, limit: int | None = None, widest: int | None = None) -> str:
        """The rows under their columns' names, at most `limit` of them, cells cut at `widest` characters."""
        texts = [self.columns, *(tuple(map(_text, row.values())) for row in self._rows[:limit])]
        cells = [[_cut(text, widest) for text in row] for row in texts]
        widths = [max(len(row[column]) for row in cells) for column in range(len(self.columns))]
        padded = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells)
        return "\n".join(line.rstrip() for line in padded)

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(_text(value))}</td>" for value in row.values()) + "</tr>"
            for row in self._rows[: self.SHOWN]
        )
        more = f"<p>… {len(self) - self.SHOWN} more rows</p>" if len(self) > self.SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


@dataclass(frozen=True, slots=True)
class Figure:
    """An observation of the graph; dimensions, qualifier, basis and unit are notations of their code lists.

    `value` is None for orders of magnitude; `lower` and `upper` are the bounds that value and qualifier imply, None
    where unbounded. `derived` is True for what a rule computed, which no report states.
    """

    id: str
    iri: str
    report: str
    derived: bool
    label: str
    label_ar: str
    value: int | Decimal | None
    lower: int | Decimal | None
    upper: int | Decimal | None
    lower_included: bool | None
    upper_included: bool | None
    qualifier: str
    basis: str
    unit: str
    printed: str | None
    indicator: str
    violation_type: str
    perpetrator: str
    victim_group: str
    weapon: str
    place: str
    period: str
    caveat: str | None
    coding_note: str | None

    def __repr__(self) -> str:
        return f"<Figure {self.id}: {self.label}: {self.amount}>"

    @property
    def amount(self) -> str:
        """Value and qualifier, or the bounds where there is no value: ``at-least 50``, ``200 to 999``."""
        if self.value is None:
            low = "…" if self.lower is None else f"{self.lower:,}"
            high = "…" if self.upper is None else f"{self.upper:,}"
            return f"{low} to {high}"
        qualifier = "" if self.qualifier == "exact" else f"{self.qualifier} "
        return f"{qualifier}{self.value:,}{' %' if self.unit == 'percent' else ''}"


class FigureList(Sequence[Figure]):
    """Figures in order, shown as a table."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._figures = tuple(figures)

    def __len__(self) -> int:
        return len(self._figures)

    def __getitem__(self, index: Any) -> Any:
        """One figure, or a list of some of them."""
        return FigureList(self._figures[index]) if isinstance(index, slice) else self._figures[index]

    def to_table(self, *columns: str) -> Table:
        """The figures as rows of these fields, of all fields when none is named."""
        chosen = columns or Figure.__slots__
        return Table(chosen, [[getattr(figure, name) for name in chosen] for figure in self._figures])

    def to_dataframe(self) -> pandas.DataFrame:
        """The figures as a pandas data frame, a typed column a field (needs the extra ``pandas``)."""
        frame = data_frame(Figure.__slots__, [dict(row) for row in self.to_table()])
        for name in ("qualifier", "basis", "unit", "report", *DIMENSIONS):
            frame[name] = frame[name].astype("category")
        return frame

    def __repr__(self) -> str:
        return repr(self.to_table("id", "amount", "perpetrator", "period"))

    def _repr_html_(self) -> str:
        return self.to_table("id", "label", "amount", "perpetrator", "period")._repr_html_()


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _cut(text: str, widest: int | None) -> str:
    """The text in at most `widest` characters, "…" where it is cut: an IRI, told apart by its end, at its beginning."""
    if widest is None or len(text) <= widest:
        return text
    return f"…{text[1 - widest :]}" if text.startswith(("http://", "https://")) else f"{text[: widest - 1]}…"


def data_frame(columns: Sequence[str], rows: Iterable[Mapping[str, Value]]) -> pandas.DataFrame:
    """Rows as a pandas data frame with a typed column each; raises `ImportError` saying what to install."""
    try:
        import pandas
    except ImportError as error:
        raise ImportError("data frames need pandas: pip install 'snhr-kg[pandas]'") from error
    plain = [{name: float(v) if isinstance(v, Decimal) else v for name, v in row.items()} for row in rows]
    return pandas.DataFrame(plain, columns=list(columns)).convert_dtypes()
