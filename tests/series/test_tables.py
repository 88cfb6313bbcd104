"""The shipped tables: what is in them adds up as they say, and nothing computed stands among what was published."""

from __future__ import annotations

import csv
import json
import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from snhr_kg import content
from snhr_kg.codes.lists import CodeLists
from snhr_kg.records import DIMENSIONS
from snhr_kg.series.read import TABLES
from snhr_kg.series.records import SeriesFigure, SeriesTables
from snhr_kg.tables.schema import read_table_schema

FOLDER = content.folder("data") / "series"

EXACT = (
    "snhr-women-2020-03/killed-females--by-perpetrator",
    "snhr-anniversary-2022/killed--by-perpetrator",
    "snhr-anniversary-2022/killed-children--by-perpetrator",
    "snhr-anniversary-2022/killed-women--by-perpetrator",
    "snhr-torture-2020-06/torture-deaths--by-perpetrator",
    "snhr-torture-2020-06/torture-deaths-children--by-perpetrator",
    "snhr-torture-2020-06/torture-deaths-women--by-perpetrator",
    "snhr-disappearance-2022-08/detained--by-perpetrator",
    "snhr-disappearance-2022-08/detained-children--by-perpetrator",
    "snhr-disappearance-2022-08/detained-women--by-perpetrator",
    "snhr-children-2018-11/killed-children--by-perpetrator",
    "snhr-children-2022-06/killed-children--by-perpetrator",
    "snhr-women-2020-11/killed-females--by-perpetrator",
    "snhr-women-2023-11/killed-females--by-perpetrator",
    "snhr-women-2024-11/killed-females--by-perpetrator",
    "snhr-women-2021-03/killed-women--by-perpetrator",
    "snhr-women-2021-03/detained-women--by-perpetrator",
    "snhr-barrel-bombs-2017-12/barrel-bombs-syrian-regime--by-place",
    "ohchr-2022-06/killed--by-basis",
    "sohr-2021-03/killed--by-victim-group",
    "sohr-2021-05/killed--by-victim-group",
)
"""Breakdowns that were published complete."""

SHORT = {
    "snhr-anniversary-2018/torture-deaths--by-perpetrator": 9,
    "snhr-anniversary-2021/killed--by-perpetrator": 2,
    "snhr-anniversary-2024/killed--by-perpetrator": 4,
    "snhr-barrel-bombs-2017-12/barrel-bombs-syrian-regime--by-period": 18,
    "snhr-children-2020-06/killed-children--by-perpetrator": 53,
}
"""Partitions whose parts fall short of their total, and by how much."""

DERIVED = (12295, 16962, 206688, 206710, 19537, 19559, 199828, 200024, 2574, 1171, Decimal("90.99"), Decimal("90.66"))
"""Values that somebody computed from published ones and that no publication states."""

NAMED = re.compile(r"(?:(?P<first>\d{4}(?:-\d\d){0,2})--|(?P<open>until-)|at-)?(?P<last>\d{4}(?:-\d\d){0,2})")
"""Ids of periods that are put together from dates."""

NOT_PUBLISHED = (
    "snhr-anniversary-2019/cluster-attacks-russian-or-syrian",
    "snhr-torture-2021-06/torture-deaths-other-parties",
    "snhr-torture-2024-06/torture-deaths-other-parties",
    "snhr-anniversary-2018/detained-armed-opposition",
)
"""Figures that only a subtraction would give."""


def figure(tables: SeriesTables, name: str) -> SeriesFigure:
    return next(row for row in tables.figures if row.id == name)


@pytest.mark.parametrize("name", TABLES)
def test_each_table_has_the_columns_of_the_schema_beside_it(name: str) -> None:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert tuple(header) == tuple(field.name for field in read_table_schema(FOLDER / f"{name}.schema.json").fields)
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert all(schema[name] for name in ("title", "description"))


def test_every_complete_breakdown_adds_up_to_what_was_published(tables: SeriesTables) -> None:
    rests = {row.id: row.rest for row in tables.breakdowns}
    assert {name: rests[name] for name in EXACT} == dict.fromkeys(EXACT, 0)


def test_the_parts_that_fall_short_are_these_and_by_so_much(tables: SeriesTables) -> None:
    assert {row.id: row.rest for row in tables.breakdowns if row.rest} == SHORT


def test_the_females_of_march_2020_are_the_recovered_chart(tables: SeriesTables) -> None:
    (chart,) = (row for row in tables.breakdowns if row.chart)
    values = {part.rsplit("/", 1)[1]: figure(tables, part).carried.value for part in chart.parts}
    assert chart.chart == "2020-03-15/chart-females-killed"
    assert sum(values.values()) == figure(tables, chart.total).carried.value == 28316
    assert values["killed-females-syrian-regime"] == 21933
    assert values["killed-females-other-parties"] == 1228


def test_march_2022_is_complete_in_its_three_columns(tables: SeriesTables) -> None:
    columns = {"killed": 228647, "killed-children": 29741, "killed-women": 16228}
    for name, total in columns.items():
        row = next(row for row in tables.breakdowns if row.id == f"snhr-anniversary-2022/{name}--by-perpetrator")
        assert sum(figure(tables, part).carried.value for part in row.parts) == total
        assert len(row.parts) == (9 if name == "killed" else 8)


def test_no_computed_value_stands_among_the_published(tables: SeriesTables) -> None:
    values = {reading.value for row in tables.figures for reading in row.readings}
    assert not values & {Decimal(value) for value in DERIVED}
    assert not {row.id for row in tables.figures} & set(NOT_PUBLISHED)


def test_every_reading_names_its_pages_and_every_page_is_named(tables: SeriesTables) -> None:
    readings = [reading for row in tables.figures for reading in row.readings]
    assert all(reading.pages and reading.where for reading in readings)
    cited = {page for reading in readings for page in reading.pages} | {
        page for row in tables.publications for page in row.pages
    }
    assert cited == {page.page for page in tables.pages}


def test_every_publication_and_publisher_is_used(tables: SeriesTables) -> None:
    assert {row.publication for row in tables.figures} == {row.id for row in tables.publications}
    assert {name for row in tables.publications for name in row.publisher} == {row.id for row in tables.publishers}


def test_an_address_is_listed_without_a_scheme_and_without_blanks(tables: SeriesTables) -> None:
    for page in tables.pages:
        assert all("/" in address and "://" not in address for address in page.addresses)
        assert page.addresses or page.site or page.note


def test_misprints_are_graded_d_and_never_carried_where_there_is_another_reading(tables: SeriesTables) -> None:
    doubtful = [(row, reading) for row in tables.figures for reading in row.readings if reading.grade == "D"]
    assert all(reading.note for _, reading in doubtful)
    assert all(row.carried.grade != "D" for row, _ in doubtful if {reading.grade for reading in row.readings} != {"D"})


@pytest.mark.parametrize(
    ("name", "carried", "other"),
    [
        ("snhr-anniversary-2023/torture-deaths", 15272, 15275),
        ("snhr-anniversary-2023/detained", 154817, 154871),
        ("snhr-anniversary-2025/killed", 234145, 234415),
        ("snhr-disappearance-2022-08/detained-women-syrian-regime", 8469, 8496),
        ("snhr-torture-2024-06/disappeared-children", 3105, 1305),
        ("snhr-anniversary-2019/detained-party-not-stated", 127916, 12716),
        ("snhr-disappearance-2024-08/disappeared-women", 6712, 671),
        ("ohchr-2021-09/killed-women-of-any-status", 26727, 27727),
    ],
)
def test_both_values_of_a_conflict_are_kept(tables: SeriesTables, name: str, carried: int, other: int) -> None:
    row = figure(tables, name)
    assert row.carried.value == carried
    assert other in {reading.value for reading in row.readings[1:]}


def test_estimates_are_told_from_documented_counts(tables: SeriesTables) -> None:
    assert figure(tables, "ohchr-2022-06/killed").basis == "estimated"
    assert figure(tables, "ohchr-2022-06/killed-documented").basis == "documented"
    assert figure(tables, "hrdag-amnesty-2016/custody-deaths-estimated").basis == "estimated"
    assert figure(tables, "sohr-2021-03/killed-individuals").basis == "documented"


def test_tallies_of_combatants_are_never_of_civilians(tables: SeriesTables, codes: CodeLists) -> None:
    for name in ("ohchr-2021-09", "ohchr-hrdag-2013-01", "ohchr-hrdag-2013-06", "ohchr-hrdag-2014-08"):
        groups = {row.dimensions.victim_group for row in tables.figures if row.publication == name}
        assert not any(codes.is_inside("victim-group", group, "civilians") for group in groups)
    fighters = {"government-and-allied-fighters", "rebel-fighters", "sdf-fighters", "jihadist-fighters"}
    assert fighters <= {row.dimensions.victim_group for row in tables.figures if row.publication == "sohr-2020-03"}


def test_adult_women_and_females_are_never_one_line(tables: SeriesTables) -> None:
    by_id = {row.id: row for row in tables.figures}
    for line in tables.series:
        groups = {by_id[member].dimensions.victim_group for member in line.members if member in by_id}
        assert not {"women", "females"} <= groups


def test_a_period_that_the_report_has_too_is_the_same_span(tables: SeriesTables) -> None:
    with (content.folder("data") / "2020-03-15" / "periods.csv").open(encoding="utf-8", newline="") as file:
        reported = {row["id"]: row for row in csv.DictReader(file)}
    shared = [row for row in tables.periods if row.id in reported]
    assert shared
    for row in shared:
        theirs = reported[row.id]
        assert (row.begin, row.end, row.label_en, row.label_ar) == (
            theirs["begin"],
            theirs["end"],
            theirs["label_en"],
            theirs["label_ar"],
        )


def test_a_period_that_is_named_by_dates_holds_the_last_of_them_and_ends_there(tables: SeriesTables) -> None:
    named = {row.id: NAMED.fullmatch(row.id) for row in tables.periods}
    assert sum(match is not None for match in named.values()) > 100
    for row in tables.periods:
        match = named[row.id]
        if match is not None:
            last = match["last"]
            assert row.begin == (match["first"] or ("" if match["open"] else last))
            assert row.end == following(last)


def following(text: str) -> str:
    """The year, month or day after this one."""
    numbers = [int(number) for number in text.split("-")]
    if len(numbers) == 1:
        return str(numbers[0] + 1)
    if len(numbers) == 2:
        return f"{numbers[0] + numbers[1] // 12}-{numbers[1] % 12 + 1:02}"
    return (date(*numbers) + timedelta(days=1)).isoformat()


def test_a_line_says_every_dimension_in_which_its_members_agree(tables: SeriesTables) -> None:
    by_id = {row.id: row for row in tables.figures}
    for line in tables.series:
        members = [by_id[member] for member in line.members if member in by_id]
        if len(members) == len(line.members):
            agreed = {
                name
                for name in DIMENSIONS
                if name != "period" and len({getattr(row.dimensions, name) for row in members}) == 1
            }
            assert set(line.fixed) == agreed, line.id


def test_the_files_end_in_one_line_feed_and_hold_no_carriage_return() -> None:
    for path in sorted(FOLDER.iterdir()):
        raw = Path(path).read_bytes()
        assert b"\r" not in raw
        assert raw.rstrip(b"\n") + b"\n" == raw
