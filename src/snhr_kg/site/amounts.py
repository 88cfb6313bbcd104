"""A number in words, with what qualifies it: "at least 129,989 people", "ما لا يقل عن 129,989 شخصاً".

Whoever shows a figure shows it by this: no number loses its qualifier on the way to a page. Arabic forms of counted
nouns follow the plural rules of the Unicode CLDR, through ``translations/ar/amounts.po``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

from babel.support import NullTranslations

from snhr_kg import names
from snhr_kg.holding import Holding
from snhr_kg.site.formats import plain_number
from snhr_kg.site.once import Each
from snhr_kg.site.words import translations


@dataclass(frozen=True, slots=True)
class Quantity:
    """What an observation says of how many: qualifier and unit by notation, a value or bounds or both.

    `magnitude` is the vague word that stands in place of a value ("hundreds"), in the language it will be shown in.
    """

    qualifier: str
    unit: str
    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    magnitude: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as people read it; `computed` where a rule made it, which `words` then say.

    `words` are whole ("hundreds of people (read as 200 to 999)"), `short` is for tables and charts ("≥ 129,989"),
    `unit` is the noun alone ("people").
    """

    words: str
    short: str
    unit: str
    computed: bool = False

    def __str__(self) -> str:
        return self.words


_Counted: TypeAlias = Callable[[NullTranslations, int], str]

_COUNTED: Final[dict[str, _Counted]] = {
    "persons": lambda t, n: t.ungettext("%(number)s person", "%(number)s people", n),
    "attacks": lambda t, n: t.ungettext("%(number)s attack", "%(number)s attacks", n),
    "munitions": lambda t, n: t.ungettext("%(number)s munition", "%(number)s munitions", n),
    "violations": lambda t, n: t.ungettext("%(number)s violation", "%(number)s violations", n),
    "torture-methods": lambda t, n: t.ungettext("%(number)s method of torture", "%(number)s methods of torture", n),
    "percent": lambda t, n: t.ugettext("%(number)s percent"),
}
_MANY: Final[dict[str, Callable[[NullTranslations], str]]] = {
    "persons": lambda t: t.ugettext("%(magnitude)s of people"),
    "attacks": lambda t: t.ugettext("%(magnitude)s of attacks"),
    "munitions": lambda t: t.ugettext("%(magnitude)s of munitions"),
    "violations": lambda t: t.ugettext("%(magnitude)s of violations"),
    "torture-methods": lambda t: t.ugettext("%(magnitude)s of methods of torture"),
}
_UNITS: Final[dict[str, Callable[[NullTranslations], str]]] = {
    "persons": lambda t: t.ugettext("people"),
    "attacks": lambda t: t.ugettext("attacks"),
    "munitions": lambda t: t.ugettext("munitions"),
    "violations": lambda t: t.ugettext("violations"),
    "torture-methods": lambda t: t.ugettext("methods of torture"),
    "percent": lambda t: t.ugettext("percent"),
}
_QUALIFIED: Final[dict[str, Callable[[NullTranslations], str]]] = {
    "at-least": lambda t: t.ugettext("at least %(amount)s"),
    "more-than": lambda t: t.ugettext("more than %(amount)s"),
    "nearly": lambda t: t.ugettext("nearly %(amount)s"),
    "approximately": lambda t: t.ugettext("approximately %(amount)s"),
    "best-estimate": lambda t: t.ugettext("%(amount)s by best estimate"),
}
_SIGNS: Final = {"at-least": "≥ ", "more-than": "> ", "approximately": "≈ "}
_COMPUTED: Final = "computed"
_AMOUNTS: Final[Each[tuple[str, str], Amount]] = Each()
"""Those that were asked for, by IRI and language: a page shows many, and the same ones again."""


def amount(holding: Holding, iri: str, language: str) -> Amount:
    """The amount of an observation, or of a mention of one, that is held; empty where it states none."""
    return _AMOUNTS.get(holding, (iri, language), lambda: amount_of(quantity(holding, iri, language), language))


def quantity(holding: Holding, iri: str, language: str, codes: Holding | None = None) -> Quantity:
    """What the graph says of how many: a mention has the unit of the figure that it mentions.

    `codes` is the holding that knows what codes are called, where that is another one.
    """
    whose = holding.value(iri, "snhr:mentionOf") or iri
    magnitude = holding.value(iri, "snhr:magnitude")
    word = str((holding if codes is None else codes).label(magnitude, language)) if magnitude else ""
    return Quantity(
        qualifier=names.notation(holding.value(iri, "snhr:qualifier") or ""),
        unit=names.notation(holding.value(whose, "snhr:unit") or ""),
        value=decimal(holding.value(iri, "snhr:value")),
        lower=decimal(holding.value(iri, "snhr:lowerBound")),
        upper=decimal(holding.value(iri, "snhr:upperBound")),
        magnitude=word[:1].lower() + word[1:],
    )


def amount_of(said: Quantity, language: str) -> Amount:
    """The words of a quantity, wherever it was read."""
    t = translations(language)
    unit = _UNITS[said.unit](t) if said.unit in _UNITS else ""
    if said.value is None:
        words, short = _between(said, t)
    else:
        words = _qualified(said, t)
        short = _signed(_with_sign(plain_number(said.value), said.unit), _bound_word(said), t)
    if said.qualifier == _COMPUTED:
        words = t.ugettext("%(amount)s (computed)") % {"amount": words}
    return Amount(words, short, unit, said.qualifier == _COMPUTED)


def _signed(number: str, bound: str, t: NullTranslations) -> str:
    """The sign of the qualifier before a number; "nearly", which is below and not around it, has none but its word."""
    return _QUALIFIED[bound](t) % {"amount": number} if bound == "nearly" else _SIGNS.get(bound, "") + number


def span(lower: Decimal | None, upper: Decimal | None, language: str) -> str:
    """Two bounds in words, of which one may be open.

    >>> span(Decimal(200), Decimal(999), "en"), span(Decimal(40), None, "en")
    ('200 to 999', '40 or more')
    """
    return _span(lower, upper, translations(language))


def _span(lower: Decimal | None, upper: Decimal | None, t: NullTranslations) -> str:
    if lower is not None and upper is not None:
        return t.ugettext("%(lower)s to %(upper)s") % {"lower": plain_number(lower), "upper": plain_number(upper)}
    if lower is not None:
        return t.ugettext("%(number)s or more") % {"number": plain_number(lower)}
    return t.ugettext("%(number)s or fewer") % {"number": plain_number(upper)} if upper is not None else ""


def _qualified(said: Quantity, t: NullTranslations) -> str:
    """The value, counted and qualified; the margins of a best estimate, which are its source's own, stand with it."""
    assert said.value is not None
    words = _counted(plain_number(said.value), said.value, said.unit, t)
    bound = _bound_word(said)
    if bound in _QUALIFIED:
        words = _QUALIFIED[bound](t) % {"amount": words}
    if said.qualifier == "best-estimate" and said.lower != said.upper:
        words = f"{words} ({_span(said.lower, said.upper, t)})"
    return words


def _bound_word(said: Quantity) -> str:
    """The qualifier that the wording shows: what is computed from a lower bound is one too."""
    floor = said.qualifier == _COMPUTED and said.lower is not None and said.upper is None
    return "at-least" if floor else said.qualifier


def _between(said: Quantity, t: NullTranslations) -> tuple[str, str]:
    """Words and short form of what has bounds and no value."""
    bounds = _span(said.lower, said.upper, t)
    short = bounds if said.upper is not None or said.lower is None else f"≥ {plain_number(said.lower)}"
    if said.magnitude and said.unit in _MANY:
        return f"{_MANY[said.unit](t) % {'magnitude': said.magnitude}} ({_read_as(bounds, t)})", short
    last = said.upper if said.upper is not None else said.lower
    counted = _counted(bounds, last, said.unit, t) if last is not None else ""
    return f"{said.magnitude} ({_read_as(counted, t)})" if said.magnitude else counted, _with_sign(short, said.unit)


def _read_as(bounds: str, t: NullTranslations) -> str:
    """The bounds of a vague word, marked as our reading: its source states the word and no bounds."""
    return t.ugettext("read as %(bounds)s") % {"bounds": bounds}


def _counted(number: str, last: Decimal, unit: str, t: NullTranslations) -> str:
    counted = _COUNTED[unit](t, int(last)) if unit in _COUNTED else "%(number)s"
    return counted % {"number": number}


def _with_sign(number: str, unit: str) -> str:
    return f"{number}%" if unit == "percent" else number


def decimal(lexical: str | None) -> Decimal | None:
    """A number from its lexical form; None where there is none."""
    return None if lexical is None else Decimal(lexical)
