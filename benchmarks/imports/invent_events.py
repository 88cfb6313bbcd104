"""Writes invented events in the layout of UCDP's global event files (49 columns), for measuring speed and growth.

    python benchmarks/imports/invent_events.py 1000000 events.csv

Every row is invented and says so: ids begin at 900000000, where UCDP has none, the source office is "invented", and
the source article says what it is. The same number of rows gives the same bytes. Governorates, precision, types of
violence, pairs of actors and the sizes of events occur about as often as in UCDP's release for Syria 652.1601.1911;
one event in a hundred lasts longer than a month, one in five hundred has its low above its best estimate, and one in
two hundred lies in another country, so that an import has something to warn of and to leave out.
"""

from __future__ import annotations

import csv
import random
import sys
from datetime import date, timedelta
from pathlib import Path

FIRST_ID = 900_000_000
COLUMNS = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence"),
    *("conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name"),
    *("side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b"),
    *("number_of_sources", "source_article", "source_office", "source_date", "source_headline", "source_original"),
    *("where_prec", "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt"),
    *("priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end"),
    *("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob"),
)
"""Source: the header of GEDEvent files since version 17.2, as UCDP publishes them."""

DYADS = (
    (8723, "1", "118", "Government of Syria", "4456", "Syrian insurgents", "299", "Syria: Government", "11973"),
    (2736, "2", "234", "IS", "6288", "SDF", "13616", "IS - SDF", "14637"),
    (2522, "1", "118", "Government of Syria", "234", "IS", "13604", "Syria: Islamic State", "14620"),
    (194, "2", "7514", "SNA", "6288", "SDF", "14803", "SNA - SDF", "16135"),
    (122, "1", "115", "Government of Turkey", "234", "IS", "13902", "Turkey: Islamic State", "14701"),
    (115, "2", "234", "IS", "6815", "HTS", "14097", "IS - HTS", "15241"),
    (299, "3", "234", "IS", "1", "Civilians", "506", "IS - Civilians", "973"),
    (110, "3", "4456", "Syrian insurgents", "1", "Civilians", "13299", "Syrian insurgents - Civilians", "14200"),
    (31, "3", "118", "Government of Syria", "1", "Civilians", "487", "Government of Syria - Civilians", "934"),
    (26, "3", "6288", "SDF", "1", "Civilians", "14096", "SDF - Civilians", "15240"),
)
"""How often, type of violence, sides with their ids, conflict and dyad."""

GOVERNORATES = (
    (3308, "Aleppo Governorate", 36.2, 37.2),
    (2118, "Rif Dimashq Governorate", 33.5, 36.4),
    (2115, "Deir ez Zor Governorate", 35.3, 40.1),
    (1863, "Idlib Governorate", 35.9, 36.6),
    (1424, "Ar Raqqah Governorate", 35.9, 39.0),
    (1386, "Hamah Governorate", 35.1, 36.8),
    (1298, "Homs Governorate", 34.7, 36.7),
    (1091, "Daraa Governorate", 32.6, 36.1),
    (472, "Damascus Governorate", 33.5, 36.3),
    (465, "Al Hasakah Governorate", 36.5, 40.7),
    (420, "Latakia Governorate", 35.5, 35.8),
    (156, "Quneitra Governorate", 33.1, 35.8),
    (105, "As Suwayda Governorate", 32.7, 36.6),
    (6, "Tartus Governorate", 34.9, 35.9),
    (339, "", 35.0, 38.0),
)
PRECISIONS = (((9010, "1"), (5786, "2"), (334, "3"), (620, "4"), (479, "5")), ((2, "2"), (83, "5"), (254, "6")))
"""How often each where_prec occurs with a governorate, and without one."""

FIRST_DAY, DAYS = date(2011, 3, 15), 5_000
NOTHING_KNOWN = 6
"""One death in so many of an event stands under deaths_unknown."""


def invent(rows: int, path: Path, time_of_day: str = " 00:00:00.000", seed: int = 652) -> None:
    """Write the header and so many rows, dates with the time of day that UCDP's global files give them."""
    chance = random.Random(seed)
    days = [FIRST_DAY + timedelta(days=day) for day in range(DAYS)]
    dyads = chance.choices(DYADS, [dyad[0] for dyad in DYADS], k=100_003)
    places = [_place(chance) for _ in range(50_021)]
    deaths = [_deaths(chance) for _ in range(20_011)]
    starts = [chance.randrange(DAYS - 80) for _ in range(99_991)]
    lengths = chance.choices((0, 1, 5, 40), (940, 30, 20, 10), k=10_007)
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file, lineterminator="\n").writerow
        write(COLUMNS)
        for row in range(rows):
            start = starts[row % 99_991]
            first, last = days[start], days[start + lengths[row % 10_007]]
            dated = f"{first}{time_of_day}", f"{last}{time_of_day}"
            write(_cells(row, dyads[row % 100_003], places[row % 50_021], deaths[row % 20_011], first, dated))


def _place(chance: random.Random) -> tuple[str, ...]:
    """From where_prec to region."""
    _, name, latitude, longitude = chance.choices(GOVERNORATES, [governorate[0] for governorate in GOVERNORATES])[0]
    counted = PRECISIONS[0 if name else 1]
    precision = chance.choices(counted, [one[0] for one in counted])[0][1]
    y, x = f"{latitude + chance.uniform(-0.3, 0.3):.6f}", f"{longitude + chance.uniform(-0.3, 0.3):.6f}"
    where = f"invented place {chance.randrange(900)}"
    country = ("Iraq", "645") if chance.random() < 0.005 else ("Syria", "652")
    district = f"invented district {chance.randrange(60)}" if precision in "123" else ""
    wkt = f"POINT ({x} {y})"
    return (
        precision,
        where,
        "",
        name,
        district,
        y,
        x,
        wkt,
        str(180_000 + chance.randrange(2_000)),
        *country,
        "Middle East",
    )


def _deaths(chance: random.Random) -> tuple[int, int, int, int, int, int, int]:
    """Parts, then best, high and low."""
    best = min(int(chance.paretovariate(0.95)) - 1, 400)
    unknown = chance.randrange(best + 1) if chance.randrange(NOTHING_KNOWN) == 0 else 0
    civilians = chance.randrange(best - unknown + 1)
    low = best + 1 if chance.randrange(500) == 0 else best - chance.randrange(best // 4 + 1)
    high = best + chance.randrange(best // 3 + 1)
    side = (best - unknown - civilians) // 2
    return side, best - unknown - civilians - side, civilians, unknown, best, high, low


def _cells(
    row: int,
    dyad: tuple[int | str, ...],
    place: tuple[str, ...],
    deaths: tuple[int, ...],
    first: date,
    dated: tuple[str, str],
) -> list[object]:
    _, kind, side_a, name_a, side_b, name_b, conflict, conflict_name, dyad_id = dyad
    if kind == "3":
        best = deaths[4]
        deaths = (0, 0, best - deaths[3], deaths[3], *deaths[4:])
    return [
        *(FIRST_ID + row, f"INV-{first.year}-{row}", first.year, 1, "Clear", kind),
        *(conflict, conflict, conflict_name, dyad_id, dyad_id, f"{name_a} - {name_b}"),
        *(side_a, side_a, name_a, side_b, side_b, name_b),
        *(1, f'"invented, {first}, no such report"', "invented", first, "invented", "invented"),
        *place,
        *(1, 1, *dated),
        *deaths,
        *("652" if side_a == "118" else "", ""),
    ]


if __name__ == "__main__":
    invent(int(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
