"""The layouts by the kind that the command names."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from snhr_kg.errors import BadParameter
from snhr_kg.imports.acled import Acled
from snhr_kg.imports.airwars import Airwars
from snhr_kg.imports.ged import Ged
from snhr_kg.imports.idmc_displacement import IdmcDisplacement
from snhr_kg.imports.incidents import Incidents
from snhr_kg.imports.layout import Layout
from snhr_kg.imports.ucdp_onesided import UcdpOnesided
from snhr_kg.imports.unhcr_population import UnhcrPopulation

_ALL: Final[tuple[Layout, ...]] = (
    *(UcdpOnesided(), UnhcrPopulation(), IdmcDisplacement()),
    *(Ged(), Acled(), Airwars(), Incidents()),
)

LAYOUTS: Final[Mapping[str, Layout]] = {layout.kind: layout for layout in _ALL}
"""Each layout by its kind."""


def find_layout(kind: str) -> Layout:
    """The layout of a kind.

    Raises:
        BadParameter: there is none; the message names the nearest, or all of them.
    """
    if kind in LAYOUTS:
        return LAYOUTS[kind]
    wanted = kind.casefold().replace("_", "-")
    near = [name for name in LAYOUTS if wanted and wanted in name][:1] or get_close_matches(wanted, LAYOUTS, n=1)
    meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(LAYOUTS)}"
    raise BadParameter(f"no kind of import is called {kind!r}; {meant}")
