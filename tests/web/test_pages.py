"""Pages that are there whatever the graph: over a small graph without catalogue or ontology."""

from __future__ import annotations

import subprocess
import sys
from urllib.parse import urljoin

import lxml.html
import pytest

import small_graph
from snhr_kg.site.links import LANGUAGES
from snhr_kg.web import problems
from snhr_kg.web.application import create_app

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
NAMES = ("index", "files", "graphs", "sparql")
THING = "report/1999-09-09/check/partition-sum--deaths"
PAGES = [f"/{language}/{local}.html" for local in (*NAMES, THING, "nowhere") for language in LANGUAGES]


def followed(client, path, link):
    """The response to a link or a redirect on the page at the path, as a browser joins them."""
    return client.get(urljoin(path, link), headers=BROWSER)


def parsed(client, path):
    response = client.get(path, headers=BROWSER)
    assert response.mimetype == "text/html", (path, response.status)
    return lxml.html.document_fromstring(response.text)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_nothing_from_elsewhere_and_runs_and_styles_nothing_in_place(client, path):
    page = parsed(client, path)
    loaded = page.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //*/@src | //form/@action")
    assert [link for link in loaded if "://" in link] == []
    assert page.xpath("//style | //*[@style] | //*[@onclick]") == []
    assert {script.get("type") for script in page.xpath("//script[not(@src)]")} <= {
        "application/json",
        "application/ld+json",
    }


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_its_language_and_direction(client, path):
    (html,) = parsed(client, path).xpath("/html")
    language = path.split("/")[1]
    assert (html.get("lang"), html.get("dir")) == (language, "rtl" if language == "ar" else "ltr")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_of_the_first_order_and_no_two_things_of_one_name(client, path):
    page = parsed(client, path)
    assert len(page.xpath("//h1")) == 1
    names = page.xpath("//@id")
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("path", "local"), [("/", "index"), ("/files/", "files"), ("/graph-store", "graphs")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_without_a_language_leads_a_browser_to_its_own(client, path, local, language):
    response = client.get(path, headers={**BROWSER, "Accept-Language": language})
    assert response.status_code == 302
    assert urljoin(path, response.location) == f"/{language}/{local}.html"
    assert followed(client, path, response.location).status_code == 200


@pytest.mark.parametrize("path", ["/graph-store", "/sparql", "/api/"])
def test_what_leads_only_browsers_to_a_page_says_that_it_depends_on_what_is_accepted(client, path):
    response = client.get(path, headers=BROWSER)
    assert response.status_code == 302
    assert response.headers["Vary"] == "Accept, Accept-Language"


def test_the_page_of_files_tells_size_and_checksum_of_each(client, engine):
    (row,) = parsed(client, "/en/files.html").xpath("//tr[th/a[.='snhr-kg.nq']]")
    assert f"{(engine[1] / 'snhr-kg.nq').stat().st_size:,}" in row.text_content()
    assert (engine[1] / "SHA256SUMS").read_text(encoding="utf-8").split()[0] in row.text_content()
    (link,) = row.xpath("th/a/@href")
    with followed(client, "/en/files.html", link) as response:
        assert response.mimetype == "application/n-quads"


def test_the_page_of_graphs_names_each_with_its_data(client):
    page = parsed(client, "/en/graphs.html")
    named = [text for text in page.xpath("//p[contains(@class, 'iri')]//text()") if text.strip()]
    assert small_graph.REPORT_GRAPH in named
    for link in page.xpath("//a[contains(@class, 'format')]/@href"):
        assert followed(client, "/en/graphs.html", link).status_code == 200


def test_the_built_files_are_served_with_their_types(client):
    with client.get("/files/snhr-kg.nq") as response:
        assert response.status_code == 200
        assert response.mimetype == "application/n-quads"
    with client.get("/files/SHA256SUMS") as checksums:
        assert checksums.mimetype == "text/plain"
    with client.get("/files/snhr-kg.nq", headers={"If-None-Match": response.headers["ETag"]}) as again:
        assert again.status_code == 304


@pytest.mark.parametrize(
    "path", ["../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "/etc/passwd", "x/../../secret.txt"]
)
def test_nothing_outside_the_folder_is_served(client, path):
    assert client.get(f"/files/{path}", follow_redirects=True).status_code == 404


@pytest.mark.parametrize("path", ["/files/", "/files/snhr-kg.nq", "/en/files.html", "/context.jsonld"])
def test_without_a_folder_there_are_no_files_and_the_answers_say_so(engine, path):
    response = create_app(engine[0], None).test_client().get(path)
    assert response.status_code == 404
    assert "store elsewhere" in response.get_json(force=True)["detail"]


def test_without_a_folder_nothing_is_offered_as_a_dump(engine):
    client = create_app(engine[0], None).test_client()
    assert b"dataDump" not in client.get("/.well-known/void").data


@pytest.mark.parametrize("path", [*PAGES, "/", "/files/snhr-kg.nq", "/static/style.css", "/sparql?query=ASK{}"])
def test_every_answer_carries_the_security_headers(client, path):
    with client.get(path) as response:
        headers = response.headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("slug", problems.ADVICE)
def test_every_kind_of_problem_answers_at_its_address(client, slug):
    redirect = client.get(f"/problem/{slug}", headers=BROWSER)
    page = followed(client, f"/problem/{slug}", redirect.location)
    assert problems.ADVICE[slug][1] in lxml.html.document_fromstring(page.text).text_content()


def test_serving_imports_no_build_time_engine(tmp_path):
    small_graph.write(tmp_path)
    script = f"""
import sys
from pathlib import Path
import snhr_kg, snhr_kg.cli, snhr_kg.cli.serving, snhr_kg.cli.ask
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.pool import LocalEngine
from snhr_kg.web.application import create_app
folder = Path({str(tmp_path)!r})
engine = LocalEngine(folder, Limits(workers=1))
client = create_app(engine, folder).test_client()
for path in ("/en/index.html", "/sparql?query=ASK{{}}", "/{THING}.ttl", "/ar/{THING}.html"):
    assert client.get(path).status_code == 200, path
engine.close()
snhr_kg.load(folder).figures()
print(sorted({{"rdflib", "owlrl", "pyshacl", "pandas", "vl_convert"}} & set(sys.modules)))
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
