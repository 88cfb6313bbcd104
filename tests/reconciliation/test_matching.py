"""Which entity a name means, and when none is surely meant."""

from __future__ import annotations

from collections import defaultdict

import pytest

from reconciliation.measuring import without
from snhr_kg.reconciliation.normalise import fold
from snhr_kg.reconciliation.requests import Query

NAMES = {
    "perpetrator": {
        "al-nusra-front": (
            "al-Nusra",
            "Jabhat an-Nuṣra",
            "Jabhat al Nosra",
            "Jabhat Fateh al-Sham",
            "JFS",
            "جبهه النصره",
        ),
        "hts": ("HTS", "Hay’at Taḥrīr aš-Šām", "HTS: Hayat Tahrir al Sham", "هيئة تَحرير الشّام", "Tahrir al Sham"),
        "isis": ("IS", "ISIL/Da'esh", "Islamic State (Syria)", "Daech", "داعش", "Islamic State group"),
        "sdf": ("SDF", "Q.S.D.", "QSD: Syrian Democratic Forces", "قسد", "The Syrian Democratic Forces (SDF)"),
        "pyd": ("PYD", "Democratic Union Party", "PYD forces"),
        "syrian-regime": ("Government of Syria", "Syrian Army", "Military Forces of Syria (2000-)", "النظام السوري"),
        "russian-forces": ("Russian Military", "Government of Russia (Soviet Union)", "القوات الروسية", "Russia"),
        "russian-or-syrian": ("Russian / Syrian", "Russia or Syria"),
        "syrian-russian-alliance": ("Syrian-Russian forces", "Allied Russian and Syrian Forces"),
        "us-led-coalition": ("U.S.-led Coalition", "International Coalition", "Global coalition against ISIS"),
        "turkish-forces": ("Government of Turkey", "TAF: Turkish Armed Forces", "Military Forces of Turkey (2016-)"),
        "iranian-militias": ("Militia (Pro-Iran)", "Iran-backed militias"),
        "armed-opposition": ("Opposition Rebels (Syria)", "Opposition armed groups", "فصائل المعارضة"),
    },
    "place": {
        "deir-ez-zor-governorate": (
            "Deir ez Zour",
            "DEIR EZZOR",
            "Dayr az-Zawr",
            "Dair Alzour",
            "Deir-ez-Zor",
            "دير الزور",
        ),
        "raqqa-governorate": ("Ar-Rakkah", "Al-Raqqah", "الرقه", "Raqqa, Syria"),
        "raqqa-city": ("Raqqa city", "مدينة الرقة"),
        "hasaka-governorate": ("Al-Hasakeh", "Hassake", "حسكة"),
        "quneitra-governorate": ("Qunaytirah", "Kuneitra"),
        "rural-damascus-governorate": ("Damascus Countryside", "Rif Dimashq", "ريف دمشق"),
        "suwayda-governorate": ("As-Sweida", "Soueida"),
        "tartus-governorate": ("Ţarţūs",),
    },
    "weapon": {"cluster-munition": ("cluster bomb", "Cluster munitions")},
    "victim-group": {"children": ("Child", "أطفال")},
}
NOTHING = {
    "perpetrator": (
        "Government of Lebanon",
        "Government of Iraq",
        "Government of Iran",
        "Iranian Military",
        "Government of United States of America",
        "UK Military",
        "Islamic Front",
        "Islamic State (Afghanistan)",
        "Islamic State - Khorasan Province",
        "ISKP: Islamic State",
        "Syrian National Army",
        "Free Syrian Army",
        "Syrian insurgents",
        "Syrian Arab Army",
        "YPG/SDF",
        "HTS, Southern Front",
        "IS, Syrian insurgents",
        "Tahrir al-Sham Army",
        "Ahrar al-Sham",
        "Russian Air Force",
        "Russia and Syria",
        "Syria",
        "Kurdish Forces",
        "NDF (Syria)",
        "Coalition",
        "forces",
        "هيئة تحرير الشام (جبهة النصرة)",
    ),
    "place": ("Aleppo City", "Homs district", "Hamas", "Daraya", "Zor", "Beirut", "مركز حمص"),
}


@pytest.fixture(scope="module")
def reconciler():
    return without("ucdp", "acled", "airwars", "ocha")


def chosen(reconciler, name, code_list):
    found = reconciler.candidates(Query(name, (code_list,)))
    return found[0].match.entity.notation if found and found[0].chosen else None


@pytest.mark.parametrize(
    ("code_list", "notation", "name"),
    [(code_list, code, name) for code_list, codes in NAMES.items() for code, names in codes.items() for name in names],
)
def test_a_spelling_finds_its_concept(reconciler, code_list, notation, name):
    assert chosen(reconciler, name, code_list) == notation


@pytest.mark.parametrize(
    ("code_list", "name"), [(code_list, name) for code_list, names in NOTHING.items() for name in names]
)
def test_what_is_not_surely_meant_is_not_chosen(reconciler, code_list, name):
    assert chosen(reconciler, name, code_list) is None


def test_a_part_is_offered_and_not_chosen(reconciler):
    offered = {one.match.entity.notation: one for one in reconciler.candidates(Query("YPG", ("perpetrator",)))}
    assert {"sdf", "pyd"} <= set(offered)
    assert all(one.match.name.near and one.score <= 75 for one in offered.values())


def test_an_abbreviation_in_no_list_is_offered_by_the_name_it_stands_for(reconciler):
    (best, *_) = reconciler.candidates(Query("JAN", ("perpetrator",)))
    assert best.match.entity.notation == "al-nusra-front"
    assert best.match.abbreviated
    assert not best.chosen


def test_an_abbreviation_counts_letter_by_letter(reconciler):
    for name in ("SSDF", "AIS", "PYDD", "HTTS"):
        assert chosen(reconciler, name, "perpetrator") is None


def test_without_a_type_a_name_of_two_kinds_of_things_is_left_open(reconciler):
    found = reconciler.candidates(Query("Not stated"))
    assert len({one.match.entity.code_list for one in found if one.score == 100}) > 1
    assert not any(one.chosen for one in found)


def test_nothing_is_found_for_nothing(reconciler):
    for name in ("", "  ", "???", "-", "()", "al"):
        assert [one for one in reconciler.candidates(Query(name)) if one.chosen] == []


def test_every_name_of_a_code_list_finds_its_own_code(reconciler):
    """Each label and other name that no second code of its list bears."""
    bearers = defaultdict(set)
    for entity in reconciler.index.entities.values():
        for name in entity.names:
            if not name.near:
                bearers[entity.code_list, fold(name.text)].add(entity.notation)
    lost = [
        (name.text, entity.id)
        for entity in reconciler.index.entities.values()
        for name in entity.names
        if name.kind in ("label", "other")
        and bearers[entity.code_list, fold(name.text)] == {entity.notation}
        and chosen(reconciler, name.text, entity.code_list) != entity.notation
    ]
    assert lost == []
