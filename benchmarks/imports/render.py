"""Puts the tables of what was measured into ``docs/importing.md``, between their marks."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).parent
PAGE, NUMBERS = HERE.parents[1] / "docs" / "importing.md", HERE / "results.json"
WANTED = 50_000
"""Rows a second a core."""

Numbers = dict[str, Any]


def render() -> None:
    """Write the tables of what is kept into the page."""
    kept = json.loads(NUMBERS.read_text(encoding="utf-8"))
    page = PAGE.read_text(encoding="utf-8")
    for mark, table in (("compared", compared), ("scale", scale)):
        if mark in kept:
            before, _, rest = page.partition(f"<!-- {mark} -->\n")
            _, _, after = rest.partition(f"<!-- /{mark} -->")
            page = f"{before}<!-- {mark} -->\n{table(kept[mark])}<!-- /{mark} -->{after}"
    PAGE.write_text(page, encoding="utf-8")


def compared(found: Numbers) -> str:
    """The table of tools, the fastest a core first."""
    systems = sorted(found["systems"], key=lambda system: median(system["cpu"]) / system["rows"])
    ours = next(system for system in systems if system["name"] == "snhr-kg import")
    heads = ("tool", "rows a second a core", "rows a second", "quads a second a core", "peak memory, MB", "beside ours")
    rows = [heads, ("---", *["---:"] * (len(heads) - 1))]
    for system in systems:
        cpu, wall = median(system["cpu"]), median(system["wall"])
        ratio = (system["rows"] / cpu) / (ours["rows"] / median(ours["cpu"]))
        rows.append(
            (
                f"**{system['name']}**" if system is ours else system["name"],
                f"{system['rows'] / cpu:,.0f}",
                f"{system['rows'] / wall:,.0f}",
                f"{system['quads'] / cpu:,.0f}",
                f"{max(system['megabytes']):,}",
                "1" if system is ours else f"{ratio:.2f} ×",
            )
        )
    reached = ours["rows"] / median(ours["cpu"])
    verdict = "reached" if reached >= WANTED else "**missed**"
    spread = max(max(system["cpu"]) / min(system["cpu"]) for system in found["systems"])
    notes = [f"- {system['name']}: {system['note']}." for system in systems]
    return (
        f"Wanted: {WANTED:,} rows a second a core. Found: {reached:,.0f}: {verdict}.\n\n{_table(rows)}\n\n"
        f"{found['when']}, {found['machine']}: medians of {found['rounds']} rounds, each tool in turn, "
        f"{ours['rows']:,} rows (rdfizer a tenth of them, once); before it "
        f"{found['load']} processes were at work. The slowest run of a tool took at "
        f"most {spread:.2f} times the time of its fastest. A second a core is a second of processor time, of all its "
        "threads and processes; starting the tool is part of it.\n\n" + "\n".join(notes) + "\n"
    )


def scale(found: Numbers) -> str:
    """The tables of sizes: what each step took, and how long the questions take."""
    sizes = found["sizes"]
    heads = ["", *(f"{size['rows']:,} events" for size in sizes)]
    steps = [heads, ["---", *["---:"] * len(sizes)]]
    steps += [[name, *(size["steps"].get(name, "–") for size in sizes)] for name in _names(sizes, "steps")]
    questions = [["question, seconds", *heads[1:]], ["---", *["---:"] * len(sizes)]]
    questions += [[name, *(size["questions"].get(name, "–") for size in sizes)] for name in _names(sizes, "questions")]
    return f"{_table(steps)}\n\n{_table(questions)}\n\n{found['when']}, {found['machine']}. {found['note']}\n"


def _names(sizes: list[Numbers], of: str) -> list[str]:
    """What was measured at any size, in order."""
    return list(dict.fromkeys(name for size in sizes for name in size[of]))


def _table(rows: list[Any]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    render()
