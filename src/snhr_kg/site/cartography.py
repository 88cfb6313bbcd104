"""The map's ground: how places lie on it, the outlines drawn on it, and where names find room.

The projection is equirectangular, true to scale along the parallel of 35 degrees north, which crosses Syria.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

from snhr_kg import content

Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]

WEST: Final = 34.9
NORTH: Final = 37.7
EAST: Final = 42.7
SOUTH: Final = 32.0
PARALLEL: Final = 35.0
SCALE: Final = 125.0
"""Units of the drawing for one degree of latitude."""

WIDTH: Final = round((EAST - WEST) * math.cos(math.radians(PARALLEL)) * SCALE)
HEIGHT: Final = round((NORTH - SOUTH) * SCALE)
HUNDRED_KM: Final = round(100 / 111.195 * SCALE, 1)
"""A hundred kilometres: a degree of a great circle of the mean Earth (6,371 km) is 111.195 of them."""

LETTERS: Final = 15.0
"""How high letters are on the large map; on a small one, which is drawn smaller, they are higher."""

SMALL_MAP_LETTERS: Final = 24.0
_STEPS: Final = 24


@dataclass(frozen=True, slots=True)
class Outline:
    """A line or a surface of the ground: its kind, and its path in the drawing."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Name:
    """Where a name stands: its box, the side of it that is next to its point (as `text-anchor` has it), and the end of
    the line that leads to it where it is away from its point.
    """

    left: float
    middle: float
    width: float
    letters: float
    side: str
    lead: Point | None = None

    @property
    def box(self) -> Box:
        """Left, top, right and bottom."""
        room = self.letters * 0.8
        return self.left, self.middle - room, self.left + self.width, self.middle + room

    @property
    def start(self) -> Point:
        """Where its words are drawn from: the side next to the point, on the line that they stand on."""
        shift = {"start": 3, "middle": self.width / 2, "end": self.width - 3}[self.side]
        return round(self.left + shift, 1), round(self.middle + self.letters / 3, 1)


def project(longitude: float, latitude: float) -> Point:
    """The place of a point (WGS 84) in the drawing.

    >>> project(34.9, 37.7), project(38.9, 35.7)
    ((0.0, 0.0), (409.6, 250.0))
    """
    across = (longitude - WEST) * math.cos(math.radians(PARALLEL)) * SCALE
    return round(across, 1), round((NORTH - latitude) * SCALE, 1)


@cache
def outlines() -> tuple[Outline, ...]:
    """The ground as ``data/outlines/syria.geojson`` has it: land, coast and the lines between states."""
    text = (content.folder("data") / "outlines" / "syria.geojson").read_text(encoding="utf-8")
    drawn: dict[str, list[str]] = {}
    for feature in json.loads(text)["features"]:
        kind, shape = feature["properties"]["kind"], feature["geometry"]
        closed = shape["type"] == "MultiPolygon"
        lines = [ring for surface in shape["coordinates"] for ring in surface] if closed else shape["coordinates"]
        drawn.setdefault(kind, []).extend(_path(line, closed=closed) for line in lines)
    return tuple(Outline(kind, "".join(paths)) for kind, paths in drawn.items())


def place_names(points: Sequence[tuple[Point, str]], taken: Iterable[Box] = (), letters: float = LETTERS) -> list[Name]:
    """A place for the name of each point where it covers no other name and no point; as near as there is room."""
    dots = [(x - 6, y - 6, x + 6, y + 6) for (x, y), _ in points]
    boxes = list(taken)
    found: dict[int, Name] = {}
    for index in sorted(range(len(points)), key=lambda one: (-_crowd(points, one), points[one][0])):
        point, words = points[index]
        others = boxes + dots[:index] + dots[index + 1 :]
        found[index] = _free(point, width_of(words, letters), letters, others)
        boxes.append(found[index].box)
    return [found[index] for index in range(len(points))]


def width_of(words: str, letters: float = LETTERS) -> float:
    """How wide words are, with some room: a little over what the letters of the page's font take."""
    return round(len(words) * letters * 0.54 + 6, 1)


def _free(point: Point, width: float, letters: float, others: Sequence[Box]) -> Name:
    """The nearest room for a name; beside its point, whatever it covers, where there is none."""
    inside = [name for name in _candidates(point, width, letters) if _is_inside(name.box)]
    for name in inside:
        if not any(_overlap(name.box, other) for other in others) and not _crosses(point, name.lead, others):
            return name
    return inside[0]


def _is_inside(box: Box) -> bool:
    left, top, right, bottom = box
    return left >= 2 and top >= 2 and right <= WIDTH - 2 and bottom <= HEIGHT - 2


def _candidates(point: Point, width: float, letters: float) -> Iterable[Name]:
    """Beside the point first, right before left, then above and below, then ever farther around it."""
    x, y = point
    for left, middle, side in (
        (x + 9, y, "start"),
        (x - 9 - width, y, "end"),
        (x - width / 2, y - 5 - letters, "middle"),
        (x - width / 2, y + 5 + letters, "middle"),
    ):
        yield Name(round(left, 1), middle, width, letters, side)
    for distance in range(24, 260, 8):
        for step in range(_STEPS):
            angle = 2 * math.pi * step / _STEPS
            end = (round(x + distance * math.cos(angle), 1), round(y + distance * math.sin(angle), 1))
            side = "start" if math.cos(angle) >= 0 else "end"
            left = end[0] if side == "start" else end[0] - width
            yield Name(round(left, 1), end[1], width, letters, side, end)


def _crowd(points: Sequence[tuple[Point, str]], index: int) -> int:
    """How many other points are near."""
    return sum(math.dist(points[index][0], other) < 70 for other, _ in points) - 1


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _crosses(start: Point, end: Point | None, others: Sequence[Box]) -> bool:
    """Whether the line from a point to its name runs through another name or point."""
    if end is None:
        return False
    for part in range(2, 20):
        x = start[0] + (end[0] - start[0]) * part / 20
        y = start[1] + (end[1] - start[1]) * part / 20
        if any(left < x < right and top < y < bottom for left, top, right, bottom in others):
            return True
    return False


def _path(line: Iterable[Sequence[float]], *, closed: bool) -> str:
    points = [project(longitude, latitude) for longitude, latitude in line]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + ("Z" if closed else "")
