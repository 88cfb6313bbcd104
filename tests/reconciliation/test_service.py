"""The service as its specification has it, asked over HTTP."""

from __future__ import annotations

import json
from urllib.parse import urljoin

import pytest

from problem_documents import is_problem
from reconciliation.specification import (
    is_extension,
    is_manifest,
    is_proposal,
    is_result_batch,
    is_suggestion,
)
from snhr_kg import names
from snhr_kg.reconciliation.requests import MOST_IDS, MOST_PROPERTIES, MOST_QUERIES, MOST_VALUES


def ask(client, queries, path="/reconcile"):
    response = client.post(path, data={"queries": json.dumps(queries)})
    assert response.status_code == 200, response.text
    batch = response.get_json()
    assert is_result_batch(batch, set(queries))
    return {key: result["result"] for key, result in batch.items()}


def one(client, path="/reconcile", **query):
    return ask(client, {"q": query}, path)["q"]


def extend(client, ids, properties, path="/reconcile"):
    asked = {"ids": ids, "properties": properties}
    response = client.get(path, query_string={"extend": json.dumps(asked)})
    assert response.status_code == 200, response.text
    answer = response.get_json()
    assert is_extension(answer, set(ids), [found["id"] for found in properties])
    return answer


@pytest.mark.parametrize("path", ["/reconcile", "/reconcile/", "/reconcile/ar", "/reconcile/ar/"])
def test_the_manifest_says_where_everything_is(client, path):
    response = client.get(path, query_string={"_": "1", "callback": "x"})
    manifest = response.get_json()
    assert is_manifest(manifest)
    assert response.mimetype == "application/json"
    for service in manifest["suggest"].values():
        address = service["service_url"] + service["service_path"]
        assert is_suggestion(client.get(address, query_string={"prefix": ""}).get_json())
    proposals = manifest["extend"]["propose_properties"]
    address = proposals["service_url"] + proposals["service_path"]
    assert is_proposal(client.get(address, query_string={"type": "Place", "limit": "3"}).get_json())
    assert client.get(manifest["preview"]["url"].replace("{{id}}", "perpetrator%2Fisis")).status_code == 200
    view = manifest["view"]["url"].replace("{{id}}", "perpetrator%2Fisis")
    language = "ar" if "/ar" in path else "en"
    behind_a_proxy = view.replace("http://localhost/", "http://localhost/graph/")
    led = urljoin(behind_a_proxy, client.get(view).headers["Location"])
    assert led == f"http://localhost/graph/{language}/code/perpetrator/isis.html"


def test_a_batch_is_answered_by_get_and_by_post_alike(client):
    queries = json.dumps({"a": {"query": "HTS"}, "b": {"query": "Idleb", "type": "Place", "limit": 2}})
    got = client.get("/reconcile", query_string={"queries": queries})
    posted = client.post("/reconcile", data={"queries": queries})
    assert got.get_json() == posted.get_json()
    assert is_result_batch(got.get_json(), {"a", "b"})


def test_a_candidate_says_by_which_name_it_was_found_and_how_its_score_came_about(client):
    best, *_ = one(client, query="Jabhat an-Nusra", type="Perpetrator")
    assert (best["id"], best["match"]) == ("perpetrator/al-nusra-front", True)
    assert "Nusra" in best["description"]
    features = {found["id"]: found["value"] for found in best["features"]}
    assert features["name_grade"] == 2
    assert features["words_left_over"] == 0
    assert features["near_only"] is False


@pytest.mark.parametrize("given", ["place/idlib-governorate", names.code("place", "idlib-governorate"), "SY07", "sy07"])
def test_an_identifier_finds_its_entity(client, given):
    best, *rest = one(client, query=given)
    assert (best["id"], best["score"], best["match"], rest) == ("place/idlib-governorate", 100, True, [])


@pytest.mark.parametrize("types", ["Place", ["Place"], "place", "https://w3id.org/snhr-kg/ontology#Place", [""], ""])
def test_a_type_may_be_named_in_several_ways(client, types):
    best, *_ = one(client, query="Homs", type=types, type_strict="should")
    assert best["id"] == "place/homs-governorate"


def test_a_type_keeps_everything_else_out(client):
    assert one(client, query="Torture", type="Place") == []


def test_no_more_candidates_come_than_are_wanted(client):
    assert len(one(client, query="Syrian forces", limit=2)) == 2


def test_an_identifier_of_another_list_decides_whatever_the_name(client):
    best, *_ = one(client, query="Some place", properties=[{"pid": "ocha-p-code", "v": "sy07"}])
    assert (best["id"], best["match"]) == ("place/idlib-governorate", True)


def test_an_identifier_that_contradicts_the_name_leaves_it_open(client):
    found = one(client, query="Homs", properties=[{"pid": "ocha-p-code", "v": "SY07"}])
    assert {best["id"] for best in found} >= {"place/idlib-governorate", "place/homs-governorate"}
    assert not any(best["match"] for best in found)


def test_a_district_is_not_the_governorate_it_lies_in(client):
    assert one(client, query="Homs", type="Place")[0]["match"]
    found = one(client, query="Homs", type="Place", properties=[{"pid": "governorate", "v": "Homs"}])
    assert not any(best["match"] for best in found)
    (found,) = [one for one in found if one["id"] == "place/homs-governorate"]
    assert {"id": "property_governorate", "value": False} in found["features"]


def test_a_property_never_makes_the_second_best_name_the_best(client):
    found = one(client, query="Raqqa", properties=[{"pid": "governorate", "v": {"id": "place/raqqa-governorate"}}])
    assert "place/raqqa-city" in {best["id"] for best in found}
    assert not any(best["match"] for best in found)


def test_properties_alone_find_all_that_agree(client):
    found = one(client, properties=[{"pid": "broader", "v": ["place/deir-ez-zor-city"]}], type="Place")
    assert {best["id"] for best in found} == {"place/al-joura", "place/al-qosour"}
    assert not any(best["match"] for best in found)


def test_a_refused_mapping_lends_no_name_and_a_narrower_one_never_matches(client):
    assert one(client, query="al-Qaida", type="Perpetrator") == []
    best, *_ = one(client, query="FSA of UCDP", type="Perpetrator")
    assert (best["id"], best["match"]) == ("perpetrator/armed-opposition", False)
    assert {"id": "near_only", "value": True} in best["features"]


def test_the_code_lists_own_names_go_before_those_of_mappings(client):
    assert one(client, query="Ar Raqqah", type="Place")[0]["id"] == "place/raqqa-governorate"


def test_in_arabic_names_types_and_descriptions_are_arabic(client):
    best, *_ = one(client, "/reconcile/ar", query="HTS", type="Perpetrator")
    assert best["name"] == "هيئة تحرير الشام"
    assert best["type"] == [{"id": "Perpetrator", "name": "جهة محمّلة المسؤولية"}]
    assert best["description"].startswith("وُجد عبر")


def test_values_of_properties_are_handed_out_for_ids(client):
    names = ["iri", "label_en", "label_ar", "definition_en", "broader", "governorate", "latitude", "ocha-p-code"]
    answer = extend(client, ["place/idlib-governorate", "place/nowhere"], [{"id": name} for name in names])
    row = answer["rows"]["place/idlib-governorate"]
    assert row["iri"] == [{"str": "https://w3id.org/snhr-kg/code/place/idlib-governorate"}]
    assert row["label_ar"] == [{"str": "محافظة إدلب"}]
    assert {"id": "place/syria", "name": "Syria"} in row["broader"]
    assert row["latitude"] == [{"float": 35.93}]
    assert row["ocha-p-code"] == [{"str": "SY07"}]
    assert not any(answer["rows"]["place/nowhere"].values())


def test_settings_choose_the_language_and_the_number_of_values(client):
    wanted = [{"id": "other_names", "settings": {"language": "ar", "limit": 1}}]
    row = extend(client, ["perpetrator/isis"], wanted)["rows"]["perpetrator/isis"]
    assert len(row["other_names"]) == 1
    assert row["other_names"][0]["str"] in ("داعش", "تنظيم الدولة الإسلامية", "تنظيم الدولة الإسلامية في العراق والشام")


@pytest.mark.parametrize("limit", ["1", 1, 1.0, "x", -1, 0, None, [], 1e308])
def test_a_limit_that_is_none_is_passed_over(client, limit):
    wanted = [{"id": "other_names", "settings": {"limit": limit}}]
    row = extend(client, ["perpetrator/isis"], wanted)["rows"]["perpetrator/isis"]
    assert (len(row["other_names"]) == 1) is (limit in ("1", 1))


def test_suggestions_complete_what_is_typed(client):
    def suggested(kind, **parameters):
        answer = client.get(f"/reconcile/suggest/{kind}", query_string=parameters).get_json()
        assert is_suggestion(answer)
        return [item["id"] for item in answer["result"]]

    assert suggested("entity", prefix="islamic st")[0] == "perpetrator/isis"
    assert suggested("entity", prefix="Deir", type="Place")[0] == "place/deir-ez-zor-governorate"
    assert suggested("entity", prefix="perpetrator/hts") == ["perpetrator/hts"]
    assert suggested("type", prefix="vi") == ["ViolationType", "VictimGroup"]
    assert "governorate" in suggested("property", prefix="gov", type="Place")
    assert "governorate" not in suggested("property", prefix="gov", type="Weapon")
    everything = suggested("entity", prefix="a", cursor="0")
    assert suggested("entity", prefix="a", cursor="2") != everything


@pytest.mark.parametrize(("kind", "id_"), [("entity", "perpetrator/hts"), ("type", "Place"), ("property", "broader")])
def test_a_flyout_is_a_piece_of_html(client, kind, id_):
    answer = client.get(f"/reconcile/flyout/{kind}", query_string={"id": id_}).get_json()
    assert set(answer) == {"id", "html"}
    assert answer["id"] == id_
    assert "<strong>" in answer["html"]


def test_a_preview_may_be_framed_tells_in_both_languages_and_loads_nothing(client):
    response = client.get("/reconcile/preview/perpetrator/al-nusra-front")
    assert response.mimetype == "text/html"
    (policy,) = response.headers.getlist("Content-Security-Policy")
    assert "frame-ancestors" not in policy
    assert "default-src 'none'" in policy
    assert '<html lang="en">' in response.text
    assert 'lang="ar" dir="rtl">جبهة النصرة' in response.text
    assert "Jabhat Fatah al-Sham" in response.text
    assert not any(sign in response.text for sign in ("src=", "<link", "<script", "@import", "url("))
    assert "frame-ancestors 'none'" in client.get("/").headers["Content-Security-Policy"]


def test_scripts_of_other_pages_may_ask(client):
    assert client.get("/reconcile").headers["Access-Control-Allow-Origin"] == "*"
    options = client.options("/reconcile")
    assert options.status_code == 200
    assert "POST" in options.headers["Access-Control-Allow-Methods"]
    head = client.head("/reconcile")
    assert head.status_code == 200
    assert head.get_data() == b""


def test_an_answer_that_a_client_holds_is_not_sent_again(client):
    tag = client.get("/reconcile").headers["ETag"]
    assert client.get("/reconcile", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("queries", "kind", "words"),
    [
        ("[", "bad-request", "no JSON"),
        ("[" * 50_000, "bad-request", "no JSON"),
        ("[]", "bad-request", "object"),
        ('{"a": {}}', "bad-request", "neither"),
        ('{"a": {"query": ""}}', "bad-request", "neither"),
        ('{"a": {"qeury": "x"}}', "bad-request", "qeury"),
        ('{"a": {"query": 5}}', "bad-request", "string"),
        ('{"a": {"query": "x", "limit": -1}}', "bad-request", "positive"),
        ('{"a": {"query": "x", "type": "Plase"}}', "bad-parameter", "'Place'"),
        ('{"a": {"query": "x", "type": 5}}', "bad-parameter", "type"),
        ('{"a": {"query": "x", "properties": [{"pid": "governorat", "v": "y"}]}}', "bad-parameter", "'governorate'"),
        ('{"a": {"query": "x", "properties": ["y"]}}', "bad-request", "object"),
        ('{"a": {"query": "x", "properties": [{"pid": "iri", "v": [["y"]]}]}}', "bad-request", "list"),
        ('{"a": {"query": "x", "limit": NaN}}', "bad-request", "positive"),
        ('{"a": {"query": "x", "limit": Infinity}}', "bad-request", "positive"),
        ('{"\\ud800": {"query": "x"}}', "bad-request", "no JSON"),
    ],
)
def test_what_is_no_batch_is_refused_with_what_to_send_instead(client, queries, kind, words):
    response = client.post("/reconcile", data={"queries": queries})
    assert is_problem(response, 400, kind, words)


def test_too_much_at_once_is_refused_with_both_numbers(client):
    many = {str(number): {"query": "x"} for number in range(MOST_QUERIES + 1)}
    response = client.post("/reconcile", data={"queries": json.dumps(many)})
    assert is_problem(response, 413, "batch-too-large", str(MOST_QUERIES), str(MOST_QUERIES + 1))
    asked = {"ids": ["x"] * (MOST_IDS + 1), "properties": [{"id": "iri"}]}
    response = client.post("/reconcile", data={"extend": json.dumps(asked)})
    assert is_problem(response, 413, "batch-too-large", str(MOST_IDS))
    asked = {"ids": ["x"], "properties": [{"id": "iri"}] * (MOST_PROPERTIES + 1)}
    response = client.post("/reconcile", data={"extend": json.dumps(asked)})
    assert is_problem(response, 413, "batch-too-large", str(MOST_PROPERTIES))
    values = [{"pid": "broader", "v": ["x"] * (MOST_VALUES + 1)}]
    response = client.post("/reconcile", data={"queries": json.dumps({"a": {"properties": values}})})
    assert is_problem(response, 413, "batch-too-large", str(MOST_VALUES))


def test_the_longest_name_has_no_candidates_and_keeps_no_other_query_from_its_answer(client):
    found = ask(client, {"long": {"query": "Homs " * 10_000}, "short": {"query": "Homs"}})
    assert found["long"] == []
    assert found["short"][0]["match"]


def test_what_is_neither_a_batch_nor_an_extension_is_refused(client):
    assert is_problem(client.post("/reconcile", data={"query": "x"}), 400, "bad-request", "queries")
    both = {"queries": "{}", "extend": "{}"}
    assert is_problem(client.post("/reconcile", data=both), 400, "bad-request", "either")
    response = client.post("/reconcile", data="{}", content_type="application/json")
    assert is_problem(response, 415, "unsupported-body", "form")
    asked = json.dumps({"ids": ["x"], "properties": [{"id": "lable_en"}]})
    assert is_problem(client.post("/reconcile", data={"extend": asked}), 400, "bad-parameter", "'label_en'")
    assert is_problem(client.post("/reconcile", data={"extend": '{"ids": 5}'}), 400, "bad-request", "ids")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/reconcile/preview/place/atlantis", 404),
        ("/reconcile/view/x", 404),
        ("/reconcile/flyout/entity?id=x", 404),
        ("/reconcile/flyout/property?id=x", 404),
        ("/reconcile/flyout/type?id=", 404),
        ("/reconcile/flyout/type?id=x", 400),
        ("/reconcile/suggest/entity?prefix=a&cursor=x", 400),
        ("/reconcile/properties?type=Plase", 400),
        ("/reconcile/fr", 404),
    ],
)
def test_what_there_is_not_is_said(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
