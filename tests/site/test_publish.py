"""The site as files: complete, the same each time, and answering for every IRI behind an ordinary web server."""

from __future__ import annotations

import csv
import http.client
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from flask import Flask

from apache import apache
from snhr_kg import names
from snhr_kg.cli import main
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.pool import LocalEngine
from snhr_kg.errors import GraphError
from snhr_kg.publish.crawl import BrokenLink, Crawled, crawl
from snhr_kg.publish.site import LISTED, publish
from snhr_kg.site.documents import FORMATS

ADDRESS = "https://data.example.org/snhr"
CUT_SHORT = "en/about.html"
FIGURE = "report/1999-09-09/figure/civilian-deaths"


@pytest.fixture(scope="module")
def engine(tiny_build):
    engine = LocalEngine(tiny_build.out, Limits(workers=1))
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def published(engine, tiny_build):
    """The site of the invented report, in a folder that everybody may read, and what the publication told.

    A run before it was stopped, and left a document behind that is not whole.
    """
    place = Path(tempfile.mkdtemp(prefix="snhr-kg-site-"))
    place.chmod(0o755)
    with pytest.raises(KeyboardInterrupt):
        publish(engine, tiny_build.out, place / "site", ADDRESS, stop)
    (place / "site" / CUT_SHORT).write_text("<html>", encoding="utf-8")
    yield place / "site", publish(engine, tiny_build.out, place / "site", ADDRESS)
    shutil.rmtree(place)


def stop(documents):
    if documents == 3:
        raise KeyboardInterrupt


def test_a_run_after_one_that_was_stopped_makes_the_site_whole(published):
    assert "</html>" in (published[0] / CUT_SHORT).read_text(encoding="utf-8")


def test_every_link_of_the_site_leads_somewhere(published):
    _, told = published
    assert [str(link) for link in told.crawled.broken] == []
    assert told.crawled.links > 10_000


def test_a_link_that_leads_nowhere_is_told_with_its_page():
    pages = {
        "/en/a.html": '<p id="here"><a href="b.html#there"><a href="#here"><a href="c.html"><a href="a.html?q=1">',
        "/en/b.html": '<p id="elsewhere"><a href="https://example.org/gone">',
    }
    app = Flask(__name__)
    app.add_url_rule("/<path:path>", "page", lambda path: pages.get(f"/{path}") or ("", 404))
    taken = {}
    found = crawl(app, ["/en/a.html"], taken.__setitem__)
    assert taken.keys() == pages.keys()
    assert [str(link) for link in found.broken] == [
        "/en/a.html: a.html?q=1: has a query, which no file answers",
        "/en/a.html: b.html#there: the page has nothing of that name",
        "/en/a.html: c.html: answered with 404",
    ]
    assert found.links == 4


def test_a_thing_has_its_page_in_both_languages_and_its_data_in_every_format(published):
    site, _ = published
    for name in (
        *(f"{language}/{FIGURE}.html" for language in ("en", "ar")),
        *(f"{FIGURE}.{form.ending}" for form in FORMATS),
    ):
        assert (site / name).stat().st_size > 500, name


def test_the_table_of_redirects_names_only_files_that_are_there(published):
    site, _ = published
    header, *rows = csv.reader((site / "redirects.csv").read_text(encoding="utf-8").splitlines())
    assert header == ["iri", "en", "ar", *(form.ending for form in FORMATS)]
    assert names.BASE + FIGURE in {row[0] for row in rows}
    assert [name for row in rows for name in row[1:] if not (site / name).is_file()] == []


def test_a_second_run_changes_no_byte_and_removes_what_is_no_longer_part_of_the_site(engine, tiny_build, published):
    site, first = published
    before = state_of(site)
    (site / "old.html").write_text("from an earlier run", encoding="utf-8")
    listing = site / LISTED
    listing.write_text(listing.read_text(encoding="utf-8") + f"{'0' * 64}  old.html\n", encoding="utf-8")
    again = publish(engine, tiny_build.out, site, ADDRESS)
    assert (again.files, again.changed, again.removed) == (first.files, 0, 1)
    after = state_of(site)
    assert after.pop(listing)[1] == before.pop(listing)[1]
    assert after == before


def state_of(site):
    """When each file was last written, and its size."""
    return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in site.rglob("*") if path.is_file()}


def test_the_command_ends_with_1_where_a_link_leads_nowhere(tiny_build, tmp_path, monkeypatch):
    found = Crawled(1, [BrokenLink("/en/a.html", "b.html", "answered with 404")])
    monkeypatch.setattr("snhr_kg.publish.site.crawl", lambda *_: found)
    ran = CliRunner().invoke(main, ["publish", str(tmp_path / "site"), "--graph", str(tiny_build.out)])
    assert ran.exit_code == 1
    assert ran.stderr.splitlines()[-2:] == ["/en/a.html: b.html: answered with 404", "1 links lead nowhere"]
    assert (tmp_path / "site/index.html").is_file()


def test_a_folder_of_something_else_is_left_alone(engine, tiny_build, tmp_path):
    (tmp_path / "diary.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(GraphError, match="of no site of snhr-kg"):
        publish(engine, tiny_build.out, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["diary.txt"]


def ask(address, path, **headers):
    """Status, media type and where to, of one request without following redirects."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    try:
        connection.request(
            "GET", "/" + path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        response = connection.getresponse()
        response.read()
        return response.status, response.headers.get_content_type(), response.headers["Location"]
    finally:
        connection.close()


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
LEADS = [
    ({"Accept": "text/turtle"}, f"{FIGURE}.ttl"),
    ({"Accept": "application/ld+json"}, f"{FIGURE}.jsonld"),
    ({"Accept": "application/rdf+xml"}, f"{FIGURE}.rdf"),
    ({"Accept": "application/n-triples"}, f"{FIGURE}.nt"),
    ({"Accept": "*/*"}, f"{FIGURE}.ttl"),
    ({"Accept": BROWSER}, f"en/{FIGURE}.html"),
    ({"Accept": BROWSER, "Accept_Language": "ar-SY,ar;q=0.9"}, f"ar/{FIGURE}.html"),
]


def test_an_ordinary_server_leads_from_an_iri_to_the_document_that_is_wanted(published):
    with apache(published[0]) as address:
        for headers, document in LEADS:
            assert ask(address, FIGURE, **headers)[::2] == (303, f"{address}{document}"), headers
        assert ask(address, "report/1999-09-09", Accept="text/turtle")[::2] == (303, f"{address}report/1999-09-09.ttl")
        assert ask(address, f"{FIGURE}.ttl")[:2] == (200, "text/turtle")
        assert ask(address, f"{FIGURE}.jsonld")[:2] == (200, "application/ld+json")
        assert ask(address, f"ar/{FIGURE}.html")[:2] == (200, "text/html")
        assert ask(address, "index.html")[0] == 200


@pytest.mark.parametrize("accept", ["text/turtle", "*/*", BROWSER])
def test_what_is_unknown_ends_in_404_and_leads_in_no_circle(published, accept):
    with apache(published[0]) as address:
        for path in ("nothing/of/that/name", f"{FIGURE}/part", f"{FIGURE}s.ttl", "en/nothing.html", "code/"):
            status, _, target = ask(address, path, Accept=accept)
            if target is not None:
                assert status == 303
                status, _, target = ask(address, target.removeprefix(address), Accept=accept)
            assert (status, target) == (404, None), path


def test_a_page_with_a_name_has_no_data_and_leads_to_its_language(published):
    with apache(published[0]) as address:
        assert ask(address, "figures", Accept=BROWSER)[::2] == (303, f"{address}en/figures.html")
        assert ask(address, "problem/bad-query", Accept=BROWSER, Accept_Language="ar")[::2] == (
            303,
            f"{address}ar/problem/bad-query.html",
        )


def test_a_resolver_of_permanent_identifiers_leads_to_the_site(published):
    elsewhere = published[0].parent / "resolver"
    shutil.copytree(published[0] / "resolver", elsewhere, dirs_exist_ok=True)
    with apache(elsewhere) as address:
        for headers, document in LEADS:
            assert ask(address, FIGURE, **headers)[::2] == (303, f"{ADDRESS}/{document}"), headers
        assert ask(address, f"{FIGURE}.ttl")[::2] == (302, f"{ADDRESS}/{FIGURE}.ttl")
        assert ask(address, f"ar/{FIGURE}.html")[::2] == (302, f"{ADDRESS}/ar/{FIGURE}.html")
        assert ask(address, "")[::2] == (302, f"{ADDRESS}/")
