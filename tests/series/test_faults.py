"""What a curator is told of wrong tables: file, line, column, what is wrong, what to write instead; all at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from snhr_kg.codes.lists import CodeLists
from snhr_kg.errors import TableError
from snhr_kg.series import read_series

Invent = Callable[..., Path]
Replaced = Callable[[str, str, str], str]


def complaints(folder: Path, codes: CodeLists) -> list[str]:
    with pytest.raises(TableError) as refused:
        read_series(folder, codes)
    return [str(fault) for fault in refused.value.faults]


def test_tables_without_a_fault_are_read(invent: Invent, codes: CodeLists) -> None:
    tables = read_series(invent(), codes)
    assert [row.id for row in tables.figures] == [
        "first/all",
        "first/isis",
        "first/others",
        "first/share",
        "second/all",
    ]
    assert tables.figures[0].publication == "first"
    assert tables.pages[0].addresses == ("example.org/a", "example.org/b")
    assert tables.figures[0].carried.pages == (1, 2)
    assert [row.is_share for row in tables.figures] == [False, False, False, True, False]
    assert tables.series[0].members == ("first/all", "second/all")


def test_the_best_grade_is_carried_and_of_equal_grades_the_first(
    invent: Invent, row: Replaced, codes: CodeLists
) -> None:
    readings = row("readings", 'second/all,"1,010",1010,exact,C,2', 'second/all,"1,010",1010,exact,D,1')
    folder = invent(readings=readings + 'second/all,"1,200",1200,nearly,D,1,2.1,\n')
    (second,) = (figure for figure in read_series(folder, codes).figures if figure.id == "second/all")
    assert [reading.value for reading in second.readings] == [1010, 1100, 1200]


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (
            "figures",
            "first/isis,deaths,killing,isis,",
            "first/isis,deaths,killing,isil,",
            "figures.csv:3: perpetrator: 'isil' is no code of perpetrator; write 'isis' (the nearest), or",
        ),
        (
            "figures",
            "second/all,",
            "third/all,",
            "figures.csv:6: id: 'third' is no id of publications.csv; add it there, or write another",
        ),
        (
            "figures",
            "documented,first/all,,",
            "documented,second/all,,",
            "figures.csv:5: share_of: is a figure of another publication; write one of the same",
        ),
        (
            "figures",
            "documented,first/all,,",
            "documented,first/all,_U,",
            "figures.csv:5: denominator: is a second whole beside share_of; leave one of the two empty",
        ),
        (
            "figures",
            "other-parties,civilians,_T,syria,2000--2001-03",
            "isis,civilians,_T,syria,2000--2001-03",
            "figures.csv:4: id: has the dimensions of line 3; make it another reading of that figure",
        ),
        (
            "readings",
            "second/all,",
            "first/share,",
            "figures.csv:6: id: has no reading; say in readings.csv what was read, and where",
        ),
        (
            "readings",
            "900,900",
            "900,901",
            "readings.csv:3: value: 901 is not what '900' says; write 900",
        ),
        (
            "readings",
            "900,900",
            "some,900",
            "readings.csv:3: printed: 'some' is no number as printed; write it like 227,413, 15.2 million or 3 %",
        ),
        (
            "readings",
            "89.9 %",
            "89.9",
            "readings.csv:5: printed: is a share where the figure is a count, or a count where it is a share; write a",
        ),
        (
            "readings",
            "at-least,B,1,",
            "at-least,B,7,",
            "readings.csv:4: pages: '7' is not in pages.csv; write those that are there, parted by blanks, or add it",
        ),
        (
            "readings",
            "at-least,B,1,",
            "at-least,E,1,",
            "readings.csv:4: grade: 'E' is no code of grade; ",
        ),
        (
            "publications",
            "second,sn,",
            "second,sn elsewhere,",
            "publications.csv:3: publisher: 'elsewhere' is not in publishers.csv; write those that are there",
        ),
        (
            "pages",
            "2,,,,ar",
            "2,,,2001-02-30,ar",
            "pages.csv:3: dated: '2001-02-30' is no day of the calendar; write one that is",
        ),
        (
            "periods",
            "2000,2001-04,,",
            "2000,2001-04,not-stated,",
            "periods.csv:2: begin: says both begin and open_begin, or neither; fill either begin or open_begin",
        ),
        (
            "periods",
            "2000,2001-04,,",
            "2001-04,2001-04,,",
            "periods.csv:2: end: 2001-04 is not after 2001-04; write the first year, month or day that is not included",
        ),
        (
            "breakdowns",
            "perpetrator,0,",
            "perpetrator,1,",
            "breakdowns.csv:2: rest: is 1, and the total less the parts is 0; write 0, or correct a value",
        ),
        (
            "breakdowns",
            "perpetrator,0,",
            "perpetrator,,",
            "breakdowns.csv:2: rest: is empty, and the total less the parts is 0; write 0, or correct a value",
        ),
        (
            "breakdowns",
            ",partition,",
            ",subset,",
            "breakdowns.csv:2: rest: is of a subset, whose parts need not add up; leave it empty",
        ),
        (
            "breakdowns",
            ",perpetrator,0,",
            ",weapon,0,",
            "components.csv:2: figure: has perpetrator isis, the total _T; let parts differ from their total in",
        ),
        (
            "components",
            "first/isis",
            "first/all",
            "components.csv:2: figure: is the total itself; write a part",
        ),
        (
            "components",
            "first/isis",
            "second/all",
            "components.csv:2: figure: is of another publication than the total; write a figure of the same",
        ),
        (
            "components",
            "first/isis",
            "first/isi",
            "components.csv:2: figure: 'first/isi' is no id of figures.csv; write 'first/isis' (the nearest)",
        ),
        (
            "series",
            "killing,_T,",
            "killing,isis,",
            "series-figures.csv:2: figure: has perpetrator _T, the series isis; leave perpetrator of the series",
        ),
        (
            "series-figures",
            "killed,first/all\nkilled,second/all\n",
            "killed,second/all\nkilled,first/all\n",
            "series-figures.csv:3: figure: ends before 2002-04, as a member above it does; put them in order of time",
        ),
        (
            "series-figures",
            "killed,second/all\n",
            "",
            "series.csv:2: id: has fewer than two members; add them to series-figures.csv, or take it out",
        ),
        (
            "series-figures",
            "second/all",
            "first/share",
            "series-figures.csv:3: figure: is a share; make series of counts",
        ),
        (
            "series-figures",
            "second/all",
            "second/nothing",
            "series-figures.csv:3: figure: 'second/nothing' is no id of figures.csv; write one that is there",
        ),
        (
            "series-breaks",
            "note_ar\n",
            "note_ar\nkilled,second/all,first/all,definition,Other.,غيره.\n",
            "series-breaks.csv:2: after: does not follow 'second/all' in the series; write two members that follow one",
        ),
    ],
)
def test_a_fault_is_told_with_its_place_and_what_to_write(
    invent: Invent, row: Replaced, codes: CodeLists, name: str, old: str, new: str, told: str
) -> None:
    folder = invent(**{name.replace("-", "_"): row(name, old, new)})
    assert any(fault.startswith(told) for fault in complaints(folder, codes)), complaints(folder, codes)


def test_all_faults_of_all_tables_are_told_at_once(invent: Invent, row: Replaced, codes: CodeLists) -> None:
    folder = invent(
        readings=row("readings", "900,900", "900,901"),
        pages=row("pages", "2,,,,ar", "2,,,2001-02-30,ar"),
        breakdowns=row("breakdowns", "perpetrator,0,", "perpetrator,5,"),
    )
    assert [fault.split(":")[0] for fault in complaints(folder, codes)] == [
        "breakdowns.csv",
        "pages.csv",
        "readings.csv",
    ]


def test_a_missing_table_is_told(invent: Invent, codes: CodeLists) -> None:
    folder = invent()
    (folder / "pages.csv").unlink()
    assert complaints(folder, codes) == ["pages.csv:1: file: is missing; take it from the package's own data folder"]


def test_a_missing_schema_is_told(invent: Invent, codes: CodeLists) -> None:
    folder = invent()
    (folder / "series.schema.json").unlink()
    told = "series.schema.json:1: file: is missing; take it from the package's own data folder"
    assert complaints(folder, codes) == [told]


def test_a_publication_may_not_be_named_like_what_stands_beside_publications(
    invent: Invent, row: Replaced, codes: CodeLists
) -> None:
    folder = invent(publications=row("publications", "second,sn", "page,sn"))
    told = "publications.csv:3: id: 'page' is taken for what is no publication; write another"
    assert told in complaints(folder, codes)
