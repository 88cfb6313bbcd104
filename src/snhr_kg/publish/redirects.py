"""The rules by which a thing's IRI leads to the document that a client likes best, for sites of plain files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

from snhr_kg.site import links
from snhr_kg.site.documents import FORMATS

_ENDINGS: Final = tuple(form.ending for form in FORMATS)
_NO_DOCUMENT: Final = r"RewriteCond $1 !\."
"""What has no dot is the address of no document: it may be that of a page with a name, which has no data."""

_PLACES: Final = {
    "site": "The site itself, on Apache with mod_rewrite; put the whole folder where it is served.",
    "resolver": "A resolver of permanent identifiers (w3id.org and the like): leads from there to the site.",
}


def files(things: Sequence[str], address: str | None) -> Iterator[tuple[str, str]]:
    """The path and text of each file of redirects: for the site's own server, for a resolver, and as a table."""
    yield "/.htaccess", "\n".join([*_head("site"), *_types(), *_rules("%{ENV:FOLDER}", exists=True)]) + "\n"
    yield "/redirects.csv", _table(things)
    if address is not None:
        yield (
            "/resolver/.htaccess",
            "\n".join([*_head("resolver"), *_rules(address.rstrip("/") + "/", exists=False)]) + "\n",
        )


def _head(place: str) -> list[str]:
    return [
        f"# {_PLACES[place]}",
        "Options -MultiViews",
        "DirectorySlash Off",
        "RewriteEngine On",
        "RewriteOptions AllowNoSlash",
    ]


def _types() -> list[str]:
    vary = [
        "<IfModule mod_headers.c>",
        "Header always merge Vary Accept",
        "Header always merge Vary Accept-Language",
        "</IfModule>",
    ]
    added = [f"AddType {form.media_type} .{form.ending}" for form in FORMATS]
    return [
        *vary,
        *added,
        "AddType application/n-quads .nq",
        f"AddCharset UTF-8 {' '.join('.' + one for one in _ENDINGS)} .nq",
    ]


def _rules(target: str, *, exists: bool) -> list[str]:
    """Rewrite rules in the order in which they are tried; with `exists`, only to files that are there."""
    rules = [] if exists else [f"RewriteRule ^$ {target} [R=302,L]"]
    if exists:
        # Below which path the folder is served is found out by Apache itself: what the rule's own part leaves over.
        rules += [r"RewriteCond %{REQUEST_URI}::$1 ^(.*?/)(.*)::\2$", "RewriteRule ^(.*)$ - [E=FOLDER:%1]"]
        rules += ["RewriteCond %{REQUEST_FILENAME} -f", "RewriteRule ^ - [L]"]
    else:
        documents = "|".join((*_ENDINGS, "html", "csv", "json", "nq", "svg", "png", "css", "js"))
        rules.append(rf"RewriteRule ^(.+\.(?:{documents}))$ {target}$1 [R=302,L,NE]")
        rules.append(rf"RewriteRule ^(files/.+)$ {target}$1 [R=302,L,NE]")
    for form in FORMATS:
        rules.append(rf"RewriteCond %{{HTTP_ACCEPT}} {form.media_type.replace('+', chr(92) + '+')} [NC]")
        rules += [_is_there(form.ending)] if exists else []
        rules.append(f"RewriteRule ^(.+)$ {target}$1.{form.ending} [R=303,L,NE]")
    for language in reversed(links.LANGUAGES):
        if language != links.LANGUAGES[0]:
            rules.append(f"RewriteCond %{{HTTP:Accept-Language}} ^{language} [NC]")
        rules.append("RewriteCond %{HTTP_ACCEPT} text/html [NC]")
        rules += [f"{_is_there(_ENDINGS[0])} [OR]", _NO_DOCUMENT] if exists else []
        rules.append(f"RewriteRule ^(.+)$ {target}{language}/$1.html [R=303,L,NE]")
    rules += [_is_there(_ENDINGS[0])] if exists else []
    rules.append(f"RewriteRule ^(.+)$ {target}$1.{_ENDINGS[0]} [R=303,L,NE]")
    return rules


def _is_there(ending: str) -> str:
    """The condition that there is a data document with this ending; without it, an unknown path would lead on for ever.

    Of a path in no folder, the name of the file is only the beginning, and the rest is in the other variable.
    """
    return f"RewriteCond %{{REQUEST_FILENAME}}%{{PATH_INFO}}.{ending} -f"


def _table(things: Sequence[str]) -> str:
    """A row for each thing: its IRI, its page in each language and its data in each format, from the site's root."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["iri", *links.LANGUAGES, *_ENDINGS])
    for local in things:
        pages = (links.page_path(local, language).lstrip("/") for language in links.LANGUAGES)
        data = (f"{local}.{ending}" for ending in _ENDINGS)
        writer.writerow([links.iri_of(local), *pages, *data])
    return out.getvalue()
