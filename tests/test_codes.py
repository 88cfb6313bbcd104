"""The reader of code lists, on small invented lists."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph

from snhr_kg import names
from snhr_kg.codes.lists import Code, CodeLists, read_codes
from snhr_kg.errors import CodeListError, Fault

HEAD = """\
@prefix code: <https://w3id.org/snhr-kg/code/> .
@prefix place: <https://w3id.org/snhr-kg/code/place/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix snhr: <https://w3id.org/snhr-kg/ontology#> .

"""


def texts(label: str = "Label") -> str:
    return f'skos:prefLabel "{label}"@en, "اسم"@ar ;\n    skos:definition "What {label} means."@en, "معنى الاسم."@ar'


def scheme(*tops: str) -> str:
    listed = ", ".join(f"place:{top}" for top in tops)
    return f"code:place a skos:ConceptScheme ;\n    {texts('Places')} ;\n    skos:hasTopConcept {listed} .\n"


def code(
    local: str, *more: str, under: str | None = None, label: str | None = None, notation: str | None = None
) -> str:
    place = f"skos:broader place:{under}" if under else "skos:topConceptOf code:place"
    said = [
        f"place:{local} a skos:Concept",
        "skos:inScheme code:place",
        place,
        f'skos:notation "{notation or local}"',
        texts(label or local),
        *more,
    ]
    return " ;\n    ".join(said) + " .\n"


ISLAND = HEAD + "\n".join(
    [
        scheme("isle"),
        code("isle", label="The isle"),
        code("north", 'skos:altLabel "Upper part"@en, "الشمال"@ar', "snhr:insidePlace place:isle", under="isle"),
        code("port", "snhr:insidePlace place:north, place:coast", under="north", label="Port town"),
        code("coast", under="isle"),
    ]
)


def read(folder: Path, **files: str) -> CodeLists:
    for name, text in files.items():
        (folder / f"{name.replace('_', '-')}.ttl").write_text(text, encoding="utf-8")
    return read_codes(folder)


def faults(folder: Path, **files: str) -> tuple[Fault, ...]:
    with pytest.raises(CodeListError) as caught:
        read(folder, **files)
    faults: tuple[Fault, ...] = caught.value.faults
    return faults


def only_fault(folder: Path, **files: str) -> Fault:
    found = faults(folder, **files)
    assert len(found) == 1, "\n".join(map(str, found))
    return found[0]


def renamed(text: str, scheme: str) -> str:
    """The same list, of another scheme."""
    return (
        text.replace("place:", f"{scheme}:").replace("code:place", f"code:{scheme}").replace("/place/", f"/{scheme}/")
    )


@pytest.fixture
def island(tmp_path: Path) -> CodeLists:
    return read(tmp_path, place=ISLAND)


def test_finds_a_code_by_its_notation(island: CodeLists) -> None:
    assert island.find("place", "north") == Code(
        iri="https://w3id.org/snhr-kg/code/place/north",
        scheme="place",
        notation="north",
        label_en="north",
        label_ar="اسم",
        alternatives=("Upper part", "الشمال"),
        broader=("isle",),
        within=("isle",),
    )


def test_finds_nothing_under_an_unknown_notation_or_scheme(island: CodeLists) -> None:
    assert island.find("place", "south") is None
    assert island.find("weapon", "north") is None
    assert island.notations("weapon") == ()


def test_keeps_the_order_of_the_file(island: CodeLists) -> None:
    assert island.notations("place") == ("isle", "north", "port", "coast")


def test_names_statistical_codes_by_notation_and_not_by_iri(tmp_path: Path) -> None:
    text = HEAD + scheme("all") + code("all", notation="_T") + code("isle", under="all")
    lists = read(tmp_path, place=text)
    assert lists.notations("place") == ("_T", "isle")
    assert lists.scheme("place")["isle"].broader == ("_T",)


def test_reads_margins_and_bounds_as_decimals_and_booleans(tmp_path: Path) -> None:
    margins = "snhr:lowerMargin 0.50 ; snhr:upperMargin 1 ; snhr:marginIncluded false ; snhr:marginOnlyWhenRounded true"
    text = HEAD + scheme("isle") + code("isle", margins, "snhr:lowerBound 200 ; snhr:upperBound 999")
    isle = read(tmp_path, place=text).scheme("place")["isle"]
    assert (isle.lower_margin, isle.upper_margin) == (Decimal("0.5"), Decimal(1))
    assert (isle.margin_included, isle.margin_only_when_rounded) == (False, True)
    assert (isle.lower_bound, isle.upper_bound) == (Decimal(200), Decimal(999))


def test_reads_the_unit_and_the_role_of_a_place_as_notations(tmp_path: Path) -> None:
    unit = renamed(HEAD + scheme("heads") + code("heads"), "unit")
    role = renamed(HEAD + scheme("here") + code("here"), "place-role")
    units, roles = names.scheme("unit"), names.scheme("place-role")
    text = HEAD + scheme("isle") + code("isle", f"snhr:unit <{units}/heads> ; snhr:placeRole <{roles}/here>")
    isle = read(tmp_path, place=text, unit=unit, place_role=role).scheme("place")["isle"]
    assert (isle.unit, isle.place_role) == ("heads", "here")


def partition(whole: str, *parts: str) -> str:
    listed = ", ".join(f"place:{part}" for part in parts)
    return f"""\
<https://w3id.org/snhr-kg/code/victim-group/partition/a-by-b> a snhr:GroupPartition ;
    <http://www.w3.org/2000/01/rdf-schema#label> "A by b"@en, "تقسيم"@ar ;
    skos:definition "All."@en, "الكل."@ar ;
    snhr:whole place:{whole} ;
    snhr:disjointPart {listed} .
"""


def groups(*more: str) -> str:
    codes = scheme("all-a") + code("all-a") + code("a", under="all-a") + code("b", under="all-a")
    return renamed(HEAD + codes + "".join(more), "victim-group")


def test_reads_the_partitions_of_victim_groups(tmp_path: Path) -> None:
    (found,) = read(tmp_path, victim_group=groups(partition("all-a", "a", "b"))).partitions
    assert (found.id, found.whole, found.parts) == ("a-by-b", "all-a", ("a", "b"))
    assert found.iri == "https://w3id.org/snhr-kg/code/victim-group/partition/a-by-b"


def test_refuses_a_partition_of_one_part(tmp_path: Path) -> None:
    assert only_fault(tmp_path, victim_group=groups(partition("all-a", "a"))).problem == "fewer than two parts"


def test_refuses_a_partition_into_an_unknown_group(tmp_path: Path) -> None:
    fault = only_fault(tmp_path, victim_group=groups(partition("all-a", "a", "all-aa")))
    assert (fault.problem, fault.remedy) == ("no victim-group all-aa", "write all-a")


def test_the_graph_is_what_another_parser_reads(island: CodeLists) -> None:
    assert set(island.graph) == set(Graph().parse(data=ISLAND, format="turtle"))


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("port", "port"),
        ("PORT TOWN", "port"),
        ("Prot town", "port"),
        ("upper part", "north"),
        ("الشمال", "north"),
        ("norht", "north"),
        ("  coast ", "coast"),
        ("quite another thing", None),
        ("", None),
    ],
)
def test_tells_the_nearest_code(island: CodeLists, text: str, notation: str | None) -> None:
    assert island.nearest("place", text) == notation


def test_knows_no_nearest_code_in_an_unknown_scheme(island: CodeLists) -> None:
    assert island.nearest("weapon", "port") is None


def test_a_place_is_inside_what_is_above_it_at_any_distance(island: CodeLists) -> None:
    assert island.is_inside("place", "port", "isle")
    assert island.is_inside("place", "port", "port")
    assert not island.is_inside("place", "isle", "port")


def test_a_place_is_inside_a_whole_that_is_not_above_it_in_the_list(island: CodeLists) -> None:
    assert island.is_inside("place", "port", "coast")
    assert not island.is_inside("place", "north", "coast")


def test_nothing_is_inside_an_unknown_place(island: CodeLists) -> None:
    assert not island.is_inside("place", "port", "sea")
    assert not island.is_inside("place", "sea", "sea")


@pytest.mark.parametrize(
    ("said", "column", "problem", "remedy"),
    [
        ('"isle"@en, ', "skos:prefLabel", "no English label", 'write skos:prefLabel "…"@en'),
        (', "اسم"@ar', "skos:prefLabel", "no Arabic label", 'write skos:prefLabel "…"@ar'),
        ('"What isle means."@en, ', "skos:definition", "no English definition", 'write skos:definition "…"@en'),
        (', "معنى الاسم."@ar', "skos:definition", "no Arabic definition", 'write skos:definition "…"@ar'),
    ],
)
def test_refuses_a_code_without_label_or_definition_in_either_language(
    tmp_path: Path, said: str, column: str, problem: str, remedy: str
) -> None:
    fault = only_fault(tmp_path, place=HEAD + scheme("isle") + code("isle").replace(said, ""))
    assert (fault.column, fault.problem, fault.remedy) == (column, problem, remedy)


def test_an_empty_label_is_no_label(tmp_path: Path) -> None:
    fault = only_fault(tmp_path, place=HEAD + scheme("isle") + code("isle", label=" ").replace("What   means", "Isle"))
    assert fault.problem == "no English label"


def test_refuses_two_labels_in_one_language(tmp_path: Path) -> None:
    text = HEAD + scheme("isle") + code("isle", 'skos:prefLabel "Another"@en', label="Isle")
    assert only_fault(tmp_path, place=text).problem == "2 English labels"


def test_refuses_a_code_without_a_notation(tmp_path: Path) -> None:
    text = HEAD + scheme("isle") + code("isle").replace('skos:notation "isle" ;', "")
    fault = only_fault(tmp_path, place=text)
    assert (fault.problem, fault.remedy) == ("no notation", 'write one: skos:notation "isle"')


def test_refuses_a_notation_used_twice(tmp_path: Path) -> None:
    text = ISLAND + code("shore", under="isle", notation="port")
    fault = only_fault(tmp_path, place=text)
    assert (fault.problem, fault.remedy) == ("'port' is the notation of port already", 'write "shore"')


def test_refuses_a_notation_that_the_iri_does_not_end_in(tmp_path: Path) -> None:
    fault = only_fault(tmp_path, place=ISLAND + code("shore", under="isle", notation="beach"))
    assert fault.remedy == "write 'shore', or change the IRI"


def test_refuses_an_unknown_broader_code_and_names_the_nearest(tmp_path: Path) -> None:
    fault = only_fault(tmp_path, place=ISLAND + code("shore", under="coats"))
    assert (fault.column, fault.problem, fault.remedy) == ("skos:broader", "no code coats", "write coast")


def test_refuses_a_broader_code_of_another_list(tmp_path: Path) -> None:
    text = ISLAND + code("shore", "skos:broader <https://w3id.org/snhr-kg/code/weapon/coast>", under="isle")
    fault = only_fault(tmp_path, place=text)
    assert "is in another list" in fault.problem


def test_refuses_a_code_of_another_list(tmp_path: Path) -> None:
    text = ISLAND + code("shore", under="isle").replace("inScheme code:place", "inScheme code:weapon")
    fault = only_fault(tmp_path, place=text)
    assert (fault.column, fault.remedy) == ("skos:inScheme", "write skos:inScheme code:place")


def test_refuses_a_code_of_no_list(tmp_path: Path) -> None:
    text = ISLAND + code("shore", under="isle").replace("    skos:inScheme code:place ;\n", "")
    assert only_fault(tmp_path, place=text).problem == "in no code list"


def test_refuses_an_orphan(tmp_path: Path) -> None:
    text = ISLAND + code("shore", under="isle").replace("    skos:broader place:isle ;\n", "")
    assert only_fault(tmp_path, place=text).problem == "neither a top concept nor under one"


def test_refuses_a_circle_and_tells_it_once(tmp_path: Path) -> None:
    text = ISLAND + code("east", under="west") + code("west", under="east")
    fault = only_fault(tmp_path, place=text)
    assert fault.problem == "leads back to itself through east, west"


def test_refuses_a_circle_of_places_inside_one_another(tmp_path: Path) -> None:
    east = code("east", "snhr:insidePlace place:west", under="isle")
    west = code("west", "snhr:insidePlace place:east", under="isle")
    assert only_fault(tmp_path, place=ISLAND + east + west).column == "snhr:insidePlace"


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ('snhr:lowerMargin "half"', "'half' cannot be read"),
        ('snhr:marginIncluded "yes"', "'yes' cannot be read"),
        ("snhr:lowerBound 1, 2", "2 values"),
    ],
)
def test_refuses_a_margin_or_bound_that_is_none(tmp_path: Path, said: str, problem: str) -> None:
    assert only_fault(tmp_path, place=ISLAND + code("shore", said, under="isle")).problem == problem


def test_refuses_a_unit_that_is_in_no_list(tmp_path: Path) -> None:
    said = "snhr:unit <https://w3id.org/snhr-kg/code/unit/heads>"
    fault = only_fault(tmp_path, place=ISLAND + code("shore", said, under="isle"))
    assert (fault.problem, fault.remedy) == ("no unit heads", "write one of its codes, or add the code first")


def test_refuses_a_top_concept_that_the_list_does_not_name_and_one_that_is_none(tmp_path: Path) -> None:
    text = ISLAND.replace("hasTopConcept place:isle", "hasTopConcept place:north")
    assert [fault.problem for fault in faults(tmp_path, place=text)] == [
        "lacks the top concept isle",
        "north does not call itself one",
    ]


def test_refuses_a_file_that_is_not_named_after_its_list(tmp_path: Path) -> None:
    assert "no code list island" in [fault.problem for fault in faults(tmp_path, island=ISLAND)]


def test_refuses_a_block_without_a_type(tmp_path: Path) -> None:
    fault = only_fault(tmp_path, place=ISLAND + 'place:shore skos:note "Sand." .\n')
    assert fault.remedy == "write shore a skos:Concept"


def test_refuses_a_blank_node(tmp_path: Path) -> None:
    text = ISLAND + 'place:isle skos:note [ skos:note "(Sand.)" ] .\n'
    fault = only_fault(tmp_path, place=text)
    assert (fault.line, fault.problem) == (text.count("\n"), "a blank node")


def test_names_the_line_where_the_block_begins(tmp_path: Path) -> None:
    fault = only_fault(tmp_path, place=ISLAND + code("shore", under="coats"))
    assert (fault.file, fault.line) == ("place.ttl", ISLAND.count("\n") + 1)


def test_tells_everything_that_is_wrong_in_all_files_at_once(tmp_path: Path) -> None:
    broken = HEAD + "place:isle a skos:Concept ;;; oops .\n"
    text = ISLAND + code("shore", under="coats") + code("beach", notation="port", under="isle")
    found = faults(tmp_path, place=text, weapon=broken)
    assert [(fault.file, fault.column) for fault in found] == [
        ("place.ttl", "skos:broader"),
        ("place.ttl", "skos:notation"),
        ("weapon.ttl", ""),
    ]
    assert found[-1].line == HEAD.count("\n") + 1
    assert found[-1].problem.startswith("no valid Turtle")


def test_does_not_judge_references_into_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    said = "snhr:unit <https://w3id.org/snhr-kg/code/unit/heads>"
    found = faults(tmp_path, place=ISLAND + code("shore", said, under="isle"), unit="oops")
    assert [fault.file for fault in found] == ["unit.ttl"]


def test_refuses_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "place.ttl").write_bytes(ISLAND.encode("cp1256"))
    with pytest.raises(CodeListError, match=r"place\.ttl:\d+: .*UTF-8"):
        read_codes(tmp_path)


def test_refuses_a_folder_without_lists(tmp_path: Path) -> None:
    assert only_fault(tmp_path).problem == "no code lists"


def test_reading_codes_does_not_load_rdflib(tmp_path: Path) -> None:
    (tmp_path / "place.ttl").write_text(ISLAND, encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from snhr_kg.codes.lists import read_codes; "
        "read_codes(Path(sys.argv[1])); print('rdflib' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", program, tmp_path], check=True, capture_output=True, text=True)
    assert said.stdout == "False\n"


def in_new_folder(text: str) -> CodeLists:
    with TemporaryDirectory() as folder:
        return read(Path(folder), place=text)


def reachable(edges: Iterable[tuple[int, int]], start: int) -> set[int]:
    reached: set[int] = set()
    while more := {wide for narrow, wide in edges if narrow == start or narrow in reached} - reached:
        reached |= more
    return reached


@settings(deadline=None, max_examples=60)
@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=9))
def test_a_hierarchy_is_refused_if_it_has_a_circle_and_followed_if_not(edges: set[tuple[int, int]]) -> None:
    tops = ", ".join(f"place:c{number}" for number in range(6))
    blocks = [
        code(f"c{number}", *(f"skos:broader place:c{wide}" for narrow, wide in sorted(edges) if narrow == number))
        for number in range(6)
    ]
    text = HEAD + scheme("c0").replace("place:c0", tops) + "".join(blocks)
    if any(number in reachable(edges, number) for number in range(6)):
        with pytest.raises(CodeListError, match="leads back to itself"):
            in_new_folder(text)
        return
    lists = in_new_folder(text)
    for narrow in range(6):
        inside = {wide for wide in range(6) if lists.is_inside("place", f"c{narrow}", f"c{wide}")}
        assert inside == reachable(edges, narrow) | {narrow}


PRINTABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda text: text.strip())


@settings(deadline=None, max_examples=60)
@given(label=PRINTABLE)
def test_any_label_is_read_back_and_found_as_the_nearest(label: str) -> None:
    quoted = label.replace("\\", "\\\\").replace('"', '\\"')
    text = HEAD + scheme("isle") + code("isle", f'skos:altLabel "{quoted}"@en')
    lists = in_new_folder(text)
    assert lists.scheme("place")["isle"].alternatives == (label,)
    assert lists.nearest("place", label) == "isle"


@settings(deadline=None, max_examples=60)
@given(st.text())
def test_the_nearest_code_of_any_text_is_a_code_or_nothing(text: str) -> None:
    nearest = in_new_folder(ISLAND).nearest("place", text)
    assert nearest is None or nearest in {"isle", "north", "port", "coast"}


@settings(deadline=None, max_examples=100)
@given(st.one_of(st.binary(), st.text().map(lambda text: (HEAD + text).encode("utf-8", "replace"))))
def test_any_file_that_is_no_list_is_refused_with_a_place_and_a_remedy(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "place.ttl").write_bytes(content)
        with pytest.raises(CodeListError) as caught:
            read_codes(Path(folder))
    assert all(fault.line >= 1 and fault.problem and fault.remedy for fault in caught.value.faults)


def test_iris_follow_the_rule_for_names(island: CodeLists) -> None:
    assert all(found.iri == names.code("place", found.notation) for found in island.scheme("place").values())
