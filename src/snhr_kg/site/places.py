"""The places of the report on a map: a point where one is held, and a name that leads to what is said of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from babel import Locale

from snhr_kg import names
from snhr_kg.holding import Holding
from snhr_kg.site import cartography
from snhr_kg.site.cartography import Box, Outline, Point
from snhr_kg.site.codes import beneath, figures_of
from snhr_kg.site.once import Each
from snhr_kg.site.visit import Visit
from snhr_kg.site.words import gettext as _

SYRIA: Final = names.code("place", "syria")

_WKT_POINT: Final = re.compile(r"POINT\((?P<longitude>-?[\d.]+) (?P<latitude>-?[\d.]+)\)")
_STATES: Final = {"TR": (38.4, 37.35), "IQ": (42.0, 34.4), "JO": (37.4, 32.25), "LB": (35.78, 34.02)}
"""Where the names of neighbours stand; they are those of the Unicode CLDR."""

_SEA: Final = (35.36, 36.0)
_GOVERNORATE: Final = re.compile(r" governorate$|^محافظة ")
"""What the names of governorates share, and the map says once."""


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Where a place is, and the entry of another dataset that says so."""

    longitude: float
    latitude: float
    source: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map; `main` where the page is about it. Counts are of figures, and never of people."""

    iri: str
    point: Point
    words: str
    figures: int
    name: cartography.Name | None
    main: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """A name that is drawn and leads nowhere: a neighbouring state, the sea."""

    words: str
    point: Point


@dataclass(frozen=True, slots=True)
class Map:
    """All that a map shows."""

    outlines: tuple[Outline, ...]
    ground: tuple[Ground, ...]
    spots: tuple[Spot, ...]
    country: Spot | None
    width: int = cartography.WIDTH
    height: int = cartography.HEIGHT
    hundred_km: float = cartography.HUNDRED_KM


def coordinates(holding: Holding, place: str) -> Coordinates | None:
    """The point of a place; None where no other dataset is held to give one."""
    geometry = holding.value(place, "geo:hasGeometry")
    match = _WKT_POINT.fullmatch(holding.value(geometry, "geo:asWKT") or "") if geometry else None
    if geometry is None or match is None:
        return None
    return Coordinates(
        float(match["longitude"]),
        float(match["latitude"]),
        holding.value(geometry, "dcterms:source") or "",
    )


def _located(visit: Visit) -> list[str]:
    """The places with a point, the country apart, in order of what they are called."""
    found = [one for one in visit.holding.subjects("skos:inScheme", names.scheme("place")) if one != SYRIA]
    return sorted((one for one in found if coordinates(visit.holding, one)), key=lambda one: str(visit.label(one)))


_maps: Final = Each[tuple[str, str], Map]()
"""The maps by language, and by the place that each is about: no place for that of all."""


def whole_map(visit: Visit) -> Map:
    """The map of every place with a point."""
    return _maps.get(visit.holding, (visit.language, ""), lambda: _map(visit, _located(visit), frozenset()))


def map_of(visit: Visit, place: str) -> Map | None:
    """The map of one place and of the places in it or that it is made of; None where none of them has a point."""
    holding = visit.holding
    parts = {*beneath(holding, place), *holding.values(place, "snhr:compositeOf")}
    shown = [one for one in _located(visit) if one == place or one in parts]
    if place == SYRIA or not shown:
        return None
    return _maps.get(holding, (visit.language, place), lambda: _map(visit, shown, frozenset({place})))


def _map(visit: Visit, places: list[str], main: frozenset[str]) -> Map:
    holding = visit.holding
    words = [_GOVERNORATE.sub("", str(visit.label(one))) for one in places]
    points = [_point(holding, one) for one in places]
    ground = _ground(visit.language, is_small=bool(main))
    country = None if main else _country(visit)
    letters = cartography.SMALL_MAP_LETTERS if main else cartography.LETTERS
    taken = [_box(one.point, one.words, letters) for one in ground]
    if country:
        taken.append(_box(country.point, country.words, letters))
    put = cartography.place_names(list(zip(points, words, strict=True)), taken, letters)
    spots = (
        Spot(one, point, said, len(figures_of(holding, one)), name, one in main)
        for one, point, said, name in zip(places, points, words, put, strict=True)
    )
    return Map(cartography.outlines(), ground, tuple(spots), country)


def _country(visit: Visit) -> Spot | None:
    if coordinates(visit.holding, SYRIA) is None:
        return None
    figures = len(figures_of(visit.holding, SYRIA))
    return Spot(SYRIA, _point(visit.holding, SYRIA), str(visit.label(SYRIA)), figures, None)


def _point(holding: Holding, place: str) -> Point:
    found = coordinates(holding, place)
    assert found is not None, place
    return cartography.project(found.longitude, found.latitude)


def _ground(language: str, *, is_small: bool) -> tuple[Ground, ...]:
    territories = Locale(language).territories
    states = tuple(Ground(territories[code], cartography.project(*where)) for code, where in _STATES.items())
    sea = Ground(_("Mediterranean"), cartography.project(*_SEA))
    return states if is_small else (*states, sea)  # the sea has no room for the larger letters of a small map


def _box(middle: Point, words: str, letters: float) -> Box:
    half = cartography.width_of(words, letters) / 2
    return middle[0] - half, middle[1] - letters, middle[0] + half, middle[1] + letters / 2
