"""The W3C's SPARQL test suites in a checkout of w3c/rdf-tests: which there are, and which tests each one lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

ADDRESS: Final = "https://w3c.github.io/rdf-tests/"
"""Where the tests are published: the base of every IRI in them."""

_MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_ALL: Final = ("sparql/sparql11/manifest-all.ttl", "sparql/sparql10/manifest.ttl")
_PROTOCOL: Final = "protocol"
_DESCRIPTION: Final = "service-description"
_GROUPS: Final = {
    "csv-tsv-res": "SPARQL 1.1 results formats",
    "json-res": "SPARQL 1.1 results formats",
    "syntax-query": "SPARQL 1.1 query syntax",
    _PROTOCOL: "SPARQL 1.1 protocol, query side",
    _DESCRIPTION: "SPARQL 1.1 service description",
}
_LEFT_OUT: Final = {
    *("add", "basic-update", "clear", "copy", "delete", "delete-data", "delete-insert", "delete-where", "drop", "move"),
    *("syntax-update-1", "syntax-update-2", "update-silent", "graph-store-protocol"),
    *("service", "syntax-fed", "entailment"),
}
_UPDATES: Final = ("update_", "bad_update", "bad_multiple_updates")
"""How the names of the protocol's tests of updates begin."""


@dataclass(frozen=True, slots=True)
class Suite:
    """One manifest: its path in the checkout, the tests of it that are run, and what of SPARQL it is about."""

    path: str
    group: str
    tests: tuple[str, ...]

    @property
    def name(self) -> str:
        """The folder of the manifest."""
        return self.path.split("/")[-2]

    @property
    def of_engines(self) -> bool:
        """Whether it can be asked of a query engine without an endpoint of its own."""
        return self.name not in (_PROTOCOL, _DESCRIPTION)


def read_suites(checkout: Path) -> list[Suite]:
    """The suites of SPARQL 1.1 that concern a read-only endpoint, and those of SPARQL 1.0, in the manifests' order.

    Left out: updates, the Graph Store Protocol (whose tests all write), federation and entailment regimes.
    Raises `FileNotFoundError` when a manifest is not there.
    """
    return [suite for manifest in _ALL for path in _included(checkout, manifest) if (suite := _suite(checkout, path))]


def _included(checkout: Path, manifest: str) -> Iterator[str]:
    store = _read(checkout, manifest)
    for entry in _members(store, "include"):
        yield entry.removeprefix(ADDRESS)


def _suite(checkout: Path, path: str) -> Suite | None:
    _, version, name, _ = path.split("/")
    if name in _LEFT_OUT:
        return None
    tests = _members(_read(checkout, path), "entries")
    if name == _PROTOCOL:
        tests = [test for test in tests if not test.rpartition("#")[2].startswith(_UPDATES)]
    return Suite(path, _group(version, name), tuple(tests))


def _group(version: str, name: str) -> str:
    if version == "sparql10":
        return "SPARQL 1.0 syntax" if name.startswith("syntax") else "SPARQL 1.0 query evaluation"
    return _GROUPS.get(name, "SPARQL 1.1 query evaluation")


def _read(checkout: Path, path: str) -> ox.Store:
    store = ox.Store()
    store.load((checkout / path).read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=ADDRESS + path)
    return store


def _members(store: ox.Store, property_name: str) -> list[str]:
    """The IRIs of the list that is a manifest's value of a property."""
    members = []
    for quad in store.quads_for_pattern(None, ox.NamedNode(_MF + property_name), None):
        node = quad.object
        while isinstance(node, ox.BlankNode):
            members.append(str(_value(store, node, "first").value))
            node = _value(store, node, "rest")
    return members


def _value(store: ox.Store, node: ox.BlankNode, property_name: str) -> Any:
    return next(store.quads_for_pattern(node, ox.NamedNode(_RDF + property_name), None)).object
