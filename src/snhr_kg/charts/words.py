"""What the charts themselves say, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from babel.support import NullTranslations

from snhr_kg.charts.records import Words
from snhr_kg.site.links import LANGUAGES
from snhr_kg.site.words import translations

Saying = Callable[[NullTranslations], str]

UNITS: Final[dict[str, Saying]] = {
    "persons": lambda t: t.ugettext("Number of people"),
    "attacks": lambda t: t.ugettext("Number of attacks"),
    "munitions": lambda t: t.ugettext("Number of munitions"),
    "violations": lambda t: t.ugettext("Number of violations"),
    "torture-methods": lambda t: t.ugettext("Number of methods of torture"),
    "percent": lambda t: t.ugettext("Percent"),
}
COLUMNS: Final[dict[str, Saying]] = {
    "what": lambda t: t.ugettext("What is counted"),
    "line": lambda t: t.ugettext("Whose count"),
    "amount": lambda t: t.ugettext("Amount"),
    "lower": lambda t: t.ugettext("Not below"),
    "upper": lambda t: t.ugettext("Not above"),
    "period": lambda t: t.ugettext("Period"),
    "source": lambda t: t.ugettext("Publication"),
    "grade": lambda t: t.ugettext("How it was read"),
}
GRADES: Final[dict[str, Saying]] = {
    "A": lambda t: t.ugettext("A: the source's own page"),
    "B": lambda t: t.ugettext("B: relayed whole, adds up"),
    "C": lambda t: t.ugettext("C: relayed in part"),
    "D": lambda t: t.ugettext("D: doubtful"),
    "": lambda t: t.ugettext("the report or dataset itself"),
}
"""How a number was read, by the notation of its grade; the last needs none."""


def said(saying: Saying) -> Words:
    """The same in both languages."""
    return Words(*(saying(translations(language)) for language in LANGUAGES))


def filled(saying: Saying, **given: Words | str) -> Words:
    """The same in both languages, with what stands in its places; plain text is the same in both."""
    return Words(
        *(
            saying(translations(language))
            % {name: value if isinstance(value, str) else value[language] for name, value in given.items()}
            for language in LANGUAGES
        )
    )


def together(*sentences: Words) -> Words:
    """Sentences one after another; empty ones are left out."""
    return Words(*(" ".join(filter(None, (one[language] for one in sentences))) for language in LANGUAGES))
