"""A thing by what it is called, as a link to its page; kept, because a long page has hundreds and pages share them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from functools import partial
from typing import Final, TypeAlias

from markupsafe import Markup

from snhr_kg.holding import Text
from snhr_kg.site import links
from snhr_kg.site.once import Once
from snhr_kg.site.visit import Visit

_Key: TypeAlias = tuple[str, str, str]

_kept: Final = Once[dict[_Key, Markup]]()
_names: Final = Once[dict[tuple[str, str], Markup]]()


def anchor(visit: Visit, iri: str) -> Markup:
    """The link to a thing: to its page where it is ours, else to its own address, which is then what it is called."""
    here = links.page_path(visit.local, visit.language)
    kept, key = _kept.get(visit.holding, dict), (iri, visit.language, posixpath.dirname(here))
    if links.document_of(iri, visit.language) == here:
        return _made(visit, iri, here)
    if key not in kept:
        kept[key] = _made(visit, iri, here)
    return kept[key]


def named(visit: Visit, iri: str) -> Markup:
    """What a thing is called, with its language where that is not the page's."""
    kept, key = _names.get(visit.holding, dict), (iri, visit.language)
    if key not in kept:
        kept[key] = marked(visit.label(iri), visit.language)
    return kept[key]


def marked(text: Text, language: str) -> Markup:
    """Words with the language they are in where that is not the page's, apart from the direction of what is around."""
    if text.language and text.language != language:
        return Markup('<bdi lang="{}">{}</bdi>').format(text.language, text.words)
    return Markup("<bdi>{}</bdi>").format(text.words)


def words_of(visit: Visit) -> dict[str, Callable[[str], Markup]]:
    """`anchor` and `named` as a template calls them."""
    return {"anchor": partial(anchor, visit), "named": partial(named, visit)}


def _made(visit: Visit, iri: str, here: str) -> Markup:
    if not links.is_ours(iri):
        return Markup('<a class="elsewhere" href="{}" rel="external"><bdi dir="ltr">{}</bdi></a>').format(iri, iri)
    target = links.relative(links.document_of(iri, visit.language), here)
    return Markup('<a href="{}">{}</a>').format(target, named(visit, iri))
