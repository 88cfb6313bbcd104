"""By hand: Python's csv and the terms of pyoxigraph, written by its own serialiser as a stream."""

import csv
import sys
from collections.abc import Iterator
from urllib.parse import quote

import pyoxigraph as ox

BASE = "https://w3id.org/snhr-kg/"
SNHR = f"{BASE}ontology#"
XSD = "http://www.w3.org/2001/XMLSchema#"
GRAPH = ox.NamedNode(f"{BASE}graph/external/ged/invented")
DATASET = ox.NamedNode(f"{BASE}external/ged/invented")
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
INCIDENT = ox.NamedNode(f"{SNHR}Incident")
NOTATION = ox.NamedNode("http://www.w3.org/2004/02/skos/core#notation")
DATE, INTEGER = ox.NamedNode(f"{XSD}date"), ox.NamedNode(f"{XSD}integer")
FROM, BEGIN, END, VIOLATION, PARTY, PLACE, VALUE, LOW, HIGH, CIVILIANS = (
    ox.NamedNode(SNHR + name)
    for name in (
        *("fromDataset", "begin", "end", "violationType", "perpetrator", "place"),
        *("value", "lowerBound", "upperBound", "civilianDeaths"),
    )
)


def quads(path: str) -> Iterator[ox.Quad]:
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["country_id"] != "652":
                continue
            event = ox.NamedNode(f"{BASE}external/ged/invented/incident/{row['id']}")
            for predicate, value in (
                (TYPE, INCIDENT),
                (FROM, DATASET),
                (NOTATION, ox.Literal(row["id"])),
                (BEGIN, ox.Literal(row["date_start"], datatype=DATE)),
                (END, ox.Literal(row["date_end"], datatype=DATE)),
                (VIOLATION, ox.NamedNode(f"{BASE}external/ucdp/code/type-of-violence/{row['type_of_violence']}")),
                (PARTY, ox.NamedNode(f"https://ucdp.uu.se/actor/{row['side_a_new_id']}")),
                (PLACE, ox.NamedNode(f"{BASE}external/ucdp/code/adm-1/{quote(row['adm_1'], safe='')}")),
                (VALUE, ox.Literal(row["best"], datatype=INTEGER)),
                (LOW, ox.Literal(row["low"], datatype=INTEGER)),
                (HIGH, ox.Literal(row["high"], datatype=INTEGER)),
                (CIVILIANS, ox.Literal(row["deaths_civilians"], datatype=INTEGER)),
            ):
                yield ox.Quad(event, predicate, value, GRAPH)


ox.serialize(quads(sys.argv[1]), sys.argv[2], ox.RdfFormat.N_QUADS)
