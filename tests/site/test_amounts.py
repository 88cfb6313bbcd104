"""A number is shown in words with all that qualifies it, in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from snhr_kg import names
from snhr_kg.site.amounts import Amount, Quantity, amount, amount_of, span

REPORT = names.report("2020-03-15")


def figure(held, local: str, language: str = "en") -> Amount:
    return amount(held, f"{REPORT}/figure/{local}", language)


@pytest.mark.parametrize(
    ("local", "english", "arabic"),
    [
        ("detained-or-disappeared-syrian-regime", "at least 129,989 people", "ما لا يقل عن 129,989 شخصاً"),
        ("chemical-deaths-regime-prisoners", "7 people", "7 أشخاص"),
        ("displaced-internally", "9,000,000 people", "9,000,000 شخص"),
        ("displaced-from-idlib", "more than 1,000,000 people", "أكثر من 1,000,000 شخص"),
        ("displaced", "approximately 15,200,000 people", "15,200,000 شخص تقريباً"),
        ("chemical-attacks-syrian-regime", "nearly 217 attacks", "قرابة 217 هجوماً"),
        ("barrel-bombs", "nearly 81,916 munitions", "قرابة 81,916 ذخيرة"),
        ("torture-methods", "72 methods of torture", "72 أسلوب تعذيب"),
        ("alliance-share-of-civilian-deaths", "91.36 percent", "91.36 في المئة"),
        ("mine-deaths-isis", "hundreds of people (read as 200 to 999)", "مئات من الأشخاص (بقراءتنا: من 200 إلى 999)"),
        (
            "protest-casualties",
            "scores of people (read as 40 or more)",
            "عشرات كثيرة من الأشخاص (بقراءتنا: 40 أو أكثر)",
        ),
        ("displaced-half-of-population", "half (read as 49 to 51 percent)", "نصف (بقراءتنا: من 49 إلى 51 في المئة)"),
    ],
)
def test_a_figure_is_said_with_its_qualifier_and_unit_in_both_languages(held, local, english, arabic):
    assert figure(held, local).words == english
    assert figure(held, local, "ar").words == arabic


@pytest.mark.parametrize(
    ("local", "short"),
    [
        ("detained-or-disappeared-syrian-regime", "≥ 129,989"),
        ("displaced-from-idlib", "> 1,000,000"),
        ("displaced", "≈ 15,200,000"),
        ("barrel-bombs", "nearly 81,916"),
        ("torture-deaths-syrian-regime", "14,221"),
        ("alliance-share-of-civilian-deaths", "91.36%"),
        ("mine-deaths-isis", "200 to 999"),
        ("regime-victims", "≥ 2,000,000"),
        ("displaced-half-of-population", "49 to 51%"),
    ],
)
def test_the_short_form_keeps_the_qualifier(held, local, short):
    assert figure(held, local).short == short


def test_a_computed_amount_says_so(held):
    girls = amount(held, f"{REPORT}/derived/civilian-deaths--girls", "en")
    implied = amount(held, f"{REPORT}/derived/alliance-share-of-civilian-deaths--implied-count", "en")
    floor = amount(held, f"{REPORT}/derived/cluster-remnant-deaths--men", "en")
    assert (girls.words, girls.computed) == ("12,295 people (computed)", True)
    assert implied.words == "206,688 to 206,710 people (computed)"
    assert floor.words == "at least 219 people (computed)"
    assert not figure(held, "civilian-deaths").computed


def test_a_mention_has_its_own_number_and_its_figures_unit(held):
    of_them = {
        amount(held, iri, "en").words
        for iri in held.subjects("snhr:mentionOf", f"{REPORT}/figure/detained-or-disappeared")
    }
    assert {"at least 146,825 people", "nearly 147,000 people"} <= of_them


@pytest.mark.parametrize("kind", ["snhr:Figure", "snhr:DerivedFigure", "snhr:Mention"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_observation_has_words_a_short_form_and_a_unit(held, kind, language):
    for iri in held.instances(kind):
        said = amount(held, iri, language)
        assert said.words, iri
        assert said.short, iri
        assert said.unit, iri
        assert "%(" not in said.words + said.short


@pytest.mark.parametrize(
    ("number", "arabic"),
    [
        (0, "0 شخص"),
        (1, "شخص واحد"),
        (2, "2 من الأشخاص"),
        (3, "3 أشخاص"),
        (11, "11 شخصاً"),
        (100, "100 شخص"),
        (103, "103 أشخاص"),
    ],
)
def test_arabic_counts_in_six_forms(number, arabic):
    assert amount_of(Quantity("exact", "persons", Decimal(number)), "ar").words == arabic


def test_a_best_estimate_stands_with_the_bounds_of_its_source():
    said = Quantity("best-estimate", "persons", Decimal(118), Decimal(100), Decimal(150))
    assert amount_of(said, "en").words == "118 people by best estimate (100 to 150)"


def test_a_range_has_no_value_between_its_ends():
    said = amount_of(Quantity("range", "persons", None, Decimal(10), Decimal(20)), "en")
    assert (said.words, said.short) == ("10 to 20 people", "10 to 20")
    assert span(None, Decimal(20), "en") == "20 or fewer"
