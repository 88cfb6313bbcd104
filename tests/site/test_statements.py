"""The statements at the foot of a page: the most telling first, and by which graph."""

from __future__ import annotations

from following import led_to, words
from snhr_kg import names

PAGE = "/en/code/perpetrator.html"


def test_what_a_thing_is_and_is_called_stands_first(read):
    shown = read(PAGE).xpath("//*[@id='thing-stated']/following-sibling::dl[1]/dt")
    told = [words(one) for one in shown]
    assert told[:3] == ["is a rdf:type", "label skos:prefLabel", "definition skos:definition"]
    assert told[3:] == sorted(told[3:])


def test_where_one_graph_states_all_it_is_named_once(read):
    page = read(PAGE)
    (said,) = (one for one in page.xpath("//details/p") if "All of this comes from one graph:" in words(one))
    assert led_to(PAGE, said.xpath("a")) == [names.graph("codes")]
    assert not page.xpath("//*[@id='thing-stated']/following-sibling::dl[1]//a[contains(@class, 'graph')]")


def test_where_several_graphs_state_it_each_value_names_its_own(read):
    values = read("/en/code/perpetrator/isis.html").xpath("//*[@id='thing-stated']/following-sibling::dl[1]/dd")
    assert values
    assert [
        words(one) for one in values if not one.xpath("a[contains(@class, 'graph')]") and one.get("class") is None
    ] == []
