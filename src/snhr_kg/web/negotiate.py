"""Content negotiation as a pure function: Accept header and offered media types in, one type or None out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

_NUMBER: Final = re.compile(r"0?\.\d+|0\.?|1(?:\.0*)?", re.ASCII)


def choose(accept: str | None, offered: Sequence[str], aliases: Mapping[str, str] | None = None) -> str | None:
    """The offered type that the client likes best, or None when it accepts none of them (RFC 9110, 12.5.1).

    Ties go to the type that the header names more exactly, then to the one offered first; parameters other than
    ``q`` are not compared. `aliases` (other names of offered types) count when named with a higher quality than ``*/*``
    and no offered type is named. A header that names HTML is a browser's: there they count only when nothing else is
    acceptable, so that ``application/xml;q=0.9,*/*;q=0.8`` does not mean XML.

    >>> choose("text/csv;q=0.5, application/*", ["application/json", "text/csv"])
    'application/json'
    >>> choose("image/png", ["application/json"]) is None
    True
    """
    ranges = _ranges(accept)
    best = _best(ranges, offered)
    quality, precision = _preference(ranges, best) if best else (0.0, 0)
    if aliases and precision == 0 and (best is None or "text/html" not in ranges):
        other_name = _best(ranges, [name for name in aliases if ranges.get(name, 0.0) > quality])
        best = aliases[other_name] if other_name else best
    return best


def _best(ranges: Mapping[str, float], offered: Sequence[str]) -> str | None:
    ranked = []
    for order, media_type in enumerate(offered):
        quality, precision = _preference(ranges, media_type)
        if quality > 0:
            ranked.append((quality, precision, -order, media_type))
    return max(ranked)[3] if ranked else None


def _preference(ranges: Mapping[str, float], media_type: str) -> tuple[float, int]:
    """Quality and precision of the most exact range that covers the type; quality 0 when none does."""
    family = media_type.partition("/")[0]
    for precision, name in ((2, media_type), (1, f"{family}/*"), (0, "*/*")):
        if name in ranges:
            return ranges[name], precision
    return 0.0, 0


def _ranges(accept: str | None) -> dict[str, float]:
    """Media ranges and their quality; one whose quality is no number from 0 to 1 is passed over.

    A range with further parameters (a profile) stands for the type where the type itself is not named; refusing such
    a variant refuses no more than the variant.
    """
    if accept is None or not accept.strip():
        return {"*/*": 1.0}
    exact: dict[str, float] = {}
    variants: dict[str, float] = {}
    for part in _split(accept, ","):
        name, *parameters = (field.strip().lower() for field in _split(part, ";"))
        quality = _quality(parameters)
        if not name or quality is None:
            continue
        is_variant = bool(parameters and parameters[0] and not parameters[0].startswith("q="))
        if not is_variant or quality > 0:
            ranges = variants if is_variant else exact
            name = "*/*" if name == "*" else name
            ranges[name] = max(quality, ranges.get(name, 0.0))
    return {**variants, **exact}


def _quality(parameters: Sequence[str]) -> float | None:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return float(value) if _NUMBER.fullmatch(value.strip()) else None
    return 1.0


def _split(text: str, separator: str) -> list[str]:
    """Split at the separator outside double quotes."""
    parts, begin, quoted = [], 0, False
    for position, character in enumerate(text):
        if character == '"':
            quoted = not quoted
        elif character == separator and not quoted:
            parts.append(text[begin:position])
            begin = position + 1
    return [*parts, text[begin:]]
