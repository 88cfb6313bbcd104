"""tarka-rdf: a TARQL query over the CSV file, in Rust, on every core."""

import sys
from pathlib import Path

import tarka_rdf

GRAPH = "https://w3id.org/snhr-kg/graph/external/ged/invented"

mapping = tarka_rdf.Mapping.tarql_file(Path(__file__).parent / "events.rq")
mapping.run_csv(sys.argv[1], sys.argv[2], format="nquads", graph=GRAPH)
