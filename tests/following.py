"""Where the links of a page lead: the IRIs of the things that the pages they point at are about."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote, urldefrag, urljoin

from snhr_kg.site import links


def led_to(page: str, anchors: Iterable) -> list[str]:
    """The IRIs that these links on the page (its path) lead to, in their order; an address elsewhere as it is."""
    return [_iri(urljoin(page, anchor.get("href"))) for anchor in anchors]


def words(element) -> str:
    """The text of an element, its spaces made one."""
    return " ".join(element.text_content().split())


def _iri(path: str) -> str:
    bare = unquote(urldefrag(path).url)
    if "://" in bare:
        return bare
    return links.iri_of(bare.split("/", 2)[2].removesuffix(".html"))
