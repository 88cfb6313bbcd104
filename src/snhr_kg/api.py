"""The Python interface: `load()` hands back a `KnowledgeGraph` to look figures up in and to query."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from snhr_kg import content, names
from snhr_kg.errors import UnknownCode, UnknownResource
from snhr_kg.questions.nearest import nearest
from snhr_kg.records import DIMENSIONS, PROPERTY_OF, SCHEME_OF
from snhr_kg.results import Figure, FigureList, Row, Table
from snhr_kg.store import Store, open_store

if TYPE_CHECKING:
    import pandas

_PREFIXES: Final = f"""
PREFIX snhr: <{names.SNHR}>
PREFIX rdfs: <{names.PREFIXES["rdfs"]}>
PREFIX skos: <{names.PREFIXES["skos"]}>
PREFIX oa: <{names.PREFIXES["oa"]}>
"""
_FIGURES: Final = f"""{_PREFIXES}
SELECT ?figure ?kind ?report ?label_en ?label_ar ?value ?lower ?upper ?lower_in ?upper_in ?qualifier ?basis ?unit
       ?printed ?caveat ?coding_note {" ".join(f"?{name}" for name in DIMENSIONS)} {{
  VALUES ?kind {{ snhr:Figure snhr:DerivedFigure }}
  ?figure a ?kind ; snhr:inReport ?report ; snhr:qualifier ?qualifier ; snhr:basis ?basis ; snhr:unit ?unit ;
    {" ; ".join(f"snhr:{PROPERTY_OF[name]} ?{name}" for name in DIMENSIONS)} .
  ?figure rdfs:label ?label_en . FILTER(LANG(?label_en) = "en")
  ?figure rdfs:label ?label_ar . FILTER(LANG(?label_ar) = "ar")
  OPTIONAL {{ ?figure snhr:value ?value }}
  OPTIONAL {{ ?figure snhr:lowerBound ?lower ; snhr:lowerBoundIncluded ?lower_in }}
  OPTIONAL {{ ?figure snhr:upperBound ?upper ; snhr:upperBoundIncluded ?upper_in }}
  OPTIONAL {{ ?figure snhr:printed ?printed }}
  OPTIONAL {{ ?figure snhr:caveat ?caveat . FILTER(LANG(?caveat) = "en") }}
  OPTIONAL {{ ?figure snhr:codingNote ?coding_note . FILTER(LANG(?coding_note) = "en") }}
}} ORDER BY ?kind ?figure"""
_CODES: Final = f"""{_PREFIXES}
SELECT ?code ?notation ?label {{
  ?code skos:inScheme ?scheme ; skos:notation ?notation ; skos:prefLabel ?label . FILTER(LANG(?label) = "en")
}}"""
_MENTIONS: Final = f"""{_PREFIXES}
SELECT ?mention ?section ?printed ?start ?end ?quote {{
  ?mention snhr:mentionOf <%s> ; snhr:inSection ?section ; snhr:printed ?printed ; oa:hasTarget ?target .
  ?target oa:hasSelector ?position , ?words .
  ?position oa:start ?start ; oa:end ?end .
  ?words oa:exact ?quote .
}} ORDER BY ?start"""
_VERDICTS: Final = ("contradictory", "consistent-only-through-at-least", "consistent")
_CHECKS: Final = f"""{_PREFIXES}
SELECT ?check ?rule ?verdict ?residual ?arithmetic ?label {{
  ?check a snhr:Check ; snhr:rule ?rule ; snhr:verdict ?verdict ; rdfs:label ?label . FILTER(LANG(?label) = "en")
  OPTIONAL {{ ?check snhr:residual ?residual }}
  OPTIONAL {{ ?check snhr:arithmetic ?arithmetic }}
}} ORDER BY ?rule ?check"""


class KnowledgeGraph:
    """The graph of the reports, in memory."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def figures(
        self,
        *,
        indicator: str | None = None,
        violation_type: str | None = None,
        perpetrator: str | None = None,
        victim_group: str | None = None,
        weapon: str | None = None,
        place: str | None = None,
        period: str | None = None,
        derived: bool = False,
        inside: bool = False,
    ) -> FigureList:
        """The figures with the given codes (notations or IRIs); with `inside`, of the codes below them too.

        `derived` adds what rules computed. Raises `UnknownCode`, naming the nearest, for a code that is not there.
        """
        given = {
            "indicator": indicator,
            "violation_type": violation_type,
            "perpetrator": perpetrator,
            "victim_group": victim_group,
            "weapon": weapon,
            "place": place,
            "period": period,
        }
        wanted = {
            dimension: self._codes_within(SCHEME_OF[dimension], code, inside)
            for dimension, code in given.items()
            if code is not None
        }
        return FigureList(
            figure
            for figure in self._figures.values()
            if (derived or not figure.derived) and all(getattr(figure, name) in codes for name, codes in wanted.items())
        )

    def figure(self, id_or_iri: str) -> Figure:
        """The figure of that id or IRI, stated or derived; raises `UnknownResource`, naming the nearest."""
        found = self._figures.get(id_or_iri) or self._by_id.get(id_or_iri)
        if found is None:
            raise UnknownResource(f"there is no figure {id_or_iri!r}{nearest(id_or_iri, self._by_id)}")
        return found

    def mentions(self, id_or_iri: str) -> Table:
        """The places in the report's text that state a figure; positions are code points from 0, end exclusive."""
        return self._select(_MENTIONS % self.figure(id_or_iri).iri)

    def checks(self, verdict: str | None = None) -> Table:
        """The answers to all consistency questions, or those of one verdict (a notation such as ``contradictory``).

        What does not simply agree comes first: contradictions, then what only "at least" reconciles.
        """
        wanted = None if verdict is None else self._code("verdict", verdict)
        found = self._select(_CHECKS)
        rows = [self._noted(row, "verdict") for row in found if wanted in (None, row["verdict"])]
        rows.sort(key=lambda row: _VERDICTS.index(row["verdict"]))
        return Table(found.columns, [tuple(row.values()) for row in rows])

    def query(self, sparql: str) -> Any:
        """The answer to a SPARQL query: a `Table` for SELECT, a bool for ASK, N-Triples (str) for a graph.

        Raises `BadQuery` with the parser's words, `QueryRefused` for updates and SERVICE.
        """
        answer = self._store.query(sparql)
        if answer.kind == "boolean":
            return bool(answer)
        if answer.kind == "rows":
            return Table(answer.variables, answer.rows())
        return answer.serialize("application/n-triples").decode("utf-8")

    def to_dataframe(self, *, derived: bool = False) -> pandas.DataFrame:
        """All figures as a pandas data frame, a typed column a field (needs the extra ``pandas``)."""
        return self.figures(derived=derived).to_dataframe()

    def __repr__(self) -> str:
        derived = sum(figure.derived for figure in self._figures.values())
        reports = ", ".join(sorted({figure.report for figure in self._figures.values()}))
        stated = len(self._figures) - derived
        return f"<KnowledgeGraph: {stated} stated and {derived} derived figures; reports {reports}>"

    @cached_property
    def _notations(self) -> Mapping[str, str]:
        """Notation by code IRI."""
        return {str(row["code"]): str(row["notation"]) for row in self._select(_CODES)}

    @cached_property
    def _figures(self) -> Mapping[str, Figure]:
        """Every figure by its IRI; the graph does not change, so one query serves all look-ups."""
        return {str(row["figure"]): self._read_figure(row) for row in self._select(_FIGURES)}

    @cached_property
    def _by_id(self) -> Mapping[str, Figure]:
        """Figures by id, as ``report/id`` too; an id that two reports use is that of the latest."""
        ordered = sorted(self._figures.values(), key=lambda figure: figure.report)
        short = {figure.id: figure for figure in ordered}
        return short | {f"{figure.report}/{figure.id}": figure for figure in ordered}

    def _select(self, sparql: str) -> Table:
        answer = self._store.query(sparql)
        return Table(answer.variables, answer.rows())

    def _read_figure(self, row: Row) -> Figure:
        noted = self._noted(row, "qualifier", "basis", "unit", *DIMENSIONS)
        iri = str(row["figure"])
        fields: dict[str, Any] = {name: noted[name] for name in ("qualifier", "basis", "unit", *DIMENSIONS)}
        return Figure(
            id=iri.rpartition("/")[2],
            iri=iri,
            report=str(row["report"]).rpartition("/")[2],
            derived=row["kind"] == names.term("DerivedFigure"),
            label=str(row["label_en"]),
            label_ar=str(row["label_ar"]),
            value=row.value,  # type: ignore[arg-type]
            lower=row.lower,  # type: ignore[arg-type]
            upper=row.upper,  # type: ignore[arg-type]
            lower_included=row.lower_in,  # type: ignore[arg-type]
            upper_included=row.upper_in,  # type: ignore[arg-type]
            printed=row.printed,  # type: ignore[arg-type]
            caveat=row.caveat,  # type: ignore[arg-type]
            coding_note=row.coding_note,  # type: ignore[arg-type]
            **fields,
        )

    def _noted(self, row: Row, *columns: str) -> Row:
        """The row with the codes of these columns as notations."""
        return Row(row | {name: self._notations.get(str(row[name]), row[name]) for name in columns})

    def _code(self, scheme: str, given: str) -> str:
        """The IRI of a code of the scheme, from its notation or IRI."""
        given = str(given)
        iri = given if given.startswith(names.BASE) else names.code(scheme, given)
        prefix = names.scheme(scheme) + "/"
        if iri in self._notations and iri.startswith(prefix):
            return iri
        known = [notation for code, notation in self._notations.items() if code.startswith(prefix)]
        raise UnknownCode(f"{given!r} is no code of the list {scheme}{nearest(given, known)}")

    def _codes_within(self, scheme: str, given: str, inside: bool) -> frozenset[str]:
        iri = self._code(scheme, given)
        if not inside:
            return frozenset({self._notations[iri]})
        below = self._select(
            f"{_PREFIXES} SELECT DISTINCT ?code {{ ?code (skos:broader|snhr:within|snhr:insidePlace)* <{iri}> }}"
        )
        return frozenset(self._notations.get(str(row["code"]), "") for row in below)


def load(folder: str | Path | None = None) -> KnowledgeGraph:
    """The knowledge graph of a folder that ``snhr-kg build`` wrote, or else the one that ships with the package.

    Raises `ContentMissing` when none is there and `GraphError` when it cannot be read.
    """
    return KnowledgeGraph(open_store(content.graph_folder() if folder is None else Path(folder)))
