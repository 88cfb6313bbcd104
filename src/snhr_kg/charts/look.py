"""How charts look: sizes, fonts, and colours that colour blindness, print and dark screens leave apart."""

from __future__ import annotations

from typing import Final

WIDTH: Final = 400
"""Pixels that a chart is laid out for; at 320, on a small phone, its smallest text is 12 high."""

PAD: Final = 14
SMALL, TITLE = 15, 17
LINE: Final = 21
"""From one line of small text to the next."""

FONT: Final = "IBM Plex Sans Arabic, system-ui, sans-serif"
FIGURES_FONT: Final = "IBM Plex Sans, IBM Plex Sans Arabic, system-ui, sans-serif"
"""For amounts: the Arabic face has no sign for "at least"."""

PAPER, INK, QUIET, AXIS = "#fbfaf8", "#1d2326", "#566066", "#8a9297"
TRACK, TOTAL, PART, REST = "#e3e1da", "#23404a", "#2f7486", "#7a4f00"
LINES: Final = (
    "#23404b",
    "#9c2a1c",
    "#1f5fa8",
    "#7a4f01",
    "#5a3e7d",
    "#1f6040",
    "#a0276b",
    "#4a5358",
    "#0b6b75",
    "#6b5b00",
)
"""Of the sources of a chart over time; each has a contrast of at least 4.5 to 1, and letters tell them apart too."""

DARK: Final = {
    PAPER: "#14191b",
    INK: "#e6e3dc",
    QUIET: "#a7b0b4",
    AXIS: "#7b868b",
    TRACK: "#2c3539",
    TOTAL: "#a9cbd5",
    PART: "#58a3b6",
    REST: "#e0b467",
    **dict(
        zip(
            LINES,
            (
                "#a9cbd6",
                "#f2998c",
                "#8fb8f0",
                "#e0b468",
                "#c3aee4",
                "#7fcfa5",
                "#f09cc6",
                "#b4bdc1",
                "#6fcbd4",
                "#d3c468",
            ),
            strict=True,
        )
    ),
}
"""What each colour becomes on a dark screen."""
