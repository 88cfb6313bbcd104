"""The answer to one query: a truth value, rows or a graph, as Python values or written in a format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import IO, Final, Literal, Protocol, TypeAlias, cast

import pyoxigraph as ox

from snhr_kg import names
from snhr_kg.errors import BadQuery
from snhr_kg.serialise import GRAPH_FORMATS, RESULT_FORMATS, graph_bytes

Kind: TypeAlias = Literal["boolean", "rows", "graph"]
Value: TypeAlias = str | int | float | bool | Decimal | date | None
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_XSD: Final = names.PREFIXES["xsd"]
_PYTHON_TYPES: Final[dict[str, Callable[[str], Value]]] = {
    _XSD + "integer": int,
    _XSD + "decimal": Decimal,
    _XSD + "double": float,
    _XSD + "float": float,
    _XSD + "boolean": "true".__eq__,
    _XSD + "date": date.fromisoformat,
}


class Target(Protocol):
    """What an answer can be written into: it takes bytes, and may refuse them by raising."""

    def write(self, data: bytes, /) -> int:
        """Take some bytes; says how many were taken."""

    def flush(self) -> None:
        """All was written."""


class Answer:
    """The answer to one query: `kind` says whether it is a truth value, rows or a graph."""

    def __init__(self, result: ox.QueryBoolean | ox.QuerySolutions | ox.QueryTriples) -> None:
        self._result = result
        self.kind: Kind = "graph"
        self.variables: tuple[str, ...] = ()
        if isinstance(result, ox.QueryBoolean):
            self.kind = "boolean"
        elif isinstance(result, ox.QuerySolutions):
            self.kind = "rows"
            self.variables = tuple(variable.value for variable in result.variables)

    @property
    def formats(self) -> tuple[str, ...]:
        """The media types that `serialize` can write this answer in."""
        return tuple(GRAPH_FORMATS if self.kind == "graph" else RESULT_FORMATS)

    def __bool__(self) -> bool:
        if not isinstance(self._result, ox.QueryBoolean):
            raise TypeError(f"the answer is {self.kind}, not a truth value")
        return bool(self._result)

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """The rows of a SELECT as Python values: IRIs and strings as str, numbers, booleans and dates as such.

        Raises `BadQuery` with the engine's words when the query cannot be evaluated.
        """
        if not isinstance(self._result, ox.QuerySolutions):
            raise TypeError(f"the answer is {self.kind}, not rows")
        try:
            for solution in self._result:
                yield tuple(python_value(solution[name]) for name in self.variables)
        except RuntimeError as error:
            raise BadQuery(str(error)) from error

    def records(self) -> Iterator[dict[str, Value]]:
        """The rows of a SELECT by the names of their variables, with what is unbound as None; raises as `rows` does."""
        return (dict(zip(self.variables, row, strict=True)) for row in self.rows())

    def serialize(self, media_type: str) -> bytes:
        """The answer in one of its `formats`; raises `BadQuery` when the query cannot be evaluated."""
        target = BytesIO()
        self.write(target, media_type)
        return target.getvalue()

    def write(self, target: Target, media_type: str) -> None:
        """Write the answer in one of its `formats`, piece by piece; what `target.write` raises ends the query.

        Raises `BadQuery` when the query cannot be evaluated.
        """
        taking = _Taking(target)
        try:
            if isinstance(self._result, ox.QueryTriples):
                taking.write(graph_bytes(self._result, GRAPH_FORMATS[media_type]))
            else:
                self._result.serialize(cast(IO[bytes], taking), format=RESULT_FORMATS[media_type])
        except RuntimeError as error:
            if error is taking.refusal:
                raise
            raise BadQuery(str(error)) from error


class _Taking:
    """A target that remembers what it first raised, so that this is not taken for the engine's own error."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self.flush = target.flush
        self.refusal: RuntimeError | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._target.write(data)
        except RuntimeError as error:
            self.refusal = self.refusal or error  # the engine tries once more to write what it holds
            raise


def python_value(term: Term | None) -> Value:
    """A term as a Python value; a literal that its datatype does not allow stays the text that it is."""
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        convert = _PYTHON_TYPES.get(term.datatype.value)
        try:
            return convert(term.value) if convert else term.value
        except (ValueError, ArithmeticError):
            return term.value
    return term.value if isinstance(term, ox.NamedNode) else str(term)
