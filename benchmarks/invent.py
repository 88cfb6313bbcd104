"""Writes a data folder with one invented report of n times the rows of the real one, for measuring growth.

    python benchmarks/invent.py 10 /tmp/ten     # /tmp/ten/2199-01-01/*.csv and the text, /tmp/ten/2199-01-01.txt

Each row of the real tables becomes n rows. Their ids end in ``-c0`` … ``-c<n-1>``, their references stay within the
copy, and their periods lie as many years later, so that no combination of dimensions is used twice. Codes and printed
numbers are the real ones, so that every rule of the build finds as much to do as it does in the real report; every
other word is invented: labels are made from ids, and the text has the letter x for each letter. Positions are right.
"""

from __future__ import annotations

import csv
import re
import shutil
import sys
from hashlib import sha256
from pathlib import Path

from snhr_kg import content
from snhr_kg.tables.read import new_report

REPORT = "2199-01-01"
REFERENCES = (
    *("figure", "section", "parent", "total", "breakdown", "slice", "share_of", "recommendation"),
    *("instrument", "begin_instrument", "end_instrument", "about"),
)
ENGLISH = ("label_en", "title", "note", "caveat", "coding_note", "reason")
YEARS = ("begin", "end", "date", "end_date")
FILLER = "xxxxx xxx "

Row = dict[str, str]
Tables = dict[str, list[Row]]


def invent(times: int, folder: Path) -> Path:
    """Writes the report and its text into `folder`, makes that where it is not there, and hands it back."""
    source = next(path.parent for path in sorted(content.folder("data").glob("*/datapackage.json")))
    real = {path.stem: read(path) for path in sorted(source.glob("*.csv"))}
    length = int(real["report"][0]["text_length"])
    text = list((FILLER * (times * length // len(FILLER) + 1))[: times * length])
    invented: Tables = {name: [] for name in real}
    for number in range(times):
        for name, rows in real.items():
            invented[name] += [copied(name, row, number, length) for row in rows]
        invented["periods"].append(unstated_period(invented["periods"][-1], number))
    write_quotes(invented, text)
    invented["report"] = [report_row(real["report"][0], "".join(text))]
    write(folder, invented, "".join(text))
    return folder


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def copied(table: str, row: Row, number: int, length: int) -> Row:
    """A row's copy, with ids of its own and no word of the original but quotes, which `write_quotes` replaces."""
    copy = dict(row)
    for column in row.keys() & {*REFERENCES, "id"}:
        copy[column] = row[column] and f"{row[column]}-c{number}"
    if table == "mentions":
        copy["id"] = row["id"].replace(row["figure"], copy["figure"], 1)
    if row.get("period") and not (table == "mentions" and row["period"] == "_U"):
        copy["period"] = f"{row['period'].replace('_U', 'unstated')}-c{number}"
    for column in row.keys() & {*ENGLISH}:
        copy[column] = row[column] and f"Invented {column.removesuffix('_en')} of {copy.get('id', table)}"
    if "label_ar" in row:
        copy["label_ar"] = f"تسمية مختلقة {copy['id']}"
    if "order" in row:
        copy["order"] = str(int(row["order"]) + 1000 * number)
    for column in row.keys() & {*YEARS}:
        copy[column] = re.sub(r"^\d{4}", lambda year: str(int(year[0]) + number), row[column])
    if "start" in row:
        copy |= {column: str(int(row[column]) + number * length) for column in ("start", "end")}
    return copy


def unstated_period(like: Row, number: int) -> Row:
    """A period without a bound, in the place of “not stated”, for figures that would otherwise be the same twice."""
    relative = {"id": f"unstated-c{number}", "open_begin": "relative", "open_end": "relative"}
    labels = {"label_en": f"Invented period {number}", "label_ar": f"فترة مختلقة {number}"}
    return dict.fromkeys(like, "") | relative | labels


def write_quotes(tables: Tables, text: list[str]) -> None:
    """Puts what is quoted into the text, an x for each letter outside printed numbers, and reads the quotes from it."""
    quoting = [*tables["passages"], *tables["numbers"], *tables["mentions"]]
    for row in quoting:
        quote, printed = row["quote"], row.get("printed", "")
        hidden = printed.join(re.sub(r"[^\W\d_]", "x", rest) for rest in quote.split(printed)) if printed else None
        text[int(row["start"]) : int(row["end"])] = hidden or re.sub(r"[^\W\d_]", "x", quote)
    for row in quoting:
        row["quote"] = "".join(text[int(row["start"]) : int(row["end"])])


def report_row(real: Row, text: str) -> Row:
    words = {column: f"Invented {column}" for column in ("title", "label_en", "label_ar", "publisher", "cited_as")}
    measured = {"text_sha256": sha256(text.encode()).hexdigest(), "text_length": str(len(text))}
    return (
        real
        | {column: word for column, word in words.items() if column in real}
        | measured
        | {
            "id": REPORT,
            "published": REPORT,
        }
    )


def write(folder: Path, tables: Tables, text: str) -> None:
    new_report(folder / REPORT)
    for name, rows in tables.items():
        with (folder / REPORT / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    (folder / f"{REPORT}.txt").write_text(text, encoding="utf-8", newline="")
    shutil.copy(content.folder("data") / "coordinates.csv", folder)


if __name__ == "__main__":
    invent(int(sys.argv[1]), Path(sys.argv[2]))
