"""Rows of an answer: read from SPARQL results JSON, written as typed JSON, as CSV and as a result set in Turtle."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, TypeAlias

from snhr_kg import names

Value: TypeAlias = str | int | float | bool | Decimal | None
RESULTS_JSON: Final = "application/sparql-results+json"

_XSD: Final = names.PREFIXES["xsd"]
_TYPES: Final[dict[str, Any]] = {
    _XSD + "integer": int,
    _XSD + "decimal": Decimal,
    _XSD + "double": float,
    _XSD + "float": float,
    _XSD + "boolean": "true".__eq__,
}
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns and rows of a SELECT, each cell a term as SPARQL results JSON has it; unbound cells are absent."""

    columns: tuple[str, ...]
    terms: tuple[Mapping[str, Mapping[str, str]], ...]

    def values(self) -> list[dict[str, Value]]:
        """The rows as Python values: numbers and booleans as such, anything else as text, None where unbound."""
        return [{name: _value(row.get(name)) for name in self.columns} for row in self.terms]


def read_rows(body: bytes) -> Rows:
    """The rows of an answer in SPARQL 1.1 Query Results JSON."""
    read = json.loads(body)
    return Rows(tuple(read["head"]["vars"]), tuple(read["results"]["bindings"]))


def json_text(value: object) -> str:
    """The value as JSON, decimals with all their digits (as numbers), which `json` cannot write.

    >>> json_text({"share": Decimal("91.36"), "of": [226247, None]})
    '{"share": 91.36, "of": [226247, null]}'
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json_text(str(name))}: {json_text(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(json_text, value)) + "]"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, float) and not math.isfinite(value):
        return json.dumps(str(value))
    return json.dumps(value, ensure_ascii=False)


def json_bytes(value: object) -> bytes:
    """A JSON document of the value."""
    return f"{json_text(value)}\n".encode()


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """The rows as CSV (RFC 4180) under a header; the items of a list are parted by spaces."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[name]) for name in columns] for row in rows)
    return target.getvalue()


def turtle_text(rows: Rows) -> str:
    """The rows in the W3C's vocabulary for result sets, in their order (``rs:index``)."""
    variables = ", ".join(_string(name) for name in rows.columns)
    parts = [
        "@prefix rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> .\n",
        f"[] a rs:ResultSet ;\n  rs:resultVariable {variables}" if variables else "[] a rs:ResultSet",
    ]
    parts.extend(f" ;\n  rs:solution {_solution(number, row)}" for number, row in enumerate(rows.terms, 1))
    return "".join([*parts, " .\n"])


def _solution(number: int, row: Mapping[str, Mapping[str, str]]) -> str:
    bindings = (f"rs:binding [ rs:variable {_string(name)} ; rs:value {_term(term)} ]" for name, term in row.items())
    return f"[ {' ; '.join([f'rs:index {number}', *bindings])} ]"


def _term(term: Mapping[str, str]) -> str:
    if term["type"] == "uri":
        return f"<{term['value']}>"
    if term["type"] == "bnode":
        return f"_:{term['value']}"
    if language := term.get("xml:lang"):
        return f"{_string(term['value'])}@{language}"
    datatype = term.get("datatype")
    return f"{_string(term['value'])}^^<{datatype}>" if datatype else _string(term["value"])


def _string(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'


def _value(term: Mapping[str, str] | None) -> Value:
    if term is None:
        return None
    convert = _TYPES.get(term.get("datatype", ""))
    try:
        value: Value = convert(term["value"]) if convert else term["value"]
    except (ValueError, ArithmeticError):
        return term["value"]
    return value


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    return " ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
