"""The shipped series, read once, and a folder of invented ones to break."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from snhr_kg import content
from snhr_kg.codes.lists import CodeLists, read_codes
from snhr_kg.records import StatedFigure
from snhr_kg.rules.figure import state_figures
from snhr_kg.series import read_series
from snhr_kg.series.records import SeriesTables
from snhr_kg.tables.read import read_reports

FOLDER = content.folder("data") / "series"

INVENTED = {
    "publishers": "id,name_en,name_ar\nsn,Some Network,شبكة ما\n",
    "publications": (
        "id,publisher,published,label_en,label_ar,pages,note\n"
        "first,sn,2001-03,First,الأول,1,\n"
        "second,sn,2002-03,Second,الثاني,,\n"
    ),
    "pages": (
        "page,site,addresses,dated,language,note\n"
        "1,example.org,example.org/a example.org/b,,,\n"
        "2,,,,ar,Known by name.\n"
    ),
    "periods": (
        "id,begin,end,open_begin,open_end,label_en,label_ar,note,note_ar\n"
        "2000--2001-03,2000,2001-04,,,To March 2001,حتى آذار/مارس 2001,,\n"
        "2000--2002-03,2000,2002-04,,,To March 2002,حتى آذار/مارس 2002,,\n"
    ),
    "figures": (
        "id,indicator,violation_type,perpetrator,victim_group,weapon,place,period,basis,share_of,denominator,note\n"
        "first/all,deaths,killing,_T,civilians,_T,syria,2000--2001-03,documented,,,\n"
        "first/isis,deaths,killing,isis,civilians,_T,syria,2000--2001-03,documented,,,\n"
        "first/others,deaths,killing,other-parties,civilians,_T,syria,2000--2001-03,documented,,,\n"
        "first/share,deaths,killing,isis,civilians,_T,syria,2000--2001-03,documented,first/all,,\n"
        "second/all,deaths,killing,_T,civilians,_T,syria,2000--2002-03,documented,,,\n"
    ),
    "readings": (
        "figure,printed,value,qualifier,grade,pages,where,note\n"
        'first/all,"1,001",1001,exact,B,1 2,2.1,\n'
        "first/isis,900,900,exact,B,1,2.1,\n"
        "first/others,101,101,at-least,B,1,2.1,\n"
        "first/share,89.9 %,89.9,exact,B,1,2.1,\n"
        'second/all,"1,010",1010,exact,C,2,2.1,\n'
        'second/all,"1,100",1100,exact,D,2,2.1,A digit moved.\n'
    ),
    "breakdowns": (
        "id,kind,total,dimension,rest,chart,note\nfirst/all--by-perpetrator,partition,first/all,perpetrator,0,,\n"
    ),
    "components": ("breakdown,figure\nfirst/all--by-perpetrator,first/isis\nfirst/all--by-perpetrator,first/others\n"),
    "series": (
        "id,publisher,cumulative,indicator,violation_type,perpetrator,victim_group,weapon,place,note\n"
        "killed,sn,yes,deaths,killing,_T,civilians,_T,syria,\n"
    ),
    "series-figures": "series,figure\nkilled,first/all\nkilled,second/all\n",
    "series-breaks": "series,before,after,reason,note_en,note_ar\n",
}
"""Tables of two invented publications without a fault."""


@cache
def _codes() -> CodeLists:
    return read_codes(content.folder("ontology") / "codes")


@pytest.fixture(scope="session")
def tables() -> SeriesTables:
    return read_series(FOLDER, _codes())


@pytest.fixture(scope="session")
def stated() -> tuple[StatedFigure, ...]:
    reports = read_reports(content.folder("data"), _codes())
    return tuple(figure for report in reports for figure in state_figures(report, _codes()))


Invent = Callable[..., Path]


@pytest.fixture
def invent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Invent:
    """Makes the folder of invented series, with some of its tables replaced (a hyphen in their names is ``_``)."""
    monkeypatch.chdir(tmp_path)

    def make(**replaced: str) -> Path:
        for name, text in INVENTED.items():
            (tmp_path / f"{name}.csv").write_text(replaced.get(name.replace("-", "_"), text), encoding="utf-8")
            shutil.copy(FOLDER / f"{name}.schema.json", tmp_path)
        return tmp_path

    return make


@pytest.fixture
def row() -> Callable[[str, str, str], str]:
    """An invented table with one text in it replaced."""

    def replaced(name: str, old: str, new: str) -> str:
        text = INVENTED[name]
        assert old in text
        return text.replace(old, new)

    return replaced
