"""A graph small enough to know every answer by heart, written as a build writes it: for tests of the serving side."""

from __future__ import annotations

import hashlib
from pathlib import Path

from snhr_kg import names

DIMENSION_CODES = {
    "indicator": ("indicator", "deaths"),
    "violationType": ("violation-type", "torture"),
    "victimGroup": ("victim-group", "individuals"),
    "weapon": ("weapon", "_T"),
    "place": ("place", "syria"),
    "period": ("period", "1990-01--1999-01"),
}
OTHER_CODES = {
    "perpetrator": ("north", "south", "league", "_T"),
    "qualifier": ("exact", "at-least", "order-of-magnitude", "computed"),
    "basis": ("documented",),
    "unit": ("persons",),
    "verdict": ("consistent", "contradictory"),
}
FIGURES = {
    "deaths-all": ("_T", 130, 130, 130, "exact"),
    "deaths-north": ("north", 100, 100, 100, "exact"),
    "deaths-south": ("south", 25, 25, None, "at-least"),
    "deaths-league": ("league", None, 200, 999, "order-of-magnitude"),
}
"""Id: perpetrator, value, lower and upper bound, qualifier."""

RDF, RDFS, SKOS, OA = (names.PREFIXES[prefix] for prefix in ("rdf", "rdfs", "skos", "oa"))
REPORT = names.report("1999-09-09")
REPORT_GRAPH = names.graph("report/1999-09-09")
EXTERNAL_GRAPH = names.graph("external/elsewhere")


def write(folder: Path) -> Path:
    """Write the graph and its checksums into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    data = "".join(sorted({*_codes(), *_figures(), *_elsewhere()})).encode()
    (folder / "snhr-kg.nq").write_bytes(data)
    (folder / "SHA256SUMS").write_text(f"{hashlib.sha256(data).hexdigest()}  snhr-kg.nq\n", encoding="utf-8")
    return folder


def _quad(subject: str, predicate: str, object_: str, graph: str) -> str:
    return f"<{subject}> <{predicate}> {object_} <{graph}> .\n"


def _iri(value: str) -> str:
    return f"<{value}>"


def _typed(value: object, datatype: str) -> str:
    return f'"{value}"^^<{names.PREFIXES["xsd"]}{datatype}>'


def _codes():
    graph = names.graph("codes")
    codes = [*DIMENSION_CODES.values(), *((scheme, local) for scheme, many in OTHER_CODES.items() for local in many)]
    for scheme, notation in codes:
        code = names.code(scheme, notation)
        yield _quad(code, SKOS + "inScheme", _iri(names.scheme(scheme)), graph)
        yield _quad(code, SKOS + "notation", f'"{notation}"', graph)
        yield _quad(code, SKOS + "prefLabel", f'"{notation.replace("-", " ")}"@en', graph)
        yield _quad(code, SKOS + "prefLabel", f'"رمز {notation}"@ar', graph)
    league = names.code("perpetrator", "league")
    yield _quad(names.code("perpetrator", "north"), SKOS + "broader", _iri(league), graph)


def _figures():
    for name, (perpetrator, value, lower, upper, qualifier) in FIGURES.items():
        figure = names.in_report("1999-09-09", "figure", name)
        yield from _observation(figure, "Figure", REPORT_GRAPH, perpetrator, value, lower, upper, qualifier)
        yield from _mention(figure, name, value)
    derived = names.in_report("1999-09-09", "derived", "deaths-not-attributed")
    yield from _observation(derived, "DerivedFigure", names.graph("derived"), "_T", 5, None, None, "computed")
    check = names.in_report("1999-09-09", "check", "partition-sum--deaths")
    graph = names.graph("checks")
    yield _quad(check, RDF + "type", _iri(names.term("Check")), graph)
    yield _quad(check, names.term("rule"), _iri(names.rule("partition-sum")), graph)
    yield _quad(check, names.term("verdict"), _iri(names.code("verdict", "contradictory")), graph)
    yield _quad(check, names.term("residual"), _typed(5, "decimal"), graph)
    yield _quad(check, RDFS + "label", '"Do the parts add up?"@en', graph)


def _observation(iri, kind, graph, perpetrator, value, lower, upper, qualifier):
    yield _quad(iri, RDF + "type", _iri(names.term(kind)), graph)
    yield _quad(iri, names.term("inReport"), _iri(REPORT), graph)
    yield _quad(iri, RDFS + "label", f'"Deaths under torture, {perpetrator}"@en', graph)
    yield _quad(iri, RDFS + "label", '"وفيات بسبب التعذيب"@ar', graph)
    for local, (scheme, notation) in DIMENSION_CODES.items():
        yield _quad(iri, names.term(local), _iri(names.code(scheme, notation)), graph)
    for local, scheme, notation in (
        ("perpetrator", "perpetrator", perpetrator),
        ("qualifier", "qualifier", qualifier),
        ("basis", "basis", "documented"),
        ("unit", "unit", "persons"),
    ):
        yield _quad(iri, names.term(local), _iri(names.code(scheme, notation)), graph)
    if value is not None:
        yield _quad(iri, names.term("value"), _typed(value, "integer"), graph)
    for side, bound in (("lower", lower), ("upper", upper)):
        if bound is not None:
            yield _quad(iri, names.term(f"{side}Bound"), _typed(bound, "integer"), graph)
            yield _quad(iri, names.term(f"{side}BoundIncluded"), _typed("true", "boolean"), graph)


def _mention(figure, name, value):
    mention = names.in_report("1999-09-09", "mention", f"{name}--body")
    target, position, quote = (f"{mention}#{part}" for part in ("target", "position", "quote"))
    section = names.in_report("1999-09-09", "section", "one")
    for subject, predicate, object_ in (
        (mention, RDF + "type", _iri(names.term("Mention"))),
        (mention, names.term("mentionOf"), _iri(figure)),
        (mention, names.term("inSection"), _iri(section)),
        (mention, names.term("printed"), f'"{value or "hundreds"}"'),
        (mention, OA + "hasTarget", _iri(target)),
        (target, OA + "hasSelector", _iri(position)),
        (target, OA + "hasSelector", _iri(quote)),
        (position, OA + "start", _typed(7, "integer")),
        (position, OA + "end", _typed(10, "integer")),
        (quote, OA + "exact", f'"{value or "hundreds"} died"'),
    ):
        yield _quad(subject, predicate, object_, REPORT_GRAPH)


def _elsewhere():
    yield _quad("https://example.org/event", RDFS + "label", '"published elsewhere"@en', EXTERNAL_GRAPH)
