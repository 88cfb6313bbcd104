"""The invented events of the benchmarks are what they claim to be."""

from __future__ import annotations

import csv
import runpy
from pathlib import Path

from built import ROOT
from events.importing import imported
from snhr_kg.imports.ged import Ged

invent = runpy.run_path(str(ROOT / "benchmarks" / "imports" / "invent_events.py"))["invent"]


def test_invented_events_say_so_and_import_as_far_as_they_should(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    invent(1_500, path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["source_office"] for row in rows} == {"invented"}
    assert min(int(row["id"]) for row in rows) >= 900_000_000
    tally = imported(Ged(), path, version="invented").imported.tally
    assert (tally.rows_read, tally.rows_in_error) == (1_500, 0)
    assert 0 < tally.rows_elsewhere < 30


def test_the_same_number_of_events_gives_the_same_file(tmp_path: Path) -> None:
    for name in ("first.csv", "again.csv"):
        invent(300, tmp_path / name)
    assert (tmp_path / "first.csv").read_bytes() == (tmp_path / "again.csv").read_bytes()
