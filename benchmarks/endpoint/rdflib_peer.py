"""rdflib-endpoint over a file of N-Triples, in memory; run by the peers' own Python.

python rdflib_peer.py FILE PORT
"""

from __future__ import annotations

import sys

import uvicorn
from rdflib import Graph
from rdflib_endpoint import SparqlEndpoint

if __name__ == "__main__":
    graph = Graph()
    graph.parse(sys.argv[1], format="nt")
    uvicorn.run(SparqlEndpoint(path="/sparql", graph=graph), host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
