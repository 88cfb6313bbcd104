"""Every question of `queries/`, asked over HTTP in every format, is answered as two other engines answer it.

The engines are rdflib and Apache Jena's ARQ, over the published N-Quads with the default graph that the endpoint has.
Rows are compared by value and, where ORDER BY decides it, in order: rdflib says which rows are of the same rank.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from rdflib import Dataset, Graph, Variable
from rdflib.compare import isomorphic
from rdflib.plugins.sparql.algebra import Query, translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from comparable import Row, Table, as_cells, in_ranks, read_csv, read_table, regardless_of_order, same_order, value
from jena import Jena
from lighter import write_lighter
from serving import get, serving
from snhr_kg import content, names

pytestmark = pytest.mark.filterwarnings(
    # as rdflib itself does
    "ignore:(Dataset.default_context|Dataset.contexts|ConjunctiveGraph) is deprecated:DeprecationWarning"
)
QUESTIONS = sorted(content.folder("queries").glob("*.rq"))
ROW_TYPES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
GRAPH_TYPES = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}
JOINED = {"torture-methods-by-perpetrator": {"perpetrators": "; "}}
"""Variables made by GROUP_CONCAT, which joins in no order that SPARQL knows, with the separator of each."""


@dataclass(frozen=True)
class Ranked:
    """rdflib's rows, with those together that ORDER BY puts at the same place."""

    variables: tuple[str, ...]
    ranks: list[list[Row]]


@pytest.fixture(scope="module")
def folder(real_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lighter(real_folder, tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with serving(sys.executable, "-m", "snhr_kg", "serve", "--graph", folder) as address:
        yield address


@pytest.fixture(scope="module")
def as_served(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published quads with, beside the named graphs, the union of all but external ones as the default graph."""
    external = names.graph("external/")
    lines = (folder / "snhr-kg.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    union = {f"{triple} .\n" for triple, graph in map(_parts, lines) if not graph.startswith(external)}
    path = tmp_path_factory.mktemp("as-served") / "data.nq"
    path.write_text("".join([*lines, *sorted(union)]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def in_rdflib(as_served: Path) -> Dataset:
    dataset = Dataset()
    dataset.parse(data=as_served.read_text(encoding="utf-8"), format="nquads")
    return dataset


@pytest.fixture(scope="module")
def of_rdflib(in_rdflib: Dataset) -> Callable[[Path], Ranked | Graph]:
    """Asks rdflib a question, the first time."""

    @cache
    def answer(path: Path) -> Ranked | Graph:
        query = translateQuery(parseQuery(path.read_text(encoding="utf-8")))
        if query.algebra.name == "SelectQuery":
            return _ranked(in_rdflib, query, JOINED.get(path.stem, {}))
        graph = in_rdflib.query(query).graph
        assert graph is not None
        return graph

    return answer


@pytest.fixture(scope="module")
def of_jena(as_served: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    jena = Jena(tmp_path_factory.mktemp("jena"), "a third SPARQL engine gives the same answers")
    return jena.query(as_served, {path.stem: path.read_text(encoding="utf-8") for path in QUESTIONS})


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_rdflib_gives_the_same_answer(path: Path, address: str, of_rdflib: Callable[[Path], Ranked | Graph]) -> None:
    expected = of_rdflib(path)
    if isinstance(expected, Graph):
        assert len(expected)
        _assert_same_graph(address, path, expected)
        return
    assert expected.ranks, "no rows, so nothing was compared"
    for media_type in ROW_TYPES:
        given = _table(address, path, media_type)
        assert given.variables == expected.variables, media_type
        ranks = [as_cells(rank) for rank in expected.ranks] if media_type == "text/csv" else expected.ranks
        assert same_order(given.rows, ranks), media_type


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_jena_gives_the_same_answer(
    path: Path, address: str, of_rdflib: Callable[[Path], Ranked | Graph], of_jena: dict[str, bytes]
) -> None:
    in_order = of_rdflib(path)
    if isinstance(in_order, Graph):
        _assert_same_graph(address, path, Graph().parse(of_jena[path.stem], format="nt"))
        return
    expected = _comparable(of_jena[path.stem], ROW_TYPES[0], path)
    assert same_order(expected.rows, in_order.ranks), "Jena and rdflib differ"
    for media_type in ROW_TYPES:
        given = _table(address, path, media_type)
        assert given.variables == expected.variables, media_type
        rows = as_cells(expected.rows) if media_type == "text/csv" else expected.rows
        assert sorted(given.rows, key=repr) == sorted(rows, key=repr), media_type


def test_whatever_joins_values_in_no_certain_order_is_known() -> None:
    joining = {
        path.stem for path in QUESTIONS if re.search(r"group_concat|sample\s*\(", path.read_text(), re.IGNORECASE)
    }
    assert joining == set(JOINED)


def _parts(line: str) -> tuple[str, str]:
    """The triple of a line of canonical N-Quads, and the IRI of its graph."""
    triple, graph = re.fullmatch(r"(.*) <([^>]*)> \.\n", line).groups()  # type: ignore[union-attr]
    return triple, graph


def _ask(address: str, path: Path, media_type: str) -> bytes:
    status, given, body = get(address, "sparql", media_type, query=path.read_text(encoding="utf-8"))
    assert (status, given) == (200, media_type)
    return body


def _table(address: str, path: Path, media_type: str) -> Table:
    return _comparable(_ask(address, path, media_type), media_type, path)


def _comparable(body: bytes, media_type: str, path: Path) -> Table:
    table = read_csv(body) if media_type == "text/csv" else read_table(body, media_type)
    return regardless_of_order(table, JOINED.get(path.stem, {}))


def _assert_same_graph(address: str, path: Path, expected: Graph) -> None:
    for media_type, reader in GRAPH_TYPES.items():
        given = Graph().parse(io.BytesIO(_ask(address, path, media_type)), format=reader)
        assert isomorphic(_by_value(given), _by_value(expected)), media_type


def _by_value(graph: Graph) -> Graph:
    """The graph with its literals spelt as their values are."""
    same = Graph()
    for subject, predicate, found in graph:
        same.add((subject, predicate, found.normalize() if hasattr(found, "normalize") else found))
    return same


def _ranked(dataset: Dataset, query: Query, separators: Mapping[str, str]) -> Ranked:
    """rdflib's rows, made to show what they are ordered by: a column for each condition of ORDER BY."""
    variables = [*query.algebra.PV]
    project = query.algebra.p
    distinct = project.name == "Distinct"
    project = project.p if distinct else project
    assert project.name == "Project", f"{project.name} is not looked into: which rows it leaves may depend on the order"
    ordered = project.p
    keys = []
    if ordered.name == "OrderBy":
        for condition in ordered.expr:
            keys.append(Variable(f"orderedBy{len(keys)}"))
            project.p = CompValue("Extend", p=project.p, expr=condition.expr, var=keys[-1], _vars=set())
    project.PV = [*variables, *keys]
    found = [tuple(value(row.get(variable)) for variable in project.PV) for row in dataset.query(query).bindings]
    rows = [row[: len(variables)] for row in found]
    assert not distinct or len(set(rows)) == len(rows), "the order depends on what the rows do not show"
    table = regardless_of_order(Table(tuple(map(str, variables)), tuple(rows)), separators)
    return Ranked(table.variables, in_ranks(table.rows, lambda number: found[number][len(variables) :]))
