"""Code lists as trees, and how many of the report's figures use each code."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from snhr_kg import names
from snhr_kg.holding import Holding
from snhr_kg.names import full
from snhr_kg.site.once import Each, Once
from snhr_kg.site.visit import Visit
from snhr_kg.site.wording import by_letters

WITHIN: Final = ("skos:broaderTransitive", "snhr:insidePlace", "snhr:within", "snhr:subgroupOf")
"""What leads from a code to the codes that it lies beneath, however many steps up."""

DIMENSIONS: Final = (
    "snhr:indicator",
    "snhr:violationType",
    "snhr:perpetrator",
    "snhr:victimGroup",
    "snhr:weapon",
    "snhr:place",
    "snhr:period",
)
"""The dimensions of every figure."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code in its tree: how many figures have it itself, and how many it or a code beneath it.

    `uses` is how often anything else names it. In a tree of more than one parent a code stands beneath each.
    """

    iri: str
    notation: str
    figures: int
    figures_with_narrower: int
    uses: int
    narrower: tuple[Code, ...]

    @property
    def size(self) -> int:
        """How many codes are beneath it."""
        return len(self.narrower) + sum(code.size for code in self.narrower)


_figures: Final = Once[dict[str, frozenset[str]]]()


def figures_of(holding: Holding, code: str) -> frozenset[str]:
    """The figures of reports that have this code itself, in any of their dimensions and attributes.

    That a rule attributes a figure to the alliance of the party it names makes it no figure of the alliance.
    """
    return _figures.get(holding, lambda: _figures_by_code(holding)).get(code, frozenset())


def _figures_by_code(holding: Holding) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for figure in holding.instances("snhr:Figure"):
        for one in holding.statements(figure):
            code = isinstance(one.object, ox.NamedNode) and one.object.value.startswith(names.scheme(""))
            if code and one.predicate != full("snhr:attributedTo"):
                found[one.object.value].add(figure)
    return {code: frozenset(figures) for code, figures in found.items()}


def dimension_of(holding: Holding, scheme: str | None) -> str:
    """The dimension of figures whose codes a list holds, as a prefixed name; empty where it is none."""
    return next((way for way in DIMENSIONS if scheme in holding.values(full(way), "qb:codeList")), "")


def beneath(holding: Holding, code: str) -> list[str]:
    """Every code that lies beneath a code, in order."""
    return sorted({one for way in WITHIN for one in holding.subjects(way, code)} - {code})


_orders: Final = Each[tuple[str, str], tuple[str, str, tuple[str, str]]]()


def in_order(visit: Visit, codes: list[str]) -> list[str]:
    """Codes as people look for them: periods by when they begin and end, others by what they are called."""
    holding = visit.holding

    def place(code: str) -> tuple[str, str, tuple[str, str]]:
        begin, end = holding.value(code, "snhr:begin"), holding.value(code, "snhr:end")
        return begin or "", end or "9999", by_letters(str(visit.label(code)))

    return sorted(codes, key=lambda code: _orders.get(holding, (code, visit.language), lambda: place(code)))


def tree(visit: Visit, scheme: str) -> list[Code]:
    """The code list as trees; codes that stand for no value (_T, _U, _X, _Z) are left out, what is beneath them not."""
    holding = visit.holding
    tops = []
    for code in holding.subjects("skos:topConceptOf", scheme):
        tops += holding.subjects("skos:broader", code) if is_mark(holding, code) else [code]
    return _by_use([_code(visit, code) for code in in_order(visit, tops) if not is_mark(holding, code)])


def narrower_of(visit: Visit, code: str) -> tuple[Code, ...]:
    """The codes right beneath a code, each with what is beneath it."""
    return _code(visit, code).narrower


def marks(visit: Visit, scheme: str) -> list[Code]:
    """The codes of a list that stand for no value of its own: _T, _U, _X, _Z."""
    holding = visit.holding
    found = [code for code in holding.subjects("skos:inScheme", scheme) if is_mark(holding, code)]
    return [_code(visit, code, deep=False) for code in sorted(found, key=names.notation)]


def is_mark(holding: Holding, code: str) -> bool:
    """Whether a code is one of _T, _U, _X, _Z."""
    return (holding.value(code, "skos:notation") or "").startswith("_")


_codes: Final = Each[tuple[str, str, bool], Code]()


def _code(visit: Visit, iri: str, above: tuple[str, ...] = (), *, deep: bool = True) -> Code:
    """A code with what is beneath it, made once for each language, whose order of names it has."""
    return _codes.get(visit.holding, (iri, visit.language, deep), lambda: _made(visit, iri, above, deep))


def _made(visit: Visit, iri: str, above: tuple[str, ...], deep: bool) -> Code:
    holding = visit.holding
    itself = figures_of(holding, iri)
    lower = [one for one in holding.subjects("skos:broader", iri) if one not in above and one != iri] if deep else []
    return Code(
        iri=iri,
        notation=holding.value(iri, "skos:notation") or "",
        figures=len(itself),
        figures_with_narrower=len(itself.union(*(figures_of(holding, one) for one in beneath(holding, iri)))),
        uses=sum(_is_use(one.predicate, one.graph) for one in holding.incoming(iri)),
        narrower=tuple(_by_use([_code(visit, one, (*above, iri)) for one in in_order(visit, lower)])),
    )


def _by_use(codes: list[Code]) -> list[Code]:
    """What more figures are told by comes first; periods stay in the order of time."""
    if any(code.iri.startswith(names.scheme("period/")) for code in codes):
        return codes
    return sorted(codes, key=lambda code: (-code.figures_with_narrower, -min(code.uses, 1)))


_statistical: Final = Once[frozenset[str]]()


def says_something(holding: Holding, code: str) -> bool:
    """Whether a code is more than all, not stated, not attributed or not applicable."""
    return code not in _statistical.get(holding, lambda: frozenset(holding.instances("snhr:StatisticalCode")))


def _is_use(predicate: str, graph: str) -> bool:
    """Whether a statement names a code for what it is, and is not of the code list, the links or an inference."""
    own = graph in (names.graph("codes"), names.graph("links"), names.graph("inferred"))
    return not own and not predicate.startswith(names.PREFIXES["skos"])
