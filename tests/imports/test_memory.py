"""An import's memory does not grow with its file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from needs import need

HEADER = (
    "actor_id,actor_name,year,best_fatality_estimate,low_fatality_estimate,high_fatality_estimate,location,"
    "gwno_location,version\n"
)
RUN = """
import resource, sys
from pathlib import Path
from snhr_kg.imports.run import Request
from snhr_kg.imports.sources import read_sources
from snhr_kg.imports.kinds import find_layout
from snhr_kg.imports.write import write_import
from snhr_kg.codes.lists import read_codes
from snhr_kg.mappings.read import read_mappings
from snhr_kg.content import folder
codes = read_codes(folder("ontology") / "codes")
data = folder("data")
known = read_sources(data / "external", codes).descriptions["ucdp-onesided"]
request = Request([Path(sys.argv[1])], known)
mappings = read_mappings(data / "mappings", codes)
written = write_import(find_layout("ucdp-onesided"), request, codes, mappings, Path(sys.argv[2]))
print(written.imported.tally.rows_read, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(rows: int, tmp_path: Path) -> int:
    """The peak memory, in KiB, of importing a table of so many rows, most of them in error or of elsewhere."""
    table = tmp_path / f"{rows}.csv"
    with table.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for number in range(rows):
            where = ("Syria,652", "Iraq,645", "Syria,x")[number % 3]
            file.write(f"{number % 50},Actor,{1990 + number % 30},5,4,6,{where},23.1\n")
    ran = subprocess.run(
        [sys.executable, "-c", RUN, str(table), str(tmp_path / "out.nq")],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    read, used = map(int, ran.stdout.split())
    assert read == rows
    return used


def test_thirty_times_the_rows_take_hardly_more_memory(tmp_path: Path) -> None:
    need.that(sys.platform == "linux", "Linux", "peak memory, told in KiB there")
    small, large = peak(2_000, tmp_path), peak(60_000, tmp_path)
    assert large < small + 16 * 1024
