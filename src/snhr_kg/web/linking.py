"""The `Link` headers of a thing and of the documents about it (RFC 8288), and relative addresses between them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from flask import request

from snhr_kg import names
from snhr_kg.holding import Holding
from snhr_kg.site import links
from snhr_kg.site.described import Described
from snhr_kg.site.documents import FORMATS, licences

PAGE: Final = "html"
"""How the addresses of pages end, beside those of `FORMATS`."""

_TYPE: Final = names.full("rdf:type")


@dataclass(frozen=True, slots=True)
class Linked:
    """A thing as headers tell of it: its IRI, its classes, and the licences of what is said of it."""

    iri: str
    kinds: tuple[str, ...]
    licences: tuple[str, ...]


def linked(holding: Holding, iri: str, described: Described | None = None) -> Linked:
    """A thing for its headers: by what own graphs say of it, or by the description where it is given."""
    if described is not None:
        kinds = {str(one.object.value) for one in described.stated if one.subject == iri and one.predicate == _TYPE}
        graphs = described.graphs
    else:
        kinds = set(holding.kinds(iri))
        graphs = sorted({one.graph for one in holding.statements(iri)})
    return Linked(iri, tuple(sorted(kinds)), tuple(licences(holding, graphs)))


def address(iri: str, ending: str, language: str = "") -> str:
    """The path of the document about a thing, encoded; `language` where it is a page.

    A page's has no encoded slash, since the links on it count the folders that it is in.
    """
    if language:
        return quote(links.page_path(links.local_part(iri), language), safe=links.SAFE)
    return f"/{iri.partition('#')[0].removeprefix(names.BASE)}.{ending}"


def relative(target: str) -> str:
    """An encoded path, seen from the address that was asked for.

    What was encoded in that address counts as it was: an encoded slash begins no folder.
    """
    asked = str(request.environ.get("REQUEST_URI") or request.path).partition("?")[0]
    found = posixpath.relpath(target, posixpath.dirname(asked) or "/")
    return f"./{found}" if ":" in found.partition("/")[0] else found


def link_header(linked: Linked, ending: str = "", language: str = "") -> str:
    """The header of the document with this ending (and language), or, without one, of the thing itself."""
    return ", ".join([*_others(linked.iri, ending, language), *_facts(linked, ending, language)])


def _others(iri: str, ending: str, language: str) -> Iterator[str]:
    """The other documents; to the thing, and to a page, the data documents are descriptions too."""
    relation = "alternate" if ending in {form.ending for form in FORMATS} else "alternate describedby"
    for form in FORMATS:
        if form.ending != ending:
            yield f'<{relative(address(iri, form.ending))}>; rel="{relation}"; type="{form.media_type}"'
    relation = "alternate" if ending else "alternate describedby"
    for one in links.LANGUAGES:
        if one != language:
            yield f'<{relative(address(iri, PAGE, one))}>; rel="{relation}"; type="text/html"; hreflang="{one}"'


def _facts(linked: Linked, ending: str, language: str) -> Iterator[str]:
    if ending:
        yield f'<{names.BASE}{address(linked.iri, ending, language)[1:]}>; rel="canonical"'
        yield f'<{linked.iri}>; rel="cite-as describes"'
    else:
        yield f'<{linked.iri}>; rel="canonical"'
    anchor = f'; anchor="{linked.iri}"' if ending else ""
    yield from (f'<{kind}>; rel="type"{anchor}' for kind in linked.kinds)
    yield from (f'<{licence}>; rel="license"' for licence in linked.licences)
