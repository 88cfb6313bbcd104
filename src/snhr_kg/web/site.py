"""Serves the pages for people, each in its language at an address of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, current_app, g, redirect, request
from werkzeug.datastructures import LanguageAccept

from snhr_kg import names
from snhr_kg.engine.question import Engine
from snhr_kg.errors import SnhrKgError, UnknownResource
from snhr_kg.holding import Holder, Text
from snhr_kg.site import formats, links, origins, pages, thing, words
from snhr_kg.site.documents import FORMATS
from snhr_kg.site.schema_org import dataset_data
from snhr_kg.site.visit import Visit
from snhr_kg.web.caller import caller
from snhr_kg.web.deliver import deliver
from snhr_kg.web.linking import PAGE, Linked, link_header, linked
from snhr_kg.web.unknown import unknown

PUBLISHING: Final = "SNHR_KG_PUBLISHING"
"""The setting of the application that is true while files for a site without a server are written."""

_DIRECTIONS: Final = {"en": "ltr", "ar": "rtl"}


def blueprint(engine: Engine, holder: Holder, folder: Path | None) -> Blueprint:
    """The routes of the pages over an engine, the graphs held of it, and the folder that a build wrote, if any."""
    routes = Blueprint("site", __name__)

    @routes.get("/<any(en, ar):language>/")
    def index(language: str) -> Response:
        return _redirect(links.page_path("index", language))

    @routes.get("/<any(en, ar):language>/<path:local>.html")
    def page(language: str, local: str) -> Response:
        holding = holder.now(caller())
        visit = Visit(holding, engine, caller(), language, local, request.args, is_publishing(), folder)
        named = pages.NAMED.get(local)
        html = named(visit) if named else _page_about(visit)
        response = deliver(html.encode(), "text/html", holding.version, negotiated=False)
        if (about := _linked(visit)) is not None:
            response.headers["Link"] = link_header(about, PAGE, language)
        return response

    return routes


def _linked(visit: Visit) -> Linked | None:
    """What the page is about, for its headers; a page that was made before has not worked the thing out."""
    iri = links.iri_of(visit.local)
    if iri in visit.holding:
        return linked(visit.holding, iri)
    shown = thing.about(visit)
    return None if shown is None else Linked(iri, shown.kinds, shown.licences)


def _page_about(visit: Visit) -> str:
    try:
        return pages.page_about(visit, links.iri_of(visit.local))
    except UnknownResource as error:
        raise unknown(visit.holding, visit.local) from error


def register(app: Flask, holder: Holder) -> None:
    """Give every template the words, links and labels of its page."""

    @app.before_request
    def _choose_language() -> None:
        g.language = asked_language()

    def label(iri: str) -> Text:
        return holder.now(caller()).label(iri, g.language)

    def latest_report() -> str | None:
        """The local part of the report that was published last; None where there is none, or it cannot be asked."""
        try:
            reports = holder.now(caller()).instances("snhr:Report")
        except SnhrKgError:
            return None
        return max(map(links.local_part, reports), default=None)

    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        words.gettext, words.ngettext, newstyle=True, pgettext=words.pgettext
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        label=label,
        latest_report=latest_report,
        link=lambda path: links.relative(path, request.path),
        page=lambda local: links.relative(links.page_path(local, g.language), request.path),
        href=lambda iri: (
            links.relative(links.document_of(iri, g.language), request.path) if links.is_ours(iri) else iri
        ),
        is_ours=links.is_ours,
        languages=links.LANGUAGES,
        same_question=lambda: f"?{urlencode(list(request.args.items(multi=True)))}" if request.args else "",
        direction=lambda: _DIRECTIONS[g.language],
        language=lambda: g.language,
        base=names.BASE,
        thing_of=thing.about,
        data_formats=FORMATS,
        dataset_data=dataset_data,
        origin=origins.origin,
        origin_words=origins.origin_words,
    )
    app.jinja_env.filters.update(number=formats.number, day=formats.day)


def asked_language() -> str:
    """The language of the address, or else of the request's Accept-Language header, or English."""
    first = request.path.split("/")[1]
    if first in links.LANGUAGES:
        return first
    accepted: LanguageAccept = request.accept_languages
    return accepted.best_match(links.LANGUAGES) or links.LANGUAGES[0]


def is_publishing() -> bool:
    """Whether the page that is made becomes a file of a site without a server."""
    return bool(current_app.config.get(PUBLISHING))


def to_language(local: str, *, negotiated: bool = False) -> Response:
    """To the page of this name in the language that the client likes best.

    `negotiated` says that another Accept header might have led elsewhere.
    """
    response = _redirect(links.page_path(local, asked_language()))
    if negotiated:
        response.headers["Vary"] = "Accept, Accept-Language"
    return response


def _redirect(path: str) -> Response:
    response = redirect(links.relative(path, request.path), 302)
    response.headers["Vary"] = "Accept-Language"
    assert isinstance(response, Response)
    return response
