"""Where the documents about a thing are, and how a page leads to another.

A thing's IRI is the base and a local part. Its page is that local part below the language, with ``.html``; its data
the local part with the ending of a format. Links are relative, so that the same bytes serve at any address: on a
server, below a path of a proxy, or as files of a static site.
"""

from __future__ import annotations

import posixpath
from typing import Final
from urllib.parse import quote, unquote

from snhr_kg import names

LANGUAGES: Final = ("en", "ar")
"""The languages that pages are in; the first is for those who ask for neither."""

SAFE: Final = "/:@!$&'()*+,;=~"
"""What stands in the path of an address as it is, beside letters, digits and "-._"."""

_CODES_OF_OTHERS: Final = "/code/"


def is_ours(iri: str) -> bool:
    """Whether the IRI is one that we mint, and so answer for."""
    return iri.startswith(names.BASE)


def local_part(iri: str) -> str:
    """What follows the base in an IRI of ours, decoded, without its fragment.

    >>> local_part("https://w3id.org/snhr-kg/code/perpetrator/isis")
    'code/perpetrator/isis'
    """
    return unquote(iri.removeprefix(names.BASE).partition("#")[0])


def iri_of(local: str) -> str:
    """The IRI whose local part, decoded, this is.

    >>> iri_of("external/acled/code/actor/Military Forces of Russia (2000-)")
    'https://w3id.org/snhr-kg/external/acled/code/actor/Military%20Forces%20of%20Russia%20%282000-%29'
    """
    if local.startswith("comparison/"):  # its last parts hold codes of others
        return names.BASE + "/".join(quote(part, safe="") for part in local.split("/"))
    head, mark, tail = local.partition(_CODES_OF_OTHERS)
    if local.startswith("external/") and mark:
        code_list, slash, notation = tail.partition("/")
        return f"{names.BASE}{quote(head)}{mark}{code_list}{slash}{quote(notation, safe='')}"
    return names.BASE + quote(local, safe=SAFE)


def page_path(local: str, language: str) -> str:
    """The path of the page about a thing, or of a page that has a name of its own.

    >>> page_path("code/perpetrator/isis", "ar")
    '/ar/code/perpetrator/isis.html'
    """
    return f"/{language}/{local}.html"


def document_of(iri: str, language: str) -> str:
    """The path of the page about a thing of ours, with the place on it where that is a part of another thing.

    A fragment with an equals sign is a place in a file (RFC 7111: ``#row=19``), and no place on a page. The base itself
    is the site, whose page is the first one.
    """
    fragment = iri.partition("#")[2]
    place = f"#{fragment}" if fragment and "=" not in fragment else ""
    return page_path(local_part(iri) or "index", language) + place


def relative(target: str, here: str) -> str:
    """The path `target`, with query and fragment, as a link on the page at the path `here`; encoded for an address.

    >>> relative("/en/code/place.html#map", "/en/report/2020-03-15.html")
    '../code/place.html#map'
    """
    path, mark, fragment = target.partition("#")
    path, question, query = path.partition("?")
    found = posixpath.relpath(path, posixpath.dirname(here) or "/")
    if path.endswith("/") and not found.endswith("/"):
        found += "/"
    if path == here:
        found = posixpath.basename(path) or "./"
    return quote(found, safe=SAFE.replace(":", "")) + question + query + mark + fragment
