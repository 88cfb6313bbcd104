from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest

import small_graph
from snhr_kg.questions.read import read_questions
from snhr_kg.web import create_app, problems

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PAGES = ("/", "/files/", "/sparql", "/graph-store", "/problem/bad-query", "/nowhere")


class Page(HTMLParser):
    """The tags of a page, and a mistake for each that is closed out of turn."""

    VOID = ("meta", "link", "input", "br")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def all(self, attribute: str) -> list[str]:
        return [value for _, attrs in self.tags if (value := attrs.get(attribute)) is not None]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_well_formed_and_loads_nothing_from_elsewhere(client, path):
    response = client.get(path, headers=BROWSER)
    assert response.mimetype == "text/html"
    page = Page(response.text)
    links = page.all("href") + page.all("src") + page.all("action")
    assert [link for link in links if not link.startswith("/")] == []
    assert not {"script", "style"} & {tag for tag, _ in page.tags}
    assert page.all("style") == page.all("onclick") == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_its_language_and_marks_arabic(client, path):
    page = Page(client.get(path, headers=BROWSER).text)
    assert page.tags[0] == ("html", {"lang": "en"})
    arabic = [attrs for _, attrs in page.tags if attrs.get("lang") == "ar"]
    assert arabic
    assert all(attrs.get("dir") == "rtl" for attrs in arabic)


def test_every_field_of_the_query_form_has_a_label(client):
    page = Page(client.get("/sparql", headers=BROWSER).text)
    fields = {attrs["id"] for tag, attrs in page.tags if tag in ("textarea", "select")}
    assert fields == {attrs["for"] for tag, attrs in page.tags if tag == "label"} == {"query", "format"}


def test_the_form_keeps_the_query_out_of_the_address(client):
    ((_, form),) = [tag for tag in Page(client.get("/sparql", headers=BROWSER).text).tags if tag[0] == "form"]
    assert form == {"action": "/sparql", "method": "post"}


def test_the_forms_own_query_runs(client):
    page = client.get("/sparql", headers=BROWSER).text
    query = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1]
    response = client.post("/sparql", data={"query": query.replace("&lt;", "<").replace("&gt;", ">"), "format": "json"})
    assert len(response.get_json(force=True)["results"]["bindings"]) == 3


def test_the_front_page_counts_what_is_in_the_graph(client):
    text = client.get("/").text
    assert f'<td class="number">{len(small_graph.FIGURES)}</td><td>figures that the report states</td>' in text
    assert '<td class="number">1</td><td>figures computed by rules' in text


def test_the_front_page_links_every_example_query_so_that_it_runs(client):
    links = [link for link in Page(client.get("/").text).all("href") if link.startswith("/sparql?")]
    assert len([link for link in links if "format=" not in link]) == len(read_questions()) > 0
    for link in links:
        assert client.get(link).status_code == 200


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


def test_without_a_folder_there_are_no_files_and_the_pages_say_so(engine):
    client = create_app(engine[0], None).test_client()
    for path in ("/files/", "/files/snhr-kg.nq"):
        response = client.get(path)
        assert response.status_code == 404
        assert "store elsewhere" in response.get_json(force=True)["detail"]
    assert "store elsewhere" in client.get("/").text
    assert b"dataDump" not in client.get("/.well-known/void").data


@pytest.mark.parametrize("path", ["/", "/sparql"])
def test_the_pages_state_the_limits(engine, path):
    limits = engine[0].limits
    text = create_app(*engine).test_client().get(path, headers=BROWSER).text
    for limit in (f"{limits.seconds:g} seconds", f"{limits.memory_mb} MiB", f"{limits.result_mb} MiB"):
        assert limit in text


@pytest.mark.parametrize("path", [*PAGES, "/files/snhr-kg.nq", "/static/style.css", "/sparql?query=ASK{}"])
def test_every_answer_carries_the_security_headers(client, path):
    with client.get(path) as response:
        headers = response.headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("slug", problems.ADVICE)
def test_every_kind_of_problem_has_a_page(client, slug):
    assert problems.ADVICE[slug][1] in client.get(f"/problem/{slug}").text.replace("&#39;", "'")


def test_serving_imports_no_build_time_engine(tmp_path):
    small_graph.write(tmp_path)
    script = f"""
import sys
from pathlib import Path
import snhr_kg, snhr_kg.cli, snhr_kg.cli.serving, snhr_kg.cli.ask
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.pool import LocalEngine
from snhr_kg.web import create_app
folder = Path({str(tmp_path)!r})
engine = LocalEngine(folder, Limits(workers=1))
client = create_app(engine, folder).test_client()
assert client.get("/").status_code == client.get("/sparql?query=ASK{{}}").status_code == 200
engine.close()
snhr_kg.load(folder).figures()
print(sorted({{"rdflib", "owlrl", "pyshacl", "pandas"}} & set(sys.modules)))
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
