"""Sources and figures as they are cited, in formats that other programs read back."""

from __future__ import annotations

import json
import re
from hashlib import sha256

import pytest
import yaml
from click.testing import CliRunner

from needs import need
from snhr_kg import names
from snhr_kg.cli.sources import cite
from snhr_kg.content import folder, graph_folder
from snhr_kg.errors import UnknownResource
from snhr_kg.exports.citations import Reference, references
from snhr_kg.exports.citations_figures import find_references
from snhr_kg.exports.citations_formats import to_bibtex, to_csl_json, to_ris, to_text
from snhr_kg.store import open_store

CSL_VARIABLES = {
    "id": str,
    "type": str,
    "title": str,
    "author": list,
    "container-title": str,
    "publisher": str,
    "issued": dict,
    "accessed": dict,
    "version": str,
    "URL": str,
    "note": str,
    "custom": dict,
}
"""Variables of CSL data items that are written, and their types; those of schemas/input/csl-data.json."""

HARD = Reference(
    key="hard-1",
    kind="dataset",
    iri="https://example.org/a{b}",
    title=r"50 % of A & B_C #1 for $5 ~ {x} \ ^ “Öberg”",
    title_ar="عنوان عربي",
    publisher="Bread & Roses",
    issued="2020-03",
    url="https://example.org/a{b} c?x=1&y=_%20#z",
    retrieved="2026-11-22",
    citation="Öberg, M. (2020) A & B_C.\nSecond line",
)


@pytest.fixture(scope="module")
def cited(store):
    return references(store)


def test_keys_are_distinct_and_fit_every_format(cited):
    keys = [reference.key for reference in cited]
    assert len(set(keys)) == len(keys)
    assert [key for key in keys if not re.fullmatch(r"[A-Za-z0-9.-]+", key)] == []


def test_our_dataset_is_cited_with_version_hash_and_the_authors_of_the_citation_file(cited, store):
    (ours,) = [reference for reference in cited if reference.key == "snhr-kg"]
    stated = yaml.safe_load((folder("ontology").parent / "CITATION.cff").read_text("utf-8"))
    assert ours.publisher == stated["authors"][0]["name"]
    assert ours.url == stated["url"]
    assert ours.digest == store.version
    assert store.version in to_text(ours)
    assert ours.version in to_text(ours)


def test_the_report_keeps_its_arabic_title_and_its_own_citation(cited):
    (report,) = [reference for reference in cited if reference.key == "snhr-2020-03-15"]
    assert "تقرير الشبكة السورية" in report.title_ar
    for text in (to_bibtex([report]), to_csl_json([report]), to_ris([report])):
        assert report.title_ar in text
        assert report.title in text
    assert to_text(report).startswith("Syrian Network for Human Rights (15 March 2020)")


def test_a_figure_is_cited_with_its_place_in_the_report(store):
    (figure,) = find_references(store, "torture-deaths-sdf")
    assert figure.title == "Deaths due to torture in prisons of the Syrian Democratic Forces: at least 50 persons"
    assert figure.place.startswith("Section IV, code points 19668 to 19691 of the text; coded in")
    assert figure.url == "https://w3id.org/snhr-kg/report/2020-03-15/figure/torture-deaths-sdf"
    assert find_references(store, figure.iri) == find_references(store, figure.iri[25:]) == (figure,)


def test_what_a_rule_computed_is_cited_as_ours_with_the_arithmetic(store):
    (figure,) = find_references(store, "torture-deaths-by-perpetrator--rest")
    assert figure.publisher == "The snhr-kg project"
    assert figure.place == "Computed: 14,391 − 14,221 − 50 − 43 − 32 − 25 = 20"


def test_an_order_of_magnitude_is_cited_by_its_word_and_not_by_bounds_that_its_source_does_not_give(store):
    (figure,) = find_references(store, "mine-deaths-isis")
    assert figure.title.endswith(": “hundreds” (persons)")


def test_a_figure_of_another_publication_is_cited_by_it_under_its_licence_and_with_its_row():
    whole = open_store(graph_folder())
    (figure,) = find_references(whole, "external/ucdp-onesided/23.1/figure/118-2012")
    assert figure.publisher == "Uppsala Conflict Data Program (UCDP)"
    assert figure.within.startswith("Davies, Shawn, Therese Pettersson and Magnus Öberg (2023)")
    assert "onesided_v23_1_syria.csv#row=3" in figure.place
    assert "best estimate 2,954 persons" in figure.title
    assert figure.version == "23.1"


def test_a_page_that_names_itself_as_its_source_is_cited_by_its_address(tmp_path):
    page, source = names.external("series", "page/1"), names.full("dcterms:source")
    types = f"<{page}> <{names.full('rdf:type')}> <{names.term('Publication')}> <{names.graph('external/series')}> .\n"
    data = f"{types}<{page}> <{source}> <{page}> <{names.graph('external/series')}> .\n".encode()
    (tmp_path / "snhr-kg.nq").write_bytes(data)
    (tmp_path / "SHA256SUMS").write_text(f"{sha256(data).hexdigest()}  snhr-kg.nq\n", encoding="utf-8")
    (reference,) = references(open_store(tmp_path))
    assert reference.url == page


def test_an_unknown_name_is_told_the_nearest(store):
    with pytest.raises(UnknownResource, match="torture-deaths-sdf"):
        find_references(store, "torture-deaths-sfd")


def bibtex(text):
    need.package("bibtexparser", "BibTeX read back")
    import bibtexparser

    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    return {entry.key: {name: field.value for name, field in entry.fields_dict.items()} for entry in library.entries}


def test_bibtex_is_read_back_whole(cited):
    entries = bibtex(to_bibtex(cited))
    assert list(entries) == [reference.key for reference in cited]
    report = entries["snhr-2020-03-15"]
    assert report["author"] == "{Syrian Network for Human Rights (SNHR)}"
    assert report["year"] == "2020"


def test_signs_that_bibtex_takes_for_its_own_are_written_so_that_they_print():
    entry = bibtex(to_bibtex([HARD]))["hard-1"]
    assert entry["title"] == (
        r"{50 \% of A \& B\_C \#1 for \$5 \textasciitilde{} \textbraceleft{}x\textbraceright{} "
        r"\textbackslash{} \textasciicircum{} “Öberg”}"
    )
    assert entry["title_ar"] == "{عنوان عربي}"
    assert entry["url"] == "https://example.org/a%7Bb%7D%20c?x=1&y=_%20#z"
    assert entry["note"] == r"Öberg, M. (2020) A \& B\_C. Second line"
    assert (entry["year"], entry["date"], entry["urldate"]) == ("2020", "2020-03", "2026-11-22")


def test_csl_json_has_only_variables_of_the_schema_with_their_types(store, cited):
    items = json.loads(to_csl_json([*cited, HARD, *find_references(store, "torture-deaths-sdf")]))
    for item in items:
        assert item["type"] in ("report", "dataset", "document", "webpage")
        for name, value in item.items():
            assert isinstance(value, CSL_VARIABLES[name]), name
        assert all(list(author) == ["literal"] for author in item.get("author", ()))
    by_key = {item["id"]: item for item in items}
    assert by_key["hard-1"]["issued"] == {"date-parts": [[2020, 3]]}
    assert by_key["hard-1"]["title"] == HARD.title
    assert by_key["hard-1"]["custom"]["title_ar"] == HARD.title_ar


def test_ris_has_one_tag_a_line_and_ends_each_reference():
    lines = to_ris([HARD, HARD]).split("\r\n")
    assert lines.pop() == ""
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert [line for line in lines if line.startswith(("TY", "ER"))] == ["TY  - DATA", "ER  - "] * 2
    assert "N1  - Öberg, M. (2020) A & B_C. Second line" in lines
    assert "TT  - عنوان عربي" in lines


def test_the_package_has_the_citations_of_its_sources(package, cited):
    assert (package / "citations.bib").read_text("utf-8") == to_bibtex(cited)
    assert (package / "citations.csl.json").read_text("utf-8") == to_csl_json(cited)


@pytest.mark.parametrize(
    ("form", "begin"),
    [("text", "Syrian Network"), ("bibtex", "@techreport{"), ("csl-json", "[\n"), ("ris", "TY  - RPRT")],
)
def test_the_command_cites_a_source_in_each_format(small, form, begin):
    ran = CliRunner().invoke(cite, ["snhr-2020-03-15", "--format", form, "--graph", str(small)])
    assert ran.exit_code == 0
    assert ran.stdout.startswith(begin)


def test_the_command_lists_every_source(cited, small):
    assert len(CliRunner().invoke(cite, ["--graph", str(small)]).stdout.splitlines()) == len(cited)
