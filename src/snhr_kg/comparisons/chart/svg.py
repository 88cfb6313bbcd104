"""Elements of an SVG drawing, written the same each time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree as ET

_NAMESPACE: Final = "http://www.w3.org/2000/svg"

MARKS: Final = {
    "A": "M-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0z",
    "B": "M-4.5,-4.5h9v9h-9z",
    "C": "M0,-5.5L5.5,4.5H-5.5z",
    "D": "M-4.5,-4.5L4.5,4.5M-4.5,4.5L4.5,-4.5",
    "": "M0,-6L6,0L0,6L-6,0z",
}
"""The outline of each grade's mark around the origin; the last is for figures that need no grade."""

_STYLE: Final = (
    "text{font-family:'Noto Sans','Noto Sans Arabic','Noto Naskh Arabic','Segoe UI',Tahoma,Arial,sans-serif;"
    "fill:#1b1b1b}.quiet{fill:#4a4a4a}.grid{stroke:#d9d9d9}.axis{stroke:#4a4a4a}.strand{fill:none;stroke-width:2}"
    ".gap{stroke-dasharray:3 4}.bar{stroke-width:1.5}.mark{stroke-width:1.5}"
)


class Drawing:
    """A drawing of a fixed width that grows downwards; `title` and `description` are for those who cannot see it."""

    def __init__(self, width: int, language: str, title: str, description: str) -> None:
        self.right_to_left = language == "ar"
        self.width = width
        self._root = ET.Element(
            "svg",
            {
                "xmlns": _NAMESPACE,
                "role": "img",
                "aria-labelledby": "chart-title chart-description",
                "xml:lang": language,
                "direction": "rtl" if self.right_to_left else "ltr",
            },
        )
        for tag, text in (("title", title), ("desc", description)):
            element = ET.SubElement(self._root, tag, id=f"chart-{'title' if tag == 'title' else 'description'}")
            element.text = text
        ET.SubElement(self._root, "style").text = _STYLE
        self._background = ET.SubElement(self._root, "rect", fill="#ffffff")

    def line(self, ends: tuple[float, float, float, float], **attributes: str) -> None:
        """A straight line from the first point to the second."""
        places = dict(zip(("x1", "y1", "x2", "y2"), map(pixels, ends), strict=True))
        ET.SubElement(self._root, "line", places | _plain(attributes))

    def mark(self, at: tuple[float, float], grade: str, colour: str, told: str = "") -> None:
        """The mark of a grade, with words that show when somebody points at it."""
        shape = ET.SubElement(
            self._root,
            "path",
            {
                "class": "mark",
                "d": MARKS[grade],
                "transform": f"translate({pixels(at[0])},{pixels(at[1])})",
                "fill": "none" if grade == "D" else colour,
                "stroke": colour if grade == "D" else "#ffffff",
            },
        )
        if told:
            ET.SubElement(shape, "title").text = told

    def text(self, at: tuple[float, float], text: str, size: float, **attributes: str) -> None:
        """A text whose baseline begins at a point, or ends there where it is written from right to left."""
        places = {"x": pixels(at[0]), "y": pixels(at[1]), "font-size": pixels(size)}
        ET.SubElement(self._root, "text", places | _plain(attributes)).text = text

    def number(self, at: tuple[float, float], text: str, anchor: str) -> None:
        """A number of an axis: always from left to right."""
        self.text(at, text, 12, class_="quiet", direction="ltr", text_anchor=anchor)

    def lines(self, top: float, texts: Sequence[str], size: float, indent: float = 0, **attributes: str) -> float:
        """Lines of text below one another from the margin where reading begins; hands back where the next can begin."""
        start = self.width - 16 - indent if self.right_to_left else 16 + indent
        for text in texts:
            top += size * 1.4
            self.text((start, top - size * 0.35), text, size, **attributes)
        return top

    def finished(self, height: float) -> str:
        """The drawing as text."""
        for element in (self._root, self._background):
            element.set("width", str(self.width))
            element.set("height", pixels(height))
        self._root.set("viewBox", f"0 0 {self.width} {pixels(height)}")
        ET.indent(self._root, " ")
        return ET.tostring(self._root, encoding="unicode") + "\n"


def pixels(number: float) -> str:
    """A number of pixels to one decimal, the same on every machine."""
    return f"{number:.1f}".removesuffix(".0")


def _plain(attributes: dict[str, str]) -> dict[str, str]:
    return {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
