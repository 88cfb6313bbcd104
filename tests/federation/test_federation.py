"""Our endpoint beside a second one with rows of UCDP: joined from outside by Comunica, from inside by SERVICE."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import pytest

from needs import need
from serving import serving
from snhr_kg import content

HERE = Path(__file__).resolve().parent
DOCUMENT = (HERE.parents[1] / "docs" / "federation.md").read_text(encoding="utf-8")
ROWS = content.folder("data") / "external" / "ucdp-onesided" / "onesided_v23_1_syria.csv"
SNHR_KG = [sys.executable, "-m", "snhr_kg"]

SHOWN = "http://127.0.0.1:8001/sparql"
"""The second endpoint's address in docs/federation.md."""


def block(language: str, name: str) -> str:
    """What docs/federation.md shows as this file."""
    _, _, rest = DOCUMENT.partition(f"<!-- file: {name} -->\n```{language}\n")
    assert rest, name
    return rest.partition("```")[0]


@pytest.fixture(scope="module")
def comunica() -> Path:
    npm = need.program("npm", "joining two endpoints by Comunica")
    program = HERE / "node_modules" / ".bin" / "comunica-sparql"
    if not program.exists():
        subprocess.run([npm, "ci", "--prefix", HERE, "--silent"], check=True, timeout=300)
    return program


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory):
    """The address of an endpoint with one resource a row of UCDP's table, in words that are not ours."""
    folder = tmp_path_factory.mktemp("ucdp")
    program = block("python", "ucdp.py")
    ran = subprocess.run([sys.executable, "-c", program, ROWS], capture_output=True, text=True, check=True, timeout=60)
    (folder / "ucdp.ttl").write_text(ran.stdout, encoding="utf-8")
    subprocess.run([*SNHR_KG, "load", "ucdp.ttl", "--out", "store"], check=True, cwd=folder, timeout=60)
    with serving(*SNHR_KG, "serve", "--graph", folder / "store") as address:
        yield f"{address}sparql"


@pytest.fixture(scope="module")
def ours():
    with serving(*SNHR_KG, "serve", "--graph", content.graph_folder()) as address:
        yield f"{address}sparql"


def rows_of_ucdp() -> list[dict[str, str]]:
    with ROWS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expected(actor: str, party: str, ours: str) -> list[list[str]]:
    """The rows that an answer must have for one actor, from the table itself."""
    return [
        [party, ours, row["year"], row["best_fatality_estimate"], row["gwno_location"]]
        for row in rows_of_ucdp()
        if row["actor_id"] == actor
    ]


def rows(answer: str) -> list[list[str]]:
    header, *found = csv.reader(io.StringIO(answer))
    assert header == ["party", "tortured", "year", "killed", "countries"]
    return sorted(found)


WANTED = sorted(
    [
        *expected("118", "Syrian regime", "14221"),
        *expected("234", "ISIS", "32"),
        *expected("6288", "Syrian Democratic Forces", "50"),
    ]
)


def test_a_client_joins_our_figures_with_those_of_another_endpoint(comunica, ours, theirs):
    query = block("sparql", "torture-and-one-sided.rq")
    ran = subprocess.run(
        [comunica, ours, theirs, "-q", query, "-t", "text/csv"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    assert rows(ran.stdout) == WANTED
    assert ["Syrian regime", "14221", "2012", "2954", "652, 660"] in rows(ran.stdout)


def asked(endpoint: str, query: str) -> tuple[int, str]:
    request = Request(f"{endpoint}?{urlencode({'query': query})}", headers={"Accept": "text/csv"})
    try:
        with urlopen(request, timeout=60) as response:
            return response.status, response.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_our_endpoint_joins_with_one_that_the_operator_allows_and_refuses_any_other(theirs):
    query = block("sparql", "torture-and-one-sided-by-service.rq")
    host = urlsplit(theirs).netloc
    with serving(*SNHR_KG, "serve", "--graph", content.graph_folder(), "--allow-service", host) as address:
        status, answer = asked(f"{address}sparql", query.replace(SHOWN, theirs))
        assert (status, rows(answer)) == (200, WANTED)
        status, answer = asked(f"{address}sparql", query.replace(SHOWN, f"{address}sparql"))
        assert status == 403
        assert f"this endpoint asks only {host}" in answer


def test_an_endpoint_that_allows_nobody_refuses_service(ours, theirs):
    query = block("sparql", "torture-and-one-sided-by-service.rq")
    status, answer = asked(ours, query.replace(SHOWN, theirs))
    assert status == 403
    assert "SERVICE" in answer
