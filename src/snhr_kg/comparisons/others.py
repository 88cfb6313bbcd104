"""Lines for datasets that are in no table: figures with the very codes of a line of SNHR's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from snhr_kg import names
from snhr_kg.comparisons.records import OTHER, Line, Reason, Topic

DEFINITION_NOT_STATED: Final = Reason(
    "definition",
    "What this dataset counts, and by which rule, is not stated in the tables of comparisons.",
    "ما تحصيه هذه البيانات وبأي قاعدة غير مذكور في جداول المقارنات.",
    id="definition-not-stated",
)
_KINDS: Final = (names.term("ExternalFigure"), names.term("ExternalAggregate"))
_OPEN: Final = tuple(names.code("weapon", notation) for notation in ("_T", "_U", "_Z"))


def with_lines_of(datasets: Collection[str], topics: Sequence[Topic]) -> Iterator[Topic]:
    """The topics, each with a line more for every dataset that is in no table and every line of SNHR's.

    `datasets` are IRIs. Codes must be equal: an import has put ours in the place of those that were mapped.
    """
    listed = [source for topic in topics for line in topic.lines for source in line.sources]
    unlisted = sorted(iri for iri in datasets if not any(_is_of(iri, source) for source in listed))
    for topic in topics:
        yield replace(topic, lines=(*topic.lines, *(line for iri in unlisted for line in _lines(iri, topic))))


def _lines(dataset: str, topic: Topic) -> Iterator[Line]:
    local = dataset.removeprefix(names.BASE)
    asked = {(line.dimensions, line.unit): line for line in topic.lines if line.role != OTHER}
    for number, line in enumerate(asked.values(), 1):
        name = local.removeprefix("external/")
        yield Line(
            topic=topic.id,
            id=f"{name}-{number}",
            publisher=name,
            label_en=name,
            label_ar=name,
            sources=(local,),
            kinds=_KINDS,
            dimensions=tuple(map(_wider, line.dimensions)),
            unit=line.unit,
            reasons=(DEFINITION_NOT_STATED,),
        )


def _wider(dimension: tuple[str, tuple[str, ...]]) -> tuple[str, tuple[str, ...]]:
    """A dimension whose weapon, where SNHR's line names none, may be any of the codes that name none."""
    iri, codes = dimension
    return (iri, _OPEN) if iri == names.term("weapon") and set(codes) <= set(_OPEN) else dimension


def _is_of(iri: str, source: str) -> bool:
    whole = names.published(source)
    return iri.startswith(whole[:-1]) if whole.endswith("*") else iri == whole
