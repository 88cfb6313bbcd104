"""Ids that were met before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from snhr_kg.imports.incidents_seen import Seen

IDS = st.one_of(
    st.integers(0, 20_000).map(str),
    st.integers(0, 10**20).map(str),
    st.text("SYR0179- x", max_size=6),
    st.from_regex(r"SYR\d{1,6}", fullmatch=True),
)


@given(st.lists(IDS, max_size=60))
def test_an_id_was_met_again_exactly_when_it_was_met_before(ids: list[str]) -> None:
    seen, met = Seen(), set[str]()
    for identifier in ids:
        assert seen.again(identifier) == (identifier in met)
        met.add(identifier)
