"""What the rules make of the report of 15 March 2020, next to what its sums must come to."""

from __future__ import annotations

from functools import cache

import pytest

from snhr_kg.codes.lists import CodeLists, read_codes
from snhr_kg.content import folder
from snhr_kg.records import Check, DerivedFigure, ReportTables, StatedFigure
from snhr_kg.rules.check import check
from snhr_kg.rules.derive import derive
from snhr_kg.rules.figure import state_figures
from snhr_kg.rules.interval import written
from snhr_kg.tables.read import read_report

CONSISTENT, THROUGH_AT_LEAST, CONTRADICTORY = "consistent", "consistent-only-through-at-least", "contradictory"


@cache
def read() -> tuple[ReportTables, CodeLists]:
    codes = read_codes(folder("ontology") / "codes")
    return read_report(folder("data") / "2020-03-15", codes), codes


@cache
def stated() -> dict[str, StatedFigure]:
    return {row.figure.id: row for row in state_figures(*read())}


@cache
def derived() -> dict[str, DerivedFigure]:
    return {row.id: row for row in derive(stated().values(), *read())}


@cache
def checks() -> dict[str, Check]:
    return {row.id: row for row in check(stated().values(), derived().values(), *read())}


@pytest.mark.parametrize(
    ("figure", "value", "bounds", "mention"),
    [
        ("civilian-deaths", "226247", "226,247", "civilian-deaths--body"),
        ("alliance-share-of-civilian-deaths", "91.36", "91.355 to 91.365", "alliance-share-of-civilian-deaths--body"),
        ("detained-or-disappeared", "146825", "≥ 146,825", "detained-or-disappeared--caption"),
        ("enforced-disappearances", "100000", "50,000 to 150,000", "enforced-disappearances--title"),
        ("displaced", "15200000", "15,100,000 to 15,300,000", "displaced--body-2"),
        ("barrel-bombs", "81916", "81,915 to 81,916.5", "barrel-bombs--body"),
        ("displaced-half-of-population", "None", "49 to 51", "displaced-half-of-population--body"),
    ],
)
def test_a_figure_carries_its_most_exact_mention(figure: str, value: str, bounds: str, mention: str) -> None:
    row = stated()[figure]
    assert (str(row.value), written(row.interval), row.principal.id) == (value, bounds, mention)


@pytest.mark.parametrize(
    ("figure", "formula", "bounds"),
    [
        ("civilian-deaths--girls", "28,316 − 16,021 = 12,295", "12,295"),
        ("civilian-deaths--boys", "29,257 − 12,295 = 16,962", "16,962"),
        ("civilian-deaths--men", "226,247 − 29,257 − 16,021 = 180,969", "180,969"),
        ("civilian-deaths--women-and-children", "29,257 + 16,021 = 45,278", "45,278"),
        ("siege-deaths-syrian-regime--men", "920 − 405 − 189 = 326", "326"),
        ("siege-deaths-syrian-regime--women-and-children", "405 + 189 = 594", "594"),
        ("cluster-attack-deaths--men", "1,030 − 382 − 217 = 431", "431"),
        ("cluster-attack-deaths--women-and-children", "382 + 217 = 599", "599"),
        ("cluster-remnant-deaths--men", "357 − 107 − 31 = 219", "≥ 219"),
        ("cluster-remnant-deaths--women-and-children", "107 + 31 = 138", "138"),
        ("chemical-deaths-civilians--men", "1,409 − 260 − 205 = 944", "944"),
        ("chemical-deaths-civilians--women-and-children", "260 + 205 = 465", "465"),
        ("torture-deaths-by-perpetrator--rest", "14,391 − 14,221 − 50 − 43 − 32 − 25 = 20", ""),
        ("chemical-attacks-after-unsc-2118--between-unsc-2118-and-unsc-2209", "184 − 115 = 69", "69"),
        ("chemical-attacks-after-unsc-2209--between-unsc-2209-and-unsc-2235", "115 − 59 = 56", "56"),
        (
            "alliance-share-of-civilian-deaths--implied-count",
            "(91.355 to 91.365) % × 226,247 = 206,688 to 206,710",
            "206,688 to 206,710",
        ),
    ],
)
def test_a_rule_computes_what_the_report_leaves_to_the_reader(figure: str, formula: str, bounds: str) -> None:
    row = derived()[figure]
    assert (row.formula, written(row.interval) if row.interval else "") == (formula, bounds)


def test_nothing_else_is_computed() -> None:
    assert len(derived()) == 16


def test_what_no_party_accounts_for_is_attributed_to_none() -> None:
    assert derived()["torture-deaths-by-perpetrator--rest"].dimensions.perpetrator == "_X"


@pytest.mark.parametrize(
    ("answer", "verdict", "arithmetic"),
    [
        (
            "partition-sum--torture-deaths-by-perpetrator",
            THROUGH_AT_LEAST,
            "14,221 + 50 + 43 + 32 + 25 = 14,371; stated 14,391; residual 20",
        ),
        (
            "partition-sum--detained-by-perpetrator",
            CONSISTENT,
            "129,989 + 8,648 + 3,087 + 3,044 + 2,057 = 146,825; stated 146,825; residual 0",
        ),
        (
            "partition-sum--displaced-by-destination",
            CONSISTENT,
            "9,000,000 + 6,200,000 = 15,200,000; stated 15,200,000; residual 0",
        ),
        (
            "partition-sum--cluster-attacks-by-perpetrator",
            CONSISTENT,
            "248 + 236 + 8 = 492; stated 492; residual 0",
        ),
        ("partition-sum--incendiary-attacks-by-perpetrator", CONSISTENT, "125 + 41 + 5 = 171; stated 171; residual 0"),
        ("partition-sum--chemical-attacks-by-perpetrator", CONSISTENT, "217 + 5 = 222; stated 222; residual 0"),
        ("partition-sum--chemical-attacks-by-resolution", CONSISTENT, "184 + 33 = 217; stated 217; residual 0"),
        ("partition-sum--chemical-deaths-by-group", CONSISTENT, "1,409 + 94 + 7 = 1,510; stated 1,510; residual 0"),
        ("nested-not-growing--chemical-attacks-since-resolutions", CONSISTENT, "184 ≥ 115 ≥ 59; residual 56"),
        (
            "share-of-count--regime-share-of-torture-deaths",
            CONSISTENT,
            "100 × 14,221 ÷ 14,391 = 98.8187; stated 99; residual 0.1813",
        ),
        (
            "share-of-count--women-and-children-share-of-civilian-deaths",
            CONSISTENT,
            "100 × 45,278 ÷ 226,247 = 20.0126; stated 18; residual −2.0126",
        ),
        (
            "mentions-agree--civilian-deaths--heading",
            CONTRADICTORY,
            "principal mention 226,247 (Exact); this mention 250,000 (More than); residual −23,753",
        ),
        (
            "mentions-agree--civilian-deaths--contents",
            CONTRADICTORY,
            "principal mention 226,247 (Exact); this mention 250,000 (More than); residual −23,753",
        ),
        (
            "mentions-agree--detained-or-disappeared--body",
            CONSISTENT,
            "principal mention 146,825 (At least); this mention 147,000 (Nearly); residual −175",
        ),
        (
            "mentions-agree--displaced--heading",
            CONSISTENT,
            "principal mention 15,200,000 (Approximately); this mention 15,000,000 (Nearly); residual 200,000",
        ),
    ],
)
def test_a_question_is_answered_with_its_arithmetic(answer: str, verdict: str, arithmetic: str) -> None:
    row = checks()[answer]
    assert (row.verdict, row.arithmetic) == (verdict, arithmetic)


def test_the_report_contradicts_itself_in_one_number_and_rests_on_at_least_in_another() -> None:
    others = {id_: row.verdict for id_, row in checks().items() if row.verdict != CONSISTENT}
    assert others == {
        "mentions-agree--civilian-deaths--contents": CONTRADICTORY,
        "mentions-agree--civilian-deaths--heading": CONTRADICTORY,
        "partition-sum--torture-deaths-by-perpetrator": THROUGH_AT_LEAST,
    }


def test_every_breakdown_is_asked_about() -> None:
    asked = {row.about.rsplit("/", 1)[-1] for row in checks().values() if "/breakdown/" in row.about}
    assert asked == {row.id for row in read()[0].breakdowns}
