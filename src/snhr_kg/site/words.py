"""The words of the pages: English in the templates, and their translations from ``translations/``.

Every ``.po`` file of a language's folder is read, so that each part of the site has one of its own (GNU gettext).
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import g, has_request_context

FOLDER: Final = Path(__file__).resolve().parent.parent / "translations"


@cache
def translations(language: str) -> NullTranslations:
    """The translations into a language; for English, the words themselves."""
    folder = FOLDER / language
    found: Translations | None = None
    for path in sorted(folder.glob("*.po")):
        compiled = io.BytesIO()
        with path.open("rb") as file:
            write_mo(compiled, read_po(file, locale=language, domain=path.stem))
        compiled.seek(0)
        one = Translations(compiled, domain="messages")
        found = one if found is None else found.merge(one)
    return found or NullTranslations()


def current_language() -> str:
    """The language of the page that is being made."""
    return g.get("language", "en") if has_request_context() else "en"


def gettext(message: str) -> str:
    """The message in the language of the page."""
    return translations(current_language()).ugettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The message for a number of things in the language of the page; Arabic has six forms of it."""
    return translations(current_language()).ungettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """The message in a context that tells it from the same English words elsewhere."""
    return str(translations(current_language()).upgettext(context, message))
