"""The page of queries, the page of questions and the page for programs, as they are without scripts."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import brotli
import lxml.html
import pytest

from following import words
from snhr_kg import names
from snhr_kg.questions.read import read_questions
from snhr_kg.site import links, sparql_chart
from snhr_kg.site.sparql_results import MOST_CHARACTERS, MOST_ROWS, Cell, Rows
from snhr_kg.web.site import PUBLISHING

TORTURE = [("14221", "Exact"), ("50", "At least"), ("43", "Exact"), ("32", "Exact"), ("25", "Exact")]
CSP = re.compile(r"\sstyle=|<style|\son[a-z]+=|javascript:", re.IGNORECASE)


def address(language="en", **parameters):
    return f"/{language}/sparql.html?{urlencode(parameters)}"


def table(page):
    return [[cell.text_content().strip() for cell in row.xpath("td")] for row in page.xpath("//table//tbody/tr")]


@pytest.fixture
def published(site, monkeypatch):
    """The pages as they are written for a host without a server."""
    monkeypatch.setitem(site.application.config, PUBLISHING, True)


class TestAnswers:
    def test_a_named_question_runs_when_it_is_opened(self, read):
        page = read("/en/sparql.html?question=torture-deaths")
        rows = table(page)
        assert [(row[2], row[3]) for row in rows[:5]] == TORTURE
        assert rows[5][0] == "2 rest (computed)"
        assert (rows[6][2], rows[6][3]) == ("14391", "At least")
        assert page.xpath("//textarea")[0].text.startswith("\nPREFIX snhr:")
        assert words(page.xpath("//section[@class='note']/p")[0]).startswith("Each part the report states")

    def test_it_asks_for_labels_in_the_language_of_the_page(self, read):
        page = read("/ar/sparql.html?question=torture-deaths")
        assert '= "ar"' in page.xpath("//textarea")[0].text
        assert table(page)[0][1] == "النظام السوري"

    def test_things_of_ours_are_links_to_their_pages_by_their_label(self, read, held):
        page = read(address("ar", query="SELECT ?p { ?f a <https://w3id.org/snhr-kg/ontology#Figure> ; ?x ?p . "
                            "?p a <https://w3id.org/snhr-kg/ontology#Perpetrator> } ORDER BY ?p LIMIT 1"))  # fmt: skip
        (link,) = page.xpath("//table//td/a")
        local = urljoin("/ar/sparql.html", link.get("href")).removeprefix("/ar/").removesuffix(".html")
        assert words(link) == str(held.label(links.iri_of(local), "ar"))

    def test_only_addresses_of_the_web_become_links(self, read):
        query = "SELECT ?x { VALUES ?x { <javascript:alert(1)> <https://example.org/a> <urn:x> } }"
        page = read(address(query=query))
        assert page.xpath("//table//td/a/@href") == ["https://example.org/a"]

    def test_a_term_of_others_is_named_by_its_prefix_and_leads_there(self, read):
        iri = f"{names.PREFIXES['qb']}Slice"
        (link,) = read(address(query=f"SELECT ?x {{ VALUES ?x {{ <{iri}> }} }}")).xpath("//table//td/a")
        assert (words(link), link.get("href"), link.get("rel")) == ("qb:Slice", iri, "external")

    def test_markup_in_an_answer_is_text(self, read, site):
        query = 'SELECT ("<script>alert(1)</script>" AS ?x) {}'
        assert "<script>alert" not in site.get(address(query=query)).text
        assert table(read(address(query=query))) == [["<script>alert(1)</script>"]]

    def test_a_long_answer_is_shown_in_part_and_says_so(self, read):
        page = read(address(query="SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 1234"))
        assert len(table(page)) == MOST_ROWS
        assert words(page.xpath("//*[@data-said]")[0]) == "The answer has 1,234 rows."
        assert "The first 200 rows are shown" in words(page.xpath("//caption")[0])

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("ASK {}", "The answer is yes."),
            ("ASK { ?s ?p <urn:nothing> }", "The answer is no."),
            ("SELECT ?s { ?s ?p <urn:nothing> }", "Nothing matches the query."),
        ],
    )
    def test_truth_and_nothing_are_told_in_words(self, read, query, said):
        assert words(read(address(query=query)).xpath("//*[@data-said]")[0]) == said

    def test_a_graph_is_shown_as_triples_and_as_turtle(self, read, held):
        iri = names.code("perpetrator", "isis")
        page = read(address(query=f"DESCRIBE <{iri}>"))
        assert [words(head) for head in page.xpath("//table//th")] == ["subject", "predicate", "object"]
        assert len(table(page)) >= len({(one.predicate, str(one.object)) for one in held.statements(iri)})
        raw = read(address(query=f"DESCRIBE <{iri}>", view="raw"))
        assert "@prefix skos:" in raw.xpath("//pre[@class='answer']")[0].text

    def test_plain_text_has_every_term_in_full(self, read):
        page = read(address(query='SELECT ("رقم"@ar AS ?x) (1.5 AS ?y) {}', view="raw"))
        assert page.xpath("//pre[@class='answer']")[0].text.endswith('"رقم"@ar\t1.5\n')

    def test_of_a_long_text_whole_lines_are_shown_and_it_is_said(self, read, site):
        query = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 1234"
        page = read(address(query=query, view="raw"))
        shown = page.xpath("//pre[@class='answer']")[0].text
        whole = site.get("/sparql", query_string={"query": query, "format": "tsv"}).text
        assert whole.startswith(shown)
        assert shown.endswith("\n")
        assert MOST_CHARACTERS - 2000 < len(shown.encode()) <= MOST_CHARACTERS < len(whole)
        assert "The beginning of the answer" in words(page.get_element_by_id("results"))

    def test_every_download_of_the_page_is_what_it_says(self, site, read):
        for query in ("SELECT ?s { ?s a ?c } LIMIT 3", "ASK {}", "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 3"):
            downloads = read(address(query=query)).xpath("//form[@class='downloads']//a")
            assert len(downloads) >= 2
            for link in downloads:
                target = urljoin("/en/sparql.html", link.get("href"))
                assert parse_qs(urlsplit(target).query)["query"] == [query]
                assert site.get(target).mimetype == link.get("type")


class TestAddresses:
    def test_the_endpoint_leads_a_browser_to_the_page_in_its_language(self, site):
        response = site.get("/sparql", headers={"Accept": "text/html", "Accept-Language": "ar"})
        assert (response.status_code, response.headers["Location"]) == (302, "ar/sparql.html")
        assert response.headers["Vary"] == "Accept, Accept-Language"

    def test_a_question_that_there_is_none_of_names_the_nearest(self, site):
        response = site.get("/en/sparql.html?question=torture-death", headers={"Accept": "text/html"})
        assert response.status_code == 404
        assert "torture-deaths" in response.text

    def test_a_posted_query_is_answered_and_stands_in_no_address_of_the_page(self, site):
        response = site.post("/en/sparql.html", data={"query": "SELECT ?a {\r\n VALUES ?a { 1 } }"})
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store"
        (said,) = lxml.html.document_fromstring(response.text).xpath("//*[@data-said]")
        assert words(said) == "The answer has 1 row."
        assert re.search(r"(href|action)=\"[^\"]*VALUES", response.text) is None

    def test_what_differs_each_time_is_not_kept(self, site):
        first, second = (site.get(address(query="SELECT (STRUUID() AS ?x) {}")).text for _ in range(2))
        assert first != second
        assert site.get(address(query="ASK {}")).headers["ETag"] == site.get(address(query="ASK {}")).headers["ETag"]

    def test_nothing_in_the_page_is_against_its_policy(self, site):
        for path in (address("ar", question="torture-deaths", view="chart"), address(query="SELEC"), "/en/api.html"):
            assert CSP.search(site.get(path).text) is None


class TestErrors:
    def test_the_line_is_shown_with_the_wrong_word_marked(self, site):
        query = 'SELECT * {\r\n  ?s ?p "رقم" ; ] }'
        response = site.get(address(query=query))
        assert response.status_code == 400
        page = lxml.html.document_fromstring(response.text)
        (line,) = page.xpath("//pre[@data-line]")
        assert (line.get("data-line"), line.get("data-from"), line.get("data-to")) == ("2", "17", "18")
        assert words(line.find("mark")) == "]"
        assert page.xpath("//*[@role='alert']//pre[1]")[0].text == "error at 2:17: ']' is not expected here"
        assert page.xpath("//textarea")[0].text == "\n" + query.replace("\r\n", "\n")

    def test_a_refused_query_is_told_why_in_arabic(self, site):
        response = site.get(address("ar", query="DELETE WHERE { ?s ?p ?o }"))
        assert response.status_code == 403
        assert "الاستعلام مرفوض" in response.text


class TestCharts:
    def test_each_row_has_a_bar_in_proportion_and_all_that_it_says(self, read):
        page = read(address(question="torture-deaths", view="chart"))
        bars = page.xpath("//table[@class='bars']/tbody/tr")
        widths = [int(rect.get("width")) for rect in page.xpath("//table[@class='bars']//rect")]
        assert widths[6] == sparql_chart.WIDTH
        assert widths[0] == round(sparql_chart.WIDTH * 14221 / 14391)
        assert "At least 50" in words(bars[1])
        assert "March 2011 to March 2020" in words(bars[0])

    def test_the_column_of_numbers_can_be_chosen(self, read):
        page = read(address(question="torture-deaths", view="chart", value="start"))
        assert words(page.xpath("//table[@class='bars']//th")[1]) == "start"

    def test_an_answer_without_numbers_says_that_it_cannot_be_drawn(self, read):
        page = read(address(query='SELECT ("a" AS ?x) {}', view="chart"))
        assert "Nothing can be drawn" in page.text_content()

    def test_numbers_below_nothing_go_the_other_way(self):
        number = [Cell(text, is_number=True) for text in ("-1", "3")]
        rows = Rows(("what", "n"), ((Cell("less"), number[0]), (Cell("more"), number[1])), 2, "", False)
        chart = sparql_chart.chart_of(rows)
        assert chart is not None
        assert (chart.zero, [(bar.start, bar.length) for bar in chart.bars]) == (250, [(0, 250), (250, 750)])

    def test_a_row_without_a_number_is_counted(self):
        rows = Rows(("what", "n"), ((Cell("a"), Cell("1", is_number=True)), (Cell("b"), None)), 2, "", False)
        chart = sparql_chart.chart_of(rows)
        assert chart is not None
        assert (len(chart.bars), chart.without) == (1, 1)

    def test_rows_that_there_is_no_room_for_are_counted(self):
        shown = tuple((Cell(str(number)), Cell("1", is_number=True)) for number in range(sparql_chart.MOST_BARS + 3))
        chart = sparql_chart.chart_of(Rows(("what", "n"), shown, len(shown) + 4, "", False))
        assert chart is not None
        assert (len(chart.bars), chart.beyond) == (sparql_chart.MOST_BARS, 3 + 4)


class TestTerms:
    @pytest.mark.parametrize(("language", "label"), [("en", "ISIS"), ("ar", "تنظيم داعش")])
    def test_they_hold_every_class_property_and_code_with_its_label(self, site, held, language, label):
        document = site.get(f"/{language}/sparql-terms.json").get_json()
        written = {row[0]: row for row in document["terms"]}
        assert written[f"<{names.code('perpetrator', 'isis')}>"][2] == label
        for kind in ("owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty"):
            own = {iri.replace(names.SNHR, "snhr:") for iri in held.instances(kind) if iri.startswith(names.SNHR)}
            assert own <= set(written)
        assert {"rdfs:label", "skos:prefLabel", "qb:Observation"} <= set(written)
        assert max(len(row[3]) for row in document["terms"]) <= 240

    def test_they_are_small_and_kept(self, site):
        for language in links.LANGUAGES:
            response = site.get(f"/{language}/sparql-terms.json")
            assert len(brotli.compress(response.data)) < 60_000
            tag = response.headers["ETag"]
            assert site.get(f"/{language}/sparql-terms.json", headers={"If-None-Match": tag}).status_code == 304


class TestQuestions:
    @pytest.mark.parametrize("language", links.LANGUAGES)
    def test_every_question_is_explained_and_leads_to_its_answers(self, site, read, language):
        page = read(f"/{language}/questions.html")
        for question in read_questions():
            (section,) = page.xpath(f"//section[h3[@id='{question.name}']]")
            assert words(section.find("h3")) == question.words(language)
            assert words(section.find("p")) == (question.description_ar if language == "ar" else question.description)
            for parameter in question.parameters:
                assert section.xpath(f".//code[.='{parameter.name}']")
            run, *data = section.xpath("p[@class='run']/a/@href")
            assert run == f"sparql.html?question={question.name}"
            default = next((one.default for one in question.parameters if one.name == "language"), language)
            for link in data:
                assert parse_qs(urlsplit(link).query).get("language", [default]) == [language]
                assert site.head(urljoin(f"/{language}/questions.html", link)).status_code == 200

    def test_the_page_is_small(self, site):
        assert len(brotli.compress(site.get("/ar/questions.html").data, quality=5)) < 100_000


class TestWithoutServer:
    @pytest.mark.parametrize("page", ["sparql", "questions", "api", "problem/bad-query"])
    @pytest.mark.parametrize("language", links.LANGUAGES)
    def test_nothing_leads_to_what_must_be_computed(self, published, read, language, page):
        html = read(f"/{language}/{page}.html")
        assert html.xpath("//form") == []
        assert [link for link in html.xpath("//@href") if "?" in link] == []
        assert html.xpath("//script[@src]") == []

    def test_the_questions_keep_their_texts(self, published, read):
        texts = read("/en/questions.html").xpath("//section//pre")
        assert len(texts) == len(read_questions())


def test_the_page_for_programs_leads_to_what_answers(site, read):
    page = read("/en/api.html")
    for link in page.xpath("//main//a/@href"):
        target = urljoin("/en/api.html", link)
        with site.get(target, headers={"Accept": "*/*"}) as response:
            assert response.status_code == 200, target


def test_what_the_editor_says_is_in_the_language_of_the_page(read):
    (block,) = read("/ar/sparql.html").xpath("//script[@id='editor-words']")
    told = json.loads(block.text)
    assert told["name"] == "الاستعلام"
    assert told["prefixes"] == names.PREFIXES
    assert all(re.search("[\u0600-\u06ff]", text) for text in told["phrases"].values())
