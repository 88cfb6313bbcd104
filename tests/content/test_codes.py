"""The code lists themselves: what every one of their codes must say."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, RDFS, SKOS

from needs import need
from snhr_kg import names
from snhr_kg.codes.file import CodeFile, read_code_file
from snhr_kg.codes.lists import Code, CodeLists, read_codes
from snhr_kg.records import SCHEME_OF

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "ontology" / "codes"
FILES = sorted(FOLDER.glob("*.ttl"))
COORDINATES = ROOT / "data" / "coordinates.csv"
ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")

CLASS_OF = {path.stem: "".join(word.capitalize() for word in path.stem.split("-")) for path in FILES}
"""Every list's codes are of the class named like the list."""

KINDS = ("StateForce", "ArmedGroup", "Alliance")


@cache
def lists() -> CodeLists:
    return read_codes(FOLDER)


@cache
def file_of(scheme: str) -> CodeFile:
    return read_code_file(FOLDER / f"{scheme}.ttl")


def graph() -> Graph:
    return lists().graph


CODES = [code for path in FILES for code in lists().scheme(path.stem).values()]
for_each_code = pytest.mark.parametrize("code", CODES, ids=[f"{code.scheme}/{code.notation}" for code in CODES])
for_each_file = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])


def definition(code: Code, tag: str) -> str:
    (text,) = file_of(code.scheme).literals(code.iri, "skos:definition", tag)
    return text


def classes(code: Code) -> set[str]:
    return {iri.removeprefix(names.SNHR) for iri in file_of(code.scheme).iris(code.iri, "rdf:type")}


def is_above(scheme: str, narrow: str, wide: str) -> bool:
    steps, seen = list(lists().scheme(scheme)[narrow].broader), set()
    while steps:
        step = steps.pop()
        seen.add(step)
        steps += lists().scheme(scheme)[step].broader
    return wide in seen


def test_the_lists_break_none_of_their_rules() -> None:
    assert len(lists().schemes) == len(FILES)


@for_each_code
def test_the_arabic_of_a_code_is_arabic_and_its_english_is_not(code: Code) -> None:
    arabic = (code.label_ar, definition(code, "ar"), *file_of(code.scheme).literals(code.iri, "skos:altLabel", "ar"))
    english = (code.label_en, definition(code, "en"), *file_of(code.scheme).literals(code.iri, "skos:altLabel", "en"))
    assert [text for text in arabic if not ARABIC_LETTER.search(text)] == []
    assert [text for text in english if ARABIC_LETTER.search(text)] == []


@for_each_code
def test_a_definition_is_a_sentence_and_no_copy_of_the_label(code: Code) -> None:
    for tag, label in (("en", code.label_en), ("ar", code.label_ar)):
        said = definition(code, tag)
        assert said.endswith(".")
        assert said.rstrip(".").casefold() != label.casefold()
        assert len(said.split()) >= 3


@for_each_code
def test_no_label_of_a_code_repeats_another_or_has_loose_spaces(code: Code) -> None:
    labels = [code.label_en, code.label_ar, *code.alternatives]
    assert [label for label, count in Counter(map(str.casefold, labels)).items() if count > 1] == []
    assert [label for label in labels if label != " ".join(label.split())] == []


@for_each_file
def test_no_two_codes_of_a_list_go_by_the_same_name(path: Path) -> None:
    spellings: dict[str, set[str]] = {}
    for code in lists().scheme(path.stem).values():
        for label in (code.label_en, code.label_ar, *code.alternatives):
            spellings.setdefault(label.casefold(), set()).add(code.notation)
    assert {label: codes for label, codes in spellings.items() if len(codes) > 1} == {}


@for_each_code
def test_a_code_has_the_class_of_its_list(code: Code) -> None:
    assert {CLASS_OF[code.scheme]} <= classes(code)


@for_each_code
def test_exactly_the_statistical_codes_and_totals_are_typed_so(code: Code) -> None:
    total = (code.scheme, code.notation) in {("victim-group", "individuals"), ("place", "syria")}
    total = total or code.notation == "_T"
    assert ("TotalCode" in classes(code)) == total
    assert ("StatisticalCode" in classes(code)) == (total or code.notation in names.STATISTICAL_CODES)


@for_each_code
def test_a_code_lies_under_the_total_of_its_list(code: Code) -> None:
    totals = [other for other in lists().scheme(code.scheme).values() if "TotalCode" in classes(other)]
    if not totals or code.notation in names.STATISTICAL_CODES or code.notation == "outside-syria":
        assert code.broader == () or not totals
    else:
        (total,) = totals
        assert lists().is_inside(code.scheme, code.notation, total.notation)


@for_each_code
def test_a_broader_code_is_not_broader_by_another_way_too(code: Code) -> None:
    for wide in code.broader:
        assert [other for other in code.broader if is_above(code.scheme, other, wide)] == []


@pytest.mark.parametrize("scheme", sorted(set(SCHEME_OF.values()) - {"indicator"}))
def test_each_dimension_but_the_indicator_can_be_not_stated_and_not_applicable(scheme: str) -> None:
    assert {"_U", "_Z"} <= set(lists().notations(scheme))


@pytest.mark.parametrize("code", lists().scheme("indicator").values(), ids=lambda code: code.notation)
def test_an_indicator_has_unit_nature_and_role_of_its_place(code: Code) -> None:
    assert code.unit
    assert code.place_role
    assert len(file_of("indicator").iris(code.iri, "snhr:temporalNature")) == 1


@pytest.mark.parametrize("code", lists().scheme("violation-type").values(), ids=lambda code: code.notation)
def test_a_type_of_violation_has_the_role_of_its_place(code: Code) -> None:
    expected = (
        "displaced-from" if lists().is_inside(code.scheme, code.notation, "forced-displacement") else "happened-in"
    )
    assert code.place_role == (None if code.notation.startswith("_") else expected)


@pytest.mark.parametrize("code", lists().scheme("perpetrator").values(), ids=lambda code: code.notation)
def test_a_party_is_of_one_kind_at_most(code: Code) -> None:
    assert len(classes(code) & set(KINDS)) <= 1


@pytest.mark.parametrize("code", lists().scheme("perpetrator").values(), ids=lambda code: code.notation)
def test_a_party_is_a_member_of_alliances_only_and_lies_under_them(code: Code) -> None:
    for iri in file_of("perpetrator").iris(code.iri, "snhr:memberOf"):
        (alliance,) = [other for other in lists().scheme("perpetrator").values() if other.iri == iri]
        assert "Alliance" in classes(alliance)
    assert all(is_above("perpetrator", code.notation, whole) for whole in code.within)


@pytest.mark.parametrize(
    ("party", "wholes"),
    [
        ("syrian-regime", {"syrian-russian-alliance", "syrian-russian-iranian-alliance"}),
        ("russian-forces", {"syrian-russian-alliance", "syrian-russian-iranian-alliance"}),
        ("russian-or-syrian", {"syrian-russian-alliance"}),
        ("isis", set()),
        ("hts", set()),
        ("russia-and-iran", set()),
        ("us-led-coalition-and-sdf", set()),
        ("sdf", set()),
    ],
)
def test_a_party_is_within_what_the_report_says_and_nothing_else(party: str, wholes: set[str]) -> None:
    assert set(lists().scheme("perpetrator")[party].within) == wholes


@pytest.mark.parametrize("code", lists().scheme("victim-group").values(), ids=lambda code: code.notation)
def test_a_victim_group_is_a_subgroup_of_what_is_above_it(code: Code) -> None:
    wholes = file_of("victim-group").iris(code.iri, "snhr:subgroupOf")
    assert wholes == file_of("victim-group").iris(code.iri, "skos:broader")


def test_the_parts_of_a_partition_lie_under_its_whole() -> None:
    assert {partition.id for partition in lists().partitions} == {
        "children-by-sex",
        "females-by-age",
        "civilians-by-age-and-sex",
        "women-and-children-as-sum",
    }
    for partition in lists().partitions:
        assert all(lists().is_inside("victim-group", part, partition.whole) for part in partition.parts)


def test_fighters_and_prisoners_are_not_civilians() -> None:
    for group in ("armed-opposition-fighters", "regime-prisoners", "military-personnel", "females"):
        assert not lists().is_inside("victim-group", group, "civilians")


def test_there_are_fourteen_governorates_each_in_syria() -> None:
    governorates = [name for name in lists().notations("place") if name.endswith("-governorate")]
    assert len(governorates) == 14
    assert all(lists().is_inside("place", name, "syria") for name in governorates)


def test_the_parts_of_a_composite_place_lie_inside_it_but_not_under_it() -> None:
    composites = [code for code in lists().scheme("place").values() if "CompositePlace" in classes(code)]
    assert [code.notation for code in composites] == ["idlib-and-aleppo-suburbs", "raqqa-deir-ez-zor-hasaka"]
    for composite in composites:
        parts = file_of("place").iris(composite.iri, "snhr:compositeOf")
        inside = [code for code in lists().scheme("place").values() if composite.notation in code.within]
        assert sorted(parts) == sorted(code.iri for code in inside)
        assert not any(composite.notation in code.broader for code in inside)


@pytest.mark.parametrize(
    ("qualifier", "low", "high", "included", "only_when_rounded"),
    [
        ("exact", "0.5", "0.5", True, True),
        ("at-least", "0", None, True, False),
        ("more-than", "0", None, False, False),
        ("nearly", "1", "0.5", True, False),
        ("approximately", "1", "1", True, False),
        ("order-of-magnitude", None, None, None, None),
        ("computed", None, None, None, None),
        ("best-estimate", None, None, None, None),
        ("range", None, None, None, None),
    ],
)
def test_a_qualifier_carries_the_margins_of_the_rule(
    qualifier: str, low: str | None, high: str | None, included: bool | None, only_when_rounded: bool | None
) -> None:
    code = lists().scheme("qualifier")[qualifier]
    assert code.lower_margin == (Decimal(low) if low else None)
    assert code.upper_margin == (Decimal(high) if high else None)
    assert (code.margin_included, code.margin_only_when_rounded) == (included, only_when_rounded)


@pytest.mark.parametrize(
    ("word", "low", "high", "unit"),
    [
        ("dozens", 24, None, None),
        ("scores", 40, None, None),
        ("hundreds", 200, 999, None),
        ("thousands", 2_000, 9_999, None),
        ("tens-of-thousands", 20_000, 99_999, None),
        ("hundreds-of-thousands", 200_000, 999_999, None),
        ("millions", 2_000_000, None, None),
        ("half", 49, 51, "percent"),
    ],
)
def test_a_vague_word_carries_the_bounds_of_the_rule(word: str, low: int, high: int | None, unit: str | None) -> None:
    code = lists().scheme("magnitude")[word]
    assert (code.lower_bound, code.upper_bound) == (Decimal(low), None if high is None else Decimal(high))
    assert code.unit == unit


@for_each_file
def test_prefixes_and_blocks_of_a_file_are_all_used_and_nothing_is_said_twice(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for prefix in re.findall(r"@prefix ([\w-]+):", text):
        assert len(re.findall(rf"(?<![\w-]){prefix}:", text)) > 1, prefix
    subjects = [line.split()[0] for line in text.splitlines() if re.match(r"[\w-]+:", line)]
    assert [subject for subject, count in Counter(subjects).items() if count > 1] == []


def test_no_code_has_an_identifier_from_elsewhere() -> None:
    allowed = tuple(names.PREFIXES.values())
    objects = {str(term) for term in graph().objects() if isinstance(term, URIRef)}
    elsewhere = {iri for iri in objects if not iri.startswith(allowed) and not iri.startswith(names.BASE)}
    assert elsewhere == {"https://creativecommons.org/licenses/by/4.0/"}


def test_every_partition_and_list_is_named_in_both_languages() -> None:
    for subject in graph().subjects(RDF.type, URIRef(names.term("GroupPartition"))):
        assert {label.language for label in graph().objects(subject, RDFS.label)} == {"en", "ar"}  # type: ignore[attr-defined]
    for subject in graph().subjects(RDF.type, SKOS.ConceptScheme):
        assert {label.language for label in graph().objects(subject, SKOS.prefLabel)} == {"en", "ar"}  # type: ignore[attr-defined]


def test_the_table_of_coordinates_fits_its_schema() -> None:
    need.package("frictionless", "the schema of the coordinates is not checked")
    from frictionless import Resource, Schema

    schema = Schema.from_descriptor(json.loads(COORDINATES.with_suffix(".schema.json").read_text(encoding="utf-8")))
    report = Resource(path=COORDINATES.name, basepath=str(COORDINATES.parent), schema=schema).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_each_point_is_of_one_known_place_and_the_table_is_sorted() -> None:
    with COORDINATES.open(encoding="utf-8", newline="") as table:
        places = [row["place"] for row in csv.DictReader(table)]
    assert [place for place in places if not lists().find("place", place)] == []
    assert places == sorted(set(places))
