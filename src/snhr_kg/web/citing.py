"""Serves the reference of a figure in the formats of reference managers: ``/report/…/figure/torture-deaths.bib``."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response

from snhr_kg.engine.question import Engine
from snhr_kg.errors import UnknownResource
from snhr_kg.holding import Holder
from snhr_kg.names import full
from snhr_kg.site import links
from snhr_kg.site.citing import ENDINGS, cited
from snhr_kg.web.caller import caller
from snhr_kg.web.deliver import deliver

_CITED: Final = frozenset(map(full, ("snhr:Figure", "snhr:DerivedFigure")))


def blueprint(engine: Engine, holder: Holder) -> Blueprint:
    """The route of the references."""
    routes = Blueprint("citing", __name__)

    @routes.get(f"/<path:local>.<any({', '.join(map(repr, ENDINGS))}):ending>")
    def citation(local: str, ending: str) -> Response:
        holding = holder.now(caller())
        iri = links.iri_of(local)
        if _CITED.isdisjoint(holding.kinds(iri)):
            raise UnknownResource(f"there is no figure {iri} to cite")
        form, media_type = ENDINGS[ending]
        response = deliver(cited(holding, iri, form).encode(), media_type, holding.version, negotiated=False)
        response.headers["Content-Disposition"] = f'attachment; filename="{local.rpartition("/")[2]}.{ending}"'
        return response

    return routes
