"""What a client gives for the parameters of a question: checked, and turned into IRIs of what the graph knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from snhr_kg import names
from snhr_kg.errors import BadParameter, UnknownCode
from snhr_kg.questions.known import Known, Select
from snhr_kg.questions.nearest import nearest
from snhr_kg.questions.read import Parameter

FIGURE_TYPES: Final = {"figure": ("figure",), "derived-figure": ("derived",), "any-figure": ("figure", "derived")}
"""Types whose values are figures, and the kinds of figures they take, as their IRIs name them."""

TRUTH: Final = ("true", "false")
MOST_LISTED: Final = 1000
"""How many ids of figures are listed, in the OpenAPI document or to find the nearest of."""

MOST_VALUES: Final = 20
"""How many values one parameter takes."""

_ID: Final = re.compile(r"(?:([A-Za-z0-9.-]+)/)?([A-Za-z0-9][A-Za-z0-9._+-]*)")
_FIGURE_IRI: Final = re.compile(
    re.escape(names.BASE) + r"report/([A-Za-z0-9.-]+)/(figure|derived)/([A-Za-z0-9][A-Za-z0-9._+-]*)"
)
_CLASSES: Final = {"figure": "Figure", "derived": "DerivedFigure"}


@dataclass(frozen=True, slots=True)
class Given:
    """The values to fill in by parameter (IRIs or words), and what was given, as an answer repeats it."""

    values: Mapping[str, tuple[str, ...]]
    shown: Mapping[str, tuple[str, ...]]
    can_widen: bool
    """Whether something lies below a given code, so that ``inside`` would bring more."""


def check_names(given: Iterable[str], allowed: Sequence[str], what: str) -> None:
    """Raises `BadParameter`, listing those there are, when a name is none of them."""
    for name in given:
        if name not in allowed:
            raise BadParameter(
                f"{name[:100]!r} is no parameter of {what}{nearest(name, allowed)}; it takes {', '.join(allowed)}"
            )


def single(arguments: Mapping[str, Sequence[str]], name: str, choices: Sequence[str], default: str) -> str:
    """The one value of a parameter that takes one of a few words; raises `BadParameter`."""
    values = arguments.get(name, [default])
    if len(values) != 1:
        raise BadParameter(f"{name} is given {len(values)} times; it takes one value")
    if values[0] not in choices:
        raise BadParameter(f"{name} is {values[0][:100]!r}; it takes {' or '.join(choices)}")
    return values[0]


def read_given(
    arguments: Mapping[str, Sequence[str]], parameters: Sequence[Parameter], known: Known, select: Select, inside: bool
) -> Given:
    """The values of each parameter that is given; with `inside`, of what lies below them too.

    Raises `BadParameter` for an empty value or a wrong word, `UnknownCode` naming the nearest.
    """
    values: dict[str, tuple[str, ...]] = {}
    shown: dict[str, tuple[str, ...]] = {}
    can_widen = False
    for parameter in parameters:
        texts = tuple(dict.fromkeys(arguments.get(parameter.name, ())))
        if not texts:
            continue
        if (count := len(arguments[parameter.name])) > MOST_VALUES:
            raise BadParameter(f"{parameter.name} is given {count} times; it takes at most {MOST_VALUES} values")
        if "" in texts:
            raise BadParameter(f"{parameter.name} is empty; give it a value or leave it out")
        if parameter.default is not None:
            values[parameter.name] = (single(arguments, parameter.name, parameter.words, ""),)
        elif parameter.words:
            values[parameter.name] = tuple(_word(parameter, text) for text in texts)
        else:
            found = [iri for text in texts for iri in _find(parameter.type, text, known, select)]
            widened = known.below(found)
            can_widen = can_widen or len(widened) > len(set(found))
            values[parameter.name] = widened if inside else tuple(dict.fromkeys(found))
        shown[parameter.name] = texts
    return Given(values, shown, can_widen)


def takes_inside(parameters: Iterable[Parameter], known: Known) -> bool:
    """Whether ``inside`` can widen any of the parameters."""
    return any(known.nested(parameter.type) for parameter in parameters)


def find_figure(type_name: str, given: str, known: Known, select: Select) -> tuple[str, ...]:
    """The IRIs of the figures that an id, ``report/id`` or IRI stands for; the latest report's come first.

    Raises `UnknownCode`, naming the nearest.
    """
    if candidates := _candidates(FIGURE_TYPES[type_name], given, known):
        wanted = " ".join(f"<{iri}>" for iri in candidates)
        classes = " ".join(f"<{names.term(name)}>" for name in _CLASSES.values())
        rows = select(f"SELECT DISTINCT ?f {{ VALUES ?f {{ {wanted} }} VALUES ?c {{ {classes} }} ?f a ?c }}")
        if rows:
            return tuple(sorted((str(row["f"]) for row in rows), reverse=True))
    ids = figure_ids(type_name, select)
    called = type_name.removeprefix("any-")
    raise UnknownCode(f"{given[:200]!r} is no {called} that the graph holds{nearest(given, ids, most=3)}")


def figure_ids(type_name: str, select: Select) -> tuple[str, ...]:
    """The ids of up to `MOST_LISTED` figures of a type, sorted."""
    classes = " ".join(f"<{names.term(_CLASSES[kind])}>" for kind in FIGURE_TYPES[type_name])
    rows = select(f"SELECT ?f {{ VALUES ?c {{ {classes} }} ?f a ?c }} ORDER BY ?f LIMIT {MOST_LISTED}")
    return tuple(sorted({str(row["f"]).rpartition("/")[2] for row in rows}))


def _find(type_name: str, text: str, known: Known, select: Select) -> tuple[str, ...]:
    return find_figure(type_name, text, known, select) if type_name in FIGURE_TYPES else known.find(type_name, text)


def _candidates(kinds: Sequence[str], given: str, known: Known) -> list[str]:
    """The IRIs that could be meant, none of them written by whoever asks: each is put together here."""
    if whole := _FIGURE_IRI.fullmatch(given):
        return [names.in_report(whole[1], whole[2], whole[3])] if whole[2] in kinds else []
    short = _ID.fullmatch(given)
    if short is None:
        return []
    reports = [short[1]] if short[1] else [item.notation for item in known.items("report")]
    return [names.in_report(report, kind, short[2]) for report in reports for kind in kinds]


def _word(parameter: Parameter, text: str) -> str:
    if text not in parameter.words:
        raise BadParameter(f"{parameter.name} is {text[:100]!r}; it takes {' or '.join(parameter.words)}")
    return text
