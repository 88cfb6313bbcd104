"""JSON-LD that reads like a document a web developer would write, compacted by the published context."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from snhr_kg.names import BASE, PREFIXES

CONTEXT_IRI = BASE + "context.jsonld"
"""Where the context that the documents refer to is published."""

_RDF, _XSD = PREFIXES["rdf"], PREFIXES["xsd"]
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")


@dataclass(frozen=True, slots=True)
class _Term:
    name: str
    coercion: str
    container: str


class Context:
    """The compact names of a JSON-LD 1.1 context, as far as our context uses the language."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        entries = document["@context"]
        self._prefixes = sorted(
            (
                (name, iri)
                for name, iri in entries.items()
                if isinstance(iri, str) and iri[-1:] in "/#" and iri[0] != "@"
            ),
            key=lambda pair: (-len(pair[1]), pair[0]),
        )
        prefixes = dict(self._prefixes)
        self._terms: dict[str, _Term] = {}
        self._compact: dict[str, str] = {}
        for name, entry in entries.items():
            if name.startswith("@") or name in prefixes:
                continue
            definition = {"@id": entry} if isinstance(entry, str) else entry
            if not definition["@id"].startswith("@"):
                term = _Term(name, _expand(definition.get("@type", ""), prefixes), definition.get("@container", ""))
                self._terms[_expand(definition["@id"], prefixes)] = term

    @classmethod
    def read(cls, path: Path) -> Context:
        """The context in a file."""
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def term(self, predicate: str) -> _Term:
        """How a predicate is written; one that the context does not define gets its compact IRI."""
        return self._terms.get(predicate) or _Term(self.compact(predicate), "", "")

    def type_name(self, iri: str) -> str:
        """How a class is written."""
        return self._terms[iri].name if iri in self._terms else self.compact(iri)

    def compact(self, iri: str) -> str:
        """The IRI with the longest prefix that fits."""
        found = self._compact.get(iri)
        if found is None:
            fitting = (f"{name}:{iri[len(start) :]}" for name, start in self._prefixes if iri.startswith(start))
            found = self._compact[iri] = next(fitting, iri)
        return found


def to_jsonld(triples: Iterable[ox.Triple], context: Context) -> str:
    """The triples as one JSON-LD document in the order given, without changing a term.

    A resource whose IRI is another's with a fragment stands inside that one (a mention's target inside the mention),
    blank nodes stand where they are used, and RDF lists are arrays. The document refers to `CONTEXT_IRI`.
    """
    nodes = _Nodes(triples, context)
    document = {"@context": CONTEXT_IRI, "@graph": nodes.top_level()}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


class _Nodes:
    """The node objects of one graph."""

    def __init__(self, triples: Iterable[ox.Triple], context: Context) -> None:
        self._context = context
        self._statements: dict[Any, dict[str, list[Any]]] = {}
        self._uses: Counter[Any] = Counter()
        children: dict[str, set[str]] = defaultdict(set)
        for subject, predicate, value in triples:
            self._statements.setdefault(subject, {}).setdefault(predicate.value, []).append(value)
            if isinstance(value, ox.BlankNode):
                self._uses[value] += 1
            elif isinstance(value, ox.NamedNode) and isinstance(subject, ox.NamedNode) and "#" in value.value:
                children[value.value].add(subject.value)
        self._inside = {
            node
            for node in self._statements
            if (isinstance(node, ox.BlankNode) and self._uses[node] == 1)
            or (isinstance(node, ox.NamedNode) and _is_fragment_of_one(node.value, children.get(node.value, set())))
        }
        self._shown: set[Any] = set()

    def top_level(self) -> list[dict[str, Any]]:
        outer = [self._node(node) for node in self._statements if node not in self._inside]
        # A cycle of blank nodes has no outside to stand in: its members are shown flat.
        return outer + [self._node(node) for node in self._statements if node not in self._shown]

    def _node(self, node: Any, nested: bool = False) -> dict[str, Any]:
        self._shown.add(node)
        shown: dict[str, Any] = {}
        if isinstance(node, ox.NamedNode):
            shown["id"] = self._context.compact(node.value)
        elif not nested:
            shown["id"] = f"_:{node.value}"
        statements = dict(self._statements[node])
        types = statements.pop(_RDF + "type", [])
        if types:
            names = [self._context.type_name(value.value) for value in types]
            shown["type"] = names[0] if len(names) == 1 else names
        for predicate, values in statements.items():
            term = self._context.term(predicate)
            is_map = term.container == "@language"
            if fitting := [value for value in values if not is_map or _is_text(value)]:
                shown[term.name] = self._values(fitting, term)
            if others := [value for value in values if is_map and not _is_text(value)]:
                plain = _Term(self._context.compact(predicate), "", "")
                shown[plain.name] = self._values(others, plain)
        return shown

    def _values(self, values: list[Any], term: _Term) -> Any:
        if term.container == "@language":
            return _language_map(values)
        written = [self._value(value, term) for value in values]
        return written if len(written) > 1 or term.container == "@set" else written[0]

    def _value(self, value: Any, term: _Term) -> Any:
        if isinstance(value, ox.Literal):
            return _literal(value, term, self._context)
        if value in self._inside and value not in self._shown:
            items = self._list_items(value)
            return (
                {"@list": [self._value(item, term) for item in items]} if items is not None else self._node(value, True)
            )
        if isinstance(value, ox.BlankNode):
            return {"id": f"_:{value.value}"}
        if value.value == _RDF + "nil":
            return {"@list": []}
        compact = self._context.compact(value.value)
        return compact if term.coercion == "@id" else {"id": compact}

    def _list_items(self, node: Any) -> list[Any] | None:
        """The items of a well-formed list that nothing else points into; None for any other node."""
        items, cells = [], set()
        while node != ox.NamedNode(_RDF + "nil"):
            cell = self._statements.get(node, {})
            if not isinstance(node, ox.BlankNode) or node in cells or self._uses[node] != 1:
                return None
            if set(cell) != {_RDF + "first", _RDF + "rest"} or any(len(values) != 1 for values in cell.values()):
                return None
            cells.add(node)
            items.append(cell[_RDF + "first"][0])
            node = cell[_RDF + "rest"][0]
        self._shown.update(cells)
        return items


def _is_fragment_of_one(iri: str, users: set[str]) -> bool:
    """Whether the IRI is a fragment whose document, or a fragment of the same, is what alone points to it."""
    document, mark, _ = iri.partition("#")
    return bool(mark) and len(users) == 1 and next(iter(users)) in (document, f"{document}#target")


def _is_text(value: Any) -> bool:
    return isinstance(value, ox.Literal) and (bool(value.language) or value.datatype.value == _XSD + "string")


def _language_map(values: list[ox.Literal]) -> dict[str, Any]:
    by_language: dict[str, list[str]] = defaultdict(list)
    for value in values:
        by_language[value.language or "@none"].append(value.value)
    return {language: texts[0] if len(texts) == 1 else texts for language, texts in by_language.items()}


def _literal(value: ox.Literal, term: _Term, context: Context) -> Any:
    if value.language:
        return {"@value": value.value, "@language": value.language}
    datatype = value.datatype.value
    if datatype == term.coercion:
        return value.value
    if not term.coercion:
        if datatype == _XSD + "string":
            return value.value
        if datatype == _XSD + "integer" and _WHOLE.fullmatch(value.value):
            return int(value.value)
        if datatype == _XSD + "boolean" and value.value in ("true", "false"):
            return value.value == "true"
    return {"@value": value.value, "@type": context.compact(datatype)}


def _expand(name: str, prefixes: Mapping[str, str]) -> str:
    prefix, _, local = name.partition(":")
    return prefixes[prefix] + local if prefix in prefixes else name
