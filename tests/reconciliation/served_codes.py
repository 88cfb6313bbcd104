"""A graph with all the code lists of the project, a few mappings and points, written as a build writes it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyoxigraph as ox

from snhr_kg import names

CODES = Path(__file__).resolve().parents[2] / "ontology" / "codes"
MAPPED = (
    ("place/idlib-governorate", "exactMatch", names.foreign_code("ocha", "p-code", "SY07"), "Idleb", False),
    ("place/homs-governorate", "exactMatch", names.foreign_code("ocha", "p-code", "SY04"), "Homs", False),
    ("place/raqqa-city", "exactMatch", "https://sws.geonames.org/172955/", "Ar Raqqah", False),
    ("perpetrator/isis", "exactMatch", "https://ucdp.uu.se/actor/234", "IS", False),
    ("perpetrator/armed-opposition", "narrowMatch", "https://ucdp.uu.se/actor/1130", "FSA of UCDP", False),
    ("perpetrator/hts", "closeMatch", "https://ucdp.uu.se/actor/769", "al-Qaida", True),
)
"""Our code, relation, target, its label, and whether the mapping is refused."""


def write(folder: Path) -> Path:
    """Write the graph and its checksums into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    quads = [f"{quad} .\n" for path in sorted(CODES.glob("*.ttl")) for quad in _codes(path)] + _links()
    data = "".join(sorted(set(quads))).encode()
    (folder / "snhr-kg.nq").write_bytes(data)
    (folder / "SHA256SUMS").write_text(f"{hashlib.sha256(data).hexdigest()}  snhr-kg.nq\n", encoding="utf-8")
    return folder


def _codes(path: Path) -> list[ox.Quad]:
    graph = ox.NamedNode(names.graph("codes"))
    triples = ox.parse(path=path, format=ox.RdfFormat.TURTLE)
    return [ox.Quad(one.subject, one.predicate, one.object, graph) for one in triples]


def _links() -> list[str]:
    lines = []
    prefixes = names.PREFIXES
    for number, (code, relation, target, label, refused) in enumerate(MAPPED):
        mapping = names.mapping(f"test/{number}")
        code = names.BASE + "code/" + code
        relation = prefixes["skos"] + relation
        lines += [
            _line(mapping, prefixes["rdf"] + "type", f"<{prefixes['sssom']}Mapping>"),
            _line(mapping, prefixes["owl"] + "annotatedSource", f"<{code}>"),
            _line(mapping, prefixes["owl"] + "annotatedProperty", f"<{relation}>"),
            _line(mapping, prefixes["owl"] + "annotatedTarget", f"<{target}>"),
            _line(mapping, prefixes["sssom"] + "object_label", f'"{label}"'),
        ]
        if refused:
            lines.append(_line(mapping, prefixes["sssom"] + "predicate_modifier", '"Not"'))
    place = names.code("place", "idlib-governorate")
    point = names.part(place, "point")
    wkt = f'"POINT(36.63 35.93)"^^<{prefixes["geo"]}wktLiteral>'
    return [
        *lines,
        _line(place, prefixes["geo"] + "hasGeometry", f"<{point}>"),
        _line(point, prefixes["geo"] + "asWKT", wkt),
    ]


def _line(subject: str, predicate: str, object_: str) -> str:
    return f"<{subject}> <{predicate}> {object_} <{names.graph('links')}> .\n"
