"""What can be searched for: every kind of thing that has a page, with the words of both languages to find it by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from snhr_kg import names
from snhr_kg.holding import LABELS, Holding
from snhr_kg.reconciliation.words import lexicon
from snhr_kg.site import wording
from snhr_kg.site.asking import entities
from snhr_kg.site.links import is_ours
from snhr_kg.site.once import Once
from snhr_kg.site.outside import outside
from snhr_kg.site.places import SYRIA
from snhr_kg.site.rows import Row, table
from snhr_kg.site.search_index import ABOUT, LABEL, NAME, TEXT, Document, Said, SearchIndex
from snhr_kg.site.visit import Visit

_INDEXES: Final[Once[SearchIndex]] = Once()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: its classes, predicates of further names and of texts, and how readily it is shown."""

    classes: tuple[str, ...]
    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    readiness: float = 1.0


KINDS: Final[dict[str, Kind]] = {
    "section": Kind(("snhr:Section",), ("dcterms:title", "snhr:sectionNumber")),
    "finding": Kind(("snhr:Finding",), (), ("rdfs:comment",), 0.8),
    "event": Kind(("snhr:Event",), ("snhr:date",), ("rdfs:comment",), 0.9),
    "instrument": Kind(("snhr:LegalInstrument",), (), ("rdfs:comment",), 0.9),
    "recommendation": Kind(("snhr:Recommendation",), (), ("rdfs:comment",), 0.8),
    "breakdown": Kind(("snhr:Breakdown", "qb:Slice"), (), ("rdfs:comment",), 0.7),
    "check": Kind(("snhr:Check",), (), (), 0.6),
    "topic": Kind(("snhr:ComparisonTopic",), (), ("skos:definition",), 0.8),
    "comparison": Kind(("snhr:Comparison",), (), (), 0.4),
    "term": Kind(
        ("owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty", "snhr:Rule", "skos:ConceptScheme"),
        ("skos:altLabel", "dcterms:identifier"),
        ("skos:definition", "rdfs:comment"),
        0.6,
    ),
    "data": Kind(("dcat:Dataset", "qb:DataSet", "dcat:DataService", "sssom:MappingSet"), ("dcterms:title",), (), 0.5),
}
"""The kinds whose words are all in the graphs held; parties, places, codes, figures and sources are found otherwise."""

_CODES: Final = {"perpetrator": "party", "place": "place"}
"""Code lists that are kinds of their own."""

_OF_CODE: Final = {"party": 1.3, "place": 1.3, "code": 1.0}
_NAMING: Final = ("skos:prefLabel", "rdfs:label", "dcterms:title", "foaf:name")


def search_index(visit: Visit) -> SearchIndex:
    """The index of the graph that the visit sees, made once; raises what `Engine.answer` does."""
    return _INDEXES.get(visit.holding, lambda: SearchIndex(_documents(visit), lexicon()))


def _documents(visit: Visit) -> Iterator[Document]:
    yield from _figures(visit)
    yield from _codes(visit)
    for name, kind in KINDS.items():
        for iri in _of(visit.holding, kind.classes):
            yield _document(visit.holding, iri, name, kind)
    others = outside(visit)
    for iri in others.instances("snhr:ExternalDataset"):
        publishers = others.values(iri, "dcterms:publisher")
        told = [text for one in publishers for text in _texts(others, one, _NAMING, NAME)]
        yield Document(iri, "source", (*_texts(others, iri, _NAMING, LABEL), *told), readiness=0.7)


def _of(holding: Holding, classes: Iterable[str]) -> list[str]:
    """The things of some classes that we mint and that are no parts of others, our own code lists among them."""
    found = {iri for name in classes for iri in holding.instances(name) if is_ours(iri)}
    return sorted(iri for iri in found if "#" not in iri or iri.startswith(names.SNHR))


def _document(holding: Holding, iri: str, name: str, kind: Kind) -> Document:
    said = (
        *_texts(holding, iri, LABELS, LABEL),
        *_texts(holding, iri, kind.names, NAME),
        *_texts(holding, iri, kind.texts, TEXT),
    )
    local = [Said(iri.rpartition("#")[2], NAME)] if name == "term" and iri.startswith(names.SNHR) else []
    verdicts = [text for one in holding.values(iri, "snhr:verdict") for text in _texts(holding, one, LABELS, ABOUT)]
    return Document(iri, name, (*said, *local, *verdicts), readiness=kind.readiness)


def _texts(holding: Holding, iri: str, predicates: Iterable[str], weight: float) -> list[Said]:
    """Everything that the predicates lead to, in every language."""
    return [Said(text, weight) for predicate in predicates for text in holding.values(iri, predicate)]


def _codes(visit: Visit) -> Iterator[Document]:
    """The codes of our lists; of those that people name in many ways, with every name that is known."""
    held, known = visit.holding, entities(visit)
    for iri in held.instances("skos:Concept"):
        if not iri.startswith(names.scheme("")):
            continue
        kind = _CODES.get(iri.removeprefix(names.scheme("")).partition("/")[0], "code")
        said = _texts(held, iri, ("skos:prefLabel",), LABEL)
        if iri in known:
            said += [Said(name.text, ABOUT if name.near else NAME) for name in known[iri].names]
        else:
            said += _texts(held, iri, ("skos:altLabel", "skos:hiddenLabel"), NAME)
        said += _texts(held, iri, ("skos:definition",), TEXT)
        yield Document(iri, kind, tuple(said), readiness=_OF_CODE[kind])


def _figures(visit: Visit) -> Iterator[Document]:
    """The figures; by what they are about too, under all its names, and by every number that states them."""
    held, known = visit.holding, entities(visit)
    for row in table(visit).rows.values():
        about = []
        for code in _told_of(row):
            about += [Said(name.text, ABOUT) for name in known[code].names if not name.near] if code in known else []
        caveats = _texts(held, row.iri, ("snhr:caveat",), TEXT)
        said = (*_texts(held, row.iri, ("rdfs:label",), LABEL), *about, *caveats)
        kind, readiness = ("computed", 0.8) if row.computed else ("figure", 1.1)
        yield Document(row.iri, kind, said, _numbers(held, row), readiness)


def _told_of(row: Row) -> Iterator[str]:
    """The codes of a figure that say something of it: not those for all or none, and not the country."""
    for name in ("perpetrator", "violation_type", "victim_group", "weapon", "place"):
        for code in sorted(row.codes[name]):
            if not names.notation(code).startswith("_") and code != SYRIA:
                yield code


def _numbers(held: Holding, row: Row) -> frozenset[str]:
    stated = (row.iri, *held.values(row.iri, "snhr:hasMention"))
    given = (held.values(one, predicate) for one in stated for predicate in ("snhr:value", "snhr:printed"))
    return frozenset(number for texts in given for text in texts for number in wording.numbers_in(text))


def where(visit: Visit, iri: str) -> Holding:
    """The graphs that tell what a document is called."""
    return visit.holding if iri in visit.holding else outside(visit)
