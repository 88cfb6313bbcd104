"""What known stores write against the standards, put right: each deviation is named here, and in docs/operating.md."""

from __future__ import annotations

import re
import struct
from typing import Any, Final

import pyoxigraph as ox

from snhr_kg import names

_XSD: Final = names.PREFIXES["xsd"]
_BOOLEANS: Final = {"1": "true", "0": "false"}
_WKT: Final = names.PREFIXES["geo"] + "wktLiteral"
_VIRTUOSO_GEOMETRY: Final = "http://www.openlinksw.com/schemas/virtrdf#Geometry"
_NUMBER: Final = re.compile(r"-?\d+\.\d{8,}")
_NOT_IN_A_LABEL: Final = re.compile(r"[^A-Za-z0-9]")


def repaired_rows(results: dict[str, Any]) -> dict[str, Any]:
    """SPARQL results in JSON, as the Recommendation has them.

    Virtuoso 7 writes ``typed-literal`` for ``literal`` (a name of 2008's draft), booleans as 1 and 0, labels of blank
    nodes that are IRIs, and geometries under a datatype of its own. Raises `KeyError`, `TypeError` or `AttributeError`
    for what is no such document.
    """
    if "boolean" in results:
        return {"head": {}, "boolean": results["boolean"]}
    rows = results["results"]["bindings"]
    return {
        "head": {"vars": results["head"]["vars"]},
        "results": {"bindings": [{name: _term(term) for name, term in row.items()} for row in rows]},
    }


def repaired_term(term: Any) -> Any:
    """A term of a graph, likewise (a `pyoxigraph` term in and out)."""
    if not isinstance(term, ox.Literal) or term.language is not None:
        return term
    value, datatype = _literal(term.value, term.datatype.value)
    return ox.Literal(value, datatype=ox.NamedNode(datatype))


def _term(term: dict[str, str]) -> dict[str, str]:
    kind, value = term["type"], term["value"]
    if kind == "bnode":
        return {"type": kind, "value": "b" + _NOT_IN_A_LABEL.sub("", value)}
    if kind in ("literal", "typed-literal") and term.get("datatype"):
        value, datatype = _literal(value, term["datatype"])
        return {"type": "literal", "value": value, "datatype": datatype}
    return {**term, "type": "literal"} if kind == "typed-literal" else term


def _literal(value: str, datatype: str) -> tuple[str, str]:
    if datatype == _XSD + "boolean":
        return _BOOLEANS.get(value, value), datatype
    if datatype == _VIRTUOSO_GEOMETRY:
        return _NUMBER.sub(_shortest, value), _WKT
    return value, datatype


def _shortest(number: re.Match[str]) -> str:
    """The shortest decimal of the same single-precision number: Virtuoso keeps a short coordinate in 32 bits.

    >>> _shortest(re.fullmatch("(.*)", "40.140838623047"))
    '40.14084'
    """
    single = struct.pack("f", float(number[0]))
    if float(f"{struct.unpack('f', single)[0]:.12f}") != float(f"{float(number[0]):.12f}"):
        return number[0]
    for digits in range(6, 10):
        shorter = f"{float(number[0]):.{digits}g}"
        if struct.pack("f", float(shorter)) == single:
            return shorter
    return number[0]
