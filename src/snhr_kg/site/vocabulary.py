"""Terms of other vocabularies in words, since their owners' files are not among our graphs, nor all in Arabic."""

from __future__ import annotations

from typing import Final

from snhr_kg import names
from snhr_kg.site.vocabulary_terms import TERMS
from snhr_kg.site.words import pgettext

_OWN: Final = "code"


def short(iri: str) -> str:
    """The prefixed name of an IRI; the IRI itself where no prefix of ours fits.

    >>> short("http://www.w3.org/2004/02/skos/core#broader")
    'skos:broader'
    >>> short("https://example.org/a/b")
    'https://example.org/a/b'
    """
    for prefix, start in names.PREFIXES.items():
        local = iri.removeprefix(start)
        if local != iri and prefix != _OWN and "/" not in local and "#" not in local:
            return f"{prefix}:{local}"
    return iri


def words(iri: str) -> str | None:
    """What a term of another vocabulary says, in the language of the page; None for one that is not in `TERMS`.

    >>> words("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    'is a'
    """
    name = short(iri)
    if name not in TERMS:
        return None
    is_class = name.partition(":")[2][:1].isupper()
    return pgettext("class" if is_class else "property", TERMS[name])
