"""What an observation measures, in lines: a value with its bounds, and the attributes that figures of a kind share."""

from __future__ import annotations

from snhr_kg import names
from snhr_kg.imports.lines import LineWriter, integer, iri, typed


def quantity(write: LineWriter, value: int, low: int | None = None, high: int | None = None) -> str:
    """A value and the bounds that its source gives, both included, as they stand there."""
    lines = write.line("snhr:value", integer(value))
    for side, bound in (("lower", low), ("upper", high)):
        if bound is not None:
            lines += write.line(f"snhr:{side}Bound", integer(bound))
            lines += write.line(f"snhr:{side}BoundIncluded", typed("true", "boolean"))
    return lines


def attributes(write: LineWriter, qualifier: str, basis: str, place_role: str, unit: str = "persons") -> str:
    """The attributes that each observation has, given by notation."""
    return write.lines(
        ("snhr:qualifier", iri(names.code("qualifier", qualifier))),
        ("snhr:basis", iri(names.code("basis", basis))),
        ("snhr:placeRole", iri(names.code("place-role", place_role))),
        ("snhr:unit", iri(names.code("unit", unit))),
    )
