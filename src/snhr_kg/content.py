"""Finds the folders that ship with the package, in an installed wheel or in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from snhr_kg.errors import ContentMissing

FOLDERS: Final = ("ontology", "data", "shapes", "queries")

_HERE: Final = Path(__file__).resolve().parent
_CHECKOUT: Final = _HERE.parent.parent


def folder(name: str) -> Path:
    """The folder of that name (one of `FOLDERS`): beside this module in a wheel, at the root of a checkout.

    Raises `ContentMissing`, naming both places.
    """
    if name not in FOLDERS:
        raise ContentMissing(f"there is no content folder {name!r}; there are {', '.join(FOLDERS)}")
    return _first_with_files(
        (_HERE / "content" / name, _CHECKOUT / name), f"the folder {name!r}", "install snhr-kg again, or check out all"
    )


def graph_folder() -> Path:
    """The folder of the built graph: inside the wheel, or ``build`` at the root of a checkout.

    Raises `ContentMissing`, naming both places and the command that builds it.
    """
    return _first_with_files(
        (_HERE / "graph", _CHECKOUT / "build"), "the built graph", "build one with: snhr-kg build --out build"
    )


def _first_with_files(places: tuple[Path, ...], what: str, remedy: str) -> Path:
    for place in places:
        if place.is_dir() and any(place.iterdir()):
            return place
    raise ContentMissing(f"{what} is in none of: {', '.join(map(str, places))}; {remedy}")
