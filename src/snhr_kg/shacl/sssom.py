"""The terms of SSSOM that a graph may use, for the check of spellings; rdflib has no list of them."""

from __future__ import annotations

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace


class SSSOM(DefinedNamespace):
    """Classes and slots of the Simple Standard for Sharing Ontological Mappings, version 1.1.

    Source: its schema (https://w3id.org/sssom/schema/) and its page on SSSOM/RDF. Slots that the schema writes with
    another vocabulary's property are not terms of this namespace: `subject_id` is owl:annotatedSource, `predicate_id`
    owl:annotatedProperty, `object_id` owl:annotatedTarget, `comment` rdfs:comment. It writes `mapping_date` as
    dcterms:created, too; the plain name is let pass.
    """

    _NS = Namespace("https://w3id.org/sssom/")

    Mapping: URIRef
    MappingSet: URIRef
    NegatedPredicate: URIRef
    NoTermFound: URIRef

    author_label: URIRef
    confidence: URIRef
    creator_label: URIRef
    mapping_cardinality: URIRef
    mapping_date: URIRef
    mapping_justification: URIRef
    mapping_provider: URIRef
    mapping_set_confidence: URIRef
    mapping_source: URIRef
    mapping_tool: URIRef
    mapping_tool_version: URIRef
    mappings: URIRef
    object_category: URIRef
    object_label: URIRef
    object_source: URIRef
    object_source_version: URIRef
    object_type: URIRef
    predicate_label: URIRef
    predicate_modifier: URIRef
    reviewer_label: URIRef
    sssom_version: URIRef
    subject_category: URIRef
    subject_label: URIRef
    subject_source: URIRef
    subject_source_version: URIRef
    subject_type: URIRef
