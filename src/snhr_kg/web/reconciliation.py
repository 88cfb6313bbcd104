"""The Reconciliation Service API 0.2 at ``/reconcile``, in Arabic at ``/reconcile/ar``: what OpenRefine talks to."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version as version_of
from typing import Any, Final

from flask import Blueprint, Response, redirect, render_template, request

from snhr_kg import names
from snhr_kg.counts import Counted
from snhr_kg.engine.question import Caller, Engine, Question
from snhr_kg.errors import BadParameter, BadRequest, UnknownResource, UnsupportedBody
from snhr_kg.questions.rows import RESULTS_JSON, Value, json_bytes, read_rows
from snhr_kg.reconciliation import answers
from snhr_kg.reconciliation.entities import TYPES, Entity
from snhr_kg.reconciliation.normalise import fold
from snhr_kg.reconciliation.reconciler import Reconciler, make_reconciler, type_label
from snhr_kg.reconciliation.requests import read_extension, read_queries, read_types
from snhr_kg.web.caller import caller
from snhr_kg.web.deliver import deliver
from snhr_kg.web.description import front_address
from snhr_kg.web.linking import PAGE, address, relative
from snhr_kg.web.parameters import read_parameters

JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"
MOST_SUGGESTED: Final = 20

_FRAMED: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""The policy of a preview, which is made to stand in the pages of others."""

_ABOVE_ALL: Final = 10
"""How many names of an entity its preview shows."""


class Service:
    """The reconciler over the graph that an engine serves now, made anew for each version of it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._made: Counted[Reconciler] = Counted(engine, _make)

    @property
    def reconciler(self) -> Reconciler:
        """Raises what `Engine.answer` does."""
        return self._made.value(caller())

    def entity(self, id_: str) -> Entity:
        """The entity with the id; raises `UnknownResource`."""
        found = self.reconciler.index.entity(id_)
        if found is None:
            raise UnknownResource(f"there is no entity {id_[:100]!r}; ids look like perpetrator/isis")
        return found


def _make(engine: Engine, asker: Caller) -> Reconciler:
    def select(text: str) -> list[dict[str, Value]]:
        return read_rows(engine.answer(Question(text, RESULTS_JSON), asker).body).values()

    return make_reconciler(select)


def blueprint(engine: Engine) -> Blueprint:
    """The routes below ``/reconcile`` over an engine."""
    routes = Blueprint("reconciliation", __name__, url_prefix="/reconcile")
    service = Service(engine)

    def endpoint(language: str) -> Response:
        return _endpoint(service, language)

    def suggest(language: str, kind: str) -> Response:
        return _suggest(service, language, kind)

    def flyout(language: str, kind: str) -> Response:
        return _flyout(service, language, kind)

    def properties(language: str) -> Response:
        return _proposals(service, language)

    def preview(language: str, id_: str) -> Response:
        return _preview(service, id_, language)

    def view(language: str, id_: str) -> Response:
        page = address(service.entity(id_).iri, PAGE, language)
        response = redirect(relative(page), 302)
        assert isinstance(response, Response)
        return response

    _add(routes, "", endpoint, ("GET", "POST"))
    _add(routes, "/suggest/<any(entity, property, type):kind>", suggest)
    _add(routes, "/flyout/<any(entity, property, type):kind>", flyout)
    _add(routes, "/properties", properties)
    _add(routes, "/preview/<path:id_>", preview)
    _add(routes, "/view/<path:id_>", view)
    return routes


def _add(routes: Blueprint, rule: str, view: Callable[..., Response], methods: tuple[str, ...] = ("GET",)) -> None:
    """The rule in English and in Arabic, with or without a slash at its end."""
    for prefix, language in (("", "en"), ("/ar", "ar")):
        name, given = f"{view.__name__}_{language}", {"language": language}
        routes.add_url_rule(prefix + rule, name, view, methods=methods, defaults=given, strict_slashes=False)


def _endpoint(service: Service, language: str) -> Response:
    given = _parameters()
    asked = [name for name in ("queries", "extend") if name in given]
    version = service.engine.version
    if len(asked) > 1 or (request.method == "POST" and not asked):
        raise BadRequest("send either 'queries' or 'extend', as a parameter or as a field of a form")
    if not asked:
        return _json(
            answers.manifest(front_address().rstrip("/"), _base(language), language, version_of("snhr-kg")), version
        )
    reconciler = service.reconciler
    text = given[asked[0]]
    if asked == ["queries"]:
        queries = read_queries(text, reconciler.properties)
        return _json(answers.results(reconciler, queries, language), version)
    return _json(answers.extension(reconciler, read_extension(text, reconciler.properties), language), version)


def _parameters() -> dict[str, str]:
    """Parameters of the address and fields of the form; others than the protocol's are passed over.

    OpenRefine's pages add some of their own (``_``, ``lang``, ``scoring``).
    """
    found = dict(read_parameters(request.query_string))
    if request.method == "POST":
        if request.mimetype != FORM:
            raise UnsupportedBody(f"the body is {request.mimetype or 'of no stated type'}; send {FORM}")
        found.update(read_parameters(request.get_data()))
    return found


def _suggest(service: Service, language: str, kind: str) -> Response:
    given, version = _parameters(), service.engine.version
    prefix, lists = given.get("prefix", ""), read_types(given.get("type"))
    start = _number(given, "cursor", 0)
    items: list[dict[str, Any]]
    if kind == "entity":
        found = service.reconciler.suggest(prefix, lists)[start : start + MOST_SUGGESTED]
        return _json({"result": answers.suggested_entities(found, language)}, version)
    if kind == "type":
        items = [*answers.types(TYPES, language)]
    else:
        known = service.reconciler.properties.values()
        items = [{"id": one.id, "name": one.label(language)} for one in known if one.is_of(lists)]
    fitting = [item for item in items if _begins(prefix, item["id"], item["name"])]
    return _json({"result": fitting[start:]}, version)


def _begins(prefix: str, *texts: str) -> bool:
    """Whether a word of one of the texts begins so; anything does with nothing."""
    wanted = fold(prefix)
    return not wanted or any(f" {wanted}" in f" {fold(text)}" for text in texts)


def _number(given: dict[str, str], name: str, usual: int) -> int:
    value = given.get(name, "")
    if value and not (value.isascii() and value.isdigit() and len(value) < 10):
        raise BadParameter(f"'{name}' takes a whole number, and this is {value[:100]!r}")
    return int(value) if value else usual


def _flyout(service: Service, language: str, kind: str) -> Response:
    id_, version = _parameters().get("id", ""), service.engine.version
    if kind == "entity":
        entity = service.entity(id_)
        html = render_template("preview_body.html", **_shown(service.reconciler, entity, language, names_shown=0))
    elif kind == "type":
        (code_list,) = read_types(id_) or ("",)
        if not code_list:
            raise UnknownResource("'id' names a type, such as Perpetrator")
        html = render_template("preview_term.html", label=type_label(code_list, language), iri=_class(code_list))
    else:
        if (known := service.reconciler.properties.get(id_)) is None:
            raise UnknownResource(f"there is no property {id_[:100]!r}")
        html = render_template("preview_term.html", label=known.label(language), iri=known.id)
    return _json({"id": id_, "html": html}, version)


def _class(code_list: str) -> str:
    return names.term(TYPES[code_list][0])


def _proposals(service: Service, language: str) -> Response:
    given, version = _parameters(), service.engine.version
    lists = read_types(given.get("type"))
    limit = _number(given, "limit", 0)
    found = answers.proposals(service.reconciler.properties.values(), lists, language)
    body: dict[str, Any] = {"properties": found[:limit] if limit else found, "type": given.get("type", "")}
    return _json(body | ({"limit": limit} if limit else {}), version)


def _preview(service: Service, id_: str, language: str) -> Response:
    version = service.engine.version
    entity = service.entity(id_)
    page = render_template("preview.html", **_shown(service.reconciler, entity, language, _ABOVE_ALL))
    response = deliver(page.encode(), "text/html", version)
    response.headers["Content-Security-Policy"] = _FRAMED
    return response


def _shown(reconciler: Reconciler, entity: Entity, language: str, names_shown: int) -> dict[str, Any]:
    """What the templates show of an entity."""
    above = [reconciler.index.entities[iri] for iri in entity.above if iri in reconciler.index.entities]
    others = [name for name in entity.names if name.kind != "label"]
    return {
        "entity": entity,
        "type": {each: type_label(entity.code_list, each) for each in ("en", "ar")},
        "above": above,
        "names": others[:names_shown],
        "left_out": max(0, len(others) - names_shown) if names_shown else 0,
        "kind_label": answers.kind_label,
        "language": language,
    }


def _json(value: object, version: str) -> Response:
    return deliver(json_bytes(value), JSON, version)


def _base(language: str) -> str:
    return "/reconcile" if language == "en" else f"/reconcile/{language}"
