"""JSON-LD: read back by another processor, it is the graph it was written from."""

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld  # type: ignore[import-untyped]

from snhr_kg import content, names
from snhr_kg.exports.jsonld import CONTEXT_IRI, Context, to_jsonld

CONTEXT_FILE = content.folder("ontology") / "context.jsonld"
CONTEXT = Context.read(CONTEXT_FILE)
XSD = names.PREFIXES["xsd"]


def offline(url: str, options: object) -> dict[str, Any]:
    """The published context from its file; anything else would be a request to another host."""
    assert url == CONTEXT_IRI
    return {"documentUrl": url, "contextUrl": None, "document": json.loads(CONTEXT_FILE.read_text(encoding="utf-8"))}


def read_back(document: str) -> ox.Dataset:
    """The document's quads by PyLD, in canonical form."""
    lines = jsonld.to_rdf(json.loads(document), {"documentLoader": offline, "format": "application/n-quads"})
    dataset = ox.Dataset(ox.parse(lines, format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def canonical(triples: list[ox.Triple]) -> ox.Dataset:
    dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def turtle(text: str) -> list[ox.Triple]:
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in names.PREFIXES.items())
    return [quad.triple for quad in ox.parse(prefixes + text, format=ox.RdfFormat.TURTLE)]


@pytest.mark.parametrize("path", sorted(content.folder("ontology").rglob("*.ttl")), ids=lambda path: path.name)
def test_every_file_of_the_ontology_comes_back_as_it_was(path: Path) -> None:
    triples = [quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE, base_iri=names.BASE)]
    assert read_back(to_jsonld(triples, CONTEXT)) == canonical(triples)


def test_a_figure_reads_like_a_document_a_web_developer_would_write() -> None:
    triples = turtle(
        """<https://w3id.org/snhr-kg/report/r/figure/f> a snhr:Figure ; rdfs:label "Deaths"@en , "وفيات"@ar ;
        snhr:perpetrator <https://w3id.org/snhr-kg/code/perpetrator/isis> ; snhr:value 32 ;
        snhr:lowerBoundIncluded true ; snhr:lowerBound 31.5 ."""
    )
    assert json.loads(to_jsonld(triples, CONTEXT)) == {
        "@context": CONTEXT_IRI,
        "@graph": [
            {
                "id": "report:r/figure/f",
                "type": "Figure",
                "label": {"en": "Deaths", "ar": "وفيات"},
                "perpetrator": "code:perpetrator/isis",
                "value": 32,
                "lowerBoundIncluded": True,
                "lowerBound": {"@value": "31.5", "@type": "xsd:decimal"},
            }
        ],
    }


def test_the_parts_of_a_mention_stand_inside_it() -> None:
    triples = turtle(
        """@prefix m: <https://w3id.org/snhr-kg/report/r/mention/m#> .
        <https://w3id.org/snhr-kg/report/r/mention/m> a snhr:Mention ; oa:hasTarget m:target .
        m:target oa:hasSelector m:position , m:quote . m:position oa:start 3 ; oa:end 5 . m:quote oa:exact "32" ."""
    )
    (mention,) = json.loads(to_jsonld(triples, CONTEXT))["@graph"]
    assert mention["target"]["selector"][0]["startPosition"] == 3
    assert mention["target"]["selector"][1]["exact"] == "32"


def test_a_list_is_an_array() -> None:
    triples = turtle("snhr:componentOf owl:propertyChainAxiom ( snhr:componentIn snhr:total ) .")
    (node,) = json.loads(to_jsonld(triples, CONTEXT))["@graph"]
    assert node["owl:propertyChainAxiom"] == {"@list": [{"id": "snhr:componentIn"}, {"id": "snhr:total"}]}


IRIS = st.sampled_from(
    [
        ox.NamedNode(names.BASE + local)
        for local in ("code/place/syria", "report/r/mention/m", "report/r/mention/m#target")
    ]
    + [ox.NamedNode(iri) for iri in ("http://example.org/", "urn:x:y", names.term("Figure"))]
)
BLANKS = st.sampled_from([ox.BlankNode(label) for label in "abc"])
DATATYPES = [ox.NamedNode(XSD + name) for name in ("integer", "decimal", "boolean", "gYearMonth", "date")]
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=8)
LITERALS = st.one_of(
    st.builds(ox.Literal, TEXT),
    st.builds(ox.Literal, TEXT, language=st.sampled_from(["en", "ar"])),
    st.builds(
        ox.Literal,
        st.sampled_from(["7", "007", "1.50", "true", "1", "2020-03"]),
        datatype=st.sampled_from(
            [ox.NamedNode(XSD + n) for n in ("integer", "decimal", "boolean", "gYearMonth", "date")]
        ),
    ),
)
PREDICATES = st.sampled_from(
    [ox.NamedNode(names.term(n)) for n in ("value", "perpetrator", "caveat", "component", "printed", "unknown")]
    + [ox.NamedNode(names.PREFIXES["rdfs"] + "label"), ox.NamedNode(names.PREFIXES["dcterms"] + "issued")]
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.builds(ox.Triple, st.one_of(IRIS, BLANKS), PREDICATES, st.one_of(IRIS, BLANKS, LITERALS)), max_size=12)
)
def test_any_graph_comes_back_as_it_was(triples: list[ox.Triple]) -> None:
    unique = list(dict.fromkeys(triples))
    assert read_back(to_jsonld(unique, CONTEXT)) == canonical(unique)
