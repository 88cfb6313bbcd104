from __future__ import annotations

import pytest

from snhr_kg.errors import BadParameter, UnknownCode
from snhr_kg.questions.given import find_figure, read_given
from snhr_kg.questions.known import read_known
from snhr_kg.questions.read import Parameter
from snhr_kg.store import open_store

CODE = "https://w3id.org/snhr-kg/code"
REPORT = "https://w3id.org/snhr-kg/report/1999-09-09"
PLACE = Parameter("place", "place", "?place")
KIND = Parameter("kind", "figure|finding", "?kind")
LANGUAGE = Parameter("language", "en|ar", '"en"')


@pytest.fixture(scope="module")
def select(tiny_build):
    store = open_store(tiny_build.out)

    def rows(text):
        answer = store.query(text)
        return [dict(zip(answer.variables, row, strict=True)) for row in answer.rows()]

    return rows


@pytest.fixture(scope="module")
def known(select):
    return read_known(select)


def test_a_code_is_found_by_notation_and_by_iri(known):
    assert known.find("perpetrator", "isis") == known.find("perpetrator", f"{CODE}/perpetrator/isis")
    assert known.find("perpetrator", "_T") == (f"{CODE}/perpetrator/all",)
    assert known.notation(f"{CODE}/perpetrator/all") == "_T"


def test_a_code_of_another_list_is_no_code_of_this_one(known):
    with pytest.raises(UnknownCode, match="no code of the list perpetrator"):
        known.find("perpetrator", f"{CODE}/place/syria")


@pytest.mark.parametrize(
    ("given", "nearest"),
    [("isiss", "'isis'"), ("ISIS", "'isis'"), ("Turkish forces", "'turkish-forces'"), ("تنظيم داعش", "'isis'")],
)
def test_an_unknown_code_is_answered_with_the_nearest_by_notation_or_label(known, given, nearest):
    with pytest.raises(UnknownCode, match=nearest):
        known.find("perpetrator", given)


@pytest.mark.parametrize("given", ["", " ", "x> } INSERT", "isis ", "\x00", "é" * 5000, "<", "syria"])
def test_nothing_but_a_code_passes(known, given):
    with pytest.raises(UnknownCode) as raised:
        known.find("perpetrator", given)
    assert len(str(raised.value)) < 1000


def test_what_lies_below_a_code_is_found_through_every_step(known):
    below = known.below(known.find("place", "deir-ez-zor-governorate"))
    assert {known.notation(iri) for iri in below} >= {"deir-ez-zor-governorate", "deir-ez-zor-city", "al-joura"}
    assert "syria" not in {known.notation(iri) for iri in below}
    assert known.nested("place")
    assert not known.nested("qualifier")


def test_sections_are_found_by_short_name_with_report_and_by_iri(known):
    section = known.items("section")[0]
    assert known.find("section", section.notation) == (section.iri,)
    assert known.find("section", f"1999-09-09/{section.notation}") == (section.iri,)
    assert known.find("section", section.iri) == (section.iri,)
    assert known.find("report", "1999-09-09") == (REPORT,)


def test_a_figure_is_found_by_id_with_report_and_by_iri(known, select):
    iri = f"{REPORT}/figure/civilian-deaths"
    for given in ("civilian-deaths", "1999-09-09/civilian-deaths", iri):
        assert find_figure("figure", given, known, select) == (iri,)


@pytest.mark.parametrize(
    "given", ["civilian-death", "2000-01-01/civilian-deaths", f"{REPORT}/figure/none", "<x>", "a b"]
)
def test_an_unknown_figure_is_answered_with_the_nearest(known, select, given):
    with pytest.raises(UnknownCode, match="no figure that the graph holds"):
        find_figure("figure", given, known, select)


def test_a_derived_figure_is_no_stated_one(known, select):
    derived = next(
        str(row["f"]) for row in select("SELECT ?f { ?f a <https://w3id.org/snhr-kg/ontology#DerivedFigure> } LIMIT 1")
    )
    assert find_figure("derived-figure", derived, known, select) == (derived,)
    assert find_figure("any-figure", derived.rpartition("/")[2], known, select) == (derived,)
    with pytest.raises(UnknownCode):
        find_figure("figure", derived, known, select)


def test_values_are_turned_into_iris_once_each(known, select):
    given = read_given({"place": ["syria", "syria", f"{CODE}/place/syria"]}, [PLACE], known, select, inside=False)
    assert given.values == {"place": (f"{CODE}/place/syria",)}
    assert given.shown == {"place": ("syria", f"{CODE}/place/syria")}
    assert given.can_widen


def test_inside_brings_what_lies_below(known, select):
    given = read_given({"place": ["idlib-governorate"]}, [PLACE], known, select, inside=True)
    assert f"{CODE}/place/saraqeb" in given.values["place"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"place": [""]}, "place is empty"),
        ({"kind": ["event"]}, "figure or finding"),
        ({"language": ["fr"]}, "en or ar"),
        ({"language": ["en", "ar"]}, "given 2 times"),
    ],
)
def test_what_a_parameter_cannot_take_is_refused(known, select, arguments, words):
    with pytest.raises(BadParameter, match=words):
        read_given(arguments, [PLACE, KIND, LANGUAGE], known, select, inside=False)


@pytest.mark.parametrize("given", ["daesh", "ISIS", "snhr:isis", "https://w3id.org/snhr-kg/code/perpetrator/ISIS"])
def test_the_nearest_code_is_found_by_its_other_names_and_in_wrong_iris(client, given):
    detail = client.get("/api/figures", query_string={"perpetrator": given}).get_json()["detail"]
    assert detail.endswith("the nearest is 'isis'")


def test_where_no_code_is_near_the_codes_are_listed(client):
    assert "it takes " in client.get("/api/figures?perpetrator=xyzzy").get_json()["detail"]
