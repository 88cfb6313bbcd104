"""A thing by what it is called, as a link to its page; kept, because a long page has hundreds and pages share them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from functools import partial
from typing import Final

from markupsafe import Markup

from snhr_kg.holding import Text
from snhr_kg.site import links
from snhr_kg.site.once import Each
from snhr_kg.site.visit import Visit

_anchors: Final = Each[tuple[str, str, str], Markup]()
_names: Final = Each[tuple[str, str], Markup]()


def anchor(visit: Visit, iri: str) -> Markup:
    """The link to a thing: to its page where it is ours, else to its own address, which is then what it is called."""
    here = links.page_path(visit.local, visit.language)
    if links.document_of(iri, visit.language) == here:
        return _made(visit, iri, here)
    key = (iri, visit.language, posixpath.dirname(here))
    return _anchors.get(visit.holding, key, lambda: _made(visit, iri, here))


def named(visit: Visit, iri: str) -> Markup:
    """What a thing is called, with its language where that is not the page's."""
    return _names.get(visit.holding, (iri, visit.language), lambda: marked(visit.label(iri), visit.language))


def marked(text: Text, language: str) -> Markup:
    """Words with the language they are in where that is not the page's, apart from the direction of what is around.

    Arabic ones run from the right even where a Latin name begins them. It is ``parts.words`` of the templates, for
    long pages.
    """
    said = Markup(' lang="{}"').format(text.language) if text.language and text.language != language else ""
    way = Markup(' dir="rtl"') if text.language == "ar" else ""
    return Markup("<bdi{}{}>{}</bdi>").format(said, way, text.words)


def words_of(visit: Visit) -> dict[str, Callable[[str], Markup]]:
    """`anchor` and `named` as a template calls them."""
    return {"anchor": partial(anchor, visit), "named": partial(named, visit)}


def _made(visit: Visit, iri: str, here: str) -> Markup:
    if not links.is_ours(iri):
        return Markup('<a class="elsewhere" href="{}" rel="external"><bdi dir="ltr">{}</bdi></a>').format(iri, iri)
    target = links.relative(links.document_of(iri, visit.language), here)
    return Markup('<a href="{}">{}</a>').format(target, named(visit, iri))
