"""How numbers and dates are written for people: digits as in the report, Syrian names of months."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from snhr_kg.site.words import current_language

_LOCALES: Final = {"en": "en_GB", "ar": "ar_SY"}


def number(value: str | int | Decimal) -> Markup:
    """A number with its thousands grouped, kept in one piece in text of either direction.

    The digits are those of our Arabic labels, 0 to 9, so that a number is found whichever page it is copied from.
    """
    return Markup(f"<bdi>{escape(plain_number(value))}</bdi>")


def plain_number(value: str | int | Decimal) -> str:
    """The same as plain text, for titles, attributes and citations.

    >>> plain_number("129989"), plain_number("91.36")
    ('129,989', '91.36')
    """
    exact = Decimal(value)
    decimals = max(0, -int(exact.normalize().as_tuple().exponent))
    return format_decimal(exact, format=f"#,##0.{'0' * decimals}" if decimals else "#,##0", locale="en")


def day(iso: str, language: str | None = None) -> str:
    """A day (``2020-03-15``) in words; a month (``2012-04``) and a year (``1970``) likewise.

    >>> day("2020-03-15", "en"), day("2020-03-15", "ar"), day("2012-04", "en"), day("1970", "ar")
    ('15 March 2020', '15 آذار 2020', 'April 2012', '1970')
    """
    year, month, day_of_month = (*iso.split("-"), "", "")[:3]
    if not month:
        return year
    shown = date(int(year), int(month), int(day_of_month or 1))
    pattern = "long" if day_of_month else "MMMM y"
    return str(format_date(shown, pattern, locale=_LOCALES[language or current_language()]))
