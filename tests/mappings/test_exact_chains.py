"""The rule of exact matches, against a slow and plain account of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from snhr_kg.mappings.chains import chain_faults
from snhr_kg.mappings.records import CLOSE, EXACT, MappingRecord

RECORD = MappingRecord(
    id="",
    subject="",
    subject_label="",
    subject_label_ar="",
    dimension="",
    notation="",
    predicate=EXACT,
    refused=False,
    object="",
    object_label="",
    object_category="",
    justification="",
    confidence=Decimal(1),
    author="",
    date="",
    object_source="",
    object_source_version="",
    comment="",
    file="invented.sssom.tsv",
    line=1,
)


def match(ours: str, theirs: str, line: int = 1, predicate: str = EXACT, refused: bool = False) -> MappingRecord:
    return replace(RECORD, subject=ours, object=theirs, line=line, predicate=predicate, refused=refused)


def test_lets_one_concept_have_many_exact_matches() -> None:
    assert chain_faults([match("a", "x"), match("a", "y"), match("b", "z")]) == []


def test_names_the_chain_that_makes_two_concepts_one() -> None:
    (fault,) = chain_faults([match("a", "x", 1), match("b", "x", 2)])
    assert fault.problem == "a chain of exact matches makes two concepts of ours one: a = x = b"
    assert (fault.file, fault.line) == ("invented.sssom.tsv", 2)


def test_follows_a_chain_over_several_targets() -> None:
    (fault, _) = chain_faults([match("a", "x"), match("c", "x"), match("c", "y"), match("b", "y")])
    assert fault.problem.endswith(": a = x = c = y = b")


def test_leaves_out_what_is_refused_and_what_is_only_close() -> None:
    assert chain_faults([match("a", "x"), match("b", "x", refused=True), match("c", "x", predicate=CLOSE)]) == []


def groups(records: list[MappingRecord]) -> list[set[str]]:
    """The concepts that hang together, by joining sets until nothing changes."""
    found = [{record.subject, record.object} for record in records if record.predicate == EXACT and not record.refused]
    changed = True
    while changed:
        changed = False
        for one in found:
            for other in found:
                if one is not other and one & other:
                    one |= other
                    found.remove(other)
                    changed = True
                    break
            if changed:
                break
    return found


RECORDS = st.lists(
    st.builds(
        match,
        ours=st.sampled_from([f"ours-{number}" for number in range(6)]),
        theirs=st.sampled_from([f"theirs-{number}" for number in range(6)]),
        line=st.integers(1, 9),
        predicate=st.sampled_from([EXACT, EXACT, CLOSE]),
        refused=st.booleans(),
    ),
    max_size=12,
)


@given(RECORDS)
def test_finds_a_fault_for_each_concept_too_many_in_a_group(records: list[MappingRecord]) -> None:
    ours = [{name for name in group if name.startswith("ours-")} for group in groups(records)]
    assert len(chain_faults(records)) == sum(len(names) - 1 for names in ours)


@given(RECORDS)
def test_names_only_chains_of_accepted_exact_matches(records: list[MappingRecord]) -> None:
    links = {(record.subject, record.object) for record in records if record.predicate == EXACT and not record.refused}
    for fault in chain_faults(records):
        way = fault.problem.partition(": ")[2].split(" = ")
        assert len(way) == len(set(way)) >= 3
        assert way[0].startswith("ours-")
        assert way[-1].startswith("ours-")
        assert all((one, other) in links or (other, one) in links for one, other in pairwise(way))


@given(RECORDS)
def test_says_the_same_whatever_the_order_of_the_records(records: list[MappingRecord]) -> None:
    def said(found: list[MappingRecord]) -> set[tuple[str, str]]:
        ends = (fault.problem.partition(": ")[2].split(" = ") for fault in chain_faults(found))
        return {(way[0], way[-1]) for way in ends}

    assert said(records) == said(list(reversed(records)))
