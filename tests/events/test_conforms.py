"""What the layouts of incidents make keeps every rule of the shapes for what comes from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from events.test_acled import acled
from events.test_airwars import airwars
from events.test_ged import ged
from events.test_incidents import incidents
from snhr_kg import content
from snhr_kg.shacl.conformance import Result
from snhr_kg.shacl.validate import validate_external


def test_imports_of_every_layout_conform(tmp_path: Path) -> None:
    graphs = [
        ged(tmp_path, {}, {"type_of_violence": "1"}, {"where_prec": "6"}, {"low": "9", "side_a_new_id": "4456"}),
        acled(tmp_path, {}, {"event_type": "Battles"}, {"time_precision": "3", "actor1": "Nobody known"}),
        airwars(tmp_path, {}, {"civilian_deaths_max": ""}, {"alleged_belligerent": "YPG, Russian Military"}),
        incidents(
            tmp_path, {"injuries": "2", "place": "Alepo"}, {"date": "2016", "deaths": ""}, {"place": "Raqqa city"}
        ),
    ]
    results = violations(store_of([graph.lines for graph in graphs]))
    assert [str(result) for result in results] == []


def violations(store: ox.Store) -> list[Result]:
    report = validate_external(store, content.folder("shapes"))
    return [result for result in report.results if result.severity.endswith("Violation")]


def store_of(imports: list[str]) -> ox.Store:
    """The imports in their graphs and, with ontology and codes, in the default graph."""
    store = ox.Store()
    ontology = content.folder("ontology")
    for path in (*ontology.glob("*.ttl"), *(ontology / "codes").glob("*.ttl")):
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    for lines in imports:
        store.load(lines.encode(), ox.RdfFormat.N_QUADS)
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    return store
